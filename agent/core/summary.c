/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/core/summary.h"

#include "agent/core/error.h"
#include "agent/core/limits.h"
#include "agent/core/text.h"

SekMessageSummary *
sek_message_summary_new (void)
{
  SekMessageSummary *summary = g_new0 (SekMessageSummary, 1);
  summary->references = g_ptr_array_new_with_free_func (g_free);
  summary->recipients = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_mailbox_free);
  return summary;
}

void
sek_message_summary_free (SekMessageSummary *summary)
{
  if (summary == NULL)
    return;
  g_free (summary->message_id);
  g_ptr_array_unref (summary->references);
  g_free (summary->subject);
  sek_mailbox_free (summary->from);
  g_ptr_array_unref (summary->recipients);
  g_free (summary);
}

static void
add_mailboxes (GPtrArray *to, const GPtrArray *from)
{
  for (guint i = 0; i < from->len && to->len < SEK_MAILBOXES_MAX; i++)
    {
      const SekMailbox *mailbox = from->pdata[i];
      g_ptr_array_add (to, sek_mailbox_new (mailbox->display_name, mailbox->addr_spec));
    }
}

static void
add_ids (GPtrArray *to, const GPtrArray *from)
{
  for (guint i = 0; i < from->len && to->len < SEK_REFERENCES_MAX; i++)
    g_ptr_array_add (to, g_strdup (from->pdata[i]));
}

SekMessageSummary *
sek_message_summary_from_facts (const SekFacts *facts, const char *const *own_addresses)
{
  SekMessageSummary *summary = sek_message_summary_new ();
  summary->message_id = g_strdup (facts->message_id);
  add_ids (summary->references, facts->references);
  add_ids (summary->references, facts->in_reply_to);
  summary->subject = g_strdup (facts->subject);
  const SekMailbox *author = sek_facts_author (facts);
  if (author != NULL)
    summary->from = sek_mailbox_new (author->display_name, author->addr_spec);
  add_mailboxes (summary->recipients, facts->to);
  add_mailboxes (summary->recipients, facts->cc);
  summary->date = facts->date;
  for (gsize i = 0; author != NULL && own_addresses != NULL && own_addresses[i] != NULL; i++)
    summary->sent_by_us = summary->sent_by_us || sek_addr_spec_equal (author->addr_spec, own_addresses[i]);
  return summary;
}

SekMessageSummary *
sek_message_summary_from_judged (const SekFacts *facts, SekLevel level, const char *const *own_addresses)
{
  if (level >= SEK_LEVEL_CAUTION || sek_facts_author (facts) == NULL)
    return NULL;
  SekMessageSummary *summary = sek_message_summary_from_facts (facts, own_addresses);
  /* A copy in the Sent folder never went through a server. What did, and says it is from the reader, may be
   * forged, and must not make its recipients people the reader has written to. */
  if (facts->return_path != NULL || facts->authentication_results->len > 0)
    summary->sent_by_us = FALSE;
  return summary;
}

static GVariant *
mailbox_to_variant (const SekMailbox *mailbox)
{
  return g_variant_new ("(ss)", mailbox->display_name != NULL ? mailbox->display_name : "",
                        mailbox->addr_spec != NULL ? mailbox->addr_spec : "");
}

GVariant *
sek_message_summary_to_variant (const SekMessageSummary *summary)
{
  GVariantDict dict;
  g_variant_dict_init (&dict, NULL);
  if (summary->message_id != NULL)
    g_variant_dict_insert (&dict, "message-id", "s", summary->message_id);
  g_variant_dict_insert_value (&dict, "references",
                               g_variant_new_strv ((const char *const *) summary->references->pdata,
                                                   summary->references->len));
  g_variant_dict_insert (&dict, "subject", "s", summary->subject != NULL ? summary->subject : "");
  if (summary->from != NULL)
    g_variant_dict_insert_value (&dict, "from", mailbox_to_variant (summary->from));
  GVariantBuilder recipients;
  g_variant_builder_init (&recipients, G_VARIANT_TYPE ("a(ss)"));
  for (guint i = 0; i < summary->recipients->len; i++)
    g_variant_builder_add_value (&recipients, mailbox_to_variant (summary->recipients->pdata[i]));
  g_variant_dict_insert_value (&dict, "recipients", g_variant_builder_end (&recipients));
  g_variant_dict_insert (&dict, "date", "x", summary->date);
  g_variant_dict_insert (&dict, "sent", "b", summary->sent_by_us);
  return g_variant_dict_end (&dict);
}

static SekMailbox *
mailbox_from_strings (const char *display_name, const char *addr_spec)
{
  g_autofree char *name = sek_text_clip (display_name, -1, SEK_NAME_CHARS_MAX);
  g_autofree char *address = sek_text_clip (addr_spec, -1, SEK_NAME_CHARS_MAX);
  return sek_mailbox_new (*name != '\0' ? name : NULL, *address != '\0' ? address : NULL);
}

SekMessageSummary *
sek_message_summary_from_variant (GVariant *variant, GError **error)
{
  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE_VARDICT))
    {
      g_set_error (error, SEK_CORE_ERROR, SEK_CORE_ERROR_FORMAT, "A message summary must be a{sv}, not %s",
                   g_variant_get_type_string (variant));
      return NULL;
    }
  SekMessageSummary *summary = sek_message_summary_new ();
  const char *text, *name, *address;
  if (g_variant_lookup (variant, "message-id", "&s", &text))
    summary->message_id = sek_text_clip (text, -1, SEK_NAME_CHARS_MAX);
  if (g_variant_lookup (variant, "subject", "&s", &text))
    summary->subject = sek_text_clip (text, -1, SEK_SUBJECT_CHARS_MAX * 4);
  if (g_variant_lookup (variant, "from", "(&s&s)", &name, &address))
    summary->from = mailbox_from_strings (name, address);
  g_variant_lookup (variant, "date", "x", &summary->date);
  g_variant_lookup (variant, "sent", "b", &summary->sent_by_us);

  g_autoptr (GVariantIter) ids = NULL;
  if (g_variant_lookup (variant, "references", "as", &ids))
    while (summary->references->len < SEK_REFERENCES_MAX && g_variant_iter_next (ids, "&s", &text))
      g_ptr_array_add (summary->references, sek_text_clip (text, -1, SEK_NAME_CHARS_MAX));
  g_autoptr (GVariantIter) recipients = NULL;
  if (g_variant_lookup (variant, "recipients", "a(ss)", &recipients))
    while (summary->recipients->len < SEK_MAILBOXES_MAX &&
           g_variant_iter_next (recipients, "(&s&s)", &name, &address))
      g_ptr_array_add (summary->recipients, mailbox_from_strings (name, address));
  return summary;
}
