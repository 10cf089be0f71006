/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mails that were checked before and that the administrator speaks of now. */
#pragma once

#include "plugin/client/client.h"

G_BEGIN_DECLS

typedef struct
{
  char *mail;       /* SHA-256 of its bytes: the key of SekMails for mails up to 4 MiB */
  char *message_id; /* without <>; "" when it has none */
  char *folder;     /* where it lay when it was checked, in the client's own words */
  gboolean move;    /* it is to be put into Quarantine */
} SekAdvisedMail;

SekAdvisedMail *sek_advised_mail_copy (const SekAdvisedMail *mail);
void sek_advised_mail_free (SekAdvisedMail *mail);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekAdvisedMail, sek_advised_mail_free)

/* mail is borrowed. Called in the main loop, for the mails of this mail client only; of one that is to be
 * moved maybe again, until sek_client_moved was called. */
typedef void (*SekClientAdvisedFunc) (const SekAdvisedMail *mail, gpointer user_data);

/* Once for each client; func is called until the client is freed. Connects to the bus. */
void sek_client_watch_advised (SekClient *client, SekClientAdvisedFunc func, gpointer user_data);

/* The mail was put into Quarantine, or is nowhere to be found. Best effort. */
void sek_client_moved (SekClient *client, const char *mail);

G_END_DECLS
