/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reports that were made a moment ago and can still be taken back. The agent sends none before that time is
 * over, so what follows a report (moving the mail) waits for it as well. Main thread only. */
#pragma once

#include "plugin/client/mails.h"

G_BEGIN_DECLS

typedef enum
{
  SEK_UNDO_OVER,   /* its time is over: the report goes */
  SEK_UNDO_DONE,   /* it was taken back */
  SEK_UNDO_FAILED, /* it could not be taken back: error says why, and the report goes */
} SekUndoEvent;

/* Called once; user_data is the callee's from then on. error: NULL but for SEK_UNDO_FAILED. */
typedef void (*SekUndoFunc) (SekUndoEvent event, const GError *error, gpointer user_data);

typedef struct SekUndos SekUndos;

/* client is borrowed and must live longer. */
SekUndos *sek_undos_new (SekClient *client);
/* Those that wait are told to nobody: user_data goes to its free function. undos may be NULL. */
void sek_undos_free (SekUndos *undos);

/* The report of mail can be taken back from now on, as long as the policy says. FALSE when it says not at
 * all: then nothing is taken and func is never called. */
gboolean sek_undos_add (SekUndos *undos,
                        SekMail *mail,
                        const char *report_id,
                        SekUndoFunc func,
                        gpointer user_data,
                        GDestroyNotify free_func);

/* Asks the agent to forget the report of mail; NULL: all that can be taken back. */
void sek_undos_take_back (SekUndos *undos, const SekMail *mail);

/* The user_data of the report of mail while it can be taken back, NULL otherwise; borrowed. */
gpointer sek_undos_find (SekUndos *undos, const SekMail *mail);

G_END_DECLS
