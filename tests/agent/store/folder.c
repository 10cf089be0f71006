/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/agent/store/folder.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

void
folder_init (Folder *folder)
{
  folder->path = g_dir_make_tmp ("sek-store-XXXXXX", NULL);
  g_assert_nonnull (folder->path);
  folder->database = g_build_filename (folder->path, "sekisho.db", NULL);
}

void
folder_clear (Folder *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder->path, 0, NULL);
  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *path = g_build_filename (folder->path, name, NULL);
      g_remove (path);
    }
  g_rmdir (folder->path);
  g_clear_pointer (&folder->path, g_free);
  g_clear_pointer (&folder->database, g_free);
}

static int
compare (const void *a, const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char *
folder_names (const Folder *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder->path, 0, NULL);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (const char *name; (name = g_dir_read_name (dir)) != NULL;)
    g_strv_builder_add (builder, name);
  g_auto (GStrv) names = g_strv_builder_end (builder);
  qsort (names, g_strv_length (names), sizeof *names, compare);
  return g_strjoinv (" ", names);
}

void
folder_run_sql (const Folder *folder, const char *sql)
{
  sqlite3 *db = NULL;
  g_assert_cmpint (sqlite3_open (folder->database, &db), ==, SQLITE_OK);
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

SekStore *
folder_open (const Folder *folder)
{
  g_autoptr (GError) error = NULL;
  SekStore *store = sek_store_open (folder->database, TRUE, &error);
  g_assert_no_error (error);
  return store;
}

SekMessageSummary *
folder_mail (const char *message_id,
             const char *subject,
             const char *name,
             const char *address,
             gint64 date,
             gboolean sent)
{
  SekMessageSummary *mail = sek_message_summary_new ();
  mail->message_id = g_strdup (message_id);
  mail->subject = g_strdup (subject);
  mail->date = date;
  mail->sent_by_us = sent;
  if (sent)
    {
      mail->from = sek_mailbox_new ("Me", "me@kaede.example");
      g_ptr_array_add (mail->recipients, sek_mailbox_new (name, address));
    }
  else
    {
      mail->from = sek_mailbox_new (name, address);
      g_ptr_array_add (mail->recipients, sek_mailbox_new ("Me", "me@kaede.example"));
    }
  return mail;
}

gint64
folder_learn (SekStore *store, SekMessageSummary *mail)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) mails = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_message_summary_free);
  g_ptr_array_add (mails, mail);
  gint64 added = sek_store_learn (store, mails, &error);
  g_assert_no_error (error);
  return added;
}
