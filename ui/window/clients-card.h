/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mail programs of this computer, and the button that puts Sekisho into one. */
#pragma once

#include <gtk/gtk.h>

#include "ui/window/agent-link.h"

G_BEGIN_DECLS

/* A row for each mail program that is installed. Looks again whenever it is shown, and emits "properties" of
 * agent when it has changed something. */
GtkWidget *sek_clients_card_new (SekAgentLink *agent);

/* TRUE when Sekisho is in none of the mail programs and could be put into one. */
gboolean sek_clients_are_all_off (void);

G_END_DECLS
