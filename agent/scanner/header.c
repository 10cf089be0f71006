/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/header.h"

#include <string.h>

#include "agent/core/limits.h"
#include "agent/scanner/charset.h"
#include "agent/scanner/japanese.h"

/* The text of one encoded word: RFC 2047 §2 allows 75 characters, programs write whole names into one. */
#define ENCODED_WORD_MAX 8192
#define CHARSET_LABEL_MAX 64

static const char *
line_end (const char *p, const char *end)
{
  const char *newline = memchr (p, '\n', (gsize) (end - p));
  return newline != NULL ? newline + 1 : end;
}

/* What programs leave in front of a header: an mbox separator (also escaped), a byte order mark, empty lines.
 */
static const char *
skip_preamble (const char *p, const char *end)
{
  if (end - p >= 3 && memcmp (p, "\357\273\277", 3) == 0)
    p += 3;
  while (p < end && (*p == '\r' || *p == '\n'))
    p++;
  const char *from = p < end && *p == '>' ? p + 1 : p;
  if (end - from >= 5 && memcmp (from, "From ", 5) == 0)
    p = line_end (from, end);
  return p;
}

static gboolean
is_name_char (char c)
{
  return c > 0x20 && c < 0x7F && c != ':';
}

GArray *
sek_fields_split (const char *bytes, gsize length, gsize *body_offset)
{
  GArray *fields = g_array_new (FALSE, FALSE, sizeof (SekField));
  const char *end = bytes + length;
  const char *p = skip_preamble (bytes, end);
  while (p < end)
    {
      const char *next = line_end (p, end);
      if (*p == '\n' || (*p == '\r' && (p + 1 == end || p[1] == '\n')))
        {
          p = next;
          break;
        }
      const char *colon = p;
      while (colon < next && is_name_char (*colon))
        colon++;
      gsize name_length = (gsize) (colon - p);
      while (colon < next && (*colon == ' ' || *colon == '\t'))
        colon++;
      /* Folded lines belong to the field; so do lines that are no field at all, as broken programs make them.
       */
      while (next < end && (*next == ' ' || *next == '\t'))
        next = line_end (next, end);
      if (colon < next && *colon == ':' && name_length > 0)
        {
          SekField field = { p, name_length, colon + 1, (gsize) (next - colon - 1) };
          g_array_append_val (fields, field);
        }
      p = next;
    }
  if (body_offset != NULL)
    *body_offset = (gsize) (p - bytes);
  return fields;
}

gboolean
sek_field_is (const SekField *field, const char *name)
{
  return field->name_length == strlen (name) &&
         g_ascii_strncasecmp (field->name, name, field->name_length) == 0;
}

const SekField *
sek_fields_find (const GArray *fields, const char *name)
{
  for (guint i = 0; i < fields->len; i++)
    {
      const SekField *field = &g_array_index (fields, SekField, i);
      if (sek_field_is (field, name))
        return field;
    }
  return NULL;
}

char *
sek_header_unfold (const char *value, gsize length, SekDecoding *decoding)
{
  length = MIN (length, SEK_HEADER_BYTES_MAX);
  GString *line = g_string_sized_new (length);
  for (gsize i = 0; i < length; i++)
    if (value[i] != '\r' && value[i] != '\n' && value[i] != '\0')
      g_string_append_c (line, value[i]);
  char *text = sek_charset_guess (line->str, line->len, decoding->hint, "windows-1252");
  g_string_free (line, TRUE);
  return text;
}

/* One encoded word, taken apart. */
typedef struct
{
  char charset[CHARSET_LABEL_MAX];
  gboolean base64;
  const char *text;
  gsize length;
  const char *end; /* behind the closing ?= */
} EncodedWord;

static gboolean
read_encoded_word (const char *p, EncodedWord *word)
{
  if (p[0] != '=' || p[1] != '?')
    return FALSE;
  gsize label = strcspn (p + 2, "? \t\"");
  if (label == 0 || label >= CHARSET_LABEL_MAX || p[2 + label] != '?')
    return FALSE;
  memcpy (word->charset, p + 2, label);
  word->charset[label] = '\0';
  const char *encoding = p + 2 + label + 1;
  char kind = g_ascii_toupper (*encoding);
  if ((kind != 'B' && kind != 'Q') || encoding[1] != '?')
    return FALSE;
  word->base64 = kind == 'B';
  word->text = encoding + 2;
  const char *close = g_strstr_len (word->text, (gssize) strnlen (word->text, ENCODED_WORD_MAX), "?=");
  if (close == NULL)
    return FALSE;
  word->length = (gsize) (close - word->text);
  word->end = close + 2;
  return TRUE;
}

static void
append_quoted (GString *bytes, const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (text[i] == '=' && i + 2 < length + 0 && g_ascii_isxdigit (text[i + 1]) &&
        g_ascii_isxdigit (text[i + 2]))
      {
        g_string_append_c (bytes, (char) (g_ascii_xdigit_value (text[i + 1]) * 16 +
                                          g_ascii_xdigit_value (text[i + 2])));
        i += 2;
      }
    else
      g_string_append_c (bytes, text[i] == '_' ? ' ' : text[i]);
}

/* Words of one charset that follow each other, collected before decoding: programs cut between the bytes of a
 * character, and between the four characters of a base64 group. */
typedef struct
{
  GString *bytes;
  char charset[CHARSET_LABEL_MAX];
  gint base64_state;
  guint base64_save;
} Run;

static void
run_append (Run *run, const EncodedWord *word)
{
  if (!word->base64)
    {
      append_quoted (run->bytes, word->text, word->length);
      run->base64_state = 0;
      run->base64_save = 0;
      return;
    }
  gsize at = run->bytes->len;
  g_string_set_size (run->bytes, at + word->length + 3);
  gsize got = g_base64_decode_step (word->text, word->length, (guchar *) run->bytes->str + at,
                                    &run->base64_state, &run->base64_save);
  g_string_set_size (run->bytes, at + got);
  if (memchr (word->text, '=', word->length) != NULL)
    {
      run->base64_state = 0;
      run->base64_save = 0;
    }
}

static void
run_flush (Run *run, GString *out, SekDecoding *decoding)
{
  if (run->charset[0] == '\0')
    return;
  gboolean unknown = FALSE;
  g_autofree char *text =
      sek_charset_decode (run->charset, decoding->hint, run->bytes->str, run->bytes->len, &unknown);
  if (unknown && decoding->unknown == NULL)
    decoding->unknown = g_strdup (run->charset);
  /* A line break inside of a word must not start a field of its own in anybody's eyes. */
  for (char *p = text; *p != '\0'; p++)
    if (*p == '\r' || *p == '\n')
      *p = ' ';
  g_string_append (out, text);
  g_string_truncate (run->bytes, 0);
  run->charset[0] = '\0';
  run->base64_state = 0;
  run->base64_save = 0;
}

char *
sek_header_decode_words (const char *text, SekDecoding *decoding)
{
  GString *out = g_string_sized_new (strlen (text));
  Run run = { .bytes = g_string_new (NULL) };
  EncodedWord word;
  const char *p = text;
  while (*p != '\0')
    {
      /* White space between two encoded words is not part of the text (RFC 2047 §6.2). */
      const char *behind = p + strspn (p, " \t");
      gboolean follows = run.charset[0] != '\0' && read_encoded_word (behind, &word);
      if (!follows && !read_encoded_word (p, &word))
        {
          run_flush (&run, out, decoding);
          g_string_append_c (out, *p++);
          continue;
        }
      if (g_ascii_strcasecmp (run.charset, word.charset) != 0)
        {
          run_flush (&run, out, decoding);
          g_strlcpy (run.charset, word.charset, sizeof run.charset);
        }
      run_append (&run, &word);
      p = word.end;
    }
  run_flush (&run, out, decoding);
  g_string_free (run.bytes, TRUE);
  return g_string_free (out, FALSE);
}

char *
sek_header_decode (const SekField *field, SekDecoding *decoding)
{
  g_autofree char *raw = sek_header_unfold (field->value, field->length, decoding);
  return g_strstrip (sek_header_decode_words (raw, decoding));
}
