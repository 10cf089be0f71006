/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/policy/lines.h"

#include <string.h>

static void
line_free (gpointer data)
{
  SekPolicyLine *line = data;
  g_free (line->group);
  g_free (line->key);
  g_free (line);
}

static gboolean
is_blank (char c)
{
  return g_ascii_isspace (c);
}

/* The column of what stands offset bytes behind start and is not white space. */
static guint
column_at (const char *start, gsize offset, gsize length)
{
  while (offset < length && is_blank (start[offset]))
    offset++;
  return (guint) g_utf8_strlen (start, (gssize) offset) + 1;
}

/* Splits as GKeyFile does: white space before a line and around the key does not count. */
static void
scan_line (GPtrArray *lines, guint number, const char *start, gsize length, char **group)
{
  g_autofree char *copy = g_strndup (start, length);
  const char *text = g_strstrip (copy);
  if (*text == '\0' || *text == '#')
    return;
  const char *end = strchr (text, *text == '[' ? ']' : '=');
  if (end == NULL)
    return;
  SekPolicyLine *line = g_new0 (SekPolicyLine, 1);
  line->number = number;
  line->column = column_at (start, 0, length);
  if (*text == '[')
    {
      g_free (*group);
      *group = g_strndup (text + 1, (gsize) (end - text - 1));
      line->value_column = line->column;
    }
  else
    {
      const char *equals = memchr (start, '=', length);
      line->key = g_strchomp (g_strndup (text, (gsize) (end - text)));
      line->value_column = column_at (start, (gsize) (equals - start) + 1, length);
    }
  line->group = g_strdup (*group);
  g_ptr_array_add (lines, line);
}

GPtrArray *
sek_policy_lines_scan (const char *data)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (line_free);
  g_autofree char *group = NULL;
  guint number = 1;
  for (const char *start = data; *start != '\0'; number++)
    {
      gsize length = strcspn (start, "\n");
      scan_line (lines, number, start, length, &group);
      start += length + (start[length] == '\n');
    }
  return lines;
}

guint
sek_policy_line_at (const char *data, gsize offset)
{
  guint number = 1;
  for (gsize i = 0; i < offset; i++)
    number += data[i] == '\n';
  return number;
}

/* Offsets of the ends of all lines. */
static GArray *
line_ends (const char *data)
{
  GArray *ends = g_array_new (FALSE, FALSE, sizeof (gsize));
  for (gsize at = 0; data[at] != '\0';)
    {
      at += strcspn (data + at, "\n");
      at += data[at] == '\n';
      g_array_append_val (ends, at);
    }
  return ends;
}

guint
sek_policy_line_refused (const char *data, GKeyFileFlags flags, char **line)
{
  g_autoptr (GArray) ends = line_ends (data);
  /* What is refused stays refused however much follows, so the first such line is found by halving. */
  guint low = 0, high = ends->len;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      g_autoptr (GKeyFile) file = g_key_file_new ();
      if (g_key_file_load_from_data (file, data, g_array_index (ends, gsize, middle), flags, NULL))
        low = middle + 1;
      else
        high = middle;
    }
  if (low >= ends->len)
    return 0;
  gsize start = low > 0 ? g_array_index (ends, gsize, low - 1) : 0;
  *line = g_strstrip (g_strndup (data + start, g_array_index (ends, gsize, low) - start));
  return low + 1;
}
