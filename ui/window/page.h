/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the pages are put together from, so that they look and read alike. */
#pragma once

#include <gtk/gtk.h>

#include "agent/core/core.h"
#include "ui/window/agent-link.h"

G_BEGIN_DECLS

/* A page that scrolls, with its title as a heading (NULL: none). *content: where the page puts what it has, a
 * vertical box, no wider than is comfortable to read. */
GtkWidget *sek_page_new (const char *title, GtkBox **content);

/* A label for text of ours or, when it is fit for one line (sek_ui_text), of mails: plain, wrapping.
 * style_class may be NULL. */
GtkWidget *sek_page_text_new (const char *text, const char *style_class);

/* The same for text whose isolated parts (U+2068 … U+2069) are not to be bold. */
GtkWidget *sek_page_plain_new (const char *text, const char *style_class);

/* The subject of a mail as it is shown, or words that say that there is none. Newly allocated. */
char *sek_page_subject (const char *subject);

/* What stands in the place of an empty list: a large symbol and a friendly sentence. */
GtkWidget *sek_page_empty_new (const char *icon, const char *sentence);

/* A card, which rows or other things are put into. */
GtkWidget *sek_page_card_new (void);

/* The first line of a row: the icon of level, what it is about, fit for one line, and when. What follows it
 * goes into the box that is returned. */
GtkBox *sek_page_add_head (GtkBox *row, SekLevel level, const char *subject, const char *when);

/* A GtkListBoxUpdateHeaderFunc: a line between rows. */
void sek_page_add_line (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data);

/* "Today, 14:03", or the date by locale when it was another day; "" for 0. Newly allocated. */
char *sek_page_time (gint64 seconds);

G_END_DECLS
