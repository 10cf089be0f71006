/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "agent/store/learn-private.h"

#define DAY (24 * 60 * 60)

const char *
sek_learning_what_failed (void)
{
  return _ ("Could not write to the history");
}

/* A Date in the future or from before there was mail is a lie or a wrong clock: it must not say who was seen
 * first or last. Clocks of honest people are off by hours at most. */
static gint64
believable_date (gint64 date, gint64 now)
{
  if (date < SEK_HISTORY_DATE_MIN || date > now + DAY)
    return 0;
  return MIN (date, now);
}

static gint64
message_id_of (const SekMessageSummary *summary, const char *normal_subject)
{
  if (summary->message_id != NULL && *summary->message_id != '\0')
    return sek_store_hash_message_id (summary->message_id);
  /* Still one message each time it is learned. No Message-ID can have this form: it has a line break. */
  const char *author = summary->from != NULL ? summary->from->addr_spec : NULL;
  g_autofree char *text = g_strdup_printf ("\n%s\n%" G_GINT64_FORMAT "\n%s", author != NULL ? author : "",
                                           summary->date, normal_subject);
  return sek_store_hash (text);
}

static void
message_init (SekLearned *message, const SekMessageSummary *summary, gint64 now)
{
  g_autoptr (SekSubject) subject = sek_subject_parse (summary->subject);
  message->summary = summary;
  message->has_subject = *subject->normal != '\0';
  message->subject = message->has_subject ? sek_store_hash (subject->normal) : 0;
  message->id = message_id_of (summary, subject->normal);
  message->date = believable_date (summary->date, now);
  message->people = g_ptr_array_new ();
  message->peers = g_ptr_array_new ();
  message->displays = g_ptr_array_new ();
}

static void
message_clear (SekLearned *message)
{
  g_clear_pointer (&message->people, g_ptr_array_unref);
  g_clear_pointer (&message->peers, g_ptr_array_unref);
  g_clear_pointer (&message->displays, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SekLearned, message_clear)

/* One of the people of the message; the same address in To and Cc got one mail, not two. */
static gboolean
add_person (
    SekLearning *learning, SekLearned *message, const SekMailbox *mailbox, gboolean is_peer, GError **error)
{
  GError *fault = NULL;
  SekKnownPerson *person = sek_learning_person (learning, mailbox, &fault);
  if (fault != NULL)
    {
      g_propagate_error (error, fault);
      return FALSE;
    }
  if (mailbox == NULL || person == NULL)
    return TRUE;
  if (!g_ptr_array_find (message->people, person, NULL))
    g_ptr_array_add (message->people, person);
  if (mailbox == message->summary->from)
    message->author = person;
  if (is_peer && !g_ptr_array_find (message->peers, person, NULL))
    {
      g_ptr_array_add (message->peers, person);
      g_ptr_array_add (message->displays, mailbox->display_name);
    }
  return TRUE;
}

static gboolean
find_people (SekLearning *learning, SekLearned *message, GError **error)
{
  const SekMessageSummary *summary = message->summary;
  if (!add_person (learning, message, summary->from, !summary->sent_by_us, error))
    return FALSE;
  for (guint i = 0; i < summary->recipients->len && i < 2 * SEK_MAILBOXES_MAX; i++)
    if (!add_person (learning, message, summary->recipients->pdata[i], summary->sent_by_us, error))
      return FALSE;
  return TRUE;
}

static gboolean
add_topic (SekLearning *learning, const SekLearned *message, const SekKnownPerson *person, GError **error)
{
  /* Only what we wrote: a stranger who has sent one "Re:" must not make the next one look answered. */
  if (!message->has_subject || !message->summary->sent_by_us)
    return TRUE;
  const char *what = sek_learning_what_failed ();
  g_autoptr (SekStatement) statement = sek_store_statement (learning->store, SEK_SQL_ADD_TOPIC, what, error);
  if (statement == NULL)
    return FALSE;
  sek_bind_int (statement, 1, message->subject);
  sek_bind_int (statement, 2, sek_known_person_id (person));
  sek_bind_int (statement, 3, message->date);
  return sek_store_run (learning->store, statement, what, NULL, error);
}

static gboolean
count_peers (SekLearning *learning, const SekLearned *message, GError **error)
{
  for (guint i = 0; i < message->peers->len; i++)
    {
      SekKnownPerson *peer = message->peers->pdata[i];
      sek_learning_count (learning, peer, message->displays->pdata[i], message->summary->sent_by_us,
                          message->date);
      if (!add_topic (learning, message, peer, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_message (SekLearning *learning, const SekLearned *message, gint64 thread, GError **error)
{
  const char *what = sek_learning_what_failed ();
  g_autoptr (SekStatement) statement =
      sek_store_statement (learning->store, SEK_SQL_ADD_MESSAGE, what, error);
  if (statement == NULL)
    return FALSE;
  sek_bind_int (statement, 1, message->id);
  if (message->has_subject)
    sek_bind_int (statement, 2, message->subject);
  sek_bind_int (statement, 3, message->date);
  sek_bind_int (statement, 4, message->summary->sent_by_us ? 1 : 0);
  if (message->peers->len > 0)
    sek_bind_int (statement, 5, sek_known_person_id (message->peers->pdata[0]));
  sek_bind_int (statement, 6, thread);
  if (!sek_store_run (learning->store, statement, what, NULL, error))
    return FALSE;
  learning->added++;
  learning->sent += message->summary->sent_by_us ? 1 : 0;
  if (message->date > 0)
    learning->since = learning->since == 0 ? message->date : MIN (learning->since, message->date);
  return TRUE;
}

static gboolean
set_thread (SekLearning *learning, gint64 id, gint64 thread, GError **error)
{
  const char *what = sek_learning_what_failed ();
  g_autoptr (SekStatement) statement =
      sek_store_statement (learning->store, SEK_SQL_THREAD_MESSAGE, what, error);
  if (statement == NULL)
    return FALSE;
  sek_bind_int (statement, 1, id);
  sek_bind_int (statement, 2, thread);
  return sek_store_run (learning->store, statement, what, NULL, error) &&
         sek_learning_count_thread (learning, thread, 1, error);
}

/* A message is counted once. Its references and people may be known better now than from a client's summary,
 * but only its own author can add to them: anybody can write a Message-ID that he has seen. */
static gboolean
learn_again (SekLearning *learning, const SekLearned *message, const SekMessageRow *row, GError **error)
{
  gboolean same_author =
      message->summary->sent_by_us
          ? row->sent
          : !row->sent && message->author != NULL && row->peer == sek_known_person_id (message->author);
  if (!same_author)
    return TRUE;
  gint64 thread = sek_learning_thread (learning, message, row->thread, error);
  if (thread < 0)
    return FALSE;
  return row->thread != 0 || set_thread (learning, message->id, thread, error);
}

/* 1, 0, or -1 with error. */
static int
is_distrusted (SekLearning *learning, const SekLearned *message, GError **error)
{
  const char *what = sek_learning_what_failed ();
  g_autoptr (SekStatement) statement =
      sek_store_statement (learning->store, SEK_SQL_IS_DISTRUSTED, what, error);
  if (statement == NULL)
    return -1;
  sek_bind_int (statement, 1, message->id);
  int result = sek_store_step (learning->store, statement, what, error);
  return result < 0 ? -1 : result == SQLITE_ROW;
}

static gboolean
learn_one (SekLearning *learning, const SekMessageSummary *summary, GError **error)
{
  g_auto (SekLearned) message = { 0 };
  message_init (&message, summary, learning->now);
  int distrusted = is_distrusted (learning, &message, error);
  if (distrusted != 0)
    return distrusted > 0;
  SekMessageRow row;
  int known = sek_store_find_message (learning->store, message.id, sek_learning_what_failed (), &row, error);
  if (known < 0 || !find_people (learning, &message, error))
    return FALSE;
  if (known > 0)
    return learn_again (learning, &message, &row, error);
  gint64 thread = sek_learning_thread (learning, &message, 0, error);
  return thread > 0 && count_peers (learning, &message, error) &&
         add_message (learning, &message, thread, error) &&
         sek_learning_count_thread (learning, thread, 1, error);
}

static gboolean
read_total (SekLearning *learning, GError **error)
{
  const char *what = sek_learning_what_failed ();
  g_autoptr (SekStatement) statement = sek_store_statement (learning->store, SEK_SQL_GET_TOTAL, what, error);
  if (statement == NULL || sek_store_step (learning->store, statement, what, error) < 0)
    return FALSE;
  learning->last_thread = sqlite3_column_int64 (statement, 3);
  return TRUE;
}

static gboolean
write_total (SekLearning *learning, GError **error)
{
  const char *what = sek_learning_what_failed ();
  g_autoptr (SekStatement) statement = sek_store_statement (learning->store, SEK_SQL_ADD_TOTAL, what, error);
  if (statement == NULL)
    return FALSE;
  sek_bind_int (statement, 1, learning->added);
  sek_bind_int (statement, 2, learning->sent);
  sek_bind_int (statement, 3, learning->since);
  sek_bind_int (statement, 4, learning->last_thread);
  return sek_store_run (learning->store, statement, what, NULL, error);
}

static gboolean
learn_all (SekLearning *learning, const GPtrArray *summaries, GError **error)
{
  if (!read_total (learning, error))
    return FALSE;
  for (guint i = 0; i < summaries->len; i++)
    if (!learn_one (learning, summaries->pdata[i], error))
      return FALSE;
  return sek_learning_flush_people (learning, error) && write_total (learning, error);
}

gint64
sek_store_learn (SekStore *store, const GPtrArray *summaries, GError **error)
{
  SekLearning learning = { .store = store, .now = g_get_real_time () / G_USEC_PER_SEC };
  if (!sek_store_begin (store, sek_learning_what_failed (), error))
    return -1;
  sek_learning_init_people (&learning);
  gboolean done = learn_all (&learning, summaries, error);
  sek_learning_clear_people (&learning);
  if (!done)
    {
      sek_store_rollback (store);
      return -1;
    }
  return sek_store_commit (store, sek_learning_what_failed (), error) ? learning.added : -1;
}

/* Runs sql with the number under which the history has the message. */
static gboolean
run_for (SekStore *store, SekSql sql, const SekMessageSummary *summary, GError **error)
{
  const char *what = sek_learning_what_failed ();
  g_auto (SekLearned) message = { 0 };
  message_init (&message, summary, 0);
  g_autoptr (SekStatement) statement = sek_store_statement (store, sql, what, error);
  if (statement == NULL)
    return FALSE;
  sek_bind_int (statement, 1, message.id);
  return sek_store_run (store, statement, what, NULL, error);
}

gboolean
sek_store_distrust (SekStore *store, const SekMessageSummary *summary, GError **error)
{
  return run_for (store, SEK_SQL_DISTRUST, summary, error);
}

gboolean
sek_store_trust_again (SekStore *store, const SekMessageSummary *summary, GError **error)
{
  return run_for (store, SEK_SQL_TRUST_AGAIN, summary, error);
}
