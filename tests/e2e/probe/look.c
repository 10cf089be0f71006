/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands on the screen: draws of uncleared text, windows, labels, buttons. */
#include "tests/e2e/probe/probe.h"

#include "mainwindow.h"
#include "messageview.h"
#include "mimeview.h"
#include "summaryview.h"

static guint realize_signal;
static gulong realize_hook;
static guint draws;
static char *watched;

static char *
text_of (GtkWidget *text)
{
  GtkTextIter start, end;
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (text));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static gboolean
on_draw (GtkWidget *widget, cairo_t *cairo, gpointer user_data)
{
  if (watched == NULL)
    return FALSE;
  g_autofree char *text = text_of (widget);
  if (strstr (text, watched) != NULL)
    draws++;
  return FALSE;
}

/* GTK emits "draw" only where a handler is connected, so an emission hook on it would see nothing. */
static gboolean
on_realize (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer user_data)
{
  gpointer widget = g_value_get_object (&values[0]);
  if (GTK_IS_TEXT_VIEW (widget))
    g_signal_connect (widget, "draw", G_CALLBACK (on_draw), NULL);
  return TRUE;
}

void
probe_draws_start (void)
{
  realize_signal = g_signal_lookup ("realize", GTK_TYPE_WIDGET);
  realize_hook = g_signal_add_emission_hook (realize_signal, 0, on_realize, NULL, NULL);
  g_signal_connect (mainwindow_get_mainwindow ()->messageview->mimeview->textview->text, "draw",
                    G_CALLBACK (on_draw), NULL);
}

void
probe_draws_stop (void)
{
  g_signal_remove_emission_hook (realize_signal, realize_hook);
  g_clear_pointer (&watched, g_free);
}

void
probe_draws_watch (const char *word)
{
  g_free (watched);
  watched = g_strdup (word);
  draws = 0;
}

guint
probe_draws_take (void)
{
  return draws;
}

void
probe_json_string (GString *json, const char *text)
{
  g_string_append_c (json, '"');
  for (const char *p = text != NULL ? text : ""; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_printf (json, "\\%c", *p);
      else if ((guchar) *p < 0x20)
        g_string_append_printf (json, "\\u%04x", (guchar) *p);
      else
        g_string_append_c (json, *p);
    }
  g_string_append_c (json, '"');
}

char *
probe_without_mnemonic (const char *label)
{
  g_auto (GStrv) pieces = g_strsplit (label != NULL ? label : "", "_", -1);
  return g_strjoinv ("", pieces);
}

static void
separate (GString *json)
{
  char last = json->len > 0 ? json->str[json->len - 1] : '[';
  if (last != '[' && last != '{')
    g_string_append_c (json, ',');
}

typedef struct
{
  GString *labels;
  GString *buttons;
  GString *types;
} Seen;

/* All that a person could see below widget. */
static void
see (GtkWidget *widget, gpointer user_data)
{
  Seen *seen = user_data;
  if (!gtk_widget_get_mapped (widget))
    return;
  const char *type = G_OBJECT_TYPE_NAME (widget);
  if (g_str_has_prefix (type, "Sek"))
    {
      separate (seen->types);
      probe_json_string (seen->types, type);
    }
  if (GTK_IS_LABEL (widget))
    {
      separate (seen->labels);
      probe_json_string (seen->labels, gtk_label_get_text (GTK_LABEL (widget)));
    }
  else if (GTK_IS_TEXT_VIEW (widget))
    {
      g_autofree char *text = text_of (widget);
      separate (seen->labels);
      probe_json_string (seen->labels, text);
    }
  else if (GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) != NULL)
    {
      g_autofree char *label = probe_without_mnemonic (gtk_button_get_label (GTK_BUTTON (widget)));
      separate (seen->buttons);
      g_string_append (seen->buttons, "{\"label\":");
      probe_json_string (seen->buttons, label);
      g_string_append_printf (seen->buttons, ",\"sensitive\":%s,\"focus\":%s}",
                              gtk_widget_is_sensitive (widget) ? "true" : "false",
                              gtk_widget_has_focus (widget) ? "true" : "false");
    }
  if (GTK_IS_CONTAINER (widget))
    gtk_container_forall (GTK_CONTAINER (widget), see, user_data);
}

static void
describe_window (GtkWindow *window, GString *json)
{
  Seen seen = { g_string_new (NULL), g_string_new (NULL), g_string_new (NULL) };
  see (GTK_WIDGET (window), &seen);
  g_string_append (json, "{\"title\":");
  probe_json_string (json, gtk_window_get_title (window));
  g_string_append (json, ",\"type\":");
  probe_json_string (json, G_OBJECT_TYPE_NAME (window));
  g_string_append (json, ",\"parent\":");
  GtkWindow *parent = gtk_window_get_transient_for (window);
  probe_json_string (json, parent != NULL ? gtk_window_get_title (parent) : NULL);
  g_string_append_printf (json, ",\"labels\":[%s],\"buttons\":[%s],\"sek\":[%s]}", seen.labels->str,
                          seen.buttons->str, seen.types->str);
  g_string_free (seen.labels, TRUE);
  g_string_free (seen.buttons, TRUE);
  g_string_free (seen.types, TRUE);
}

static int
count_icons (MimeView *mimeview)
{
  g_autoptr (GList) icons = gtk_container_get_children (GTK_CONTAINER (mimeview->icon_grid));
  return (int) g_list_length (icons);
}

static void
describe_view (MessageView *view, GString *json)
{
  MimeView *mimeview = view->mimeview;
  g_autofree char *text = text_of (mimeview->textview->text);
  Seen seen = { g_string_new (NULL), g_string_new (NULL), g_string_new (NULL) };
  see (view->vbox, &seen);
  g_string_append_printf (json,
                          "{\"window\":%s,\"number\":%u,\"subject\":", view->new_window ? "true" : "false",
                          view->msginfo != NULL ? view->msginfo->msgnum : 0);
  probe_json_string (json, view->msginfo != NULL ? view->msginfo->subject : NULL);
  g_string_append_printf (
      json, ",\"content_mapped\":%s,\"header_sensitive\":%s,\"icons\":%d,\"file\":%s,\"opened\":%s",
      gtk_widget_get_mapped (mimeview->hbox) ? "true" : "false",
      gtk_widget_is_sensitive (GTK_WIDGET_PTR (view->headerview)) ? "true" : "false", count_icons (mimeview),
      mimeview->file != NULL ? "true" : "false", mimeview->opened != NULL ? "true" : "false");
  g_string_append_printf (
      json, ",\"parts_sensitive\":%s,\"parts\":%d,\"text\":",
      gtk_widget_is_sensitive (mimeview->icon_mainbox) ? "true" : "false",
      gtk_tree_model_iter_n_children (gtk_tree_view_get_model (GTK_TREE_VIEW (mimeview->ctree)), NULL));
  probe_json_string (json, text);
  g_string_append_printf (json, ",\"labels\":[%s],\"buttons\":[%s],\"sek\":[%s]}", seen.labels->str,
                          seen.buttons->str, seen.types->str);
  g_string_free (seen.labels, TRUE);
  g_string_free (seen.buttons, TRUE);
  g_string_free (seen.types, TRUE);
}

void
probe_describe (GString *json)
{
  g_string_append (json, "{\"views\":[");
  MainWindow *main_window = mainwindow_get_mainwindow ();
  if (main_window->messageview != NULL)
    describe_view (main_window->messageview, json);
  for (const GList *l = messageview_get_msgview_list (); l != NULL; l = l->next)
    {
      if (l->data == main_window->messageview)
        continue;
      separate (json);
      describe_view (l->data, json);
    }
  g_string_append (json, "],\"windows\":[");
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (!gtk_widget_get_mapped (l->data))
        continue;
      separate (json);
      describe_window (l->data, json);
    }
  g_string_append_printf (json, "],\"draws\":%u}", draws);
}
