/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/inspect.h"

#include "agent/core/trait-codes.h"

/* Formats that do something by being opened, whatever stands in them. */
static const struct
{
  const char *format;
  const char *trait;
} active[] = {
  { "exe", SEK_TRAIT_PROGRAM },    { "elf", SEK_TRAIT_PROGRAM },    { "macho", SEK_TRAIT_PROGRAM },
  { "class", SEK_TRAIT_PROGRAM },  { "chm", SEK_TRAIT_PROGRAM },    { "script", SEK_TRAIT_SCRIPT },
  { "lnk", SEK_TRAIT_SHORTCUT },   { "url", SEK_TRAIT_SHORTCUT },   { "iso", SEK_TRAIT_DISK_IMAGE },
  { "vhd", SEK_TRAIT_DISK_IMAGE }, { "wim", SEK_TRAIT_DISK_IMAGE }, { "vhdx", SEK_TRAIT_DISK_IMAGE },
};

void
sek_inspect (const SekInspectInput *input, const SekInspectResult *result)
{
  for (gsize i = 0; i < G_N_ELEMENTS (active); i++)
    if (g_str_equal (*result->format, active[i].format))
      sek_traits_add (result->traits, active[i].trait, active[i].format);
}
