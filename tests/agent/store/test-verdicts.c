/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tests/agent/store/folder.h"

#define SHA256 "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

static SekVerdict *
make_verdict (const char *id)
{
  SekVerdict *verdict = sek_verdict_new ();
  g_free (verdict->id);
  verdict->id = g_strdup (id);
  verdict->level = SEK_LEVEL_DANGER;
  g_free (verdict->subject);
  verdict->subject = g_strdup ("Re: 請求書");
  verdict->microseconds = 1234;
  SekFinding *finding = sek_finding_new ("fake-reply", "no-headers", SEK_LEVEL_CAUTION);
  sek_finding_add (finding, "prefix", "Re:");
  g_ptr_array_add (verdict->findings, finding);
  return verdict;
}

static void
test_keep (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autoptr (GError) error = NULL;
  g_autoptr (SekVerdict) verdict = make_verdict ("v1");
  SekStore *store = folder_open (&folder);
  g_assert_true (sek_store_put_verdict (store, verdict, SHA256, "Claws Mail 4.1.1", NULL, &error));
  g_assert_no_error (error);
  sek_store_free (store);

  g_autoptr (SekStore) again = folder_open (&folder);
  g_autoptr (SekVerdict) kept = sek_store_get_verdict (again, "v1", &error);
  g_assert_no_error (error);
  g_autoptr (GVariant) before = g_variant_ref_sink (sek_verdict_to_variant (verdict));
  g_autoptr (GVariant) after = g_variant_ref_sink (sek_verdict_to_variant (kept));
  g_assert_true (g_variant_equal (before, after));
  g_assert_null (sek_store_get_verdict (again, "v2", &error));
  g_assert_no_error (error);
}

static void
test_replace_keeps_decision (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autoptr (GError) error = NULL;
  g_autoptr (SekVerdict) verdict = make_verdict ("v1");
  g_autoptr (SekStore) store = folder_open (&folder);
  g_assert_true (sek_store_put_verdict (store, verdict, SHA256, NULL, "Inbox", &error));
  g_assert_true (sek_store_put_decision (store, "v1", "reported", &error));
  verdict->level = SEK_LEVEL_NOTICE;
  g_assert_true (sek_store_put_verdict (store, verdict, SHA256, NULL, "Inbox", &error));
  g_assert_no_error (error);
  g_autoptr (SekVerdict) kept = sek_store_get_verdict (store, "v1", NULL);
  g_assert_cmpint (kept->level, ==, SEK_LEVEL_NOTICE);
  g_clear_pointer (&store, sek_store_free);
  /* The insert fails unless exactly one row is as it should be. */
  folder_run_sql (&folder, "CREATE TEMP TABLE proof (n INTEGER CHECK (n = 1)); INSERT INTO proof "
                           "SELECT count(*) FROM verdict WHERE decision = 'reported' AND decided > 0 AND "
                           "level = 'notice' AND folder = 'Inbox' AND client IS NULL");
}

static void
test_decision_of_nothing (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autoptr (GError) error = NULL;
  g_autoptr (SekStore) store = folder_open (&folder);
  g_assert_false (sek_store_put_decision (store, "v9", "shown", &error));
  g_assert_error (error, SEK_STORE_ERROR, SEK_STORE_ERROR_WRITE);
  g_assert_nonnull (strstr (error->message, "v9"));
}

static void
test_damaged_content (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autoptr (GError) error = NULL;
  g_autoptr (SekVerdict) verdict = make_verdict ("v1");
  SekStore *store = folder_open (&folder);
  g_assert_true (sek_store_put_verdict (store, verdict, SHA256, NULL, NULL, &error));
  sek_store_free (store);
  folder_run_sql (&folder, "UPDATE verdict SET content = x'00ff00ff'");
  g_autoptr (SekStore) again = folder_open (&folder);
  g_assert_null (sek_store_get_verdict (again, "v1", &error));
  g_assert_error (error, SEK_STORE_ERROR, SEK_STORE_ERROR_BROKEN);
  g_assert_nonnull (strstr (error->message, folder.database));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/verdicts/keep", test_keep);
  g_test_add_func ("/store/verdicts/replace-keeps-decision", test_replace_keeps_decision);
  g_test_add_func ("/store/verdicts/decision-of-nothing", test_decision_of_nothing);
  g_test_add_func ("/store/verdicts/damaged-content", test_damaged_content);
  return g_test_run ();
}
