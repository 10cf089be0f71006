/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Links of a mail that needs care ask first. Claws Mail 4.1.1 opens a link in the text from the handler of
 * its GtkTextTag, from the menu of the right button, and from the window with all links of a mail; a viewer
 * plugin for HTML opens it from the buttons of the mouse on its own widget. Each is stopped by an emission
 * hook, as in gate.c, and done once the answer is yes. */
#include "plugin/claws/claws.h"

#include <glib/gi18n-lib.h>

#include "plugin/client/link.h"

#include "prefs_common.h"
#include "procmime.h"
#include "textview.h"
#include "utils.h"

#define OPEN_ACTION "TextviewPopupLink/Open"
/* uri_opener.c: the name of its window, and the columns of its list. */
#define OPENER_NAME "uri_opener"
#define OPENER_LINK 1
/* Links of one mail looked through for the one that was clicked. */
#define LINKS_MAX 100000

typedef enum
{
  THEN_OPEN,    /* the link */
  THEN_PRESS,   /* the button that was pressed */
  THEN_CLICK,   /* into the viewer, as before */
  THEN_NOTHING, /* the person goes on by themselves */
} Then;

typedef struct
{
  SekHold *hold;
  SekMail *mail;
  char *url;
  Then then;
  GtkWindow *parent;  /* weak; NULL: the window of hold */
  GtkWidget *clicked; /* weak; button or viewer */
  GdkEvent *press, *release;
} Click;

static void
click_free (gpointer user_data)
{
  Click *click = user_data;
  g_object_unref (click->hold);
  sek_mail_unref (click->mail);
  g_clear_weak_pointer (&click->parent);
  g_clear_weak_pointer (&click->clicked);
  g_clear_pointer (&click->press, gdk_event_free);
  g_clear_pointer (&click->release, gdk_event_free);
  g_free (click->url);
  g_free (click);
}

static void
question_free (gpointer data, GClosure *closure)
{
  click_free (data);
}

static Click *
click_new (SekHold *hold, const char *url)
{
  Click *click = g_new0 (Click, 1);
  click->hold = g_object_ref (hold);
  click->mail = sek_mail_ref (hold->mail);
  click->url = g_strdup (url);
  return click;
}

static gboolean
asks (const SekHold *hold)
{
  return sek_hold_is_alive (hold) && hold->mail != NULL && sek_mail_links_ask (hold->mail);
}

static void
follow (Click *click)
{
  switch (click->then)
    {
    case THEN_OPEN:
      open_uri (click->url, prefs_common_get_uri_cmd ());
      break;
    case THEN_PRESS:
      if (click->clicked != NULL)
        gtk_button_clicked (GTK_BUTTON (click->clicked));
      break;
    case THEN_CLICK:
      if (click->clicked == NULL || !gtk_widget_get_mapped (click->clicked))
        break;
      gtk_widget_event (click->clicked, click->press);
      gtk_widget_event (click->clicked, click->release);
      break;
    case THEN_NOTHING:
    default:
      break;
    }
}

static void
on_answer (GtkDialog *dialog, int response, gpointer user_data)
{
  Click *click = user_data;
  SekHold *hold = click->hold;
  gtk_widget_hide (GTK_WIDGET (dialog));
  if (response == GTK_RESPONSE_ACCEPT && sek_hold_is_alive (hold) && hold->mail == click->mail)
    {
      click->mail->links_open = TRUE;
      follow (click);
    }
  gtk_widget_destroy (GTK_WIDGET (dialog)); /* frees click */
}

/* From an idle: the signal that was stopped has to end first. */
static gboolean
ask_now (gpointer user_data)
{
  Click *click = user_data;
  SekHold *hold = click->hold;
  if (!asks (hold) || hold->mail != click->mail)
    {
      click_free (click);
      return G_SOURCE_REMOVE;
    }
  if (hold->question != NULL)
    {
      gtk_window_present (GTK_WINDOW (hold->question));
      click_free (click);
      return G_SOURCE_REMOVE;
    }
  const SekVerdict *verdict = click->mail->state == SEK_MAIL_CHECKED ? click->mail->verdict : NULL;
  GtkWindow *parent = click->parent != NULL ? click->parent : sek_hold_window (hold);
  hold->question = sek_link_question_new (parent, verdict, click->url);
  g_object_add_weak_pointer (G_OBJECT (hold->question), (gpointer *) &hold->question);
  g_signal_connect_data (hold->question, "response", G_CALLBACK (on_answer), click, question_free, 0);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (hold->question), TRUE);
  gtk_window_present (GTK_WINDOW (hold->question));
  return G_SOURCE_REMOVE;
}

static void
ask (Click *click)
{
  g_idle_add (ask_now, click);
}

/* --- the text view --- */

static const char *
link_at (TextView *textview, const GtkTextIter *where)
{
  guint offset = (guint) gtk_text_iter_get_offset (where);
  guint count = 0;
  for (const GSList *l = textview->uri_list; l != NULL && count < LINKS_MAX; l = l->next, count++)
    {
      const ClickableText *link = l->data;
      if (offset >= link->start && offset <= link->end && link->filename == NULL &&
          sek_link_leads_away (link->uri))
        return link->uri;
    }
  return NULL;
}

static gboolean
on_text_link (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer user_data)
{
  SekPlugin *plugin = user_data;
  gpointer text = g_value_get_object (&values[1]);
  const GdkEvent *event = g_value_get_boxed (&values[2]);
  const GtkTextIter *where = g_value_get_boxed (&values[3]);
  guint button = 0;
  /* The right button's menu asks when something in it is chosen. */
  if (!gdk_event_get_button (event, &button) || button == GDK_BUTTON_SECONDARY)
    return TRUE;
  for (guint i = 0; i < plugin->holds->len; i++)
    {
      SekHold *hold = g_ptr_array_index (plugin->holds, i);
      if (!asks (hold) || text != (gpointer) hold->view->mimeview->textview->text)
        continue;
      const char *url = link_at (hold->view->mimeview->textview, where);
      if (url == NULL)
        continue;
      sek_swallow (g_value_get_object (&values[0]), hint->signal_id);
      /* Not at the end of text that was marked. */
      if (event->type == GDK_BUTTON_RELEASE &&
          !gtk_text_buffer_get_has_selection (gtk_text_iter_get_buffer (where)))
        ask (click_new (hold, url));
      break;
    }
  return TRUE;
}

/* The menu of the right button on a link. */
static gboolean
on_action (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer user_data)
{
  SekPlugin *plugin = user_data;
  GtkAction *action = g_value_get_object (&values[0]);
  if (g_strcmp0 (gtk_action_get_name (action), OPEN_ACTION) != 0)
    return TRUE;
  for (guint i = 0; i < plugin->holds->len; i++)
    {
      SekHold *hold = g_ptr_array_index (plugin->holds, i);
      if (!asks (hold))
        continue;
      TextView *textview = hold->view->mimeview->textview;
      if (gtk_action_group_get_action (textview->link_action_group, OPEN_ACTION) != action)
        continue;
      /* textview.c keeps there what the button was pressed on. */
      const ClickableText *link = g_object_get_data (G_OBJECT (textview->link_popup_menu), "menu_button");
      const char *raw = g_object_get_data (G_OBJECT (textview->link_popup_menu), "raw_url");
      gboolean valid = link != NULL && g_slist_find (textview->uri_list, link) != NULL;
      const char *url = valid ? link->uri : raw;
      sek_swallow (action, hint->signal_id);
      if (url != NULL)
        ask (click_new (hold, url));
      break;
    }
  return TRUE;
}

/* --- the window with all links of a mail --- */

/* The question about link, a row of that window, when there is one to be put. */
static Click *
click_in_opener (SekPlugin *plugin, GtkWidget *window, const ClickableText *link)
{
  for (guint i = 0; i < plugin->holds->len; i++)
    {
      SekHold *hold = g_ptr_array_index (plugin->holds, i);
      if (!asks (hold) || g_slist_find (hold->view->mimeview->textview->uri_list, link) == NULL ||
          !sek_link_leads_away (link->uri))
        continue;
      Click *click = click_new (hold, link->uri);
      g_set_weak_pointer (&click->parent, GTK_WINDOW (window));
      return click;
    }
  return NULL;
}

static void
find_list (GtkWidget *widget, gpointer user_data)
{
  GtkWidget **found = user_data;
  if (*found == NULL && GTK_IS_TREE_VIEW (widget))
    *found = widget;
  else if (*found == NULL && GTK_IS_CONTAINER (widget))
    gtk_container_forall (GTK_CONTAINER (widget), find_list, user_data);
}

static Click *
click_on_selected (SekPlugin *plugin, GtkWidget *window)
{
  GtkWidget *list = NULL;
  GtkTreeModel *model = NULL;
  Click *click = NULL;
  find_list (window, &list);
  if (list == NULL)
    return NULL;
  GtkTreeSelection *selection = gtk_tree_view_get_selection (GTK_TREE_VIEW (list));
  GList *rows = gtk_tree_selection_get_selected_rows (selection, &model);
  guint count = 0;
  for (GList *l = rows; l != NULL && click == NULL && count < LINKS_MAX; l = l->next, count++)
    {
      GtkTreeIter iter;
      gpointer link = NULL;
      if (!gtk_tree_model_get_iter (model, &iter, l->data))
        continue;
      gtk_tree_model_get (model, &iter, OPENER_LINK, &link, -1);
      click = click_in_opener (plugin, window, link);
    }
  g_list_free_full (rows, (GDestroyNotify) gtk_tree_path_free);
  return click;
}

static GtkWidget *
opener_of (GtkWidget *widget)
{
  GtkWidget *window = gtk_widget_get_toplevel (widget);
  return g_strcmp0 (gtk_widget_get_name (window), OPENER_NAME) == 0 ? window : NULL;
}

/* By Claws Mail's own words for it; the other two buttons open nothing. */
static gboolean
is_open_button (GtkWidget *button)
{
  static const char *const words[] = { "Open in browser", "_Open", "gtk-open" };
  const char *label = gtk_button_get_label (GTK_BUTTON (button));
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (label, dgettext ("claws-mail", words[i])) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
on_button (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer user_data)
{
  GtkWidget *button = g_value_get_object (&values[0]);
  GtkWidget *window = opener_of (button);
  Click *click = window != NULL && is_open_button (button) ? click_on_selected (user_data, window) : NULL;
  if (click != NULL)
    {
      click->then = THEN_PRESS;
      g_set_weak_pointer (&click->clicked, button);
      sek_swallow (button, hint->signal_id);
      ask (click);
    }
  return TRUE;
}

static gboolean
on_row (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer user_data)
{
  GtkWidget *list = g_value_get_object (&values[0]);
  GtkWidget *window = opener_of (list);
  Click *click = window != NULL ? click_on_selected (user_data, window) : NULL;
  if (click != NULL)
    {
      sek_swallow (list, hint->signal_id);
      ask (click);
    }
  return TRUE;
}

/* --- viewer plugins for HTML --- */

/* The view whose viewer widget belongs to. */
static SekHold *
hold_of_viewer (SekPlugin *plugin, GtkWidget *widget)
{
  for (guint i = 0; i < plugin->holds->len; i++)
    {
      SekHold *hold = g_ptr_array_index (plugin->holds, i);
      if (!asks (hold) || hold->view->mimeview->mimeviewer == NULL)
        continue;
      MimeViewer *viewer = hold->view->mimeview->mimeviewer;
      GtkWidget *top = viewer->get_widget != NULL ? viewer->get_widget (viewer) : NULL;
      if (top != NULL && (widget == top || gtk_widget_is_ancestor (widget, top)))
        return hold;
    }
  return NULL;
}

/* The viewers write where a link leads into the status bar while the pointer is over it. */
static const char *
status_text (void)
{
  GtkWidget *bar = mainwindow_get_mainwindow ()->statusbar;
  GtkWidget *area = GTK_IS_STATUSBAR (bar) ? gtk_statusbar_get_message_area (GTK_STATUSBAR (bar)) : NULL;
  g_autoptr (GList) children = area != NULL ? gtk_container_get_children (GTK_CONTAINER (area)) : NULL;
  return children != NULL && GTK_IS_LABEL (children->data) ? gtk_label_get_text (children->data) : "";
}

/* The hand and that line are all that can be seen of a link from outside. The mail chooses the pointer by its
 * style, so the line alone is enough. */
static gboolean
is_over_link (const GdkEvent *event)
{
  GdkWindow *window = gdk_event_get_window ((GdkEvent *) event);
  GdkCursor *cursor = window != NULL ? gdk_window_get_cursor (window) : NULL;
  GdkCursorType type = cursor != NULL ? gdk_cursor_get_cursor_type (cursor) : GDK_LEFT_PTR;
  return type == GDK_HAND1 || type == GDK_HAND2 || *status_text () != '\0';
}

static gboolean
on_viewer (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer user_data)
{
  GtkWidget *widget = g_value_get_object (&values[0]);
  const GdkEvent *event = g_value_get_boxed (&values[1]);
  SekHold *hold = hold_of_viewer (user_data, widget);
  guint button = 0;
  if (hold == NULL || !gdk_event_get_button (event, &button))
    return TRUE;
  if (event->type == GDK_BUTTON_PRESS)
    {
      g_clear_pointer (&hold->link_press, gdk_event_free);
      if (is_over_link (event))
        hold->link_press = gdk_event_copy (event);
    }
  if (hold->link_press == NULL)
    return TRUE;
  sek_swallow (widget, hint->signal_id);
  if (event->type != GDK_BUTTON_RELEASE)
    return TRUE;
  const char *url = status_text ();
  Click *click = click_new (hold, *url != '\0' ? url : "…");
  click->then = button == GDK_BUTTON_SECONDARY ? THEN_NOTHING : THEN_CLICK;
  click->press = g_steal_pointer (&hold->link_press);
  click->release = gdk_event_copy (event);
  g_set_weak_pointer (&click->clicked, widget);
  ask (click);
  return TRUE;
}

void
sek_links_open (SekPlugin *plugin)
{
  sek_plugin_hook (plugin, GTK_TYPE_TEXT_TAG, "event", on_text_link);
  sek_plugin_hook (plugin, GTK_TYPE_ACTION, "activate", on_action);
  sek_plugin_hook (plugin, GTK_TYPE_BUTTON, "clicked", on_button);
  sek_plugin_hook (plugin, GTK_TYPE_TREE_VIEW, "row-activated", on_row);
  sek_plugin_hook (plugin, GTK_TYPE_WIDGET, "button-press-event", on_viewer);
  sek_plugin_hook (plugin, GTK_TYPE_WIDGET, "button-release-event", on_viewer);
}
