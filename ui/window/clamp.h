/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bin whose child grows with the window up to a width that is comfortable to read, and then stays centred.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SEK_TYPE_CLAMP (sek_clamp_get_type ())
G_DECLARE_FINAL_TYPE (SekClamp, sek_clamp, SEK, CLAMP, GtkBin)
GtkWidget *sek_clamp_new (void);

G_END_DECLS
