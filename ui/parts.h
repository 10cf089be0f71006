/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside ui only: the pieces that cover, bar, dialog and question are put together from. */
#pragma once

#include "ui/ui.h"

G_BEGIN_DECLS

/* How many reasons are seen at once; the others are behind an expander or, in the bar, in the tooltip. */
#define SEK_REASONS_SHOWN 3

/* --- words.c: text of mails made fit for a label --- */

/* text, valid UTF-8, without those combining marks that would paint over other lines. Newly allocated. */
char *sek_ui_flatten (const char *text);
/* sek_text_show of at most max_chars, with runs of combining marks cut to a height that stays in its line.
 * text may be NULL. */
char *sek_ui_text (const char *text, gsize max_chars);
/* An address in one line: a long local part is cut rather than the domain, which is what tells. */
char *sek_ui_address (const char *addr_spec);
/* The label shows text as it is, wrapping anywhere rather than growing wide; what stands between first strong
 * isolates (U+2068 … U+2069) is set bold: in sentences of agent/core/wording these are the compared values.
 */
void sek_ui_set_sentence (GtkLabel *label, const char *text);
/* The label shows an address, isolated from the text around it, its domain bold. What differs from the
 * address other is marked; other may be NULL. TRUE when they differ. */
gboolean sek_ui_set_address (GtkLabel *label, const char *addr_spec, const char *other);
/* A new label for text, wrapping, aligned to the start. */
GtkWidget *sek_ui_label_new (const char *text);

/* --- compare.c --- */

/* Marks in text, which holds address (of sek_ui_address), what address has and other has not: letters where
 * the two are nearly the same, else the name or the domain as a whole. FALSE when they do not differ. */
gboolean
sek_ui_mark_difference (PangoAttrList *attributes, const char *text, const char *address, const char *other);

/* --- details.c --- */

/* The technical details of a warning: the way of the mail, authentication, header fields, and a button that
 * copies them. details must not be NULL. */
GtkWidget *sek_ui_details_new (const SekDetails *details);

/* --- reasons.c --- */

/* The number to ask at, isolated and so set bold, short enough for a sentence; NULL when none is known. Newly
 * allocated. */
char *sek_ui_telephone (const SekVerdict *verdict);

/* Fills box with one row for each finding from first on, at most count (-1: all). The old rows go. */
void sek_ui_fill_reasons (GtkBox *box, const SekVerdict *verdict, guint first, gint count);
/* Takes all rows away. */
void sek_ui_clear_reasons (GtkBox *box);
/* All reasons of this level or above, a line each. Newly allocated. */
char *sek_ui_reasons_text (const SekVerdict *verdict, SekLevel least);

/* "sekisho-danger" …: the icon of a level; static. */
const char *sek_ui_icon_name (SekLevel level);
/* "sek-danger" …: the style class of a level; static. */
const char *sek_ui_style_class (SekLevel level);

/* --- ui.c --- */

/* Loads /io/github/sekisho/ui/NAME in the reader's language. */
GtkBuilder *sek_ui_builder_new (const char *name);
/* The object id of builder, borrowed; it must be there. */
gpointer sek_ui_get (GtkBuilder *builder, const char *id);
/* What a screen reader says of widget; name and description may be NULL: they stay as they are. */
void sek_ui_set_accessible (GtkWidget *widget, AtkRole role, const char *name, const char *description);
/* A report is on its way: what happens next. Newly allocated. */
char *sek_ui_what_next (gboolean quarantined, gboolean training, gboolean feedback);
/* "A report goes to …"; NULL when address is "" or NULL. Newly allocated. */
char *sek_ui_recipient (const char *address);
/* Said while a report can be taken back; static, translated. */
const char *sek_ui_undo_text (void);
/* Said when it was taken back, or, with error, could not be. Newly allocated. */
char *sek_ui_withdrawn (const GError *error);
/* A report is not on its way, and why. Newly allocated; error must not be NULL. */
char *sek_ui_failure (const GError *error);

/* GtkWindow takes the height that its content has at its natural width; this takes the one at the real width.
 */
void sek_ui_fit_height (GtkWindow *window, int width);
/* The height of a line of widget's text, in pixels. */
int sek_ui_line_height (GtkWidget *widget);
/* The size of a symbol beside text: 16 px, or a multiple of it beside large text, where it stays sharp. */
int sek_ui_icon_pixels (GtkWidget *widget);

/* --- scroller.c: a scrolled window that asks for the height its content has at the given width --- */
#define SEK_TYPE_SCROLLER (sek_scroller_get_type ())
G_DECLARE_FINAL_TYPE (SekScroller, sek_scroller, SEK, SCROLLER, GtkScrolledWindow)
/* Content is seen in full up to max_lines lines of text or two thirds of the screen, and scrolls beyond. */
void sek_scroller_set_max_lines (SekScroller *scroller, guint max_lines);

G_END_DECLS
