/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/agent/store/folder.h"

#define PROCESSES 4
#define MAILS 50

/* Runs work in so many processes at once; each must return TRUE. */
static void
at_once (int processes, gboolean (*work) (const Folder *folder, int number), const Folder *folder)
{
  pid_t children[PROCESSES];
  for (int i = 0; i < processes; i++)
    {
      children[i] = fork ();
      if (children[i] == 0)
        _exit (work (folder, i) ? 0 : 1);
    }
  for (int i = 0; i < processes; i++)
    {
      int status = -1;
      g_assert_cmpint (waitpid (children[i], &status, 0), ==, children[i]);
      g_assert_cmpint (status, ==, 0);
    }
}

static SekMessageSummary *
numbered_mail (int process, int number)
{
  g_autofree char *id = g_strdup_printf ("%d-%d@x", process, number);
  return folder_mail (id, "S", "N", "n@x", 1000, FALSE);
}

/* Each creates or opens the file, and learns mails of its own and one that all have. */
static gboolean
learn_many (const Folder *folder, int number)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SekStore) store = sek_store_open (folder->database, TRUE, &error);
  for (int i = 0; store != NULL && i < MAILS; i++)
    {
      g_autoptr (GPtrArray) mails =
          g_ptr_array_new_with_free_func ((GDestroyNotify) sek_message_summary_free);
      g_ptr_array_add (mails, numbered_mail (number, i));
      g_ptr_array_add (mails, numbered_mail (99, i));
      if (sek_store_learn (store, mails, &error) < 0)
        break;
    }
  if (error != NULL)
    g_printerr ("# %s\n", error->message);
  return error == NULL;
}

static void
test_processes_at_once (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  at_once (PROCESSES, learn_many, &folder);
  g_autoptr (SekStore) store = folder_open (&folder);
  SekHistory history = sek_store_history (store);
  g_assert_cmpint (history.count_messages (history.self), ==, (PROCESSES + 1) * MAILS);
  SekCorrespondent found;
  g_assert_true (history.find_correspondent (history.self, "n@x", &found));
  g_assert_cmpint (found.received, ==, (PROCESSES + 1) * MAILS);
}

static gboolean
add_same_report (const Folder *folder, int number)
{
  g_autoptr (SekStore) store = sek_store_open (folder->database, TRUE, NULL);
  g_autoptr (GBytes) message = g_bytes_new_static ("x", 1);
  return store != NULL && sek_store_outbox_add (store, "same", message, 1, NULL, NULL);
}

static void
test_one_report (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  at_once (PROCESSES, add_same_report, &folder);
  g_autoptr (SekStore) store = folder_open (&folder);
  gint64 queued = 0;
  g_assert_true (sek_store_outbox_count (store, &queued, NULL, NULL, NULL));
  g_assert_cmpint (queued, ==, 1);
}

static gboolean
read_while_open (const Folder *folder, int number)
{
  g_autoptr (SekStore) store = sek_store_open (folder->database, FALSE, NULL);
  SekHistory history = sek_store_history (store);
  return history.has_message (history.self, "0-0@x");
}

/* The command looks while the agent has it open. */
static void
test_reader_beside_writer (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autoptr (SekStore) store = folder_open (&folder);
  folder_learn (store, numbered_mail (0, 0));
  at_once (2, read_while_open, &folder);
  g_assert_cmpint (folder_learn (store, numbered_mail (0, 1)), ==, 1);
  SekHistory history = sek_store_history (store);
  g_assert_true (history.has_message (history.self, "0-1@x"));
}

static gboolean
write_to_read_only (const Folder *folder, int number)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SekStore) store = sek_store_open (folder->database, FALSE, NULL);
  g_autoptr (GBytes) message = g_bytes_new_static ("x", 1);
  return !sek_store_outbox_add (store, "a", message, 1, NULL, &error) &&
         g_error_matches (error, SEK_STORE_ERROR, SEK_STORE_ERROR_WRITE);
}

static void
test_reader_may_not_write (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  sek_store_free (folder_open (&folder));
  at_once (1, write_to_read_only, &folder);
}

/* Another process holds the write lock for longer than we wait. */
static void
test_locked (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autoptr (SekStore) store = folder_open (&folder);
  int ready[2], end[2];
  char byte = 0;
  g_assert_cmpint (pipe (ready) + pipe (end), ==, 0);
  pid_t child = fork ();
  if (child == 0)
    {
      sqlite3 *db = NULL;
      int result = sqlite3_open (folder.database, &db);
      if (result == SQLITE_OK)
        result = sqlite3_exec (db, "BEGIN EXCLUSIVE", NULL, NULL, NULL);
      byte = result == SQLITE_OK ? 'y' : 'n';
      gssize done = write (ready[1], &byte, 1) + read (end[0], &byte, 1);
      _exit (done == 2 ? 0 : 1);
    }
  g_assert_cmpint (read (ready[0], &byte, 1), ==, 1);
  g_assert_cmpint (byte, ==, 'y');
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) message = g_bytes_new_static ("x", 1);
  g_assert_false (sek_store_outbox_add (store, "a", message, 1, NULL, &error));
  g_assert_error (error, SEK_STORE_ERROR, SEK_STORE_ERROR_OPEN);
  g_assert_nonnull (strstr (error->message, "locked"));
  g_assert_nonnull (strstr (error->message, folder.database));
  /* Reading goes on. */
  SekHistory history = sek_store_history (store);
  g_assert_false (history.has_message (history.self, "0-0@x"));

  g_assert_cmpint (write (end[1], &byte, 1), ==, 1);
  int status = -1;
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
  g_assert_true (sek_store_outbox_add (store, "a", message, 1, NULL, NULL));
  for (int i = 0; i < 2; i++)
    {
      close (ready[i]);
      close (end[i]);
    }
}

/* Whatever was said to be kept is there after kill -9, at whatever moment it comes. */
static void
test_killed_writer (void)
{
  for (int round = 0; round < 10; round++)
    {
      g_auto (Folder) folder;
      folder_init (&folder);
      int kept[2];
      g_assert_cmpint (pipe (kept), ==, 0);
      pid_t child = fork ();
      if (child == 0)
        {
          g_autoptr (SekStore) store = sek_store_open (folder.database, TRUE, NULL);
          g_autoptr (GBytes) message = g_bytes_new_take (g_strnfill (100000, 'x'), 100000);
          for (guint8 i = 0; store != NULL; i++)
            {
              g_autofree char *id = g_strdup_printf ("%d", i);
              if (!sek_store_outbox_add (store, id, message, i, NULL, NULL) || write (kept[1], &i, 1) != 1)
                break;
            }
          _exit (1);
        }
      close (kept[1]);
      guint8 byte = 0;
      gint64 said = 0;
      for (; said <= round && read (kept[0], &byte, 1) == 1; said++)
        ;
      g_usleep ((gulong) round * 300);
      kill (child, SIGKILL);
      waitpid (child, NULL, 0);
      for (; read (kept[0], &byte, 1) == 1; said++)
        ;
      close (kept[0]);
      g_assert_cmpint (said, >, round);
      g_autoptr (SekStore) store = folder_open (&folder);
      gint64 queued = 0;
      g_assert_true (sek_store_outbox_count (store, &queued, NULL, NULL, NULL));
      /* One more may have been kept just before the end. */
      g_assert_cmpint (queued, >=, said);
      g_assert_cmpint (queued, <=, said + 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/sharing/processes-at-once", test_processes_at_once);
  g_test_add_func ("/store/sharing/one-report", test_one_report);
  g_test_add_func ("/store/sharing/reader-beside-writer", test_reader_beside_writer);
  g_test_add_func ("/store/sharing/reader-may-not-write", test_reader_may_not_write);
  g_test_add_func ("/store/sharing/locked", test_locked);
  g_test_add_func ("/store/sharing/killed-writer", test_killed_writer);
  return g_test_run ();
}
