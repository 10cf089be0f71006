/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/inspect/families.h"

#include <string.h>

#include "agent/core/text.h"
#include "agent/scanner/magic.h"

#define DETAIL_BYTES_MAX 300

/* What runs by itself when a document is opened, closed or shown. Word, Excel and PowerPoint each look for
 * their own; ActiveX controls call the events of a form. */
static const char *const auto_names[] = {
  "autoopen",
  "autoexec",
  "autonew",
  "autoclose",
  "autoexit",
  "document_open",
  "document_new",
  "document_close",
  "document_beforeclose",
  "workbook_open",
  "workbook_activate",
  "workbook_beforeclose",
  "auto_open",
  "auto_close",
  "auto_activate",
  "workbook_deactivate",
  "documentopen",
  "document_contentcontrolonenter",
  "inkpicture1_painted",
  "inkpicture1_painting",
  "onloadcustomui",
  "customui_onload",
};

void
sek_inspect_set_problem (const SekInspectResult *result, const char *problem)
{
  if (*result->problem == NULL)
    *result->problem = g_strdup (problem);
}

static void
add_detail (const SekInspectResult *result, const char *code, const char *text)
{
  g_autofree char *shown = sek_text_show (text, DETAIL_BYTES_MAX);
  g_strstrip (shown);
  sek_traits_add (result->traits, code, *shown != '\0' ? shown : NULL);
}

/* Newly allocated, valid. Conversions were loaded before the seal. */
static char *
text_of_bytes (const void *text, gsize length)
{
  length = strnlen (text, MIN (length, DETAIL_BYTES_MAX));
  if (g_utf8_validate (text, (gssize) length, NULL))
    return g_strndup (text, length);
  char *converted = g_convert (text, (gssize) length, "UTF-8", "CP932", NULL, NULL, NULL);
  return converted != NULL ? converted : sek_text_clip (text, (gssize) length, DETAIL_BYTES_MAX);
}

void
sek_inspect_add_bytes (const SekInspectResult *result, const char *code, const void *text, gsize length)
{
  g_autofree char *valid = text_of_bytes (text, length);
  add_detail (result, code, valid);
}

void
sek_inspect_add_utf16 (const SekInspectResult *result, const char *code, const guint8 *text, gsize length)
{
  g_autoptr (GString) valid = g_string_new (NULL);
  for (gsize i = 0; i + 1 < length && valid->len < DETAIL_BYTES_MAX; i += 2)
    {
      gunichar c = sek_inspect_u16 (text + i);
      gunichar low = i + 3 < length ? sek_inspect_u16 (text + i + 2) : 0;
      if (c >= 0xd800 && c < 0xdc00 && low >= 0xdc00 && low < 0xe000)
        {
          c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
          i += 2;
        }
      if (c == 0)
        break;
      g_string_append_unichar (valid, g_unichar_validate (c) ? c : 0xfffd);
    }
  add_detail (result, code, valid->str);
}

void
sek_inspect_add_file (
    const SekInspectResult *result, const void *name, gsize name_length, const guint8 *bytes, gsize length)
{
  static const struct
  {
    const char *format, *trait;
  } active[] = {
    { "exe", SEK_TRAIT_PROGRAM },   { "elf", SEK_TRAIT_PROGRAM },  { "chm", SEK_TRAIT_PROGRAM },
    { "script", SEK_TRAIT_SCRIPT }, { "lnk", SEK_TRAIT_SHORTCUT }, { "hta", SEK_TRAIT_SCRIPT },
  };
  const char *format = sek_magic_format (bytes, length);
  if (name_length == 0)
    sek_inspect_add_bytes (result, SEK_TRAIT_EMBEDDED_FILE, format, strlen (format));
  else
    sek_inspect_add_bytes (result, SEK_TRAIT_EMBEDDED_FILE, name, name_length);
  for (gsize i = 0; i < G_N_ELEMENTS (active); i++)
    if (g_str_equal (format, active[i].format))
      sek_traits_add (result->traits, active[i].trait, format);
}

void
sek_inspect_package (const guint8 *bytes, gsize length, const SekInspectResult *result)
{
  /* Size, 2 bytes of flags, then label, path (both NUL-terminated), 8 bytes with the length of the temporary
   * path, that path, the length of the content, the content. */
  if (length < 8)
    return;
  const guint8 *label = bytes + 6;
  gsize room = length - 6, label_length = strnlen ((const char *) label, room);
  if (label_length == 0 || label_length >= room || label_length > SEK_NAME_CHARS_MAX)
    return;
  gsize at = 6 + label_length + 1;
  at += strnlen ((const char *) bytes + at, length - at) + 1;
  if (at + 8 > length)
    {
      sek_inspect_add_file (result, label, label_length, (const guint8 *) "", 0);
      return;
    }
  guint32 temporary = sek_inspect_u32 (bytes + at + 4);
  at += 8;
  at = temporary <= length - at ? at + temporary : length;
  at = MIN (at + 4, length);
  sek_inspect_add_file (result, label, label_length, bytes + at, length - at);
}

/* TRUE when the words before a name make it a procedure: "Sub AutoOpen", "Function Auto_Open". */
static gboolean
is_procedure (const char *text, const char *name)
{
  const char *end = name;
  while (end > text && (end[-1] == ' ' || end[-1] == '\t'))
    end--;
  if (end == name)
    return FALSE;
  return (end - text >= 3 && memcmp (end - 3, "sub", 3) == 0) ||
         (end - text >= 8 && memcmp (end - 8, "function", 8) == 0);
}

void
sek_inspect_vba_source (const char *source, gsize length, const SekInspectResult *result)
{
  g_autofree char *lower = g_ascii_strdown (source, (gssize) strnlen (source, length));
  for (gsize i = 0; i < G_N_ELEMENTS (auto_names); i++)
    {
      gsize size = strlen (auto_names[i]);
      /* Bounded by the text. */
      for (const char *p = lower; (p = strstr (p, auto_names[i])) != NULL; p += size)
        if (is_procedure (lower, p) && !g_ascii_isalnum (p[size]) && p[size] != '_')
          {
            g_autofree char *name = g_strndup (source + (p - lower), size);
            sek_inspect_add_bytes (result, SEK_TRAIT_AUTO_MACROS, name, size);
            break;
          }
    }
}

gboolean
sek_inspect_is_dde (const char *code)
{
  while (g_ascii_isspace (*code) || *code == '"')
    code++;
  if (g_ascii_strncasecmp (code, "dde", 3) != 0)
    return FALSE;
  const char *rest = g_ascii_strncasecmp (code + 3, "auto", 4) == 0 ? code + 7 : code + 3;
  return g_ascii_isspace (*rest) || *rest == '"';
}

gboolean
sek_inspect_is_remote (const char *target)
{
  static const char *const starts[] = { "http:", "https:", "ftp:", "\\\\", "//", "mhtml:", "ms-msdt:" };
  while (g_ascii_isspace (*target))
    target++;
  for (gsize i = 0; i < G_N_ELEMENTS (starts); i++)
    if (g_ascii_strncasecmp (target, starts[i], strlen (starts[i])) == 0)
      return TRUE;
  if (g_ascii_strncasecmp (target, "file:", 5) != 0)
    return FALSE;
  /* file:///C:/… is this machine; file://server and file:///\\server are not. */
  const char *rest = target + 5 + strspn (target + 5, "/");
  gsize slashes = (gsize) (rest - target) - 5;
  return g_str_has_prefix (rest, "\\\\") || slashes == 2 || slashes > 3;
}

guint16
sek_inspect_u16 (const guint8 *at)
{
  return (guint16) (at[0] | at[1] << 8);
}

guint32
sek_inspect_u32 (const guint8 *at)
{
  return sek_inspect_u16 (at) | (guint32) sek_inspect_u16 (at + 2) << 16;
}
