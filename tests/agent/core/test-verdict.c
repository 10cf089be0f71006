/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/core/verdict.h"

#include "agent/core/error.h"
#include "agent/core/limits.h"

static SekVerdict *
make_verdict (void)
{
  SekVerdict *verdict = sek_verdict_new ();
  verdict->level = SEK_LEVEL_DANGER;
  g_free (verdict->id);
  verdict->id = g_strdup ("abc");
  verdict->microseconds = 4200;
  verdict->training = TRUE;
  SekFinding *finding = sek_finding_new ("fake-reply", "no-headers", SEK_LEVEL_CAUTION);
  sek_finding_add (finding, "prefix", "Re:");
  sek_finding_add_int (finding, "count", 3);
  sek_finding_add (finding, "nothing", NULL);
  g_ptr_array_add (verdict->findings, finding);
  return verdict;
}

static void
test_both_ways (void)
{
  g_autoptr (SekVerdict) verdict = make_verdict ();
  g_autoptr (SekVerdict) copy = sek_verdict_copy (verdict);
  g_autoptr (GVariant) variant = g_variant_ref_sink (sek_verdict_to_variant (copy));
  g_autoptr (GError) error = NULL;
  g_autoptr (SekVerdict) back = sek_verdict_from_variant (variant, &error);
  g_assert_no_error (error);
  g_assert_cmpint (back->level, ==, SEK_LEVEL_DANGER);
  g_assert_cmpstr (back->id, ==, "abc");
  g_assert_cmpint (back->microseconds, ==, 4200);
  g_assert_true (back->training);
  const SekFinding *finding = back->findings->pdata[0];
  g_assert_cmpstr (finding->code, ==, "no-headers");
  g_assert_cmpuint (finding->evidence->len, ==, 2);
  g_assert_cmpstr (sek_finding_get (finding, "count"), ==, "3");
  g_assert_null (sek_finding_get (finding, "absent"));
}

static void
refused (GVariant *variant)
{
  g_autoptr (GVariant) sunk = g_variant_ref_sink (variant);
  g_autoptr (GError) error = NULL;
  g_autoptr (SekVerdict) verdict = sek_verdict_from_variant (sunk, &error);
  g_assert_null (verdict);
  g_assert_error (error, SEK_CORE_ERROR, SEK_CORE_ERROR_FORMAT);
}

static void
test_hostile (void)
{
  refused (g_variant_new_int32 (3));
  refused (g_variant_new_parsed ("@a{sv} {}"));
  refused (g_variant_new_parsed ("{'level': <'clear'>}"));
  refused (g_variant_new_parsed ("{'level': <'green'>, 'findings': <@a(sssa(ss)) []>}"));
  refused (g_variant_new_parsed ("{'level': <'clear'>, 'findings': <[('a', 'b', 'loud', @a(ss) [])]>}"));
  g_autoptr (SekVerdict) many = sek_verdict_new ();
  for (guint i = 0; i <= SEK_FINDINGS_MAX; i++)
    g_ptr_array_add (many->findings, sek_finding_new ("x", NULL, SEK_LEVEL_NOTICE));
  refused (sek_verdict_to_variant (many));
}

static void
test_evidence_is_safe (void)
{
  g_autoptr (SekFinding) finding = sek_finding_new ("x", NULL, SEK_LEVEL_NOTICE);
  sek_finding_add (finding, "name", "a\nb\u202Ec<b>");
  g_assert_cmpstr (sek_finding_get (finding, "name"), ==, "a b[U+202E]c<b>");
  for (guint i = 0; i < 100; i++)
    sek_finding_add (finding, "more", "v");
  g_assert_cmpuint (finding->evidence->len, ==, SEK_EVIDENCE_MAX);
}

static void
test_levels (void)
{
  for (int i = SEK_LEVEL_CLEAR; i <= SEK_LEVEL_DANGER; i++)
    {
      SekLevel level = SEK_LEVEL_CLEAR;
      g_assert_true (sek_level_from_string (sek_level_to_string ((SekLevel) i), &level));
      g_assert_cmpint (level, ==, i);
    }
  SekLevel untouched = SEK_LEVEL_CAUTION;
  g_assert_false (sek_level_from_string ("Danger", &untouched));
  g_assert_false (sek_level_from_string (NULL, &untouched));
  g_assert_cmpint (untouched, ==, SEK_LEVEL_CAUTION);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/verdict/both-ways", test_both_ways);
  g_test_add_func ("/core/verdict/hostile", test_hostile);
  g_test_add_func ("/core/verdict/evidence-is-safe", test_evidence_is_safe);
  g_test_add_func ("/core/level/words", test_levels);
  return g_test_run ();
}
