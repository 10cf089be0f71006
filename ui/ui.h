/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ui: what people see inside the mail client, drawn from a verdict: the cover over a held mail, the bar above
 * a shown one, and the warning dialog. GTK 3; knows no bus, no database, no parser. Text of mails is shown as
 * plain text, never as markup.
 *
 * Buttons have fixed widget names, for tests and scripts: sek-report, sek-undo, sek-harmless, sek-close,
 * sek-show, sek-unlock, sek-show-warning, sek-trust, sek-show-anyway, sek-open, sek-cancel. GTK keeps the
 * types of these widgets for the life of the process: a plugin that links this library must stay resident
 * (g_module_make_resident).
 */
#pragma once

#include <gtk/gtk.h>
#include "agent/core/core.h"

G_BEGIN_DECLS

/* Loads resources, translations and style once; safe to call again. */
void sek_ui_init (void);

/* --- cover: stands where the mail would be --- */
typedef enum
{
  SEK_COVER_CHECKING,  /* blank; after 300 ms a spinner and "Checking this mail…" */
  SEK_COVER_DANGER,    /* icon, headline, "Show warning" button (signal "show-warning") */
  SEK_COVER_UNCHECKED, /* the policy holds unchecked mail: reason and "Show unchecked" button (signal
                          "show-anyway") */
} SekCoverState;

#define SEK_TYPE_COVER (sek_cover_get_type ())
G_DECLARE_FINAL_TYPE (SekCover, sek_cover, SEK, COVER, GtkBin)
GtkWidget *sek_cover_new (void);
/* verdict: for SEK_COVER_DANGER, else NULL. */
void sek_cover_set_state (SekCover *cover, SekCoverState state, const SekVerdict *verdict);

/* --- bar: stands above a mail that is shown --- */
#define SEK_TYPE_BAR (sek_bar_get_type ())
G_DECLARE_FINAL_TYPE (SekBar, sek_bar, SEK, BAR, GtkBin)
GtkWidget *sek_bar_new (void);
/* Notice: one quiet line. Caution: coloured, the reasons with the compared values, "Report to admin" (signal
 * "report") and, when attachments are locked, "Unlock attachments…" (signal "unlock"). Danger (shown anyway):
 * as caution, in red. Hidden on clear. */
void sek_bar_set_verdict (SekBar *bar, const SekVerdict *verdict);
/* "Not checked": the agent did not answer. reason is for people, may be NULL. */
void sek_bar_set_unchecked (SekBar *bar, const char *reason);
/* Whether "Unlock attachments…" is offered. */
void sek_bar_set_attachments_locked (SekBar *bar, gboolean locked);
/* Where a report goes; "" or NULL: nobody knows. */
void sek_bar_set_recipient (SekBar *bar, const char *address);
/* Whether the person is offered to say that the mail is harmless (signal "harmless"). */
void sek_bar_set_may_say_harmless (SekBar *bar, gboolean may);
/* What is told next was no report, but that. */
void sek_bar_set_feedback (SekBar *bar, gboolean feedback);
/* The person has said that the sender is to be trusted (signal "trust" of the quiet button "Trust this
 * sender", which is there where the verdict allows it), or has taken that back (signal "untrust"); or it
 * failed, when error is not NULL. address: the sender's. */
void sek_bar_set_trusted (SekBar *bar, const char *address, gboolean trusted, const GError *error);
/* The mail that was reported is a training mail: people are praised for it. Call before the next one. */
void sek_bar_set_training (SekBar *bar, gboolean training);
/* After a report: thanks and what happens next; or why it failed, when error is not NULL. */
void sek_bar_set_reported (SekBar *bar, const char *report_id, gboolean quarantined, const GError *error);
/* After that: the report waits for some seconds, and can be taken back (signal "undo") until the next
 * sek_bar_set_reported. */
void sek_bar_set_undo (SekBar *bar);
/* It was taken back, and can be made again; or it is too late, when error is not NULL. */
void sek_bar_set_withdrawn (SekBar *bar, const GError *error);

/* --- dialog: stands in front of a dangerous mail; non-modal to the loop, transient for parent --- */
#define SEK_TYPE_DIALOG (sek_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SekDialog, sek_dialog, SEK, DIALOG, GtkDialog)
/* Responses of GtkDialog::response. Escape and the window's close button give SEK_RESPONSE_CLOSE. The caller
 * destroys it. */
enum
{
  SEK_RESPONSE_REPORT = 1,
  SEK_RESPONSE_CLOSE = GTK_RESPONSE_DELETE_EVENT, /* what GtkDialog itself says then */
  SEK_RESPONSE_SHOW = 2,
  SEK_RESPONSE_UNDO = 3,
  SEK_RESPONSE_HARMLESS = 4
};
/* parent may be NULL. */
GtkWidget *sek_dialog_new (GtkWindow *parent, const SekVerdict *verdict);
/* What the organisation adds: whom to ring up, and a sentence of its own. Both plain text; "" or NULL:
 * nothing. */
void sek_dialog_set_help (SekDialog *dialog, const char *phone, const char *advice);
/* Where a report goes, said before the first one; "" or NULL: nobody knows. */
void sek_dialog_set_recipient (SekDialog *dialog, const char *address);
/* The report is being queued: Report and Show wait; closing still works, so that nobody is kept waiting. */
void sek_dialog_set_reporting (SekDialog *dialog);
/* It is queued: thanks, what happens next, Close only. Or it failed: the reason, and Report works again. */
void
sek_dialog_set_reported (SekDialog *dialog, const char *report_id, gboolean quarantined, const GError *error);
/* Whether the person is offered to say that the mail is harmless; the response is SEK_RESPONSE_HARMLESS. */
void sek_dialog_set_may_say_harmless (SekDialog *dialog, gboolean may);
/* What is told next was no report, but that. */
void sek_dialog_set_feedback (SekDialog *dialog, gboolean feedback);
/* As sek_bar_set_undo; the response is SEK_RESPONSE_UNDO. */
void sek_dialog_set_undo (SekDialog *dialog);
/* It was taken back: the warning stands again. Or it is too late, when error is not NULL. */
void sek_dialog_set_withdrawn (SekDialog *dialog, const GError *error);

/* --- question before an attachment of a caution (or unchecked) mail is opened or saved --- */
/* verdict NULL: the mail was not checked. Returns a GtkDialog: GTK_RESPONSE_ACCEPT opens, anything else does
 * not. */
GtkWidget *sek_attachment_question_new (GtkWindow *parent, const SekVerdict *verdict);
/* The same for a link; url is where it leads. */
GtkWidget *sek_link_question_new (GtkWindow *parent, const SekVerdict *verdict, const char *url);

G_END_DECLS
