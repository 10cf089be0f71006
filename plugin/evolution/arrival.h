/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checks new mail of the inboxes when it comes in, so that opening it is instant, and labels what needs care.
 */
#pragma once

#include "plugin/client/mails.h"

G_BEGIN_DECLS

typedef struct SekArrivals SekArrivals;

/* Begins after a while. mails is borrowed and must live longer. */
SekArrivals *sek_arrivals_new (SekMails *mails);
void sek_arrivals_free (SekArrivals *arrivals);
/* More is known of mail. */
void sek_arrivals_judged (SekArrivals *arrivals, const SekMail *mail);
/* TRUE while mail waits for its label, so that it is not forgotten. */
gboolean sek_arrivals_wait_for (SekArrivals *arrivals, const SekMail *mail);

G_END_DECLS
