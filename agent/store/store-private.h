/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside agent/store: the connection, its prepared statements, and how a fault becomes a sentence. */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

#include "agent/store/store.h"

G_BEGIN_DECLS

/* "SKSH" in the file's header (SQLite file format §1.3.14): how we know a file of ours. */
#define SEK_STORE_APPLICATION_ID 0x534B5348
/* How long one call waits for another process; below the time a mail is held. */
#define SEK_STORE_BUSY_MILLISECONDS 1000
/* Files up to this size are checked whole when opened (about 10 ms); larger ones where they are read. */
#define SEK_STORE_CHECK_BYTES_MAX (8 * 1024 * 1024)

typedef enum
{
  SEK_SQL_ADD_CORRESPONDENT,
  SEK_SQL_ID_OF_CORRESPONDENT,
  SEK_SQL_SEE_CORRESPONDENT,
  SEK_SQL_SEE_DOMAIN,
  SEK_SQL_SEE_NAME,
  SEK_SQL_ADD_NAME,
  SEK_SQL_COUNT_NAMES,
  SEK_SQL_DROP_NAME,
  SEK_SQL_ADD_MESSAGE,
  SEK_SQL_THREAD_MESSAGE,
  SEK_SQL_ADD_TOPIC,
  SEK_SQL_ADD_TOTAL,
  SEK_SQL_GET_TOTAL,
  SEK_SQL_FIND_MESSAGE,
  SEK_SQL_FIND_MISSING,
  SEK_SQL_ADD_MISSING,
  SEK_SQL_DROP_MISSING,
  SEK_SQL_FIND_THREAD,
  SEK_SQL_COUNT_THREAD,
  SEK_SQL_JOIN_THREAD,
  SEK_SQL_REJOIN_THREADS,
  SEK_SQL_ADD_PARTICIPANT,
  SEK_SQL_MOVE_PARTICIPANTS,
  SEK_SQL_DROP_PARTICIPANTS,
  SEK_SQL_PARTICIPANTS,
  SEK_SQL_FIND_CORRESPONDENT,
  SEK_SQL_FIND_DOMAIN,
  SEK_SQL_CORRESPONDENT_DOMAINS,
  SEK_SQL_HAS_TOPIC,
  SEK_SQL_HAS_TOPIC_WITH,
  SEK_SQL_ADDRESSES_OF_NAME,
  SEK_SQL_PEOPLE_OF_DOMAIN,
  SEK_SQL_PUT_LOCKED,
  SEK_SQL_OPEN_LOCKED,
  SEK_SQL_FIND_LOCKED,
  SEK_SQL_DROP_OLD_LOCKED,
  SEK_SQL_DROP_EXCESS_LOCKED,
  SEK_SQL_PUT_PASSWORD,
  SEK_SQL_PASSWORDS_OF,
  SEK_SQL_DROP_PASSWORDS,
  SEK_SQL_DROP_OLD_PASSWORDS,
  SEK_SQL_DROP_EXCESS_PASSWORDS,
  SEK_SQL_NAMES_OF,
  SEK_SQL_MESSAGES_WITH,
  SEK_SQL_MESSAGES_BEFORE,
  SEK_SQL_OLDEST_MESSAGES,
  SEK_SQL_DROP_MESSAGE,
  SEK_SQL_DROP_EMPTY_THREAD,
  SEK_SQL_DROP_JOINED_THREADS,
  SEK_SQL_REDUCE_TOTAL,
  SEK_SQL_DROP_EMPTY_DOMAIN,
  SEK_SQL_DROP_NAMES,
  SEK_SQL_DROP_PARTICIPATIONS,
  SEK_SQL_DROP_CORRESPONDENT,
  SEK_SQL_DROP_TOPICS,
  SEK_SQL_DROP_LOCKED,
  SEK_SQL_GONE_CORRESPONDENTS,
  SEK_SQL_DROP_OLD_TOPICS,
  SEK_SQL_DROP_LOOSE_IDS,
  SEK_SQL_DISTRUST,
  SEK_SQL_IS_DISTRUSTED,
  SEK_SQL_PUT_LEARNED,
  SEK_SQL_LIST_LEARNED,
  SEK_SQL_PUT_VERDICT,
  SEK_SQL_GET_VERDICT,
  SEK_SQL_PUT_DECISION,
  SEK_SQL_VERDICT_OF_REPORT,
  SEK_SQL_TRUST_AGAIN,
  SEK_SQL_PUT_SECRET,
  SEK_SQL_GET_SECRET,
  SEK_SQL_ANSWER_OF,
  SEK_SQL_PUT_SEEN,
  SEK_SQL_DROP_OLD_SEEN,
  SEK_SQL_DROP_EXCESS_SEEN,
  SEK_SQL_DROP_SEEN,
  SEK_SQL_SEEN_AFTER,
  SEK_SQL_ANNOUNCE,
  SEK_SQL_IS_ANNOUNCED,
  SEK_SQL_ADVISE,
  SEK_SQL_MOVES,
  SEK_SQL_MOVED,
  SEK_SQL_COUNT_ADVISED,
  SEK_SQL_LIST_WARNED,
  SEK_SQL_OUTBOX_ADD,
  SEK_SQL_OUTBOX_RELEASE,
  SEK_SQL_OUTBOX_WITHDRAW,
  SEK_SQL_UNDECIDE,
  SEK_SQL_OUTBOX_NEXT,
  SEK_SQL_OUTBOX_SENT,
  SEK_SQL_OUTBOX_FAILED,
  SEK_SQL_OUTBOX_HAS,
  SEK_SQL_OUTBOX_ABOUT,
  SEK_SQL_OUTBOX_ANSWERED,
  SEK_SQL_OUTBOX_SUBJECT,
  SEK_SQL_OUTBOX_LIST,
  SEK_SQL_OUTBOX_AGAIN,
  SEK_SQL_OUTBOX_COUNT_QUEUED,
  SEK_SQL_OUTBOX_COUNT,
  SEK_SQL_PUT_TRUSTED,
  SEK_SQL_DROP_EXCESS_TRUSTED,
  SEK_SQL_DROP_TRUSTED,
  SEK_SQL_LIST_TRUSTED,
  SEK_SQL_IS_TRUSTED,
  SEK_SQL_BEGIN,
  SEK_SQL_COMMIT,
  SEK_N_SQL,
} SekSql;

struct SekStore
{
  sqlite3 *db;
  char *path;
  gboolean read_only;
  sqlite3_stmt *statements[SEK_N_SQL]; /* prepared when first used */
};

/* The text of a statement; static. */
const char *sek_sql_text (SekSql sql);

/* A statement ready for binding; NULL with error when it can't be prepared. Give it back with
 * sek_statement_done, which g_auto does. what: the sentence's beginning, see sek_store_fail. */
typedef sqlite3_stmt SekStatement;
SekStatement *sek_store_statement (SekStore *store, SekSql sql, const char *what, GError **error);
void sek_statement_done (SekStatement *statement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekStatement, sek_statement_done)

/* Runs a statement that gives no rows. *changed (may be NULL): the rows it touched. */
gboolean
sek_store_run (SekStore *store, SekStatement *statement, const char *what, int *changed, GError **error);

/* text may be NULL; not copied, so it must live until the statement is done. index counts from 1. */
void sek_bind_text (SekStatement *statement, int index, const char *text);
void sek_bind_int (SekStatement *statement, int index, gint64 value);

/* Sets error to "WHAT “path”: reason" for the connection's last fault. what is a translated beginning such as
 * "Could not keep the report in". Always FALSE. */
gboolean sek_store_fail (SekStore *store, const char *what, GError **error);

/* BEGIN IMMEDIATE, so that two writers wait instead of failing at COMMIT. */
gboolean sek_store_begin (SekStore *store, const char *what, GError **error);
/* Commits; undoes all when the commit fails. */
gboolean sek_store_commit (SekStore *store, const char *what, GError **error);
void sek_store_rollback (SekStore *store);

/* Looks at the file's first bytes without SQLite, which would write to it. TRUE when it may be opened; *empty
 * tells that there is nothing in it yet. */
gboolean sek_store_preflight (const char *path, gboolean create, gboolean *empty, GError **error);

/* The version that this program writes: the number of migrations. */
int sek_store_newest_version (void);
/* Runs the migrations from the file's version on. */
gboolean sek_store_migrate (SekStore *store, GError **error);

/* The first eight bytes of SHA-256: what a message-id or a subject is remembered as. A stranger gains nothing
 * from making two texts collide, as whoever knows the text can simply use it. */
gint64 sek_store_hash (const char *text);
gint64 sek_store_hash_message_id (const char *message_id);

/* SQLITE_ROW or SQLITE_DONE; -1 on a fault, with error. */
int sek_store_step (SekStore *store, SekStatement *statement, const char *what, GError **error);

/* The row of a message. */
typedef struct
{
  gint64 date;
  gboolean sent;
  gboolean has_subject;
  gint64 subject;
  gint64 peer;   /* 0 when there is none */
  gint64 thread; /* 0 when it was learned before threads were kept */
} SekMessageRow;

/* 1, 0 (*row zeroed), or -1 with error. */
int sek_store_find_message (SekStore *store, gint64 id, const char *what, SekMessageRow *row, GError **error);

/* The thread that this one is a part of by now; thread itself when of none. -1 with error. */
gint64 sek_store_root_of_thread (SekStore *store, gint64 thread, const char *what, GError **error);

/* The functions of SekHistory that history.c does not have. */
char **sek_history_thread_participants (gpointer self, const char *message_id);
gboolean sek_history_find_message (gpointer self, const char *message_id, SekKnownMessage *out);
gboolean sek_history_message_has_subject (gpointer self, const char *message_id, const char *normal_subject);
gboolean sek_history_find_locked_file (gpointer self, const char *addr_spec, SekLockedFile *out);
const char *sek_history_answer_about (gpointer self, const char *sha256);
gboolean sek_history_is_trusted (gpointer self, const char *addr_spec);

G_END_DECLS
