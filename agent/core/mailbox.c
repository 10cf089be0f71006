/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/core/mailbox.h"

#include <string.h>

#include "agent/core/limits.h"
#include "agent/core/regex.h"
#include "agent/core/text.h"

SekMailbox *
sek_mailbox_new (const char *display_name, const char *addr_spec)
{
  SekMailbox *mailbox = g_new0 (SekMailbox, 1);
  mailbox->display_name = g_strdup (display_name);
  mailbox->addr_spec = g_strdup (addr_spec);
  return mailbox;
}

void
sek_mailbox_free (SekMailbox *mailbox)
{
  if (mailbox == NULL)
    return;
  g_free (mailbox->display_name);
  g_free (mailbox->addr_spec);
  g_free (mailbox);
}

char *
sek_mailbox_to_string (const SekMailbox *mailbox)
{
  const char *name = mailbox->display_name, *address = mailbox->addr_spec;
  if (name != NULL && *name != '\0' && address != NULL)
    return g_strdup_printf ("%s <%s>", name, address);
  return g_strdup (address != NULL ? address : (name != NULL ? name : ""));
}

const char *
sek_addr_spec_domain (const char *addr_spec)
{
  const char *at = addr_spec != NULL ? strrchr (addr_spec, '@') : NULL;
  return at != NULL && at[1] != '\0' ? at + 1 : NULL;
}

char *
sek_addr_spec_normal (const char *addr_spec)
{
  if (addr_spec == NULL)
    return NULL;
  g_autofree char *valid = g_utf8_make_valid (addr_spec, -1);
  g_autofree char *lower = g_utf8_strdown (g_strstrip (valid), -1);
  gsize length = strlen (lower);
  if (length >= 2 && lower[0] == '<' && lower[length - 1] == '>')
    return g_strndup (lower + 1, length - 2);
  return g_steal_pointer (&lower);
}

gboolean
sek_addr_spec_equal (const char *a, const char *b)
{
  g_autofree char *normal_a = sek_addr_spec_normal (a);
  g_autofree char *normal_b = sek_addr_spec_normal (b);
  return normal_a != NULL && g_strcmp0 (normal_a, normal_b) == 0;
}

/* The local part is what people use in practice, not all that RFC 5322 §3.4.1 allows; the last label is
 * letters or punycode, so that "Bugzilla@Mozilla" and "Sakura＠Ota" are names and not addresses. */
#define ADDRESS_PATTERN                                                                                      \
  "[a-z0-9_][a-z0-9!#$&'*+/=?^_{|}~.-]{0,63}"                                                                \
  "@(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N}_-]{0,62})\\.){1,10}(?:xn--[a-z0-9-]{1,59}|[a-z]{2,24})(?![a-z0-9])"

char **
sek_addr_spec_find_all (const char *text)
{
  g_autoptr (GStrvBuilder) found = g_strv_builder_new ();
  g_autofree char *clipped = sek_text_clip (text != NULL ? text : "", -1, SEK_NAME_CHARS_MAX * 4);
  g_autofree char *folded = sek_text_fold (clipped);
  static GRegex *regex;
  g_autoptr (GMatchInfo) match = NULL;
  g_regex_match (sek_regex_once (&regex, ADDRESS_PATTERN), folded, 0, &match);
  for (guint i = 0; i < SEK_EVIDENCE_MAX && g_match_info_matches (match); i++)
    {
      g_autofree char *address = g_match_info_fetch (match, 0);
      g_strv_builder_add (found, address);
      if (!g_match_info_next (match, NULL))
        break;
    }
  return g_strv_builder_end (found);
}
