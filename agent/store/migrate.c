/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/store/store-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* From migrations.c, which glib-compile-resources writes. */
GResource *sek_store_get_resource (void);

#define FOLDER "/io/github/sekisho/store/sql/"

static int
compare_names (const void *a, const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The file names in order: number n is the nth. */
static char **
list_migrations (void)
{
  char **names = g_resource_enumerate_children (sek_store_get_resource (), FOLDER, 0, NULL);
  g_assert (names != NULL);
  qsort (names, g_strv_length (names), sizeof *names, compare_names);
  return names;
}

int
sek_store_newest_version (void)
{
  g_auto (GStrv) names = list_migrations ();
  return (int) g_strv_length (names);
}

static gboolean
run_sql (SekStore *store, const char *sql, GError **error)
{
  if (sqlite3_exec (store->db, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  return sek_store_fail (store, _ ("Could not bring up to date the history"), error);
}

static int
read_version (SekStore *store, GError **error)
{
  sqlite3_stmt *statement = NULL;
  int version = -1;
  if (sqlite3_prepare_v2 (store->db, "PRAGMA user_version", -1, &statement, NULL) == SQLITE_OK &&
      sqlite3_step (statement) == SQLITE_ROW)
    version = sqlite3_column_int (statement, 0);
  if (version < 0)
    sek_store_fail (store, _ ("Could not read the history"), error);
  sqlite3_finalize (statement);
  return version;
}

/* Runs the one after version, inside the transaction that is open. */
static gboolean
run_next (SekStore *store, char **names, int version, GError **error)
{
  g_assert (atoi (names[version]) == version + 1);
  g_autofree char *file = g_strconcat (FOLDER, names[version], NULL);
  g_autoptr (GBytes) sql = g_resource_lookup_data (sek_store_get_resource (), file, 0, NULL);
  g_autofree char *marks = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d",
                                            SEK_STORE_APPLICATION_ID, version + 1);
  /* A resource ends with a NUL that its size does not count. */
  return run_sql (store, g_bytes_get_data (sql, NULL), error) && run_sql (store, marks, error);
}

/* An empty file gets its settings in the same transaction as its tables: cut off anywhere, it is empty still
 * and not a database of nobody. Sent reports give their space back by it. */
static gboolean
begin (SekStore *store, int version, GError **error)
{
  if (version == 0)
    return run_sql (store, "BEGIN; PRAGMA auto_vacuum = INCREMENTAL", error);
  return sek_store_begin (store, _ ("Could not bring up to date the history"), error);
}

/* One migration. *version: what was read before, then what the file has. */
static gboolean
step (SekStore *store, char **names, int *version, GError **error)
{
  int before = *version;
  if (!begin (store, before, error))
    return FALSE;
  *version = read_version (store, error);
  if (*version < 0)
    return FALSE;
  /* Another process was faster: look again. */
  if (*version != before)
    return sek_store_commit (store, _ ("Could not bring up to date the history"), error);
  *version = before + 1;
  return run_next (store, names, before, error) &&
         sek_store_commit (store, _ ("Could not bring up to date the history"), error);
}

gboolean
sek_store_migrate (SekStore *store, GError **error)
{
  g_auto (GStrv) names = list_migrations ();
  int newest = (int) g_strv_length (names);
  int version = read_version (store, error);
  if (version < 0)
    return FALSE;
  while (version < newest)
    if (!step (store, names, &version, error))
      {
        sek_store_rollback (store);
        return FALSE;
      }
  return TRUE;
}
