/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reports a mail, and moves it to the Quarantine folder once the report is safely queued, never before. */
#include "plugin/claws/claws.h"

#include <glib/gi18n-lib.h>

#include "folder.h"
#include "procmsg.h"
#include "summaryview.h"

/* The same in every language, so that administrators and other clients find it. */
#define QUARANTINE "Quarantine"
/* While Claws Mail holds its list locked a mail must not be moved under it. */
#define MOVE_RETRY_MILLISECONDS 100
#define MOVE_TRIES_MAX 100

typedef struct
{
  SekPlugin *plugin;
  SekMail *mail;
  char *folder; /* identifier: the folder itself may be gone when the answer comes */
  guint number;
  char *report_id;
  gboolean feedback; /* no report: the person finds the mail harmless */
  gboolean too_late; /* the person could not take it back, and was told */
  gboolean asked;    /* and the agent has not answered yet */
  int tries;
} Report;

static void
answered (Report *report)
{
  if (report->asked)
    report->plugin->unanswered--;
  report->asked = FALSE;
}

static void
report_free (Report *report)
{
  answered (report);
  report->plugin->reporting--;
  g_object_unref (report->plugin);
  g_clear_pointer (&report->mail, sek_mail_unref);
  g_free (report->folder);
  g_free (report->report_id);
  g_free (report);
}

/* The view that tells of it: one that shows the mail, else the main window's. */
static SekHold *
hold_of (const Report *report)
{
  SekHold *hold = report->mail != NULL ? sek_holds_find (report->plugin, report->mail) : NULL;
  MessageView *view = mainwindow_get_mainwindow ()->messageview;
  return hold == NULL && view != NULL ? sek_hold_for (report->plugin, view) : hold;
}

static void
tell (Report *report, gboolean quarantined, const GError *error)
{
  SekPlugin *plugin = report->plugin;
  plugin->any_failed = plugin->any_failed || error != NULL;
  if (report->too_late)
    return;
  if (report->mail != NULL && report->mail->dialog != NULL)
    {
      sek_dialog_set_feedback (SEK_DIALOG (report->mail->dialog), report->feedback);
      sek_dialog_set_reported (SEK_DIALOG (report->mail->dialog), report->report_id, quarantined, error);
      return;
    }
  /* Thanks for one mail may not hide that another was not reported. */
  if (error == NULL && plugin->any_failed)
    return;
  SekHold *hold = hold_of (report);
  if (hold != NULL)
    {
      sek_bar_set_feedback (SEK_BAR (hold->receipt), report->feedback);
      sek_pane_receipt (hold, report->mail, report->report_id, quarantined, error);
    }
}

FolderItem *
sek_quarantine_of (FolderItem *item)
{
  FolderItem *root = item->folder->node->data;
  FolderItem *found = folder_find_child_item_by_name (root, QUARANTINE);
  if (found == NULL)
    found = folder_create_folder (root, QUARANTINE);
  /* Some IMAP servers let folders be made below the inbox only. */
  if (found == NULL && item->folder->inbox != NULL)
    {
      found = folder_find_child_item_by_name (item->folder->inbox, QUARANTINE);
      if (found == NULL)
        found = folder_create_folder (item->folder->inbox, QUARANTINE);
    }
  return found;
}

/* The mail may have been moved or renumbered meanwhile; another one in its place must stay. */
static gboolean
quarantine (Report *report)
{
  FolderItem *item = folder_find_item_from_identifier (report->folder);
  FolderItem *target = item != NULL && item->folder != NULL ? sek_quarantine_of (item) : NULL;
  if (target == NULL || target == item)
    return FALSE;
  MsgInfo *msginfo = folder_item_get_msginfo (item, (gint) report->number);
  if (msginfo == NULL)
    return FALSE;
  g_autoptr (SekMail) mail = sek_plugin_find_mail (report->plugin, msginfo);
  gboolean moved = mail == report->mail && folder_item_move_msg (target, msginfo) >= 0;
  procmsg_msginfo_free (&msginfo);
  return moved;
}

static gboolean
finish (gpointer user_data)
{
  Report *report = user_data;
  SekPlugin *plugin = report->plugin;
  if (g_cancellable_is_cancelled (plugin->cancellable))
    {
      report_free (report);
      return G_SOURCE_REMOVE;
    }
  SummaryView *summary = mainwindow_get_mainwindow ()->summaryview;
  gboolean training = report->mail->verdict != NULL && report->mail->verdict->training;
  gboolean wanted = sek_client_quarantines (plugin->client) && !training && !report->feedback;
  gboolean busy = g_main_depth () > 1 || (summary != NULL && summary_is_locked (summary));
  if (wanted && busy && ++report->tries < MOVE_TRIES_MAX)
    return G_SOURCE_CONTINUE;
  gboolean quarantined = wanted && quarantine (report);
  tell (report, quarantined, NULL);
  report_free (report);
  return G_SOURCE_REMOVE;
}

static void
finish_soon (Report *report)
{
  if (finish (report))
    g_timeout_add (MOVE_RETRY_MILLISECONDS, finish, report);
}

void
sek_report_offer_undo (gpointer user_data)
{
  Report *report = user_data;
  tell (report, FALSE, NULL);
  if (report->mail->dialog != NULL)
    sek_dialog_set_undo (SEK_DIALOG (report->mail->dialog));
  /* One button for several: pressed before the last of them is queued, it would leave that one. */
  else if (!report->plugin->any_failed && report->plugin->unanswered == 0)
    sek_pane_undo (hold_of (report));
}

static void
tell_withdrawn (Report *report, const GError *error)
{
  SekMail *mail = report->mail;
  SekHold *hold = hold_of (report);
  if (mail->dialog != NULL)
    sek_dialog_set_withdrawn (SEK_DIALOG (mail->dialog), error);
  else if (hold != NULL)
    sek_pane_withdrawn (hold, error);
}

static void
on_undo (SekUndoEvent event, const GError *error, gpointer user_data)
{
  Report *report = user_data;
  if (event == SEK_UNDO_DONE)
    {
      report->mail->reported = FALSE;
      sek_holds_apply (report->plugin, report->mail);
      tell_withdrawn (report, NULL);
      report_free (report);
      return;
    }
  if (event == SEK_UNDO_FAILED)
    {
      tell_withdrawn (report, error);
      report->too_late = TRUE;
    }
  finish_soon (report);
}

static void
on_reported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Report *report = user_data;
  SekPlugin *plugin = report->plugin;
  if (g_cancellable_is_cancelled (plugin->cancellable))
    {
      report_free (report);
      return;
    }
  g_autoptr (GError) error = NULL;
  answered (report);
  report->mail->reporting = FALSE;
  report->report_id = sek_client_report_finish (plugin->client, result, &error);
  if (report->report_id == NULL)
    {
      tell (report, FALSE, error);
      report_free (report);
      return;
    }
  report->mail->reported = !report->feedback;
  if (report->mail->verdict != NULL && !report->feedback)
    sek_client_decide (plugin->client, report->mail->verdict->id, "reported");
  /* Moved only when the report goes: a mail that was moved could not be put back where it was. */
  if (sek_undos_add (plugin->undos, report->mail, report->report_id, on_undo, report,
                     (GDestroyNotify) report_free))
    sek_report_offer_undo (report);
  else
    finish_soon (report);
}

static Report *
report_new (SekPlugin *plugin, SekMail *mail, MsgInfo *msginfo)
{
  Report *report = g_new0 (Report, 1);
  report->plugin = g_object_ref (plugin);
  report->mail = mail != NULL ? sek_mail_ref (mail) : NULL;
  report->folder = msginfo->folder != NULL ? folder_item_get_identifier (msginfo->folder) : NULL;
  report->number = msginfo->msgnum;
  if (plugin->reporting++ == 0)
    plugin->any_failed = FALSE;
  return report;
}

static void
start (SekPlugin *plugin, MsgInfo *msginfo, SekMail *mail, gboolean feedback)
{
  g_autofree char *path = procmsg_get_message_file (msginfo);
  g_autoptr (SekMail) found = mail != NULL   ? sek_mail_ref (mail)
                              : path != NULL ? sek_plugin_mail_of_file (plugin, path)
                                             : NULL;
  if (found != NULL && found->reporting)
    return;
  Report *report = report_new (plugin, found, msginfo);
  report->feedback = feedback;
  if (path == NULL || found == NULL)
    {
      g_autoptr (GError) error = NULL;
      g_set_error_literal (&error, SEK_CLIENT_ERROR, SEK_CLIENT_ERROR_FILE,
                           /* Translators: why a report could not be made */
                           _ ("The mail is not on this computer and could not be fetched"));
      tell (report, FALSE, error);
      report_free (report);
      return;
    }
  found->reporting = TRUE;
  report->asked = TRUE;
  plugin->unanswered++;
  if (found->dialog != NULL)
    sek_dialog_set_reporting (SEK_DIALOG (found->dialog));
  g_auto (GStrv) own = sek_plugin_own_addresses ();
  const SekReportAbout about = { .folder = report->folder,
                                 .own_addresses = (const char *const *) own,
                                 .verdict_id = found->verdict != NULL ? found->verdict->id : NULL,
                                 .attachments = sek_mail_attachments_state (found),
                                 .feedback = feedback };
  sek_client_report (plugin->client, path, &about, plugin->cancellable, on_reported, report);
}

void
sek_report_start (SekPlugin *plugin, MsgInfo *msginfo, SekMail *mail)
{
  start (plugin, msginfo, mail, FALSE);
}

void
sek_feedback_start (SekPlugin *plugin, MsgInfo *msginfo, SekMail *mail)
{
  start (plugin, msginfo, mail, TRUE);
}

static void
msginfo_free (gpointer data)
{
  MsgInfo *msginfo = data;
  procmsg_msginfo_free (&msginfo);
}

void
sek_report_selected (SekPlugin *plugin)
{
  SummaryView *summary = mainwindow_get_mainwindow ()->summaryview;
  g_autoptr (GSList) selected = summary_get_selected_msg_list (summary);
  /* Fetching one from a server runs the main loop, in which the list may change. */
  GPtrArray *mails = g_ptr_array_new_with_free_func (msginfo_free);
  for (GSList *l = selected; l != NULL; l = l->next)
    g_ptr_array_add (mails, procmsg_msginfo_new_ref (l->data));
  for (guint i = 0; i < mails->len; i++)
    sek_report_start (plugin, g_ptr_array_index (mails, i), NULL);
  g_ptr_array_unref (mails);
}
