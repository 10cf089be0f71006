/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/inspect/families.h"

#include <string.h>

#include "agent/core/text.h"
#include "agent/scanner/magic.h"

#define DETAIL_BYTES_MAX 300

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
  g_autofree char *valid = sek_text_of_utf16le (text, length, DETAIL_BYTES_MAX);
  add_detail (result, code, valid);
}

/* A document in a document shares the budget; only what was left out of it is the outer one's affair. */
static void
inspect_inner (void (*inspect) (const SekInspectInput *, const SekInspectResult *),
               const guint8 *bytes,
               gsize length,
               const SekInspectResult *result)
{
  const SekInspectInput inner = { "", bytes, length, (gint64) length };
  g_autofree char *format = g_strdup (sek_magic_format (bytes, length)), *problem = NULL;
  const SekInspectResult shared = { &format, &problem, result->traits, result->budget };
  inspect (&inner, &shared);
  if (g_strcmp0 (problem, "unpacks-too-large") == 0 || g_strcmp0 (problem, "nested-too-deep") == 0)
    sek_inspect_set_problem (result, problem);
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
  static const struct
  {
    const char *format;
    void (*inspect) (const SekInspectInput *input, const SekInspectResult *result);
  } documents[] = {
    { "zip", sek_inspect_ooxml },
    { "ole2", sek_inspect_ole2 },
    { "rtf", sek_inspect_rtf },
  };
  const char *format = sek_magic_format (bytes, length);
  if (name_length == 0)
    sek_inspect_add_bytes (result, SEK_TRAIT_EMBEDDED_FILE, format, strlen (format));
  else
    sek_inspect_add_bytes (result, SEK_TRAIT_EMBEDDED_FILE, name, name_length);
  for (gsize i = 0; i < G_N_ELEMENTS (active); i++)
    if (g_str_equal (format, active[i].format))
      sek_traits_add (result->traits, active[i].trait, format);
  for (gsize i = 0; i < G_N_ELEMENTS (documents); i++)
    if (g_str_equal (format, documents[i].format))
      inspect_inner (documents[i].inspect, bytes, length, result);
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
