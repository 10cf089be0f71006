/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/inspect/html-script.h"

#include <string.h>

#include "agent/core/limits.h"
#include "agent/scanner/magic.h"

#define LITERAL_CHARS_MAX 160     /* a longer string is data, not a word of the program */
#define FILE_CHARS_MIN 16         /* of a file that says what it is */
#define DATA_CHARS_MIN 64         /* shorter runs of letters are words */
#define DATA_ENOUGH 512           /* characters in which a file can hide */
#define NUMBERS_ENOUGH 128        /* the same as a list of numbers */
#define CODE_BYTES_SMALL (65536u) /* libraries that can do anything are larger than a page made by hand */
#define CODE_BYTES_TINY 4096      /* a page that only leads on needs no more */
#define DECODED_BYTES_MAX 40000   /* enough for what a file says of itself */

/* What nobody packs into a page to show it there. */
static const char *const files[] = { "zip", "7z",  "rar",   "cab", "iso",  "udf", "vhd",   "vhdx",    "exe",
                                     "elf", "lnk", "macho", "lha", "ole2", "chm", "wim",   "onenote", "gzip",
                                     "ace", "arj", "html",  "rtf", "xz",   "tar", "class", NULL };
/* And what runs or mounts: told even among large libraries. */
static const char *const programs[] = { "exe",  "elf", "macho", "iso", "udf",     "vhd",
                                        "vhdx", "lnk", "chm",   "wim", "onenote", NULL };

static const char *const hands_over[] = { "createobjecturl", "mssaveoropenblob", "mssaveblob",
                                          ".download=",      "\"download\",",    "'download',",
                                          "navigator.save" };
static const char *const decodes[] = { "atob(",      "unescape(",   "fromcharcode", "uint8array",
                                       "charcodeat", "arraybuffer", "textdecoder",  "decodeuricomponent(",
                                       "frombase64", "parseint(",   "atob)",        "\"atob\"",
                                       "'atob'" };
static const char *const writes_decoded[] = {
  "eval(atob(",         "eval(unescape(",         "eval(decodeuri",      "eval(string.fromcharcode",
  "write(atob(",        "write(unescape(",        "write(decodeuri",     "write(string.fromcharcode",
  "innerhtml=atob(",    "innerhtml=unescape(",    "innerhtml=decodeuri", "function(atob(",
  "function(unescape(", "writeln(unescape(",      "writeln(atob(",       "eval(window.atob(",
  "write(window.atob(", "innerhtml=window.atob(",
};
static const char *const sends[] = { "fetch(", "xmlhttprequest",   ".ajax(",     "$.post(", "sendbeacon(",
                                     "axios.", "api.telegram.org", "websocket(", "emailjs." };
static const char *const leads_on[] = { "location=",        "location.href=", "location.replace(",
                                        "location.assign(", "window.open(",   "\"location\"]=",
                                        "'location']=",     "\"href\"]=" };
static const char *const names_given[] = { ".download=", "\"download\",", "'download',", "mssaveoropenblob(",
                                           "mssaveblob(" };

SekScript *
sek_script_new (void)
{
  SekScript *script = g_new0 (SekScript, 1);
  script->code = g_string_new (NULL);
  return script;
}

void
sek_script_free (SekScript *script)
{
  g_string_free (script->code, TRUE);
  g_free (script->address);
  g_free (script);
}

static gboolean
has_any (const char *code, const char *const *words, gsize count)
{
  for (gsize i = 0; i < count; i++)
    if (strstr (code, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
is_base64_char (char c)
{
  return g_ascii_isalnum (c) || c == '+' || c == '/' || c == '-' || c == '_';
}

static gboolean
is_data (const char *text, gsize length)
{
  gsize other = 0, letters = 0;
  for (gsize i = 0; i < length; i++)
    {
      gboolean space = g_ascii_isspace (text[i]) || text[i] == '=' || text[i] == '%' || text[i] == '\\';
      letters += is_base64_char (text[i]);
      other += !space && !is_base64_char (text[i]);
    }
  return other == 0 && letters >= length / 2;
}

static gboolean
is_hexadecimal (const char *text, gsize length)
{
  gsize i = 0;
  while (i < length && g_ascii_isxdigit (text[i]))
    i++;
  return i == length && length % 2 == 0;
}

/* The first bytes that text stands for, as base64 or hexadecimal digits. */
static GByteArray *
decode (const char *text, gsize length)
{
  GByteArray *bytes = g_byte_array_new ();
  if (is_hexadecimal (text, length))
    {
      for (gsize i = 0; i + 1 < length && bytes->len < DECODED_BYTES_MAX; i += 2)
        {
          guint8 byte = (guint8) (g_ascii_xdigit_value (text[i]) * 16 + g_ascii_xdigit_value (text[i + 1]));
          g_byte_array_append (bytes, &byte, 1);
        }
      return bytes;
    }
  g_autofree char *part = g_strndup (text, MIN (length, DECODED_BYTES_MAX / 3 * 4));
  g_strdelimit (part, "-", '+');
  g_strdelimit (part, "_", '/');
  int state = 0;
  guint save = 0;
  gsize size = strlen (part);
  g_byte_array_set_size (bytes, (guint) (size / 4 * 3 + 4));
  gsize got = g_base64_decode_step (part, size, bytes->data, &state, &save);
  g_byte_array_set_size (bytes, (guint) got);
  return bytes;
}

static const char *
format_of (const char *text, gsize length)
{
  g_autoptr (GByteArray) bytes = decode (text, length);
  const char *format = sek_magic_format (bytes->data, bytes->len);
  if (g_str_equal (format, "zip") && memmem (bytes->data, bytes->len, "[Content_Types].xml", 19) != NULL)
    return "ooxml";
  return format;
}

static void
take_data (SekScript *script, const char *text, gsize length)
{
  if (length < FILE_CHARS_MIN || !is_data (text, MIN (length, DATA_ENOUGH)))
    return;
  const char *format = format_of (text, length);
  if (*format == '\0' && length >= DATA_CHARS_MIN)
    {
      /* Written backwards, the simplest disguise. */
      g_autofree char *tail =
          g_strndup (text + length - MIN (length, DATA_ENOUGH), MIN (length, DATA_ENOUGH));
      g_strreverse (tail);
      const char *start = tail + strspn (tail, "=");
      const char *reversed = format_of (start, strlen (start));
      format = g_strv_contains (files, reversed) ? reversed : format;
    }
  if (g_strv_contains (files, format) && script->packed == NULL)
    script->packed = format;
  if (length >= DATA_CHARS_MIN && !sek_magic_is_media (format) && !g_str_equal (format, "ooxml") &&
      !g_str_equal (format, "pdf"))
    script->data += length;
}

void
sek_script_add_data (SekScript *script, const char *text)
{
  const char *comma = g_ascii_strncasecmp (text, "data:", 5) == 0 ? strstr (text, ";base64,") : NULL;
  const char *data = comma != NULL ? comma + strlen (";base64,") : text + strspn (text, " \t\r\n");
  take_data (script, data, strlen (data));
}

/* One string without its quotes, escapes read. Newly allocated. */
static char *
unescape (const char *text, gsize length)
{
  GString *out = g_string_sized_new (length);
  for (gsize i = 0; i < length; i++)
    {
      gsize digits = text[i] == '\\' && i + 1 < length ? (text[i + 1] == 'x'   ? 2
                                                          : text[i + 1] == 'u' ? 4
                                                                               : 0)
                                                       : 0;
      if (digits > 0 && i + 1 + digits < length && is_hexadecimal (text + i + 2, digits))
        {
          g_autofree char *number = g_strndup (text + i + 2, digits);
          gunichar c = (gunichar) g_ascii_strtoull (number, NULL, 16);
          if (c > 0 && c < 0xD800)
            g_string_append_unichar (out, c);
          i += 1 + digits;
        }
      else if (text[i] != '\\')
        g_string_append_c (out, text[i]);
    }
  return g_string_free (out, FALSE);
}

static void
take_address (SekScript *script, const char *word)
{
  gsize length = strlen (word);
  g_autoptr (GByteArray) bytes = NULL;
  if (script->address != NULL)
    return;
  if (length >= 12 && is_data (word, length))
    {
      bytes = decode (word, length);
      g_byte_array_append (bytes, (const guint8 *) "", 1);
      word = (const char *) bytes->data;
    }
  gboolean web =
      g_ascii_strncasecmp (word, "http://", 7) == 0 || g_ascii_strncasecmp (word, "https://", 8) == 0;
  if (web && strstr (word, "www.w3.org") == NULL)
    script->address = g_utf8_make_valid (word, -1);
}

static void
append_code (SekScript *script, const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isspace (text[i]))
      g_string_append_c (script->code, g_ascii_tolower (text[i]));
}

/* No word of a program is as long as data. */
static gsize
word_length (const char *text)
{
  gsize i = 0;
  while (is_base64_char (text[i]))
    i++;
  return i;
}

static void
take_literal (SekScript *script, char quote, const char *text, gsize length)
{
  gboolean data = length > LITERAL_CHARS_MAX && is_data (text, MIN (length, DATA_ENOUGH));
  if (length > LITERAL_CHARS_MAX)
    {
      g_autofree char *whole = g_strndup (text, length);
      sek_script_add_data (script, whole);
    }
  /* What is no data may be program: a quote in a regular expression turns the two around. */
  g_autofree char *word = unescape (text, data ? 0 : length);
  take_address (script, word);
  if (length <= LITERAL_CHARS_MAX)
    take_data (script, word, strlen (word));
  /* "at"+"ob" is one word to the browser. */
  gsize end = script->code->len;
  if (end >= 2 && script->code->str[end - 1] == '+' && script->code->str[end - 2] == quote)
    g_string_truncate (script->code, end - 2);
  else
    g_string_append_c (script->code, quote);
  append_code (script, word, strlen (word));
  g_string_append_c (script->code, quote);
}

/* Where a string ends: at its quote, or at the end of the line where it can not go on. */
static gsize
literal_length (const char *text, char quote)
{
  gsize i = 0;
  while (text[i] != '\0' && text[i] != quote && (quote == '`' || text[i] != '\n'))
    i += text[i] == '\\' && text[i + 1] != '\0' ? 2 : 1;
  return i;
}

/* Numbers in a row, "80,75,3,4": how many, and what they say as bytes. */
static void
take_numbers (SekScript *script, const char *text, gsize length)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gsize count = 0;
  for (const char *p = text; p < text + length && bytes->len < DECODED_BYTES_MAX;)
    {
      char *end = NULL;
      guint64 value = g_ascii_strtoull (p, &end, 0);
      if (end == p)
        {
          p++;
          continue;
        }
      guint8 byte = (guint8) value;
      g_byte_array_append (bytes, &byte, 1);
      count++;
      p = end;
    }
  script->numbers = MAX (script->numbers, count);
  const char *format = count >= NUMBERS_ENOUGH ? sek_magic_format (bytes->data, bytes->len) : "";
  if (g_strv_contains (files, format) && script->packed == NULL)
    script->packed = format;
}

static gsize
numbers_length (const char *text)
{
  gsize i = 0;
  while (g_ascii_isxdigit (text[i]) || (text[i] != '\0' && strchr (", \t\r\nx", text[i]) != NULL))
    i++;
  return i;
}

void
sek_script_add (SekScript *script, const char *text)
{
  for (const char *p = text; *p != '\0';)
    {
      if (strchr ("'\"`", *p) != NULL)
        {
          gsize length = literal_length (p + 1, *p);
          take_literal (script, *p, p + 1, length);
          p += 1 + length + (p[1 + length] != '\0');
          continue;
        }
      gsize numbers = *p == '[' || *p == '(' ? numbers_length (p + 1) : 0;
      if (numbers >= DATA_CHARS_MIN)
        {
          take_numbers (script, p + 1, numbers);
          p += 1 + numbers;
          continue;
        }
      gsize run = word_length (p);
      if (run > LITERAL_CHARS_MAX)
        take_data (script, p, run);
      else
        append_code (script, p, MAX (run, 1));
      p += MAX (run, 1);
    }
  g_string_append_c (script->code, '\n');
}

/* What stands in quotes behind one of the words that give a file its name. Newly allocated. */
static char *
name_of (const SekScript *script)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names_given); i++)
    {
      const char *found = strstr (script->code->str, names_given[i]);
      const char *word = found != NULL ? found + strlen (names_given[i]) : "";
      /* The name is the second argument. */
      if (g_str_has_suffix (names_given[i], "("))
        {
          const char *second = strstr (word, ",\"");
          second = second != NULL ? second : strstr (word, ",'");
          word = second != NULL ? second + 1 : "";
        }
      gsize length = *word == '"' || *word == '\'' ? literal_length (word + 1, *word) : 0;
      if (length > 0)
        return g_utf8_make_valid (word + 1, (gssize) MIN (length, LITERAL_CHARS_MAX));
    }
  return script->packed != NULL ? g_strdup (script->packed) : NULL;
}

gboolean
sek_script_smuggles (const SekScript *script, char **name)
{
  const char *code = script->code->str;
  gboolean small = script->code->len <= CODE_BYTES_SMALL;
  gboolean much = script->data >= DATA_ENOUGH || script->numbers >= NUMBERS_ENOUGH;
  gboolean hands = has_any (code, hands_over, G_N_ELEMENTS (hands_over));
  gboolean decoding = has_any (code, decodes, G_N_ELEMENTS (decodes));
  gboolean program = script->packed != NULL && g_strv_contains (programs, script->packed);
  /* A picture hands nothing over, and a file of a few bytes is a word that happens to look like one. */
  gboolean found = (script->picture && hands) || (program && (hands || decoding)) ||
                   (small && script->packed != NULL && (much ? hands || decoding : hands && decoding)) ||
                   (small && hands && decoding && much) ||
                   (small && much && has_any (code, writes_decoded, G_N_ELEMENTS (writes_decoded)));
  *name = found ? name_of (script) : NULL;
  return found;
}

gboolean
sek_script_sends (const SekScript *script)
{
  return has_any (script->code->str, sends, G_N_ELEMENTS (sends));
}

gboolean
sek_script_leads_on (const SekScript *script)
{
  return script->address != NULL && script->code->len <= CODE_BYTES_TINY &&
         has_any (script->code->str, leads_on, G_N_ELEMENTS (leads_on));
}
