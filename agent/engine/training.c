/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/engine/training.h"

#include <string.h>

#include "agent/engine/gateway.h"
#include "agent/engine/url.h"

#define TOKEN_CHARS 64 /* SHA-256 in hex */

static int
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* One line for each, sorted and without repeats: gateways and mail programs change their order. */
static void
add_lines (GString *out, const char *label, GPtrArray *values)
{
  g_ptr_array_sort (values, compare);
  const char *last = "";
  for (guint i = 0; i < values->len; i++) /* SEK_ATTACHMENTS_MAX, SEK_LINKS_MAX */
    {
      if (!g_str_equal (values->pdata[i], last))
        g_string_append_printf (out, "%s %s\n", label, (char *) values->pdata[i]);
      last = values->pdata[i];
    }
}

/* Every line has one meaning, and no value can hold a line end: the same text is never two mails. NULL when
 * something is missing. */
static char *
canonical (const SekFacts *facts)
{
  const SekMailbox *author = sek_facts_author (facts);
  g_autofree char *address = author != NULL ? sek_addr_spec_normal (author->addr_spec) : NULL;
  if (address == NULL || facts->from->len != 1 || facts->message_id == NULL || facts->date == 0 ||
      strpbrk (address, "\r\n") != NULL || strpbrk (facts->message_id, "\r\n") != NULL)
    return NULL;
  g_autoptr (GString) out = g_string_new ("sekisho-training-1\n");
  g_string_append_printf (out, "message-id %s\nfrom %s\ndate %" G_GINT64_FORMAT "\n", facts->message_id,
                          address, facts->date);
  g_autoptr (GPtrArray) digests = g_ptr_array_new ();
  for (guint i = 0; i < facts->attachments->len && i < SEK_ATTACHMENTS_MAX; i++)
    {
      const SekAttachment *attachment = facts->attachments->pdata[i];
      if (attachment->sha256 != NULL)
        g_ptr_array_add (digests, attachment->sha256);
    }
  add_lines (out, "attachment", digests);
  g_autoptr (GPtrArray) hosts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < facts->links->len && i < SEK_LINKS_MAX; i++)
    {
      g_autoptr (SekUrl) written = sek_url_new (((SekLink *) facts->links->pdata[i])->target);
      g_autoptr (SekUrl) behind = sek_url_unwrap (written);
      if (behind->host != NULL && *behind->host != '\0')
        g_ptr_array_add (hosts, g_strdup (behind->host));
    }
  add_lines (out, "link", hosts);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
sek_training_token (const SekFacts *facts, const char *secret)
{
  g_autofree char *text = canonical (facts);
  if (text == NULL)
    return NULL;
  return g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) secret, strlen (secret), text, -1);
}

/* In a time that says nothing of where they differ. */
static gboolean
same_token (const char *written, const char *token)
{
  if (strlen (written) != TOKEN_CHARS)
    return FALSE;
  guint difference = 0;
  for (gsize i = 0; i < TOKEN_CHARS; i++)
    difference |= (guint) (guchar) g_ascii_tolower (written[i]) ^ (guint) (guchar) token[i];
  return difference == 0;
}

SekTraining
sek_training_examine (const SekFacts *facts, const SekPolicy *policy)
{
  const char *written = NULL;
  for (guint i = 0; i < facts->trace->len && written == NULL && policy->training_secrets[0] != NULL; i++)
    written = sek_gateway_value (facts->trace->pdata[i], policy->training_header);
  if (written == NULL)
    return SEK_TRAINING_NONE;
  gboolean right = FALSE;
  for (char **secret = policy->training_secrets; *secret != NULL; secret++)
    {
      g_autofree char *token = sek_training_token (facts, *secret);
      right = (token != NULL && same_token (written, token)) || right;
    }
  return right ? SEK_TRAINING_RECOGNISED : SEK_TRAINING_FORGED;
}
