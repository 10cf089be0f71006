/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tests/agent/store/folder.h"

#define BEGIN G_GINT64_CONSTANT (1700000000)
#define DAY (24 * 60 * 60)

/* The rows of all tables that hold what was learned; 0 means that nothing is left behind. */
#define LEFT                                                                                                 \
  "SELECT (SELECT count(*) FROM message) + (SELECT count(*) FROM missing) + (SELECT count(*) FROM thread) "  \
  "+ (SELECT count(*) FROM participant) + (SELECT count(*) FROM topic) + (SELECT count(*) FROM name) "       \
  "+ (SELECT count(*) FROM domain) + (SELECT count(*) FROM correspondent)"

static SekMessageSummary *
answer (const char *message_id, const char *to_id, const char *address, gint64 date, gboolean sent)
{
  SekMessageSummary *mail = folder_mail (message_id, "Re: 見積", "Name", address, date, sent);
  g_ptr_array_add (mail->references, g_strdup (to_id));
  return mail;
}

static void
test_address (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autoptr (SekStore) store = folder_open (&folder);
  SekHistory history = sek_store_history (store);
  folder_learn (store, folder_mail ("1@x", "見積", "太田", "ota@kaede.example", BEGIN, FALSE));
  folder_learn (store, answer ("2@x", "1@x", "ota@kaede.example", BEGIN + DAY, TRUE));
  folder_learn (store, answer ("3@x", "2@x", "mori@kaede.example", BEGIN + 2 * DAY, FALSE));
  gint64 messages = -1;
  g_assert_cmpint (sek_store_forget_address (store, "nobody@kaede.example", &messages, NULL), ==, 0);
  g_assert_cmpint (messages, ==, 0);
  g_assert_cmpint (sek_store_forget_address (store, "Ota@kaede.example", &messages, NULL), ==, 1);
  g_assert_cmpint (messages, ==, 2);

  SekCorrespondent found;
  SekHistoryExtent reach;
  g_assert_false (history.find_correspondent (history.self, "ota@kaede.example", &found));
  g_assert_false (history.has_message (history.self, "1@x"));
  g_assert_true (history.has_message (history.self, "3@x"));
  g_assert_false (history.has_subject_with (history.self, "見積", NULL));
  g_auto (GStrv) names = history.addresses_of_name (history.self, "太田");
  g_assert_cmpuint (g_strv_length (names), ==, 0);
  g_auto (GStrv) people = history.thread_participants (history.self, "3@x");
  g_assert_false (g_strv_contains ((const char *const *) people, "ota@kaede.example"));
  g_assert_true (g_strv_contains ((const char *const *) people, "mori@kaede.example"));
  g_assert_true (history.find_domain (history.self, "kaede.example", &found));
  g_assert_cmpint (found.received, ==, 1);
  g_assert_cmpint (found.written_to, ==, 0);
  history.extent (history.self, &reach);
  g_assert_cmpint (reach.messages, ==, 1);
  g_assert_cmpint (reach.sent, ==, 0);
  g_assert_cmpint (reach.since, ==, BEGIN + 2 * DAY);
  /* The thread goes on. */
  folder_learn (store, answer ("4@x", "3@x", "sato@kaede.example", BEGIN + 3 * DAY, FALSE));
  g_auto (GStrv) more = history.thread_participants (history.self, "3@x");
  g_assert_true (g_strv_contains ((const char *const *) more, "sato@kaede.example"));
}

static void
test_everything_goes (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autoptr (SekStore) store = folder_open (&folder);
  folder_learn (store, folder_mail ("1@x", "A", "太田", "ota@kaede.example", BEGIN, FALSE));
  folder_learn (store, folder_mail ("5@x", "B", "太田", "ota@kaede.example", BEGIN, FALSE));
  folder_learn (store, answer ("2@x", "1@x", "ota@kaede.example", BEGIN + DAY, TRUE));
  SekMessageSummary *both = answer ("6@x", "5@x", "mori@mail.kaede.example", BEGIN + DAY, FALSE);
  g_ptr_array_add (both->references, g_strdup ("1@x"));
  g_ptr_array_add (both->references, g_strdup ("nobody-has-it@x"));
  folder_learn (store, both);
  g_assert_cmpint (sek_store_prune (store, BEGIN + 30 * DAY, 0, 3, NULL), ==, 3);
  g_assert_cmpint (sek_store_prune (store, BEGIN + 30 * DAY, 0, 3, NULL), ==, 1);
  g_assert_cmpint (sek_store_prune (store, BEGIN + 30 * DAY, 0, 3, NULL), ==, 0);
  SekHistory history = sek_store_history (store);
  SekHistoryExtent reach;
  history.extent (history.self, &reach);
  g_assert_cmpint (reach.messages, ==, 0);
  g_assert_cmpint (reach.sent, ==, 0);
  g_assert_cmpint (reach.since, ==, 0);
  folder_run_sql (&folder, "CREATE TEMP TABLE proof (n INTEGER CHECK (n = 0)); INSERT INTO proof " LEFT);
}

static void
test_limits (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autoptr (SekStore) store = folder_open (&folder);
  SekHistory history = sek_store_history (store);
  for (int i = 0; i < 20; i++)
    {
      g_autofree char *id = g_strdup_printf ("%d@x", i);
      g_autofree char *address = g_strdup_printf ("%d@kaede.example", i);
      folder_learn (store, folder_mail (id, "S", "N", address, BEGIN + i * DAY, FALSE));
    }
  folder_learn (store, folder_mail ("undated@x", "S", "N", "undated@kaede.example", 0, FALSE));
  /* Five are too old. */
  g_assert_cmpint (sek_store_prune (store, BEGIN + 5 * DAY, 100, 1000, NULL), ==, 5);
  g_assert_false (history.has_message (history.self, "4@x"));
  g_assert_true (history.has_message (history.self, "5@x"));
  g_assert_true (history.has_message (history.self, "undated@x"));
  SekCorrespondent found;
  g_assert_false (history.find_correspondent (history.self, "4@kaede.example", &found));
  g_assert_true (history.find_correspondent (history.self, "5@kaede.example", &found));
  g_assert_true (history.find_domain (history.self, "kaede.example", &found));
  g_assert_cmpint (found.received, ==, 16);
  /* Ten may stay: first goes the one whose age nobody knows. */
  while (sek_store_prune (store, BEGIN + 5 * DAY, 10, 4, NULL) > 0)
    ;
  g_assert_cmpint (history.count_messages (history.self), ==, 10);
  g_assert_false (history.has_message (history.self, "undated@x"));
  g_assert_false (history.has_message (history.self, "9@x"));
  g_assert_true (history.has_message (history.self, "10@x"));
}

static void
test_names (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autoptr (SekStore) store = folder_open (&folder);
  folder_learn (store, folder_mail ("1@x", "S", "太田 道子 様", "ota@kaede.example", BEGIN, FALSE));
  folder_learn (store, folder_mail ("2@x", "S", "Ota", "ota@kaede.example", BEGIN, FALSE));
  folder_learn (store, folder_mail ("3@x", "S", "OTA", "ota@kaede.example", BEGIN, FALSE));
  g_auto (GStrv) names = sek_store_names_of (store, "Ota@kaede.example", NULL);
  g_autofree char *joined = g_strjoinv ("|", names);
  g_assert_cmpstr (joined, ==, "OTA|太田 道子 様");
  /* A service that writes in the name of everybody. */
  for (int i = 0; i < 200; i++)
    {
      g_autofree char *id = g_strdup_printf ("n%d@x", i);
      g_autofree char *name = g_strdup_printf ("Person%d", i);
      folder_learn (store, folder_mail (id, "S", name, "ota@kaede.example", BEGIN, FALSE));
    }
  g_auto (GStrv) many = sek_store_names_of (store, "ota@kaede.example", NULL);
  g_assert_cmpuint (g_strv_length (many), ==, SEK_HISTORY_NAMES_MAX);
  g_assert_cmpstr (many[0], ==, "OTA");
  g_auto (GStrv) nobody = sek_store_names_of (store, "nobody@kaede.example", NULL);
  g_assert_cmpuint (g_strv_length (nobody), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/forget/address", test_address);
  g_test_add_func ("/store/forget/everything-goes", test_everything_goes);
  g_test_add_func ("/store/forget/limits", test_limits);
  g_test_add_func ("/store/forget/names", test_names);
  return g_test_run ();
}
