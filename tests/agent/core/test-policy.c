/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/core/policy.h"

static void
test_own_domain (void)
{
  g_autoptr (SekPolicy) policy = sek_policy_new ();
  g_assert_false (sek_policy_is_own_domain (policy, "kaede.example"));
  g_strfreev (policy->domains);
  policy->domains = g_strsplit ("kaede.example;momiji.example", ";", -1);
  g_assert_true (sek_policy_is_own_domain (policy, "kaede.example"));
  g_assert_true (sek_policy_is_own_domain (policy, "Mail.KAEDE.example"));
  g_assert_true (sek_policy_is_own_domain (policy, "momiji.example"));
  g_assert_false (sek_policy_is_own_domain (policy, "notkaede.example"));
  g_assert_false (sek_policy_is_own_domain (policy, "kaede.example.evil.example"));
  g_assert_false (sek_policy_is_own_domain (policy, "example"));
  g_assert_false (sek_policy_is_own_domain (policy, NULL));
}

static void
test_check_level (void)
{
  g_autoptr (SekPolicy) policy = sek_policy_new ();
  SekLevel level = SEK_LEVEL_DANGER;
  g_assert_false (sek_policy_check_level (policy, "fake-reply", &level));
  g_hash_table_insert (policy->check_levels, g_strdup ("fake-reply"), GINT_TO_POINTER (SEK_LEVEL_CLEAR + 1));
  g_assert_true (sek_policy_check_level (policy, "fake-reply", &level));
  g_assert_cmpint (level, ==, SEK_LEVEL_CLEAR);
}

static void
test_person (void)
{
  static const char *const addresses[] = { "ota@kaede.example", NULL };
  SekPerson *person = sek_person_new ("太田 道子", addresses);
  g_assert_cmpstr (person->name_key, ==, "太田道子");
  g_assert_cmpstr (person->addresses[0], ==, "ota@kaede.example");
  sek_person_free (person);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/policy/own-domain", test_own_domain);
  g_test_add_func ("/core/policy/check-level", test_check_level);
  g_test_add_func ("/core/policy/person", test_person);
  return g_test_run ();
}
