/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/store/store-private.h"

#include <glib/gi18n-lib.h>

GQuark
sek_store_error_quark (void)
{
  return g_quark_from_static_string ("sek-store-error-quark");
}

char *
sek_store_default_path (void)
{
  return g_build_filename (g_get_user_state_dir (), "sekisho", "sekisho.db", NULL);
}

void
sek_store_free (SekStore *store)
{
  if (store == NULL)
    return;
  for (int i = 0; i < SEK_N_SQL; i++)
    sqlite3_finalize (store->statements[i]);
  sqlite3_close (store->db);
  g_free (store->path);
  g_free (store);
}

/* What SQLite's result codes mean to a person. A code that is not here says SQLite's own words. */
static const struct
{
  int result;
  SekStoreError code;
  const char *reason;
} reasons[] = {
  { SQLITE_BUSY, SEK_STORE_ERROR_OPEN, N_ ("another program holds it locked") },
  { SQLITE_LOCKED, SEK_STORE_ERROR_OPEN, N_ ("another program holds it locked") },
  { SQLITE_CANTOPEN, SEK_STORE_ERROR_OPEN, NULL },
  { SQLITE_PERM, SEK_STORE_ERROR_OPEN, NULL },
  { SQLITE_AUTH, SEK_STORE_ERROR_OPEN, NULL },
  { SQLITE_CORRUPT, SEK_STORE_ERROR_BROKEN, N_ ("the file is damaged") },
  { SQLITE_NOTADB, SEK_STORE_ERROR_BROKEN, N_ ("the file is not a database") },
  { SQLITE_FORMAT, SEK_STORE_ERROR_BROKEN, N_ ("the file is damaged") },
  { SQLITE_ERROR, SEK_STORE_ERROR_BROKEN, NULL }, /* a table that should be there is not */
  { SQLITE_FULL, SEK_STORE_ERROR_WRITE, N_ ("the disk is full") },
  { SQLITE_READONLY, SEK_STORE_ERROR_WRITE, N_ ("it may only be read, not written") },
};

gboolean
sek_store_fail (SekStore *store, const char *what, GError **error)
{
  int result = sqlite3_errcode (store->db) & 0xFF;
  int system_error = sqlite3_system_errno (store->db);
  SekStoreError code = SEK_STORE_ERROR_WRITE;
  const char *reason = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (reasons[i].result == result)
      {
        code = reasons[i].code;
        reason = reasons[i].reason != NULL ? _ (reasons[i].reason) : NULL;
      }
  if (reason == NULL && system_error != 0 && (result == SQLITE_IOERR || result == SQLITE_CANTOPEN))
    reason = g_strerror (system_error);
  if (reason == NULL)
    reason = sqlite3_errmsg (store->db);
  g_set_error (error, SEK_STORE_ERROR, code, "%s “%s”: %s", what, store->path, reason);
  return FALSE;
}
