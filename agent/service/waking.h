/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Notices that the network came back or that the machine was asleep, so that what waits is tried at once. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct SekWaking SekWaking;

/* woken is called in the main loop, maybe several times for one return. */
SekWaking *sek_waking_new (void (*woken) (gpointer user_data), gpointer user_data);
void sek_waking_free (SekWaking *waking);

G_END_DECLS
