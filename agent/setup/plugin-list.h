/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of plugins in Claws Mail's clawsrc, as bytes: nothing but our own line is touched. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* TRUE when the list names module or another file of the same name. */
gboolean sek_plugin_list_has (const char *text, const char *module);

/* The text with module in the list (enable) or without any file of its name. Newly allocated. */
char *sek_plugin_list_set (const char *text, const char *module, gboolean enable);

G_END_DECLS
