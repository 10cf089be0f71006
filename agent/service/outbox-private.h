/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside the outbox: what its files share. */
#pragma once

#include "agent/service/held.h"
#include "agent/service/outbox.h"
#include "agent/service/waking.h"

G_BEGIN_DECLS

struct SekOutbox
{
  SekStore *store;
  SekPolicyWatch *policy;
  void (*changed) (gpointer user_data);
  gpointer user_data;

  GHashTable *reporters; /* report id -> addr-spec, for reports of this run */
  SekHeld *held;         /* those that can still be taken back */
  char *under_way;       /* id of the report that is being delivered; NULL: none */
  GHashTable *delivered; /* ids a server has taken while the store could not note it */
  char *last_error;      /* "" when the last delivery went well */
  gint64 due_before;     /* entries due before this time are tried now; 0: those due now */
  gint64 paused_until;   /* monotonic; nothing is tried earlier, so that the order is kept */
  gint64 asked_until;    /* monotonic; the server has asked to be left alone so long */
  gint64 ahead;          /* seconds of a try_ahead () that came during a delivery; 0: none */
  guint timer;           /* source id */
  gboolean delivering;
  SekOutboxEntry *lent; /* to a mail client; NULL: none */
  guint lease;          /* source id */
  char *borrower;       /* who has it: a name on the bus */
  GHashTable *overdue;  /* report id -> who had it when the lease was over, and has not said a word since */
  void (*offer) (gpointer user_data);
  gboolean ending;
  gboolean may_ask; /* the person has just asked for a report, so a window comes as no surprise */
  SekWaking *waking;
  GCancellable *cancellable;
};

/* One step: the oldest report that is due, one at a time. */
void sek_outbox_run (SekOutbox *outbox);
void sek_outbox_note_sent (SekOutbox *outbox, const char *id);
/* reason: of SEK_REPORT_ERROR. */
void sek_outbox_note_failed (SekOutbox *outbox, const SekOutboxEntry *entry, const GError *reason);

/* The policy wants reports sent by the mail client's own account. */
gboolean sek_outbox_goes_by_client (const SekOutbox *outbox);
gboolean sek_outbox_is_lent (const SekOutbox *outbox, const char *id);

G_END_DECLS
