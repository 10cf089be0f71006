/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Buttons, expanders and dialogs, pressed as a person would. */
#include "tests/e2e/probe/probe.h"

#include <stdlib.h>

void
probe_fail (GString *json, const char *why, const char *what)
{
  g_autofree char *message = g_strdup_printf ("%s: %s", why, what);
  g_string_append (json, "{\"error\":");
  probe_json_string (json, message);
  g_string_append_c (json, '}');
}

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

/* Presses from an idle: a press may open a window with a loop of its own, and the answer must not wait for
 * that. */
gboolean
probe_press_now (gpointer user_data)
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

void
probe_press (const char *label, GString *json)
{
  Search search = { label, NULL };
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  for (GList *l = windows; l != NULL && search.found == NULL; l = l->next)
    find_button (l->data, &search);
  if (search.found == NULL)
    probe_fail (json, "no visible button", label);
  else if (!gtk_widget_is_sensitive (search.found))
    probe_fail (json, "the button is not sensitive", label);
  else
    {
      g_idle_add (probe_press_now, g_object_ref (search.found));
      g_string_append (json, "true");
    }
}

/* The main window, or the first one of the type named. */
GtkWidget *
probe_find_window (const char *type)
{
  if (*type == '\0')
    return probe_main_window ();
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  for (GList *l = windows; l != NULL; l = l->next)
    if (gtk_widget_get_mapped (l->data) && g_str_equal (G_OBJECT_TYPE_NAME (l->data), type))
      return l->data;
  return NULL;
}

static void
expand_all (GtkWidget *widget, gpointer user_data)
{
  guint *count = user_data;
  if (GTK_IS_EXPANDER (widget) && gtk_widget_get_mapped (widget))
    {
      gtk_expander_set_expanded (GTK_EXPANDER (widget), TRUE);
      ++*count;
    }
  else if (GTK_IS_CONTAINER (widget))
    gtk_container_forall (GTK_CONTAINER (widget), expand_all, user_data);
}

void
probe_expand (const char *type, GString *json)
{
  GtkWidget *window = probe_find_window (type);
  guint count = 0;
  if (window != NULL)
    expand_all (window, &count);
  if (count == 0)
    probe_fail (json, "no expander", type);
}

static gboolean
is_question (gpointer window)
{
  return GTK_IS_DIALOG (window) && gtk_widget_get_mapped (window) && !GTK_IS_FILE_CHOOSER_DIALOG (window) &&
         !g_str_equal (G_OBJECT_TYPE_NAME (window), "SekDialog");
}

void
probe_respond (const char *response, GString *json)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  for (GList *l = windows; l != NULL; l = l->next)
    if (is_question (l->data))
      {
        gtk_dialog_response (l->data, atoi (response));
        return;
      }
  probe_fail (json, "no question on the screen", "");
}
