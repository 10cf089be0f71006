/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/core/facts.h"

#include "agent/core/limits.h"

static void
problem_free (gpointer data)
{
  SekProblem *problem = data;
  g_free (problem->code);
  g_free (problem->detail);
  g_free (problem);
}

static void
trait_free (gpointer data)
{
  SekTrait *trait = data;
  g_free (trait->code);
  g_free (trait->detail);
  g_free (trait);
}

static GPtrArray *
mailboxes_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) sek_mailbox_free);
}

SekFacts *
sek_facts_new (void)
{
  SekFacts *facts = g_new0 (SekFacts, 1);
  facts->from = mailboxes_new ();
  facts->sender = mailboxes_new ();
  facts->reply_to = mailboxes_new ();
  facts->to = mailboxes_new ();
  facts->cc = mailboxes_new ();
  facts->in_reply_to = g_ptr_array_new_with_free_func (g_free);
  facts->references = g_ptr_array_new_with_free_func (g_free);
  facts->authentication_results = g_ptr_array_new_with_free_func (g_free);
  facts->trace = g_ptr_array_new_with_free_func (g_free);
  facts->headers = g_ptr_array_new_with_free_func (g_free);
  facts->text = g_strdup ("");
  facts->html_text = g_strdup ("");
  facts->links = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_link_free);
  facts->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_attachment_free);
  facts->problems = g_ptr_array_new_with_free_func (problem_free);
  return facts;
}

void
sek_facts_free (SekFacts *facts)
{
  if (facts == NULL)
    return;
  GPtrArray *arrays[] = { facts->from,       facts->sender,      facts->reply_to,
                          facts->to,         facts->cc,          facts->in_reply_to,
                          facts->references, facts->links,       facts->authentication_results,
                          facts->trace,      facts->attachments, facts->problems,
                          facts->headers };
  for (gsize i = 0; i < G_N_ELEMENTS (arrays); i++)
    g_ptr_array_unref (arrays[i]);
  char *strings[] = { facts->return_path, facts->message_id, facts->subject,     facts->mail_program,
                      facts->list_id,     facts->media_type, facts->report_type, facts->auto_submitted,
                      facts->text,        facts->html_text,  facts->sha256 };
  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    g_free (strings[i]);
  g_free (facts);
}

SekAttachment *
sek_attachment_new (void)
{
  SekAttachment *attachment = g_new0 (SekAttachment, 1);
  attachment->media_type = g_strdup ("");
  attachment->format = g_strdup ("");
  attachment->sha256 = g_strdup ("");
  attachment->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_archive_entry_free);
  attachment->traits = g_ptr_array_new_with_free_func (trait_free);
  return attachment;
}

void
sek_attachment_free (SekAttachment *attachment)
{
  if (attachment == NULL)
    return;
  g_free (attachment->name);
  g_free (attachment->media_type);
  g_free (attachment->format);
  g_free (attachment->sha256);
  g_ptr_array_unref (attachment->entries);
  g_ptr_array_unref (attachment->traits);
  g_free (attachment->password);
  g_free (attachment->password_source);
  g_free (attachment->where);
  g_free (attachment->problem);
  g_free (attachment);
}

SekArchiveEntry *
sek_archive_entry_new (const char *name, gint64 size, gboolean encrypted)
{
  SekArchiveEntry *entry = g_new0 (SekArchiveEntry, 1);
  entry->name = g_strdup (name);
  entry->size = size;
  entry->encrypted = encrypted;
  entry->parent = -1;
  entry->format = g_strdup ("");
  entry->traits = g_ptr_array_new_with_free_func (trait_free);
  return entry;
}

void
sek_archive_entry_free (SekArchiveEntry *entry)
{
  if (entry == NULL)
    return;
  g_free (entry->name);
  g_free (entry->format);
  g_ptr_array_unref (entry->traits);
  g_free (entry->problem);
  g_free (entry);
}

SekLink *
sek_link_new (const char *target, const char *text)
{
  SekLink *link = g_new0 (SekLink, 1);
  link->target = g_strdup (target);
  link->text = g_strdup (text);
  link->kind = g_strdup (text != NULL ? "link" : "text");
  return link;
}

void
sek_link_free (SekLink *link)
{
  if (link == NULL)
    return;
  g_free (link->target);
  g_free (link->text);
  g_free (link->kind);
  g_free (link->where);
  g_free (link);
}

void
sek_traits_add (GPtrArray *traits, const char *code, const char *detail)
{
  if (traits->len >= SEK_TRAITS_MAX)
    return;
  for (guint i = 0; i < traits->len; i++)
    {
      const SekTrait *known = traits->pdata[i];
      if (g_str_equal (known->code, code) && g_strcmp0 (known->detail, detail) == 0)
        return;
    }
  SekTrait *trait = g_new0 (SekTrait, 1);
  trait->code = g_strdup (code);
  trait->detail = g_strdup (detail);
  g_ptr_array_add (traits, trait);
}

const SekTrait *
sek_traits_find (const GPtrArray *traits, const char *code)
{
  for (guint i = 0; i < traits->len; i++)
    if (g_str_equal (((const SekTrait *) traits->pdata[i])->code, code))
      return traits->pdata[i];
  return NULL;
}

void
sek_facts_add_problem (SekFacts *facts, const char *code, const char *detail)
{
  if (facts->problems->len >= SEK_PROBLEMS_MAX)
    return;
  for (guint i = 0; i < facts->problems->len; i++)
    {
      const SekProblem *known = facts->problems->pdata[i];
      if (g_str_equal (known->code, code) && g_strcmp0 (known->detail, detail) == 0)
        return;
    }
  SekProblem *problem = g_new0 (SekProblem, 1);
  problem->code = g_strdup (code);
  problem->detail = g_strdup (detail);
  g_ptr_array_add (facts->problems, problem);
}

const SekMailbox *
sek_facts_author (const SekFacts *facts)
{
  return facts->from->len > 0 ? facts->from->pdata[0] : NULL;
}
