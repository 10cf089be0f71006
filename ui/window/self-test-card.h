/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A button that sends a harmless sample through the whole chain, and how each step went. */
#pragma once

#include <gtk/gtk.h>

#include "ui/window/agent-link.h"

G_BEGIN_DECLS

GtkWidget *sek_self_test_card_new (SekAgentLink *agent);

G_END_DECLS
