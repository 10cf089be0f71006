/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plugin/claws, inside: what the files of the Claws Mail plugin share. Main thread only, like all of Claws
 * Mail. */
#pragma once

#include <gtk/gtk.h>

#include "plugin/claws/arrival.h"
#include "plugin/claws/learn.h"
#include "plugin/client/mails.h"
#include "plugin/client/swallow.h"
#include "plugin/client/trust.h"
#include "plugin/client/undo.h"
#include "ui/ui.h"

#include "mainwindow.h"
#include "messageview.h"
#include "mimeview.h"

G_BEGIN_DECLS

typedef struct SekAdvisedMails SekAdvisedMails;
G_DECLARE_FINAL_TYPE (SekPlugin, sek_plugin, SEK, PLUGIN, GObject)

/* --- the plugin's main object (sekisho-claws.c) --- */

#define SEK_TYPE_PLUGIN (sek_plugin_get_type ())

struct _SekPlugin
{
  GObject parent_instance;

  SekClient *client;
  GCancellable *cancellable; /* of everything that is under way */
  SekMails *mails;           /* all of this session */
  SekUndos *undos;           /* reports that can be taken back */
  GPtrArray *holds;          /* SekHold, one a message view */
  guint retry;               /* source: some view could not be touched, try again */
  guint reporting;           /* reports under way */
  guint unanswered;          /* those of them that the agent has not queued yet */
  gboolean any_failed;       /* and one of them could not be made */
  SekFolders *folders;
  SekArrivals *arrivals;
  SekAdvisedMails *advised;
  SekContacts *contacts;
  gulong show_done_hook, compose_hook, folder_hook, update_hook;
  struct
  {
    guint signal;
    gulong id;
  } emission[16]; /* emission hooks, first unused one has id 0 */
};

/* Adds an emission hook that goes away with the plugin. func gets plugin as its data. */
void sek_plugin_hook (SekPlugin *self, GType type, const char *signal, GSignalEmissionHook func);

/* --- mail.c: the mails of this session, by the files of Claws Mail --- */

extern const SekMailsFuncs sek_plugin_mails_funcs;

/* The mail in the file path; a new reference. NULL when the file can't be read. */
SekMail *sek_plugin_mail_of_file (SekPlugin *self, const char *path);
/* The mail of msginfo, if this session has met it; NULL otherwise. A new reference. */
SekMail *sek_plugin_find_mail (SekPlugin *self, MsgInfo *msginfo);
/* Asks the agent, unless mail has a verdict or is being asked about. */
void sek_plugin_check (SekPlugin *self, SekMail *mail, const char *path, MsgInfo *msginfo);
/* Own addresses of all accounts, NULL-terminated, newly allocated. */
char **sek_plugin_own_addresses (void);

/* --- report.c --- */

/* The folder Quarantine of item's mailbox, made when it is not there; NULL when it can't be. */
FolderItem *sek_quarantine_of (FolderItem *item);

/* --- advised.c: mails that the administrator speaks of after they were opened --- */

SekAdvisedMails *sek_advised_new (SekPlugin *plugin);
void sek_advised_free (SekAdvisedMails *self);

/* --- hold.c: one message view, and what stands in it instead of or above the mail --- */

/* TRUE for the person's own mail: what they write, what waits to be sent, what they have sent. */
gboolean sek_is_own_folder (MsgInfo *msginfo);

#define SEK_TYPE_HOLD (sek_hold_get_type ())
G_DECLARE_FINAL_TYPE (SekHold, sek_hold, SEK, HOLD, GObject)

struct _SekHold
{
  GObject parent_instance;

  SekPlugin *plugin;  /* borrowed: it owns this */
  MessageView *view;  /* borrowed: valid while sek_hold_is_alive () */
  SekMail *mail;      /* the mail in the view; NULL when it has none or is not held */
  gboolean arriving;  /* Claws Mail is rendering a mail and has not come to its end */
  gboolean releasing; /* we have asked it to render the next two, which were cleared */
  guint released_number;
  FolderItem *released_folder; /* compared only */
  gboolean danger;             /* the warning cover stands */
  gboolean empty;              /* the content was taken out of the view */
  gboolean notice;             /* what Claws Mail asks above the mail was hidden */
  gboolean hidden_long;        /* the content has been in the view, hidden, for as long as it may */
  char *locked_file;           /* mimeview->file while attachments are locked, owned; see attachment.c */
  GtkWidget *cover, *bar, *receipt;
  GtkWidget *question;  /* about attachments or a link, that stands now; NULL otherwise */
  GdkEvent *link_press; /* on a link in a viewer of HTML, until the button is let go; NULL otherwise */
  guint receipt_source;
  guint verify_source;
  guint hidden_source; /* until hidden_long */
  gint64 held_since;   /* g_get_monotonic_time () when it came; 0 once it is decided */
  gint64 rendered;     /* and when Claws Mail had done its part */
  gboolean was_unread; /* when it came; until something is known of it */
};

/* The hold of view, made when there is none. */
SekHold *sek_hold_for (SekPlugin *plugin, MessageView *view);
/* The hold whose content box is box, made when Claws Mail has such a view; NULL otherwise. */
SekHold *sek_hold_for_box (SekPlugin *plugin, GtkWidget *box);
gboolean sek_hold_is_alive (const SekHold *self);
GtkWindow *sek_hold_window (SekHold *self);
/* Nothing of what comes now may be drawn. */
void sek_hold_arrive (SekHold *self);
/* Claws Mail has finished rendering the view's mail. */
void sek_hold_shown (SekHold *self);
/* Claws Mail may have emptied the view; looks from an idle. */
void sek_hold_verify_soon (SekHold *self);
/* Brings the view in line with what is known of its mail. */
void sek_hold_apply (SekHold *self);
/* All holds, each with a reference: rendering may close a window, which takes its hold out of the plugin's
 * list. */
GPtrArray *sek_holds_list (SekPlugin *plugin);
/* All views that show mail; mail NULL: all. */
void sek_holds_apply (SekPlugin *plugin, const SekMail *mail);
/* A view that shows mail, NULL when none does. */
SekHold *sek_holds_find (SekPlugin *plugin, const SekMail *mail);

/* --- pane.c: what stands in the view of a hold --- */
/* Draws the view's mail once more. Rendering runs the main loop, in which another folder that opens would
 * free the parts that are being drawn: Claws Mail locks its list of mails for its own rendering, and this
 * does the same. */
void sek_view_render (MessageView *view);
void sek_pane_make (SekHold *hold);
/* Nothing is seen; what Claws Mail renders stays untouched. */
void sek_pane_blank (SekHold *hold);
/* The same once it was rendered: what Claws Mail asks about the mail waits as well. */
void sek_pane_hide (SekHold *hold);
/* Takes the mail out of the view, and puts the cover in its place. */
void sek_pane_conceal (SekHold *hold, SekCoverState state);
/* Shows the mail, rendering it again if it was taken out, under the bar that belongs to it. */
void sek_pane_reveal (SekHold *hold);
/* Shows what happened to a report, above the mail. */
void sek_pane_receipt (
    SekHold *self, const SekMail *mail, const char *report_id, gboolean quarantined, const GError *error);
/* What was told last can be taken back. */
void sek_pane_undo (SekHold *self);
/* It was; or it is too late, when error is not NULL. */
void sek_pane_withdrawn (SekHold *self, const GError *error);
/* Gives the view back to Claws Mail as it would be without us. */
void sek_pane_restore (SekHold *self);

/* --- warning.c: the dialog in front of a dangerous mail --- */
void sek_warning_present (SekPlugin *plugin, SekMail *mail);
/* No view shows mail any more: takes the warning away, unless it tells of a report. */
void sek_warning_left (SekMail *mail);

/* --- menu.c: menu entries and toolbar buttons --- */
void sek_menu_add (SekPlugin *plugin, MainWindow *main_window);
/* The same in a window with one mail, once. */
void sek_menu_add_window (SekHold *hold);
void sek_menu_remove (SekPlugin *plugin, MainWindow *main_window);

/* --- gate.c: the other ways to a covered mail --- */
void sek_gate_open (SekPlugin *plugin);
/* COMPOSE_CREATED_HOOKLIST: closes a reply to or forward of a covered mail. */
gboolean sek_gate_on_compose (gpointer source, gpointer user_data);

/* --- attachment.c: attachments that ask first --- */
void sek_attachment_open (SekPlugin *plugin);
void sek_attachment_lock (SekHold *hold);
void sek_attachment_unlock (SekHold *hold);
/* Puts the question; action (may be NULL) is activated once the answer is yes. */
void sek_attachment_ask (SekHold *hold, GtkAction *action);

/* --- links.c: links that ask first --- */
void sek_links_open (SekPlugin *plugin);

/* --- unread.c: a covered mail stays unread --- */
/* Another mail is about to be shown. */
void sek_unread_arrive (SekHold *hold);
/* What may be seen of hold's mail is decided. */
void sek_unread_apply (SekHold *hold, SekAccess access);
/* MSGINFO_UPDATE_HOOKLIST */
gboolean sek_unread_on_update (gpointer source, gpointer user_data);

/* --- report.c --- */
/* Reports the mail of msginfo. mail may be NULL when it was never opened; its dialog, if any, tells how it
 * went, else hold's bar does. */
void sek_report_start (SekPlugin *plugin, MsgInfo *msginfo, SekMail *mail);
/* Tells the administrator that the person finds it harmless. */
void sek_feedback_start (SekPlugin *plugin, MsgInfo *msginfo, SekMail *mail);
/* Reports that this client sends by its own account, where the policy says so (handover.c). */
void sek_handovers_watch (SekPlugin *plugin);
/* Tells of a report that can be taken back; user_data: of sek_undos_find. */
void sek_report_offer_undo (gpointer user_data);
void sek_report_selected (SekPlugin *plugin);

G_END_DECLS
