/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The level rule read from outside: findings in, level out. */
#include "agent/engine/check.h"

static const struct
{
  const char *findings; /* "check:level check:level …" */
  SekLevel level;
} cases[] = {
  { "", SEK_LEVEL_CLEAR },
  { "encrypted-archive:notice", SEK_LEVEL_NOTICE },
  { "encrypted-archive:notice password-in-body:notice", SEK_LEVEL_NOTICE },
  { "encrypted-archive:notice password-in-body:notice date-named-archive:notice", SEK_LEVEL_CAUTION },
  { "fake-reply:notice", SEK_LEVEL_NOTICE },
  { "fake-reply:caution", SEK_LEVEL_CAUTION },
  { "fake-reply:notice encrypted-archive:notice", SEK_LEVEL_CAUTION },
  { "fake-reply:notice encrypted-archive:notice password-in-body:notice prior-exchange-phrase:notice",
    SEK_LEVEL_DANGER },
  { "fake-reply:caution encrypted-archive:notice password-in-body:notice", SEK_LEVEL_DANGER },
  { "internal-name-external-address:caution", SEK_LEVEL_CAUTION },
  { "internal-name-external-address:caution encrypted-archive:notice", SEK_LEVEL_CAUTION },
  { "internal-name-external-address:caution encrypted-archive:notice password-in-body:notice",
    SEK_LEVEL_DANGER },
  { "display-name-address:notice fake-reply:notice", SEK_LEVEL_CAUTION },
  { "encrypted-archive:caution password-in-body:notice", SEK_LEVEL_DANGER },
  { "first-contact:clear", SEK_LEVEL_CLEAR },
  { "first-contact:clear not-addressed-to-me:clear", SEK_LEVEL_CLEAR },
  { "first-contact:clear encrypted-archive:notice", SEK_LEVEL_NOTICE },
  { "not-addressed-to-me:clear encrypted-archive:notice", SEK_LEVEL_NOTICE },
  { "first-contact:clear not-addressed-to-me:clear encrypted-archive:notice", SEK_LEVEL_CAUTION },
  { "fake-reply:notice prior-exchange-phrase:notice", SEK_LEVEL_NOTICE },
  { "first-contact:clear fake-reply:notice prior-exchange-phrase:notice", SEK_LEVEL_CAUTION },
  { "lookalike-domain:caution", SEK_LEVEL_CAUTION },
  { "lookalike-domain:caution not-addressed-to-me:clear first-contact:clear", SEK_LEVEL_CAUTION },
  { "lookalike-domain:caution encrypted-archive:notice", SEK_LEVEL_DANGER },
  { "lookalike-domain:notice encrypted-archive:notice", SEK_LEVEL_CAUTION },
  { "own-domain-forged:caution reply-to-elsewhere:caution", SEK_LEVEL_DANGER },
  { "own-domain-forged:caution reply-to-elsewhere:notice", SEK_LEVEL_CAUTION },
  { "lookalike-domain:caution fake-reply:notice", SEK_LEVEL_DANGER },
  { "gateway-tag:notice", SEK_LEVEL_NOTICE },
  { "gateway-tag:notice first-contact:clear", SEK_LEVEL_NOTICE },
  { "gateway-tag:notice encrypted-archive:notice", SEK_LEVEL_CAUTION },
  { "gateway-tag:notice macro-document:notice", SEK_LEVEL_CAUTION },
  { "gateway-tag:notice link-text-mismatch:notice", SEK_LEVEL_CAUTION },
  { "gateway-tag:notice fake-reply:notice", SEK_LEVEL_CAUTION },
  { "gateway-tag:notice fake-reply:caution", SEK_LEVEL_CAUTION },
  { "gateway-tag:notice internal-name-external-address:caution", SEK_LEVEL_DANGER },
  { "gateway-tag:notice internal-name-external-address:notice", SEK_LEVEL_NOTICE },
  { "gateway-tag:notice lookalike-domain:caution", SEK_LEVEL_DANGER },
  { "uninspectable:caution", SEK_LEVEL_CAUTION },
  { "not-a-check:danger", SEK_LEVEL_DANGER },
};

static void
test_table (void)
{
  g_autoptr (SekPolicy) policy = sek_policy_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_finding_free);
      g_auto (GStrv) words = g_strsplit (cases[i].findings, " ", -1);
      for (char **word = words; *word != NULL; word++)
        {
          g_auto (GStrv) pair = g_strsplit (*word, ":", 2);
          SekLevel level = SEK_LEVEL_CLEAR;
          g_assert_true (sek_level_from_string (pair[1], &level));
          sek_findings_add (findings, pair[0], NULL, level);
        }
      g_test_message ("%s", cases[i].findings);
      g_assert_cmpint (sek_level_of_findings (findings, policy), ==, cases[i].level);
    }
}

/* More findings never make a mail look better. */
static void
test_monotone (void)
{
  g_autoptr (SekPolicy) policy = sek_policy_new ();
  int rows = 0;
  while (sek_checks[rows].name != NULL)
    rows++;
  for (guint round = 0; round < 2000; round++)
    {
      g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_finding_free);
      SekLevel before = SEK_LEVEL_CLEAR;
      for (guint i = 0; i < 6; i++)
        {
          int row = g_test_rand_int_range (0, rows);
          SekLevel level = (SekLevel) g_test_rand_int_range (SEK_LEVEL_CLEAR, SEK_LEVEL_DANGER + 1);
          sek_findings_add (findings, sek_checks[row].name, NULL, level);
          SekLevel after = sek_level_of_findings (findings, policy);
          g_assert_cmpint (after, >=, before);
          g_assert_cmpint (after, >=, level);
          before = after;
        }
    }
}

static void
set_level (GHashTable *levels, const char *name, SekLevel level)
{
  g_hash_table_insert (levels, g_strdup (name), GINT_TO_POINTER ((int) level + 1));
}

static SekLevel
level_of_locked_key_dated (const SekPolicy *policy)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_finding_free);
  sek_findings_add (findings, "encrypted-archive", NULL, SEK_LEVEL_NOTICE);
  sek_findings_add (findings, "password-in-body", NULL, SEK_LEVEL_NOTICE);
  sek_findings_add (findings, "date-named-archive", NULL, SEK_LEVEL_NOTICE);
  return sek_level_of_findings (findings, policy);
}

static void
test_policy (void)
{
  g_autoptr (SekPolicy) policy = sek_policy_new ();
  g_assert_cmpint (level_of_locked_key_dated (policy), ==, SEK_LEVEL_CAUTION);
  set_level (policy->rule_levels, "locked-key-dated", SEK_LEVEL_CLEAR);
  g_assert_cmpint (level_of_locked_key_dated (policy), ==, SEK_LEVEL_NOTICE);
  set_level (policy->rule_levels, "locked-key-dated", SEK_LEVEL_DANGER);
  g_assert_cmpint (level_of_locked_key_dated (policy), ==, SEK_LEVEL_DANGER);
}

static void
test_unknown_groups (void)
{
  g_autoptr (SekPolicy) policy = sek_policy_new ();
  set_level (policy->check_levels, "fake-reply", SEK_LEVEL_NOTICE);
  set_level (policy->rule_levels, "locked-key-dated", SEK_LEVEL_NOTICE);
  g_auto (GStrv) none = sek_engine_unknown_groups (policy);
  g_assert_null (none[0]);
  set_level (policy->check_levels, "fake-replies", SEK_LEVEL_NOTICE);
  set_level (policy->rule_levels, "fake-reply", SEK_LEVEL_NOTICE);
  g_auto (GStrv) two = sek_engine_unknown_groups (policy);
  g_assert_cmpstr (two[0], ==, "check fake-replies");
  g_assert_cmpstr (two[1], ==, "rule fake-reply");
  g_assert_null (two[2]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/level-table/rows", test_table);
  g_test_add_func ("/engine/level-table/monotone", test_monotone);
  g_test_add_func ("/engine/level-table/policy", test_policy);
  g_test_add_func ("/engine/level-table/unknown-groups", test_unknown_groups);
  return g_test_run ();
}
