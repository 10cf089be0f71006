/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reports a mail, and moves it to the Quarantine folder once the report is safely queued, never before. */
#include "plugin/evolution/evolution.h"

#include <libemail-engine/libemail-engine.h>

/* The same in every language, so that administrators and other clients find it. */
#define QUARANTINE "Quarantine"

typedef struct
{
  SekReader *reader;
  CamelFolder *folder;
  char *uid;
  SekMail *mail; /* NULL until its bytes have been read */
  SekContent *content;
  char *report_id;
  gboolean feedback; /* no report: the person finds the mail harmless */
  gboolean too_late; /* the person could not take it back, and was told */
  gboolean asked;    /* and the agent has not answered yet */
} Report;

static void
answered (Report *report)
{
  if (report->asked)
    report->reader->unanswered--;
  report->asked = FALSE;
}

static void
report_free (Report *report)
{
  answered (report);
  report->reader->reporting--;
  g_object_unref (report->reader);
  g_object_unref (report->folder);
  g_free (report->uid);
  g_clear_pointer (&report->mail, sek_mail_unref);
  sek_content_free (report->content);
  g_free (report->report_id);
  g_free (report);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Report, report_free)

static void
tell (Report *report, gboolean quarantined, const GError *error)
{
  SekReader *reader = report->reader;
  reader->any_failed = reader->any_failed || error != NULL;
  if (report->too_late)
    return;
  if (report->mail != NULL && report->mail->dialog != NULL)
    {
      sek_dialog_set_feedback (SEK_DIALOG (report->mail->dialog), report->feedback);
      sek_dialog_set_reported (SEK_DIALOG (report->mail->dialog), report->report_id, quarantined, error);
    }
  /* Thanks for one mail may not hide that another was not reported. */
  else if (error != NULL || !reader->any_failed)
    sek_pane_receipt (reader, report->feedback, report->mail, report->report_id, quarantined, error);
}

/* --- quarantine --- */

typedef struct
{
  CamelFolder *folder;
  char *uid;
} Move;

static void
move_free (gpointer data)
{
  Move *move = data;
  g_object_unref (move->folder);
  g_free (move->uid);
  g_free (move);
}

/* Some IMAP servers let folders be made below the inbox only. */
static CamelFolder *
open_quarantine (CamelStore *store, GCancellable *cancellable, GError **error)
{
  CamelFolder *folder =
      camel_store_get_folder_sync (store, QUARANTINE, CAMEL_STORE_FOLDER_CREATE, cancellable, NULL);
  if (folder != NULL)
    return folder;
  g_autoptr (CamelFolderInfo) created =
      camel_store_create_folder_sync (store, "INBOX", QUARANTINE, cancellable, NULL);
  return camel_store_get_folder_sync (store, created != NULL ? created->full_name : QUARANTINE,
                                      CAMEL_STORE_FOLDER_NONE, cancellable, error);
}

static void
move_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Move *move = task_data;
  g_autoptr (GError) error = NULL;
  CamelStore *store = camel_folder_get_parent_store (move->folder);
  g_autoptr (CamelFolder) target = open_quarantine (store, cancellable, &error);
  g_autoptr (GPtrArray) uids = g_ptr_array_new ();
  g_ptr_array_add (uids, move->uid);
  gboolean moved =
      target != NULL && target != move->folder &&
      camel_folder_transfer_messages_to_sync (move->folder, uids, target, TRUE, NULL, cancellable, &error);
  if (error != NULL)
    g_warning ("The mail was not moved to Quarantine: %s", error->message);
  g_task_return_boolean (task, moved);
}

void
sek_report_offer_undo (gpointer user_data)
{
  Report *report = user_data;
  tell (report, FALSE, NULL);
  if (report->mail->dialog != NULL)
    sek_dialog_set_undo (SEK_DIALOG (report->mail->dialog));
  /* One button for several: pressed before the last of them is queued, it would leave that one. */
  else if (!report->reader->any_failed && report->reader->unanswered == 0)
    sek_pane_undo (report->reader);
}

static void
on_moved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Report) report = user_data;
  tell (report, g_task_propagate_boolean (G_TASK (result), NULL), NULL);
}

void
sek_quarantine_move (CamelFolder *folder, const char *uid, GAsyncReadyCallback callback, gpointer user_data)
{
  Move *move = g_new0 (Move, 1);
  move->folder = g_object_ref (folder);
  move->uid = g_strdup (uid);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_task_data (task, move, move_free);
  g_task_run_in_thread (task, move_in_thread);
}

/* --- the report --- */

static void
finish (Report *report)
{
  SekPlugin *plugin = sek_plugin_get ();
  gboolean training = report->mail->verdict != NULL && report->mail->verdict->training;
  if (sek_client_quarantines (plugin->client) && !training && !report->feedback)
    {
      sek_quarantine_move (report->folder, report->uid, on_moved, report);
      return;
    }
  tell (report, FALSE, NULL);
  report_free (report);
}

static void
on_undo (SekUndoEvent event, const GError *error, gpointer user_data)
{
  Report *report = user_data;
  SekMail *mail = report->mail;
  if (event == SEK_UNDO_OVER)
    {
      finish (report);
      return;
    }
  if (event == SEK_UNDO_DONE)
    {
      mail->reported = FALSE;
      sek_readers_apply (sek_plugin_get (), mail);
    }
  if (mail->dialog != NULL)
    sek_dialog_set_withdrawn (SEK_DIALOG (mail->dialog), error);
  else
    sek_pane_withdrawn (report->reader, error);
  report->too_late = TRUE;
  if (event == SEK_UNDO_FAILED)
    finish (report);
  else
    report_free (report);
}

static void
on_reported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Report) report = user_data;
  SekPlugin *plugin = sek_plugin_get ();
  g_autoptr (GError) error = NULL;
  answered (report);
  report->mail->reporting = FALSE;
  report->report_id = sek_client_report_finish (plugin->client, result, &error);
  if (report->report_id == NULL)
    {
      tell (report, FALSE, error);
      return;
    }
  report->mail->reported = !report->feedback;
  if (report->mail->verdict != NULL && !report->feedback)
    sek_client_decide (plugin->client, report->mail->verdict->id, "reported");
  Report *it = g_steal_pointer (&report);
  /* Moved only when the report goes: a mail that was moved could not be put back where it was. */
  if (sek_undos_add (plugin->undos, it->mail, it->report_id, on_undo, it, (GDestroyNotify) report_free))
    sek_report_offer_undo (it);
  else
    finish (it);
}

static void
on_content (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Report) report = user_data;
  SekPlugin *plugin = sek_plugin_get ();
  g_autoptr (GError) error = NULL;
  report->content = sek_content_finish (result, &error);
  if (report->content == NULL)
    {
      if (report->mail != NULL)
        report->mail->reporting = FALSE;
      tell (report, FALSE, error);
      return;
    }
  if (report->mail == NULL)
    {
      report->mail = sek_mails_get (plugin->mails, report->content->key);
      if (report->mail->reporting)
        return;
      report->mail->reporting = TRUE;
    }
  g_auto (GStrv) own = sek_plugin_own_addresses ();
  g_autofree char *folder = e_mail_folder_uri_from_folder (report->folder);
  const SekVerdict *verdict = report->mail->verdict;
  const char *path = report->content->path;
  const SekReportAbout about = { .folder = folder,
                                 .own_addresses = (const char *const *) own,
                                 .verdict_id = verdict != NULL ? verdict->id : NULL,
                                 .attachments = sek_mail_attachments_state (report->mail),
                                 .feedback = report->feedback,
                                 .rebuilt = !report->content->exact };
  sek_client_report (plugin->client, path, &about, NULL, on_reported, g_steal_pointer (&report));
}

static void
start (SekReader *reader, CamelFolder *folder, const char *uid, SekMail *mail, gboolean feedback)
{
  if (mail != NULL && mail->reporting)
    return;
  Report *report = g_new0 (Report, 1);
  report->reader = g_object_ref (reader);
  if (reader->reporting++ == 0)
    reader->any_failed = FALSE;
  report->asked = TRUE;
  reader->unanswered++;
  report->folder = g_object_ref (folder);
  report->uid = g_strdup (uid);
  report->feedback = feedback;
  if (mail != NULL)
    {
      report->mail = sek_mail_ref (mail);
      mail->reporting = TRUE;
      if (mail->dialog != NULL)
        sek_dialog_set_reporting (SEK_DIALOG (mail->dialog));
    }
  sek_content_get (folder, uid, NULL, NULL, on_content, report);
}

void
sek_report_start (SekReader *reader, CamelFolder *folder, const char *uid, SekMail *mail)
{
  start (reader, folder, uid, mail, FALSE);
}

void
sek_feedback_start (SekReader *reader, CamelFolder *folder, const char *uid, SekMail *mail)
{
  start (reader, folder, uid, mail, TRUE);
}

void
sek_report_selected (SekReader *reader)
{
  g_autoptr (CamelFolder) folder = e_mail_reader_ref_folder (reader->reader);
  g_autoptr (GPtrArray) uids = e_mail_reader_get_selected_uids (reader->reader);
  for (guint i = 0; folder != NULL && uids != NULL && i < uids->len; i++)
    {
      const char *uid = uids->pdata[i];
      sek_report_start (reader, folder, uid, g_strcmp0 (uid, reader->uid) == 0 ? reader->mail : NULL);
    }
}
