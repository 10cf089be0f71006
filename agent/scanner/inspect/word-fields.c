/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/inspect/families.h"

#include <string.h>

#define FIELDS_MAX 20000
#define CODE_CHARS_MAX 250
#define OPEN_BYTES 0x44 /* at the head of a locked text ([MS-DOC] §2.2.6.2) */

/* The code of a field that begins at bytes, in characters of width bytes. Newly allocated. */
static char *
field_code (const guint8 *bytes, gsize length, gsize width)
{
  g_autoptr (GString) code = g_string_new (NULL);
  for (gsize i = 0; i + width <= length && code->len < CODE_CHARS_MAX; i += width)
    {
      guint8 high = width == 2 ? bytes[i + 1] : 0;
      /* 0x14 parts the code from its result, 0x15 ends the field; one inside begins with 0x13. */
      if (high == 0 && (bytes[i] == 0x14 || bytes[i] == 0x15))
        break;
      if (high == 0 && bytes[i] == 0x13)
        continue;
      g_string_append_c (code, high == 0 && bytes[i] < 0x80 ? (bytes[i] < ' ' ? ' ' : (char) bytes[i]) : '?');
    }
  return g_strdup (code->str);
}

void
sek_inspect_word_fields (const guint8 *bytes, gsize length, const SekInspectResult *result)
{
  guint fields = 0;
  for (gsize i = 0; i + 8 < length && fields < FIELDS_MAX; i++)
    {
      if (bytes[i] != 0x13)
        continue;
      fields++;
      gsize width = bytes[i + 1] == 0 ? 2 : 1;
      g_autofree char *code = field_code (bytes + i + width, length - i - width, width);
      if (sek_inspect_is_dde (code))
        sek_inspect_add_bytes (result, SEK_TRAIT_DDE, code, CODE_CHARS_MAX);
    }
}

/* The template's path is among the strings of SttbfAssoc ([MS-DOC] §2.9.277), which lie in the table stream.
 */
void
sek_inspect_word_table (const guint8 *bytes, gsize length, const SekInspectResult *result)
{
  static const guint8 head[] = { 0xff, 0xff, 0x12, 0x00, 0x00, 0x00 };
  const guint8 *found = memmem (bytes, length, head, sizeof head);
  if (found == NULL)
    return;
  gsize at = (gsize) (found - bytes) + sizeof head;
  for (guint i = 0; i < 2 && at + 2 <= length; i++)
    {
      gsize size = 2 * (gsize) sek_inspect_u16 (bytes + at);
      at += 2;
      if (size > length - at)
        return;
      g_autoptr (GString) start = g_string_new (NULL);
      for (gsize j = 0; j + 1 < MIN (size, 40); j += 2)
        g_string_append_c (start, bytes[at + j + 1] == 0 ? (char) bytes[at + j] : '?');
      if (i == 1 && sek_inspect_is_remote (start->str))
        sek_inspect_add_utf16 (result, SEK_TRAIT_EXTERNAL_TEMPLATE, bytes + at, size);
      at += size;
    }
}

void
sek_inspect_locked_word (const SekInspectInput *text,
                         const SekInspectInput *table,
                         const SekInspectResult *result)
{
  SekOfficeLock lock;
  SekOfficeKey key;
  gboolean known = table->bytes != NULL && sek_office_lock_of_table (&lock, table->bytes, table->length);
  if (sek_inspect_unlock (known ? &lock : NULL, result, &key) != SEK_UNLOCK_SUCCEEDED)
    return;
  g_autofree guint8 *plain = g_memdup2 (text->bytes, text->length);
  sek_office_open_stream (&lock, &key, plain, text->length, OPEN_BYTES);
  sek_inspect_word_fields (plain, text->length, result);
  /* lKey of FibBase: as much of the table describes the lock. */
  gsize header = sek_inspect_u32 (text->bytes + 0x0e);
  g_autofree guint8 *plain_table = g_memdup2 (table->bytes, table->length);
  sek_office_open_stream (&lock, &key, plain_table, table->length, header);
  sek_inspect_word_table (plain_table, table->length, result);
}
