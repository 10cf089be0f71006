/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/store/store-private.h"

#include <glib/gi18n-lib.h>

void
sek_outbox_entry_free (SekOutboxEntry *entry)
{
  if (entry == NULL)
    return;
  g_free (entry->id);
  g_clear_pointer (&entry->message, g_bytes_unref);
  g_free (entry->state);
  g_free (entry->last_error);
  g_free (entry->subject);
  g_free (entry->answer);
  g_free (entry);
}

static const char *
what_failed (void)
{
  return _ ("Could not keep the report in");
}

static gboolean
add (SekStore *store,
     const char *id,
     GBytes *message,
     gint64 now,
     gboolean held,
     gboolean *was_new,
     GError **error)
{
  g_autoptr (SekStatement) statement = sek_store_statement (store, SEK_SQL_OUTBOX_ADD, what_failed (), error);
  if (statement == NULL)
    return FALSE;
  gsize size = 0;
  const void *data = g_bytes_get_data (message, &size);
  int changed = 0;
  sek_bind_text (statement, 1, id);
  sek_bind_int (statement, 2, now);
  /* An empty GBytes has no data, and NULL would be bound as NULL. */
  sqlite3_bind_blob64 (statement, 3, data != NULL ? data : "", size, SQLITE_STATIC);
  sek_bind_int (statement, 4, held ? 1 : 0);
  if (!sek_store_run (store, statement, what_failed (), &changed, error))
    return FALSE;
  if (was_new != NULL)
    *was_new = changed > 0;
  return TRUE;
}

gboolean
sek_store_outbox_add (
    SekStore *store, const char *id, GBytes *message, gint64 now, gboolean *was_new, GError **error)
{
  return add (store, id, message, now, FALSE, was_new, error);
}

gboolean
sek_store_outbox_add_held (
    SekStore *store, const char *id, GBytes *message, gint64 now, gboolean *was_new, GError **error)
{
  return add (store, id, message, now, TRUE, was_new, error);
}

static gboolean
run_with_id (SekStore *store, SekSql sql, const char *id, int *changed, GError **error)
{
  g_autoptr (SekStatement) statement = sek_store_statement (store, sql, what_failed (), error);
  if (statement == NULL)
    return FALSE;
  sek_bind_text (statement, 1, id);
  return sek_store_run (store, statement, what_failed (), changed, error);
}

gboolean
sek_store_outbox_release (SekStore *store, const char *id, GError **error)
{
  return run_with_id (store, SEK_SQL_OUTBOX_RELEASE, id, NULL, error);
}

gboolean
sek_store_outbox_withdraw (SekStore *store, const char *id, gboolean *withdrawn, GError **error)
{
  int changed = 0;
  if (!sek_store_begin (store, what_failed (), error))
    return FALSE;
  /* The decision first: the report knows which mail it is about. When there is nothing to take back it is
   * undone with the rest. */
  gboolean done = run_with_id (store, SEK_SQL_UNDECIDE, id, NULL, error) &&
                  run_with_id (store, SEK_SQL_OUTBOX_WITHDRAW, id, &changed, error);
  *withdrawn = done && changed > 0;
  if (*withdrawn)
    return sek_store_commit (store, what_failed (), error);
  sek_store_rollback (store);
  return done;
}

/* The first six columns of outbox. */
static SekOutboxEntry *
read_entry (SekStatement *statement)
{
  SekOutboxEntry *entry = g_new0 (SekOutboxEntry, 1);
  entry->id = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  entry->state = g_strdup ((const char *) sqlite3_column_text (statement, 1));
  entry->created = sqlite3_column_int64 (statement, 2);
  entry->attempts = sqlite3_column_int64 (statement, 3);
  entry->next_attempt = sqlite3_column_int64 (statement, 4);
  entry->last_error = g_strdup ((const char *) sqlite3_column_text (statement, 5));
  return entry;
}

SekOutboxEntry *
sek_store_outbox_next (SekStore *store, gint64 now, GError **error)
{
  const char *what = _ ("Could not read a report from");
  g_autoptr (SekStatement) statement = sek_store_statement (store, SEK_SQL_OUTBOX_NEXT, what, error);
  if (statement == NULL)
    return NULL;
  sek_bind_int (statement, 1, now);
  sek_bind_int (statement, 2, now > G_MAXINT64 - SEK_CLOCK_SLACK ? G_MAXINT64 : now + SEK_CLOCK_SLACK);
  int result = sqlite3_step (statement);
  if (result == SQLITE_DONE)
    return NULL;
  if (result != SQLITE_ROW)
    {
      sek_store_fail (store, what, error);
      return NULL;
    }
  SekOutboxEntry *entry = read_entry (statement);
  const void *blob = sqlite3_column_blob (statement, 6);
  entry->message = g_bytes_new (blob, (gsize) sqlite3_column_bytes (statement, 6));
  return entry;
}

/* TRUE when it is there in any state; otherwise FALSE with error. */
static gboolean
require (SekStore *store, const char *id, GError **error)
{
  g_autoptr (SekStatement) statement = sek_store_statement (store, SEK_SQL_OUTBOX_HAS, what_failed (), error);
  if (statement == NULL)
    return FALSE;
  sek_bind_text (statement, 1, id);
  int result = sqlite3_step (statement);
  if (result == SQLITE_ROW)
    return TRUE;
  if (result != SQLITE_DONE)
    return sek_store_fail (store, what_failed (), error);
  /* Translators: the first two %s say what was tried on which file, the last is an identifier. */
  g_set_error (error, SEK_STORE_ERROR, SEK_STORE_ERROR_WRITE, _ ("%s “%s”: it holds no report “%s”"),
               what_failed (), store->path, id);
  return FALSE;
}

gboolean
sek_store_outbox_sent (SekStore *store, const char *id, GError **error)
{
  {
    g_autoptr (SekStatement) statement =
        sek_store_statement (store, SEK_SQL_OUTBOX_SENT, what_failed (), error);
    if (statement == NULL)
      return FALSE;
    int changed = 0;
    sek_bind_text (statement, 1, id);
    if (!sek_store_run (store, statement, what_failed (), &changed, error))
      return FALSE;
    if (changed == 0)
      return require (store, id, error);
  }
  /* The space of the dropped bytes goes back to the disk. That it could not is no fault of this report. */
  if (sqlite3_exec (store->db, "PRAGMA incremental_vacuum", NULL, NULL, NULL) != SQLITE_OK)
    g_debug ("Could not shrink “%s”: %s", store->path, sqlite3_errmsg (store->db));
  return TRUE;
}

gboolean
sek_store_outbox_failed (
    SekStore *store, const char *id, const char *reason, gint64 now, gint64 next_attempt, GError **error)
{
  g_autoptr (SekStatement) statement =
      sek_store_statement (store, SEK_SQL_OUTBOX_FAILED, what_failed (), error);
  if (statement == NULL)
    return FALSE;
  int changed = 0;
  sek_bind_text (statement, 1, id);
  sek_bind_text (statement, 2, reason);
  sek_bind_int (statement, 3, next_attempt);
  sek_bind_int (statement, 4, now);
  if (!sek_store_run (store, statement, what_failed (), &changed, error))
    return FALSE;
  return changed > 0 || require (store, id, error);
}

GPtrArray *
sek_store_outbox_list (SekStore *store, GError **error)
{
  const char *what = _ ("Could not read a report from");
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_outbox_entry_free);
  g_autoptr (SekStatement) statement = sek_store_statement (store, SEK_SQL_OUTBOX_LIST, what, error);
  if (statement == NULL)
    return NULL;
  sek_bind_int (statement, 1, SEK_OUTBOX_LISTED_MAX);
  int result;
  while ((result = sek_store_step (store, statement, what, error)) == SQLITE_ROW)
    {
      SekOutboxEntry *entry = read_entry (statement);
      entry->answer = g_strdup ((const char *) sqlite3_column_text (statement, 6));
      entry->subject = g_strdup ((const char *) sqlite3_column_text (statement, 7));
      entry->tried = sqlite3_column_int64 (statement, 8);
      entry->is_feedback = g_strcmp0 ((const char *) sqlite3_column_text (statement, 9), "feedback") == 0;
      g_ptr_array_add (entries, entry);
    }
  return result == SQLITE_DONE ? g_steal_pointer (&entries) : NULL;
}

gboolean
sek_store_outbox_again (SekStore *store, const char *id, gint64 now, gboolean *waits, GError **error)
{
  g_autoptr (SekStatement) statement =
      sek_store_statement (store, SEK_SQL_OUTBOX_AGAIN, what_failed (), error);
  if (statement == NULL)
    return FALSE;
  int changed = 0;
  sek_bind_text (statement, 1, id);
  sek_bind_int (statement, 2, now);
  if (!sek_store_run (store, statement, what_failed (), &changed, error))
    return FALSE;
  *waits = changed > 0;
  return TRUE;
}

gboolean
sek_store_outbox_about (SekStore *store, const char *id, const SekOutboxAbout *about, GError **error)
{
  g_autoptr (SekStatement) statement =
      sek_store_statement (store, SEK_SQL_OUTBOX_ABOUT, what_failed (), error);
  if (statement == NULL)
    return FALSE;
  sek_bind_text (statement, 1, id);
  sek_bind_text (statement, 2, about->subject);
  sek_bind_text (statement, 3, about->mail);
  sek_bind_text (statement, 4, about->is_feedback ? "feedback" : "report");
  return sek_store_run (store, statement, what_failed (), NULL, error);
}

static char *
subject_of (SekStore *store, const char *id, GError **error)
{
  g_autoptr (SekStatement) statement =
      sek_store_statement (store, SEK_SQL_OUTBOX_SUBJECT, what_failed (), error);
  if (statement == NULL)
    return NULL;
  sek_bind_text (statement, 1, id);
  if (sek_store_step (store, statement, what_failed (), error) != SQLITE_ROW)
    return NULL;
  const char *subject = (const char *) sqlite3_column_text (statement, 0);
  return g_strdup (subject != NULL ? subject : "");
}

gboolean
sek_store_outbox_answered (
    SekStore *store, const char *id, const char *answer, char **subject, GError **error)
{
  *subject = NULL;
  int changed = 0;
  {
    g_autoptr (SekStatement) statement =
        sek_store_statement (store, SEK_SQL_OUTBOX_ANSWERED, what_failed (), error);
    if (statement == NULL)
      return FALSE;
    sek_bind_text (statement, 1, id);
    sek_bind_text (statement, 2, answer);
    if (!sek_store_run (store, statement, what_failed (), &changed, error))
      return FALSE;
  }
  if (changed == 0)
    return TRUE;
  *subject = subject_of (store, id, error);
  return *subject != NULL;
}

gboolean
sek_store_outbox_count (SekStore *store, gint64 *queued, gint64 *sent, gint64 *next_attempt, GError **error)
{
  const char *what = _ ("Could not count the reports in");
  g_autoptr (SekStatement) waiting = sek_store_statement (store, SEK_SQL_OUTBOX_COUNT_QUEUED, what, error);
  if (waiting == NULL)
    return FALSE;
  g_autoptr (SekStatement) all = sek_store_statement (store, SEK_SQL_OUTBOX_COUNT, what, error);
  if (all == NULL)
    return FALSE;
  if (sqlite3_step (waiting) != SQLITE_ROW || sqlite3_step (all) != SQLITE_ROW)
    return sek_store_fail (store, what, error);
  gint64 in_queue = sqlite3_column_int64 (waiting, 0);
  if (queued != NULL)
    *queued = in_queue;
  if (sent != NULL)
    *sent = sqlite3_column_int64 (all, 0) - in_queue;
  if (next_attempt != NULL)
    *next_attempt = sqlite3_column_int64 (waiting, 1);
  return TRUE;
}
