/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/store/store-private.h"

static const char *const texts[SEK_N_SQL] = {
  /* Not one upsert with RETURNING: SQLite plans a scan of each table that refers to this one for it. */
  [SEK_SQL_ADD_CORRESPONDENT] =
      "INSERT INTO correspondent (address, received, written_to, first_seen, last_seen) "
      "VALUES (?1, 0, 0, 9223372036854775807, 0)",
  [SEK_SQL_ID_OF_CORRESPONDENT] = "SELECT id, last_seen, received, written_to FROM correspondent "
                                  "WHERE address = ?1",
  [SEK_SQL_SEE_CORRESPONDENT] =
      "UPDATE correspondent SET received = received + ?2, written_to = written_to + ?3, "
      "first_seen = min (first_seen, ?4), last_seen = max (last_seen, ?5) WHERE id = ?1",
  [SEK_SQL_SEE_DOMAIN] =
      "INSERT INTO domain VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (name) DO UPDATE SET "
      "received = received + ?2, written_to = written_to + ?3, first_seen = min (first_seen, ?4), "
      "last_seen = max (last_seen, ?5), received_itself = received_itself + ?6, "
      "written_itself = written_itself + ?7",
  [SEK_SQL_SEE_NAME] = "UPDATE name SET seen = seen + ?3, shown = ?4 WHERE key = ?1 AND correspondent = ?2",
  [SEK_SQL_ADD_NAME] = "INSERT INTO name (key, correspondent, seen, shown) VALUES (?1, ?2, ?3, ?4)",
  [SEK_SQL_COUNT_NAMES] = "SELECT count(*) FROM name WHERE correspondent = ?1",
  [SEK_SQL_DROP_NAME] = "DELETE FROM name WHERE correspondent = ?1 AND key = "
                        "(SELECT key FROM name WHERE correspondent = ?1 ORDER BY seen LIMIT 1)",
  [SEK_SQL_ADD_MESSAGE] = "INSERT INTO message (id, subject, date, sent, peer, thread) "
                          "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
  [SEK_SQL_THREAD_MESSAGE] = "UPDATE message SET thread = ?2 WHERE id = ?1",
  [SEK_SQL_ADD_TOPIC] = "INSERT INTO topic (subject, correspondent, date) VALUES (?1, ?2, ?3) "
                        "ON CONFLICT (subject, correspondent) DO UPDATE SET date = max (date, ?3)",
  [SEK_SQL_ADD_TOTAL] =
      "UPDATE total SET messages = messages + ?1, sent = sent + ?2, since = CASE WHEN ?3 = 0 THEN since "
      "WHEN since = 0 THEN ?3 ELSE min (since, ?3) END, threads = ?4 WHERE id = 1",
  [SEK_SQL_GET_TOTAL] = "SELECT messages, sent, since, threads FROM total WHERE id = 1",
  [SEK_SQL_FIND_MESSAGE] = "SELECT date, sent, subject, peer, thread FROM message WHERE id = ?1",
  [SEK_SQL_FIND_MISSING] = "SELECT thread FROM missing WHERE id = ?1",
  [SEK_SQL_ADD_MISSING] = "INSERT INTO missing (id, thread) VALUES (?1, ?2)",
  [SEK_SQL_DROP_MISSING] = "DELETE FROM missing WHERE id = ?1",
  [SEK_SQL_FIND_THREAD] = "SELECT joined FROM thread WHERE id = ?1",
  [SEK_SQL_COUNT_THREAD] = "INSERT INTO thread (id, joined, messages) VALUES (?1, NULL, ?2) "
                           "ON CONFLICT (id) DO UPDATE SET messages = messages + ?2",
  /* Thread ?1 becomes a part of ?2, which takes over what it had. */
  /* So that no chain grows: what joined a thread that joins goes along. */
  [SEK_SQL_REJOIN_THREADS] = "UPDATE thread SET joined = ?2 WHERE joined = ?1",
  [SEK_SQL_JOIN_THREAD] = "UPDATE thread SET joined = CASE WHEN id = ?1 THEN ?2 END, messages = CASE WHEN id "
                          "= ?1 THEN 0 ELSE messages + (SELECT messages FROM thread WHERE id = ?1) END "
                          "WHERE id IN (?1, ?2)",
  [SEK_SQL_ADD_PARTICIPANT] = "INSERT OR IGNORE INTO participant (thread, correspondent) VALUES (?1, ?2)",
  [SEK_SQL_MOVE_PARTICIPANTS] = "INSERT OR IGNORE INTO participant (thread, correspondent) "
                                "SELECT ?2, correspondent FROM participant WHERE thread = ?1",
  [SEK_SQL_DROP_PARTICIPANTS] = "DELETE FROM participant WHERE thread = ?1",
  [SEK_SQL_PARTICIPANTS] = "SELECT c.address FROM participant AS p JOIN correspondent AS c ON c.id = "
                           "p.correspondent WHERE p.thread = ?1 LIMIT ?2",
  [SEK_SQL_FIND_CORRESPONDENT] = "SELECT received, written_to, first_seen, last_seen FROM correspondent "
                                 "WHERE address = ?1 AND received + written_to > 0",
  [SEK_SQL_FIND_DOMAIN] = "SELECT received, written_to, first_seen, last_seen FROM domain WHERE name = ?1",
  [SEK_SQL_CORRESPONDENT_DOMAINS] =
      "SELECT name FROM domain WHERE written_itself > 0 OR received_itself >= 3 "
      "ORDER BY written_itself DESC, received_itself DESC LIMIT ?1",
  [SEK_SQL_HAS_TOPIC] = "SELECT 1 FROM topic WHERE subject = ?1 LIMIT 1",
  [SEK_SQL_HAS_TOPIC_WITH] = "SELECT 1 FROM topic WHERE subject = ?1 AND correspondent = "
                             "(SELECT id FROM correspondent WHERE address = ?2)",
  /* Ties: whom we wrote to goes first, as a stranger can send as often as he likes. */
  [SEK_SQL_ADDRESSES_OF_NAME] =
      "SELECT c.address FROM name AS n JOIN correspondent AS c ON c.id = n.correspondent WHERE n.key = ?1 "
      "ORDER BY n.seen DESC, c.written_to DESC, c.first_seen, c.address LIMIT ?2",
  [SEK_SQL_PEOPLE_OF_DOMAIN] =
      "SELECT CASE n.shown WHEN '' THEN n.key ELSE n.shown END, c.address FROM correspondent AS c JOIN name "
      "AS n "
      "ON n.correspondent = c.id WHERE (substr(c.address, -length(?1)) = ?1 OR substr(c.address, "
      "-length(?2)) = ?2) "
      "AND (n.seen >= 2 OR c.written_to > 0) ORDER BY c.written_to + c.received DESC, n.seen DESC LIMIT ?3",
  [SEK_SQL_PUT_LOCKED] = "INSERT OR IGNORE INTO locked (sender, digest, file, subject, date, opened) "
                         "VALUES (?1, ?2, ?3, ?4, ?5, 0)",
  [SEK_SQL_OPEN_LOCKED] = "UPDATE locked SET opened = 1 WHERE sender = ?1 AND digest = ?2",
  /* "@domain": anybody of it and below it. */
  [SEK_SQL_FIND_LOCKED] = "SELECT file, subject, date FROM locked WHERE (sender = ?1 OR (?1 LIKE '@%' AND "
                          "substr(sender, -length(?1)) IN (?1, '.' || substr(?1, 2)))) AND opened = 0 AND "
                          "date > ?2 ORDER BY date DESC LIMIT 1",
  [SEK_SQL_PUT_PASSWORD] =
      "INSERT INTO password (sender, password, date, opened) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE "
      "SET date = max(date, excluded.date), opened = max(opened, excluded.opened)",
  [SEK_SQL_PASSWORDS_OF] =
      "SELECT password, opened FROM password WHERE date > ?4 AND (sender = ?1 OR (?2 <> '' AND "
      "(substr(sender, -length(?2)) = ?2 OR substr(sender, -length(?3)) = ?3))) "
      "ORDER BY sender = ?1 DESC, opened DESC, date DESC, password LIMIT ?5",
  [SEK_SQL_DROP_PASSWORDS] = "DELETE FROM password WHERE sender = ?1",
  [SEK_SQL_DROP_OLD_PASSWORDS] = "DELETE FROM password WHERE date <= ?1",
  [SEK_SQL_DROP_EXCESS_PASSWORDS] =
      "DELETE FROM password WHERE date <= (SELECT date FROM password ORDER BY date DESC LIMIT 1 OFFSET ?1)",
  [SEK_SQL_DROP_OLD_LOCKED] = "DELETE FROM locked WHERE date <= ?1",
  [SEK_SQL_DROP_EXCESS_LOCKED] =
      "DELETE FROM locked WHERE date <= (SELECT date FROM locked ORDER BY date DESC LIMIT 1 OFFSET ?1)",
  [SEK_SQL_NAMES_OF] = "SELECT CASE shown WHEN '' THEN key ELSE shown END FROM name WHERE correspondent = "
                       "(SELECT id FROM correspondent WHERE address = ?1) ORDER BY seen DESC",
  /* Without an index: a person asks for it, once. */
  [SEK_SQL_MESSAGES_WITH] = "SELECT id, thread, sent, date FROM message WHERE peer = ?1 LIMIT ?2",
  [SEK_SQL_MESSAGES_BEFORE] = "SELECT id, thread, sent, date FROM message WHERE date > 0 AND date < ?1 "
                              "ORDER BY date LIMIT ?2",
  [SEK_SQL_OLDEST_MESSAGES] =
      "SELECT id, thread, sent, date FROM message WHERE date > ?1 ORDER BY date LIMIT ?2",
  [SEK_SQL_DROP_MESSAGE] = "DELETE FROM message WHERE id = ?1",
  [SEK_SQL_DROP_EMPTY_THREAD] = "DELETE FROM thread WHERE id = ?1 AND messages <= 0",
  [SEK_SQL_DROP_JOINED_THREADS] = "DELETE FROM thread WHERE joined = ?1",
  [SEK_SQL_REDUCE_TOTAL] =
      "UPDATE total SET messages = messages - ?1, sent = sent - ?2, since = coalesce ((SELECT date FROM "
      "message WHERE date > 0 ORDER BY date LIMIT 1), 0) WHERE id = 1",
  [SEK_SQL_DROP_EMPTY_DOMAIN] = "DELETE FROM domain WHERE name = ?1 AND received + written_to <= 0",
  [SEK_SQL_DROP_NAMES] = "DELETE FROM name WHERE correspondent = ?1",
  [SEK_SQL_DROP_PARTICIPATIONS] = "DELETE FROM participant WHERE correspondent = ?1",
  [SEK_SQL_DROP_CORRESPONDENT] = "DELETE FROM correspondent WHERE id = ?1",
  [SEK_SQL_DROP_TOPICS] = "DELETE FROM topic WHERE correspondent = ?1",
  [SEK_SQL_DROP_LOCKED] = "DELETE FROM locked WHERE sender = ?1",
  /* These three read whole tables, once a day, and only when messages were dropped. */
  [SEK_SQL_GONE_CORRESPONDENTS] =
      "SELECT id, address, received, written_to FROM correspondent WHERE last_seen < ?1 AND NOT EXISTS "
      "(SELECT 1 FROM participant WHERE participant.correspondent = correspondent.id)",
  [SEK_SQL_DROP_OLD_TOPICS] = "DELETE FROM topic WHERE date > 0 AND date < ?1",
  [SEK_SQL_DROP_LOOSE_IDS] = "DELETE FROM missing WHERE NOT EXISTS (SELECT 1 FROM thread WHERE thread.id = "
                             "missing.thread)",
  [SEK_SQL_DISTRUST] = "INSERT OR IGNORE INTO distrusted (id) VALUES (?1)",
  [SEK_SQL_IS_DISTRUSTED] = "SELECT 1 FROM distrusted WHERE id = ?1",
  [SEK_SQL_PUT_LEARNED] = "INSERT INTO learning (folder, up_to) VALUES (?1, ?2) "
                          "ON CONFLICT (folder) DO UPDATE SET up_to = excluded.up_to",
  [SEK_SQL_LIST_LEARNED] = "SELECT folder, up_to FROM learning LIMIT ?1",
  [SEK_SQL_PUT_VERDICT] =
      "INSERT INTO verdict (id, created, level, sha256, client, folder, content) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (id) DO UPDATE SET level = excluded.level, "
      "sha256 = excluded.sha256, client = excluded.client, folder = excluded.folder, content = "
      "excluded.content",
  [SEK_SQL_GET_VERDICT] = "SELECT content FROM verdict WHERE id = ?1",
  [SEK_SQL_VERDICT_OF_REPORT] =
      "SELECT content FROM verdict WHERE sha256 = (SELECT mail FROM outbox WHERE id = ?1) ORDER BY created "
      "DESC LIMIT 1",
  [SEK_SQL_TRUST_AGAIN] = "DELETE FROM distrusted WHERE id = ?1",
  [SEK_SQL_PUT_SECRET] = "INSERT OR IGNORE INTO secret (name, value) VALUES ('report', ?1)",
  [SEK_SQL_GET_SECRET] = "SELECT value FROM secret WHERE name = 'report'",
  [SEK_SQL_ANSWER_OF] = "SELECT answer FROM outbox WHERE mail = ?1 AND answer IN ('dangerous', 'harmless') "
                        "ORDER BY created DESC "
                        "LIMIT 1",
  [SEK_SQL_PUT_DECISION] = "UPDATE verdict SET decision = ?2, decided = ?3 WHERE id = ?1",
  [SEK_SQL_PUT_SEEN] =
      "INSERT INTO seen (mail, message_id, shown, subject, senders, domains, digests, links, date, client, "
      "folder, level) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) ON CONFLICT (mail) DO "
      "UPDATE SET "
      "client = excluded.client, folder = excluded.folder, level = excluded.level",
  [SEK_SQL_DROP_OLD_SEEN] = "DELETE FROM seen WHERE date < ?1",
  [SEK_SQL_DROP_EXCESS_SEEN] = "DELETE FROM seen WHERE id <= (SELECT max(id) FROM seen) - ?1",
  [SEK_SQL_DROP_SEEN] =
      "DELETE FROM seen WHERE instr (char (10) || senders, char (10) || ?1 || char (10)) > 0",
  [SEK_SQL_SEEN_AFTER] =
      "SELECT id, mail, message_id, shown, subject, senders, domains, digests, links, date, "
      "client, folder, level FROM seen WHERE id > ?1 ORDER BY id LIMIT ?2",
  [SEK_SQL_ANNOUNCE] = "INSERT OR IGNORE INTO announced (advisory, date) VALUES (?1, ?2)",
  [SEK_SQL_IS_ANNOUNCED] = "SELECT 1 FROM announced WHERE advisory = ?1",
  [SEK_SQL_ADVISE] = "INSERT OR IGNORE INTO advised (mail, advisory, date, to_move) VALUES (?1, ?2, ?3, ?4)",
  [SEK_SQL_MOVES] =
      "SELECT id, mail, message_id, shown, subject, senders, domains, digests, links, date, client, "
      "folder, level FROM seen WHERE mail IN (SELECT mail FROM advised WHERE to_move = 1) "
      "ORDER BY id LIMIT ?1",
  [SEK_SQL_MOVED] = "UPDATE advised SET to_move = 0 WHERE mail = ?1",
  [SEK_SQL_COUNT_ADVISED] = "SELECT count(*) FROM advised WHERE advisory = ?1",
  [SEK_SQL_LIST_WARNED] = "SELECT sha256, created, decision, decided, client, folder, content FROM verdict "
                          "WHERE level IN ('caution', 'danger') ORDER BY created DESC, rowid DESC LIMIT ?1",
  [SEK_SQL_OUTBOX_ADD] = "INSERT OR IGNORE INTO outbox (id, state, created, next_attempt, message, "
                         "held, tried) VALUES (?1, 'queued', ?2, ?2, ?3, ?4, ?2)",
  [SEK_SQL_OUTBOX_RELEASE] = "UPDATE outbox SET held = 0 WHERE held = 1 AND (?1 IS NULL OR id = ?1)",
  [SEK_SQL_OUTBOX_WITHDRAW] = "DELETE FROM outbox WHERE id = ?1 AND state = 'queued' AND attempts = 0",
  [SEK_SQL_UNDECIDE] = "UPDATE verdict SET decision = NULL, decided = NULL WHERE decision = 'reported' "
                       "AND sha256 = (SELECT mail FROM outbox WHERE id = ?1)",
  [SEK_SQL_OUTBOX_NEXT] =
      "SELECT id, state, created, attempts, next_attempt, last_error, message FROM outbox "
      "WHERE id IN (SELECT id FROM outbox WHERE state = 'queued' AND held = 0 AND next_attempt <= ?1 "
      "UNION ALL "
      "SELECT id FROM outbox WHERE state = 'queued' AND held = 0 AND tried > ?2) ORDER BY created, "
      "rowid LIMIT 1",
  [SEK_SQL_OUTBOX_SENT] =
      "UPDATE outbox SET state = 'sent', message = NULL, last_error = NULL, attempts = attempts + 1 "
      "WHERE id = ?1 AND state = 'queued'",
  [SEK_SQL_OUTBOX_FAILED] = "UPDATE outbox SET attempts = attempts + 1, last_error = ?2, next_attempt = ?3, "
                            "tried = ?4 "
                            "WHERE id = ?1 AND state = 'queued'",
  [SEK_SQL_OUTBOX_LIST] =
      "SELECT id, CASE held WHEN 1 THEN 'held' ELSE state END, created, attempts, next_attempt, "
      "last_error, answer, subject, tried, kind FROM outbox "
      "ORDER BY created DESC, rowid DESC LIMIT ?1",
  [SEK_SQL_OUTBOX_AGAIN] = "UPDATE outbox SET next_attempt = ?2, held = 0 WHERE id = ?1 AND state = 'queued'",
  [SEK_SQL_OUTBOX_ABOUT] = "UPDATE outbox SET subject = ?2, mail = ?3, kind = ?4 WHERE id = ?1",
  /* A judgement stays; what is none gives way to one, so that reading an older answer again changes nothing.
   */
  [SEK_SQL_OUTBOX_ANSWERED] =
      "UPDATE outbox SET answer = ?2 WHERE id = ?1 AND state = 'sent' AND (answer IS NULL OR "
      "(answer IN ('answered', 'thanks') AND ?2 IN ('dangerous', 'harmless')))",
  [SEK_SQL_OUTBOX_SUBJECT] = "SELECT subject FROM outbox WHERE id = ?1",
  [SEK_SQL_OUTBOX_HAS] = "SELECT 1 FROM outbox WHERE id = ?1",
  [SEK_SQL_OUTBOX_COUNT_QUEUED] =
      "SELECT count(*), min(CASE held WHEN 0 THEN next_attempt END) FROM outbox WHERE state = 'queued'",
  [SEK_SQL_OUTBOX_COUNT] = "SELECT count(*) FROM outbox",
  [SEK_SQL_PUT_TRUSTED] = "INSERT INTO trusted (address, name, since) VALUES (?1, ?2, ?3) "
                          "ON CONFLICT (address) DO UPDATE SET name = excluded.name, since = excluded.since",
  [SEK_SQL_DROP_EXCESS_TRUSTED] =
      "DELETE FROM trusted WHERE address IN "
      "(SELECT address FROM trusted ORDER BY since DESC, address LIMIT -1 OFFSET ?1)",
  [SEK_SQL_DROP_TRUSTED] = "DELETE FROM trusted WHERE address = ?1",
  [SEK_SQL_LIST_TRUSTED] = "SELECT address, name, since FROM trusted ORDER BY since DESC, address LIMIT ?1",
  [SEK_SQL_IS_TRUSTED] = "SELECT 1 FROM trusted WHERE address = ?1",
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

int
sek_store_step (SekStore *store, SekStatement *statement, const char *what, GError **error)
{
  int result = sqlite3_step (statement);
  if (result == SQLITE_ROW || result == SQLITE_DONE)
    return result;
  sek_store_fail (store, what, error);
  return -1;
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
