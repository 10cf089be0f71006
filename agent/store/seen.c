/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/store/seen.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "agent/store/store-private.h"

#define SWEEP_EVERY 64

static const char *
what_failed (void)
{
  return _ ("Could not keep what advisories need in");
}

SekSeenMail *
sek_seen_mail_new (void)
{
  SekSeenMail *mail = g_new0 (SekSeenMail, 1);
  mail->mail = g_strdup ("");
  mail->subject = g_strdup ("");
  mail->client = g_strdup ("");
  mail->folder = g_strdup ("");
  mail->traces = sek_traces_new ();
  return mail;
}

void
sek_seen_mail_free (SekSeenMail *mail)
{
  if (mail == NULL)
    return;
  g_free (mail->mail);
  g_free (mail->subject);
  g_free (mail->client);
  g_free (mail->folder);
  sek_traces_free (mail->traces);
  g_free (mail);
}

/* Binds words as one text; what holds a line end is no mark of an honest mail and left out. */
static void
bind_words (SekStatement *statement, int index, char **words)
{
  GString *text = g_string_new (NULL);
  for (char **word = words; *word != NULL; word++)
    if (strchr (*word, '\n') == NULL)
      g_string_append_printf (text, "%s\n", *word);
  sqlite3_bind_text (statement, index, text->str, (int) text->len, SQLITE_TRANSIENT);
  g_string_free (text, TRUE);
}

static char *
column_text (SekStatement *statement, int column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);
  return g_utf8_make_valid (text != NULL ? text : "", -1);
}

static void
set_words (SekStatement *statement, int column, char ***field)
{
  g_autofree char *text = column_text (statement, column);
  gsize length = strlen (text);
  if (length > 0 && text[length - 1] == '\n')
    text[length - 1] = '\0';
  g_strfreev (*field);
  *field = length > 0 ? g_strsplit (text, "\n", -1) : g_new0 (char *, 1);
}

static gboolean
run_with_number (SekStore *store, SekSql sql, gint64 number, GError **error)
{
  g_autoptr (SekStatement) statement = sek_store_statement (store, sql, what_failed (), error);
  if (statement == NULL)
    return FALSE;
  sek_bind_int (statement, 1, number);
  return sek_store_run (store, statement, what_failed (), NULL, error);
}

static gboolean
put (SekStore *store, const SekSeenMail *mail, GError **error)
{
  g_autoptr (SekStatement) statement = sek_store_statement (store, SEK_SQL_PUT_SEEN, what_failed (), error);
  if (statement == NULL)
    return FALSE;
  const SekTraces *traces = mail->traces;
  sek_bind_text (statement, 1, mail->mail);
  sek_bind_text (statement, 2, traces->message_id != NULL ? traces->message_id : "");
  sek_bind_text (statement, 3, mail->subject);
  sek_bind_text (statement, 4, traces->subject);
  bind_words (statement, 5, traces->senders);
  bind_words (statement, 6, traces->domains);
  bind_words (statement, 7, traces->sha256s);
  bind_words (statement, 8, traces->link_domains);
  sek_bind_int (statement, 9, mail->date);
  sek_bind_text (statement, 10, mail->client);
  sek_bind_text (statement, 11, mail->folder);
  sek_bind_int (statement, 12, mail->level);
  return sek_store_run (store, statement, what_failed (), NULL, error);
}

/* Each write waits for the disk, so what is too old goes a few dozen mails at a time. */
static gboolean
sweep (SekStore *store, const SekSeenMail *mail, GError **error)
{
  if (sqlite3_last_insert_rowid (store->db) % SWEEP_EVERY != 0)
    return TRUE;
  return run_with_number (store, SEK_SQL_DROP_OLD_SEEN, mail->date - SEK_SEEN_SECONDS, error) &&
         run_with_number (store, SEK_SQL_DROP_EXCESS_SEEN, SEK_SEEN_MAX, error);
}

gboolean
sek_store_put_seen (SekStore *store, const SekSeenMail *mail, GError **error)
{
  return put (store, mail, error) && sweep (store, mail, error);
}

static SekSeenMail *
read_row (SekStatement *statement)
{
  SekSeenMail *mail = g_new0 (SekSeenMail, 1);
  mail->traces = sek_traces_new ();
  mail->id = sqlite3_column_int64 (statement, 0);
  mail->mail = column_text (statement, 1);
  g_autofree char *message_id = column_text (statement, 2);
  if (*message_id != '\0')
    mail->traces->message_id = g_steal_pointer (&message_id);
  mail->subject = column_text (statement, 3);
  g_free (mail->traces->subject);
  mail->traces->subject = column_text (statement, 4);
  set_words (statement, 5, &mail->traces->senders);
  set_words (statement, 6, &mail->traces->domains);
  set_words (statement, 7, &mail->traces->sha256s);
  set_words (statement, 8, &mail->traces->link_domains);
  mail->date = sqlite3_column_int64 (statement, 9);
  mail->client = column_text (statement, 10);
  mail->folder = column_text (statement, 11);
  mail->level = (SekLevel) CLAMP (sqlite3_column_int (statement, 12), SEK_LEVEL_CLEAR, SEK_LEVEL_DANGER);
  return mail;
}

static GPtrArray *
read_rows (SekStore *store, SekStatement *statement, GError **error)
{
  g_autoptr (GPtrArray) mails = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_seen_mail_free);
  int result;
  while ((result = sek_store_step (store, statement, what_failed (), error)) == SQLITE_ROW)
    g_ptr_array_add (mails, read_row (statement));
  return result == SQLITE_DONE ? g_steal_pointer (&mails) : NULL;
}

GPtrArray *
sek_store_seen_after (SekStore *store, gint64 after, guint count, GError **error)
{
  g_autoptr (SekStatement) statement = sek_store_statement (store, SEK_SQL_SEEN_AFTER, what_failed (), error);
  if (statement == NULL)
    return NULL;
  sek_bind_int (statement, 1, after);
  sek_bind_int (statement, 2, count);
  return read_rows (store, statement, error);
}

gboolean
sek_store_announce (SekStore *store, const char *advisory, gint64 date, gboolean *is_new, GError **error)
{
  g_autoptr (SekStatement) statement = sek_store_statement (store, SEK_SQL_ANNOUNCE, what_failed (), error);
  if (statement == NULL)
    return FALSE;
  int changed = 0;
  sek_bind_text (statement, 1, advisory);
  sek_bind_int (statement, 2, date);
  gboolean done = sek_store_run (store, statement, what_failed (), &changed, error);
  *is_new = changed > 0;
  return done;
}

gboolean
sek_store_is_announced (SekStore *store, const char *advisory, gboolean *announced, GError **error)
{
  g_autoptr (SekStatement) statement =
      sek_store_statement (store, SEK_SQL_IS_ANNOUNCED, what_failed (), error);
  if (statement == NULL)
    return FALSE;
  sek_bind_text (statement, 1, advisory);
  int result = sek_store_step (store, statement, what_failed (), error);
  *announced = result == SQLITE_ROW;
  return result >= 0;
}

gboolean
sek_store_advise (SekStore *store,
                  const char *mail,
                  const char *advisory,
                  gboolean to_move,
                  gboolean *is_new,
                  GError **error)
{
  g_autoptr (SekStatement) statement = sek_store_statement (store, SEK_SQL_ADVISE, what_failed (), error);
  if (statement == NULL)
    return FALSE;
  int changed = 0;
  sek_bind_text (statement, 1, mail);
  sek_bind_text (statement, 2, advisory);
  sek_bind_int (statement, 3, g_get_real_time () / G_USEC_PER_SEC);
  sek_bind_int (statement, 4, to_move ? 1 : 0);
  gboolean done = sek_store_run (store, statement, what_failed (), &changed, error);
  *is_new = changed > 0;
  return done;
}

GPtrArray *
sek_store_moves (SekStore *store, GError **error)
{
  g_autoptr (SekStatement) statement = sek_store_statement (store, SEK_SQL_MOVES, what_failed (), error);
  if (statement == NULL)
    return NULL;
  sek_bind_int (statement, 1, SEK_MOVES_MAX);
  return read_rows (store, statement, error);
}

gboolean
sek_store_moved (SekStore *store, const char *mail, GError **error)
{
  g_autoptr (SekStatement) statement = sek_store_statement (store, SEK_SQL_MOVED, what_failed (), error);
  if (statement == NULL)
    return FALSE;
  sek_bind_text (statement, 1, mail);
  return sek_store_run (store, statement, what_failed (), NULL, error);
}
