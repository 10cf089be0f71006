/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tests/agent/store/folder.h"

#define BEGIN G_GINT64_CONSTANT (1700000000)
#define DAY (24 * 60 * 60)

/* A mail that answers; references is separated by spaces. */
static SekMessageSummary *
answer (const char *message_id, const char *references, const char *address, gboolean sent)
{
  SekMessageSummary *mail = folder_mail (message_id, "Re: 見積", NULL, address, BEGIN, sent);
  g_auto (GStrv) ids = g_strsplit (references, " ", -1);
  for (gsize i = 0; ids[i] != NULL; i++)
    g_ptr_array_add (mail->references, g_strdup (ids[i]));
  return mail;
}

static int
compare (const void *a, const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The participants without the reader, sorted. */
static char *
participants (SekStore *store, const char *message_id)
{
  SekHistory history = sek_store_history (store);
  g_auto (GStrv) all = history.thread_participants (history.self, message_id);
  g_assert_nonnull (all);
  qsort (all, g_strv_length (all), sizeof *all, compare);
  g_autoptr (GStrvBuilder) others = g_strv_builder_new ();
  for (gsize i = 0; all[i] != NULL; i++)
    if (!g_str_equal (all[i], "me@kaede.example"))
      g_strv_builder_add (others, all[i]);
  g_auto (GStrv) names = g_strv_builder_end (others);
  return g_strjoinv (" ", names);
}

static void
assert_participants (SekStore *store, const char *message_id, const char *expected)
{
  g_autofree char *found = participants (store, message_id);
  g_assert_cmpstr (found, ==, expected);
}

static void
test_answers (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autoptr (SekStore) store = folder_open (&folder);
  folder_learn (store, folder_mail ("1@x", "見積", NULL, "ota@kaede.example", BEGIN, FALSE));
  folder_learn (store, answer ("2@x", "1@x", "Ota@Kaede.example", TRUE));
  SekMessageSummary *third = answer ("3@x", "1@x 2@x", "mori@hayashi.example", FALSE);
  g_ptr_array_add (third->recipients, sek_mailbox_new ("Sato", "sato@hayashi.example"));
  folder_learn (store, third);
  folder_learn (store, folder_mail ("4@x", "見積", NULL, "other@yama.example", BEGIN, FALSE));
  const char *all = "mori@hayashi.example ota@kaede.example sato@hayashi.example";
  assert_participants (store, "1@x", all);
  assert_participants (store, "3@x", all);
  assert_participants (store, "4@x", "other@yama.example");
  assert_participants (store, "5@x", "");
  /* Taking part is not writing. */
  SekHistory history = sek_store_history (store);
  SekCorrespondent found;
  g_assert_false (history.find_correspondent (history.self, "sato@hayashi.example", &found));
  g_assert_cmpint (found.received, ==, 0);
}

/* Nobody has message 2, and the order is the wrong one. */
static void
test_missing_middle (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autoptr (SekStore) store = folder_open (&folder);
  folder_learn (store, answer ("3@x", "2@x", "three@x", FALSE));
  folder_learn (store, answer ("1@x", "0@x", "one@x", FALSE));
  folder_learn (store, answer ("4@x", "2@x", "four@x", FALSE));
  assert_participants (store, "3@x", "four@x three@x");
  assert_participants (store, "1@x", "one@x");
  assert_participants (store, "2@x", "");
  /* One message that names both makes them one. */
  folder_learn (store, answer ("5@x", "1@x 2@x", "five@x", FALSE));
  assert_participants (store, "1@x", "five@x four@x one@x three@x");
  assert_participants (store, "4@x", "five@x four@x one@x three@x");
  /* And the missing one comes last. */
  folder_learn (store, answer ("2@x", "1@x", "two@x", FALSE));
  assert_participants (store, "2@x", "five@x four@x one@x three@x two@x");
  folder_run_sql (&folder, "CREATE TEMP TABLE proof (n INTEGER CHECK (n = 1)); "
                           "INSERT INTO proof SELECT count(*) FROM missing");
}

static void
test_cycle (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autoptr (SekStore) store = folder_open (&folder);
  folder_learn (store, answer ("a@x", "c@x a@x", "a@y", FALSE));
  folder_learn (store, answer ("b@x", "a@x b@x b@x", "b@y", FALSE));
  folder_learn (store, answer ("c@x", "b@x a@x", "c@y", FALSE));
  assert_participants (store, "a@x", "a@y b@y c@y");
  assert_participants (store, "c@x", "a@y b@y c@y");
}

/* Threads that join again and again, each time with an older one. */
static void
test_chain_of_joins (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autoptr (SekStore) store = folder_open (&folder);
  for (int i = 0; i < 200; i++)
    {
      g_autofree char *id = g_strdup_printf ("%d@x", i);
      folder_learn (store, folder_mail (id, "S", NULL, "n@x", BEGIN, FALSE));
    }
  for (int i = 199; i > 0; i--)
    {
      g_autofree char *id = g_strdup_printf ("join%d@x", i);
      g_autofree char *references = g_strdup_printf ("%d@x %d@x", i, i - 1);
      g_autofree char *address = g_strdup_printf ("who%d@x", i);
      folder_learn (store, answer (id, references, address, FALSE));
    }
  SekHistory history = sek_store_history (store);
  g_auto (GStrv) first = history.thread_participants (history.self, "0@x");
  g_auto (GStrv) last = history.thread_participants (history.self, "199@x");
  g_assert_cmpuint (g_strv_length (first), ==, 201);
  g_assert_cmpuint (g_strv_length (last), ==, 201);
}

static void
test_bounds (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autoptr (SekStore) store = folder_open (&folder);
  folder_learn (store, folder_mail ("first@x", "S", NULL, "first@y", BEGIN, FALSE));
  folder_learn (store, folder_mail ("last@x", "S", NULL, "last@y", BEGIN, FALSE));
  g_autofree char *name = g_strnfill (10000, 'n');
  SekMessageSummary *mail = folder_mail ("big@x", "S", name, "big@y", BEGIN, TRUE);
  g_ptr_array_add (mail->references, g_strdup ("first@x"));
  for (int i = 0; i < 20000; i++)
    g_ptr_array_add (mail->references, g_strdup_printf ("%d@missing", i));
  g_ptr_array_add (mail->references, g_strdup ("last@x"));
  for (int i = 0; i < 5000; i++)
    {
      g_autofree char *address = g_strdup_printf ("%d@many.example", i);
      g_ptr_array_add (mail->recipients, sek_mailbox_new (name, address));
    }
  g_assert_cmpint (folder_learn (store, mail), ==, 1);
  SekHistory history = sek_store_history (store);
  g_auto (GStrv) all = history.thread_participants (history.self, "first@x");
  g_assert_cmpuint (g_strv_length (all), >, 900);
  g_assert_cmpuint (g_strv_length (all), <=, SEK_HISTORY_PARTICIPANTS_MAX);
  g_assert_true (g_strv_contains ((const char *const *) all, "last@y"));
  folder_run_sql (&folder, "CREATE TEMP TABLE proof (n INTEGER CHECK (n < 50)); "
                           "INSERT INTO proof SELECT count(*) FROM missing");
}

/* Somebody who has seen a Message-ID writes a mail with the same one. */
static void
test_same_id (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autoptr (SekStore) store = folder_open (&folder);
  SekHistory history = sek_store_history (store);
  folder_learn (store, folder_mail ("1@x", "S", NULL, "ota@kaede.example", BEGIN, FALSE));
  folder_learn (store, folder_mail ("sent@x", "S", NULL, "mori@hayashi.example", BEGIN, TRUE));
  SekMessageSummary *forged = answer ("1@x", "sent@x", "thief@x", FALSE);
  g_assert_cmpint (folder_learn (store, forged), ==, 0);
  g_assert_cmpint (folder_learn (store, answer ("sent@x", "", "thief@x", FALSE)), ==, 0);
  assert_participants (store, "1@x", "ota@kaede.example");
  assert_participants (store, "sent@x", "mori@hayashi.example");
  /* The same mail with more of its header adds what was not known. */
  g_assert_cmpint (folder_learn (store, answer ("1@x", "sent@x", "ota@kaede.example", FALSE)), ==, 0);
  assert_participants (store, "1@x", "mori@hayashi.example ota@kaede.example");
  SekCorrespondent found;
  g_assert_true (history.find_correspondent (history.self, "ota@kaede.example", &found));
  g_assert_cmpint (found.received, ==, 1);
}

static void
test_message (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autoptr (SekStore) store = folder_open (&folder);
  SekHistory history = sek_store_history (store);
  SekHistoryExtent reach;
  history.extent (history.self, &reach);
  g_assert_cmpint (reach.messages, ==, 0);
  g_assert_cmpint (reach.since, ==, 0);
  folder_learn (store, folder_mail ("1@x", "見積", NULL, "ota@kaede.example", BEGIN + DAY, FALSE));
  folder_learn (store, folder_mail ("2@x", "Re: 見積", NULL, "ota@kaede.example", BEGIN, TRUE));
  folder_learn (store, folder_mail ("3@x", NULL, NULL, "ota@kaede.example", 0, FALSE));
  SekKnownMessage known;
  g_assert_true (history.find_message (history.self, "<2@x>", &known));
  g_assert_cmpint (known.date, ==, BEGIN);
  g_assert_true (known.sent);
  g_assert_true (history.find_message (history.self, "3@x", &known));
  g_assert_cmpint (known.date, ==, 0);
  g_assert_false (known.sent);
  g_assert_false (history.find_message (history.self, "9@x", &known));
  g_assert_false (history.find_message (history.self, NULL, &known));
  g_assert_true (history.message_has_subject (history.self, "2@x", "見積"));
  g_assert_false (history.message_has_subject (history.self, "2@x", "請求"));
  g_assert_false (history.message_has_subject (history.self, "9@x", "見積"));
  g_assert_false (history.message_has_subject (history.self, "3@x", "見積"));
  history.extent (history.self, &reach);
  g_assert_cmpint (reach.messages, ==, 3);
  g_assert_cmpint (reach.sent, ==, 1);
  g_assert_cmpint (reach.since, ==, BEGIN);
}

static void
test_dates (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autoptr (SekStore) store = folder_open (&folder);
  SekHistory history = sek_store_history (store);
  const gint64 y1970 = 3600, y2099 = G_GINT64_CONSTANT (4070908800);
  folder_learn (store, folder_mail ("1@x", "S", NULL, "a@x", BEGIN, FALSE));
  folder_learn (store, folder_mail ("2@x", "S", NULL, "a@x", y1970, FALSE));
  folder_learn (store, folder_mail ("3@x", "S", NULL, "a@x", y2099, FALSE));
  SekCorrespondent found;
  g_assert_true (history.find_correspondent (history.self, "a@x", &found));
  g_assert_cmpint (found.received, ==, 3);
  g_assert_cmpint (found.first_seen, ==, BEGIN);
  g_assert_cmpint (found.last_seen, ==, BEGIN);
  SekHistoryExtent reach;
  history.extent (history.self, &reach);
  g_assert_cmpint (reach.since, ==, BEGIN);
  /* A clock that is a little ahead is an honest one. */
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  folder_learn (store, folder_mail ("4@x", "S", NULL, "a@x", now + 3600, FALSE));
  history.find_correspondent (history.self, "a@x", &found);
  g_assert_cmpint (found.last_seen, >=, now);
  g_assert_cmpint (found.last_seen, <, now + 3600);
}

static void
test_domains (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autoptr (SekStore) store = folder_open (&folder);
  SekHistory history = sek_store_history (store);
  SekCorrespondent found;
  g_assert_false (history.find_domain (history.self, "kaede.example", &found));
  folder_learn (store, folder_mail ("1@x", "S", NULL, "a@mail.Kaede.example", BEGIN, FALSE));
  folder_learn (store, folder_mail ("2@x", "S", NULL, "b@kaede.example", BEGIN + DAY, FALSE));
  folder_learn (store, folder_mail ("3@x", "S", NULL, "c@kaede.example", BEGIN + 2 * DAY, TRUE));
  folder_learn (store, folder_mail ("4@x", "S", NULL, "d@notkaede.example", BEGIN, FALSE));
  g_assert_true (history.find_domain (history.self, "KAEDE.example", &found));
  g_assert_cmpint (found.received, ==, 2);
  g_assert_cmpint (found.written_to, ==, 1);
  g_assert_cmpint (found.first_seen, ==, BEGIN);
  g_assert_cmpint (found.last_seen, ==, BEGIN + 2 * DAY);
  g_assert_true (history.find_domain (history.self, "mail.kaede.example", &found));
  g_assert_cmpint (found.received, ==, 1);
  g_assert_false (history.find_domain (history.self, "example", &found));
  g_assert_false (history.find_domain (history.self, NULL, &found));

  for (int i = 0; i < 3; i++)
    {
      g_autofree char *id = g_strdup_printf ("three%d@x", i);
      folder_learn (store, folder_mail (id, "S", NULL, "e@news.yama.example", BEGIN, FALSE));
    }
  g_auto (GStrv) domains = history.correspondent_domains (history.self);
  g_autofree char *joined = g_strjoinv (" ", domains);
  g_assert_cmpstr (joined, ==, "kaede.example news.yama.example");
}

static void
test_locked (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autoptr (SekStore) store = folder_open (&folder);
  SekHistory history = sek_store_history (store);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_auto (SekLockedFile) none = { 0 };
  g_assert_false (history.find_locked_file (history.self, "ota@kaede.example", &none));
  const SekLockedFile old = { (char *) "old.zip", (char *) "昔", now - SEK_LOCKED_SECONDS - 60 };
  const SekLockedFile first = { (char *) "見積.zip", (char *) "見積の件", now - 100 };
  const SekLockedFile second = { NULL, NULL, now };
  g_assert_true (sek_store_put_locked (store, "ota@kaede.example", "00", &old, NULL));
  g_assert_false (history.find_locked_file (history.self, "ota@kaede.example", &none));
  g_assert_true (sek_store_put_locked (store, "Ota@kaede.example", "11", &first, NULL));
  g_assert_true (sek_store_put_locked (store, "ota@kaede.example", "22", &second, NULL));
  g_assert_true (sek_store_locked_opened (store, "ota@kaede.example", "22", NULL));
  g_assert_true (sek_store_locked_opened (store, "ota@kaede.example", "33", NULL));
  g_auto (SekLockedFile) file = { 0 };
  g_assert_true (history.find_locked_file (history.self, "OTA@kaede.example", &file));
  g_assert_cmpstr (file.file_name, ==, "見積.zip");
  g_assert_cmpstr (file.subject, ==, "見積の件");
  g_assert_cmpint (file.date, ==, now - 100);
  g_assert_false (history.find_locked_file (history.self, "mori@hayashi.example", &none));
  g_assert_false (history.find_locked_file (history.self, NULL, &none));
  /* No more than a bounded number, the newest. */
  for (int i = 0; i < SEK_LOCKED_MAX + 10; i++)
    {
      g_autofree char *digest = g_strdup_printf ("%d", i);
      const SekLockedFile one = { NULL, NULL, now - SEK_LOCKED_MAX - 10 + i };
      g_assert_true (sek_store_put_locked (store, "flood@x", digest, &one, NULL));
    }
  folder_run_sql (&folder, "CREATE TEMP TABLE proof (n INTEGER CHECK (n <= 1000)); "
                           "INSERT INTO proof SELECT count(*) FROM locked");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/threads/answers", test_answers);
  g_test_add_func ("/store/threads/missing-middle", test_missing_middle);
  g_test_add_func ("/store/threads/cycle", test_cycle);
  g_test_add_func ("/store/threads/chain-of-joins", test_chain_of_joins);
  g_test_add_func ("/store/threads/bounds", test_bounds);
  g_test_add_func ("/store/threads/same-id", test_same_id);
  g_test_add_func ("/store/threads/message", test_message);
  g_test_add_func ("/store/threads/dates", test_dates);
  g_test_add_func ("/store/threads/domains", test_domains);
  g_test_add_func ("/store/threads/locked", test_locked);
  return g_test_run ();
}
