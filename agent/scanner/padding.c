/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/padding.h"

#include <string.h>

#include "agent/core/facts.h"
#include "agent/core/limits.h"
#include "agent/core/trait-codes.h"

#define BLOCK_BYTES 4096

/* What is opened by a person or a program and is small by nature; images of disks and tars hold much nothing
 * anyway. */
static const char *const never_padded[] = { "ole2",  "ooxml", "odf",   "zip",     "pdf", "rtf", "html",
                                            "svg",   "xml",   "lnk",   "onenote", "chm", "exe", "script",
                                            "class", "elf",   "macho", "url",     NULL };

gsize
sek_padding_start (const guint8 *bytes, gsize length)
{
  gsize end = length;
  /* Bounded by the file. A block is one byte repeated when it is the same one place further on: of hundreds
   * of megabytes each byte by itself would take too long. */
  while (end > BLOCK_BYTES && bytes[end - 1] == bytes[length - 1] &&
         memcmp (bytes + end - BLOCK_BYTES, bytes + end - BLOCK_BYTES + 1, BLOCK_BYTES - 1) == 0)
    end -= BLOCK_BYTES;
  while (end > 0 && bytes[end - 1] == bytes[length - 1])
    end--;
  return end;
}

gboolean
sek_padding_note (const char *format, const guint8 *bytes, gsize length, gint64 size, GPtrArray *traits)
{
  if (length < SEK_PADDING_BYTES_MIN || !g_strv_contains (never_padded, format))
    return FALSE;
  gsize end = sek_padding_start (bytes, length);
  if (length - end < MAX (SEK_PADDING_BYTES_MIN, length / 2))
    return FALSE;
  g_autofree char *padding =
      g_strdup_printf ("%" G_GINT64_FORMAT, MAX (size, (gint64) length) - (gint64) end);
  sek_traits_add (traits, SEK_TRAIT_PADDED, padding);
  return TRUE;
}
