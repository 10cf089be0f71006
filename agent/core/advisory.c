/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/core/advisory.h"

#include <string.h>

#include "agent/core/text.h"

SekTraces *
sek_traces_new (void)
{
  SekTraces *traces = g_new0 (SekTraces, 1);
  traces->subject = g_strdup ("");
  traces->senders = g_new0 (char *, 1);
  traces->domains = g_new0 (char *, 1);
  traces->sha256s = g_new0 (char *, 1);
  traces->link_domains = g_new0 (char *, 1);
  return traces;
}

void
sek_traces_free (SekTraces *traces)
{
  if (traces == NULL)
    return;
  g_free (traces->message_id);
  g_free (traces->subject);
  g_strfreev (traces->senders);
  g_strfreev (traces->domains);
  g_strfreev (traces->sha256s);
  g_strfreev (traces->link_domains);
  g_free (traces);
}

SekAdvisory *
sek_advisory_new (const char *id)
{
  SekAdvisory *advisory = g_new0 (SekAdvisory, 1);
  advisory->id = g_strdup (id);
  advisory->level = SEK_LEVEL_DANGER;
  advisory->quarantine = TRUE;
  advisory->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return advisory;
}

void
sek_advisory_free (SekAdvisory *advisory)
{
  if (advisory == NULL)
    return;
  g_free (advisory->id);
  g_hash_table_unref (advisory->texts);
  g_strfreev (advisory->senders);
  g_strfreev (advisory->domains);
  g_strfreev (advisory->subjects);
  g_strfreev (advisory->message_ids);
  g_strfreev (advisory->sha256s);
  g_strfreev (advisory->link_domains);
  g_free (advisory);
}

const char *
sek_advisory_text (const SekAdvisory *advisory, const char *const *languages)
{
  return sek_text_in_languages (advisory->texts, languages);
}

gboolean
sek_advisory_has_marks (const SekAdvisory *advisory)
{
  return advisory->senders != NULL || advisory->domains != NULL || advisory->subjects != NULL ||
         advisory->message_ids != NULL || advisory->sha256s != NULL || advisory->link_domains != NULL;
}

static gboolean
is_same (const char *wanted, const char *there)
{
  return g_str_equal (wanted, there);
}

static gboolean
is_domain_or_below (const char *wanted, const char *there)
{
  gsize length = strlen (there), wanted_length = strlen (wanted);
  if (length < wanted_length || !g_str_equal (there + length - wanted_length, wanted))
    return FALSE;
  return length == wanted_length || there[length - wanted_length - 1] == '.';
}

static gboolean
is_of_pattern (const char *wanted, const char *there)
{
  return *there != '\0' && g_pattern_match_simple (wanted, there);
}

typedef gboolean (*Comparison) (const char *wanted, const char *there);

/* TRUE when nothing is wanted, or one of the wanted is there. */
static gboolean
has_one_of (char **wanted, const char *const *there, Comparison matches)
{
  if (wanted == NULL)
    return TRUE;
  for (char **one = wanted; *one != NULL; one++)
    for (const char *const *other = there; *other != NULL; other++)
      if (matches (*one, *other))
        return TRUE;
  return FALSE;
}

gboolean
sek_advisory_means (const SekAdvisory *advisory, const SekTraces *traces)
{
  const char *const subject[] = { traces->subject, NULL };
  const char *const message_id[] = { traces->message_id, NULL };
  return sek_advisory_has_marks (advisory) &&
         has_one_of (advisory->senders, (const char *const *) traces->senders, is_same) &&
         has_one_of (advisory->domains, (const char *const *) traces->domains, is_domain_or_below) &&
         has_one_of (advisory->subjects, subject, is_of_pattern) &&
         has_one_of (advisory->message_ids, message_id, is_same) &&
         has_one_of (advisory->sha256s, (const char *const *) traces->sha256s, is_same) &&
         has_one_of (advisory->link_domains, (const char *const *) traces->link_domains, is_domain_or_below);
}
