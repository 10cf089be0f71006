/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/store/warned.h"

#include "agent/store/seen.h"
#include "tests/agent/store/folder.h"

static void
put (SekStore *store, const char *id, const char *mail, SekLevel level)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SekVerdict) verdict = sek_verdict_new ();
  g_free (verdict->id);
  verdict->id = g_strdup (id);
  verdict->level = level;
  g_free (verdict->subject);
  verdict->subject = g_strdup (id);
  g_assert_true (sek_store_put_verdict (store, verdict, mail, "Claws Mail 4", "inbox", &error));
  g_assert_no_error (error);
}

static void
decide (SekStore *store, const char *id, const char *decision)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (sek_store_put_decision (store, id, decision, &error));
  g_assert_no_error (error);
}

static GPtrArray *
list (SekStore *store)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *mails = sek_store_list_warned (store, &error);
  g_assert_no_error (error);
  return mails;
}

static void
assert_mail (const GPtrArray *mails, guint index, const char *mail, const char *subject, const char *decision)
{
  const SekWarnedMail *warned = mails->pdata[index];
  g_assert_cmpstr (warned->mail, ==, mail);
  g_assert_cmpstr (warned->verdict->subject, ==, subject);
  g_assert_cmpstr (warned->decision, ==, decision);
  g_assert_cmpint (warned->decided != 0, ==, *decision != '\0');
  g_assert_cmpint (warned->created, >, 0);
  g_assert_cmpstr (warned->folder, ==, "inbox");
}

static void
test_each_mail_once (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autoptr (SekStore) store = folder_open (&folder);
  put (store, "a1", "aa", SEK_LEVEL_DANGER);
  put (store, "b1", "bb", SEK_LEVEL_NOTICE);
  put (store, "c1", "cc", SEK_LEVEL_CAUTION);
  put (store, "d1", "dd", SEK_LEVEL_CLEAR);
  put (store, "a2", "aa", SEK_LEVEL_DANGER);
  g_autoptr (GPtrArray) mails = list (store);
  g_assert_cmpuint (mails->len, ==, 2);
  assert_mail (mails, 0, "aa", "a2", "");
  assert_mail (mails, 1, "cc", "c1", "");
}

static void
test_decisions (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autoptr (SekStore) store = folder_open (&folder);
  /* Opened three times: that it was reported once is what matters. */
  put (store, "a1", "aa", SEK_LEVEL_DANGER);
  decide (store, "a1", "reported");
  put (store, "a2", "aa", SEK_LEVEL_DANGER);
  decide (store, "a2", "closed");
  put (store, "a3", "aa", SEK_LEVEL_DANGER);
  /* Of the others the last one. */
  put (store, "b1", "bb", SEK_LEVEL_DANGER);
  decide (store, "b1", "closed");
  put (store, "b2", "bb", SEK_LEVEL_DANGER);
  decide (store, "b2", "shown");
  g_autoptr (GPtrArray) mails = list (store);
  g_assert_cmpuint (mails->len, ==, 2);
  assert_mail (mails, 0, "bb", "b2", "shown");
  assert_mail (mails, 1, "aa", "a3", "reported");
}

static void
test_damaged_row (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  SekStore *store = folder_open (&folder);
  put (store, "a1", "aa", SEK_LEVEL_DANGER);
  put (store, "b1", "bb", SEK_LEVEL_DANGER);
  sek_store_free (store);
  folder_run_sql (&folder, "UPDATE verdict SET content = x'00ff00ff' WHERE id = 'b1'");
  g_autoptr (SekStore) again = folder_open (&folder);
  g_autoptr (GPtrArray) mails = list (again);
  g_assert_cmpuint (mails->len, ==, 1);
  assert_mail (mails, 0, "aa", "a1", "");
}

static void
test_bounded (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autoptr (SekStore) store = folder_open (&folder);
  for (guint i = 0; i < SEK_WARNED_LISTED_MAX + 5; i++)
    {
      g_autofree char *name = g_strdup_printf ("%04u", i);
      put (store, name, name, SEK_LEVEL_CAUTION);
    }
  g_autoptr (GPtrArray) mails = list (store);
  g_assert_cmpuint (mails->len, ==, SEK_WARNED_LISTED_MAX);
  assert_mail (mails, 0, "0254", "0254", "");
}

static void
test_advised (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autoptr (GError) error = NULL;
  g_autoptr (SekStore) store = folder_open (&folder);
  static const char *const mails[] = { "aa", "bb", "aa" };
  gboolean is_new = FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (mails); i++)
    g_assert_true (sek_store_advise (store, mails[i], "wave", FALSE, &is_new, &error));
  g_assert_true (sek_store_advise (store, "cc", "other", TRUE, &is_new, &error));
  g_assert_no_error (error);
  g_assert_cmpint (sek_store_count_advised (store, "wave", &error), ==, 2);
  g_assert_cmpint (sek_store_count_advised (store, "other", &error), ==, 1);
  g_assert_cmpint (sek_store_count_advised (store, "none", &error), ==, 0);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/warned/each-mail-once", test_each_mail_once);
  g_test_add_func ("/store/warned/decisions", test_decisions);
  g_test_add_func ("/store/warned/damaged-row", test_damaged_row);
  g_test_add_func ("/store/warned/bounded", test_bounded);
  g_test_add_func ("/store/warned/advised", test_advised);
  return g_test_run ();
}
