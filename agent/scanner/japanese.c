/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/japanese.h"

#include <string.h>

#define ESC 0x1B
#define SHIFT_OUT 0x0E
#define SHIFT_IN 0x0F
#define EUC_KANA 0x8E
#define EUC_JISX0212 0x8F

typedef enum
{
  SET_ASCII,
  SET_KANA,
  SET_JISX0208,
  SET_JISX0212,
} CharacterSet;

static const struct
{
  const char *sequence;
  CharacterSet set;
} escapes[] = {
  { "\033(B", SET_ASCII },     { "\033(J", SET_ASCII },     { "\033(H", SET_ASCII },
  { "\033(I", SET_KANA },      { "\033$B", SET_JISX0208 },  { "\033$@", SET_JISX0208 },
  { "\033$(B", SET_JISX0208 }, { "\033$(D", SET_JISX0212 },
};

/* Length of the escape sequence at bytes; 0 when there is none. */
static gsize
read_escape (const char *bytes, gsize length, CharacterSet *set)
{
  for (gsize i = 0; i < G_N_ELEMENTS (escapes); i++)
    {
      gsize size = strlen (escapes[i].sequence);
      if (size <= length && memcmp (bytes, escapes[i].sequence, size) == 0)
        {
          *set = escapes[i].set;
          return size;
        }
    }
  return 0;
}

gboolean
sek_japanese_has_escape (const char *bytes, gsize length)
{
  CharacterSet set = SET_ASCII;
  const char *end = bytes + length;
  for (const char *p = bytes; p < end && (p = memchr (p, ESC, (gsize) (end - p))) != NULL; p++)
    if (read_escape (p, (gsize) (end - p), &set) > 0 && set != SET_ASCII)
      return TRUE;
  return FALSE;
}

static gboolean
is_double_byte (const char *bytes, gsize left)
{
  return left >= 2 && bytes[0] > 0x20 && bytes[0] < 0x7F && bytes[1] > 0x20 && bytes[1] < 0x7F;
}

char *
sek_japanese_from_iso2022 (const char *bytes, gsize length, gsize *out_length)
{
  GString *out = g_string_sized_new (length + length / 2);
  CharacterSet set = SET_ASCII;
  gboolean shifted = FALSE;
  gsize i = 0;
  while (i < length)
    {
      guchar c = (guchar) bytes[i];
      gsize escape = c == ESC ? read_escape (bytes + i, length - i, &set) : 0;
      if (escape > 0 || c == SHIFT_OUT || c == SHIFT_IN)
        {
          shifted = c == SHIFT_OUT || (shifted && c != SHIFT_IN && set == SET_ASCII);
          i += MAX (escape, 1);
          continue;
        }
      /* A line begins in ASCII again, whatever was left open (RFC 1468). */
      if (c == '\n')
        set = SET_ASCII;
      if (set >= SET_JISX0208 && is_double_byte (bytes + i, length - i))
        {
          if (set == SET_JISX0212)
            g_string_append_c (out, (char) EUC_JISX0212);
          g_string_append_c (out, (char) (bytes[i] | 0x80));
          g_string_append_c (out, (char) (bytes[i + 1] | 0x80));
          i += 2;
          continue;
        }
      gboolean kana = (set == SET_KANA || shifted) ? c > 0x20 && c < 0x60 : c > 0xA0 && c < 0xE0;
      if (kana)
        g_string_append_c (out, (char) EUC_KANA);
      g_string_append_c (out, kana ? (char) (c | 0x80) : (char) c);
      i++;
    }
  *out_length = out->len;
  return g_string_free (out, FALSE);
}

char *
sek_chinese_from_hz (const char *bytes, gsize length, gsize *out_length)
{
  GString *out = g_string_sized_new (length);
  gboolean chinese = FALSE;
  for (gsize i = 0; i < length; i++)
    {
      char next = i + 1 < length ? bytes[i + 1] : '\0';
      if (bytes[i] == '~' && (next == '{' || next == '}' || next == '~' || next == '\n'))
        {
          if (next == '~' && !chinese)
            g_string_append_c (out, '~');
          else if (next == '{' || next == '}')
            chinese = next == '{';
          i++;
          continue;
        }
      if (bytes[i] == '\n')
        chinese = FALSE;
      g_string_append_c (out, chinese && bytes[i] > 0x20 ? (char) (bytes[i] | 0x80) : bytes[i]);
    }
  *out_length = out->len;
  return g_string_free (out, FALSE);
}

/* How Japanese bytes look in one of the two encodings. */
typedef struct
{
  guint likely; /* kana, punctuation and everyday kanji (JIS level 1) */
  guint total;  /* everything above ASCII */
  gboolean valid;
} Plausibility;

static Plausibility
look_as_shift_jis (const guchar *p, gsize length)
{
  Plausibility look = { .valid = TRUE };
  for (gsize i = 0; i < length && look.valid; i++)
    {
      if (p[i] < 0x80)
        continue;
      look.total++;
      if (p[i] >= 0xA1 && p[i] <= 0xDF)
        continue;
      gboolean lead = (p[i] >= 0x81 && p[i] <= 0x9F) || (p[i] >= 0xE0 && p[i] <= 0xFC);
      if (i + 1 == length && lead)
        break;
      guchar trail = i + 1 < length ? p[i + 1] : 0;
      look.valid = lead && trail >= 0x40 && trail != 0x7F && trail <= 0xFC;
      look.likely += p[i] >= 0x81 && p[i] <= 0x97 && !(p[i] >= 0x85 && p[i] <= 0x86);
      i++;
    }
  return look;
}

static Plausibility
look_as_euc (const guchar *p, gsize length)
{
  Plausibility look = { .valid = TRUE };
  for (gsize i = 0; i < length && look.valid; i++)
    {
      if (p[i] < 0x80)
        continue;
      look.total++;
      if (i + 1 == length)
        break;
      guchar trail = p[i + 1];
      if (p[i] == EUC_KANA)
        look.valid = trail >= 0xA1 && trail <= 0xDF;
      else
        look.valid = p[i] >= 0xA1 && p[i] <= 0xFE && trail >= 0xA1 && trail <= 0xFE;
      look.likely += p[i] >= 0xA1 && p[i] <= 0xCF;
      i++;
    }
  return look;
}

const char *
sek_japanese_guess (const char *bytes, gsize length)
{
  Plausibility sjis = look_as_shift_jis ((const guchar *) bytes, length);
  Plausibility euc = look_as_euc ((const guchar *) bytes, length);
  /* Seven in ten: accented Latin letters make rare kanji of level 2 and fall far below. */
  gboolean is_sjis = sjis.valid && sjis.total > 0 && sjis.likely * 10 >= sjis.total * 7;
  gboolean is_euc = euc.valid && euc.total > 0 && euc.likely * 10 >= euc.total * 7;
  if (is_sjis && is_euc)
    return sjis.likely * euc.total > euc.likely * sjis.total ? "shiftjis" : "eucjp";
  return is_sjis ? "shiftjis" : is_euc ? "eucjp" : NULL;
}
