/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From is of our own domain, and our own gateway says that the mail failed to prove it. "none", "neutral" and
 * errors are not failures, and a mail that never came in through the gateway is not judged at all. */
#include <string.h>

#include "agent/engine/authentication.h"
#include "agent/engine/check.h"

/* What the gateway said, as far as it bears on our own domain. */
typedef struct
{
  gboolean dmarc_failed;
  gboolean dmarc_passed;
  gboolean spf_failed;       /* fail */
  gboolean spf_weakly;       /* softfail */
  gboolean spf_about_us;     /* and the envelope's sender was of our domain, too */
  gboolean spf_passed;       /* for whichever domain the envelope named */
  gboolean dkim_said;        /* anything that tells a signature from none */
  gboolean dkim_passed;      /* a signature of whomever */
  gboolean dkim_passed_ours; /* a signature of our domain */
  gboolean arc_passed;
} Statement;

static gboolean
is_own_domain (const SekCheckInput *input, const char *domain)
{
  g_autofree char *address = g_strconcat ("x@", domain, NULL);
  return *domain != '\0' && sek_is_own_address (input, address);
}

static void
take_result (const SekCheckInput *input, const SekAuthResult *result, Statement *said)
{
  gboolean pass = g_str_equal (result->result, "pass"), fail = g_str_equal (result->result, "fail");
  gboolean ours = is_own_domain (input, result->domain);
  if (g_str_equal (result->method, "dmarc"))
    {
      /* A From of two mailboxes may have been judged by the other one. */
      gboolean about_us = ours || *result->domain == '\0';
      said->dmarc_failed = said->dmarc_failed || (fail && about_us);
      said->dmarc_passed = said->dmarc_passed || (pass && about_us);
    }
  else if (g_str_equal (result->method, "spf"))
    {
      said->spf_failed = said->spf_failed || fail || g_str_equal (result->result, "hardfail");
      said->spf_weakly = said->spf_weakly || g_str_equal (result->result, "softfail");
      said->spf_passed = said->spf_passed || pass;
      said->spf_about_us = said->spf_about_us || ours;
    }
  else if (g_str_equal (result->method, "dkim"))
    {
      said->dkim_said = said->dkim_said || pass || fail || g_str_equal (result->result, "none");
      said->dkim_passed = said->dkim_passed || pass;
      said->dkim_passed_ours = said->dkim_passed_ours || (pass && ours);
    }
  else if (g_str_equal (result->method, "arc"))
    said->arc_passed = said->arc_passed || pass;
}

static gboolean
is_trusted_list (const SekCheckInput *input)
{
  if (input->facts->list_id == NULL)
    return FALSE;
  g_autofree char *id = g_utf8_strdown (input->facts->list_id, -1);
  const char *open = strrchr (id, '<');
  char *start = open != NULL ? id + (open - id) + 1 : id;
  start[strcspn (start, ">")] = '\0';
  return g_strv_contains ((const char *const *) input->policy->trusted_lists, g_strstrip (start));
}

/* How grave what was said is; CLEAR when it is no failure. */
static SekLevel
judge (const Statement *said)
{
  if (said->dmarc_passed || said->dkim_passed_ours)
    return SEK_LEVEL_CLEAR;
  /* Something vouches for somebody else: a service that sends for us and was never told how, or a sender who
   * keeps his own house in order. */
  if (said->dmarc_failed)
    return said->spf_passed || said->dkim_passed ? SEK_LEVEL_CAUTION : SEK_LEVEL_DANGER;
  if (!said->spf_failed && !said->spf_weakly)
    return SEK_LEVEL_CLEAR;
  /* Without DMARC, SPF is about the sender of the envelope. Where nothing is said of DKIM, a colleague's mail
   * that was forwarded back to us can't be told from a forged one. */
  if (said->spf_failed && said->dkim_said)
    return SEK_LEVEL_CAUTION;
  return said->spf_failed && said->spf_about_us ? SEK_LEVEL_CAUTION : SEK_LEVEL_NOTICE;
}

void
sek_check_own_domain_forged (const SekCheckInput *input, GPtrArray *findings)
{
  if (*input->author_address == '\0' || !sek_is_own_address (input, input->author_address))
    return;
  g_autoptr (GPtrArray) results = sek_authentication_of_gateway (input->facts, input->policy);
  if (results == NULL)
    return;
  Statement said = { 0 };
  g_autoptr (GString) words = g_string_new (NULL);
  for (guint i = 0; i < results->len; i++)
    {
      const SekAuthResult *result = results->pdata[i];
      take_result (input, result, &said);
      g_string_append_printf (words, "%s%s=%s", words->len > 0 ? ", " : "", result->method, result->result);
    }
  SekLevel level = judge (&said);
  if (level == SEK_LEVEL_CLEAR)
    return;
  /* Lists and forwarders break what a colleague's mail had to show. Anybody can claim to be one, unless the
   * administrator knows it. */
  const char *code = "";
  if (is_trusted_list (input))
    level = SEK_LEVEL_NOTICE;
  else if (input->from_list || said.arc_passed)
    level = MIN (level, SEK_LEVEL_CAUTION);
  if (input->from_list || said.arc_passed)
    code = "passed-on";
  SekFinding *finding = sek_findings_add (findings, "own-domain-forged", code, level);
  sek_finding_add (finding, "address", input->author_address);
  sek_finding_add (finding, "detail", words->str);
}
