/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside agent/store: one call of sek_store_learn. People are counted in memory and written once, at the end
 * of it: a batch of summaries names the same few hundred people again and again. */
#pragma once

#include "agent/store/store-private.h"

G_BEGIN_DECLS

typedef struct
{
  SekStore *store;
  gint64 now;
  gint64 added;       /* messages that were new */
  gint64 sent;        /* of these, ours */
  gint64 since;       /* date of the oldest of them; 0 when none has one */
  gint64 last_thread; /* the last number given to a thread */
  GHashTable *people; /* address in normal form → SekKnownPerson */
  GHashTable *keys;   /* display name as sent → name key */
} SekLearning;

typedef struct SekKnownPerson SekKnownPerson;

/* One message on its way into the tables. */
typedef struct
{
  const SekMessageSummary *summary;
  gint64 id;
  gboolean has_subject;
  gint64 subject;
  gint64 date;            /* 0 when not known or not believable */
  SekKnownPerson *author; /* NULL when there is none */
  GPtrArray *people;      /* SekKnownPerson, borrowed: author and recipients, each once */
  GPtrArray *peers;       /* SekKnownPerson, borrowed: of these, whom the mail went between, besides us */
  GPtrArray *displays;    /* const char *, borrowed: the display name of each peer; may be NULL */
} SekLearned;

const char *sek_learning_what_failed (void);

/* --- people.c --- */
void sek_learning_init_people (SekLearning *learning);
void sek_learning_clear_people (SekLearning *learning);
/* The person with this address. NULL without an error when mailbox has no address; borrowed from learning. */
SekKnownPerson *sek_learning_person (SekLearning *learning, const SekMailbox *mailbox, GError **error);
/* The number of the person's row. */
gint64 sek_known_person_id (const SekKnownPerson *person);
/* Counts one mail from or (sent) to the person. display_name may be NULL. */
void sek_learning_count (
    SekLearning *learning, SekKnownPerson *person, const char *display_name, gboolean sent, gint64 date);
/* Writes what was counted. */
gboolean sek_learning_flush_people (SekLearning *learning, GError **error);

/* --- threads.c --- */
/* Finds or makes the thread of message, joins those that it connects, and adds its people. known: the
 * message's own thread so far, 0 when it has none. Returns the thread, or -1 with error. */
gint64 sek_learning_thread (SekLearning *learning, const SekLearned *message, gint64 known, GError **error);
/* Adds to the number of messages we have of a thread, and adds the thread when it is not there yet. */
gboolean sek_learning_count_thread (SekLearning *learning, gint64 thread, gint64 count, GError **error);

G_END_DECLS
