/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reports that the policy wants sent by the mail client's own account: takes them from the agent one by one.
 */
#pragma once

#include "plugin/client/client.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;
  char *address;   /* addr-spec of the one recipient */
  GBytes *message; /* RFC 5322, CRLF line ends, short lines of ASCII */
} SekHandover;
void sek_handover_free (SekHandover *handover);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekHandover, sek_handover_free)

/* Writes the report's From anew: a mail server may refuse the mail of an account in another's name. address:
 * of the account; what is no addr-spec changes nothing. */
void sek_handover_set_from (SekHandover *handover, const char *address);

/* handover is the callee's. It is to be answered with sek_client_handed_over, within five minutes. */
typedef void (*SekHandoverFunc) (SekHandover *handover, gpointer user_data);

/* Calls func in the main loop for each report that waits, the next one once the last was answered. func NULL
 * ends it. */
void sek_client_watch_handovers (SekClient *client, SekHandoverFunc func, gpointer user_data);

/* failure: why it was not sent, for people; NULL: it was. */
void sek_client_handed_over (SekClient *client, const char *id, const char *failure);

G_END_DECLS
