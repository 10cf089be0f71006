/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/engine/received.h"

#include <string.h>

void
sek_received_clear (SekReceived *received)
{
  g_clear_pointer (&received->from, g_free);
  g_clear_pointer (&received->by, g_free);
  g_clear_pointer (&received->time, g_free);
}

/* The "by" of the protocol stands outside of comments: inside of them is what the client called itself. */
static const char *
find_by (const char *value)
{
  int depth = 0;
  for (const char *p = value; *p != '\0'; p++) /* a field is at most SEK_TRACE_CHARS_MAX long */
    {
      if (*p == '(')
        depth++;
      else if (*p == ')' && depth > 0)
        depth--;
      else if (depth == 0 && g_ascii_strncasecmp (p, "by ", 3) == 0 &&
               (p == value || p[-1] == ' ' || p[-1] == '\t'))
        return p;
    }
  return NULL;
}

void
sek_received_read (const char *value, SekReceived *received)
{
  const char *by = find_by (value);
  received->from = g_strndup (value, by != NULL ? (gsize) (by - value) : 0);
  const char *host = by != NULL ? by + 3 + strspn (by + 3, " \t") : "";
  g_autofree char *name = g_strndup (host, strcspn (host, " \t(;"));
  received->by = g_ascii_strdown (name, -1);
  const char *semicolon = strrchr (value, ';');
  received->time = g_strstrip (g_strdup (semicolon != NULL ? semicolon + 1 : ""));
}
