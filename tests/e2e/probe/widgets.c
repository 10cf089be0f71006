/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What any GTK program has on the screen: windows, labels, buttons. */
#include "tests/e2e/probe/probe.h"

char *
probe_text_of (GtkWidget *text)
{
  GtkTextIter start, end;
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (text));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
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

void
probe_separate (GString *json)
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
      probe_separate (seen->types);
      probe_json_string (seen->types, type);
    }
  if (GTK_IS_LABEL (widget))
    {
      probe_separate (seen->labels);
      probe_json_string (seen->labels, gtk_label_get_text (GTK_LABEL (widget)));
    }
  else if (GTK_IS_TEXT_VIEW (widget))
    {
      g_autofree char *text = probe_text_of (widget);
      probe_separate (seen->labels);
      probe_json_string (seen->labels, text);
    }
  else if (GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) != NULL)
    {
      g_autofree char *label = probe_without_mnemonic (gtk_button_get_label (GTK_BUTTON (widget)));
      probe_separate (seen->buttons);
      g_string_append (seen->buttons, "{\"label\":");
      probe_json_string (seen->buttons, label);
      g_string_append_printf (seen->buttons, ",\"sensitive\":%s,\"focus\":%s}",
                              gtk_widget_is_sensitive (widget) ? "true" : "false",
                              gtk_widget_has_focus (widget) ? "true" : "false");
    }
  if (GTK_IS_CONTAINER (widget))
    gtk_container_forall (GTK_CONTAINER (widget), see, user_data);
}

void
probe_describe_below (GtkWidget *widget, GString *json)
{
  Seen seen = { g_string_new (NULL), g_string_new (NULL), g_string_new (NULL) };
  see (widget, &seen);
  g_string_append_printf (json, "\"labels\":[%s],\"buttons\":[%s],\"sek\":[%s]", seen.labels->str,
                          seen.buttons->str, seen.types->str);
  g_string_free (seen.labels, TRUE);
  g_string_free (seen.buttons, TRUE);
  g_string_free (seen.types, TRUE);
}

static void
describe_window (GtkWindow *window, GString *json)
{
  g_string_append (json, "{\"title\":");
  probe_json_string (json, gtk_window_get_title (window));
  g_string_append (json, ",\"type\":");
  probe_json_string (json, G_OBJECT_TYPE_NAME (window));
  g_string_append (json, ",\"parent\":");
  GtkWindow *parent = gtk_window_get_transient_for (window);
  probe_json_string (json, parent != NULL ? gtk_window_get_title (parent) : NULL);
  g_string_append_c (json, ',');
  probe_describe_below (GTK_WIDGET (window), json);
  g_string_append_c (json, '}');
}

void
probe_describe_windows (GString *json)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (!gtk_widget_get_mapped (l->data))
        continue;
      probe_separate (json);
      describe_window (l->data, json);
    }
}
