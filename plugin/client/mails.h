/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What this session knows of each mail, whatever folder, number or window it is seen in. The key is the
 * content: folder and number change with every move. */
#pragma once

#include "plugin/client/client.h"

G_BEGIN_DECLS

typedef enum
{
  SEK_MAIL_NEW,     /* nobody has asked yet */
  SEK_MAIL_WAITING, /* asked */
  SEK_MAIL_LATE,    /* asked, and no answer within SEK_CLIENT_HOLD_MILLISECONDS */
  SEK_MAIL_FAILED,  /* the agent could not be asked; reason says why */
  SEK_MAIL_CHECKED, /* verdict is set */
} SekMailState;

typedef struct SekMails SekMails;

typedef struct
{
  grefcount references;
  SekMails *mails; /* borrowed: its table holds this */
  char *key;       /* of the content */
  SekMailState state;
  SekVerdict *verdict;      /* NULL until SEK_MAIL_CHECKED */
  char *reason;             /* for people; NULL unless SEK_MAIL_FAILED */
  gboolean shown_unchecked; /* the person asked to see it without a verdict */
  gboolean shown_danger;    /* the person asked to see it in spite of the warning */
  gboolean unlocked;        /* the person may open its attachments */
  gboolean links_open;      /* the person may follow its links */
  gboolean trusted;         /* the person has said that its sender is to be trusted */
  gboolean reported;        /* a report of it is queued */
  gboolean reporting;       /* a report of it is being queued */
  gboolean unseen;          /* the plugin's: it was unread when it came, and was not shown yet */
  gboolean unread_again;    /* the plugin's: it was marked as read and the mark taken back */
  gpointer dialog;          /* the plugin's: the warning that stands now, NULL otherwise */
  gpointer file;            /* what keeps the file that is being read where it is */
  GDestroyNotify file_free;
} SekMail;

SekMail *sek_mail_ref (SekMail *mail);
void sek_mail_unref (SekMail *mail);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekMail, sek_mail_unref)

typedef enum
{
  SEK_ACCESS_WAIT,      /* nothing may be seen yet */
  SEK_ACCESS_DANGER,    /* covered, with the warning */
  SEK_ACCESS_UNCHECKED, /* covered: the policy holds unchecked mail */
  SEK_ACCESS_SHOWN,
} SekAccess;

/* What may be seen of mail now. unavailable_holds: the policy covers mail that can't be checked. */
SekAccess sek_mail_access (const SekMail *mail, gboolean unavailable_holds);
/* TRUE when mail is shown, but its attachments ask first. */
gboolean sek_mail_attachments_ask (const SekMail *mail);
/* What the person could do with its attachments in this session, for a report: "held", "released" after a
 * question, "free"; NULL when that is not known. Static. */
const char *sek_mail_attachments_state (const SekMail *mail);
/* TRUE when mail is shown, but its links ask first. */
gboolean sek_mail_links_ask (const SekMail *mail);

/* For ./dev bench, and whoever wonders (G_MESSAGES_DEBUG=sekisho): what may be seen of mail in a view is
 * decided. since: when the view began to hold it; ready: when the client could have shown it without us (both
 * g_get_monotonic_time ()). What the client takes to draw it from here on is its own. */
void sek_mail_tell_decided (const SekMail *mail, gint64 since, gint64 ready);

/* What a plugin does for the table. */
typedef struct
{
  /* More is known of mail, or less: views of it have to follow. */
  void (*changed) (SekMail *mail, gpointer user_data);
  /* TRUE while some view shows mail, so that it is not forgotten. */
  gboolean (*in_use) (const SekMail *mail, gpointer user_data);
  /* mail is forgotten: what dialog points at has to go. */
  void (*forgotten) (SekMail *mail, gpointer user_data);
} SekMailsFuncs;

/* funcs is borrowed, client too: it must outlive the table. */
SekMails *sek_mails_new (SekClient *client, const SekMailsFuncs *funcs, gpointer user_data);
/* Cancels what is under way; no func is called after it but forgotten, for each mail. mails may be NULL. */
void sek_mails_free (SekMails *mails);

/* The key of the mail in the file path; NULL when it can't be read. Reads up to 4 MiB; any thread. */
char *sek_mail_key_of_file (const char *path);
/* The mail with this key, known or not; a new reference. */
SekMail *sek_mails_get (SekMails *mails, const char *key);
/* The same, NULL when this session has not met it. */
SekMail *sek_mails_find (SekMails *mails, const char *key);
/* TRUE when this session has met no mail at all. */
gboolean sek_mails_is_empty (SekMails *mails);

/* What was known of mail is out of date, and so is what the person has said to it: the next sek_mails_check
 * asks anew. Nothing happens while it is being asked about. */
void sek_mail_forget_verdict (SekMail *mail);

/* Asks the agent about mail, whose exact bytes are in the file path, unless it has a verdict or is being
 * asked about. folder may be NULL; own_addresses NULL-terminated, may be NULL. file, which may be NULL, is
 * given to file_free once nothing reads path any more. */
void sek_mails_check (SekMails *mails,
                      SekMail *mail,
                      const char *path,
                      const char *folder,
                      const char *const *own_addresses,
                      gpointer file,
                      GDestroyNotify file_free);

G_END_DECLS
