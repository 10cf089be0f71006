/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "agent/store/store-private.h"

static const char *
what_failed (void)
{
  return _ ("Could not read the history");
}

int
sek_store_find_message (SekStore *store, gint64 id, const char *what, SekMessageRow *row, GError **error)
{
  *row = (SekMessageRow){ 0 };
  g_autoptr (SekStatement) statement = sek_store_statement (store, SEK_SQL_FIND_MESSAGE, what, error);
  if (statement == NULL)
    return -1;
  sek_bind_int (statement, 1, id);
  int result = sek_store_step (store, statement, what, error);
  if (result != SQLITE_ROW)
    return result == SQLITE_DONE ? 0 : -1;
  *row = (SekMessageRow){ .date = sqlite3_column_int64 (statement, 0),
                          .sent = sqlite3_column_int64 (statement, 1) != 0,
                          .has_subject = sqlite3_column_type (statement, 2) != SQLITE_NULL,
                          .subject = sqlite3_column_int64 (statement, 2),
                          .peer = sqlite3_column_int64 (statement, 3),
                          .thread = sqlite3_column_int64 (statement, 4) };
  return 1;
}

/* A fault is said and counts as not known. */
static gboolean
find (SekStore *store, const char *message_id, SekMessageRow *row)
{
  *row = (SekMessageRow){ 0 };
  if (message_id == NULL || *message_id == '\0')
    return FALSE;
  g_autoptr (GError) error = NULL;
  int known =
      sek_store_find_message (store, sek_store_hash_message_id (message_id), what_failed (), row, &error);
  if (error != NULL)
    g_warning ("%s", error->message);
  return known > 0;
}

gboolean
sek_history_find_message (gpointer self, const char *message_id, SekKnownMessage *out)
{
  SekMessageRow row;
  gboolean found = find (self, message_id, &row);
  *out = (SekKnownMessage){ .date = row.date, .sent = row.sent };
  return found;
}

gboolean
sek_history_message_has_subject (gpointer self, const char *message_id, const char *normal_subject)
{
  SekMessageRow row;
  if (!find (self, message_id, &row))
    return FALSE;
  if (normal_subject == NULL || *normal_subject == '\0')
    return !row.has_subject;
  return row.has_subject && row.subject == sek_store_hash (normal_subject);
}

static void
list_participants (SekStore *store, gint64 thread, GStrvBuilder *builder, GError **error)
{
  gint64 root = sek_store_root_of_thread (store, thread, what_failed (), error);
  g_autoptr (SekStatement) statement =
      root > 0 ? sek_store_statement (store, SEK_SQL_PARTICIPANTS, what_failed (), error) : NULL;
  if (statement == NULL)
    return;
  sek_bind_int (statement, 1, root);
  sek_bind_int (statement, 2, SEK_HISTORY_PARTICIPANTS_MAX);
  while (sek_store_step (store, statement, what_failed (), error) == SQLITE_ROW)
    g_strv_builder_add (builder, (const char *) sqlite3_column_text (statement, 0));
}

char **
sek_history_thread_participants (gpointer self, const char *message_id)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GError) error = NULL;
  SekMessageRow row;
  if (find (self, message_id, &row) && row.thread > 0)
    list_participants (self, row.thread, builder, &error);
  if (error != NULL)
    g_warning ("%s", error->message);
  return g_strv_builder_end (builder);
}
