/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps a signal of somebody else's object from its handlers, once. Main thread only. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Blocks all handlers of signal on instance for the emission that is under way; to be called from its
 * emission hook. A class handler still runs. */
void sek_swallow (gpointer instance, guint signal);

G_END_DECLS
