/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "agent/store/store-private.h"

gboolean
sek_store_put_learned (SekStore *store, const char *folder, guint32 up_to, GError **error)
{
  const char *what = _ ("Could not write to the history");
  g_autofree char *name = sek_text_clip (folder, -1, SEK_NAME_CHARS_MAX);
  g_autoptr (SekStatement) statement = sek_store_statement (store, SEK_SQL_PUT_LEARNED, what, error);
  if (statement == NULL)
    return FALSE;
  sek_bind_text (statement, 1, name);
  sek_bind_int (statement, 2, up_to);
  return sek_store_run (store, statement, what, NULL, error);
}

GHashTable *
sek_store_list_learned (SekStore *store, GError **error)
{
  const char *what = _ ("Could not read the history");
  g_autoptr (GHashTable) folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (SekStatement) statement = sek_store_statement (store, SEK_SQL_LIST_LEARNED, what, error);
  if (statement == NULL)
    return NULL;
  sek_bind_int (statement, 1, SEK_HISTORY_FOLDERS_MAX);
  int result;
  while ((result = sek_store_step (store, statement, what, error)) == SQLITE_ROW)
    g_hash_table_insert (folders, g_strdup ((const char *) sqlite3_column_text (statement, 0)),
                         GUINT_TO_POINTER ((guint) sqlite3_column_int64 (statement, 1)));
  return result == SQLITE_DONE ? g_steal_pointer (&folders) : NULL;
}
