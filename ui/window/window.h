/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frame of the application's one window: the pages beside their list, or, where it is narrow, one page
 * with the list behind a button. */
#pragma once

#include <gtk/gtk.h>

#include "ui/window/agent-link.h"

G_BEGIN_DECLS

#define SEK_TYPE_WINDOW (sek_window_get_type ())
G_DECLARE_FINAL_TYPE (SekWindow, sek_window, SEK, WINDOW, GtkApplicationWindow)

/* With all pages of pages.h. Its action "win.page" (s) shows one of them. */
GtkWidget *sek_window_new (GtkApplication *application, SekAgentLink *agent);
/* An id of no page changes nothing. */
void sek_window_show_page (SekWindow *window, const char *id);

G_END_DECLS
