/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/store/learn-private.h"

/* The thread of a message that we have or that others refer to; 0 when neither. *have (may be NULL): 1 when
 * we have it. -1 with error. */
static gint64
thread_of_id (SekLearning *learning, gint64 id, gboolean *have, GError **error)
{
  const char *what = sek_learning_what_failed ();
  SekMessageRow row;
  int known = sek_store_find_message (learning->store, id, what, &row, error);
  if (have != NULL)
    *have = known > 0;
  if (known != 0)
    return known < 0 ? -1 : row.thread;
  g_autoptr (SekStatement) statement =
      sek_store_statement (learning->store, SEK_SQL_FIND_MISSING, what, error);
  if (statement == NULL)
    return -1;
  sek_bind_int (statement, 1, id);
  int result = sek_store_step (learning->store, statement, what, error);
  return result == SQLITE_ROW ? sqlite3_column_int64 (statement, 0) : (result == SQLITE_DONE ? 0 : -1);
}

gint64
sek_store_root_of_thread (SekStore *store, gint64 thread, const char *what, GError **error)
{
  for (int i = 0; i < SEK_HISTORY_JOINS_MAX; i++)
    {
      g_autoptr (SekStatement) statement = sek_store_statement (store, SEK_SQL_FIND_THREAD, what, error);
      if (statement == NULL)
        return -1;
      sek_bind_int (statement, 1, thread);
      int result = sek_store_step (store, statement, what, error);
      if (result < 0)
        return -1;
      gint64 joined = result == SQLITE_ROW ? sqlite3_column_int64 (statement, 0) : 0;
      if (joined == 0)
        return thread;
      thread = joined;
    }
  return thread;
}

/* Runs one of the statements that take two numbers. */
static gboolean
run (SekLearning *learning, SekSql sql, gint64 first, gint64 second, GError **error)
{
  const char *what = sek_learning_what_failed ();
  g_autoptr (SekStatement) statement = sek_store_statement (learning->store, sql, what, error);
  if (statement == NULL)
    return FALSE;
  sek_bind_int (statement, 1, first);
  if (sqlite3_bind_parameter_count (statement) > 1)
    sek_bind_int (statement, 2, second);
  return sek_store_run (learning->store, statement, what, NULL, error);
}

gboolean
sek_learning_count_thread (SekLearning *learning, gint64 thread, gint64 count, GError **error)
{
  return run (learning, SEK_SQL_COUNT_THREAD, thread, count, error);
}

/* Of two threads that turn out to be one; the older number stays. Returns it, or -1. */
static gint64
join (SekLearning *learning, gint64 a, gint64 b, GError **error)
{
  if (a == b || a == 0 || b == 0)
    return MAX (a, b);
  gint64 root = MIN (a, b), part = MAX (a, b);
  gboolean done = run (learning, SEK_SQL_MOVE_PARTICIPANTS, part, root, error) &&
                  run (learning, SEK_SQL_DROP_PARTICIPANTS, part, 0, error) &&
                  run (learning, SEK_SQL_REJOIN_THREADS, part, root, error) &&
                  run (learning, SEK_SQL_JOIN_THREAD, part, root, error);
  return done ? root : -1;
}

/* What a message refers to: the ids nearest to it, and the first, which began it all (RFC 5322 §3.6.4). Each
 * once, and never the message itself. */
static GArray *
list_links (const SekLearned *message)
{
  const GPtrArray *references = message->summary->references;
  GArray *links = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint from = references->len > SEK_HISTORY_LINKS_MAX ? references->len - SEK_HISTORY_LINKS_MAX + 1 : 0;
  for (guint i = 0; i < references->len; i = i == 0 && from > 0 ? from : i + 1)
    {
      const char *text = references->pdata[i];
      gint64 id = text != NULL && *text != '\0' ? sek_store_hash_message_id (text) : message->id;
      gboolean known = id == message->id;
      for (guint j = 0; j < links->len && !known; j++)
        known = g_array_index (links, gint64, j) == id;
      if (!known)
        g_array_append_val (links, id);
    }
  return links;
}

/* Joins the threads of all links. Those that nobody has heard of are left in links. -1 with error, 0 when
 * there is none. */
static gint64
join_links (SekLearning *learning, GArray *links, gint64 thread, GError **error)
{
  guint kept = 0;
  for (guint i = 0; i < links->len; i++)
    {
      gboolean have = FALSE;
      gint64 id = g_array_index (links, gint64, i);
      gint64 other = thread_of_id (learning, id, &have, error);
      if (other > 0)
        other = sek_store_root_of_thread (learning->store, other, sek_learning_what_failed (), error);
      if (other < 0)
        return -1;
      if (other == 0 && !have)
        g_array_index (links, gint64, kept++) = id;
      thread = join (learning, thread, other, error);
      if (thread < 0)
        return -1;
    }
  g_array_set_size (links, kept);
  return thread;
}

static gboolean
add_people (SekLearning *learning, const SekLearned *message, gint64 thread, GError **error)
{
  for (guint i = 0; i < message->people->len; i++)
    if (!run (learning, SEK_SQL_ADD_PARTICIPANT, thread, sek_known_person_id (message->people->pdata[i]),
              error))
      return FALSE;
  return TRUE;
}

gint64
sek_learning_thread (SekLearning *learning, const SekLearned *message, gint64 known, GError **error)
{
  gint64 thread = known > 0 ? known : thread_of_id (learning, message->id, NULL, error);
  if (thread < 0)
    return -1;
  gboolean was_missing = known == 0 && thread > 0;
  if (thread > 0)
    thread = sek_store_root_of_thread (learning->store, thread, sek_learning_what_failed (), error);
  g_autoptr (GArray) links = list_links (message);
  thread = thread < 0 ? -1 : join_links (learning, links, thread, error);
  if (thread < 0)
    return -1;
  if (thread == 0)
    thread = ++learning->last_thread;
  if (was_missing && !run (learning, SEK_SQL_DROP_MISSING, message->id, 0, error))
    return -1;
  for (guint i = 0; i < links->len; i++)
    if (!run (learning, SEK_SQL_ADD_MISSING, g_array_index (links, gint64, i), thread, error))
      return -1;
  return add_people (learning, message, thread, error) ? thread : -1;
}
