/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys of an [advisory ID]. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "agent/policy/key-setting.h"
#include "agent/policy/values.h"

/* The advisory that the line belongs to. */
static SekAdvisory *
advisory_of (SekPolicyReading *reading, const SekPolicyText *entry)
{
  const char *id = strchr (entry->group, ' ') + 1;
  GPtrArray *advisories = reading->policy->advisories;
  for (guint i = 0; i < advisories->len; i++)
    {
      SekAdvisory *advisory = advisories->pdata[i];
      if (g_str_equal (advisory->id, id))
        return advisory;
    }
  SekAdvisory *advisory = sek_advisory_new (id);
  g_ptr_array_add (advisories, advisory);
  return advisory;
}

#define OF_ADVISORY(type, reading, row, entry)                                                               \
  G_STRUCT_MEMBER (type, advisory_of (reading, entry), (row)->offset)

static gboolean
set_date (SekPolicyReading *reading, const SekPolicyKey *row, const SekPolicyText *entry, char **reason)
{
  return sek_value_date (entry->value, &OF_ADVISORY (gint64, reading, row, entry));
}

static gboolean
set_boolean (SekPolicyReading *reading, const SekPolicyKey *row, const SekPolicyText *entry, char **reason)
{
  return sek_value_boolean (entry->value, &OF_ADVISORY (gboolean, reading, row, entry));
}

/* Judged harmless is a level here, off is none. */
static gboolean
set_level (SekPolicyReading *reading, const SekPolicyKey *row, const SekPolicyText *entry, char **reason)
{
  return sek_level_from_string (entry->value, &OF_ADVISORY (SekLevel, reading, row, entry));
}

static gboolean
set_text (SekPolicyReading *reading, const SekPolicyKey *row, const SekPolicyText *entry, char **reason)
{
  if (*entry->value == '\0')
    return FALSE;
  sek_setting_language (OF_ADVISORY (GHashTable *, reading, row, entry), entry);
  return TRUE;
}

/* A mark that is named and empty would make the advisory mean every mail, or none. */
static gboolean
set_marks (SekPolicyReading *reading,
           const SekPolicyKey *row,
           const SekPolicyText *entry,
           gboolean (*is_good) (const char *))
{
  char ***field = &OF_ADVISORY (char **, reading, row, entry);
  return sek_setting_list (entry->value, is_good, field) && **field != NULL;
}

static gboolean
set_addresses (SekPolicyReading *reading, const SekPolicyKey *row, const SekPolicyText *entry, char **reason)
{
  if (!set_marks (reading, row, entry, sek_value_is_address))
    return FALSE;
  for (char **address = OF_ADVISORY (char **, reading, row, entry); *address != NULL; address++)
    {
      char *normal = sek_addr_spec_normal (*address);
      g_free (*address);
      *address = normal;
    }
  return TRUE;
}

static gboolean
set_domains (SekPolicyReading *reading, const SekPolicyKey *row, const SekPolicyText *entry, char **reason)
{
  return set_marks (reading, row, entry, sek_value_is_domain);
}

static gboolean
set_digests (SekPolicyReading *reading, const SekPolicyKey *row, const SekPolicyText *entry, char **reason)
{
  return set_marks (reading, row, entry, sek_value_is_sha256);
}

static gboolean
is_message_id (const char *text)
{
  return strpbrk (text, " \t") == NULL && strchr (text, '@') != NULL;
}

/* Message-ids are compared as they are written, so they are not folded. */
static gboolean
set_ids (SekPolicyReading *reading, const SekPolicyKey *row, const SekPolicyText *entry, char **reason)
{
  g_auto (GStrv) items = sek_value_list (entry->value);
  for (char **item = items; *item != NULL; item++)
    {
      gsize length = strlen (*item);
      if (length > 2 && (*item)[0] == '<' && (*item)[length - 1] == '>')
        {
          char *bare = g_strndup (*item + 1, length - 2);
          g_free (*item);
          *item = bare;
        }
      if (!is_message_id (*item))
        return FALSE;
    }
  char ***field = &OF_ADVISORY (char **, reading, row, entry);
  g_strfreev (*field);
  *field = g_steal_pointer (&items);
  return **field != NULL;
}

/* A subject may hold a semicolon, so the line is one pattern. It is compared without prefixes and tags. */
static gboolean
set_pattern (SekPolicyReading *reading, const SekPolicyKey *row, const SekPolicyText *entry, char **reason)
{
  g_autoptr (SekSubject) subject = sek_subject_parse (entry->value);
  /* "*" alone would mean every mail. */
  if (subject->normal[strspn (subject->normal, "*? ")] == '\0')
    return FALSE;
  char ***field = &OF_ADVISORY (char **, reading, row, entry);
  g_strfreev (*field);
  *field = g_new0 (char *, 2);
  (*field)[0] = g_strdup (subject->normal);
  return TRUE;
}

const SekPolicyType sek_type_advisory_date = {
  set_date, N_ ("a date such as 2026-11-23 or 2026-11-23T09:00:00+09:00")
};
const SekPolicyType sek_type_advisory_level = { set_level, N_ ("clear, notice, caution or danger") };
const SekPolicyType sek_type_advisory_text = { set_text, N_ ("a text") };
const SekPolicyType sek_type_advisory_boolean = { set_boolean, N_ ("yes or no") };
const SekPolicyType sek_type_advisory_addresses = {
  set_addresses, N_ ("one or more mail addresses, separated by semicolons")
};
const SekPolicyType sek_type_advisory_domains = { set_domains, N_ ("domain names, separated by semicolons") };
const SekPolicyType sek_type_advisory_patterns = {
  set_pattern, N_ ("a subject in which * stands for anything and ? for one character")
};
const SekPolicyType sek_type_advisory_ids = { set_ids,
                                              N_ ("Message-ID values with an @, separated by semicolons") };
const SekPolicyType sek_type_advisory_digests = {
  set_digests, N_ ("SHA-256 digests of 64 hex digits, separated by semicolons")
};
