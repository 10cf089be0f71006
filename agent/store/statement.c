/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/store/store-private.h"

static const char *const texts[SEK_N_SQL] = {
  /* Not one upsert with RETURNING: SQLite plans a scan of each table that refers to this one for it. */
  [SEK_SQL_ADD_CORRESPONDENT] =
      "INSERT INTO correspondent (address, received, written_to, first_seen, last_seen) "
      "VALUES (?1, ?2, ?3, ?4, ?4)",
  [SEK_SQL_ID_OF_CORRESPONDENT] = "SELECT id FROM correspondent WHERE address = ?1",
  [SEK_SQL_SEE_CORRESPONDENT] =
      "UPDATE correspondent SET received = received + ?2, written_to = written_to + ?3, "
      "first_seen = min (first_seen, ?4), last_seen = max (last_seen, ?4) WHERE id = ?1",
  [SEK_SQL_ADD_NAME] = "INSERT INTO name (key, correspondent, seen) VALUES (?1, ?2, 1) "
                       "ON CONFLICT (key, correspondent) DO UPDATE SET seen = seen + 1",
  [SEK_SQL_ADD_MESSAGE] = "INSERT OR IGNORE INTO message (id, subject, date, sent, peer) "
                          "VALUES (?1, ?2, ?3, ?4, (SELECT id FROM correspondent WHERE address = ?5))",
  [SEK_SQL_ADD_TOPIC] = "INSERT OR IGNORE INTO topic (subject, correspondent) VALUES (?1, ?2)",
  [SEK_SQL_ADD_TOTAL] = "UPDATE total SET messages = messages + ?1 WHERE id = 1",
  [SEK_SQL_COUNT_MESSAGES] = "SELECT messages FROM total WHERE id = 1",
  [SEK_SQL_HAS_MESSAGE] = "SELECT 1 FROM message WHERE id = ?1",
  [SEK_SQL_FIND_CORRESPONDENT] =
      "SELECT received, written_to, first_seen, last_seen FROM correspondent WHERE address = ?1",
  [SEK_SQL_HAS_TOPIC] = "SELECT 1 FROM topic WHERE subject = ?1 AND correspondent = "
                        "(SELECT id FROM correspondent WHERE address = ?2)",
  /* Ties: whom we wrote to goes first, as a stranger can send as often as he likes. */
  [SEK_SQL_ADDRESSES_OF_NAME] =
      "SELECT c.address FROM name AS n JOIN correspondent AS c ON c.id = n.correspondent WHERE n.key = ?1 "
      "ORDER BY n.seen DESC, c.written_to DESC, c.first_seen, c.address LIMIT ?2",
  [SEK_SQL_PUT_VERDICT] =
      "INSERT INTO verdict (id, created, level, sha256, client, folder, content) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (id) DO UPDATE SET level = excluded.level, "
      "sha256 = excluded.sha256, client = excluded.client, folder = excluded.folder, content = "
      "excluded.content",
  [SEK_SQL_GET_VERDICT] = "SELECT content FROM verdict WHERE id = ?1",
  [SEK_SQL_PUT_DECISION] = "UPDATE verdict SET decision = ?2, decided = ?3 WHERE id = ?1",
  [SEK_SQL_OUTBOX_ADD] = "INSERT OR IGNORE INTO outbox (id, state, created, next_attempt, message) "
                         "VALUES (?1, 'queued', ?2, ?2, ?3)",
  [SEK_SQL_OUTBOX_NEXT] =
      "SELECT id, state, created, attempts, next_attempt, last_error, message FROM outbox "
      "WHERE state = 'queued' AND next_attempt <= ?1 ORDER BY created, rowid LIMIT 1",
  [SEK_SQL_OUTBOX_SENT] =
      "UPDATE outbox SET state = 'sent', message = NULL, last_error = NULL, attempts = attempts + 1 "
      "WHERE id = ?1 AND state = 'queued'",
  [SEK_SQL_OUTBOX_FAILED] = "UPDATE outbox SET attempts = attempts + 1, last_error = ?2, next_attempt = ?3 "
                            "WHERE id = ?1 AND state = 'queued'",
  [SEK_SQL_OUTBOX_HAS] = "SELECT 1 FROM outbox WHERE id = ?1",
  [SEK_SQL_OUTBOX_COUNT_QUEUED] = "SELECT count(*), min(next_attempt) FROM outbox WHERE state = 'queued'",
  [SEK_SQL_OUTBOX_COUNT] = "SELECT count(*) FROM outbox",
  [SEK_SQL_BEGIN] = "BEGIN IMMEDIATE",
  [SEK_SQL_COMMIT] = "COMMIT",
};

const char *
sek_sql_text (SekSql sql)
{
  return texts[sql];
}

SekStatement *
sek_store_statement (SekStore *store, SekSql sql, const char *what, GError **error)
{
  if (store->statements[sql] == NULL &&
      sqlite3_prepare_v3 (store->db, texts[sql], -1, SQLITE_PREPARE_PERSISTENT, &store->statements[sql],
                          NULL) != SQLITE_OK)
    {
      sek_store_fail (store, what, error);
      return NULL;
    }
  return store->statements[sql];
}

void
sek_statement_done (SekStatement *statement)
{
  if (statement == NULL)
    return;
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
}

gboolean
sek_store_run (SekStore *store, SekStatement *statement, const char *what, int *changed, GError **error)
{
  if (sqlite3_step (statement) != SQLITE_DONE)
    return sek_store_fail (store, what, error);
  if (changed != NULL)
    *changed = sqlite3_changes (store->db);
  return TRUE;
}

void
sek_bind_text (SekStatement *statement, int index, const char *text)
{
  if (text != NULL)
    sqlite3_bind_text (statement, index, text, -1, SQLITE_STATIC);
}

void
sek_bind_int (SekStatement *statement, int index, gint64 value)
{
  sqlite3_bind_int64 (statement, index, value);
}

gboolean
sek_store_begin (SekStore *store, const char *what, GError **error)
{
  g_autoptr (SekStatement) statement = sek_store_statement (store, SEK_SQL_BEGIN, what, error);
  return statement != NULL && sek_store_run (store, statement, what, NULL, error);
}

gboolean
sek_store_commit (SekStore *store, const char *what, GError **error)
{
  g_autoptr (SekStatement) statement = sek_store_statement (store, SEK_SQL_COMMIT, what, error);
  if (statement != NULL && sek_store_run (store, statement, what, NULL, error))
    return TRUE;
  sek_store_rollback (store);
  return FALSE;
}

void
sek_store_rollback (SekStore *store)
{
  /* SQLite has rolled back already after a full disk or an I/O fault; a second ROLLBACK would only be
   * refused. */
  if (sqlite3_get_autocommit (store->db) == 0)
    sqlite3_exec (store->db, "ROLLBACK", NULL, NULL, NULL);
}
