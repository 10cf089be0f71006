/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reports that go by way of a mail client: each is lent to one client, which says how it went. */
#include <glib/gi18n-lib.h>

#include "agent/report/report.h"
#include "agent/service/outbox-private.h"

/* For a mail client to send a report in: servers may be slow, and may ask a person for a password. */
#define LEASE_SECONDS (5 * 60)

gboolean
sek_outbox_goes_by_client (const SekOutbox *outbox)
{
  return sek_policy_watch_get (outbox->policy)->report_transport == SEK_REPORT_CLIENT;
}

gboolean
sek_outbox_is_lent (const SekOutbox *outbox, const char *id)
{
  return outbox->lent != NULL && g_str_equal (outbox->lent->id, id);
}

static void
end_lease (SekOutbox *outbox, const char *failure)
{
  g_autoptr (SekOutboxEntry) entry = g_steal_pointer (&outbox->lent);
  g_clear_handle_id (&outbox->lease, g_source_remove);
  g_clear_pointer (&outbox->borrower, g_free);
  if (failure == NULL)
    {
      g_message ("The report %s was sent by the mail client", entry->id);
      g_hash_table_remove (outbox->overdue, entry->id);
      sek_outbox_note_sent (outbox, entry->id);
    }
  else
    {
      g_autoptr (GError) reason = g_error_new (SEK_REPORT_ERROR, SEK_REPORT_ERROR_TEMPORARY,
                                               /* Translators: %s is what the mail program said. */
                                               _ ("The mail program could not send the report: %s"), failure);
      sek_outbox_note_failed (outbox, entry, reason);
    }
  outbox->changed (outbox->user_data);
  sek_outbox_run (outbox);
}

static gboolean
on_lease_over (gpointer user_data)
{
  SekOutbox *outbox = user_data;
  outbox->lease = 0;
  g_hash_table_insert (outbox->overdue, g_strdup (outbox->lent->id), g_strdup (outbox->borrower));
  end_lease (outbox, _ ("it did not say how it went"));
  return G_SOURCE_REMOVE;
}

GBytes *
sek_outbox_take (SekOutbox *outbox, const char *borrower, char **id)
{
  gint64 due = MAX (g_get_real_time () / G_USEC_PER_SEC + 1, outbox->due_before);
  if (outbox->delivering || outbox->lent != NULL || outbox->ending || !sek_outbox_goes_by_client (outbox) ||
      outbox->paused_until > g_get_monotonic_time ())
    return NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SekOutboxEntry) entry = sek_store_outbox_next (outbox->store, due, &error);
  if (error != NULL)
    g_warning ("The outbox could not be read: %s", error->message);
  if (entry == NULL)
    return NULL;
  GBytes *message = sek_report_for_mail (entry->message);
  *id = g_strdup (entry->id);
  outbox->lent = g_steal_pointer (&entry);
  outbox->borrower = g_strdup (borrower);
  outbox->lease = g_timeout_add_seconds (LEASE_SECONDS, on_lease_over, outbox);
  return message;
}

gboolean
sek_outbox_handed_over (SekOutbox *outbox, const char *borrower, const char *id, const char *failure)
{
  gboolean lent = sek_outbox_is_lent (outbox, id);
  gboolean late = failure == NULL && g_strcmp0 (g_hash_table_lookup (outbox->overdue, id), borrower) == 0;
  if (late || (lent && g_strcmp0 (outbox->borrower, borrower) == 0))
    {
      if (lent)
        {
          end_lease (outbox, failure);
          return TRUE;
        }
      g_hash_table_remove (outbox->overdue, id);
      sek_outbox_note_sent (outbox, id);
      outbox->changed (outbox->user_data);
      return TRUE;
    }
  return FALSE;
}

gboolean
sek_outbox_waits_for_client (const SekOutbox *outbox, const SekOutboxEntry *entry)
{
  return sek_outbox_goes_by_client (outbox) && g_str_equal (entry->state, "queued") &&
         !sek_outbox_is_lent (outbox, entry->id);
}
