/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/service/parts.h"

#include <glib/gi18n-lib.h>

#include "agent/report/report.h"
#include "agent/service/message.h"

/* What the thread takes and gives. */
typedef struct
{
  int fd; /* borrowed of the call */
  const SekContext *context;
  SekVerdict *verdict; /* NULL: reported without one */
  SekHeldPolicy *policy;
  GBytes *key; /* of the store */
  char *id;
  char *mail; /* SHA-256 */
  GBytes *message;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;
  sek_verdict_free (job->verdict);
  sek_held_policy_release (job->policy);
  g_clear_pointer (&job->key, g_bytes_unref);
  g_free (job->id);
  g_free (job->mail);
  g_clear_pointer (&job->message, g_bytes_unref);
  g_free (job);
}

static const char *
reporter_of (const SekContext *context)
{
  /* NULL when the client named none: the array is NULL-terminated. */
  return context->own_addresses[0];
}

static void
build_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;
  GError *error = NULL;
  g_autoptr (GBytes) original = sek_message_read (job->fd, cancellable, &error);
  if (original == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  job->id = job->context->feedback ? sek_report_feedback_id (original) : sek_report_id (original);
  job->mail = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, original);
  g_autofree char *proof = sek_report_proof (job->key, job->id);
  SekReportInput input = { .original = original,
                           .verdict = job->verdict,
                           .policy = sek_held_policy_get (job->policy),
                           .reporter = reporter_of (job->context),
                           .client = job->context->client,
                           .folder = job->context->folder,
                           .now = g_get_real_time () / G_USEC_PER_SEC,
                           .proof = proof,
                           .is_feedback = job->context->feedback,
                           .attachments = job->context->attachments,
                           .rebuilt = job->context->rebuilt };
  job->message = sek_report_build (&input);
  g_task_return_boolean (task, TRUE);
}

/* For the list, for an answer, and for what was decided. The report itself is safe by now. */
static void
keep_about (SekService *service, const SekContext *context, const Job *job)
{
  const SekVerdict *verdict = job->verdict;
  const SekOutboxAbout about = { .subject = verdict != NULL ? verdict->subject : NULL,
                                 .mail = job->mail,
                                 .is_feedback = context->feedback };
  g_autoptr (GError) error = NULL;
  if (!sek_store_outbox_about (service->store, job->id, &about, &error))
    g_warning ("What a report is about could not be kept: %s", error->message);
  g_clear_error (&error);
  if (verdict != NULL && !context->feedback &&
      !sek_store_put_decision (service->store, verdict->id, "reported", &error))
    g_warning ("The decision could not be kept: %s", error->message);
}

static void
on_built (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SekCall *call = user_data;
  SekService *service = call->service;
  const Job *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) reason = NULL;
  if (g_task_propagate_boolean (G_TASK (result), &error) &&
      !sek_outbox_add (service->outbox, job->id, job->message, reporter_of (call->context), &reason))
    sek_service_store_error (&error, reason);
  if (error != NULL)
    {
      sek_call_fail (call, error);
      return;
    }
  keep_about (service, call->context, job);
  sek_service_changed (service, "warned");
  sek_dbus_agent1_complete_report (service->object, g_steal_pointer (&call->invocation), NULL, job->id);
  sek_call_free (call);
}

void
sek_call_report (SekCall *call)
{
  SekService *service = call->service;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) reason = NULL;
  g_autoptr (GBytes) key =
      sek_service_need_store (service, &error) ? sek_store_report_key (service->store, &reason) : NULL;
  if (reason != NULL)
    sek_service_store_error (&error, reason);
  if (key != NULL && call->context->feedback && !sek_policy_watch_get (service->policy)->report_feedback)
    g_set_error_literal (&error, G_DBUS_ERROR, G_DBUS_ERROR_ACCESS_DENIED,
                         /* Translators: by the policy, people may not say that a mail is harmless. */
                         _ ("Your administrator has switched this off"));
  if (error != NULL)
    {
      sek_call_fail (call, error);
      return;
    }
  Job *job = g_new0 (Job, 1);
  job->fd = call->fd;
  job->key = g_steal_pointer (&key);
  job->context = call->context;
  job->policy = sek_policy_watch_hold (service->policy);
  if (call->context->verdict_id != NULL)
    job->verdict = sek_store_get_verdict (service->store, call->context->verdict_id, &error);
  /* A report without its verdict is worth more than none. */
  if (error != NULL)
    g_warning ("The verdict of a report could not be read: %s", error->message);
  g_autoptr (GTask) task = g_task_new (NULL, service->cancellable, on_built, call);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, build_in_thread);
}

static GVariant *
entry_to_variant (const SekOutbox *outbox, const SekOutboxEntry *entry)
{
  const char *reason = entry->last_error != NULL ? entry->last_error : "";
  if (*reason == '\0' && sek_outbox_waits_for_client (outbox, entry))
    /* Translators: why a report was not sent yet. */
    reason = _ ("It waits for the mail program, which has to be running.");
  GVariantDict dict;
  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "id", "s", entry->id);
  g_variant_dict_insert (&dict, "kind", "s", entry->is_feedback ? "feedback" : "report");
  g_variant_dict_insert (&dict, "state", "s", entry->state);
  g_variant_dict_insert (&dict, "created", "x", entry->created);
  g_variant_dict_insert (&dict, "attempts", "x", entry->attempts);
  g_variant_dict_insert (&dict, "next-attempt", "x", entry->next_attempt);
  g_variant_dict_insert (&dict, "last-error", "s", reason);
  g_variant_dict_insert (&dict, "refused", "b", sek_outbox_is_refused (entry));
  g_variant_dict_insert (&dict, "subject", "s", entry->subject != NULL ? entry->subject : "");
  g_variant_dict_insert (&dict, "answer", "s", entry->answer != NULL ? entry->answer : "");
  return g_variant_dict_end (&dict);
}

gboolean
sek_service_on_reports (SekDBusAgent1 *object, GDBusMethodInvocation *invocation, gpointer user_data)
{
  SekService *service = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) reason = NULL;
  g_autoptr (GPtrArray) entries =
      sek_service_need_store (service, &error) ? sek_store_outbox_list (service->store, &reason) : NULL;
  if (reason != NULL)
    sek_service_store_error (&error, reason);
  if (entries == NULL)
    {
      g_dbus_method_invocation_return_gerror (invocation, error);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < entries->len; i++)
    g_variant_builder_add_value (&builder, entry_to_variant (service->outbox, entries->pdata[i]));
  sek_dbus_agent1_complete_reports (object, invocation, g_variant_builder_end (&builder));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

gboolean
sek_service_on_send_again (SekDBusAgent1 *object,
                           GDBusMethodInvocation *invocation,
                           const char *id,
                           gpointer user_data)
{
  SekService *service = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) reason = NULL;
  gboolean waits = FALSE;
  if (sek_service_need_store (service, &error) && !sek_outbox_again (service->outbox, id, &waits, &reason))
    sek_service_store_error (&error, reason);
  if (error == NULL && !waits)
    g_set_error_literal (&error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS,
                         _ ("No report of this id waits to be sent"));
  if (error != NULL)
    g_dbus_method_invocation_return_gerror (invocation, error);
  else
    sek_dbus_agent1_complete_send_again (object, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

gboolean
sek_service_on_withdraw (SekDBusAgent1 *object,
                         GDBusMethodInvocation *invocation,
                         const char *id,
                         gpointer user_data)
{
  SekService *service = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) reason = NULL;
  gboolean withdrawn = FALSE;
  if (sek_service_need_store (service, &error) &&
      !sek_outbox_withdraw (service->outbox, id, &withdrawn, &reason))
    sek_service_store_error (&error, reason);
  if (error == NULL && !withdrawn)
    g_set_error_literal (&error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS,
                         _ ("It is too late to take this report back"));
  if (error != NULL)
    g_dbus_method_invocation_return_gerror (invocation, error);
  else
    {
      sek_dbus_agent1_complete_withdraw (object, invocation);
      sek_service_changed (service, "warned");
    }
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}
