/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walks through a mail client's folders in idle time and teaches the agent what their summaries say,
 * beginning where it stopped the last time. The client says which folders there are and what is in them;
 * when, how much, pausing and progress are decided here. */
#pragma once

#include "plugin/client/learn.h"

G_BEGIN_DECLS

/* Mails handed over at a time: a read should give about so many. */
#define SEK_LEARNER_BATCH 200

/* A folder that was walked to its end: mail that comes into it is learned when it is opened and was judged.
 * Only what we send is never opened, so folders of sent mail have no end. */
#define SEK_LEARNER_FINISHED G_MAXUINT32

typedef struct SekLearner SekLearner;

typedef struct
{
  /* Find out what there is to learn. learned (borrowed): folder → the highest number learned. Ends in
   * sek_learner_listed, at once or later. */
  void (*list) (SekLearner *learner, GHashTable *learned, gpointer user_data);
  /* Read the next mails of folder whose numbers are above up_to, in the order of their numbers. Ends in
   * sek_learner_read, at once or later. */
  void (*read) (SekLearner *learner, const char *folder, guint32 up_to, gpointer user_data);
  /* Show how far it got, for people; NULL: nothing any more. */
  void (*show) (const char *text, gpointer user_data);
} SekLearnerFuncs;

/* client and funcs are borrowed and must live longer. Begins after a while. */
SekLearner *sek_learner_new (SekClient *client, const SekLearnerFuncs *funcs, gpointer user_data);
/* What was learned stays learned. Answers of list and read that come later must not be given any more: see
 * the cancellable. */
void sek_learner_free (SekLearner *learner);
/* Cancelled when the learner goes. Borrowed. */
GCancellable *sek_learner_get_cancellable (SekLearner *learner);
void sek_learner_set_paused (SekLearner *learner, gboolean paused);

/* folders: char *, the client's own words for its folders with its name in front
 * ("claws-mail:#mh/Mailbox/inbox"), those to do first at the end; taken over. total: mails in them. */
void sek_learner_listed (SekLearner *learner, GPtrArray *folders, guint total);
/* What a read gave. passed: mails looked at, for the progress. more: the folder has others behind up_to.
 * sent: it is one of sent mail. */
void sek_learner_read (SekLearner *learner,
                       const GPtrArray *summaries,
                       guint32 up_to,
                       guint passed,
                       gboolean more,
                       gboolean sent);

G_END_DECLS
