/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checks new mail when it comes in, so that opening it is instant, and tags what needs care. */
#pragma once

#include "mainwindow.h"
#include "plugin/client/mails.h"

G_BEGIN_DECLS

typedef struct SekArrivals SekArrivals;

/* plugin (SekPlugin) is borrowed and must live longer. */
SekArrivals *sek_arrivals_new (gpointer plugin);
void sek_arrivals_free (SekArrivals *arrivals);
/* More is known of mail. */
void sek_arrivals_judged (SekArrivals *arrivals, const SekMail *mail);
/* TRUE while mail waits for its tag, so that it is not forgotten. */
gboolean sek_arrivals_wait_for (SekArrivals *arrivals, const SekMail *mail);

G_END_DECLS
