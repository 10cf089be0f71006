/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/service/parts.h"

#include <sys/random.h>
#include <unistd.h>

#include "agent/engine/details.h"
#include "agent/engine/engine.h"
#include "agent/service/message.h"

/* 128 random bits: an id says nothing of the mail and cannot be guessed from another one. */
static char *
new_verdict_id (void)
{
  guint8 bytes[16];
  if (getrandom (bytes, sizeof bytes, 0) != sizeof bytes)
    g_error ("The kernel gives no random numbers");
  GString *hex = g_string_sized_new (2 * sizeof bytes);
  for (gsize i = 0; i < sizeof bytes; i++)
    g_string_append_printf (hex, "%02x", bytes[i]);
  return g_string_free (hex, FALSE);
}

/* Neither now nor from the folder that it lies in later. */
static void
distrust (SekService *service, const SekFacts *facts)
{
  g_autoptr (SekMessageSummary) summary = sek_message_summary_from_facts (facts, NULL);
  g_autoptr (GError) error = NULL;
  if (!sek_store_distrust (service->store, summary, &error))
    g_warning ("A mail could not be kept from the history: %s", error->message);
}

static void
learn_from (SekService *service, const SekFacts *facts, const SekVerdict *verdict, char **own_addresses)
{
  SekMessageSummary *summary =
      sek_message_summary_from_judged (facts, verdict->level, (const char *const *) own_addresses);
  if (verdict->level >= SEK_LEVEL_CAUTION)
    distrust (service, facts);
  if (summary == NULL)
    return;
  g_autoptr (GPtrArray) summaries =
      g_ptr_array_new_with_free_func ((GDestroyNotify) sek_message_summary_free);
  g_ptr_array_add (summaries, summary);
  g_autoptr (GError) error = NULL;
  if (sek_store_learn (service->store, summaries, &error) < 0)
    g_warning ("The history could not learn: %s", error->message);
}

/* For the mail that brings the password later, or that says so. */
static void
remember_locked (SekService *service, const SekFacts *facts)
{
  g_autoptr (GError) error = NULL;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  if (!sek_store_remember_locked (service->store, facts, now, &error) ||
      !sek_store_remember_passwords (service->store, facts, now, &error))
    g_warning ("A locked attachment could not be remembered: %s", error->message);
}

/* All that is remembered of a checked mail. */
static void
keep (SekService *service, const SekFacts *facts, const SekVerdict *verdict, const SekContext *context)
{
  if (service->store == NULL)
    return;
  g_autoptr (GError) error = NULL;
  /* A mail that is too large to be read to its end has no digest. */
  const char *sha256 = facts->sha256 != NULL ? facts->sha256 : "";
  sek_store_set_durable (service->store, FALSE);
  if (!sek_store_put_verdict (service->store, verdict, sha256, context->client, context->folder, &error))
    g_warning ("The verdict could not be kept: %s", error->message);
  learn_from (service, facts, verdict, context->own_addresses);
  remember_locked (service, facts);
  if (service->advising != NULL)
    sek_advising_saw (service->advising, facts, verdict, context->client, context->folder);
  sek_store_set_durable (service->store, TRUE);
}

static void
answer (SekCall *call, const SekFacts *facts)
{
  SekService *service = call->service;
  const SekContext *context = call->context;
  const SekPolicy *policy = sek_policy_watch_get (service->policy);
  const SekHistory *history = service->store != NULL ? &service->history : NULL;
  const char *const *own_addresses = (const char *const *) context->own_addresses;
  g_auto (GStrv) organisations = sek_own_organisations (policy, own_addresses);
  SekEngineInput input = {
    .facts = facts,
    .history = history,
    .policy = policy,
    .own_addresses = own_addresses,
    .directory =
        sek_directory_keeper_get (service->directory, policy, history, (const char *const *) organisations),
  };
  g_autoptr (SekVerdict) verdict = sek_engine_judge (&input);
  verdict->microseconds = g_get_monotonic_time () - call->started;
  g_free (verdict->id);
  verdict->id = new_verdict_id ();

  /* Told, not kept: the history holds no header fields. */
  if (verdict->level >= SEK_LEVEL_CAUTION)
    verdict->details = sek_engine_details (facts, policy, verdict);
  /* The person waits for this alone; whatever is asked of the verdict next is read after all of the below. */
  sek_dbus_agent1_complete_check (service->object, g_steal_pointer (&call->invocation), NULL,
                                  sek_verdict_to_variant (verdict));
  g_clear_pointer (&verdict->details, sek_details_free);
  keep (service, facts, verdict, context);
  sek_service_note_answer (service, facts, policy);
  if (verdict->level >= SEK_LEVEL_CAUTION)
    {
      sek_service_changed (service, "warned");
      sek_service_changed (service, "advisories");
    }
  sek_directory_keeper_rest (service->directory);
  sek_call_free (call);
}

/* Passwords that earlier mails brought, when something of this one stays locked; NULL when there are none. */
static GPtrArray *
find_offers (SekService *service, const SekFacts *facts)
{
  const SekMailbox *author = sek_facts_author (facts);
  if (service->store == NULL || author == NULL || author->addr_spec == NULL ||
      !sek_passwords_are_wanted (facts))
    return NULL;
  g_autofree char *organisation = sek_organisation_of (author->addr_spec);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) offered = sek_store_passwords_of (service->store, author->addr_spec, organisation,
                                                          g_get_real_time () / G_USEC_PER_SEC, &error);
  if (error != NULL)
    g_warning ("The passwords of earlier mails could not be read: %s", error->message);
  return offered != NULL && offered->len > 0 ? g_steal_pointer (&offered) : NULL;
}

static void scan (SekCall *call);

static void
on_scanned (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SekCall *call = user_data;
  g_autoptr (GError) reason = NULL;
  g_autoptr (SekFacts) facts = sek_scanner_scan_finish (call->service->scanner, result, &reason);
  if (facts != NULL && call->offered == NULL && (call->offered = find_offers (call->service, facts)) != NULL)
    {
      scan (call);
      return;
    }
  if (facts != NULL)
    {
      if (call->offered != NULL)
        sek_passwords_name_sources (facts, call->offered);
      answer (call, facts);
      return;
    }
  gboolean start = g_error_matches (reason, SEK_SCANNER_ERROR, SEK_SCANNER_ERROR_START);
  g_autoptr (GError) error =
      g_error_new_literal (SEK_SERVICE_ERROR, start ? SEK_SERVICE_ERROR_SCANNER : SEK_SERVICE_ERROR_MAIL,
                           reason->message);
  sek_call_fail (call, error);
}

static void
scan (SekCall *call)
{
  g_auto (GStrv) passwords = call->offered != NULL ? sek_passwords_to_strv (call->offered) : NULL;
  sek_scanner_scan_async (call->service->scanner, call->fd, (const char *const *) passwords,
                          call->service->cancellable, on_scanned, call);
}

static void
copy_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const SekCall *call = task_data;
  GError *error = NULL;
  int copy = sek_message_copy (call->fd, cancellable, &error);
  if (copy >= 0)
    g_task_return_int (task, copy);
  else
    g_task_return_error (task, error);
}

static void
on_copied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SekCall *call = user_data;
  g_autoptr (GError) error = NULL;
  gssize copy = g_task_propagate_int (G_TASK (result), &error);
  if (error != NULL)
    {
      sek_call_fail (call, error);
      return;
    }
  close (call->fd);
  call->fd = (int) copy;
  scan (call);
}

void
sek_call_check (SekCall *call)
{
  SekService *service = call->service;
  g_autoptr (GError) reason = NULL;
  if (service->scanner == NULL)
    service->scanner = sek_scanner_new (&reason);
  if (service->scanner == NULL)
    {
      g_autoptr (GError) error =
          g_error_new_literal (SEK_SERVICE_ERROR, SEK_SERVICE_ERROR_SCANNER, reason->message);
      g_warning ("No mail can be checked: %s", reason->message);
      sek_call_fail (call, error);
      return;
    }
  if (sek_message_is_fixed (call->fd))
    {
      scan (call);
      return;
    }
  g_autoptr (GTask) task = g_task_new (NULL, service->cancellable, on_copied, call);
  /* Else a copy that was made would be dropped unclosed when cancelled. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, call, NULL);
  g_task_run_in_thread (task, copy_in_thread);
}
