/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/engine/traces.h"

#include "agent/engine/url.h"

/* Each once, in order. */
typedef struct
{
  GPtrArray *items;
  GHashTable *seen; /* borrowed from items */
} Words;

static Words
words_new (void)
{
  return (Words){ g_ptr_array_new (), g_hash_table_new (g_str_hash, g_str_equal) };
}

/* word is taken; NULL and "" are left out. */
static void
words_add (Words *words, char *word)
{
  if (word == NULL || *word == '\0' || g_hash_table_contains (words->seen, word))
    {
      g_free (word);
      return;
    }
  g_ptr_array_add (words->items, word);
  g_hash_table_add (words->seen, word);
}

/* Into *field, in the place of what is there. */
static void
words_end (Words *words, char ***field)
{
  g_hash_table_unref (words->seen);
  g_ptr_array_add (words->items, NULL);
  g_strfreev (*field);
  *field = (char **) g_ptr_array_free (words->items, FALSE);
}

static void
add_senders (Words *senders, Words *domains, const GPtrArray *mailboxes)
{
  for (guint i = 0; i < mailboxes->len && i < SEK_MAILBOXES_MAX; i++)
    {
      const SekMailbox *mailbox = mailboxes->pdata[i];
      char *address = sek_addr_spec_normal (mailbox->addr_spec);
      words_add (domains, g_strdup (sek_addr_spec_domain (address)));
      words_add (senders, address);
    }
}

static void
add_hosts (Words *hosts, const GPtrArray *links)
{
  for (guint i = 0; i < links->len && i < SEK_LINKS_MAX; i++)
    {
      const SekLink *link = links->pdata[i];
      g_autoptr (SekUrl) written = sek_url_new (link->target);
      g_autoptr (SekUrl) behind = sek_url_unwrap (written);
      words_add (hosts, g_strdup (written->host));
      words_add (hosts, g_strdup (behind->host));
    }
}

SekTraces *
sek_engine_traces (const SekFacts *facts)
{
  SekTraces *traces = sek_traces_new ();
  g_autoptr (SekSubject) subject = sek_subject_parse (facts->subject);
  traces->message_id = g_strdup (facts->message_id);
  g_free (traces->subject);
  traces->subject = g_strdup (subject->normal);
  Words senders = words_new (), domains = words_new (), digests = words_new (), hosts = words_new ();
  const GPtrArray *const fields[] = { facts->from, facts->sender, facts->reply_to };
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    add_senders (&senders, &domains, fields[i]);
  for (guint i = 0; i < facts->attachments->len && i < SEK_ATTACHMENTS_MAX; i++)
    words_add (&digests, g_strdup (((SekAttachment *) facts->attachments->pdata[i])->sha256));
  add_hosts (&hosts, facts->links);
  words_end (&senders, &traces->senders);
  words_end (&domains, &traces->domains);
  words_end (&digests, &traces->sha256s);
  words_end (&hosts, &traces->link_domains);
  return traces;
}
