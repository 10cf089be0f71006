/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waited until the tree was walked: HTML, archives and files to look into, in the order of risk. */
#include "agent/scanner/parts.h"

#include <string.h>

#include "agent/core/limits.h"
#include "agent/core/text.h"
#include "agent/scanner/archive.h"
#include "agent/scanner/content.h"
#include "agent/scanner/html.h"
#include "agent/scanner/inspect.h"
#include "agent/scanner/links.h"
#include "agent/scanner/magic.h"
#include "agent/scanner/padding.h"
#include "agent/scanner/passwords.h"

void
sek_parts_read_html (SekParts *parts)
{
  SekFacts *facts = parts->facts;
  for (guint i = 0; i < parts->html->len; i++)
    {
      const SekHtmlBody *body = parts->html->pdata[i];
      guint known = facts->links->len;
      /* What an attached mail says is not what this one says, but its passwords count. */
      g_autofree char *own = g_strdup (body->where != NULL ? facts->html_text : NULL);
      sek_html_read (facts, body->html);
      if (body->where == NULL)
        continue;
      sek_links_mark (facts, known, body->where);
      const char *added =
          g_str_has_prefix (facts->html_text, own) ? facts->html_text + strlen (own) : facts->html_text;
      gsize room = SEK_TEXT_BYTES_MAX - MIN (parts->inner_text->len, SEK_TEXT_BYTES_MAX);
      g_autofree char *fitting = sek_text_clip (added, -1, room);
      g_string_append_printf (parts->inner_text, "\n%s", fitting);
      g_free (facts->html_text);
      facts->html_text = g_steal_pointer (&own);
    }
}

/* Those of the mail, then those of the mails attached to it. */
static GPtrArray *
gather_passwords (const SekParts *parts)
{
  if (parts->inner_text->len == 0)
    return sek_passwords_gather (parts->facts, parts->offered);
  g_autoptr (SekFacts) inner = sek_facts_new ();
  g_free (inner->text);
  inner->text = sek_text_clip (parts->inner_text->str, -1, SEK_TEXT_BYTES_MAX);
  GPtrArray *passwords = sek_passwords_gather (parts->facts, parts->offered);
  g_autoptr (GPtrArray) more = sek_passwords_in_mail (inner);
  for (guint i = 0; i < more->len; i++)
    {
      const SekPassword *password = more->pdata[i];
      sek_passwords_add (passwords, password->password, password->source);
    }
  return passwords;
}

static gboolean
is_archive (const SekAttachment *attachment)
{
  return sek_magic_is_archive (attachment->format) ||
         (*attachment->format == '\0' && sek_magic_name_is_archive (attachment->name));
}

/* A password at hand opened the document itself. */
static void
note_password (SekAttachment *attachment, const SekPassword *password)
{
  attachment->unlocked = TRUE;
  g_free (attachment->password);
  attachment->password = g_strdup (password->password);
  g_free (attachment->password_source);
  attachment->password_source = g_strdup (password->source);
}

static void
look_into (const SekContent *content, const SekArchiveBudget *shared)
{
  SekAttachment *attachment = content->attachment;
  const SekInspectInput input = { attachment->name != NULL ? attachment->name : "",
                                  (const guint8 *) content->bytes, content->length, attachment->size };
  SekInspectBudget budget = SEK_INSPECT_BUDGET (shared->passwords, shared->deadline);
  const SekInspectResult result = { &attachment->format, &attachment->problem, attachment->traits, &budget };
  sek_inspect (&input, &result);
  if (budget.opened_by != NULL)
    note_password (attachment, budget.opened_by);
  sek_padding_note (attachment->format, input.bytes, input.length, input.size, attachment->traits);
  if (sek_magic_is_foreign_archive (attachment->format))
    {
      attachment->is_archive = TRUE;
      if (attachment->problem == NULL)
        attachment->problem = g_strdup ("archive-unsupported");
    }
}

void
sek_parts_read_contents (SekParts *parts, SekScanPublish publish, gpointer user_data)
{
  if (parts->contents->len == 0)
    return;
  g_ptr_array_unref (parts->passwords);
  parts->passwords = gather_passwords (parts);
  SekArchiveBudget budget;
  sek_archive_budget_start (&budget, parts->passwords);
  g_autoptr (GPtrArray) listed = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_archive_free);
  for (guint i = 0; i < parts->contents->len; i++)
    {
      const SekContent *content = parts->contents->pdata[i];
      if (is_archive (content->attachment))
        g_ptr_array_add (listed,
                         sek_archive_read (content->attachment, content->bytes, content->length, &budget));
    }
  if (publish != NULL)
    publish (parts->facts, user_data);
  for (guint i = 0; i < parts->contents->len; i++)
    look_into (parts->contents->pdata[i], &budget);
  for (guint i = 0; i < listed->len; i++)
    {
      if (publish != NULL)
        publish (parts->facts, user_data);
      sek_archive_open (listed->pdata[i]);
    }
}
