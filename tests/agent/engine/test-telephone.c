/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The number that a warning names: that of the address the name really writes from, and no other. */
#include "agent/engine/engine.h"

static SekPolicy *
make_policy (void)
{
  static const char *const ota[] = { "michiko.ota@kaede.example", NULL };
  SekPolicy *policy = sek_policy_new ();
  g_strfreev (policy->domains);
  policy->domains = g_strsplit ("kaede.example", ";", -1);
  g_ptr_array_add (policy->people, sek_person_new ("太田 道子", ota));
  return policy;
}

static void
list_number (SekPolicy *policy, const char *address, const char *number)
{
  g_hash_table_replace (policy->telephones, g_strdup (address), g_strdup (number));
}

static SekVerdict *
judge (const SekPolicy *policy, const char *address)
{
  g_autoptr (SekFacts) facts = sek_facts_new ();
  g_ptr_array_add (facts->from, sek_mailbox_new ("太田 道子", address));
  const SekEngineInput input = { .facts = facts, .policy = policy };
  return sek_engine_judge (&input);
}

static void
test_listed (void)
{
  g_autoptr (SekPolicy) policy = make_policy ();
  list_number (policy, "michiko.ota@kaede.example", "03-5550-0142");
  list_number (policy, "billing@cloud-delivery.example", "03-5550-6666");
  g_autoptr (SekVerdict) stranger = judge (policy, "billing@cloud-delivery.example");
  g_assert_cmpstr (stranger->known_address, ==, "michiko.ota@kaede.example");
  g_assert_cmpstr (stranger->telephone, ==, "03-5550-0142");
  g_autoptr (GVariant) variant = g_variant_ref_sink (sek_verdict_to_variant (stranger));
  g_autoptr (SekVerdict) read = sek_verdict_from_variant (variant, NULL);
  g_assert_cmpstr (read->telephone, ==, "03-5550-0142");
  /* Her own mail gives no reason to ring her up. */
  g_autoptr (SekVerdict) herself = judge (policy, "michiko.ota@kaede.example");
  g_assert_cmpstr (herself->telephone, ==, "");
}

static void
test_not_listed (void)
{
  g_autoptr (SekPolicy) policy = make_policy ();
  list_number (policy, "ota@kaede.example", "03-5550-0142");
  g_autoptr (SekVerdict) stranger = judge (policy, "billing@cloud-delivery.example");
  g_assert_cmpstr (stranger->known_address, ==, "michiko.ota@kaede.example");
  g_assert_cmpstr (stranger->telephone, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/telephone/listed", test_listed);
  g_test_add_func ("/engine/telephone/not-listed", test_not_listed);
  return g_test_run ();
}
