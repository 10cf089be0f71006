/* SPDX-License-Identifier: GPL-3.0-or-later */
/* agent/store: history, verdicts and the report outbox in one SQLite file. The only folder that knows SQLite.
 */
#pragma once

#include "agent/core/core.h"

G_BEGIN_DECLS

#define SEK_STORE_ERROR (sek_store_error_quark ())
GQuark sek_store_error_quark (void);
typedef enum
{
  SEK_STORE_ERROR_OPEN,   /* missing folder, no permission, locked */
  SEK_STORE_ERROR_BROKEN, /* not a database of ours, or damaged */
  SEK_STORE_ERROR_WRITE,  /* full disk, read-only */
  SEK_STORE_ERROR_NEWER,  /* a newer version wrote it */
} SekStoreError;

typedef struct SekStore SekStore;

/* path: UTF-8 file name; its folder is made (0700) and the file created (0600) when create is TRUE. Runs the
 * migrations that are missing, each in one transaction. A broken file is named with the reason and left as it
 * is. With create FALSE the file is opened read-only. Any number of processes may have it open, each of them
 * once. One thread at a time. */
SekStore *sek_store_open (const char *path, gboolean create, GError **error);
/* For the one who owns the file, the agent: the same with create TRUE, but a broken file, with its log, is
 * renamed ("sekisho.db.2026-11-23") and a new one begun. *set_aside: a sentence that says so, newly
 * allocated, NULL when nothing happened. One that is locked, may not be opened, or is from a newer version is
 * not touched. */
SekStore *sek_store_open_or_rebuild (const char *path, char **set_aside, GError **error);
void sek_store_free (SekStore *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekStore, sek_store_free)

/* FALSE: what is written from now on is whole after a crash of this process, but not waited for until it is
 * on the disk: a power cut may take the last of it, never more. TRUE, as at first: it is there when a call
 * returns. */
void sek_store_set_durable (SekStore *store, gboolean durable);
/* Drops what is cached of the file; it is read again when it is asked for. */
void sek_store_rest (SekStore *store);

/* $XDG_STATE_HOME/sekisho/sekisho.db; newly allocated. */
char *sek_store_default_path (void);

/* --- history --- */
/* Learns several messages in one transaction; one that is known by its message-id already is not counted
 * twice. summaries: SekMessageSummary. Returns the number that were new, or -1. */
gint64 sek_store_learn (SekStore *store, const GPtrArray *summaries, GError **error);
/* Marks a mail that was judged caution or danger: sek_store_learn passes over it from now on. */
gboolean sek_store_distrust (SekStore *store, const SekMessageSummary *summary, GError **error);
/* How far a mail client has handed over a folder of its. folder: its own word for it, up_to: the highest
 * number. */
gboolean sek_store_put_learned (SekStore *store, const char *folder, guint32 up_to, GError **error);
/* All folders → up_to (GPOINTER_TO_UINT); NULL with error. */
GHashTable *sek_store_list_learned (SekStore *store, GError **error);
/* Takes that back: somebody who may has judged the mail otherwise. */
gboolean sek_store_trust_again (SekStore *store, const SekMessageSummary *summary, GError **error);
/* The read-only interface for the engine; valid as long as store. */
SekHistory sek_store_history (SekStore *store);

/* The name forms of a correspondent as a person reads them, most used first; newly allocated. NULL with
 * error.
 */
char **sek_store_names_of (SekStore *store, const char *addr_spec, GError **error);
/* Forgets a correspondent: names, counts, subjects, part in threads, and the messages exchanged. *messages:
 * how many of these. Returns 1, 0 when nothing was known, -1 with error. */
int sek_store_forget_address (SekStore *store, const char *addr_spec, gint64 *messages, GError **error);
/* Forgets messages dated before a time (0: none), then the oldest until max_messages (0: any number) are
 * left, at most limit in one call, so that a caller can do something else in between. After the last of them
 * the people that nobody has heard of since go, too. Returns how many went, 0 when all is done, -1 with
 * error. */
gint64 sek_store_prune (SekStore *store, gint64 before, gint64 max_messages, gint64 limit, GError **error);

/* --- locked attachments: kept SEK_LOCKED_SECONDS, for SekHistory's find_locked_file --- */
/* Remembers that sender (addr-spec) sent a locked attachment. sha256: of its bytes, hex. file->date: now; its
 * strings may be NULL. The same one again changes nothing. */
gboolean sek_store_put_locked (
    SekStore *store, const char *sender, const char *sha256, const SekLockedFile *file, GError **error);
/* A password has opened it; one that is not remembered is no error. */
gboolean sek_store_locked_opened (SekStore *store, const char *sender, const char *sha256, GError **error);
/* Remembers each locked attachment of a mail seen at date; one that a password opened waits for none. */
gboolean sek_store_remember_locked (SekStore *store, const SekFacts *facts, gint64 date, GError **error);

/* --- passwords: kept SEK_LOCKED_SECONDS, never told to anybody but the scanner --- */
/* Remembers what a mail seen at date gives away, and what opened its attachments; drops what is too old. */
gboolean sek_store_remember_passwords (SekStore *store, const SekFacts *facts, gint64 date, GError **error);
/* What addr_spec, and others of his organisation (a domain, "" for none), brought in the last day: those that
 * have opened something in front ("usual"), then the newest ("earlier-mail"), at most SEK_PASSWORDS_MAX.
 * SekPassword, newly allocated; NULL with error. */
GPtrArray *sek_store_passwords_of (
    SekStore *store, const char *addr_spec, const char *organisation, gint64 now, GError **error);

/* --- verdicts --- */
/* Keeps verdict under verdict->id. sha256: of the mail's bytes. client and folder may be NULL. */
gboolean sek_store_put_verdict (SekStore *store,
                                const SekVerdict *verdict,
                                const char *sha256,
                                const char *client,
                                const char *folder,
                                GError **error);
/* NULL without an error when there is none of that id. */
SekVerdict *sek_store_get_verdict (SekStore *store, const char *verdict_id, GError **error);
/* What was last said of the mail that a report of this id is about; NULL without an error when nothing was.
 */
SekVerdict *sek_store_reported_verdict (SekStore *store, const char *report_id, GError **error);
/* decision: a fixed word ("shown", "closed", "reported"). */
gboolean
sek_store_put_decision (SekStore *store, const char *verdict_id, const char *decision, GError **error);

/* --- trusted senders: whom the person said to be trusted, until it is taken back --- */
typedef struct
{
  char *address; /* normal form */
  char *name;    /* as the mail showed it; "" when it showed none */
  gint64 since;  /* seconds since 1970 */
} SekTrustedSender;
void sek_trusted_sender_free (SekTrustedSender *sender);
/* addr_spec must be an address; one that is there gets the new name and time. Beyond SEK_TRUSTED_MAX the
 * oldest go. */
gboolean
sek_store_put_trusted (SekStore *store, const char *addr_spec, const char *name, gint64 now, GError **error);
/* 1, 0 when it was not there, -1 with error. */
int sek_store_drop_trusted (SekStore *store, const char *addr_spec, GError **error);
/* SekTrustedSender, the youngest first; NULL with error. */
GPtrArray *sek_store_list_trusted (SekStore *store, GError **error);

/* --- outbox: a report is in it from the click until a server has taken it --- */
typedef struct
{
  char *id;        /* derived from the mail: the same mail is one report */
  GBytes *message; /* the whole report, RFC 5322, CRLF line ends */
  char *state;     /* "held" (only when listed), "queued", "sent" */
  gint64 created;  /* seconds since 1970 */
  gint64 attempts;
  gint64 next_attempt;  /* seconds since 1970 */
  char *last_error;     /* NULL when none */
  gint64 tried;         /* when it was put in or last tried, seconds since 1970; 0 unless listed */
  char *subject;        /* of the reported mail; NULL when none, and unless listed */
  char *answer;         /* "answered", "thanks", "harmless", "dangerous"; NULL when none, and unless listed */
  gboolean is_feedback; /* that a mail is harmless; FALSE unless listed */
} SekOutboxEntry;
void sek_outbox_entry_free (SekOutboxEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekOutboxEntry, sek_outbox_entry_free)

/* Durable when it returns TRUE (synchronous=FULL). An id that is there already changes nothing and is no
 * error; *was_new (may be NULL) tells. */
gboolean sek_store_outbox_add (
    SekStore *store, const char *id, GBytes *message, gint64 now, gboolean *was_new, GError **error);
/* The same, and it is not sent before sek_store_outbox_release. */
gboolean sek_store_outbox_add_held (
    SekStore *store, const char *id, GBytes *message, gint64 now, gboolean *was_new, GError **error);
/* It can be sent. id NULL: all of them. One that is not held is no error. */
gboolean sek_store_outbox_release (SekStore *store, const char *id, GError **error);
/* Takes back a report whose delivery was never tried: it is gone, and so is the decision on its mail.
 * *withdrawn: FALSE when there is no such report any more. */
gboolean sek_store_outbox_withdraw (SekStore *store, const char *id, gboolean *withdrawn, GError **error);
/* The oldest queued entry that is not held and whose next_attempt is not after now, or that was tried after
 * now, since the clock was set back then; NULL without an error
 * when there is none. */
SekOutboxEntry *sek_store_outbox_next (SekStore *store, gint64 now, GError **error);
/* Marks it sent and drops the message's bytes. */
gboolean sek_store_outbox_sent (SekStore *store, const char *id, GError **error);
/* It was tried at now, in vain. */
gboolean sek_store_outbox_failed (
    SekStore *store, const char *id, const char *reason, gint64 now, gint64 next_attempt, GError **error);
/* SekOutboxEntry without their messages, the youngest first, at most SEK_OUTBOX_LISTED_MAX. */
GPtrArray *sek_store_outbox_list (SekStore *store, GError **error);
/* Makes a queued report due now. *waits: FALSE when no report of this id is queued. */
gboolean
sek_store_outbox_again (SekStore *store, const char *id, gint64 now, gboolean *waits, GError **error);
/* Which mail a report is about. */
typedef struct
{
  const char *subject; /* as a person reads it; NULL when not known */
  const char *mail;    /* SHA-256 of its bytes, hex */
  gboolean is_feedback;
} SekOutboxAbout;
gboolean
sek_store_outbox_about (SekStore *store, const char *id, const SekOutboxAbout *about, GError **error);
/* Notes what the administrator answered (a word of SekOutboxEntry). *subject: that of the reported mail,
 * newly allocated, "" when unknown; NULL when nothing changed: no report of this id was sent, or it has a
 * judgement already. */
gboolean sek_store_outbox_answered (
    SekStore *store, const char *id, const char *answer, char **subject, GError **error);
/* 32 random bytes that this history alone knows, made when first asked for. NULL with error. */
GBytes *sek_store_report_key (SekStore *store, GError **error);
/* *queued and *sent may be NULL. *next_attempt: the earliest one of the queued, 0 when none. */
gboolean
sek_store_outbox_count (SekStore *store, gint64 *queued, gint64 *sent, gint64 *next_attempt, GError **error);

G_END_DECLS
