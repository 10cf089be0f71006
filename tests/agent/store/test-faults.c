/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/agent/store/folder.h"

/* Runs work in a process of its own, which limits or demotes itself. */
static void
in_child (gboolean (*work) (const Folder *folder), const Folder *folder)
{
  pid_t child = fork ();
  if (child == 0)
    _exit (work (folder) ? 0 : 1);
  int status = -1;
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
}

static gboolean
is_fault (const Folder *folder, GError *error, SekStoreError code)
{
  if (error == NULL)
    return FALSE;
  g_printerr ("# %s\n", error->message);
  return g_error_matches (error, SEK_STORE_ERROR, (int) code) &&
         strstr (error->message, folder->database) != NULL;
}

/* No file of this process may grow beyond size, as if the disk were full there. */
static void
limit_files (gsize size)
{
  struct rlimit limit = { size, RLIM_INFINITY };
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static gboolean
fill_disk (const Folder *folder)
{
  g_autoptr (SekStore) store = folder_open (folder);
  g_autoptr (GError) error = NULL;
  gsize size = 4 * 1024 * 1024;
  g_autoptr (GBytes) large = g_bytes_new_take (memset (g_malloc (size), 'x', size), size);
  g_autoptr (GBytes) small = g_bytes_new_static ("x", 1);
  folder_learn (store, folder_mail ("a@x", "S", "N", "n@x", 1, FALSE));
  limit_files (1024 * 1024);
  if (sek_store_outbox_add (store, "large", large, 1, NULL, &error) ||
      !is_fault (folder, error, SEK_STORE_ERROR_WRITE))
    return FALSE;
  /* Nothing of it is there, and the rest goes on. */
  gint64 queued = -1;
  SekHistory history = sek_store_history (store);
  if (!sek_store_outbox_count (store, &queued, NULL, NULL, NULL) || queued != 0 ||
      !history.has_message (history.self, "a@x"))
    return FALSE;
  limit_files (RLIM_INFINITY);
  return sek_store_outbox_add (store, "small", small, 1, NULL, NULL) &&
         sek_store_outbox_add (store, "large", large, 1, NULL, NULL);
}

static void
test_full_disk (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  in_child (fill_disk, &folder);
  g_autoptr (SekStore) store = folder_open (&folder);
  gint64 queued = -1;
  g_assert_true (sek_store_outbox_count (store, &queued, NULL, NULL, NULL));
  g_assert_cmpint (queued, ==, 2);
}

static gboolean
learn_on_full_disk (const Folder *folder)
{
  g_autoptr (SekStore) store = folder_open (folder);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) mails = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_message_summary_free);
  for (int i = 0; i < 20000; i++)
    {
      g_autofree char *text = g_strdup_printf ("%d@example.net", i);
      g_ptr_array_add (mails, folder_mail (text, text, text, text, 1, FALSE));
    }
  limit_files (256 * 1024);
  if (sek_store_learn (store, mails, &error) != -1 || !is_fault (folder, error, SEK_STORE_ERROR_WRITE))
    return FALSE;
  SekHistory history = sek_store_history (store);
  if (history.count_messages (history.self) != 0 || history.has_message (history.self, "0@example.net"))
    return FALSE;
  limit_files (RLIM_INFINITY);
  return sek_store_learn (store, mails, NULL) == 20000;
}

/* All of a call or nothing. */
static void
test_learn_on_full_disk (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  in_child (learn_on_full_disk, &folder);
}

static gboolean
create_on_full_disk (const Folder *folder)
{
  g_autoptr (GError) error = NULL;
  limit_files (8192);
  return sek_store_open (folder->database, TRUE, &error) == NULL &&
         is_fault (folder, error, SEK_STORE_ERROR_WRITE);
}

static void
test_create_on_full_disk (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  in_child (create_on_full_disk, &folder);
  /* What is left does not stand in the way. */
  g_autoptr (SekStore) store = folder_open (&folder);
  g_assert_nonnull (store);
}

/* Root may write everywhere, so these tests step down to nobody. */
static gboolean
step_down (void)
{
  return geteuid () != 0 || (setgid (65534) == 0 && setuid (65534) == 0);
}

static gboolean
create_in_read_only_folder (const Folder *folder)
{
  g_autoptr (GError) error = NULL;
  return step_down () && sek_store_open (folder->database, TRUE, &error) == NULL &&
         is_fault (folder, error, SEK_STORE_ERROR_OPEN);
}

static gboolean
read_in_read_only_folder (const Folder *folder)
{
  g_autoptr (GError) error = NULL;
  if (!step_down ())
    return FALSE;
  g_autoptr (SekStore) store = sek_store_open (folder->database, FALSE, &error);
  if (store == NULL)
    return FALSE;
  SekHistory history = sek_store_history (store);
  return history.has_message (history.self, "a@x");
}

static void
test_read_only_folder (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_assert_cmpint (chmod (folder.path, 0555), ==, 0);
  in_child (create_in_read_only_folder, &folder);
  g_autofree char *nothing = folder_names (&folder);
  g_assert_cmpstr (nothing, ==, "");

  g_assert_cmpint (chmod (folder.path, 0755), ==, 0);
  SekStore *store = folder_open (&folder);
  folder_learn (store, folder_mail ("a@x", "S", "N", "n@x", 1, FALSE));
  sek_store_free (store);
  g_assert_cmpint (chmod (folder.database, 0444), ==, 0);
  g_assert_cmpint (chmod (folder.path, 0555), ==, 0);
  in_child (create_in_read_only_folder, &folder);
  in_child (read_in_read_only_folder, &folder);
  g_autofree char *names = folder_names (&folder);
  g_assert_cmpstr (names, ==, "sekisho.db");
  g_assert_cmpint (chmod (folder.path, 0755), ==, 0);
}

static void
test_unreadable_file (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  sek_store_free (folder_open (&folder));
  g_assert_cmpint (chmod (folder.path, 0755), ==, 0);
  g_assert_cmpint (chmod (folder.database, 0), ==, 0);
  in_child (create_in_read_only_folder, &folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/faults/full-disk", test_full_disk);
  g_test_add_func ("/store/faults/learn-on-full-disk", test_learn_on_full_disk);
  g_test_add_func ("/store/faults/create-on-full-disk", test_create_on_full_disk);
  g_test_add_func ("/store/faults/read-only-folder", test_read_only_folder);
  g_test_add_func ("/store/faults/unreadable-file", test_unreadable_file);
  return g_test_run ();
}
