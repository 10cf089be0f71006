/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/service/outbox-private.h"

#include <glib/gi18n-lib.h>

#include "agent/report/report.h"
#include "agent/secrets/secrets.h"
#include "agent/service/asking.h"
#include "agent/service/notifier.h"

/* Back-off, in seconds. */
#define FIRST_WAIT 30
#define LONGEST_WAIT (60 * 60)
/* For what the server refused for good: a person has to act, so there is no hurry. */
#define REFUSED_WAIT (24 * 60 * 60)
#define STORE_WAIT (5 * 60)

#define END_MICROSECONDS (10 * G_USEC_PER_SEC)

/* What a thread needs to deliver one report. */
typedef struct
{
  SekOutboxEntry *entry;
  SekHeldPolicy *policy;
  char *reporter;
} Delivery;

static void try_ahead (SekOutbox *outbox, gint64 seconds);

static gint64
now_seconds (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static void
delivery_free (gpointer data)
{
  Delivery *delivery = data;
  sek_outbox_entry_free (delivery->entry);
  sek_held_policy_release (delivery->policy);
  g_free (delivery->reporter);
  g_free (delivery);
}

static gboolean
on_timer (gpointer user_data)
{
  SekOutbox *outbox = user_data;
  outbox->timer = 0;
  sek_outbox_run (outbox);
  return G_SOURCE_REMOVE;
}

static void
wake_in (SekOutbox *outbox, gint64 seconds)
{
  g_clear_handle_id (&outbox->timer, g_source_remove);
  if (!outbox->ending)
    outbox->timer = g_timeout_add_seconds ((guint) CLAMP (seconds, 1, LONGEST_WAIT), on_timer, outbox);
}

static void
pause_for (SekOutbox *outbox, gint64 seconds)
{
  outbox->due_before = 0;
  outbox->paused_until = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;
  wake_in (outbox, seconds);
}

/* Nothing is due: sleeps until the earliest report is. */
static void
wait_for_next (SekOutbox *outbox)
{
  gint64 next_attempt = 0;
  g_autoptr (GError) error = NULL;
  outbox->due_before = 0;
  if (!sek_store_outbox_count (outbox->store, NULL, NULL, &next_attempt, &error))
    {
      g_warning ("The outbox could not be read: %s", error->message);
      wake_in (outbox, STORE_WAIT);
    }
  else if (next_attempt > 0)
    wake_in (outbox, next_attempt - now_seconds ());
}

static gint64
wait_after (gint64 attempts)
{
  gint64 wait = FIRST_WAIT;
  for (gint64 i = 0; i < attempts && wait < LONGEST_WAIT; i++)
    wait *= 2;
  /* Jitter: after a server's fall not every desktop comes back in the same second. */
  return (gint64) (MIN (wait, LONGEST_WAIT) * g_random_double_range (0.75, 1.0));
}

void
sek_outbox_note_sent (SekOutbox *outbox, const char *id)
{
  g_autoptr (GError) error = NULL;
  if (sek_store_outbox_sent (outbox->store, id, &error))
    {
      g_hash_table_remove (outbox->delivered, id);
      g_hash_table_remove (outbox->reporters, id);
      return;
    }
  /* Remembered here, so that a full disk does not make the administrator get it twice. */
  g_hash_table_add (outbox->delivered, g_strdup (id));
  g_warning ("The report %s was sent, but the outbox could not note it: %s", id, error->message);
  pause_for (outbox, STORE_WAIT);
}

/* How each kind of failure goes on. One that only a person can end is told once, by a notification; the
 * reason itself may quote addresses and stays out of the journal. */
static const struct
{
  SekReportError code;
  gint64 wait;      /* seconds; 0: the back-off */
  gboolean only_it; /* the others go on */
  const char *journal;
  const char *headline; /* of the notification; NULL: none; "": that of asking.h */
} failures[] = {
  /* Translators: the next three are headlines of notifications; the reason follows. */
  { SEK_REPORT_ERROR_PERMANENT, REFUSED_WAIT, TRUE, "refused by the server",
    N_ ("A report was refused; it is kept and can be sent again") },
  { SEK_REPORT_ERROR_CONFIG, LONGEST_WAIT, FALSE, "waits for another policy",
    N_ ("A report waits for the administrator") },
  { SEK_REPORT_ERROR_UNTRUSTED, 0, FALSE, "the connection is not safe",
    N_ ("A report waits: the connection to the server is not safe") },
  { SEK_REPORT_ERROR_SECRET, LONGEST_WAIT, FALSE, "no login", "" },
  { SEK_REPORT_ERROR_TEMPORARY, 0, FALSE, "will be tried again", NULL },
};

static void
on_asked (gpointer user_data)
{
  try_ahead (user_data, REFUSED_WAIT - 1);
}

static void
tell (SekOutbox *outbox, const SekOutboxEntry *entry, gsize failure, const char *reason)
{
  /* Whoever has just clicked is asked anew, also after a "not now" or a wrong one. */
  gboolean asks = failures[failure].code == SEK_REPORT_ERROR_SECRET && outbox->may_ask;
  if (failures[failure].headline == NULL || (!asks && g_strcmp0 (entry->last_error, reason) == 0))
    return;
  const SekPolicy *policy = sek_policy_watch_get (outbox->policy);
  gboolean token = sek_report_login (policy) == SEK_REPORT_TOKEN;
  if (asks)
    {
      const SekSecretName name = { policy->report_target, policy->report_login, token };
      outbox->may_ask = FALSE;
      if (sek_ask_secret (&name, on_asked, outbox, outbox->cancellable))
        return;
    }
  const char *headline = failures[failure].headline;
  sek_notify (*headline != '\0' ? _ (headline) : sek_ask_headline (token), reason, "reports");
}

void
sek_outbox_note_failed (SekOutbox *outbox, const SekOutboxEntry *entry, const GError *reason)
{
  gsize failure = 0;
  while (failure < G_N_ELEMENTS (failures) - 1 &&
         !g_error_matches (reason, SEK_REPORT_ERROR, (int) failures[failure].code))
    failure++;
  gint64 wait = failures[failure].wait > 0 ? failures[failure].wait : wait_after (entry->attempts);
  gint64 asked = sek_report_error_wait (reason);
  if (asked > 0)
    outbox->asked_until = g_get_monotonic_time () + asked * G_USEC_PER_SEC;
  wait = MAX (wait, asked);
  g_free (outbox->last_error);
  outbox->last_error = g_utf8_make_valid (reason->message, -1);
  g_warning ("The report %s could not be delivered (%s), the reason is in the property Outbox", entry->id,
             failures[failure].journal);
  tell (outbox, entry, failure, outbox->last_error);
  g_autoptr (GError) error = NULL;
  if (!sek_store_outbox_failed (outbox->store, entry->id, outbox->last_error, now_seconds (),
                                now_seconds () + wait, &error))
    {
      g_warning ("The outbox could not be written: %s", error->message);
      pause_for (outbox, STORE_WAIT);
    }
  else if (!failures[failure].only_it)
    /* Server or way are down for all of them: the others wait behind this one. */
    pause_for (outbox, wait);
}

static void
on_delivered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SekOutbox *outbox = user_data;
  const Delivery *delivery = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  outbox->delivering = FALSE;
  g_clear_pointer (&outbox->under_way, g_free);
  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_message ("The report %s was delivered", delivery->entry->id);
      g_free (outbox->last_error);
      outbox->last_error = g_strdup ("");
      sek_outbox_note_sent (outbox, delivery->entry->id);
    }
  else if (!g_cancellable_is_cancelled (outbox->cancellable))
    sek_outbox_note_failed (outbox, delivery->entry, error);
  if (outbox->ending)
    return;
  outbox->changed (outbox->user_data);
  if (outbox->ahead > 0)
    try_ahead (outbox, outbox->ahead);
  else
    sek_outbox_run (outbox);
}

static void
deliver_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Delivery *delivery = task_data;
  GError *error = NULL;
  const SekPolicy *policy = sek_held_policy_get (delivery->policy);
  g_autoptr (GError) missing = NULL;
  char *secret = sek_report_login (policy) != SEK_REPORT_NO_LOGIN
                     ? sek_secret_look_up (policy->report_target, policy->report_login, cancellable, &missing)
                     : NULL;
  if (missing != NULL)
    {
      g_task_return_new_error (task, SEK_REPORT_ERROR, SEK_REPORT_ERROR_SECRET,
                               /* Translators: %s is the reason. */
                               _ ("The report can't be sent: %s"), missing->message);
      return;
    }
  gboolean sent = sek_report_deliver (policy, delivery->reporter, secret, delivery->entry->message,
                                      delivery->entry->id, cancellable, &error);
  sek_secret_free (secret);
  if (sent)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
deliver (SekOutbox *outbox, SekOutboxEntry *entry)
{
  Delivery *delivery = g_new0 (Delivery, 1);
  delivery->policy = sek_policy_watch_hold (outbox->policy);
  delivery->reporter = g_strdup (g_hash_table_lookup (outbox->reporters, entry->id));
  delivery->entry = entry;
  g_autoptr (GTask) task = g_task_new (NULL, outbox->cancellable, on_delivered, outbox);
  /* A report that went out in the moment of cancelling is sent, not cancelled. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, delivery, delivery_free);
  outbox->delivering = TRUE;
  outbox->under_way = g_strdup (entry->id);
  g_task_run_in_thread (task, deliver_in_thread);
}

/* One step: the oldest report that is due, one at a time. */
void
sek_outbox_run (SekOutbox *outbox)
{
  if (outbox->delivering || outbox->lent != NULL || outbox->ending)
    return;
  gint64 pause = outbox->paused_until - g_get_monotonic_time ();
  if (pause > 0)
    {
      wake_in (outbox, 1 + pause / G_USEC_PER_SEC);
      return;
    }
  g_autoptr (GError) error = NULL;
  /* A second early: timers and the wall clock do not round alike, and a younger report must not slip past. */
  gint64 due = MAX (now_seconds () + 1, outbox->due_before);
  g_autoptr (SekOutboxEntry) entry = sek_store_outbox_next (outbox->store, due, &error);
  if (error != NULL)
    {
      g_warning ("The outbox could not be read: %s", error->message);
      pause_for (outbox, STORE_WAIT);
    }
  else if (entry == NULL)
    wait_for_next (outbox);
  else if (g_hash_table_contains (outbox->delivered, entry->id))
    {
      sek_outbox_note_sent (outbox, entry->id);
      wake_in (outbox, 1);
    }
  else if (sek_outbox_goes_by_client (outbox))
    {
      if (outbox->offer != NULL)
        outbox->offer (outbox->user_data);
    }
  else
    deliver (outbox, g_steal_pointer (&entry));
}

/* Tries now what would be due within the next seconds. */
static void
try_ahead (SekOutbox *outbox, gint64 seconds)
{
  /* The delivery under way may fail by the old policy and pause the outbox: this comes after it. */
  outbox->ahead = outbox->delivering ? MAX (outbox->ahead, seconds) : 0;
  if (outbox->delivering)
    return;
  outbox->due_before = MAX (outbox->due_before, now_seconds () + seconds);
  outbox->paused_until = outbox->asked_until;
  sek_outbox_run (outbox);
}

/* Only what backs off: what was refused waits for a person. */
static void
on_woken (gpointer user_data)
{
  try_ahead (user_data, LONGEST_WAIT);
}

/* What could be taken back goes now. */
static void
on_released (gpointer user_data)
{
  try_ahead (user_data, LONGEST_WAIT);
}

SekOutbox *
sek_outbox_new (SekStore *store,
                SekPolicyWatch *policy,
                void (*changed) (gpointer user_data),
                gpointer user_data)
{
  SekOutbox *outbox = g_new0 (SekOutbox, 1);
  outbox->store = store;
  outbox->policy = policy;
  outbox->changed = changed;
  outbox->user_data = user_data;
  outbox->reporters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  outbox->delivered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  outbox->overdue = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  outbox->cancellable = g_cancellable_new ();
  outbox->held = sek_held_new (store, on_released, outbox);
  g_autoptr (SekOutboxEntry) oldest = sek_store_outbox_next (store, G_MAXINT64, NULL);
  const char *reason = oldest != NULL ? oldest->last_error : NULL;
  outbox->last_error = g_strdup (reason != NULL ? reason : "");
  outbox->waking = sek_waking_new (on_woken, outbox);
  /* The machine was away: what was backing off from a server gets a new chance. */
  try_ahead (outbox, LONGEST_WAIT);
  return outbox;
}

static gboolean
keep_waking (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

void
sek_outbox_free (SekOutbox *outbox)
{
  if (outbox == NULL)
    return;
  outbox->ending = TRUE;
  g_clear_handle_id (&outbox->lease, g_source_remove);
  g_clear_pointer (&outbox->lent, sek_outbox_entry_free);
  sek_waking_free (outbox->waking);
  g_clear_handle_id (&outbox->timer, g_source_remove);
  gint64 end = g_get_monotonic_time () + END_MICROSECONDS;
  guint wake = g_timeout_add (100, keep_waking, NULL);
  while (outbox->delivering)
    {
      g_main_context_iteration (NULL, TRUE);
      if (g_get_monotonic_time () > end)
        g_cancellable_cancel (outbox->cancellable);
    }
  g_source_remove (wake);
  /* A window that still asks has nobody to tell any more. */
  g_cancellable_cancel (outbox->cancellable);
  g_hash_table_unref (outbox->reporters);
  g_hash_table_unref (outbox->delivered);
  g_hash_table_unref (outbox->overdue);
  g_free (outbox->borrower);
  sek_held_free (outbox->held);
  g_free (outbox->under_way);
  g_object_unref (outbox->cancellable);
  g_free (outbox->last_error);
  g_free (outbox);
}

gboolean
sek_outbox_add (SekOutbox *outbox, const char *id, GBytes *message, const char *reporter, GError **error)
{
  gboolean was_new = FALSE;
  gint64 undo = sek_policy_watch_get (outbox->policy)->report_undo_seconds;
  gboolean added =
      undo > 0 ? sek_store_outbox_add_held (outbox->store, id, message, now_seconds (), &was_new, error)
               : sek_store_outbox_add (outbox->store, id, message, now_seconds (), &was_new, error);
  if (!added)
    return FALSE;
  if (was_new && undo > 0)
    sek_held_add (outbox->held, id, undo);
  if (was_new && reporter != NULL)
    g_hash_table_insert (outbox->reporters, g_strdup (id), g_strdup (reporter));
  outbox->may_ask = TRUE;
  outbox->changed (outbox->user_data);
  try_ahead (outbox, LONGEST_WAIT);
  return TRUE;
}

void
sek_outbox_policy_changed (SekOutbox *outbox)
{
  /* It may name another server. */
  outbox->asked_until = 0;
  /* One second less than the wait after a refusal, so that a report refused again is not tried again at once.
   */
  try_ahead (outbox, REFUSED_WAIT - 1);
}

gboolean
sek_outbox_again (SekOutbox *outbox, const char *id, gboolean *waits, GError **error)
{
  if (!sek_store_outbox_again (outbox->store, id, now_seconds (), waits, error))
    return FALSE;
  outbox->may_ask = TRUE;
  outbox->asked_until = 0;
  if (*waits)
    try_ahead (outbox, 1);
  return TRUE;
}

gboolean
sek_outbox_withdraw (SekOutbox *outbox, const char *id, gboolean *withdrawn, GError **error)
{
  *withdrawn = FALSE;
  if (g_strcmp0 (outbox->under_way, id) == 0 || sek_outbox_is_lent (outbox, id) ||
      g_hash_table_contains (outbox->delivered, id))
    return TRUE;
  if (!sek_store_outbox_withdraw (outbox->store, id, withdrawn, error))
    return FALSE;
  sek_held_drop (outbox->held, id);
  if (*withdrawn)
    {
      g_hash_table_remove (outbox->reporters, id);
      outbox->changed (outbox->user_data);
    }
  return TRUE;
}

gboolean
sek_outbox_is_refused (const SekOutboxEntry *entry)
{
  return g_str_equal (entry->state, "queued") && entry->last_error != NULL &&
         entry->next_attempt - entry->tried >= REFUSED_WAIT;
}

void
sek_outbox_set_offer (SekOutbox *outbox, void (*offer) (gpointer user_data))
{
  outbox->offer = offer;
  sek_outbox_run (outbox);
}

GVariant *
sek_outbox_to_variant (SekOutbox *outbox)
{
  gint64 queued = 0, sent = 0;
  g_autoptr (GError) error = NULL;
  if (!sek_store_outbox_count (outbox->store, &queued, &sent, NULL, &error))
    g_warning ("The outbox could not be counted: %s", error->message);
  GVariantDict dict;
  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "queued", "x", queued);
  g_variant_dict_insert (&dict, "sent", "x", sent);
  g_variant_dict_insert (&dict, "last-error", "s", outbox->last_error);
  return g_variant_dict_end (&dict);
}
