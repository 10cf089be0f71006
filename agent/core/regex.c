/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/core/regex.h"

GRegex *
sek_regex_once (GRegex **place, const char *pattern)
{
  if (g_once_init_enter (place))
    {
      GRegex *compiled = g_regex_new (pattern, 0, 0, NULL);
      g_assert (compiled != NULL);
      g_once_init_leave (place, compiled);
    }
  return *place;
}
