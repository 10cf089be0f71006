/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/store/store-private.h"

#include <glib/gi18n-lib.h>
#include <sys/stat.h>
#include <unistd.h>

/* The write-ahead log keeps its size below this after a large report has gone through it. A million messages
 * are rows in random places, hence the cache and the log of 64 MiB: learning gains a fifth (dev bench). */
#define SETTINGS                                                                                             \
  "PRAGMA synchronous = FULL; PRAGMA cell_size_check = ON; PRAGMA journal_size_limit = 4194304; "            \
  "PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 16000"

static gboolean
refuse (const char *path, SekStoreError code, const char *reason, GError **error)
{
  /* Translators: “%s” is a file name, the second %s the reason. */
  g_set_error (error, SEK_STORE_ERROR, code, _ ("Could not open the history “%s”: %s"), path, reason);
  return FALSE;
}

/* The bytes in path + suffix; 0 when there is no such file. */
static gint64
file_size (const char *path, const char *suffix)
{
  g_autofree char *name = g_strconcat (path, suffix, NULL);
  struct stat about;
  return stat (name, &about) == 0 ? about.st_size : 0;
}

/* A reader of a WAL database writes to its -shm, and only a connection that could write takes -wal and -shm
 * away again. Where the folder forbids that and no log is there, the file can't change either: immutable. */
static gboolean
open_connection (SekStore *store, gboolean has_log, GError **error)
{
  g_autofree char *absolute = g_canonicalize_filename (store->path, NULL);
  g_autofree char *folder = g_path_get_dirname (absolute);
  g_autofree char *uri = g_filename_to_uri (absolute, NULL, error);
  if (uri == NULL)
    return FALSE;
  gboolean writable = access (absolute, W_OK) == 0 && access (folder, W_OK) == 0;
  int flags = SQLITE_OPEN_URI | SQLITE_OPEN_READWRITE;
  g_autofree char *name = g_strdup (uri);
  if (store->read_only && !writable)
    {
      flags = SQLITE_OPEN_URI | SQLITE_OPEN_READONLY;
      if (!has_log)
        {
          g_free (name);
          name = g_strconcat (uri, "?immutable=1", NULL);
        }
    }
  if (sqlite3_open_v2 (name, &store->db, flags, NULL) != SQLITE_OK)
    return sek_store_fail (store, _ ("Could not open the history"), error);
  if (!store->read_only && sqlite3_db_readonly (store->db, "main") != 0)
    return refuse (store->path, SEK_STORE_ERROR_OPEN, _ ("it may only be read, not written"), error);
  return TRUE;
}

static gboolean
configure (SekStore *store, gboolean has_log, GError **error)
{
  sqlite3_busy_timeout (store->db, SEK_STORE_BUSY_MILLISECONDS);
  sqlite3_db_config (store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (store->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (store->db, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
  /* A log that was there before us stays until we know that the file is sound. */
  sqlite3_db_config (store->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, has_log, NULL);
  const char *sql = store->read_only ? "PRAGMA query_only = ON; " SETTINGS : SETTINGS;
  if (sqlite3_exec (store->db, sql, NULL, NULL, NULL) != SQLITE_OK)
    return sek_store_fail (store, _ ("Could not open the history"), error);
  return TRUE;
}

/* The first value of the first row; NULL with error. Newly allocated. */
static char *
ask (SekStore *store, const char *sql, GError **error)
{
  sqlite3_stmt *statement = NULL;
  char *answer = NULL;
  if (sqlite3_prepare_v2 (store->db, sql, -1, &statement, NULL) == SQLITE_OK &&
      sqlite3_step (statement) == SQLITE_ROW)
    answer = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  if (answer == NULL)
    sek_store_fail (store, _ ("Could not read the history"), error);
  sqlite3_finalize (statement);
  return answer;
}

/* Reads only. Preflight has seen the header; what a log changes, and damage further in, is seen here. */
static gboolean
verify (SekStore *store, gboolean empty, GError **error)
{
  g_autofree char *version = ask (store, "PRAGMA user_version", error);
  if (version == NULL)
    return FALSE;
  gint64 number = g_ascii_strtoll (version, NULL, 10);
  if (number > sek_store_newest_version ())
    return refuse (store->path, SEK_STORE_ERROR_NEWER, _ ("a newer version of Sekisho wrote it"), error);
  if (store->read_only && number < sek_store_newest_version ())
    return refuse (store->path, SEK_STORE_ERROR_OPEN,
                   _ ("an older version of Sekisho wrote it, and it is opened for reading only"), error);
  if (empty || file_size (store->path, "") > SEK_STORE_CHECK_BYTES_MAX)
    return TRUE;
  g_autofree char *answer = ask (store, "PRAGMA quick_check(1)", error);
  if (answer == NULL)
    return FALSE;
  if (g_str_equal (answer, "ok"))
    return TRUE;
  g_autofree char *shown = sek_text_show (answer, SEK_EVIDENCE_CHARS_MAX);
  /* Translators: %s is a technical detail in English. */
  g_autofree char *reason = g_strdup_printf (_ ("the file is damaged (%s)"), shown);
  return refuse (store->path, SEK_STORE_ERROR_BROKEN, reason, error);
}

/* SQLite answers "locked" at once when two processes make this step together, whatever the busy timeout. A
 * file system without shared memory stays with the rollback journal, which is slower and as safe. */
static gboolean
use_log (SekStore *store, GError **error)
{
  int result = SQLITE_BUSY;
  for (int i = 0; i < SEK_STORE_BUSY_MILLISECONDS / 10 && result == SQLITE_BUSY; i++)
    {
      if (i > 0)
        g_usleep (10 * 1000);
      result = sqlite3_exec (store->db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
    }
  return result == SQLITE_OK || sek_store_fail (store, _ ("Could not open the history"), error);
}

static gboolean
prepare (SekStore *store, GError **error)
{
  sqlite3_db_config (store->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
  /* Tables before the log: so the file itself, not only its log, says from the first moment that it is ours.
   */
  return sek_store_migrate (store, error) && use_log (store, error);
}

SekStore *
sek_store_open (const char *path, gboolean create, GError **error)
{
  gboolean empty = FALSE;
  if (!sek_store_preflight (path, create, &empty, error))
    return NULL;
  if (empty && !create)
    {
      refuse (path, SEK_STORE_ERROR_BROKEN, _ ("the file is empty"), error);
      return NULL;
    }
  g_autoptr (SekStore) store = g_new0 (SekStore, 1);
  store->path = g_strdup (path);
  store->read_only = !create;
  gboolean has_log = file_size (path, "-wal") > 0;
  if (!open_connection (store, has_log, error) || !configure (store, has_log, error) ||
      !verify (store, empty, error))
    return NULL;
  if (create && !prepare (store, error))
    return NULL;
  return g_steal_pointer (&store);
}

void
sek_store_set_durable (SekStore *store, gboolean durable)
{
  sqlite3_exec (store->db, durable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL", NULL, NULL,
                NULL);
}

void
sek_store_rest (SekStore *store)
{
  sqlite3_db_release_memory (store->db);
}
