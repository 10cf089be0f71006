/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/service/parts.h"

#include "agent/report/report.h"
#include "agent/service/message.h"

/* What the thread takes and gives. */
typedef struct
{
  int fd; /* borrowed of the call */
  const SekContext *context;
  SekVerdict *verdict; /* NULL: reported without one */
  SekHeldPolicy *policy;
  char *id;
  GBytes *message;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;
  sek_verdict_free (job->verdict);
  sek_held_policy_release (job->policy);
  g_free (job->id);
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
  SekReportInput input = { .original = original,
                           .verdict = job->verdict,
                           .policy = sek_held_policy_get (job->policy),
                           .reporter = reporter_of (job->context),
                           .client = job->context->client,
                           .folder = job->context->folder,
                           .now = g_get_real_time () / G_USEC_PER_SEC };
  job->id = sek_report_id (original);
  job->message = sek_report_build (&input);
  g_task_return_boolean (task, TRUE);
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
  if (job->verdict != NULL && !sek_store_put_decision (service->store, job->verdict->id, "reported", &reason))
    g_warning ("The decision could not be kept: %s", reason->message);
  sek_dbus_agent1_complete_report (service->object, g_steal_pointer (&call->invocation), NULL, job->id);
  sek_call_free (call);
}

void
sek_call_report (SekCall *call)
{
  SekService *service = call->service;
  g_autoptr (GError) error = NULL;
  if (!sek_service_need_store (service, &error))
    {
      sek_call_fail (call, error);
      return;
    }
  Job *job = g_new0 (Job, 1);
  job->fd = call->fd;
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
