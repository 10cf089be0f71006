/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sends reports by Evolution's default account: what its servers ask for, Evolution knows. */
#include "plugin/evolution/evolution.h"

#include <glib/gi18n-lib.h>
#include <libemail-engine/libemail-engine.h>

#include "plugin/client/handover.h"

typedef struct
{
  EMailSession *session;
  SekHandover *handover;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;
  g_clear_object (&job->session);
  sek_handover_free (job->handover);
  g_free (job);
}

static gboolean
fail (GError **error, const char *reason)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, reason);
  return FALSE;
}

/* Of the default identity: its address and the service that sends for it. Both newly allocated, NULL with
 * error. */
static CamelTransport *
find_transport (EMailSession *session, char **address, GError **error)
{
  ESourceRegistry *registry = e_mail_session_get_registry (session);
  g_autoptr (ESource) identity = e_source_registry_ref_default_mail_identity (registry);
  if (identity == NULL || !e_source_has_extension (identity, E_SOURCE_EXTENSION_MAIL_SUBMISSION))
    {
      fail (error, _ ("there is no account"));
      return NULL;
    }
  ESourceMailIdentity *mail = e_source_get_extension (identity, E_SOURCE_EXTENSION_MAIL_IDENTITY);
  ESourceMailSubmission *submission = e_source_get_extension (identity, E_SOURCE_EXTENSION_MAIL_SUBMISSION);
  g_autofree char *uid = e_source_mail_submission_dup_transport_uid (submission);
  CamelService *service = uid != NULL ? camel_session_ref_service (CAMEL_SESSION (session), uid) : NULL;
  if (service == NULL || !CAMEL_IS_TRANSPORT (service))
    {
      g_clear_object (&service);
      fail (error, _ ("there is no account"));
      return NULL;
    }
  *address = e_source_mail_identity_dup_address (mail);
  return CAMEL_TRANSPORT (service);
}

static gboolean
send_report (EMailSession *session, SekHandover *handover, GCancellable *cancellable, GError **error)
{
  if (!camel_session_get_online (CAMEL_SESSION (session)))
    return fail (error, _ ("it is offline"));
  g_autofree char *address = NULL;
  g_autoptr (CamelTransport) transport = find_transport (session, &address, error);
  if (transport == NULL)
    return FALSE;
  sek_handover_set_from (handover, address);
  g_autoptr (CamelMimeMessage) message = camel_mime_message_new ();
  gsize length = g_bytes_get_size (handover->message);
  g_autoptr (CamelStream) stream =
      camel_stream_mem_new_with_buffer (g_bytes_get_data (handover->message, NULL), length);
  g_autoptr (CamelInternetAddress) from = camel_internet_address_new ();
  g_autoptr (CamelInternetAddress) to = camel_internet_address_new ();
  camel_internet_address_add (from, NULL, address);
  camel_internet_address_add (to, NULL, handover->address);
  if (!camel_data_wrapper_construct_from_stream_sync (CAMEL_DATA_WRAPPER (message), stream, cancellable,
                                                      error))
    return FALSE;
  gboolean saved = FALSE;
  gboolean sent = camel_service_connect_sync (CAMEL_SERVICE (transport), cancellable, error) &&
                  camel_transport_send_to_sync (transport, message, CAMEL_ADDRESS (from), CAMEL_ADDRESS (to),
                                                &saved, cancellable, error);
  /* Else the connection stays open for as long as Evolution runs. */
  camel_service_disconnect_sync (CAMEL_SERVICE (transport), sent, NULL, NULL);
  return sent;
}

static void
send_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Job *job = task_data;
  GError *error = NULL;
  if (send_report (job->session, job->handover, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error != NULL ? error
                                             : g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED,
                                                                    _ ("its mail server did not take it")));
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  const Job *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  gboolean sent = g_task_propagate_boolean (G_TASK (result), &error);
  sek_client_handed_over (sek_plugin_get ()->client, job->handover->id, sent ? NULL : error->message);
}

static void
on_handover (SekHandover *handover, gpointer user_data)
{
  SekPlugin *plugin = user_data;
  EMailSession *session = sek_plugin_session ();
  if (session == NULL)
    {
      /* Else the client would take no report any more. */
      sek_client_handed_over (plugin->client, handover->id, _ ("there is no account"));
      sek_handover_free (handover);
      return;
    }
  Job *job = g_new0 (Job, 1);
  job->session = g_object_ref (session);
  job->handover = handover;
  g_autoptr (GTask) task = g_task_new (NULL, NULL, on_sent, plugin);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, send_in_thread);
}

void
sek_handovers_watch (SekPlugin *plugin)
{
  sek_client_watch_handovers (plugin->client, on_handover, plugin);
}
