/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report that somebody of the organisation made with Sekisho, as the administrator gets it and the reporter
 * may find it among the sent mails. What it carries is evidence: warning of it would be warning of the work.
 * Everybody can write the marks, so it counts only from inside. */
#include <string.h>

#include "agent/engine/authentication.h"
#include "agent/engine/check.h"
#include "agent/engine/gateway.h"

#define END ".sekisho.invalid"

static gboolean
is_for_the_administrator (const SekCheckInput *input)
{
  const char *wanted = input->policy->report_address;
  const GPtrArray *to = input->facts->to;
  return *wanted != '\0' && to->len == 1 && ((const SekMailbox *) to->pdata[0])->addr_spec != NULL &&
         sek_addr_spec_equal (((const SekMailbox *) to->pdata[0])->addr_spec, wanted);
}

static gboolean
has_marks (const SekFacts *facts)
{
  gboolean has_form = FALSE;
  for (guint i = 0; i < facts->trace->len && i < SEK_TRACE_FIELDS_MAX; i++)
    has_form |= sek_gateway_value (facts->trace->pdata[i], "X-Sekisho-Original-Form") != NULL;
  return has_form && facts->message_id != NULL && g_str_has_suffix (facts->message_id, END);
}

/* What our gateway has seen coming in has to be proven; what it never saw stayed inside. */
static gboolean
is_from_inside (const SekCheckInput *input)
{
  if (input->facts->from->len != 1 || !sek_is_own_address (input, input->author_address))
    return FALSE;
  g_autoptr (GPtrArray) results = sek_authentication_of_gateway (input->facts, input->policy);
  gboolean proven = results == NULL;
  for (guint i = 0; results != NULL && i < results->len; i++)
    {
      const SekAuthResult *result = results->pdata[i];
      g_autofree char *address = g_strconcat ("x@", result->domain, NULL);
      gboolean ours = *result->domain != '\0' && sek_is_own_address (input, address);
      if (g_str_equal (result->method, "dmarc") && !g_str_equal (result->result, "pass"))
        return FALSE;
      proven |= g_str_equal (result->result, "pass") && (ours || g_str_equal (result->method, "dmarc"));
    }
  return proven;
}

void
sek_check_report_mail (const SekCheckInput *input, GPtrArray *findings)
{
  if (has_marks (input->facts) && is_for_the_administrator (input) && is_from_inside (input))
    sek_findings_add (findings, "report-mail", NULL, SEK_LEVEL_NOTICE);
}
