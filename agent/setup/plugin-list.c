/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/setup/plugin-list.h"

#include <string.h>

/* Claws Mail 4 with GTK 3: plugin.c writes the block under the type of its plugins. */
#define BLOCK "[Plugins_GTK3]"

/* The next line of *text with its end, which is moved on; NULL at the end. */
static char *
take_line (const char **text)
{
  if (**text == '\0')
    return NULL;
  const char *end = strchr (*text, '\n');
  gsize length = end != NULL ? (gsize) (end - *text) + 1 : strlen (*text);
  char *line = g_strndup (*text, length);
  *text += length;
  return line;
}

static gboolean
is_header (const char *line)
{
  return *line == '[';
}

static gboolean
is_block (const char *line)
{
  g_autofree char *stripped = g_strstrip (g_strdup (line));
  return g_str_equal (stripped, BLOCK);
}

/* Whatever folder it lies in: an earlier installation may have been elsewhere. */
static gboolean
names_module (const char *line, const char *module)
{
  g_autofree char *stripped = g_strstrip (g_strdup (line));
  g_autofree char *name = g_path_get_basename (stripped);
  g_autofree char *wanted = g_path_get_basename (module);
  return *stripped != '\0' && g_str_equal (name, wanted);
}

gboolean
sek_plugin_list_has (const char *text, const char *module)
{
  gboolean inside = FALSE;
  char *next;
  while ((next = take_line (&text)) != NULL) /* at most SEK_SETUP_FILE_BYTES_MAX */
    {
      g_autofree char *line = next;
      if (is_header (line))
        inside = is_block (line);
      else if (inside && names_module (line, module))
        return TRUE;
    }
  return FALSE;
}

char *
sek_plugin_list_set (const char *text, const char *module, gboolean enable)
{
  g_autoptr (GString) result = g_string_new (NULL);
  gboolean inside = FALSE, added = !enable;
  char *next;
  while ((next = take_line (&text)) != NULL) /* at most SEK_SETUP_FILE_BYTES_MAX */
    {
      g_autofree char *line = next;
      if (is_header (line))
        inside = is_block (line);
      if (!inside || is_header (line) || !names_module (line, module))
        g_string_append (result, line);
      if (inside && is_header (line) && !added)
        {
          g_string_append_printf (result, g_str_has_suffix (line, "\n") ? "%s\n" : "\n%s\n", module);
          added = TRUE;
        }
    }
  if (!added)
    {
      const char *gap = result->len == 0 ? "" : g_str_has_suffix (result->str, "\n") ? "\n" : "\n\n";
      g_string_append_printf (result, "%s" BLOCK "\n%s\n", gap, module);
    }
  return g_string_free (g_steal_pointer (&result), FALSE);
}
