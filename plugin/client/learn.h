/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hands over to the agent what a mail client has in its folders, a batch at a time, and asks how far it got.
 */
#pragma once

#include "plugin/client/client.h"

G_BEGIN_DECLS

/* Asks how far each folder was learned. Fails with SEK_CLIENT_ERROR_AGENT while there is no bus; try again
 * later. */
void sek_client_learned (SekClient *client,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
/* Folder → the highest number learned (GPOINTER_TO_UINT); NULL with error. */
GHashTable *sek_client_learned_finish (SekClient *client, GAsyncResult *result, GError **error);

/* Teaches summaries (SekMessageSummary), and that folder is learned up to this number. */
void sek_client_learn (SekClient *client,
                       const char *folder,
                       guint32 up_to,
                       const GPtrArray *summaries,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
/* Teaches people of the address book, SekMailbox; those without a usable address are left out, and so is what
 * goes beyond 10,000. Best effort, no answer. FALSE while there is no connection to the agent; try again
 * later. */
gboolean sek_client_learn_contacts (SekClient *client, const GPtrArray *contacts);

/* Whether folders are to be learned at all: the person or the administrator may not want it. */
gboolean sek_client_learns (const SekClient *client);
/* changed is called in the main loop whenever that turns; NULL: no more. One at a time. */
void sek_client_watch_learning (SekClient *client, void (*changed) (gpointer user_data), gpointer user_data);

/* How many were new; -1 with error. */
gint64 sek_client_learn_finish (SekClient *client, GAsyncResult *result, GError **error);

G_END_DECLS
