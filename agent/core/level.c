/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/core/level.h"

static const char *const words[] = {
  [SEK_LEVEL_CLEAR] = "clear",
  [SEK_LEVEL_NOTICE] = "notice",
  [SEK_LEVEL_CAUTION] = "caution",
  [SEK_LEVEL_DANGER] = "danger",
};

const char *
sek_level_to_string (SekLevel level)
{
  g_return_val_if_fail ((gsize) level < G_N_ELEMENTS (words), "danger");
  return words[level];
}

gboolean
sek_level_from_string (const char *text, SekLevel *level)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (text, words[i]) == 0)
      {
        *level = (SekLevel) i;
        return TRUE;
      }
  return FALSE;
}
