/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a pointer has to go to meet what a person would click on in the mail of the main window; its toolbar;
 * the clipboard. */
#include "tests/e2e/probe/probe.h"

#include <stdlib.h>

#include "mainwindow.h"
#include "messageview.h"
#include "mimeview.h"
#include "toolbar.h"

static void
say (GdkWindow *window, int x, int y, GString *json)
{
  int left = 0, top = 0;
  gdk_window_get_origin (window, &left, &top);
  g_string_append_printf (json, "[%d,%d]", left + x, top + y);
}

/* The middle of the first place where word stands in the text view. */
void
probe_where_text (const char *word, GString *json)
{
  GtkTextView *view = GTK_TEXT_VIEW (mainwindow_get_mainwindow ()->messageview->mimeview->textview->text);
  GtkTextIter begin, start, end;
  gtk_text_buffer_get_start_iter (gtk_text_view_get_buffer (view), &begin);
  if (!gtk_widget_get_mapped (GTK_WIDGET (view)) ||
      !gtk_text_iter_forward_search (&begin, word, GTK_TEXT_SEARCH_TEXT_ONLY, &start, &end, NULL))
    {
      probe_fail (json, "not in the text", word);
      return;
    }
  GdkRectangle first, last;
  int x = 0, y = 0;
  gtk_text_view_get_iter_location (view, &start, &first);
  gtk_text_view_get_iter_location (view, &end, &last);
  gtk_text_view_buffer_to_window_coords (view, GTK_TEXT_WINDOW_WIDGET, (first.x + last.x) / 2,
                                         first.y + first.height / 2, &x, &y);
  say (gtk_text_view_get_window (view, GTK_TEXT_WINDOW_WIDGET), x, y, json);
}

/* offset pixels right of and below the corner of a viewer plugin's widget. */
void
probe_where_viewer (const char *offset, GString *json)
{
  MimeViewer *viewer = mainwindow_get_mainwindow ()->messageview->mimeview->mimeviewer;
  GtkWidget *widget = viewer != NULL ? viewer->get_widget (viewer) : NULL;
  if (widget == NULL || !gtk_widget_get_mapped (widget))
    {
      g_string_append (json, "false");
      return;
    }
  int x = 0, y = 0;
  GtkWidget *toplevel = gtk_widget_get_toplevel (widget);
  gtk_widget_translate_coordinates (widget, toplevel, atoi (offset), atoi (offset), &x, &y);
  say (gtk_widget_get_window (toplevel), x, y, json);
}

static void
find_report (GtkWidget *widget, gpointer user_data)
{
  if (g_strcmp0 (gtk_widget_get_name (widget), "sekisho-report") == 0)
    *(GtkWidget **) user_data = widget;
}

void
probe_press_toolbar (const char *name, GString *json)
{
  Toolbar *toolbar = mainwindow_get_mainwindow ()->toolbar;
  GtkWidget *button = g_strcmp0 (name, "reply") == 0     ? toolbar->reply_btn
                      : g_strcmp0 (name, "forward") == 0 ? toolbar->fwd_btn
                                                         : NULL;
  if (g_strcmp0 (name, "report") == 0)
    gtk_container_foreach (GTK_CONTAINER (toolbar->toolbar), find_report, &button);
  if (button == NULL || !gtk_widget_get_mapped (button))
    {
      probe_fail (json, "no such tool button", name);
      return;
    }
  g_idle_add (probe_press_now, g_object_ref (button));
  g_string_append (json, "true");
}

/* Its text. */
void
probe_clipboard (const char *unused, GString *json)
{
  g_autofree char *text = gtk_clipboard_wait_for_text (gtk_clipboard_get (GDK_SELECTION_CLIPBOARD));
  probe_json_string (json, text);
}
