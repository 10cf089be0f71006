/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/core/policy.h"

#include <string.h>

#include "agent/core/text.h"

SekPolicy *
sek_policy_new (void)
{
  SekPolicy *policy = g_new0 (SekPolicy, 1);
  policy->organisation = g_strdup ("");
  policy->domains = g_new0 (char *, 1);
  policy->gateways = g_new0 (char *, 1);
  policy->gateway_tags = g_new0 (char *, 1);
  policy->trusted_lists = g_new0 (char *, 1);
  policy->trusted_senders = g_new0 (char *, 1);
  policy->training_secrets = g_new0 (char *, 1);
  policy->training_header = g_strdup ("X-Sekisho-Training");
  policy->pull_url = g_strdup ("");
  policy->pull_keys = g_new0 (char *, 1);
  policy->pull_ca = g_strdup ("");
  policy->pull_proxy = g_strdup ("");
  policy->pull_certificate = g_strdup ("");
  policy->pull_certificate_key = g_strdup ("");
  policy->pull_login = g_strdup ("");
  policy->pull_minutes = 60;
  policy->rollout = 100;
  policy->may_change = g_new0 (char *, 1);
  policy->phone = g_strdup ("");
  policy->advice = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  policy->people = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_person_free);
  policy->telephones = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  policy->report_address = g_strdup ("");
  policy->report_transport = SEK_REPORT_MAILDIR;
  policy->report_target = g_strdup ("");
  policy->report_subject = g_strdup ("");
  policy->report_ca = g_strdup ("");
  policy->report_login = g_strdup ("");
  policy->report_header_name = g_strdup ("Authorization");
  policy->report_header_value = g_strdup ("");
  policy->report_certificate = g_strdup ("");
  policy->report_certificate_key = g_strdup ("");
  policy->report_feedback = TRUE;
  policy->report_undo_seconds = 5;
  policy->may_trust = TRUE;
  policy->learn_folders = TRUE;
  policy->exchange_phrases = g_new0 (char *, 1);
  policy->strangers_after = 50;
  policy->history_days = 1826; /* five years */
  policy->history_messages = 1000000;
  policy->check_levels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  policy->rule_levels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  policy->advisories = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_advisory_free);
  return policy;
}

void
sek_policy_free (SekPolicy *policy)
{
  if (policy == NULL)
    return;
  g_free (policy->organisation);
  g_strfreev (policy->domains);
  g_strfreev (policy->gateways);
  g_strfreev (policy->gateway_tags);
  g_strfreev (policy->training_secrets);
  g_free (policy->training_header);
  g_strfreev (policy->trusted_lists);
  g_strfreev (policy->trusted_senders);
  g_free (policy->pull_url);
  g_strfreev (policy->pull_keys);
  g_free (policy->pull_ca);
  g_free (policy->pull_proxy);
  g_free (policy->pull_certificate);
  g_free (policy->pull_certificate_key);
  g_free (policy->pull_login);
  g_strfreev (policy->may_change);
  g_free (policy->phone);
  g_hash_table_unref (policy->advice);
  g_ptr_array_unref (policy->people);
  g_hash_table_unref (policy->telephones);
  g_free (policy->report_address);
  g_free (policy->report_target);
  g_free (policy->report_subject);
  g_free (policy->report_ca);
  g_free (policy->report_login);
  g_free (policy->report_header_name);
  g_free (policy->report_header_value);
  g_free (policy->report_certificate);
  g_free (policy->report_certificate_key);
  for (gsize i = 0; i < SEK_N_FILE_KINDS; i++)
    g_strfreev (policy->files[i]);
  g_strfreev (policy->exchange_phrases);
  g_hash_table_unref (policy->check_levels);
  g_hash_table_unref (policy->rule_levels);
  g_ptr_array_unref (policy->advisories);
  g_free (policy);
}

SekPerson *
sek_person_new (const char *name, const char *const *addresses)
{
  SekPerson *person = g_new0 (SekPerson, 1);
  person->name = g_strdup (name);
  person->name_key = sek_text_name_key (name);
  person->addresses = g_strdupv ((char **) addresses);
  return person;
}

void
sek_person_free (SekPerson *person)
{
  if (person == NULL)
    return;
  g_free (person->name);
  g_free (person->name_key);
  g_strfreev (person->addresses);
  g_free (person);
}

static gboolean
look_up (GHashTable *levels, const char *name, SekLevel *level)
{
  gpointer value = g_hash_table_lookup (levels, name);
  if (value == NULL)
    return FALSE;
  *level = (SekLevel) (GPOINTER_TO_INT (value) - 1);
  return TRUE;
}

gboolean
sek_policy_check_level (const SekPolicy *policy, const char *check, SekLevel *level)
{
  return look_up (policy->check_levels, check, level);
}

gboolean
sek_policy_rule_level (const SekPolicy *policy, const char *rule, SekLevel *level)
{
  return look_up (policy->rule_levels, rule, level);
}

gboolean
sek_policy_is_own_domain (const SekPolicy *policy, const char *domain)
{
  if (domain == NULL)
    return FALSE;
  for (char **own = policy->domains; *own != NULL; own++)
    {
      gsize length = strlen (domain), own_length = strlen (*own);
      if (length < own_length || g_ascii_strcasecmp (domain + length - own_length, *own) != 0)
        continue;
      if (length == own_length || domain[length - own_length - 1] == '.')
        return TRUE;
    }
  return FALSE;
}
