/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sender whom the administrator trusts, and whom our own gateway vouches for: From alone is a claim. */
#include "agent/engine/authentication.h"
#include "agent/engine/check.h"

/* Whether the result proves that the mail is of the author's domain (RFC 7489 §3.1, relaxed). */
static gboolean
proves (const SekCheckInput *input, const SekAuthResult *result)
{
  if (!g_str_equal (result->result, "pass") ||
      (!g_str_equal (result->method, "dmarc") && !g_str_equal (result->method, "dkim")))
    return FALSE;
  g_autofree char *organisation = sek_registrable_domain (result->domain);
  return *organisation != '\0' && g_str_equal (organisation, input->author_organisation);
}

static gboolean
is_proven (const SekCheckInput *input)
{
  g_autoptr (GPtrArray) results = sek_authentication_of_gateway (input->facts, input->policy);
  for (guint i = 0; results != NULL && i < results->len; i++)
    if (proves (input, results->pdata[i]))
      return TRUE;
  return FALSE;
}

gboolean
sek_author_is_trusted (const SekCheckInput *input)
{
  return *input->author_address != '\0' && input->facts->from->len == 1 &&
         g_strv_contains ((const char *const *) input->policy->trusted_senders, input->author_address) &&
         is_proven (input);
}

gboolean
sek_author_may_be_trusted (const SekCheckInput *input)
{
  if (!input->policy->may_trust || *input->author_address == '\0' || input->facts->from->len != 1 ||
      sek_is_own_address (input, input->author_address))
    return FALSE;
  return *input->policy->gateways == NULL || is_proven (input);
}

/* What each kind of finding says of somebody who is trusted. */
static const struct
{
  SekKind kind;
  gboolean by_person; /* also when a person said so, not only the administrator */
} yielding[] = {
  { SEK_KIND_NAME, FALSE },    { SEK_KIND_DIVERSION, FALSE }, { SEK_KIND_THREAD, TRUE },
  { SEK_KIND_STRANGER, TRUE }, { SEK_KIND_PHRASE, TRUE },     { SEK_KIND_DATED, TRUE },
};

static gboolean
yields (SekKind kind, gboolean to_person)
{
  for (gsize i = 0; i < G_N_ELEMENTS (yielding); i++)
    if (yielding[i].kind == kind)
      return yielding[i].by_person || !to_person;
  return FALSE;
}

gboolean
sek_kind_yields_to_trust (SekKind kind)
{
  return yields (kind, FALSE);
}

gboolean
sek_kind_yields_to_person (SekKind kind)
{
  return yields (kind, TRUE);
}
