/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person does: opens folders and mails, presses buttons and menu entries, loads and unloads plugins.
 */
#include "tests/e2e/probe/probe.h"

#include <gdk/gdkx.h>
#include <stdlib.h>

#include "compose.h"
#include "folder.h"
#include "folderview.h"
#include "mainwindow.h"
#include "messageview.h"
#include "mimeview.h"
#include "plugin.h"
#include "summaryview.h"

typedef struct
{
  const char *text;
  GtkWidget *found;
} Search;

static gboolean
is_labelled (const char *label, const char *text)
{
  g_autofree char *plain = probe_without_mnemonic (label);
  return g_strcmp0 (plain, text) == 0;
}

static void
find_button (GtkWidget *widget, gpointer user_data)
{
  Search *search = user_data;
  if (search->found != NULL || !gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_BUTTON (widget) && is_labelled (gtk_button_get_label (GTK_BUTTON (widget)), search->text))
    search->found = widget;
  else if (GTK_IS_EXPANDER (widget) &&
           is_labelled (gtk_expander_get_label (GTK_EXPANDER (widget)), search->text))
    search->found = widget;
  if (search->found == NULL && GTK_IS_CONTAINER (widget))
    gtk_container_forall (GTK_CONTAINER (widget), find_button, search);
}

static void
fail (GString *json, const char *why, const char *what)
{
  g_autofree char *message = g_strdup_printf ("%s: %s", why, what);
  g_string_append (json, "{\"error\":");
  probe_json_string (json, message);
  g_string_append_c (json, '}');
}

/* Presses from an idle: a press may open a window with a loop of its own, and the answer must not wait for
 * that. */
static gboolean
press_now (gpointer user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  if (GTK_IS_EXPANDER (widget))
    gtk_expander_set_expanded (GTK_EXPANDER (widget), TRUE);
  else if (GTK_IS_TOOL_BUTTON (widget))
    g_signal_emit_by_name (widget, "clicked");
  else
    gtk_button_clicked (GTK_BUTTON (widget));
  return G_SOURCE_REMOVE;
}

static void
press (const char *label, GString *json)
{
  Search search = { label, NULL };
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  for (GList *l = windows; l != NULL && search.found == NULL; l = l->next)
    find_button (l->data, &search);
  if (search.found == NULL)
    fail (json, "no visible button", label);
  else if (!gtk_widget_is_sensitive (search.found))
    fail (json, "the button is not sensitive", label);
  else
    {
      g_idle_add (press_now, g_object_ref (search.found));
      g_string_append (json, "true");
    }
}

static void
press_toolbar (const char *name, GString *json)
{
  Toolbar *toolbar = mainwindow_get_mainwindow ()->toolbar;
  GtkWidget *button = g_strcmp0 (name, "reply") == 0     ? toolbar->reply_btn
                      : g_strcmp0 (name, "forward") == 0 ? toolbar->fwd_btn
                                                         : NULL;
  if (button == NULL)
    {
      fail (json, "no such tool button", name);
      return;
    }
  g_idle_add (press_now, g_object_ref (button));
  g_string_append (json, "true");
}

static gboolean
activate_now (gpointer user_data)
{
  g_autoptr (GObject) action = user_data;
  gtk_action_activate (GTK_ACTION (action));
  return G_SOURCE_REMOVE;
}

static GtkAction *
find_action (GtkUIManager *manager, const char *name)
{
  for (GList *l = gtk_ui_manager_get_action_groups (manager); l != NULL; l = l->next)
    {
      GtkAction *action = gtk_action_group_get_action (l->data, name);
      if (action != NULL)
        return action;
    }
  return NULL;
}

static MessageView *
last_window (void)
{
  GList *last = g_list_last ((GList *) messageview_get_msgview_list ());
  return last != NULL && last->data != mainwindow_get_mainwindow ()->messageview ? last->data : NULL;
}

static void
activate (GtkUIManager *manager, const char *name, GString *json)
{
  GtkAction *action = manager != NULL ? find_action (manager, name) : NULL;
  if (action == NULL)
    fail (json, "no such action", name);
  else if (!gtk_action_is_sensitive (action))
    fail (json, "the action is not sensitive", name);
  else
    {
      g_idle_add (activate_now, g_object_ref (action));
      g_string_append (json, "true");
    }
}

static void
list_actions (GtkUIManager *manager, GString *json)
{
  g_string_append_c (json, '{');
  for (GList *l = gtk_ui_manager_get_action_groups (manager); l != NULL; l = l->next)
    {
      g_autoptr (GList) actions = gtk_action_group_list_actions (l->data);
      for (GList *a = actions; a != NULL; a = a->next)
        {
          if (json->str[json->len - 1] != '{')
            g_string_append_c (json, ',');
          probe_json_string (json, gtk_action_get_name (a->data));
          g_string_append (json, gtk_action_is_sensitive (a->data) ? ":true" : ":false");
        }
    }
  g_string_append_c (json, '}');
}

static gboolean
open_now (gpointer user_data)
{
  SummaryView *summary = mainwindow_get_mainwindow ()->summaryview;
  summary_select_by_msgnum (summary, GPOINTER_TO_UINT (user_data), TRUE);
  return G_SOURCE_REMOVE;
}

static gboolean
open_window_now (gpointer user_data)
{
  MainWindow *main_window = mainwindow_get_mainwindow ();
  MsgInfo *msginfo =
      folder_item_get_msginfo (main_window->summaryview->folder_item, GPOINTER_TO_INT (user_data));
  if (msginfo != NULL)
    {
      MessageView *view = messageview_create_with_new_window (main_window);
      messageview_show (view, msginfo, FALSE);
      procmsg_msginfo_free (&msginfo);
    }
  return G_SOURCE_REMOVE;
}

static void
open_folder (const char *identifier, GString *json)
{
  FolderItem *item = folder_find_item_from_identifier (identifier);
  if (item == NULL)
    {
      fail (json, "no such folder", identifier);
      return;
    }
  folder_item_scan (item);
  folderview_select (mainwindow_get_mainwindow ()->folderview, item);
  g_string_append (json, "true");
}

static void
list_numbers (const char *identifier, GString *json)
{
  FolderItem *item = folder_find_item_from_identifier (identifier);
  g_string_append_c (json, '[');
  GSList *list = item != NULL ? folder_item_get_msg_list (item) : NULL;
  for (GSList *l = list; l != NULL; l = l->next)
    {
      MsgInfo *msginfo = l->data;
      g_string_append_printf (json, "%s%u", l == list ? "" : ",", msginfo->msgnum);
      procmsg_msginfo_free (&msginfo);
    }
  g_slist_free (list);
  g_string_append_c (json, ']');
}

static Plugin *
find_plugin (const char *name)
{
  for (GSList *l = plugin_get_list (); l != NULL; l = l->next)
    if (g_strcmp0 (plugin_get_name (l->data), name) == 0)
      return l->data;
  return NULL;
}

static void
say_where (GtkWidget *widget, GString *json)
{
  if (widget == NULL || !gtk_widget_get_mapped (widget))
    {
      fail (json, "not on the screen", "widget");
      return;
    }
  int x = 0, y = 0, left = 0, top = 0;
  GtkWidget *toplevel = gtk_widget_get_toplevel (widget);
  gtk_widget_translate_coordinates (widget, toplevel, 0, 0, &x, &y);
  gdk_window_get_origin (gtk_widget_get_window (toplevel), &left, &top);
  g_string_append_printf (json, "[%d,%d]", left + x + gtk_widget_get_allocated_width (widget) / 2,
                          top + y + gtk_widget_get_allocated_height (widget) / 2);
}

static void
where_icon (int index, GString *json)
{
  MimeView *mimeview = mainwindow_get_mainwindow ()->messageview->mimeview;
  g_autoptr (GList) icons = gtk_container_get_children (GTK_CONTAINER (mimeview->icon_grid));
  /* A grid gives its children newest first. */
  g_autoptr (GList) ordered = g_list_reverse (g_steal_pointer (&icons));
  say_where (g_list_nth_data (ordered, index), json);
}

/* The main window, or the first one of the type named. */
static GtkWidget *
find_window (const char *type)
{
  if (*type == '\0')
    return mainwindow_get_mainwindow ()->window;
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  for (GList *l = windows; l != NULL; l = l->next)
    if (gtk_widget_get_mapped (l->data) && g_str_equal (G_OBJECT_TYPE_NAME (l->data), type))
      return l->data;
  return NULL;
}

static void
find_expander (GtkWidget *widget, gpointer user_data)
{
  GtkWidget **found = user_data;
  if (*found == NULL && GTK_IS_EXPANDER (widget) && gtk_widget_get_mapped (widget))
    *found = widget;
  else if (*found == NULL && GTK_IS_CONTAINER (widget))
    gtk_container_forall (GTK_CONTAINER (widget), find_expander, user_data);
}

static void
expand (const char *type, GString *json)
{
  GtkWidget *window = find_window (type), *expander = NULL;
  if (window != NULL)
    find_expander (window, &expander);
  if (expander == NULL)
    fail (json, "no expander", type);
  else
    gtk_expander_set_expanded (GTK_EXPANDER (expander), TRUE);
}

static gboolean
is_question (gpointer window)
{
  return GTK_IS_DIALOG (window) && gtk_widget_get_mapped (window) && !GTK_IS_FILE_CHOOSER_DIALOG (window) &&
         !g_str_equal (G_OBJECT_TYPE_NAME (window), "SekDialog");
}

static void
respond (int response, GString *json)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  for (GList *l = windows; l != NULL; l = l->next)
    if (is_question (l->data))
      {
        gtk_dialog_response (l->data, response);
        return;
      }
  fail (json, "no question on the screen", "");
}

static void
say_x_id (const char *type, GString *json)
{
  GtkWidget *window = find_window (type);
  if (window == NULL)
    fail (json, "no such window", type);
  else
    g_string_append_printf (json, "%lu", (gulong) gdk_x11_window_get_xid (gtk_widget_get_window (window)));
}

/* As another plugin would: no menu, no button. */
static void
reply_behind (int number, GString *json)
{
  MsgInfo *msginfo = folder_item_get_msginfo (mainwindow_get_mainwindow ()->summaryview->folder_item, number);
  if (msginfo == NULL)
    {
      fail (json, "no such mail", "");
      return;
    }
  GSList *list = g_slist_prepend (NULL, msginfo);
  compose_reply_from_messageview (NULL, list, COMPOSE_REPLY_WITH_QUOTE);
  g_slist_free (list);
  procmsg_msginfo_free (&msginfo);
}

static void
remove_folder (const char *identifier, GString *json)
{
  FolderItem *item = folder_find_item_from_identifier (identifier);
  /* In the order of Claws Mail's own menu entry (mh_gtk.c). */
  summary_clear_all (mainwindow_get_mainwindow ()->summaryview);
  mainwindow_get_mainwindow ()->folderview->opened = NULL;
  if (item == NULL || item->folder->klass->remove_folder (item->folder, item) != 0)
    fail (json, "the folder was not removed", identifier);
}

static void
do_plugin (const char *command, const char *argument, GString *json)
{
  if (g_strcmp0 (command, "load") == 0)
    {
      g_autofree char *error = NULL;
      if (plugin_load (argument, &error) == NULL)
        fail (json, argument, error);
      else
        g_string_append (json, "true");
      return;
    }
  Plugin *plugin = find_plugin (argument);
  if (plugin == NULL)
    fail (json, "no such plugin", argument);
  else
    {
      plugin_unload (plugin);
      g_string_append (json, "true");
    }
}

void
probe_run (const char *command, const char *argument, GString *json)
{
  MainWindow *main_window = mainwindow_get_mainwindow ();
  gsize before = json->len;
  if (g_strcmp0 (command, "see") == 0)
    probe_describe (json);
  else if (g_strcmp0 (command, "watch") == 0)
    probe_draws_watch (argument);
  else if (g_strcmp0 (command, "draws") == 0)
    g_string_append_printf (json, "%u", probe_draws_take ());
  else if (g_strcmp0 (command, "folder") == 0)
    open_folder (argument, json);
  else if (g_strcmp0 (command, "numbers") == 0)
    list_numbers (argument, json);
  else if (g_strcmp0 (command, "open") == 0)
    g_idle_add (open_now, GUINT_TO_POINTER ((guint) atoi (argument)));
  else if (g_strcmp0 (command, "open-window") == 0)
    g_idle_add (open_window_now, GUINT_TO_POINTER ((guint) atoi (argument)));
  else if (g_strcmp0 (command, "close-window") == 0 && last_window () != NULL)
    messageview_destroy (last_window ());
  else if (g_strcmp0 (command, "press") == 0)
    press (argument, json);
  else if (g_strcmp0 (command, "toolbar") == 0)
    press_toolbar (argument, json);
  else if (g_strcmp0 (command, "action") == 0)
    activate (main_window->ui_manager, argument, json);
  else if (g_strcmp0 (command, "window-action") == 0)
    activate (last_window () != NULL ? last_window ()->ui_manager : NULL, argument, json);
  else if (g_strcmp0 (command, "actions") == 0)
    list_actions (main_window->ui_manager, json);
  else if (g_strcmp0 (command, "window-actions") == 0 && last_window () != NULL)
    list_actions (last_window ()->ui_manager, json);
  else if (g_strcmp0 (command, "load") == 0 || g_strcmp0 (command, "unload") == 0)
    do_plugin (command, argument, json);
  else if (g_strcmp0 (command, "expand") == 0)
    expand (argument, json);
  else if (g_strcmp0 (command, "respond") == 0)
    respond (atoi (argument), json);
  else if (g_strcmp0 (command, "x-id") == 0)
    say_x_id (argument, json);
  else if (g_strcmp0 (command, "reply-behind") == 0)
    reply_behind (atoi (argument), json);
  else if (g_strcmp0 (command, "composes") == 0)
    g_string_append_printf (json, "%u", g_list_length ((GList *) compose_get_compose_list ()));
  else if (g_strcmp0 (command, "remove-folder") == 0)
    remove_folder (argument, json);
  else if (g_strcmp0 (command, "where-icon") == 0)
    where_icon (atoi (argument), json);
  else if (g_strcmp0 (command, "focus-list") == 0)
    gtk_widget_grab_focus (main_window->summaryview->ctree);
  else if (g_strcmp0 (command, "beat") == 0)
    {
      guint beats, longest;
      probe_beat_take (&beats, &longest);
      g_string_append_printf (json, "[%u,%u]", beats, longest);
    }
  else
    fail (json, "unknown command", command);
  if (json->len == before)
    g_string_append (json, "true");
}
