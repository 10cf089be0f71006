/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "agent/engine/details.h"

static SekFacts *
make_facts (void)
{
  static const char *const headers[] = {
    "Received: from mx.kaede.example by store.kaede.example; Mon, 23 Nov 2026 10:00:05 +0900",
    "From: =?utf-8?B?5aSq55Sw?= <a@evil.example>",
    "REPLY-TO: b@evil.example",
    "Subject: \u202Egnp.exe\x01",
    "no colon at all",
    "X-Empty:",
  };
  static const char *const trace[] = {
    ("Received: from mail.evil.example (unknown [203.0.113.5]) by mx.kaede.example (Postfix) with ESMTP; "
     "Mon, 23 Nov 2026 10:00:03 +0900"),
    "X-Spam-Flag: NO",
    "Received: from laptop ([10.0.0.9] by itself) by mail.evil.example; then",
    "Received: nonsense",
  };
  SekFacts *facts = sek_facts_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    g_ptr_array_add (facts->headers, g_strdup (headers[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (trace); i++)
    g_ptr_array_add (facts->trace, g_strdup (trace[i]));
  g_ptr_array_add (facts->authentication_results,
                   g_strdup ("mx.kaede.example; dmarc=fail header.from=evil.example; spf=none"));
  g_ptr_array_add (facts->authentication_results,
                   g_strdup ("mx.evil.example; dkim=pass header.d=kaede.example"));
  return facts;
}

static SekPolicy *
make_policy (void)
{
  SekPolicy *policy = sek_policy_new ();
  g_strfreev (policy->gateways);
  policy->gateways = g_strsplit ("mx.kaede.example", ";", -1);
  return policy;
}

static void
test_path (void)
{
  g_autoptr (SekFacts) facts = make_facts ();
  g_autoptr (SekPolicy) policy = make_policy ();
  g_autoptr (SekVerdict) verdict = sek_verdict_new ();
  g_autoptr (SekDetails) details = sek_engine_details (facts, policy, verdict);
  g_assert_cmpuint (details->path->len, ==, 3);
  const SekHop *first = details->path->pdata[0], *second = details->path->pdata[1],
               *last = details->path->pdata[2];
  g_assert_cmpstr (first->by, ==, "");
  g_assert_cmpstr (second->from, ==, "laptop ([10.0.0.9] by itself)");
  g_assert_cmpstr (second->by, ==, "mail.evil.example");
  g_assert_false (second->ours);
  g_assert_cmpstr (last->from, ==, "mail.evil.example (unknown [203.0.113.5])");
  g_assert_cmpstr (last->by, ==, "mx.kaede.example");
  g_assert_cmpstr (last->time, ==, "Mon, 23 Nov 2026 10:00:03 +0900");
  g_assert_true (last->ours);
}

static void
test_authentication (void)
{
  g_autoptr (SekFacts) facts = make_facts ();
  g_autoptr (SekPolicy) policy = make_policy ();
  g_autoptr (SekVerdict) verdict = sek_verdict_new ();
  g_autoptr (SekDetails) details = sek_engine_details (facts, policy, verdict);
  g_assert_cmpuint (details->authentication->len, ==, 3);
  const SekAuthLine *ours = details->authentication->pdata[0], *theirs = details->authentication->pdata[2];
  g_assert_cmpstr (ours->method, ==, "dmarc");
  g_assert_cmpstr (ours->result, ==, "fail");
  g_assert_true (ours->ours);
  g_assert_cmpstr (theirs->host, ==, "mx.evil.example");
  g_assert_false (theirs->ours);
}

static void
test_headers (void)
{
  g_autoptr (SekFacts) facts = make_facts ();
  g_autoptr (SekPolicy) policy = make_policy ();
  g_autoptr (SekVerdict) verdict = sek_verdict_new ();
  g_ptr_array_add (verdict->findings, sek_finding_new ("reply-to-elsewhere", "", SEK_LEVEL_CAUTION));
  verdict->details = sek_engine_details (facts, policy, verdict);
  g_autoptr (GVariant) variant = g_variant_ref_sink (sek_verdict_to_variant (verdict));
  g_autoptr (GError) error = NULL;
  g_autoptr (SekVerdict) again = sek_verdict_from_variant (variant, &error);
  g_assert_no_error (error);
  g_autoptr (SekVerdict) copy = sek_verdict_copy (again);
  static const struct
  {
    const char *name, *value;
    gboolean telling;
  } expected[] = {
    { "Received", "from mx.kaede.example by store.kaede.example; Mon, 23 Nov 2026 10:00:05 +0900", FALSE },
    { "From", "=?utf-8?B?5aSq55Sw?= <a@evil.example>", TRUE },
    { "REPLY-TO", "b@evil.example", TRUE },
    { "Subject", "[U+202E]gnp.exe", FALSE },
    { "no colon at all", "", FALSE },
    { "X-Empty", "", FALSE },
  };
  g_assert_cmpuint (copy->details->headers->len, ==, G_N_ELEMENTS (expected));
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const SekHeaderLine *line = copy->details->headers->pdata[i];
      g_assert_cmpstr (line->name, ==, expected[i].name);
      g_assert_cmpstr (line->value, ==, expected[i].value);
      g_assert_cmpint (line->telling, ==, expected[i].telling);
    }
  g_assert_cmpuint (copy->details->path->len, ==, 3);
  g_assert_cmpuint (copy->details->authentication->len, ==, 3);
}

static void
test_bounds (void)
{
  g_autoptr (SekDetails) details = sek_details_new ();
  g_autofree char *text = g_strnfill (100000, 'x');
  for (guint i = 0; i < 1000; i++)
    {
      sek_details_add_hop (details, text, text, text, FALSE);
      sek_details_add_authentication (details, text, text, text, text, FALSE);
      sek_details_add_header (details, text, text, FALSE);
    }
  g_assert_cmpuint (details->path->len, ==, SEK_DETAIL_HOPS_MAX);
  g_assert_cmpuint (details->authentication->len, ==, SEK_DETAIL_RESULTS_MAX);
  g_assert_cmpuint (details->headers->len, ==, SEK_HEADER_FIELDS_MAX);
  const SekHeaderLine *line = details->headers->pdata[0];
  g_assert_cmpint (g_utf8_strlen (line->value, -1), <=, SEK_DETAIL_CHARS_MAX + 1); /* and "…" */
  /* What another program could say in place of the agent. */
  GVariantDict dict;
  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "path", "s", "no list");
  g_autoptr (GVariant) odd = g_variant_ref_sink (g_variant_dict_end (&dict));
  g_autoptr (SekDetails) empty = sek_details_from_variant (odd);
  g_assert_cmpuint (empty->path->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/details/path", test_path);
  g_test_add_func ("/engine/details/authentication", test_authentication);
  g_test_add_func ("/engine/details/headers", test_headers);
  g_test_add_func ("/engine/details/bounds", test_bounds);
  return g_test_run ();
}
