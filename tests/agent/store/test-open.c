/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "agent/store/store-private.h"
#include "tests/agent/store/folder.h"

/* Opening must fail with code and say path and word; not one byte changes and nothing is left beside the
 * file. */
static void
assert_left_alone (const Folder *folder, gboolean create, SekStoreError code, const char *word)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL, *after = NULL;
  gsize length_before = 0, length_after = 0;
  g_assert_true (g_file_get_contents (folder->database, &before, &length_before, NULL));
  g_autofree char *names_before = folder_names (folder);
  g_assert_null (sek_store_open (folder->database, create, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, SEK_STORE_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, folder->database));
  g_assert_nonnull (strstr (error->message, word));
  g_assert_true (g_file_get_contents (folder->database, &after, &length_after, NULL));
  g_assert_cmpmem (before, length_before, after, length_after);
  g_autofree char *names_after = folder_names (folder);
  g_assert_cmpstr (names_before, ==, names_after);
}

static void
test_new (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autofree char *deep = g_build_filename (folder.path, "a", "b", "h 100%?x=1#.db", NULL);
  g_autofree char *parent = g_path_get_dirname (deep), *grandparent = g_path_get_dirname (parent);
  g_autoptr (GError) error = NULL;
  SekStore *store = sek_store_open (deep, TRUE, &error);
  g_assert_no_error (error);
  struct stat about;
  g_assert_cmpint (stat (deep, &about), ==, 0);
  g_assert_cmpint (about.st_mode & 0777, ==, 0600);
  g_assert_cmpint (stat (parent, &about), ==, 0);
  g_assert_cmpint (about.st_mode & 0777, ==, 0700);
  sek_store_free (store);
  g_assert_cmpint (g_unlink (deep), ==, 0);
  g_assert_cmpint (g_rmdir (parent), ==, 0);
  g_assert_cmpint (g_rmdir (grandparent), ==, 0);
  g_autofree char *standard = sek_store_default_path ();
  g_assert_true (g_str_has_suffix (standard, "/sekisho/sekisho.db"));
}

static void
test_settings (void)
{
  static const struct
  {
    const char *pragma;
    const char *value;
  } settings[] = {
    { "journal_mode", "wal" },
    { "synchronous", "2" },
    { "foreign_keys", "1" },
    { "trusted_schema", "0" },
    { "application_id", "1397445448" },
    { "user_version", "14" },
    { "busy_timeout", "1000" },
  };
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autoptr (SekStore) store = folder_open (&folder);
  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_autofree char *sql = g_strconcat ("PRAGMA ", settings[i].pragma, NULL);
      sqlite3_stmt *statement = NULL;
      g_assert_cmpint (sqlite3_prepare_v2 (store->db, sql, -1, &statement, NULL), ==, SQLITE_OK);
      g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
      g_assert_cmpstr ((const char *) sqlite3_column_text (statement, 0), ==, settings[i].value);
      sqlite3_finalize (statement);
    }
}

static int
ask_synchronous (SekStore *store)
{
  sqlite3_stmt *statement = NULL;
  g_assert_cmpint (sqlite3_prepare_v2 (store->db, "PRAGMA synchronous", -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  int found = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  return found;
}

static void
test_durable (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autoptr (SekStore) store = folder_open (&folder);
  sek_store_set_durable (store, FALSE);
  g_assert_cmpint (ask_synchronous (store), ==, 1);
  folder_learn (store, folder_mail ("a@x", "S", "N", "n@x", 1, FALSE));
  sek_store_set_durable (store, TRUE);
  g_assert_cmpint (ask_synchronous (store), ==, 2);
  sek_store_rest (store);
  SekHistory history = sek_store_history (store);
  g_assert_true (history.has_message (history.self, "a@x"));
}

static void
test_missing (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autoptr (GError) error = NULL;
  g_assert_null (sek_store_open (folder.database, FALSE, &error));
  g_assert_error (error, SEK_STORE_ERROR, SEK_STORE_ERROR_OPEN);
  g_assert_nonnull (strstr (error->message, folder.database));
  g_autofree char *names = folder_names (&folder);
  g_assert_cmpstr (names, ==, "");
}

static void
test_not_ours (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  for (int create = 0; create < 2; create++)
    {
      g_assert_true (g_file_set_contents (folder.database, "From me to you\n", -1, NULL));
      assert_left_alone (&folder, create, SEK_STORE_ERROR_BROKEN, "not a database");
      g_autofree char *noise = g_strnfill (100000, '\1');
      g_assert_true (g_file_set_contents (folder.database, noise, 100000, NULL));
      assert_left_alone (&folder, create, SEK_STORE_ERROR_BROKEN, "not a database");
      /* A header cut short. */
      g_assert_true (g_file_set_contents (folder.database, "SQLite format 3\0xx", 18, NULL));
      assert_left_alone (&folder, create, SEK_STORE_ERROR_BROKEN, "not a database");
      g_unlink (folder.database);
      folder_run_sql (&folder, "CREATE TABLE bookmarks (url TEXT)");
      assert_left_alone (&folder, create, SEK_STORE_ERROR_BROKEN, "another program");
      folder_run_sql (&folder, "PRAGMA journal_mode = WAL");
      assert_left_alone (&folder, create, SEK_STORE_ERROR_BROKEN, "another program");
      g_unlink (folder.database);
    }
}

static void
test_not_a_file (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autoptr (GError) error = NULL;
  g_assert_null (sek_store_open (folder.path, TRUE, &error));
  g_assert_error (error, SEK_STORE_ERROR, SEK_STORE_ERROR_BROKEN);
  g_clear_error (&error);
  /* A pipe must not hang it. */
  g_assert_cmpint (mkfifo (folder.database, 0600), ==, 0);
  g_assert_null (sek_store_open (folder.database, FALSE, &error));
  g_assert_error (error, SEK_STORE_ERROR, SEK_STORE_ERROR_BROKEN);
  g_clear_error (&error);
  g_assert_null (sek_store_open (folder.database, TRUE, &error));
  g_assert_error (error, SEK_STORE_ERROR, SEK_STORE_ERROR_BROKEN);
}

static void
test_newer (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  sek_store_free (folder_open (&folder));
  folder_run_sql (&folder, "PRAGMA user_version = 99");
  for (int create = 0; create < 2; create++)
    assert_left_alone (&folder, create, SEK_STORE_ERROR_NEWER, "newer version of Sekisho");
}

static void
copy (const Folder *from, const Folder *to, const char *suffix)
{
  g_autofree char *source = g_strconcat (from->database, suffix, NULL);
  g_autofree char *target = g_strconcat (to->database, suffix, NULL);
  g_autofree char *data = NULL;
  gsize length = 0;
  g_assert_true (g_file_get_contents (source, &data, &length, NULL));
  g_assert_true (g_file_set_contents (target, data, (gssize) length, NULL));
}

/* A newer program was killed: only its log says so. The log must stay a log. */
static void
test_newer_in_the_log (void)
{
  g_auto (Folder) folder, other;
  folder_init (&folder);
  folder_init (&other);
  sek_store_free (folder_open (&folder));
  sqlite3 *db = NULL;
  g_assert_cmpint (sqlite3_open (folder.database, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "PRAGMA user_version = 99", NULL, NULL, NULL), ==, SQLITE_OK);
  copy (&folder, &other, "");
  copy (&folder, &other, "-wal");
  copy (&folder, &other, "-shm");
  sqlite3_close (db);
  g_autofree char *log = g_strconcat (other.database, "-wal", NULL);
  g_autofree char *before = NULL, *after = NULL;
  gsize length_before = 0, length_after = 0;
  g_assert_true (g_file_get_contents (log, &before, &length_before, NULL));
  assert_left_alone (&other, TRUE, SEK_STORE_ERROR_NEWER, "newer version of Sekisho");
  g_assert_true (g_file_get_contents (log, &after, &length_after, NULL));
  g_assert_cmpmem (before, length_before, after, length_after);
}

/* Written by a program that was killed before its log went into the file. */
static void
test_killed (void)
{
  g_auto (Folder) folder, other;
  folder_init (&folder);
  folder_init (&other);
  g_autoptr (SekStore) store = folder_open (&folder);
  folder_learn (store, folder_mail ("a@x", "S", "N", "n@x", 1000, FALSE));
  copy (&folder, &other, "");
  copy (&folder, &other, "-wal");
  for (int create = 0; create < 2; create++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SekStore) again = sek_store_open (other.database, create, &error);
      g_assert_no_error (error);
      SekHistory history = sek_store_history (again);
      g_assert_true (history.has_message (history.self, "a@x"));
    }
}

/* Cut off, or with any page overwritten: refused, named, left as it is. */
static void
test_damaged (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  SekStore *store = folder_open (&folder);
  for (int i = 0; i < 200; i++)
    {
      g_autofree char *id = g_strdup_printf ("%d@x", i);
      g_autofree char *address = g_strdup_printf ("somebody-%d@example.net", i);
      folder_learn (store, folder_mail (id, id, address, address, 1000 + i, FALSE));
    }
  sek_store_free (store);
  g_autofree char *good = NULL;
  gsize length = 0;
  g_assert_true (g_file_get_contents (folder.database, &good, &length, NULL));
  g_assert_cmpuint (length % 4096, ==, 0);

  g_assert_true (g_file_set_contents (folder.database, good, (gssize) length / 2, NULL));
  assert_left_alone (&folder, TRUE, SEK_STORE_ERROR_BROKEN, "damaged");
  assert_left_alone (&folder, FALSE, SEK_STORE_ERROR_BROKEN, "damaged");
  for (gsize page = 0; page < length / 4096; page++)
    {
      g_autofree char *bad = g_memdup2 (good, length);
      /* Of the first page the header stays, else it is no database at all. */
      gsize from = page == 0 ? 100 : page * 4096;
      memset (bad + from, 0xA5, (page + 1) * 4096 - from);
      g_assert_true (g_file_set_contents (folder.database, bad, (gssize) length, NULL));
      assert_left_alone (&folder, TRUE, SEK_STORE_ERROR_BROKEN, "damaged");
    }
  g_assert_true (g_file_set_contents (folder.database, good, (gssize) length, NULL));
  g_autoptr (SekStore) again = folder_open (&folder);
  g_assert_nonnull (again);
}

/* Somebody took a table away. */
static void
test_table_missing (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  sek_store_free (folder_open (&folder));
  folder_run_sql (&folder, "DROP TABLE outbox");
  g_autoptr (SekStore) store = folder_open (&folder);
  g_autoptr (GError) error = NULL;
  g_assert_null (sek_store_outbox_next (store, 1, &error));
  g_assert_error (error, SEK_STORE_ERROR, SEK_STORE_ERROR_BROKEN);
  g_assert_nonnull (strstr (error->message, folder.database));
}

static void
test_empty_file (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_assert_true (g_file_set_contents (folder.database, "", 0, NULL));
  assert_left_alone (&folder, FALSE, SEK_STORE_ERROR_BROKEN, "empty");
  g_autoptr (SekStore) store = folder_open (&folder);
  g_assert_cmpint (folder_learn (store, folder_mail ("a@x", "S", "N", "n@x", 1, FALSE)), ==, 1);
}

static void
test_version_1 (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autofree char *sql = NULL;
  g_assert_true (g_file_get_contents (SEK_TEST_DATA "/version-1.sql", &sql, NULL, NULL));
  folder_run_sql (&folder, sql);
  assert_left_alone (&folder, FALSE, SEK_STORE_ERROR_OPEN, "older version");

  g_autoptr (SekStore) store = folder_open (&folder);
  SekHistory history = sek_store_history (store);
  SekCorrespondent found;
  g_assert_cmpint (history.count_messages (history.self), ==, 1);
  g_assert_true (history.has_message (history.self, "1@kaede.example"));
  g_assert_true (history.find_correspondent (history.self, "ota@kaede.example", &found));
  g_assert_cmpint (found.received, ==, 1);
  g_assert_true (history.has_subject_with (history.self, "見積", "ota@kaede.example"));
  g_auto (GStrv) addresses = history.addresses_of_name (history.self, "太田道子");
  g_assert_cmpstr (addresses[0], ==, "ota@kaede.example");
  /* And the tables that came later. */
  g_autoptr (GBytes) message = g_bytes_new_static ("x", 1);
  g_assert_true (sek_store_outbox_add (store, "a", message, 1, NULL, NULL));
}

/* A migration that fails takes nothing with it. */
static void
test_migration_fails (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autofree char *sql = NULL;
  g_assert_true (g_file_get_contents (SEK_TEST_DATA "/version-1.sql", &sql, NULL, NULL));
  folder_run_sql (&folder, sql);
  folder_run_sql (&folder, "CREATE TABLE outbox_due (n INTEGER)");
  g_autoptr (GError) error = NULL;
  g_assert_null (sek_store_open (folder.database, TRUE, &error));
  g_assert_error (error, SEK_STORE_ERROR, SEK_STORE_ERROR_BROKEN);
  /* Step 2 is done, step 3 is not there in part. */
  folder_run_sql (&folder,
                  "CREATE TEMP TABLE proof (n INTEGER CHECK (n = 0)); INSERT INTO proof SELECT count(*) "
                  "FROM sqlite_schema WHERE name = 'outbox'; DROP TABLE outbox_due");
  g_autoptr (SekStore) store = folder_open (&folder);
  g_assert_nonnull (store);
}

static void
test_set_aside (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autofree char *log = g_strconcat (folder.database, "-wal", NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");
  g_autofree char *kept = g_strdup_printf ("%s.%s", folder.database, day);
  for (int i = 1; i < 4; i++)
    {
      g_autofree char *said = NULL, *text = NULL;
      g_autofree char *name = i == 1 ? g_strdup (kept) : g_strdup_printf ("%s-%d", kept, i);
      g_autoptr (GError) error = NULL;
      g_assert_true (g_file_set_contents (folder.database, "no database", -1, NULL));
      g_assert_true (g_file_set_contents (log, "its log", -1, NULL));
      g_autoptr (SekStore) store = sek_store_open_or_rebuild (folder.database, &said, &error);
      g_assert_no_error (error);
      g_assert_cmpint (folder_learn (store, folder_mail ("a@x", "S", "N", "n@x", 1, FALSE)), ==, 1);
      g_assert_nonnull (strstr (said, name));
      g_assert_nonnull (strstr (said, "not a database"));
      g_assert_true (g_file_get_contents (name, &text, NULL, NULL));
      g_assert_cmpstr (text, ==, "no database");
    }
  g_autofree char *said = NULL;
  g_autoptr (SekStore) sound = sek_store_open_or_rebuild (folder.database, &said, NULL);
  g_assert_nonnull (sound);
  g_assert_null (said);
}

/* What is not broken is not set aside. */
static void
test_not_set_aside (void)
{
  g_auto (Folder) folder;
  folder_init (&folder);
  g_autofree char *said = NULL, *names = NULL;
  g_autoptr (GError) error = NULL;
  sek_store_free (folder_open (&folder));
  folder_run_sql (&folder, "PRAGMA user_version = 99");
  g_assert_null (sek_store_open_or_rebuild (folder.database, &said, &error));
  g_assert_error (error, SEK_STORE_ERROR, SEK_STORE_ERROR_NEWER);
  g_assert_null (said);
  names = folder_names (&folder);
  g_assert_cmpstr (names, ==, "sekisho.db");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/open/new", test_new);
  g_test_add_func ("/store/open/settings", test_settings);
  g_test_add_func ("/store/open/durable", test_durable);
  g_test_add_func ("/store/open/missing", test_missing);
  g_test_add_func ("/store/open/not-ours", test_not_ours);
  g_test_add_func ("/store/open/not-a-file", test_not_a_file);
  g_test_add_func ("/store/open/newer", test_newer);
  g_test_add_func ("/store/open/newer-in-the-log", test_newer_in_the_log);
  g_test_add_func ("/store/open/killed", test_killed);
  g_test_add_func ("/store/open/damaged", test_damaged);
  g_test_add_func ("/store/open/table-missing", test_table_missing);
  g_test_add_func ("/store/open/empty-file", test_empty_file);
  g_test_add_func ("/store/open/version-1", test_version_1);
  g_test_add_func ("/store/open/migration-fails", test_migration_fails);
  g_test_add_func ("/store/open/set-aside", test_set_aside);
  g_test_add_func ("/store/open/not-set-aside", test_not_set_aside);
  return g_test_run ();
}
