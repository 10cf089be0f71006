/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gives memory back that calls have taken: a call of 30 MB becomes 500 MB of small pieces on the way through
 * GDBus, which the allocator would keep for good. */
#pragma once

#include <gio/gio.h>

#include "agent/store/store.h"

G_BEGIN_DECLS

typedef struct SekResting SekResting;

/* From now on, a few seconds after calls have come over bus, also refused ones: what the allocator and the
 * history's cache hold, and the pages of libraries and dictionaries, which the kernel has as well. Nothing
 * wakes up while no call comes. store may be NULL and must live longer. */
SekResting *sek_resting_new (GDBusConnection *bus, SekStore *store);
void sek_resting_free (SekResting *resting);

G_END_DECLS
