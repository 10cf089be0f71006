/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/engine/authentication.h"

static const struct
{
  const char *field;
  const char *authserv_id; /* "": none */
  const char *results;     /* "method=result@domain …" */
} cases[] = {
  { "mx.kaede.example; none", "mx.kaede.example", "" },
  { "mx.kaede.example;spf=pass smtp.mailfrom=a@b.example", "mx.kaede.example", "spf=pass@b.example" },
  { "MX.Kaede.Example 1; SPF=Fail smtp.mailfrom=B.Example; dkim=none; dmarc=fail header.from=kaede.example",
    "mx.kaede.example", "spf=fail@b.example dkim=none@ dmarc=fail@kaede.example" },
  { "mx.kaede.example (a; (nested) \\) host); dkim=pass (1024-bit; key) reason=\"good; really\" "
    "header.d=c.example "
    "header.i=@d.example",
    "mx.kaede.example", "dkim=pass@c.example" },
  { "mx.kaede.example; dkim=pass header.i=@d.example header.d=c.example", "mx.kaede.example",
    "dkim=pass@c.example" },
  { "\"mx.kaede.example\" ; dmarc = (odd) fail (p=none; dis=none) header.from = kaede.example",
    "mx.kaede.example", "dmarc=fail@kaede.example" },
  { "mx.kaede.example; dkim/1=fail header.d=x.example; arc=pass", "mx.kaede.example",
    "dkim=fail@x.example arc=pass@" },
  /* As Exchange Online writes it: no host, so nobody can say whose it is. */
  { "spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=b.example; dkim=fail", "",
    "spf=pass@b.example dkim=fail@" },
  { "mx.kaede.example; nonsense; =; dmarc=; dmarc; ; spf=softfail smtp.mailfrom=\"a b\"@c.example",
    "mx.kaede.example", "spf=softfail@c.example" },
  { "mx.kaede.example; spf=fail (never closed; dmarc=pass", "mx.kaede.example", "spf=fail@" },
  { "", "", "" },
  { ";;;", "", "" },
  { "((((", "", "" },
  { "\"\\", "\\", "" },
};

static void
test_parse (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *authserv_id = NULL;
      g_autoptr (GPtrArray) results = sek_authentication_parse (cases[i].field, &authserv_id);
      g_autoptr (GString) text = g_string_new (NULL);
      for (guint j = 0; j < results->len; j++)
        {
          const SekAuthResult *result = results->pdata[j];
          g_string_append_printf (text, "%s%s=%s@%s", j > 0 ? " " : "", result->method, result->result,
                                  result->domain);
        }
      g_test_message ("%s", cases[i].field);
      g_assert_cmpstr (authserv_id != NULL ? authserv_id : "", ==, cases[i].authserv_id);
      g_assert_cmpstr (text->str, ==, cases[i].results);
    }
}

/* Any cut of a field is read to its end. */
static void
test_cut (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize length = 0; cases[i].field[length] != '\0'; length++)
      {
        g_autofree char *cut = g_strndup (cases[i].field, length), *authserv_id = NULL;
        g_autoptr (GPtrArray) results = sek_authentication_parse (cut, &authserv_id);
        g_assert_cmpuint (results->len, <=, 4);
      }
}

static void
test_topmost_of_ours (void)
{
  g_autoptr (SekPolicy) policy = sek_policy_new ();
  g_strfreev (policy->gateways);
  policy->gateways = g_strsplit ("mx.kaede.example;mx2.kaede.example", ";", -1);
  g_autoptr (SekFacts) facts = sek_facts_new ();
  g_assert_null (sek_authentication_of_gateway (facts, policy));
  g_ptr_array_add (facts->authentication_results, g_strdup ("mx.attacker.example; dmarc=pass"));
  g_ptr_array_add (facts->authentication_results, g_strdup ("evil.mx.kaede.example; dmarc=pass"));
  g_assert_null (sek_authentication_of_gateway (facts, policy));
  g_ptr_array_add (facts->authentication_results, g_strdup ("MX2.kaede.example 1; dmarc=fail"));
  g_ptr_array_add (facts->authentication_results, g_strdup ("mx.kaede.example; dmarc=pass"));
  g_autoptr (GPtrArray) results = sek_authentication_of_gateway (facts, policy);
  g_assert_nonnull (results);
  g_assert_cmpuint (results->len, ==, 1);
  g_assert_cmpstr (((SekAuthResult *) results->pdata[0])->result, ==, "fail");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/authentication/parse", test_parse);
  g_test_add_func ("/engine/authentication/cut", test_cut);
  g_test_add_func ("/engine/authentication/topmost-of-ours", test_topmost_of_ours);
  return g_test_run ();
}
