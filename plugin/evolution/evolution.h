/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plugin/evolution, inside: what the files of Evolution's module share. Main thread only, but content.c. */
#pragma once

#include <mail/e-mail-reader.h>

#include "plugin/client/mails.h"
#include "plugin/client/swallow.h"
#include "plugin/client/trust.h"
#include "plugin/client/undo.h"
#include "plugin/evolution/arrival.h"
#include "plugin/evolution/learn.h"
#include "ui/ui.h"

G_BEGIN_DECLS

/* --- content.c: the exact bytes of a mail in a folder --- */

typedef struct
{
  char *path; /* of a file with the bytes; may be one in memory, and is valid until this is freed */
  char *key;  /* sek_mail_key_of_file (path) */
  gboolean
      exact; /* the very bytes that came in; FALSE: as Evolution writes them, header fields folded anew */
  int fd;    /* -1: the file is the folder's own */
} SekContent;

void sek_content_free (SekContent *content);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekContent, sek_content_free)

/* At once, of a mail that has a file of its own and is not large; NULL of all others. */
SekContent *sek_content_get_small (CamelFolder *folder, const char *uid);
/* message may be NULL: it is fetched when there is no file of it. */
void sek_content_get (CamelFolder *folder,
                      const char *uid,
                      CamelMimeMessage *message,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data);
/* The same, but nothing is fetched from a server: an error when the mail does not lie here. */
void sek_content_get_local (CamelFolder *folder,
                            const char *uid,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
SekContent *sek_content_finish (GAsyncResult *result, GError **error);

typedef struct SekAdvisedMails SekAdvisedMails;

/* --- the module's main object (sekisho-evolution.c): one a process --- */

typedef struct
{
  SekClient *client;
  SekMails *mails;
  SekUndos *undos; /* reports that can be taken back */
  SekFolders *folders;
  SekArrivals *arrivals;
  SekAdvisedMails *advised;
  SekContacts *contacts;
  GPtrArray *readers;  /* SekReader, borrowed */
  GHashTable *covered; /* SekMail by folder and uid: ever covered; for lists of selected mails */
  void (*link_clicked) (EWebView *view, const char *url); /* Evolution's own handler */
} SekPlugin;

SekPlugin *sek_plugin_get (void);
/* Borrowed; NULL once Evolution is on its way out, when the main loop still runs. */
EMailSession *sek_plugin_session (void);
/* TRUE for a service with folders of mail of its own; search folders hold what others hold. Any thread. */
gboolean sek_plugin_has_mail (gpointer service);
/* Own addresses of all identities, NULL-terminated, newly allocated. */
char **sek_plugin_own_addresses (void);

/* --- reader.c: one view of mails, and what stands in it instead of or above the mail --- */

#define SEK_TYPE_READER (sek_reader_get_type ())
G_DECLARE_FINAL_TYPE (SekReader, sek_reader, SEK, READER, EExtension)
void sek_reader_type_register (GTypeModule *module);

struct _SekReader
{
  EExtension parent_instance;

  EMailReader *reader; /* borrowed: it owns this */
  /* The mail in the view; all NULL when it has none, or one that is not held. */
  CamelFolder *folder;
  char *uid;
  CamelMimeMessage *message;
  SekMail *mail;       /* NULL while its bytes are being read */
  char *read_error;    /* why its bytes could not be read */
  gboolean unlocked;   /* the person may open the attachments of a mail that could not be read */
  gboolean links_open; /* and follow its links */
  GCancellable *reading;
  gboolean held;                    /* Evolution has not been given it yet */
  gboolean held_long;               /* for longer than nearly all checks take */
  guint held_source;                /* until then */
  gint64 held_since;                /* g_get_monotonic_time () when it came; 0 once it is decided */
  gboolean asking;                  /* its attachments ask first */
  gboolean withheld;                /* and Evolution was given it without them */
  gboolean releasing;               /* the emission under way is the one that gives it */
  gboolean danger;                  /* the warning cover stands */
  GtkWidget *cover, *bar, *receipt; /* NULL until the first mail; owned by the preview pane */
  GtkWidget *question;              /* the one about attachments that stands now */
  GPtrArray *hidden;                /* GtkWidget: what the cover has hidden */
  guint receipt_source;
  guint reporting;     /* reports under way that were asked for here */
  guint unanswered;    /* those of them that the agent has not queued yet */
  gboolean any_failed; /* and one of them could not be made */
};

/* TRUE while the mail in the view must not be reached in any way. */
gboolean sek_reader_is_covered (const SekReader *self);
/* TRUE while the attachments of the mail in the view ask first. */
gboolean sek_reader_attachments_ask (const SekReader *self);
/* The same for its links. */
gboolean sek_reader_links_ask (const SekReader *self);
/* Brings the view in line with what is known of its mail. */
void sek_reader_apply (SekReader *self);
/* All views that show mail; mail NULL: all. */
void sek_readers_apply (SekPlugin *plugin, const SekMail *mail);
/* A view that shows mail, NULL when none does. */
SekReader *sek_readers_find (SekPlugin *plugin, const SekMail *mail);

/* --- pane.c --- */
/* Puts cover and bars into the preview pane, once there is one. FALSE when there is none. */
gboolean sek_pane_make (SekReader *self);
/* Nothing of any mail is seen. */
void sek_pane_conceal (SekReader *self, SekCoverState state);
/* What Evolution shows is seen, under the bar that belongs to the mail. */
void sek_pane_reveal (SekReader *self);
/* Shows what happened to a report, above the mail. */
void sek_pane_receipt (SekReader *self,
                       gboolean feedback,
                       const SekMail *mail,
                       const char *report_id,
                       gboolean quarantined,
                       const GError *error);

/* What was told last can be taken back. */
void sek_pane_undo (SekReader *self);
/* It was; or it is too late, when error is not NULL. */
void sek_pane_withdrawn (SekReader *self, const GError *error);

/* --- warning.c: the dialog in front of a dangerous mail --- */
void sek_warning_present (SekPlugin *plugin, SekMail *mail);
/* No view shows mail any more: takes the warning away, unless it tells of a report. */
void sek_warning_left (SekMail *mail);

/* --- withhold.c --- */
/* message with notes in the place of its attachments; NULL when it has none. A new reference. */
CamelMimeMessage *sek_withhold_attachments (CamelMimeMessage *message);

/* --- links.c: links that ask first --- */
void sek_links_watch (SekPlugin *plugin);
/* The menu over the links of a view that has a preview pane. */
void sek_links_watch_view (SekReader *self);

/* --- gate.c: the other ways to a covered mail, and attachments that ask first --- */
/* Once a process. */
void sek_gate_open (SekPlugin *plugin);
/* Remembers the covered mail in the view, for when it is one of several selected. */
void sek_gate_remember (SekReader *self);
void sek_gate_watch (SekReader *self);
void sek_gate_update (SekReader *self);
/* Puts the question about the attachments. */
void sek_gate_ask (SekReader *self);

/* --- report.c --- */
/* Reports the mail with this uid in folder. reader tells how it went when no dialog does. mail may be NULL.
 */
void sek_report_start (SekReader *reader, CamelFolder *folder, const char *uid, SekMail *mail);
/* Tells the administrator that the person finds it harmless. */
void sek_feedback_start (SekReader *reader, CamelFolder *folder, const char *uid, SekMail *mail);
/* Reports that this client sends by its own account, where the policy says so (handover.c). */
void sek_handovers_watch (SekPlugin *plugin);
/* Tells of a report that can be taken back; user_data: of sek_undos_find. */
void sek_report_offer_undo (gpointer user_data);
/* All selected mails of the view. */
void sek_report_selected (SekReader *reader);

/* Moves a mail into the folder Quarantine of its account. The callback's result is a GTask of a boolean. */
void
sek_quarantine_move (CamelFolder *folder, const char *uid, GAsyncReadyCallback callback, gpointer user_data);

/* --- advised.c: mails that the administrator speaks of after they were opened --- */
SekAdvisedMails *sek_advised_new (SekPlugin *plugin);
void sek_advised_free (SekAdvisedMails *self);

/* --- menu.c: "Report to admin" in the Message menu and on the toolbar --- */
void sek_menu_types_register (GTypeModule *module);

G_END_DECLS
