/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/inspect/families.h"

#include <string.h>

#define HEADER_BYTES 76

enum
{
  HAS_IDS = 1 << 0,
  HAS_INFO = 1 << 1,
  HAS_NAME = 1 << 2,
  HAS_PATH = 1 << 3,
  HAS_FOLDER = 1 << 4,
  HAS_ARGUMENTS = 1 << 5,
  IS_UNICODE = 1 << 7,
};

/* What a shortcut starts, as its strings tell ([MS-SHLLINK] §2.4): path, then arguments. */
void
sek_inspect_lnk (const SekInspectInput *input, const SekInspectResult *result)
{
  static const guint order[] = { HAS_NAME, HAS_PATH, HAS_FOLDER, HAS_ARGUMENTS };
  gsize at = HEADER_BYTES;
  if (input->length < HEADER_BYTES)
    return;
  guint32 flags = sek_inspect_u32 (input->bytes + 20);
  if ((flags & HAS_IDS) && at + 2 <= input->length)
    at += 2 + sek_inspect_u16 (input->bytes + at);
  if ((flags & HAS_INFO) && at + 4 <= input->length)
    at += MIN (sek_inspect_u32 (input->bytes + at), input->length);
  g_autoptr (GByteArray) command = g_byte_array_new ();
  gsize width = flags & IS_UNICODE ? 2 : 1;
  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    {
      if (!(flags & order[i]) || at + 2 > input->length)
        continue;
      gsize size = width * sek_inspect_u16 (input->bytes + at);
      at += 2;
      size = MIN (size, input->length - at);
      if (order[i] == HAS_PATH || order[i] == HAS_ARGUMENTS)
        {
          if (command->len > 0)
            g_byte_array_append (command, (const guint8 *) " \0", (guint) width);
          g_byte_array_append (command, input->bytes + at, (guint) size);
        }
      at += size;
    }
  if (command->len == 0)
    sek_traits_add (result->traits, SEK_TRAIT_SHORTCUT, "lnk");
  else if (width == 2)
    sek_inspect_add_utf16 (result, SEK_TRAIT_SHORTCUT, command->data, command->len);
  else
    sek_inspect_add_bytes (result, SEK_TRAIT_SHORTCUT, command->data, command->len);
}
