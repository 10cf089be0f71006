/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/store/store-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

gint64
sek_store_hash (const char *text)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (checksum, (const guchar *) text, (gssize) strlen (text));
  guint8 digest[32];
  gsize length = sizeof digest;
  g_checksum_get_digest (checksum, digest, &length);
  guint64 hash;
  memcpy (&hash, digest, sizeof hash);
  return (gint64) GUINT64_FROM_BE (hash);
}

gint64
sek_store_hash_message_id (const char *message_id)
{
  g_autofree char *clipped = sek_text_clip (message_id, -1, SEK_NAME_CHARS_MAX);
  char *id = g_strstrip (clipped);
  gsize length = strlen (id);
  if (length >= 2 && id[0] == '<' && id[length - 1] == '>')
    {
      id[length - 1] = '\0';
      id++;
    }
  return sek_store_hash (id);
}

static const char *
what_failed (void)
{
  return _ ("Could not write to the history");
}

/* One message on its way into the tables. */
typedef struct
{
  const SekMessageSummary *summary;
  gint64 id;
  gboolean has_subject;
  gint64 subject;
  gint64 date; /* 0 when not known */
  gint64 now;
  GPtrArray *peers; /* const SekMailbox *: whom the mail went between, besides us */
} Message;

/* A Date in the future is a lie or a wrong clock; neither may hide who was seen last. */
static gint64
believable_date (gint64 date, gint64 now)
{
  return CLAMP (date, 0, now);
}

static void
message_init (Message *message, const SekMessageSummary *summary, gint64 now)
{
  g_autoptr (SekSubject) subject = sek_subject_parse (summary->subject);
  message->summary = summary;
  message->has_subject = *subject->normal != '\0';
  message->subject = sek_store_hash (subject->normal);
  message->date = believable_date (summary->date, now);
  message->now = now;
  if (summary->message_id != NULL && *summary->message_id != '\0')
    message->id = sek_store_hash_message_id (summary->message_id);
  else
    {
      /* Still one message each time it is learned. No Message-ID can have this form: it has a line break. */
      const char *author = summary->from != NULL ? summary->from->addr_spec : NULL;
      g_autofree char *text = g_strdup_printf ("\n%s\n%" G_GINT64_FORMAT "\n%s", author != NULL ? author : "",
                                               summary->date, subject->normal);
      message->id = sek_store_hash (text);
    }
  message->peers = g_ptr_array_new ();
  if (!summary->sent_by_us && summary->from != NULL)
    g_ptr_array_add (message->peers, summary->from);
  for (guint i = 0; summary->sent_by_us && i < summary->recipients->len && i < SEK_MAILBOXES_MAX; i++)
    g_ptr_array_add (message->peers, summary->recipients->pdata[i]);
}

/* Normal form of bounded length; NULL when there is none. Newly allocated. */
static char *
peer_address (const SekMailbox *mailbox)
{
  if (mailbox->addr_spec == NULL)
    return NULL;
  g_autofree char *clipped = sek_text_clip (mailbox->addr_spec, -1, SEK_NAME_CHARS_MAX);
  char *address = sek_addr_spec_normal (clipped);
  if (*address == '\0')
    g_clear_pointer (&address, g_free);
  return address;
}

/* The row's number; 0 when there is none yet, -1 on a fault. */
static gint64
find_correspondent_id (SekStore *store, const char *address, GError **error)
{
  g_autoptr (SekStatement) statement =
      sek_store_statement (store, SEK_SQL_ID_OF_CORRESPONDENT, what_failed (), error);
  if (statement == NULL)
    return -1;
  sek_bind_text (statement, 1, address);
  int result = sqlite3_step (statement);
  if (result == SQLITE_ROW)
    return sqlite3_column_int64 (statement, 0);
  if (result == SQLITE_DONE)
    return 0;
  sek_store_fail (store, what_failed (), error);
  return -1;
}

/* The row's number, or -1. */
static gint64
add_correspondent (SekStore *store, const Message *message, const char *address, GError **error)
{
  gint64 id = find_correspondent_id (store, address, error);
  if (id < 0)
    return -1;
  SekSql sql = id > 0 ? SEK_SQL_SEE_CORRESPONDENT : SEK_SQL_ADD_CORRESPONDENT;
  g_autoptr (SekStatement) statement = sek_store_statement (store, sql, what_failed (), error);
  if (statement == NULL)
    return -1;
  if (id > 0)
    sek_bind_int (statement, 1, id);
  else
    sek_bind_text (statement, 1, address);
  sek_bind_int (statement, 2, message->summary->sent_by_us ? 0 : 1);
  sek_bind_int (statement, 3, message->summary->sent_by_us ? 1 : 0);
  sek_bind_int (statement, 4, message->date != 0 ? message->date : message->now);
  if (!sek_store_run (store, statement, what_failed (), NULL, error))
    return -1;
  return id > 0 ? id : sqlite3_last_insert_rowid (store->db);
}

static gboolean
add_name (SekStore *store, const char *display_name, gint64 correspondent, GError **error)
{
  g_autofree char *clipped = sek_text_clip (display_name != NULL ? display_name : "", -1, SEK_NAME_CHARS_MAX);
  g_autofree char *key = sek_text_name_key (clipped);
  if (*key == '\0')
    return TRUE;
  g_autoptr (SekStatement) statement = sek_store_statement (store, SEK_SQL_ADD_NAME, what_failed (), error);
  if (statement == NULL)
    return FALSE;
  sek_bind_text (statement, 1, key);
  sek_bind_int (statement, 2, correspondent);
  return sek_store_run (store, statement, what_failed (), NULL, error);
}

static gboolean
add_topic (SekStore *store, const Message *message, gint64 correspondent, GError **error)
{
  /* Only what we wrote: a stranger who has sent one "Re:" must not make the next one look answered. */
  if (!message->has_subject || !message->summary->sent_by_us)
    return TRUE;
  g_autoptr (SekStatement) statement = sek_store_statement (store, SEK_SQL_ADD_TOPIC, what_failed (), error);
  if (statement == NULL)
    return FALSE;
  sek_bind_int (statement, 1, message->subject);
  sek_bind_int (statement, 2, correspondent);
  return sek_store_run (store, statement, what_failed (), NULL, error);
}

static gboolean
add_peers (SekStore *store, const Message *message, GError **error)
{
  /* The same address in To and Cc got one mail, not two. */
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < message->peers->len; i++)
    {
      const SekMailbox *peer = message->peers->pdata[i];
      char *address = peer_address (peer);
      if (address == NULL || !g_hash_table_add (seen, address))
        continue;
      gint64 id = add_correspondent (store, message, address, error);
      if (id < 0 || !add_name (store, peer->display_name, id, error) ||
          !add_topic (store, message, id, error))
        return FALSE;
    }
  return TRUE;
}

/* 1 when it was new, 0 when not, -1 on a fault. */
static int
add_message (SekStore *store, const Message *message, GError **error)
{
  g_autoptr (SekStatement) statement =
      sek_store_statement (store, SEK_SQL_ADD_MESSAGE, what_failed (), error);
  if (statement == NULL)
    return -1;
  g_autofree char *first = message->peers->len > 0 ? peer_address (message->peers->pdata[0]) : NULL;
  int changed = 0;
  sek_bind_int (statement, 1, message->id);
  if (message->has_subject)
    sek_bind_int (statement, 2, message->subject);
  sek_bind_int (statement, 3, message->date);
  sek_bind_int (statement, 4, message->summary->sent_by_us ? 1 : 0);
  sek_bind_text (statement, 5, first);
  return sek_store_run (store, statement, what_failed (), &changed, error) ? changed : -1;
}

static int
learn_one (SekStore *store, const SekMessageSummary *summary, gint64 now, GError **error)
{
  Message message = { 0 };
  message_init (&message, summary, now);
  g_autoptr (GPtrArray) peers = message.peers;
  int added = sek_store_knows_message (store, message.id, error);
  if (added != 0)
    return added < 0 ? -1 : 0;
  /* People first: the message's row points to one of them. */
  if (!add_peers (store, &message, error))
    return -1;
  return add_message (store, &message, error);
}

static gboolean
add_total (SekStore *store, gint64 added, GError **error)
{
  g_autoptr (SekStatement) statement = sek_store_statement (store, SEK_SQL_ADD_TOTAL, what_failed (), error);
  if (statement == NULL)
    return FALSE;
  sek_bind_int (statement, 1, added);
  return sek_store_run (store, statement, what_failed (), NULL, error);
}

gint64
sek_store_learn (SekStore *store, const GPtrArray *summaries, GError **error)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  gint64 added = 0;
  if (!sek_store_begin (store, what_failed (), error))
    return -1;
  for (guint i = 0; i < summaries->len; i++)
    {
      int one = learn_one (store, summaries->pdata[i], now, error);
      if (one < 0)
        {
          sek_store_rollback (store);
          return -1;
        }
      added += one;
    }
  if (!add_total (store, added, error))
    {
      sek_store_rollback (store);
      return -1;
    }
  return sek_store_commit (store, what_failed (), error) ? added : -1;
}
