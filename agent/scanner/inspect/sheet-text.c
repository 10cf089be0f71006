/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables that are text, which Excel takes as its own: CSV, SYLK and web queries. */
#include "agent/scanner/inspect/families.h"

#include <string.h>

#define CELL_BYTES_MAX 300 /* of a formula looked at */
#define BARS_MAX 200000    /* in one file */
#define WORD_BYTES_MAX 40  /* the name of a program in one */

static const char *const table_names[] = { ".csv", ".tsv", ".slk", ".xls", ".prn", ".dif" };

static gboolean
is_table (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);
  for (gsize i = 0; i < G_N_ELEMENTS (table_names); i++)
    if (g_str_has_suffix (lower, table_names[i]))
      return TRUE;
  return FALSE;
}

/* TRUE where a cell can begin: at the start of a line, behind a separator, quoted or not. */
static gboolean
begins_cell (const char *text, const char *at)
{
  while (at > text && strchr (" \"'", at[-1]) != NULL)
    at--;
  return at == text || strchr ("\n\r,;\t", at[-1]) != NULL;
}

static gboolean
is_word_char (char c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr ("_.\\:", c) != NULL);
}

/* The length of a question to another program, "cmd|'/c calc'!A0", up to the '!'; bar is in its middle. 0
 * when it is none: a program, a topic, in quotes when it is more than a word, and something in it. */
static gsize
question_length (const char *word, const char *bar, const char *end)
{
  const char *last = MIN (end, bar + CELL_BYTES_MAX), *p = bar + 1;
  if (bar - word < 2 || p >= last)
    return 0;
  if (*p == '\'')
    {
      for (p++; p < last && *p != '\'' && *p != '\n';)
        p++;
      p++;
    }
  else
    while (p < last && (is_word_char (*p) || *p == '/' || *p == '-'))
      p++;
  if (p + 1 >= last || *p != '!' || !(g_ascii_isalnum (p[1]) || strchr ("_'", p[1]) != NULL))
    return 0;
  return (gsize) (p - word);
}

static void
find_questions (const SekInspectInput *input, gboolean sylk, const SekInspectResult *result)
{
  const char *text = (const char *) input->bytes, *end = text + input->length;
  guint bars = 0;
  /* The first is enough. */
  for (const char *bar = text; bars < BARS_MAX && (bar = memchr (bar, '|', (gsize) (end - bar))) != NULL;
       bar++, bars++)
    {
      const char *word = bar;
      while (word > text && bar - word < WORD_BYTES_MAX && is_word_char (word[-1]))
        word--;
      gsize length = word > text ? question_length (word, bar, end) : 0;
      if (length == 0)
        continue;
      /* In SYLK an expression is a field of its own, ";E". */
      gboolean formula = strchr ("=+-@", word[-1]) != NULL && begins_cell (text, word - 1);
      gboolean expression = sylk && word[-1] == ';' && *word == 'E';
      if (!formula && !expression)
        continue;
      sek_inspect_add_bytes (result, SEK_TRAIT_DDE, word + (expression ? 1 : 0),
                             length - (expression ? 1 : 0));
      return;
    }
}

/* SYLK: the options of a macro sheet, as Excel writes them. */
static gboolean
is_macro_option (const char *line, gsize length)
{
  return length >= 3 && memcmp (line, "O;", 2) == 0 && memmem (line + 1, length - 1, ";E", 2) != NULL;
}

static void
find_macro_sheet (const SekInspectInput *input, const SekInspectResult *result)
{
  const char *line = (const char *) input->bytes, *end = line + input->length;
  /* Bounded by the file. */
  while (line < end)
    {
      const char *next = memchr (line, '\n', (gsize) (end - line));
      gsize length = (gsize) ((next != NULL ? next : end) - line);
      if (is_macro_option (line, length))
        sek_traits_add (result->traits, SEK_TRAIT_EXCEL4_MACROS, NULL);
      else if (length > 14 && memcmp (line, "NN;N", 4) == 0 &&
               g_ascii_strncasecmp (line + 4, "auto_open", 9) == 0)
        sek_traits_add (result->traits, SEK_TRAIT_AUTO_MACROS, "Auto_Open");
      line = next != NULL ? next + 1 : end;
    }
}

/* A web query: three lines, the last one the address that Excel loads the table from. */
static gboolean
is_web_query (const SekInspectInput *input, const char **address, gsize *length)
{
  static const char *const heads[] = { "WEB\r\n1\r\n", "WEB\n1\n" };
  const char *text = (const char *) input->bytes, *end = text + input->length;
  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      gsize size = strlen (heads[i]);
      if (input->length <= size || g_ascii_strncasecmp (text, heads[i], size) != 0)
        continue;
      *address = text + size;
      for (*length = 0; *address + *length < end && !g_ascii_isspace ((*address)[*length]);)
        ++*length;
      return TRUE;
    }
  return FALSE;
}

void
sek_inspect_sheet_text (const SekInspectInput *input, const SekInspectResult *result)
{
  const char *address = NULL;
  gsize length = 0;
  if (is_web_query (input, &address, &length))
    {
      sek_inspect_add_bytes (result, SEK_TRAIT_SHORTCUT, address, length);
      g_free (*result->format);
      *result->format = g_strdup ("iqy");
      return;
    }
  gboolean sylk = input->length > 4 && memcmp (input->bytes, "ID;P", 4) == 0;
  if (sylk)
    find_macro_sheet (input, result);
  if (sylk || is_table (input->name))
    find_questions (input, sylk, result);
}
