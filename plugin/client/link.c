/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugin/client/link.h"

/* RFC 2392 and RFC 6068; sc is Claws Mail's, the others Evolution's. */
static const char *const inside[] = { "cid", "mid", "mailto", "sc", "mail", "contact", "open-map", "geo" };
/* Evolution's, for its own pages, files and pictures. */
#define OWN_PREFIX "evo-"

gboolean
sek_link_leads_away (const char *url)
{
  if (url == NULL || *url == '\0' || *url == '#')
    return FALSE;
  g_autofree char *scheme = g_uri_parse_scheme (url);
  if (scheme == NULL)
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (inside); i++)
    if (g_ascii_strcasecmp (scheme, inside[i]) == 0)
      return FALSE;
  return g_ascii_strncasecmp (scheme, OWN_PREFIX, sizeof OWN_PREFIX - 1) != 0;
}
