/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The people of an address book are correspondents: whoever took the trouble to note somebody knows him. */
#include "agent/service/parts.h"

static gboolean
is_known (const SekService *service, const char *address)
{
  SekCorrespondent known;
  return service->history.find_correspondent (service->history.self, address, &known) && known.written_to > 0;
}

/* As if the person had written there. The id is one that no mail can name, or it would make threads known. */
static SekMessageSummary *
summary_of (const char *name, const char *address)
{
  g_autofree char *random = g_uuid_string_random ();
  SekMessageSummary *summary = sek_message_summary_new ();
  summary->message_id = g_strdup_printf ("%s@contact.invalid", random);
  summary->sent_by_us = TRUE;
  summary->date = g_get_real_time () / G_USEC_PER_SEC;
  g_ptr_array_add (summary->recipients, sek_mailbox_new (*name != '\0' ? name : NULL, address));
  return summary;
}

static GPtrArray *
read_contacts (const SekService *service, GVariant *contacts)
{
  GPtrArray *summaries = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_message_summary_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GVariantIter iter;
  const char *name, *address;
  g_variant_iter_init (&iter, contacts);
  while (g_variant_iter_next (&iter, "(&s&s)", &name, &address))
    {
      g_autofree char *clipped = sek_text_clip (name, -1, SEK_NAME_CHARS_MAX);
      g_autofree char *normal = sek_addr_spec_normal (address);
      if (sek_addr_spec_domain (normal) == NULL || g_utf8_strlen (normal, -1) > SEK_NAME_CHARS_MAX ||
          is_known (service, normal) || !g_hash_table_add (seen, g_strdup (normal)))
        continue;
      g_ptr_array_add (summaries, summary_of (clipped, normal));
    }
  return summaries;
}

gboolean
sek_service_on_learn_contacts (SekDBusAgent1 *object,
                               GDBusMethodInvocation *invocation,
                               GVariant *contacts,
                               gpointer user_data)
{
  SekService *service = user_data;
  g_autoptr (GError) error = NULL, reason = NULL;
  gint64 learned = 0;
  if (g_variant_n_children (contacts) > SEK_SERVICE_SUMMARIES_MAX)
    g_set_error (&error, G_DBUS_ERROR, G_DBUS_ERROR_LIMITS_EXCEEDED,
                 "At most %d contacts can be learned in one call", SEK_SERVICE_SUMMARIES_MAX);
  else if (sek_service_may_learn (service, &error) && sek_service_need_store (service, &error))
    {
      g_autoptr (GPtrArray) summaries = read_contacts (service, contacts);
      learned = sek_store_learn (service->store, summaries, &reason);
    }
  if (reason != NULL)
    sek_service_store_error (&error, reason);
  if (error != NULL)
    g_dbus_method_invocation_return_gerror (invocation, error);
  else
    sek_dbus_agent1_complete_learn_contacts (object, invocation, (guint) learned);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}
