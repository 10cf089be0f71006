/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/core/advisory.h"

static SekTraces *
make_traces (void)
{
  SekTraces *traces = sek_traces_new ();
  traces->message_id = g_strdup ("1@kaede.example");
  g_free (traces->subject);
  traces->subject = g_strdup ("請求書の件 2026-11");
  g_strfreev (traces->senders);
  traces->senders = g_strsplit ("ota@mail.kaede.example;box@elsewhere.example", ";", -1);
  g_strfreev (traces->domains);
  traces->domains = g_strsplit ("mail.kaede.example;elsewhere.example", ";", -1);
  g_strfreev (traces->link_domains);
  traces->link_domains = g_strsplit ("files.hoge.example", ";", -1);
  return traces;
}

static void
test_one_mark (void)
{
  g_autoptr (SekTraces) traces = make_traces ();
  g_autoptr (SekAdvisory) advisory = sek_advisory_new ("a");
  g_assert_false (sek_advisory_has_marks (advisory));
  g_assert_false (sek_advisory_means (advisory, traces)); /* an empty one would mean every mail */
  advisory->domains = g_strsplit ("nowhere.example;kaede.example", ";", -1);
  g_assert_true (sek_advisory_has_marks (advisory));
  g_assert_true (sek_advisory_means (advisory, traces));
  g_free (advisory->domains[1]);
  advisory->domains[1] = g_strdup ("aede.example"); /* an ending, but no domain above */
  g_assert_false (sek_advisory_means (advisory, traces));
}

static void
test_several_must_agree (void)
{
  g_autoptr (SekTraces) traces = make_traces ();
  g_autoptr (SekAdvisory) advisory = sek_advisory_new ("a");
  advisory->senders = g_strsplit ("box@elsewhere.example", ";", -1);
  advisory->subjects = g_strsplit ("請求書*", ";", -1);
  advisory->link_domains = g_strsplit ("hoge.example", ";", -1);
  g_assert_true (sek_advisory_means (advisory, traces));
  advisory->sha256s = g_strsplit ("00", ";", -1);
  g_assert_false (sek_advisory_means (advisory, traces));
}

static void
test_no_subject (void)
{
  g_autoptr (SekTraces) traces = sek_traces_new ();
  g_autoptr (SekAdvisory) advisory = sek_advisory_new ("a");
  advisory->subjects = g_strsplit ("*", ";", -1);
  g_assert_false (sek_advisory_means (advisory, traces));
  advisory->message_ids = g_strsplit ("1@kaede.example", ";", -1);
  g_assert_false (sek_advisory_means (advisory, traces));
}

static void
test_text (void)
{
  g_autoptr (SekAdvisory) advisory = sek_advisory_new ("a");
  static const char *const japanese[] = { "ja_JP.UTF-8", "ja", "C", NULL };
  static const char *const english[] = { "en", "C", NULL };
  g_assert_cmpstr (sek_advisory_text (advisory, japanese), ==, "");
  g_hash_table_insert (advisory->texts, g_strdup (""), g_strdup ("Don't open it"));
  g_assert_cmpstr (sek_advisory_text (advisory, japanese), ==, "Don't open it");
  g_hash_table_insert (advisory->texts, g_strdup ("ja"), g_strdup ("開かないでください"));
  g_assert_cmpstr (sek_advisory_text (advisory, japanese), ==, "開かないでください");
  g_assert_cmpstr (sek_advisory_text (advisory, english), ==, "Don't open it");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/advisory/one-mark", test_one_mark);
  g_test_add_func ("/core/advisory/several-must-agree", test_several_must_agree);
  g_test_add_func ("/core/advisory/no-subject", test_no_subject);
  g_test_add_func ("/core/advisory/text", test_text);
  return g_test_run ();
}
