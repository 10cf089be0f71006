/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mails that were warned of, and what the person then did, for those who look back. */
#pragma once

#include "agent/store/store.h"

G_BEGIN_DECLS

typedef struct
{
  char *mail;          /* SHA-256 of its bytes, hex */
  SekVerdict *verdict; /* the last one of caution or danger */
  gint64 created;      /* when that was, seconds since 1970 UTC */
  char *decision;      /* a word of sek_store_put_decision; "" when there is none */
  gint64 decided;      /* seconds since 1970 UTC; 0 when there is none */
  char *client;        /* that it was seen in; "" */
  char *folder;        /* that it was seen in; "" */
} SekWarnedMail;

void sek_warned_mail_free (SekWarnedMail *mail);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekWarnedMail, sek_warned_mail_free)

/* SekWarnedMail, the last warned of first, at most SEK_WARNED_LISTED_MAX, each mail once however often it was
 * opened. "reported" stays its decision, whatever came after it; of the others the last one counts. NULL with
 * error. */
GPtrArray *sek_store_list_warned (SekStore *store, GError **error);

/* How many mails an advisory meant. advisory: as in sek_store_advise. -1 with error. */
gint64 sek_store_count_advised (SekStore *store, const char *advisory, GError **error);

G_END_DECLS
