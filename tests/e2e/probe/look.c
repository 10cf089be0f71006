/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in Claws Mail's views, and draws of uncleared text. */
#include "tests/e2e/probe/probe.h"

#include "hooks.h"
#include "mainwindow.h"
#include "messageview.h"
#include "mimeview.h"
#include "summaryview.h"

static guint realize_signal;
static gulong realize_hook;
static guint draws;
static gulong rendered_hook;
static guint renderings;
static char *watched;

static gboolean
on_draw (GtkWidget *widget, cairo_t *cairo, gpointer user_data)
{
  if (watched == NULL)
    return FALSE;
  g_autofree char *text = probe_text_of (widget);
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

static gboolean
on_rendered (gpointer source, gpointer user_data)
{
  renderings++;
  return FALSE;
}

void
probe_draws_start (void)
{
  rendered_hook = hooks_register_hook (MESSAGE_VIEW_SHOW_DONE_HOOKLIST, on_rendered, NULL);
  realize_signal = g_signal_lookup ("realize", GTK_TYPE_WIDGET);
  realize_hook = g_signal_add_emission_hook (realize_signal, 0, on_realize, NULL, NULL);
  g_signal_connect (mainwindow_get_mainwindow ()->messageview->mimeview->textview->text, "draw",
                    G_CALLBACK (on_draw), NULL);
}

void
probe_draws_stop (void)
{
  g_signal_remove_emission_hook (realize_signal, realize_hook);
  hooks_unregister_hook (MESSAGE_VIEW_SHOW_DONE_HOOKLIST, rendered_hook);
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
  g_autofree char *text = probe_text_of (mimeview->textview->text);
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
  g_string_append_c (json, ',');
  probe_describe_below (view->vbox, json);
  g_string_append_c (json, '}');
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
      probe_separate (json);
      describe_view (l->data, json);
    }
  g_string_append (json, "],\"windows\":[");
  probe_describe_windows (json);
  g_string_append_printf (json, "],\"draws\":%u,\"renderings\":%u}", draws, renderings);
}
