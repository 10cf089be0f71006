/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/charset.h"

#include <iconv.h>
#include <string.h>

#include "agent/scanner/japanese.h"

/* What is put in front of iconv for the sets it can not read the way mail uses them. */
typedef char *(*Prepare) (const char *bytes, gsize length, gsize *out_length);

/* Labels without case and punctuation, and the iconv name they are read with: the WHATWG encoding standard's
 * supersets, since those are what mail programs write under the old names. */
static const struct
{
  const char *label;
  const char *iconv_name;
  Prepare prepare;
} charsets[] = {
  { "utf8", "UTF-8", NULL },
  { "unicode11utf8", "UTF-8", NULL },
  { "iso2022jp", "EUC-JP-MS", sek_japanese_from_iso2022 },
  { "csiso2022jp", "EUC-JP-MS", sek_japanese_from_iso2022 },
  { "iso2022jp1", "EUC-JP-MS", sek_japanese_from_iso2022 },
  { "iso2022jpms", "EUC-JP-MS", sek_japanese_from_iso2022 },
  { "cp50220", "EUC-JP-MS", sek_japanese_from_iso2022 },
  { "cp50221", "EUC-JP-MS", sek_japanese_from_iso2022 },
  { "cp50222", "EUC-JP-MS", sek_japanese_from_iso2022 },
  { "jis", "EUC-JP-MS", sek_japanese_from_iso2022 },
  { "iso2022jp2", "ISO-2022-JP-2", NULL },
  { "iso2022jp3", "ISO-2022-JP-3", NULL },
  { "iso2022jp2004", "ISO-2022-JP-3", NULL },
  { "shiftjis", "CP932", NULL },
  { "sjis", "CP932", NULL },
  { "xsjis", "CP932", NULL },
  { "mskanji", "CP932", NULL },
  { "windows31j", "CP932", NULL },
  { "cswindows31j", "CP932", NULL },
  { "cp932", "CP932", NULL },
  { "ms932", "CP932", NULL },
  { "xmscp932", "CP932", NULL },
  { "xmacjapanese", "CP932", NULL },
  { "eucjp", "EUC-JP-MS", NULL },
  { "xeucjp", "EUC-JP-MS", NULL },
  { "eucjpms", "EUC-JP-MS", NULL },
  { "eucjpwin", "EUC-JP-MS", NULL },
  { "cp51932", "EUC-JP-MS", NULL },
  { "utf7", "UTF-7", NULL },
  { "unicode11utf7", "UTF-7", NULL },
  { "utf16", "UTF-16", NULL },
  { "utf16le", "UTF-16LE", NULL },
  { "utf16be", "UTF-16BE", NULL },
  { "utf32", "UTF-32", NULL },
  { "utf32le", "UTF-32LE", NULL },
  { "utf32be", "UTF-32BE", NULL },
  { "gb2312", "GB18030", NULL },
  { "gb231280", "GB18030", NULL },
  { "euccn", "GB18030", NULL },
  { "gbk", "GB18030", NULL },
  { "xgbk", "GB18030", NULL },
  { "cp936", "GB18030", NULL },
  { "windows936", "GB18030", NULL },
  { "gb18030", "GB18030", NULL },
  { "hz", "GB18030", sek_chinese_from_hz },
  { "hzgb2312", "GB18030", sek_chinese_from_hz },
  { "iso2022cn", "ISO-2022-CN", NULL },
  { "big5", "BIG5-HKSCS", NULL },
  { "big5hkscs", "BIG5-HKSCS", NULL },
  { "cnbig5", "BIG5-HKSCS", NULL },
  { "xxbig5", "BIG5-HKSCS", NULL },
  { "cp950", "CP950", NULL },
  { "euctw", "EUC-TW", NULL },
  { "euckr", "CP949", NULL },
  { "ksc56011987", "CP949", NULL },
  { "ksc5601", "CP949", NULL },
  { "cp949", "CP949", NULL },
  { "uhc", "CP949", NULL },
  { "windows949", "CP949", NULL },
  { "iso2022kr", "ISO-2022-KR", NULL },
  { "johab", "JOHAB", NULL },
  { "iso88591", "CP1252", NULL },
  { "latin1", "CP1252", NULL },
  { "l1", "CP1252", NULL },
  { "iso88592", "ISO-8859-2", NULL },
  { "latin2", "ISO-8859-2", NULL },
  { "iso88593", "ISO-8859-3", NULL },
  { "iso88594", "ISO-8859-4", NULL },
  { "iso88595", "ISO-8859-5", NULL },
  { "iso88596", "ISO-8859-6", NULL },
  { "iso88596e", "ISO-8859-6", NULL },
  { "iso88596i", "ISO-8859-6", NULL },
  { "iso88597", "ISO-8859-7", NULL },
  { "iso88598", "ISO-8859-8", NULL },
  { "iso88598i", "ISO-8859-8", NULL },
  { "iso88598e", "ISO-8859-8", NULL },
  { "iso88599", "CP1254", NULL },
  { "iso885910", "ISO-8859-10", NULL },
  { "iso885911", "CP874", NULL },
  { "iso885913", "ISO-8859-13", NULL },
  { "iso885914", "ISO-8859-14", NULL },
  { "iso885915", "ISO-8859-15", NULL },
  { "latin9", "ISO-8859-15", NULL },
  { "iso885916", "ISO-8859-16", NULL },
  { "tis620", "CP874", NULL },
  { "windows874", "CP874", NULL },
  { "cp874", "CP874", NULL },
  { "viscii", "VISCII", NULL },
  { "koi8r", "KOI8-R", NULL },
  { "koi8", "KOI8-R", NULL },
  { "koi8u", "KOI8-U", NULL },
  { "koi8ru", "KOI8-U", NULL },
  { "koi8t", "KOI8-T", NULL },
  { "windows1250", "CP1250", NULL },
  { "cp1250", "CP1250", NULL },
  { "windows1251", "CP1251", NULL },
  { "cp1251", "CP1251", NULL },
  { "windows1252", "CP1252", NULL },
  { "cp1252", "CP1252", NULL },
  { "windows1253", "CP1253", NULL },
  { "cp1253", "CP1253", NULL },
  { "windows1254", "CP1254", NULL },
  { "cp1254", "CP1254", NULL },
  { "windows1255", "CP1255", NULL },
  { "cp1255", "CP1255", NULL },
  { "windows1256", "CP1256", NULL },
  { "cp1256", "CP1256", NULL },
  { "windows1257", "CP1257", NULL },
  { "cp1257", "CP1257", NULL },
  { "windows1258", "CP1258", NULL },
  { "cp1258", "CP1258", NULL },
  { "cp437", "CP437", NULL },
  { "ibm437", "CP437", NULL },
  { "cp850", "CP850", NULL },
  { "ibm850", "CP850", NULL },
  { "cp852", "CP852", NULL },
  { "ibm852", "CP852", NULL },
  { "cp855", "CP855", NULL },
  { "ibm855", "CP855", NULL },
  { "cp858", "CP858", NULL },
  { "cp866", "CP866", NULL },
  { "ibm866", "CP866", NULL },
  { "macintosh", "MACINTOSH", NULL },
  { "mac", "MACINTOSH", NULL },
  { "xmacroman", "MACINTOSH", NULL },
  { "macroman", "MACINTOSH", NULL },
  { "xmaccyrillic", "MAC-CYRILLIC", NULL },
};

/* Labels that say nothing: the bytes are guessed without a word. */
static const char *const no_label[] = {
  "",     "usascii", "ascii",  "ansix341968",  "iso646us", "unknown8bit",    "xunknown", "unknown", "default",
  "8bit", "7bit",    "binary", "xuserdefined", "none",     "defaultcharset", "us",       "en"
};

#define LABEL_MAX 64

/* "ISO_8859-1:1987" and "iso8859_1" name the same set. */
static char *
normal_label (const char *charset)
{
  GString *label = g_string_new (NULL);
  for (const char *p = charset; p != NULL && *p != '\0' && *p != '*' && label->len < LABEL_MAX; p++)
    if (g_ascii_isalnum (*p))
      g_string_append_c (label, g_ascii_tolower (*p));
    else if (*p == ':' || (label->len > 0 && g_ascii_isspace (*p)))
      break;
  return g_string_free (label, FALSE);
}

static gssize
find_charset (const char *label)
{
  for (gsize i = 0; i < G_N_ELEMENTS (charsets); i++)
    if (strcmp (charsets[i].label, label) == 0)
      return (gssize) i;
  return -1;
}

static gboolean
says_nothing (const char *label)
{
  for (gsize i = 0; i < G_N_ELEMENTS (no_label); i++)
    if (strcmp (no_label[i], label) == 0)
      return TRUE;
  return FALSE;
}

/* A few bytes too many at the end are a cut character, not a wrong charset, if others in front of it are
 * whole. */
#define CUT_TAIL_MAX 3

static gboolean
is_plain_ascii (const char *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if ((guchar) bytes[i] >= 0x80 || bytes[i] == 0x1B)
      return FALSE;
  return TRUE;
}

static gboolean
is_cut_tail (const char *bytes, gsize length, gsize left)
{
  return left <= CUT_TAIL_MAX && !is_plain_ascii (bytes, length - left);
}

/* Runs bytes through iconv. Strict: NULL at the first byte that does not belong; else it becomes U+FFFD. */
static GString *
convert (const char *iconv_name, const char *bytes, gsize length, gboolean strict)
{
  iconv_t descriptor = iconv_open ("UTF-8", iconv_name);
  if (descriptor == (iconv_t) -1)
    return NULL;
  GString *out = g_string_sized_new (length + length / 2 + 16);
  char *in = (char *) bytes;
  gsize left = length;
  gboolean belongs = TRUE;
  /* Every round consumes input or drops one byte of it, or had its buffer filled: length bounds it. */
  while (left > 0 && belongs)
    {
      char buffer[4096];
      char *to = buffer;
      gsize room = sizeof buffer;
      gsize result = iconv (descriptor, &in, &left, &to, &room);
      int error = errno;
      g_string_append_len (out, buffer, (gssize) (sizeof buffer - room));
      if (result != (gsize) -1 || error == E2BIG)
        continue;
      belongs = !strict || (error == EINVAL && is_cut_tail (bytes, length, left));
      g_string_append (out, "\357\277\275");
      in++;
      left--;
    }
  /* Sets with combining characters hold the last one back until they are told that it was. */
  char rest[32];
  char *to = rest;
  gsize room = sizeof rest;
  iconv (descriptor, NULL, NULL, &to, &room);
  g_string_append_len (out, rest, (gssize) (sizeof rest - room));
  iconv_close (descriptor);
  if (!belongs)
    {
      g_string_free (out, TRUE);
      return NULL;
    }
  return out;
}

/* Valid UTF-8 without NULs: what hides behind a NUL for a C string does not for a mail client. */
static char *
finish (const char *text, gsize length)
{
  const char *end;
  if (memchr (text, '\0', length) == NULL && g_utf8_validate (text, (gssize) length, &end))
    return g_strndup (text, length);
  GString *out = g_string_sized_new (length);
  for (gsize i = 0; i < length; i++)
    if (text[i] != '\0')
      g_string_append_c (out, text[i]);
  char *valid = g_utf8_make_valid (out->str, (gssize) out->len);
  g_string_free (out, TRUE);
  return valid;
}

static char *
decode_known (gssize index, const char *bytes, gsize length, gboolean strict)
{
  g_autofree char *prepared = NULL;
  if (charsets[index].prepare != NULL)
    {
      prepared = charsets[index].prepare (bytes, length, &length);
      bytes = prepared;
    }
  if (g_str_equal (charsets[index].iconv_name, "UTF-8"))
    {
      const char *end;
      gboolean valid = g_utf8_validate (bytes, (gssize) length, &end);
      if (!valid && strict && !is_cut_tail (bytes, length, (gsize) (bytes + length - end)))
        return NULL;
      return finish (bytes, length);
    }
  g_autoptr (GString) text = convert (charsets[index].iconv_name, bytes, length, strict);
  return text != NULL ? finish (text->str, text->len) : NULL;
}

char *
sek_charset_guess (const char *bytes, gsize length, const char *hint, const char *fallback)
{
  if (length == 0)
    return g_strdup ("");
  if (is_plain_ascii (bytes, length))
    return finish (bytes, length);
  const char *guessed = NULL;
  if (sek_japanese_has_escape (bytes, length))
    guessed = "iso2022jp";
  g_autofree char *hint_label = normal_label (hint);
  const char *candidates[] = { guessed != NULL ? guessed : "", "utf8", hint_label };
  for (gsize i = 0; i < G_N_ELEMENTS (candidates); i++)
    {
      gssize index = find_charset (candidates[i]);
      /* Every byte is valid in a single-byte set, so as a hint it proves nothing. */
      gboolean proves = index >= 0 && !g_str_has_prefix (charsets[index].iconv_name, "CP12") &&
                        !g_str_has_prefix (charsets[index].iconv_name, "ISO-8859");
      char *text = proves ? decode_known (index, bytes, length, TRUE) : NULL;
      if (text != NULL)
        return text;
    }
  const char *japanese = sek_japanese_guess (bytes, length);
  g_autofree char *fallback_label =
      normal_label (hint_label[0] != '\0' && find_charset (hint_label) >= 0 ? hint : fallback);
  gssize index = find_charset (japanese != NULL ? japanese : fallback_label);
  return decode_known (index >= 0 ? index : find_charset ("windows1252"), bytes, length, FALSE);
}

char *
sek_charset_decode (const char *charset, const char *hint, const char *bytes, gsize length, gboolean *unknown)
{
  g_autofree char *label = normal_label (charset);
  gssize index = find_charset (label);
  if (unknown != NULL)
    *unknown = index < 0 && !says_nothing (label);
  if (index < 0 || length == 0)
    return sek_charset_guess (bytes, length, hint, "windows-1252");
  /* Shift_JIS sent as "iso-2022-jp": eight bits and no escape can not be what the label says. */
  if (charsets[index].prepare == sek_japanese_from_iso2022 && !sek_japanese_has_escape (bytes, length) &&
      !is_plain_ascii (bytes, length))
    return sek_charset_guess (bytes, length, NULL, "windows-1252");
  char *text = decode_known (index, bytes, length, FALSE);
  return text != NULL ? text : sek_charset_guess (bytes, length, hint, "windows-1252");
}

static void
close_descriptor (gpointer data)
{
  iconv_close (data);
}

GPtrArray *
sek_charset_warm_up (GPtrArray *missing)
{
  GPtrArray *open = g_ptr_array_new_with_free_func (close_descriptor);
  for (gsize i = 0; i < G_N_ELEMENTS (charsets); i++)
    {
      gboolean seen = FALSE;
      for (gsize j = 0; j < i && !seen; j++)
        seen = g_str_equal (charsets[j].iconv_name, charsets[i].iconv_name);
      iconv_t descriptor = seen ? (iconv_t) -1 : iconv_open ("UTF-8", charsets[i].iconv_name);
      if (descriptor != (iconv_t) -1)
        g_ptr_array_add (open, descriptor);
      else if (!seen && missing != NULL)
        g_ptr_array_add (missing, (gpointer) charsets[i].iconv_name);
    }
  return open;
}
