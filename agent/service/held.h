/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reports that lie in the store's outbox and can still be taken back: releases each when its time is over. */
#pragma once

#include "agent/store/store.h"

G_BEGIN_DECLS

typedef struct SekHeld SekHeld;

/* store is borrowed. What an earlier run held is released at once: nobody is left who could take it back.
 * released is called in the main loop after each release. */
SekHeld *sek_held_new (SekStore *store, void (*released) (gpointer user_data), gpointer user_data);
/* They stay held, until the next sek_held_new. */
void sek_held_free (SekHeld *held);

/* id lies held in the store; it is released after seconds of the monotonic clock, so that a wall clock which
 * is set back holds nothing longer. */
void sek_held_add (SekHeld *held, const char *id, gint64 seconds);
/* It was taken back, or sent otherwise. */
void sek_held_drop (SekHeld *held, const char *id);

G_END_DECLS
