/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/engine/gateway.h"

#include <string.h>

#include "agent/engine/authentication.h"
#include "agent/engine/received.h"

const char *
sek_gateway_value (const char *field, const char *name)
{
  gsize length = strlen (name);
  if (g_ascii_strncasecmp (field, name, length) != 0 || field[length] != ':')
    return NULL;
  return field + length + 1 + strspn (field + length + 1, " \t");
}

static gboolean
is_gateway (const SekPolicy *policy, const char *host)
{
  return g_strv_contains ((const char *const *) policy->gateways, host);
}

/* Every address literal is the machine's own: what a client calls itself can be a literal too. */
static gboolean
is_from_itself (const SekReceived *hop)
{
  static const char *const own[] = { "[127.0.0.1]", "[::1]", "[IPv6:::1]" };
  gboolean found = FALSE;
  for (const char *p = strchr (hop->from, '['); p != NULL; p = strchr (p + 1, '[')) /* SEK_TRACE_CHARS_MAX */
    {
      gboolean loopback = FALSE;
      for (gsize i = 0; i < G_N_ELEMENTS (own); i++)
        loopback = loopback || g_ascii_strncasecmp (p, own[i], strlen (own[i])) == 0;
      if (!loopback)
        return FALSE;
      found = TRUE;
    }
  return found;
}

/* Another gateway handed it over: its name stands where the server notes what it looked up itself, in front
 * of the address at the beginning of the last comment, "from HELO (NAME [ADDRESS])". */
static gboolean
is_from_gateway (const SekPolicy *policy, const SekReceived *hop)
{
  const char *comment = strrchr (hop->from, '(');
  if (comment == NULL || strstr (hop->from, "may be forged") != NULL)
    return FALSE;
  gsize length = strcspn (comment + 1, " \t[");
  const char *literal = comment + 1 + length;
  g_autofree char *name = g_ascii_strdown (comment + 1, (gssize) length);
  return literal[strspn (literal, " \t")] == '[' && is_gateway (policy, name);
}

static gboolean
is_statement_of_gateway (const SekPolicy *policy, const char *value)
{
  g_autofree char *authserv_id = NULL;
  g_autoptr (GPtrArray) results = sek_authentication_parse (value, &authserv_id);
  return authserv_id != NULL && is_gateway (policy, authserv_id);
}

/* The index behind the last field that is ours; 0 when the mail did not come through a gateway. */
static guint
find_border (const SekFacts *facts, const SekPolicy *policy)
{
  guint border = 0;
  gboolean entered = FALSE, outside = FALSE, stated = FALSE;
  for (guint i = 0; i < facts->trace->len && i < SEK_TRACE_FIELDS_MAX; i++)
    {
      const char *field = facts->trace->pdata[i];
      const char *value = sek_gateway_value (field, "Authentication-Results");
      /* Filters put it above or below the gateway's own Received. Only the topmost: a gateway takes away what
       * bears its name (RFC 8601 §5), but one that is not the first may have been forgotten. */
      if (value != NULL && !stated && is_statement_of_gateway (policy, value))
        {
          border = i + 1;
          stated = TRUE;
        }
      value = sek_gateway_value (field, "Received");
      if (value == NULL)
        continue;
      if (outside)
        break;
      g_auto (SekReceived) hop = { 0 };
      sek_received_read (value, &hop);
      gboolean itself = entered && is_from_itself (&hop);
      if (is_gateway (policy, hop.by) || itself)
        {
          entered = TRUE;
          border = i + 1;
          outside = !is_from_itself (&hop) && !is_from_gateway (policy, &hop);
        }
      else if (entered)
        break;
    }
  return border;
}

GPtrArray *
sek_gateway_fields (const SekFacts *facts, const SekPolicy *policy)
{
  guint border = policy->gateways[0] != NULL ? find_border (facts, policy) : 0;
  if (border == 0)
    return NULL;
  GPtrArray *fields = g_ptr_array_new ();
  for (guint i = 0; i < border; i++) /* at most SEK_TRACE_FIELDS_MAX */
    g_ptr_array_add (fields, facts->trace->pdata[i]);
  return fields;
}
