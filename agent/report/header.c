/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/report/header.h"

#include <string.h>

#include "agent/core/core.h"

/* RFC 2047 §2: a line with an encoded word is at most 76 long, the word at most 75. */
#define LINE_CHARS 76
#define WORD_CHARS 75
#define WORD_HEAD "=?UTF-8?B?"
#define WORD_TAIL "?="
/* Longer ASCII words are encoded, since they can't be folded. */
#define PLAIN_WORD_MAX 60
#define VALUE_CHARS_MAX 8000

static gsize
column (const GString *out)
{
  const char *line = g_strrstr_len (out->str, (gssize) out->len, "\n");
  return line != NULL ? (gsize) (out->str + out->len - line - 1) : out->len;
}

static gboolean
is_plain (const char *text)
{
  gsize word = 0;
  if (strstr (text, "=?") != NULL)
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    {
      word = *p == ' ' ? 0 : word + 1;
      if (*p < ' ' || *p > '~' || word > PLAIN_WORD_MAX)
        return FALSE;
    }
  return TRUE;
}

static void
append_plain (GString *out, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  gsize at = column (out);
  for (char **word = words; *word != NULL; word++)
    {
      gsize length = strlen (*word);
      if (length == 0)
        continue;
      /* Never before the first word: a line that holds nothing but the field's name puzzles simple readers.
       */
      gboolean fold = at + 1 + length > LINE_CHARS && out->str[out->len - 1] != ':';
      g_string_append (out, fold ? "\r\n " : " ");
      g_string_append (out, *word);
      at = (fold ? 0 : at) + 1 + length;
    }
}

/* The most bytes of text, in whole characters, that fit into one encoded word of at most room characters. */
static gsize
bytes_that_fit (const char *text, gsize room)
{
  gsize around = strlen (WORD_HEAD WORD_TAIL);
  gsize most = room > around ? (room - around) / 4 * 3 : 0;
  gsize taken = 0;
  while (text[taken] != '\0')
    {
      gsize next = taken + (gsize) g_utf8_skip[(guchar) text[taken]];
      if (next > most)
        break;
      taken = next;
    }
  return taken;
}

static void
append_encoded (GString *out, const char *text)
{
  gsize at = column (out);
  while (*text != '\0')
    {
      gsize room = LINE_CHARS > at + 1 ? MIN (LINE_CHARS - at - 1, WORD_CHARS) : 0;
      gsize length = bytes_that_fit (text, room);
      /* A first word of one or two characters is no gain over the next line. */
      if (length < 9 && text[length] != '\0')
        {
          g_string_append (out, "\r\n");
          length = bytes_that_fit (text, WORD_CHARS);
        }
      g_autofree char *base64 = g_base64_encode ((const guchar *) text, length);
      g_string_append_printf (out, " " WORD_HEAD "%s" WORD_TAIL, base64);
      text += length;
      at = LINE_CHARS;
    }
}

void
sek_header_add (GString *out, const char *name, const char *literal, const char *text)
{
  /* One line of valid UTF-8 without control characters, whatever it was. */
  g_autofree char *shown = sek_text_show (text != NULL ? text : "", VALUE_CHARS_MAX);
  g_string_append_printf (out, "%s:", name);
  if (literal != NULL)
    append_plain (out, literal);
  if (is_plain (shown))
    append_plain (out, shown);
  else
    append_encoded (out, shown);
  g_string_append (out, "\r\n");
}

void
sek_header_add_int (GString *out, const char *name, gint64 value)
{
  g_string_append_printf (out, "%s: %" G_GINT64_FORMAT "\r\n", name, value);
}

void
sek_header_add_date (GString *out, gint64 seconds)
{
  /* Not strftime: its names follow the locale. */
  static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
  static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (seconds);
  if (date == NULL)
    date = g_date_time_new_from_unix_utc (0);
  g_string_append_printf (out, "Date: %s, %d %s %04d %02d:%02d:%02d +0000\r\n",
                          days[g_date_time_get_day_of_week (date) - 1], g_date_time_get_day_of_month (date),
                          months[g_date_time_get_month (date) - 1], g_date_time_get_year (date),
                          g_date_time_get_hour (date), g_date_time_get_minute (date),
                          g_date_time_get_second (date));
}

gboolean
sek_header_is_plain_address (const char *address)
{
  const char *at = address != NULL ? strrchr (address, '@') : NULL;
  if (at == NULL || at == address || at[1] == '\0' || strlen (address) > 254)
    return FALSE;
  for (const char *p = address; *p != '\0'; p++)
    if (*p <= ' ' || *p > '~' || strchr ("<>()[],;:\\\"", *p) != NULL)
      return FALSE;
  return TRUE;
}

void
sek_header_append_base64 (GString *out, const guint8 *data, gsize length)
{
  /* 57 bytes are 76 characters. */
  for (gsize at = 0; at < length; at += 57)
    {
      char line[57 / 3 * 4 + 8];
      int state = 0, save = 0;
      gsize wrote = g_base64_encode_step (data + at, MIN (57, length - at), FALSE, line, &state, &save);
      wrote += g_base64_encode_close (FALSE, line + wrote, &state, &save);
      g_string_append_len (out, line, (gssize) wrote);
      g_string_append (out, "\r\n");
    }
}
