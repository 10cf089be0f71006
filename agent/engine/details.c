/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/engine/details.h"

#include <string.h>

#include "agent/engine/authentication.h"
#include "agent/engine/gateway.h"
#include "agent/engine/received.h"

/* Which header fields the findings of a check are about. */
static const struct
{
  const char *check;
  const char *fields[6];
} telling[] = {
  { "advisory-match", { "From", "Subject", "Message-ID" } },
  { "display-name-address", { "From" } },
  { "fake-reply", { "Subject", "In-Reply-To", "References", "User-Agent", "X-Mailer" } },
  { "first-contact", { "From" } },
  { "gateway-tag", { "Subject", "X-Spam-Flag", "X-Spam-Status", "X-Spam-Level", "X-Virus-Status" } },
  { "hidden-characters", { "From", "Sender", "Reply-To" } },
  { "internal-name-external-address", { "From" } },
  { "known-name-new-address", { "From" } },
  { "lookalike-domain", { "From", "Reply-To" } },
  { "name-localpart-mismatch", { "From" } },
  { "not-addressed-to-me", { "To", "Cc" } },
  { "own-domain-forged", { "From", "Authentication-Results", "Return-Path" } },
  { "quote-not-mine", { "Subject", "In-Reply-To", "References" } },
  { "reply-to-elsewhere", { "From", "Reply-To" } },
  { "thread-outsider", { "From", "In-Reply-To", "References" } },
  { "unknown-thread", { "In-Reply-To", "References" } },
};

static gboolean
is_among (const char *const fields[6], const char *name)
{
  for (gsize i = 0; i < 6 && fields[i] != NULL; i++)
    if (g_ascii_strcasecmp (fields[i], name) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_telling (const SekVerdict *verdict, const char *name)
{
  for (guint i = 0; i < verdict->findings->len; i++) /* at most SEK_FINDINGS_MAX */
    {
      const SekFinding *finding = verdict->findings->pdata[i];
      for (gsize j = 0; j < G_N_ELEMENTS (telling); j++)
        if (g_str_equal (telling[j].check, finding->check) && is_among (telling[j].fields, name))
          return TRUE;
    }
  return FALSE;
}

static void
add_headers (SekDetails *details, const SekFacts *facts, const SekVerdict *verdict)
{
  for (guint i = 0; i < facts->headers->len; i++) /* at most SEK_HEADER_FIELDS_MAX */
    {
      const char *field = facts->headers->pdata[i];
      gsize length = strcspn (field, ":");
      g_autofree char *name = g_strndup (field, length);
      const char *value = field[length] == ':' ? field + length + 1 : "";
      sek_details_add_header (details, name, value + strspn (value, " \t"), is_telling (verdict, name));
    }
}

/* Newest first in the mail, as each host writes above what it got; people read a way from where it begins. */
static void
add_path (SekDetails *details, const SekFacts *facts, guint ours)
{
  for (guint i = facts->trace->len; i > 0; i--) /* at most SEK_TRACE_FIELDS_MAX */
    {
      const char *value = sek_gateway_value (facts->trace->pdata[i - 1], "Received");
      if (value == NULL)
        continue;
      g_auto (SekReceived) hop = { 0 };
      sek_received_read (value, &hop);
      const char *from = g_strchomp (hop.from);
      from += g_str_has_prefix (from, "from ") ? strlen ("from ") : 0;
      sek_details_add_hop (details, from, hop.by, hop.time, i <= ours);
    }
}

static void
add_results (SekDetails *details, const SekFacts *facts, const SekPolicy *policy)
{
  gboolean found = FALSE;
  for (guint i = 0; i < facts->authentication_results->len; i++) /* at most SEK_AUTH_RESULTS_MAX */
    {
      g_autofree char *host = NULL;
      g_autoptr (GPtrArray) results =
          sek_authentication_parse (facts->authentication_results->pdata[i], &host);
      gboolean ours =
          !found && host != NULL && g_strv_contains ((const char *const *) policy->gateways, host);
      found |= ours;
      for (guint j = 0; j < results->len; j++)
        {
          const SekAuthResult *result = results->pdata[j];
          sek_details_add_authentication (details, result->method, result->result, result->domain, host,
                                          ours);
        }
    }
}

SekDetails *
sek_engine_details (const SekFacts *facts, const SekPolicy *policy, const SekVerdict *verdict)
{
  SekDetails *details = sek_details_new ();
  g_autoptr (GPtrArray) ours = sek_gateway_fields (facts, policy);
  add_path (details, facts, ours != NULL ? ours->len : 0);
  add_results (details, facts, policy);
  add_headers (details, facts, verdict);
  return details;
}
