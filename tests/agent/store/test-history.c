/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sqlite3.h>
#include <string.h>

#include "agent/store/store-private.h"
#include "tests/agent/store/folder.h"

/* A day that a mail can have, in days since then. */
#define DAY 86400
#define ON_DAY(n) (G_GINT64_CONSTANT (1700000000) + (n) *DAY)

static void
test_correspondent (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autoptr (SekStore) store = folder_open (&folder);
  SekHistory history = sek_store_history (store);
  SekCorrespondent found;
  g_assert_false (history.find_correspondent (history.self, "ota@kaede.example", &found));
  g_assert_cmpint (found.received, ==, 0);
  g_assert_cmpint (history.count_messages (history.self), ==, 0);

  g_assert_cmpint (folder_learn (store, folder_mail ("a@x", "見積", "太田 道子", "Ota@Kaede.example",
                                                     ON_DAY (5), FALSE)),
                   ==, 1);
  g_assert_cmpint (folder_learn (store, folder_mail ("b@x", "見積", "太田 道子", "ota@kaede.example",
                                                     ON_DAY (2), FALSE)),
                   ==, 1);
  g_assert_cmpint (folder_learn (store, folder_mail ("c@x", "Re: 見積", "Ota", "ota@kaede.example",
                                                     ON_DAY (9), TRUE)),
                   ==, 1);
  g_assert_true (history.find_correspondent (history.self, "<OTA@kaede.example>", &found));
  g_assert_cmpint (found.received, ==, 2);
  g_assert_cmpint (found.written_to, ==, 1);
  g_assert_cmpint (found.first_seen, ==, ON_DAY (2));
  g_assert_cmpint (found.last_seen, ==, ON_DAY (9));
  g_assert_cmpint (history.count_messages (history.self), ==, 3);
  /* The reader is nobody's correspondent. */
  g_assert_false (history.find_correspondent (history.self, "me@kaede.example", &found));
  g_assert_false (history.find_correspondent (history.self, NULL, &found));
}

static void
test_message_once (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autoptr (SekStore) store = folder_open (&folder);
  SekHistory history = sek_store_history (store);
  g_assert_false (history.has_message (history.self, "a@x"));
  g_assert_cmpint (folder_learn (store, folder_mail ("a@x", "S", "N", "n@x", ON_DAY (1), FALSE)), ==, 1);
  g_assert_cmpint (folder_learn (store, folder_mail (" <a@x> ", "S", "N", "n@x", ON_DAY (1), FALSE)), ==, 0);
  g_assert_true (history.has_message (history.self, "a@x"));
  g_assert_true (history.has_message (history.self, "<a@x>"));
  /* Ids are case-sensitive (RFC 5322 §3.6.4). */
  g_assert_false (history.has_message (history.self, "A@x"));
  g_assert_false (history.has_message (history.self, ""));
  g_assert_false (history.has_message (history.self, NULL));
  SekCorrespondent found;
  g_assert_true (history.find_correspondent (history.self, "n@x", &found));
  g_assert_cmpint (found.received, ==, 1);

  /* Without an id: the same author, date and subject are one mail. */
  g_assert_cmpint (folder_learn (store, folder_mail (NULL, "S", "N", "n@x", ON_DAY (1), FALSE)), ==, 1);
  g_assert_cmpint (folder_learn (store, folder_mail (NULL, "S", "N", "n@x", ON_DAY (1), FALSE)), ==, 0);
  g_assert_cmpint (folder_learn (store, folder_mail ("", "S", "N", "n@x", ON_DAY (2), FALSE)), ==, 1);
  g_assert_cmpint (history.count_messages (history.self), ==, 3);

  /* Also within one call. */
  g_autoptr (GPtrArray) mails = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_message_summary_free);
  g_ptr_array_add (mails, folder_mail ("d@x", "S", "N", "n@x", ON_DAY (1), FALSE));
  g_ptr_array_add (mails, folder_mail ("d@x", "S", "N", "n@x", ON_DAY (1), FALSE));
  g_ptr_array_add (mails, folder_mail ("e@x", "S", "N", "n@x", ON_DAY (1), FALSE));
  g_assert_cmpint (sek_store_learn (store, mails, NULL), ==, 2);
  g_ptr_array_set_size (mails, 0);
  g_assert_cmpint (sek_store_learn (store, mails, NULL), ==, 0);
  g_assert_cmpint (history.count_messages (history.self), ==, 5);
}

static void
test_subject (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autoptr (SekStore) store = folder_open (&folder);
  SekHistory history = sek_store_history (store);
  SekMessageSummary *sent = folder_mail ("a@x", "[list 12] Re: 会議の件", NULL, "one@x", ON_DAY (1), TRUE);
  g_ptr_array_add (sent->recipients, sek_mailbox_new (NULL, "two@x"));
  g_ptr_array_add (sent->recipients, sek_mailbox_new ("nobody", NULL));
  g_ptr_array_add (sent->recipients, sek_mailbox_new (NULL, "TWO@x"));
  folder_learn (store, sent);
  folder_learn (store, folder_mail ("b@x", NULL, NULL, "three@x", ON_DAY (1), FALSE));
  folder_learn (store, folder_mail ("c@x", "会議の件", NULL, "five@x", ON_DAY (1), FALSE));

  g_autoptr (SekSubject) subject = sek_subject_parse ("RE: 会議の件");
  g_assert_true (history.has_subject_with (history.self, subject->normal, "one@x"));
  g_assert_true (history.has_subject_with (history.self, subject->normal, "Two@X"));
  g_assert_false (history.has_subject_with (history.self, subject->normal, "three@x"));
  g_assert_false (history.has_subject_with (history.self, subject->normal, "four@x"));
  /* Received, not written by us: it makes no reply plausible. */
  g_assert_false (history.has_subject_with (history.self, subject->normal, "five@x"));
  g_assert_false (history.has_subject_with (history.self, "another", "one@x"));
  g_assert_false (history.has_subject_with (history.self, "", "three@x"));
  g_assert_false (history.has_subject_with (history.self, NULL, "one@x"));
  g_assert_true (history.has_subject_with (history.self, subject->normal, NULL));
  g_assert_false (history.has_subject_with (history.self, "another", NULL));
  g_assert_false (history.has_subject_with (history.self, "", NULL));
  /* To and Cc named the same person: one mail. */
  SekCorrespondent found;
  g_assert_true (history.find_correspondent (history.self, "two@x", &found));
  g_assert_cmpint (found.written_to, ==, 1);
}

static void
test_names (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autoptr (SekStore) store = folder_open (&folder);
  SekHistory history = sek_store_history (store);
  g_autofree char *key = sek_text_name_key ("太田 道子");
  g_auto (GStrv) none = history.addresses_of_name (history.self, key);
  g_assert_cmpuint (g_strv_length (none), ==, 0);

  folder_learn (store, folder_mail ("a@x", "S", "太田道子様", "private@example.net", ON_DAY (1), TRUE));
  folder_learn (store, folder_mail ("b@x", "S", "太田 道子", "ota@kaede.example", ON_DAY (1), FALSE));
  folder_learn (store, folder_mail ("c@x", "S", "太田　道子", "ota@kaede.example", ON_DAY (1), FALSE));
  folder_learn (store, folder_mail ("d@x", "S", "佐藤", "sato@kaede.example", ON_DAY (1), FALSE));
  folder_learn (store, folder_mail ("e@x", "S", NULL, "ota@kaede.example", ON_DAY (1), FALSE));
  g_auto (GStrv) found = history.addresses_of_name (history.self, key);
  g_autofree char *joined = g_strjoinv (" ", found);
  g_assert_cmpstr (joined, ==, "ota@kaede.example private@example.net");
  g_auto (GStrv) empty = history.addresses_of_name (history.self, "");
  g_assert_cmpuint (g_strv_length (empty), ==, 0);
}

static void
test_people_of_domain (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autoptr (SekStore) store = folder_open (&folder);
  SekHistory history = sek_store_history (store);
  g_autoptr (GPtrArray) none = history.people_of_domain (history.self, "kaede.example");
  g_assert_cmpuint (none->len, ==, 0);

  folder_learn (store, folder_mail ("a@x", "S", "Jun Ohno", "jun@kaede.example", ON_DAY (1), TRUE));
  folder_learn (store, folder_mail ("b@x", "S", "太田 道子", "ota@tokyo.kaede.example", ON_DAY (1), FALSE));
  folder_learn (store, folder_mail ("c@x", "S", "太田　道子", "ota@tokyo.kaede.example", ON_DAY (1), FALSE));
  folder_learn (store, folder_mail ("d@x", "S", "Seen Once", "once@kaede.example", ON_DAY (1), FALSE));
  folder_learn (store, folder_mail ("e@x", "S", "Other One", "other@notkaede.example", ON_DAY (1), TRUE));
  folder_learn (store, folder_mail ("f@x", "S", "Third", "x@kaede.example.net", ON_DAY (1), TRUE));
  g_autoptr (GPtrArray) people = history.people_of_domain (history.self, "kaede.example");
  g_assert_cmpuint (people->len, ==, 2);
  const SekPerson *ota = people->pdata[0], *jun = people->pdata[1];
  g_assert_cmpstr (ota->name, ==, "太田　道子");
  g_assert_cmpstr (ota->addresses[0], ==, "ota@tokyo.kaede.example");
  g_assert_cmpstr (jun->addresses[0], ==, "jun@kaede.example");
}

static void
test_hostile (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autoptr (SekStore) store = folder_open (&folder);
  SekHistory history = sek_store_history (store);
  g_autofree char *long_text = g_strnfill (4 * 1024 * 1024, 'a');
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  /* Dates from the far future and before 1970, names and ids of megabytes, quotes, nothing at all. */
  folder_learn (store, folder_mail (long_text, long_text, long_text, long_text, G_MAXINT64, FALSE));
  folder_learn (store,
                folder_mail ("b@x", "'; DROP TABLE message; --", "'\"", "o'hara@x", G_MININT64, FALSE));
  folder_learn (store, sek_message_summary_new ());
  folder_learn (store, folder_mail ("c@x", "\xff\xfe", "\xff", "bad\xff@x", 0, TRUE));
  g_assert_cmpint (history.count_messages (history.self), ==, 4);
  SekCorrespondent found;
  g_assert_true (history.find_correspondent (history.self, "o'hara@x", &found));
  g_assert_cmpint (found.first_seen, >=, now);
  g_autofree char *clipped = g_strnfill (SEK_NAME_CHARS_MAX, 'a');
  g_assert_true (history.find_correspondent (history.self, clipped, &found));
  g_assert_cmpint (found.last_seen, >=, now);
  g_assert_cmpint (found.last_seen, <, now + 600);
  g_assert_true (history.has_message (history.self, long_text));
}

static void
test_distrust (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autoptr (SekStore) store = folder_open (&folder);
  SekHistory history = sek_store_history (store);
  g_autoptr (SekMessageSummary) bad = folder_mail ("bad@x", "S", "太田", "thief@x", ON_DAY (1), FALSE);
  g_autoptr (SekMessageSummary) nameless = folder_mail (NULL, "S", "太田", "thief@x", ON_DAY (1), FALSE);
  g_assert_true (sek_store_distrust (store, bad, NULL));
  g_assert_true (sek_store_distrust (store, bad, NULL));
  g_assert_true (sek_store_distrust (store, nameless, NULL));
  g_assert_cmpint (folder_learn (store, folder_mail ("bad@x", "S", "太田", "thief@x", ON_DAY (1), FALSE)), ==,
                   0);
  g_assert_cmpint (folder_learn (store, folder_mail (NULL, "S", "太田", "thief@x", ON_DAY (1), FALSE)), ==,
                   0);
  SekCorrespondent found;
  g_assert_false (history.find_correspondent (history.self, "thief@x", &found));
  g_auto (GStrv) addresses = history.addresses_of_name (history.self, "太田");
  g_assert_cmpuint (g_strv_length (addresses), ==, 0);
}

static void
test_reopen (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  SekStore *store = folder_open (&folder);
  folder_learn (store, folder_mail ("a@x", "S", "N", "n@x", ON_DAY (1), FALSE));
  sek_store_free (store);
  g_autofree char *names = folder_names (&folder);
  g_assert_cmpstr (names, ==, "sekisho.db");

  g_autoptr (GError) error = NULL;
  g_autoptr (SekStore) again = sek_store_open (folder.database, FALSE, &error);
  g_assert_no_error (error);
  SekHistory history = sek_store_history (again);
  g_assert_true (history.has_message (history.self, "a@x"));
  g_assert_cmpint (history.count_messages (history.self), ==, 1);
}

/* No lookup may read a whole table: with a million messages it would be felt at each mail. */
static void
test_plans (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autoptr (SekStore) store = folder_open (&folder);
  int looked_at = 0;
  for (int sql = 0; sql < SEK_N_SQL; sql++)
    {
      if (sql == SEK_SQL_CORRESPONDENT_DOMAINS || sql == SEK_SQL_DROP_EXCESS_LOCKED ||
          sql == SEK_SQL_DROP_EXCESS_PASSWORDS || sql == SEK_SQL_LIST_LEARNED || sql == SEK_SQL_MOVES ||
          sql == SEK_SQL_LIST_WARNED)
        continue; /* the beginning of an index, up to a bound */
      /* Asked for when the directory is made anew, or a person asks. */
      if (sql == SEK_SQL_MESSAGES_WITH || sql == SEK_SQL_PEOPLE_OF_DOMAIN || sql == SEK_SQL_OUTBOX_LIST ||
          sql == SEK_SQL_DROP_SEEN || (sql >= SEK_SQL_DROP_TOPICS && sql <= SEK_SQL_DROP_LOOSE_IDS))
        continue; /* for a person who asks once, or once a day */
      if (sql == SEK_SQL_OUTBOX_COUNT || sql == SEK_SQL_OUTBOX_COUNT_QUEUED || sql == SEK_SQL_OUTBOX_RELEASE)
        continue; /* these read all reports, of which there are few */
      if (sql == SEK_SQL_DROP_EXCESS_TRUSTED || sql == SEK_SQL_LIST_TRUSTED)
        continue; /* at most SEK_TRUSTED_MAX, for a person who asks */
      g_autofree char *explain = g_strconcat ("EXPLAIN QUERY PLAN ", sek_sql_text ((SekSql) sql), NULL);
      sqlite3_stmt *statement = NULL;
      g_assert_cmpint (sqlite3_prepare_v2 (store->db, explain, -1, &statement, NULL), ==, SQLITE_OK);
      while (sqlite3_step (statement) == SQLITE_ROW)
        {
          const char *step = (const char *) sqlite3_column_text (statement, 3);
          g_test_message ("%d: %s", sql, step);
          if (strstr (step, "SCAN") != NULL)
            g_error ("“%s” reads a whole table: %s", sek_sql_text ((SekSql) sql), step);
          looked_at += strstr (step, "SEARCH") != NULL;
        }
      sqlite3_finalize (statement);
    }
  g_assert_cmpint (looked_at, >=, 12);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/history/correspondent", test_correspondent);
  g_test_add_func ("/store/history/message-once", test_message_once);
  g_test_add_func ("/store/history/subject", test_subject);
  g_test_add_func ("/store/history/names", test_names);
  g_test_add_func ("/store/history/people-of-domain", test_people_of_domain);
  g_test_add_func ("/store/history/hostile", test_hostile);
  g_test_add_func ("/store/history/distrust", test_distrust);
  g_test_add_func ("/store/history/reopen", test_reopen);
  g_test_add_func ("/store/history/plans", test_plans);
  return g_test_run ();
}
