/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/core/wording.h"

#include <string.h>

static void
test_evidence_in_sentence (void)
{
  g_autoptr (SekFinding) finding =
      sek_finding_new ("internal-name-external-address", NULL, SEK_LEVEL_CAUTION);
  sek_finding_add (finding, "name", "太田 道子");
  sek_finding_add (finding, "known", "ota@kaede.example");
  sek_finding_add (finding, "address", "x@other.example");
  g_autofree char *text = sek_wording_finding (finding);
  g_assert_nonnull (strstr (text, "太田 道子"));
  g_assert_nonnull (strstr (text, "ota@kaede.example"));
  g_assert_nonnull (strstr (text, "x@other.example"));
  g_assert_null (strstr (text, "%{"));
}

static void
test_placeholders_in_values (void)
{
  g_autoptr (SekFinding) finding = sek_finding_new ("display-name-address", NULL, SEK_LEVEL_CAUTION);
  sek_finding_add (finding, "shown", "%{address}%s%n");
  sek_finding_add (finding, "address", "x@other.example");
  g_autofree char *text = sek_wording_finding (finding);
  g_assert_nonnull (strstr (text, "%{address}%s%n"));
}

static void
test_unknown (void)
{
  g_autoptr (SekFinding) finding = sek_finding_new ("check-of-2031", "x", SEK_LEVEL_CAUTION);
  g_autofree char *text = sek_wording_finding (finding);
  g_assert_nonnull (strstr (text, "check-of-2031"));
  g_autoptr (SekFinding) code = sek_finding_new ("uninspectable", "code-of-2031", SEK_LEVEL_CAUTION);
  g_autofree char *general = sek_wording_finding (code);
  g_assert_cmpstr (general, ==, "A part of the mail could not be inspected.");
  g_assert_false (sek_wording_knows ("check-of-2031", ""));
  g_assert_cmpstr (sek_wording_evidence_key ("key-of-2031"), ==, "key-of-2031");
}

/* The gravest finding stands first; a macro from the right address is no forged sender. */
static void
test_headline (void)
{
  static const struct
  {
    const char *check;
    SekLevel level;
    const char *headline;
  } cases[] = {
    { "fake-reply", SEK_LEVEL_DANGER, "This mail is probably not from who it says it is" },
    { "encrypted-archive", SEK_LEVEL_DANGER, "What is attached to this mail is probably dangerous" },
    { "encrypted-archive", SEK_LEVEL_CAUTION, "Be careful with what is attached to this mail" },
    { "uninspectable", SEK_LEVEL_CAUTION, "Parts of this mail could not be checked" },
    { "uninspectable", SEK_LEVEL_NOTICE, "Worth knowing about this mail" },
    { "check-of-2031", SEK_LEVEL_CAUTION, "Check with the sender before you act on this mail" },
    { NULL, SEK_LEVEL_CLEAR, "Nothing conspicuous was found in this mail" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SekVerdict) verdict = sek_verdict_new ();
      verdict->level = cases[i].level;
      if (cases[i].check != NULL)
        g_ptr_array_add (verdict->findings, sek_finding_new (cases[i].check, NULL, cases[i].level));
      g_assert_cmpstr (sek_wording_headline (verdict), ==, cases[i].headline);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/wording/evidence", test_evidence_in_sentence);
  g_test_add_func ("/core/wording/placeholders-in-values", test_placeholders_in_values);
  g_test_add_func ("/core/wording/unknown", test_unknown);
  g_test_add_func ("/core/wording/headline", test_headline);
  return g_test_run ();
}
