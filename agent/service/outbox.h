/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Delivers what is in the store's outbox, one report after the other, until all are sent. Knows no bus. */
#pragma once

#include <gio/gio.h>
#include "agent/service/policy-watch.h"
#include "agent/store/store.h"

G_BEGIN_DECLS

typedef struct SekOutbox SekOutbox;

/* store and policy are borrowed and must live longer. Starts with what an earlier run left. changed is called
 * in the main loop whenever sek_outbox_to_variant would say something else. */
SekOutbox *sek_outbox_new (SekStore *store,
                           SekPolicyWatch *policy,
                           void (*changed) (gpointer user_data),
                           gpointer user_data);

/* Lets a delivery under way end, at most ten seconds, then cancels it. Runs the main context meanwhile. */
void sek_outbox_free (SekOutbox *outbox);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekOutbox, sek_outbox_free)

/* offer is called in the main loop whenever a report could be taken by a mail client. */
void sek_outbox_set_offer (SekOutbox *outbox, void (*offer) (gpointer user_data));

/* The next report for a mail client to send by its own account, where the policy says so: its id in *id,
 * newly allocated. It is lent to borrower for some minutes, and to nobody else meanwhile. NULL when there is
 * none now. */
GBytes *sek_outbox_take (SekOutbox *outbox, const char *borrower, char **id);
/* How that went. failure: why it was not sent, for people; NULL: it was, which counts also when it comes
 * late. FALSE when no report of this id is lent to borrower: it may be sent once more then. */
gboolean
sek_outbox_handed_over (SekOutbox *outbox, const char *borrower, const char *id, const char *failure);
/* A listed report is there for a mail client to take, and none has. */
gboolean sek_outbox_waits_for_client (const SekOutbox *outbox, const SekOutboxEntry *entry);

/* Puts a report into the store's outbox, safe on disk when it returns TRUE, and delivers it by itself, once
 * the policy's time for taking it back is over. The same id again changes nothing. reporter: addr-spec, may
 * be NULL. */
gboolean
sek_outbox_add (SekOutbox *outbox, const char *id, GBytes *message, const char *reporter, GError **error);

/* Takes back a report that no server was asked to take yet. *withdrawn: FALSE when it is too late. */
gboolean sek_outbox_withdraw (SekOutbox *outbox, const char *id, gboolean *withdrawn, GError **error);

/* The person wants this one sent again now, whatever it waits for. *waits: FALSE when no such report is
 * queued.
 */
gboolean sek_outbox_again (SekOutbox *outbox, const char *id, gboolean *waits, GError **error);

/* Another policy may name another way: tries everything now. */
void sek_outbox_policy_changed (SekOutbox *outbox);

/* A listed report was refused by the server and waits for a person. */
gboolean sek_outbox_is_refused (const SekOutboxEntry *entry);

/* a{sv}, floating: the Outbox property. */
GVariant *sek_outbox_to_variant (SekOutbox *outbox);

G_END_DECLS
