/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/inspect/families.h"

#include <string.h>

#include "agent/scanner/magic.h"

#define FILES_MAX 200
#define NAME_BYTES_MAX 400

/* [MS-ONESTORE] §2.6.13 FileDataStoreObject, {BDE316E7-2665-4511-A4C4-8D4D0B7A9EAC}. */
static const guint8 store_mark[] = { 0xe7, 0x16, 0xe3, 0xbd, 0x65, 0x26, 0x11, 0x45,
                                     0xa4, 0xc4, 0x8d, 0x4d, 0x0b, 0x7a, 0x9e, 0xac };
/* [MS-ONE] §2.3.50: the property EmbeddedFileName. */
static const guint8 name_mark[] = { 0x9d, 0x1d, 0x00, 0x1c };

/* A run of UTF-16LE that ends in a short extension, as file names do, from `from` on; 0 bytes when none. */
static gsize
name_length (const guint8 *text, gsize length)
{
  gsize i = 0, dot = 0;
  for (; i + 1 < MIN (length, NAME_BYTES_MAX); i += 2)
    {
      guint16 c = sek_inspect_u16 (text + i);
      if (c < ' ' || (c >= 0xd800 && c < 0xf900) || c == '\\' || c == '/' || c == ':' || c == '<' || c == '>')
        break;
      if (c == '.')
        dot = i;
    }
  gsize extension = dot > 0 ? (i - dot) / 2 : 0;
  if (extension < 3 || extension > 20)
    return 0;
  for (gsize j = dot + 2; j + 1 < i; j += 2)
    if (text[j + 1] != 0 || (!g_ascii_isalnum ((char) text[j]) && text[j] != '-'))
      return 0;
  return i;
}

/* The name of any embedded file. Values of properties lie apart from their marks, so names are known by
 * their form. NULL when none; *length in bytes. */
static const guint8 *
next_name (const guint8 *from, const guint8 *end, gsize *length)
{
  for (const guint8 *p = from; p + 8 < end; p++)
    {
      /* Counted: the length in bytes stands in front and counts the end mark. */
      gsize told = sek_inspect_u32 (p);
      if (told < 8 || told > NAME_BYTES_MAX || told > (gsize) (end - p - 4))
        continue;
      *length = name_length (p + 4, told);
      if (*length > 0 && *length + 2 >= told)
        return p + 4;
    }
  return NULL;
}

/* The names of embedded files; FALSE when there are none. */
static gboolean
read_names (const SekInspectInput *input, const SekInspectResult *result)
{
  const guint8 *end = input->bytes + input->length, *p = input->bytes;
  gsize length = 0;
  guint names = 0;
  if (memmem (input->bytes, input->length, name_mark, sizeof name_mark) == NULL)
    return FALSE;
  for (; names < FILES_MAX && (p = next_name (p, end, &length)) != NULL; names++, p += length)
    sek_inspect_add_utf16 (result, SEK_TRAIT_EMBEDDED_FILE, p, length);
  return names > 0;
}

void
sek_inspect_onenote (const SekInspectInput *input, const SekInspectResult *result)
{
  const guint8 *end = input->bytes + input->length, *p = input->bytes;
  gboolean script = FALSE;
  guint files = 0;
  for (guint i = 0; i < FILES_MAX && p < end; i++)
    {
      const guint8 *found = memmem (p, (gsize) (end - p), store_mark, sizeof store_mark);
      /* Mark, 8 bytes length, 12 unused or reserved. */
      if (found == NULL || end - found < 36)
        break;
      const guint8 *data = found + 36;
      gsize size = MIN (sek_inspect_u32 (found + 16), (gsize) (end - data));
      p = data;
      const char *format = sek_magic_format (data, size);
      if (sek_magic_is_media (format) || size == 0)
        continue;
      files++;
      sek_inspect_add_file (result, NULL, 0, data, size);
      script = script || sek_inspect_is_script (data, size);
    }
  /* Without a name, only the words tell what a text would be opened with. */
  if (files > 0 && !read_names (input, result) && script)
    sek_traits_add (result->traits, SEK_TRAIT_SCRIPT, "script");
}
