/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "agent/store/store-private.h"

static const char *
what_failed (void)
{
  return _ ("Could not forget in the history");
}

/* Runs a statement of up to two numbers. *changed (may be NULL): the rows it touched. */
static gboolean
run (SekStore *store, SekSql sql, gint64 first, gint64 second, int *changed, GError **error)
{
  g_autoptr (SekStatement) statement = sek_store_statement (store, sql, what_failed (), error);
  if (statement == NULL)
    return FALSE;
  int count = sqlite3_bind_parameter_count (statement);
  if (count > 0)
    sek_bind_int (statement, 1, first);
  if (count > 1)
    sek_bind_int (statement, 2, second);
  return sek_store_run (store, statement, what_failed (), changed, error);
}

typedef struct
{
  gint64 id;
  gint64 thread;
  gint64 sent;
  gint64 date;
} Row;

/* The messages that a statement of two numbers names. NULL with error. */
static GArray *
list_messages (SekStore *store, SekSql sql, gint64 first, gint64 second, GError **error)
{
  g_autoptr (SekStatement) statement = sek_store_statement (store, sql, what_failed (), error);
  if (statement == NULL)
    return NULL;
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (Row));
  sek_bind_int (statement, 1, first);
  sek_bind_int (statement, 2, second);
  int result;
  while ((result = sek_store_step (store, statement, what_failed (), error)) == SQLITE_ROW)
    {
      Row row = { .id = sqlite3_column_int64 (statement, 0),
                  .thread = sqlite3_column_int64 (statement, 1),
                  .sent = sqlite3_column_int64 (statement, 2),
                  .date = sqlite3_column_int64 (statement, 3) };
      g_array_append_val (rows, row);
    }
  return result == SQLITE_DONE ? g_steal_pointer (&rows) : NULL;
}

/* A thread of which no message is left goes with its people and with what had joined it. */
static gboolean
leave_thread (SekStore *store, gint64 thread, GError **error)
{
  gint64 root = thread > 0 ? sek_store_root_of_thread (store, thread, what_failed (), error) : 0;
  if (root <= 0)
    return root == 0;
  int emptied = 0;
  if (!run (store, SEK_SQL_COUNT_THREAD, root, -1, NULL, error) ||
      !run (store, SEK_SQL_DROP_EMPTY_THREAD, root, 0, &emptied, error))
    return FALSE;
  return emptied == 0 || (run (store, SEK_SQL_DROP_PARTICIPANTS, root, 0, NULL, error) &&
                          run (store, SEK_SQL_DROP_JOINED_THREADS, root, 0, NULL, error));
}

static gboolean
drop_messages (SekStore *store, const GArray *rows, GError **error)
{
  gint64 sent = 0;
  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = &g_array_index (rows, Row, i);
      sent += row->sent != 0 ? 1 : 0;
      if (!run (store, SEK_SQL_DROP_MESSAGE, row->id, 0, NULL, error) ||
          !leave_thread (store, row->thread, error))
        return FALSE;
    }
  return run (store, SEK_SQL_REDUCE_TOTAL, rows->len, sent, NULL, error);
}

/* Takes the mails of an address from the counts of its domain and of those above it. */
static gboolean
leave_domains (SekStore *store, const char *address, gint64 received, gint64 written_to, GError **error)
{
  const char *name = sek_addr_spec_domain (address);
  for (int labels = 0; name != NULL && labels < SEK_HISTORY_LABELS_MAX; labels++)
    {
      g_autoptr (SekStatement) count = sek_store_statement (store, SEK_SQL_SEE_DOMAIN, what_failed (), error);
      g_autoptr (SekStatement) drop =
          sek_store_statement (store, SEK_SQL_DROP_EMPTY_DOMAIN, what_failed (), error);
      if (count == NULL || drop == NULL)
        return FALSE;
      const gint64 values[] = {
        -received, -written_to, G_MAXINT64, 0, labels == 0 ? -received : 0, labels == 0 ? -written_to : 0
      };
      sek_bind_text (count, 1, name);
      for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
        sek_bind_int (count, (int) i + 2, values[i]);
      sek_bind_text (drop, 1, name);
      if (!sek_store_run (store, count, what_failed (), NULL, error) ||
          !sek_store_run (store, drop, what_failed (), NULL, error))
        return FALSE;
      const char *dot = strchr (name, '.');
      name = dot != NULL && dot[1] != '\0' ? dot + 1 : NULL;
    }
  return TRUE;
}

/* The row itself, and the names and topics that point to it. */
static gboolean
drop_correspondent (
    SekStore *store, gint64 id, const char *address, gint64 received, gint64 written_to, GError **error)
{
  return run (store, SEK_SQL_DROP_NAMES, id, 0, NULL, error) &&
         run (store, SEK_SQL_DROP_PARTICIPATIONS, id, 0, NULL, error) &&
         (received + written_to == 0 || leave_domains (store, address, received, written_to, error)) &&
         run (store, SEK_SQL_DROP_CORRESPONDENT, id, 0, NULL, error);
}

/* 1, 0 when there is nobody of that address, -1 with error. */
static int
forget_person (SekStore *store, const char *address, gint64 *messages, GError **error)
{
  g_autoptr (SekStatement) find =
      sek_store_statement (store, SEK_SQL_ID_OF_CORRESPONDENT, what_failed (), error);
  if (find == NULL)
    return -1;
  sek_bind_text (find, 1, address);
  int result = sek_store_step (store, find, what_failed (), error);
  if (result != SQLITE_ROW)
    return result == SQLITE_DONE ? 0 : -1;
  gint64 id = sqlite3_column_int64 (find, 0);
  gint64 received = sqlite3_column_int64 (find, 2), written_to = sqlite3_column_int64 (find, 3);
  g_autoptr (GArray) rows = list_messages (store, SEK_SQL_MESSAGES_WITH, id, -1, error);
  if (rows == NULL || !drop_messages (store, rows, error) ||
      !run (store, SEK_SQL_DROP_TOPICS, id, 0, NULL, error) ||
      !drop_correspondent (store, id, address, received, written_to, error))
    return -1;
  *messages = rows->len;
  return 1;
}

/* sql: SEK_SQL_DROP_LOCKED, SEK_SQL_DROP_SEEN, SEK_SQL_DROP_PASSWORDS or SEK_SQL_DROP_TRUSTED. */
static gboolean
forget_locked (SekStore *store, SekSql sql, const char *address, GError **error)
{
  g_autoptr (SekStatement) statement = sek_store_statement (store, sql, what_failed (), error);
  if (statement == NULL)
    return FALSE;
  sek_bind_text (statement, 1, address);
  return sek_store_run (store, statement, what_failed (), NULL, error);
}

int
sek_store_forget_address (SekStore *store, const char *addr_spec, gint64 *messages, GError **error)
{
  g_autofree char *address = sek_addr_spec_normal (addr_spec);
  *messages = 0;
  /* What a person wants forgotten must not stay in the free pages of the file. */
  sqlite3_exec (store->db, "PRAGMA secure_delete = ON", NULL, NULL, NULL);
  if (!sek_store_begin (store, what_failed (), error))
    return -1;
  int found = forget_person (store, address, messages, error);
  if (found < 0 || !forget_locked (store, SEK_SQL_DROP_LOCKED, address, error) ||
      !forget_locked (store, SEK_SQL_DROP_SEEN, address, error) ||
      !forget_locked (store, SEK_SQL_DROP_PASSWORDS, address, error) ||
      !forget_locked (store, SEK_SQL_DROP_TRUSTED, address, error))
    {
      sek_store_rollback (store);
      return -1;
    }
  return sek_store_commit (store, what_failed (), error) ? found : -1;
}

/* People nobody has heard of since, and who took part in nothing that is left; topics, and ids that only
 * dropped messages referred to. */
static gboolean
sweep (SekStore *store, gint64 before, GError **error)
{
  g_autoptr (SekStatement) statement =
      sek_store_statement (store, SEK_SQL_GONE_CORRESPONDENTS, what_failed (), error);
  if (statement == NULL)
    return FALSE;
  sek_bind_int (statement, 1, before);
  int result;
  while ((result = sek_store_step (store, statement, what_failed (), error)) == SQLITE_ROW)
    {
      g_autofree char *address = g_strdup ((const char *) sqlite3_column_text (statement, 1));
      if (!drop_correspondent (store, sqlite3_column_int64 (statement, 0), address,
                               sqlite3_column_int64 (statement, 2), sqlite3_column_int64 (statement, 3),
                               error))
        return FALSE;
    }
  return result == SQLITE_DONE && run (store, SEK_SQL_DROP_OLD_TOPICS, before, 0, NULL, error) &&
         run (store, SEK_SQL_DROP_LOOSE_IDS, 0, 0, NULL, error);
}

static gint64
prune (SekStore *store, gint64 before, gint64 max_messages, gint64 limit, GError **error)
{
  SekHistory history = sek_store_history (store);
  gint64 excess = history.count_messages (store) - max_messages;
  g_autoptr (GArray) rows = list_messages (store, SEK_SQL_MESSAGES_BEFORE, before, limit, error);
  gboolean all = rows != NULL && rows->len < limit;
  if (rows != NULL && rows->len == 0 && max_messages > 0 && excess > 0)
    {
      g_array_unref (rows);
      rows = list_messages (store, SEK_SQL_OLDEST_MESSAGES, -1, MIN (limit, excess), error);
      all = excess <= limit;
    }
  if (rows == NULL || !drop_messages (store, rows, error))
    return -1;
  gint64 last = rows->len > 0 ? g_array_index (rows, Row, rows->len - 1).date : 0;
  if (rows->len > 0 && all && !sweep (store, MAX (before, last), error))
    return -1;
  return rows->len;
}

gint64
sek_store_prune (SekStore *store, gint64 before, gint64 max_messages, gint64 limit, GError **error)
{
  if (!sek_store_begin (store, what_failed (), error))
    return -1;
  gint64 dropped = prune (store, before, max_messages, limit, error);
  if (dropped < 0)
    {
      sek_store_rollback (store);
      return -1;
    }
  return sek_store_commit (store, what_failed (), error) ? dropped : -1;
}

char **
sek_store_names_of (SekStore *store, const char *addr_spec, GError **error)
{
  g_autofree char *address = sek_addr_spec_normal (addr_spec);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *what = _ ("Could not read the history");
  g_autoptr (SekStatement) statement = sek_store_statement (store, SEK_SQL_NAMES_OF, what, error);
  if (statement == NULL)
    return NULL;
  sek_bind_text (statement, 1, address);
  int result;
  while ((result = sek_store_step (store, statement, what, error)) == SQLITE_ROW)
    g_strv_builder_add (builder, (const char *) sqlite3_column_text (statement, 0));
  return result == SQLITE_DONE ? g_strv_builder_end (builder) : NULL;
}
