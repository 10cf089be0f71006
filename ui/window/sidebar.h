/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of a stack's pages, with their symbols: GtkStackSidebar has room for titles only. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A row for each page that stack has now, named after the child properties "title" and "icon-name". Choosing
 * one shows it, and the other way round. stack must live longer, or be destroyed in the same go. */
GtkWidget *sek_sidebar_new (GtkStack *stack);

G_END_DECLS
