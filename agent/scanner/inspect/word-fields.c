/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/inspect/families.h"

#define FIELDS_MAX 20000
#define CODE_CHARS_MAX 250

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
