/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tests/agent/store/folder.h"

static GBytes *
bytes (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static void
add (SekStore *store, const char *id, const char *text, gint64 now, gboolean expect_new)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) message = bytes (text);
  gboolean was_new = !expect_new;
  g_assert_true (sek_store_outbox_add (store, id, message, now, &was_new, &error));
  g_assert_no_error (error);
  g_assert_cmpint (was_new, ==, expect_new);
}

static void
assert_counts (SekStore *store, gint64 queued, gint64 sent, gint64 next)
{
  gint64 is_queued = -1, is_sent = -1, is_next = -1;
  g_assert_true (sek_store_outbox_count (store, &is_queued, &is_sent, &is_next, NULL));
  g_assert_cmpint (is_queued, ==, queued);
  g_assert_cmpint (is_sent, ==, sent);
  g_assert_cmpint (is_next, ==, next);
}

static void
test_life (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autoptr (GError) error = NULL;
  g_autoptr (SekStore) store = folder_open (&folder);
  g_assert_null (sek_store_outbox_next (store, 1000, &error));
  assert_counts (store, 0, 0, 0);
  add (store, "b", "second", 120, TRUE);
  add (store, "a", "first", 100, TRUE);
  assert_counts (store, 2, 0, 100);

  /* Nothing is due yet; then the oldest. */
  g_assert_null (sek_store_outbox_next (store, 99, &error));
  g_autoptr (SekOutboxEntry) first = sek_store_outbox_next (store, 1000, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (first->id, ==, "a");
  g_assert_cmpstr (first->state, ==, "queued");
  g_assert_cmpint (first->created, ==, 100);
  g_assert_cmpint (first->attempts, ==, 0);
  g_assert_null (first->last_error);
  g_assert_cmpmem (g_bytes_get_data (first->message, NULL), g_bytes_get_size (first->message), "first", 5);

  g_assert_true (sek_store_outbox_failed (store, "a", "no network", 1000, 5000, &error));
  g_autoptr (SekOutboxEntry) other = sek_store_outbox_next (store, 1000, &error);
  g_assert_cmpstr (other->id, ==, "b");
  g_assert_true (sek_store_outbox_sent (store, "b", &error));
  assert_counts (store, 1, 1, 5000);
  g_assert_null (sek_store_outbox_next (store, 4999, &error));
  g_autoptr (SekOutboxEntry) again = sek_store_outbox_next (store, 5000, &error);
  g_assert_cmpstr (again->id, ==, "a");
  g_assert_cmpint (again->attempts, ==, 1);
  g_assert_cmpint (again->next_attempt, ==, 5000);
  g_assert_cmpstr (again->last_error, ==, "no network");
  g_assert_no_error (error);
  g_assert_true (sek_store_outbox_count (store, NULL, NULL, NULL, &error));
}

static void
test_same_mail_is_one_report (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autoptr (GError) error = NULL;
  g_autoptr (SekStore) store = folder_open (&folder);
  add (store, "a", "first", 100, TRUE);
  add (store, "a", "changed", 999, FALSE);
  g_autoptr (SekOutboxEntry) entry = sek_store_outbox_next (store, 100, &error);
  g_assert_cmpmem (g_bytes_get_data (entry->message, NULL), g_bytes_get_size (entry->message), "first", 5);
  g_assert_true (sek_store_outbox_sent (store, "a", &error));
  /* Not even after it was sent; and saying so twice is no fault. */
  add (store, "a", "first", 2000, FALSE);
  assert_counts (store, 0, 1, 0);
  g_assert_true (sek_store_outbox_sent (store, "a", &error));
  g_assert_true (sek_store_outbox_failed (store, "a", "late", 1, 1, &error));
  assert_counts (store, 0, 1, 0);
  g_assert_no_error (error);
}

static void
test_unknown (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autoptr (GError) error = NULL;
  g_autoptr (SekStore) store = folder_open (&folder);
  g_assert_false (sek_store_outbox_sent (store, "zz", &error));
  g_assert_error (error, SEK_STORE_ERROR, SEK_STORE_ERROR_WRITE);
  g_assert_nonnull (strstr (error->message, "zz"));
  g_clear_error (&error);
  g_assert_false (sek_store_outbox_failed (store, "zz", "why", 1, 1, &error));
  g_assert_error (error, SEK_STORE_ERROR, SEK_STORE_ERROR_WRITE);
}

static gint64
database_size (const Folder *folder)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (folder->database, FALSE, NULL);
  return (gint64) g_mapped_file_get_length (file);
}

static void
test_large_survives_reopening (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autoptr (GError) error = NULL;
  gsize size = 25 * 1024 * 1024;
  guint8 *data = g_malloc (size);
  for (gsize i = 0; i < size; i++)
    data[i] = (guint8) (i * 2654435761u >> 13);
  g_autoptr (GBytes) message = g_bytes_new_take (data, size);
  SekStore *store = folder_open (&folder);
  g_assert_true (sek_store_outbox_add (store, "big", message, 1, NULL, &error));
  sek_store_free (store);
  g_assert_cmpint (database_size (&folder), >, (gint64) size);

  store = folder_open (&folder);
  g_autoptr (SekOutboxEntry) entry = sek_store_outbox_next (store, 1, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (entry->message, message));
  g_assert_true (sek_store_outbox_sent (store, "big", &error));
  sek_store_free (store);
  /* The disk gets its space back. */
  g_assert_cmpint (database_size (&folder), <, 1024 * 1024);

  g_autoptr (SekStore) again = folder_open (&folder);
  assert_counts (again, 0, 1, 0);
}

static void
test_empty_message (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autoptr (SekStore) store = folder_open (&folder);
  add (store, "a", "", 1, TRUE);
  g_autoptr (SekOutboxEntry) entry = sek_store_outbox_next (store, 1, NULL);
  g_assert_cmpuint (g_bytes_get_size (entry->message), ==, 0);
}

static void
test_list_and_again (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autoptr (GError) error = NULL;
  g_autoptr (SekStore) store = folder_open (&folder);
  add (store, "a", "first", 100, TRUE);
  add (store, "b", "second", 200, TRUE);
  g_assert_true (sek_store_outbox_failed (store, "a", "refused", 200, 90000, &error));
  g_autoptr (GPtrArray) entries = sek_store_outbox_list (store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, 2);
  const SekOutboxEntry *youngest = entries->pdata[0], *oldest = entries->pdata[1];
  g_assert_cmpstr (youngest->id, ==, "b");
  g_assert_cmpstr (oldest->last_error, ==, "refused");
  g_assert_null (oldest->message);

  gboolean waits = FALSE;
  g_assert_true (sek_store_outbox_again (store, "a", 1000, &waits, &error));
  g_assert_true (waits);
  g_autoptr (SekOutboxEntry) next = sek_store_outbox_next (store, 1000, &error);
  g_assert_cmpstr (next->id, ==, "a");
  g_assert_true (sek_store_outbox_sent (store, "a", &error));
  g_assert_true (sek_store_outbox_again (store, "a", 1000, &waits, &error));
  g_assert_false (waits);
  g_assert_true (sek_store_outbox_again (store, "nobody", 1000, &waits, &error));
  g_assert_false (waits);
}

/* What was tried in the future is due: the clock was set back. It is tried once then, and waits again. */
static void
test_clock_set_back (void)
{
  static const gint64 day = 24 * 60 * 60, then = 1000000000;
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autoptr (GError) error = NULL;
  g_autoptr (SekStore) store = folder_open (&folder);
  add (store, "a", "first", then, TRUE);
  g_autoptr (SekOutboxEntry) fresh = sek_store_outbox_next (store, then - 7 * day, &error);
  g_assert_cmpstr (fresh->id, ==, "a");
  g_assert_true (sek_store_outbox_failed (store, "a", "refused", then, then + day, &error));
  g_assert_null (sek_store_outbox_next (store, then + 1, &error));
  /* Clocks are put right by seconds all the time. */
  g_assert_null (sek_store_outbox_next (store, then - 5, &error));
  g_autoptr (SekOutboxEntry) back = sek_store_outbox_next (store, then - 3600, &error);
  g_assert_cmpstr (back->id, ==, "a");
  g_assert_true (sek_store_outbox_failed (store, "a", "refused", then - 3600, then + day - 3600, &error));
  g_assert_null (sek_store_outbox_next (store, then - 3599, &error));
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/outbox/life", test_life);
  g_test_add_func ("/store/outbox/same-mail-is-one-report", test_same_mail_is_one_report);
  g_test_add_func ("/store/outbox/unknown", test_unknown);
  g_test_add_func ("/store/outbox/large-survives-reopening", test_large_survives_reopening);
  g_test_add_func ("/store/outbox/empty-message", test_empty_message);
  g_test_add_func ("/store/outbox/list-and-again", test_list_and_again);
  g_test_add_func ("/store/outbox/clock-set-back", test_clock_set_back);
  return g_test_run ();
}
