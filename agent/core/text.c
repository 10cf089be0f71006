/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/core/text.h"

#include <string.h>

gboolean
sek_text_is_hidden_char (gunichar c)
{
  static const struct
  {
    gunichar first, last;
  } hidden[] = {
    { 0x00AD, 0x00AD },   /* soft hyphen */
    { 0x034F, 0x034F },   /* combining grapheme joiner */
    { 0x061C, 0x061C },   /* Arabic letter mark */
    { 0x115F, 0x1160 },   /* hangul fillers */
    { 0x17B4, 0x17B5 },   /* Khmer inherent vowels */
    { 0x180B, 0x180E },   /* Mongolian selectors and vowel separator */
    { 0x200B, 0x200F },   /* zero width, left-to-right and right-to-left marks */
    { 0x202A, 0x202E },   /* bidi embedding and override */
    { 0x2060, 0x206F },   /* word joiner, invisible operators, bidi isolates */
    { 0x3164, 0x3164 },   /* hangul filler */
    { 0xFEFF, 0xFEFF },   /* byte order mark */
    { 0xFFA0, 0xFFA0 },   /* half-width hangul filler */
    { 0xE0000, 0xE0FFF }, /* tags and variation selectors supplement */
  };
  for (gsize i = 0; i < G_N_ELEMENTS (hidden); i++)
    if (c >= hidden[i].first && c <= hidden[i].last)
      return TRUE;
  return FALSE;
}

/* Where a text may be cut without changing its normal form: in front of what joins nothing before it. */
static gboolean
starts_anew (gunichar c)
{
  return c != 0xFF9E && c != 0xFF9F && !(c >= 0x1160 && c <= 0x11FF) && g_unichar_combining_class (c) == 0 &&
         !g_unichar_ismark (c);
}

#define CHUNK_BYTES 256
#define CHUNK_BYTES_MAX 4096 /* a run of marks alone is cut all the same */

char *
sek_text_compatible (const char *text)
{
  if (g_str_is_ascii (text))
    return g_strdup (text);
  g_autoptr (GString) out = g_string_sized_new (strlen (text) + 1);
  /* GLib moves all of the rest for each pair that it composes (2.74, g_utf8_normalize). */
  for (const char *start = text, *p = text; *start != '\0'; start = p)
    {
      do
        p = g_utf8_next_char (p);
      while (*p != '\0' && p - start < CHUNK_BYTES_MAX &&
             (p - start < CHUNK_BYTES || !starts_anew (g_utf8_get_char (p))));
      g_autofree char *part = g_utf8_normalize (start, p - start, G_NORMALIZE_NFKC);
      g_string_append (out, part != NULL ? part : "");
    }
  return g_strdup (out->str);
}

/* White space collapsed to one space, hidden characters dropped, ends trimmed. */
static char *
squeeze (const char *valid)
{
  GString *out = g_string_sized_new (strlen (valid));
  gboolean space = FALSE;
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (sek_text_is_hidden_char (c))
        continue;
      if (g_unichar_isspace (c) || g_unichar_iscntrl (c))
        {
          space = out->len > 0;
          continue;
        }
      if (space)
        g_string_append_c (out, ' ');
      space = FALSE;
      g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

char *
sek_text_fold (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autofree char *compatible = sek_text_compatible (valid);
  g_autofree char *folded = g_utf8_casefold (compatible, -1);
  return squeeze (folded);
}

char *
sek_text_show (const char *text, gsize max_chars)
{
  /* Cut the bytes first: a hostile header may be megabytes long. */
  g_autofree char *clipped = sek_text_clip (text != NULL ? text : "", -1, (max_chars + 1) * 6);
  GString *out = g_string_new (NULL);
  gboolean space = FALSE;
  gsize chars = 0;
  for (const char *p = clipped; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (g_unichar_iscntrl (c) || (g_unichar_isspace (c) && c != 0x3000))
        {
          space = out->len > 0;
          continue;
        }
      if (chars >= max_chars)
        {
          g_string_append (out, "…");
          break;
        }
      if (space)
        g_string_append_c (out, ' ');
      space = FALSE;
      if (sek_text_is_hidden_char (c))
        g_string_append_printf (out, "[U+%04X]", c);
      else
        g_string_append_unichar (out, c);
      chars++;
    }
  return g_string_free (out, FALSE);
}

char *
sek_text_clip (const char *text, gssize length, gsize max_bytes)
{
  gsize bytes =
      length < 0 ? strnlen (text, max_bytes + 8) : strnlen (text, MIN ((gsize) length, max_bytes + 8));
  gsize cut = MIN (bytes, max_bytes);
  /* Step back to the start of a character, at most 3 continuation bytes (RFC 3629 §3). */
  for (int i = 0; cut < bytes && i < 3 && cut > 0 && ((guchar) text[cut] & 0xC0) == 0x80; i++)
    cut--;
  return g_utf8_make_valid (text, (gssize) cut);
}

static gboolean
is_cjk (gunichar c)
{
  return (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7AF) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF) || c == 0x3005;
}

gboolean
sek_text_has_cjk (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (is_cjk (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

char *
sek_text_of_utf16le (gconstpointer bytes, gsize length, gsize max_bytes)
{
  const guint8 *text = bytes;
  GString *valid = g_string_new (NULL);
  for (gsize i = 0; i + 1 < length && valid->len + 4 <= max_bytes; i += 2)
    {
      gunichar c = text[i] | (gunichar) text[i + 1] << 8;
      gunichar low = i + 3 < length ? text[i + 2] | (gunichar) text[i + 3] << 8 : 0;
      if (c >= 0xd800 && c < 0xdc00 && low >= 0xdc00 && low < 0xe000)
        {
          c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
          i += 2;
        }
      if (c == 0)
        break;
      g_string_append_unichar (valid, g_unichar_validate (c) ? c : 0xfffd);
    }
  return g_string_free (valid, FALSE);
}

const char *
sek_text_in_languages (GHashTable *texts, const char *const *languages)
{
  for (const char *const *language = languages; *language != NULL; language++)
    {
      const char *text = g_hash_table_lookup (texts, *language);
      if (text != NULL)
        return text;
    }
  const char *text = g_hash_table_lookup (texts, "");
  return text != NULL ? text : "";
}
