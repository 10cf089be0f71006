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

gboolean
sek_author_is_trusted (const SekCheckInput *input)
{
  if (*input->author_address == '\0' ||
      !g_strv_contains ((const char *const *) input->policy->trusted_senders, input->author_address) ||
      input->facts->from->len != 1)
    return FALSE;
  g_autoptr (GPtrArray) results = sek_authentication_of_gateway (input->facts, input->policy);
  for (guint i = 0; results != NULL && i < results->len; i++)
    if (proves (input, results->pdata[i]))
      return TRUE;
  return FALSE;
}

gboolean
sek_kind_yields_to_trust (SekKind kind)
{
  static const SekKind kinds[] = { SEK_KIND_NAME,      SEK_KIND_THREAD, SEK_KIND_STRANGER,
                                   SEK_KIND_DIVERSION, SEK_KIND_PHRASE, SEK_KIND_DATED };
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i] == kind)
      return TRUE;
  return FALSE;
}
