/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/policy/key-types.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "agent/policy/key-setting.h"
#include "agent/policy/values.h"

static gboolean
set_text (SekPolicyReading *reading, const SekPolicyKey *row, const SekPolicyText *entry, char **reason)
{
  g_free (FIELD (char *, reading, row));
  FIELD (char *, reading, row) = g_strdup (entry->value);
  return TRUE;
}

static gboolean
set_up_to (SekPolicyReading *reading, const SekPolicyKey *row, const SekPolicyText *entry, guint64 most)
{
  guint64 number = 0;
  if (!g_ascii_string_to_unsigned (entry->value, 10, 1, most, &number, NULL))
    return FALSE;
  FIELD (gint64, reading, row) = (gint64) number;
  return TRUE;
}

static gboolean
set_number (SekPolicyReading *reading, const SekPolicyKey *row, const SekPolicyText *entry, char **reason)
{
  return set_up_to (reading, row, entry, G_MAXINT64);
}

static gboolean
set_days (SekPolicyReading *reading, const SekPolicyKey *row, const SekPolicyText *entry, char **reason)
{
  return set_up_to (reading, row, entry, 36500);
}

static gboolean
set_minutes (SekPolicyReading *reading, const SekPolicyKey *row, const SekPolicyText *entry, char **reason)
{
  return set_up_to (reading, row, entry, 7 * 24 * 60);
}

static gboolean
set_seconds (SekPolicyReading *reading, const SekPolicyKey *row, const SekPolicyText *entry, char **reason)
{
  guint64 number = 0;
  if (!g_ascii_string_to_unsigned (entry->value, 10, 0, SEK_UNDO_SECONDS_MAX, &number, NULL))
    return FALSE;
  FIELD (gint64, reading, row) = (gint64) number;
  return TRUE;
}

static gboolean
set_percent (SekPolicyReading *reading, const SekPolicyKey *row, const SekPolicyText *entry, char **reason)
{
  return set_up_to (reading, row, entry, 100);
}

static gboolean
set_boolean (SekPolicyReading *reading, const SekPolicyKey *row, const SekPolicyText *entry, char **reason)
{
  return sek_value_boolean (entry->value, &FIELD (gboolean, reading, row));
}

static gboolean
set_date (SekPolicyReading *reading, const SekPolicyKey *row, const SekPolicyText *entry, char **reason)
{
  return sek_value_date (entry->value, &FIELD (gint64, reading, row));
}

static gboolean
set_https (SekPolicyReading *reading, const SekPolicyKey *row, const SekPolicyText *entry, char **reason)
{
  return sek_value_is_https (entry->value) && set_text (reading, row, entry, reason);
}

static gboolean
set_url (SekPolicyReading *reading, const SekPolicyKey *row, const SekPolicyText *entry, char **reason)
{
  gboolean is_file = g_str_has_prefix (entry->value, "file:///");
  return (is_file || sek_value_is_https (entry->value)) && set_text (reading, row, entry, reason);
}

gboolean
sek_setting_list (const char *text, gboolean (*is_good) (const char *), char ***field)
{
  g_auto (GStrv) items = sek_value_list (text);
  for (char **item = items; *item != NULL; item++)
    {
      if (!is_good (*item))
        return FALSE;
      char *lower = g_utf8_strdown (*item, -1);
      g_free (*item);
      *item = lower;
    }
  g_strfreev (*field);
  *field = g_steal_pointer (&items);
  return TRUE;
}

static gboolean
set_list (SekPolicyReading *reading,
          const SekPolicyKey *row,
          const SekPolicyText *entry,
          gboolean (*is_good) (const char *))
{
  return sek_setting_list (entry->value, is_good, &FIELD (char **, reading, row));
}

static gboolean
set_domains (SekPolicyReading *reading, const SekPolicyKey *row, const SekPolicyText *entry, char **reason)
{
  return set_list (reading, row, entry, sek_value_is_domain);
}

/* Kept as they are compared. */
static gboolean
set_tags (SekPolicyReading *reading, const SekPolicyKey *row, const SekPolicyText *entry, char **reason)
{
  g_auto (GStrv) tags = sek_value_list (entry->value);
  for (char **tag = tags; *tag != NULL; tag++)
    {
      char *folded = sek_text_fold (*tag);
      g_free (*tag);
      *tag = folded;
      /* One letter would be the beginning of many a subject. */
      if (g_utf8_strlen (folded, -1) < 3)
        return FALSE;
    }
  g_strfreev (FIELD (char **, reading, row));
  FIELD (char **, reading, row) = g_steal_pointer (&tags);
  return TRUE;
}

/* "+abc" adds, "-abc" takes away, "abc" adds, too. */
static gboolean
is_extension (const char *text)
{
  const char *word = text + (strchr ("+-", *text) != NULL ? 1 : 0);
  gsize length = strlen (word);
  if (length == 0 || length > 20)
    return FALSE;
  for (const char *p = word; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("-_", *p) == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
set_extensions (SekPolicyReading *reading, const SekPolicyKey *row, const SekPolicyText *entry, char **reason)
{
  return set_list (reading, row, entry, is_extension);
}

static gboolean
is_list_id (const char *text)
{
  return strpbrk (text, " \t<>") == NULL;
}

static gboolean
set_list_ids (SekPolicyReading *reading, const SekPolicyKey *row, const SekPolicyText *entry, char **reason)
{
  return set_list (reading, row, entry, is_list_id);
}

static gboolean
set_addresses (SekPolicyReading *reading, const SekPolicyKey *row, const SekPolicyText *entry, char **reason)
{
  return set_list (reading, row, entry, sek_value_is_address);
}

static gboolean
set_address (SekPolicyReading *reading, const SekPolicyKey *row, const SekPolicyText *entry, char **reason)
{
  return sek_value_is_address (entry->value) && set_text (reading, row, entry, reason);
}

static gboolean
set_person (SekPolicyReading *reading, const SekPolicyKey *row, const SekPolicyText *entry, char **reason)
{
  g_auto (GStrv) addresses = sek_value_list (entry->value);
  for (char **address = addresses; *address != NULL; address++)
    {
      if (!sek_value_is_address (*address))
        return FALSE;
      char *normal = sek_addr_spec_normal (*address);
      g_free (*address);
      *address = normal;
    }
  if (addresses[0] == NULL)
    return FALSE;
  SekPerson *person = sek_person_new (entry->key, (const char *const *) addresses);
  g_ptr_array_add (reading->policy->people, person);
  if (*person->name_key != '\0')
    return TRUE;
  /* Translators: “%s” is what stands where a person's name is expected. */
  *reason = g_strdup_printf (_ ("“%s” is not a person's name"), entry->key);
  return FALSE;
}

/* As people write numbers, with what an exchange in the house wants in front or behind ("内線 12"). */
static gboolean
set_telephone (SekPolicyReading *reading, const SekPolicyKey *row, const SekPolicyText *entry, char **reason)
{
  if (!sek_value_is_address (entry->key))
    {
      /* Translators: “%s” is what stands where a mail address is expected. */
      *reason = g_strdup_printf (_ ("“%s” is not a mail address"), entry->key);
      return FALSE;
    }
  if (strpbrk (entry->value, "0123456789") == NULL ||
      g_utf8_strlen (entry->value, -1) > SEK_TELEPHONE_CHARS_MAX)
    return FALSE;
  g_hash_table_replace (reading->policy->telephones, sek_addr_spec_normal (entry->key),
                        g_strdup (entry->value));
  return TRUE;
}

static gboolean
set_unavailable (SekPolicyReading *reading,
                 const SekPolicyKey *row,
                 const SekPolicyText *entry,
                 char **reason)
{
  FIELD (gboolean, reading, row) = g_str_equal (entry->value, "hold");
  return FIELD (gboolean, reading, row) || g_str_equal (entry->value, "show");
}

gboolean
sek_setting_level (const char *text, SekLevel *level)
{
  *level = SEK_LEVEL_CLEAR;
  if (g_str_equal (text, "off"))
    return TRUE;
  return sek_level_from_string (text, level) && *level != SEK_LEVEL_CLEAR;
}

/* Into the table of levels by the name in "[check NAME]" or "[rule NAME]". */
static gboolean
set_named_level (SekPolicyReading *reading,
                 const SekPolicyKey *row,
                 const SekPolicyText *entry,
                 char **reason)
{
  SekLevel level;
  if (!sek_setting_level (entry->value, &level))
    return FALSE;
  g_hash_table_insert (FIELD (GHashTable *, reading, row), g_strdup (strchr (entry->group, ' ') + 1),
                       GINT_TO_POINTER ((int) level + 1));
  return TRUE;
}

static gboolean
set_path (SekPolicyReading *reading, const SekPolicyKey *row, const SekPolicyText *entry, char **reason)
{
  return g_path_is_absolute (entry->value) && set_text (reading, row, entry, reason);
}

/* "text" is for everybody, "text[ja]" for one language. */
void
sek_setting_language (GHashTable *texts, const SekPolicyText *entry)
{
  const char *bracket = strchr (entry->key, '[');
  char *language = bracket != NULL ? g_strndup (bracket + 1, strlen (bracket + 1) - 1) : g_strdup ("");
  g_hash_table_insert (texts, language, g_strdup (entry->value));
}

static gboolean
set_texts (SekPolicyReading *reading, const SekPolicyKey *row, const SekPolicyText *entry, char **reason)
{
  if (*entry->value == '\0')
    return FALSE;
  sek_setting_language (FIELD (GHashTable *, reading, row), entry);
  return TRUE;
}

static gboolean
set_strv (SekPolicyReading *reading,
          const SekPolicyKey *row,
          const SekPolicyText *entry,
          gboolean (*is_good) (const char *))
{
  g_auto (GStrv) items = sek_value_list (entry->value);
  for (char **item = items; *item != NULL; item++)
    if (!is_good (*item))
      return FALSE;
  g_strfreev (FIELD (char **, reading, row));
  FIELD (char **, reading, row) = g_steal_pointer (&items);
  return TRUE;
}

static gboolean
set_keys (SekPolicyReading *reading, const SekPolicyKey *row, const SekPolicyText *entry, char **reason)
{
  return set_strv (reading, row, entry, sek_value_is_minisign_key);
}

/* "client.unavailable" or "files.*" */
static gboolean
is_key_name (const char *text)
{
  const char *dot = strrchr (text, '.');
  if (dot == NULL || dot == text)
    return FALSE;
  g_autofree char *group = g_strndup (text, (gsize) (dot - text));
  return sek_policy_group_is_known (group) &&
         (g_str_equal (dot, ".*") || sek_policy_key_find (group, dot + 1) != NULL);
}

static gboolean
set_key_names (SekPolicyReading *reading, const SekPolicyKey *row, const SekPolicyText *entry, char **reason)
{
  return set_strv (reading, row, entry, is_key_name);
}

gboolean
sek_value_is_minisign_key (const char *text)
{
  gsize length = 0;
  g_autofree guchar *bytes = g_base64_decode (text, &length);
  g_autofree char *again = g_base64_encode (bytes, length);
  return length == 42 && memcmp (bytes, "Ed", 2) == 0 && g_str_equal (again, text);
}

/* Shorter ones can be guessed from one token. */
static gboolean
is_secret (const char *text)
{
  return strlen (text) >= 24;
}

static gboolean
set_secrets (SekPolicyReading *reading, const SekPolicyKey *row, const SekPolicyText *entry, char **reason)
{
  return set_strv (reading, row, entry, is_secret);
}

static gboolean
set_field_name (SekPolicyReading *reading, const SekPolicyKey *row, const SekPolicyText *entry, char **reason)
{
  const char *p = entry->value;
  if (g_ascii_strncasecmp (p, "X-", 2) != 0 || p[2] == '\0')
    return FALSE;
  while (g_ascii_isalnum (*p) || *p == '-')
    p++;
  return *p == '\0' && set_text (reading, row, entry, reason);
}

static gboolean
set_host_port (SekPolicyReading *reading, const SekPolicyKey *row, const SekPolicyText *entry, char **reason)
{
  return sek_value_is_host_port (entry->value) && set_text (reading, row, entry, reason);
}

/* Translators: the strings of these two lists end the sentence "“key” must be …". */
const SekPolicyType sek_type_number = { set_number, N_ ("a whole number above 0") };
const SekPolicyType sek_type_days = { set_days, N_ ("a number of days from 1 to 36500") };
const SekPolicyType sek_type_seconds = { set_seconds, N_ ("a number of seconds from 0 to 30") };
const SekPolicyType sek_type_minutes = { set_minutes, N_ ("a number of minutes from 1 to 10080") };
const SekPolicyType sek_type_percent = { set_percent, N_ ("a number from 1 to 100") };
const SekPolicyType sek_type_text = { set_text, N_ ("a text") };
const SekPolicyType sek_type_texts = { set_texts, N_ ("a text") };
const SekPolicyType sek_type_date = { set_date,
                                      N_ ("a date such as 2026-11-23 or 2026-11-23T09:00:00+09:00") };
const SekPolicyType sek_type_https = { set_https, N_ ("a URL that begins with https://") };
const SekPolicyType sek_type_url = { set_url, N_ ("a URL that begins with https:// or file:///") };
const SekPolicyType sek_type_boolean = { set_boolean, N_ ("yes or no") };
const SekPolicyType sek_type_domains = { set_domains, N_ ("domain names, separated by semicolons") };
const SekPolicyType sek_type_hosts = { set_domains, N_ ("host names, separated by semicolons") };
const SekPolicyType sek_type_list_ids = { set_list_ids,
                                          N_ ("List-Id values without < and >, separated by semicolons") };
const SekPolicyType sek_type_tags = {
  set_tags,
  N_ ("texts of at least three characters, separated by semicolons"),
};
const SekPolicyType sek_type_secrets = {
  set_secrets,
  N_ ("secrets of at least 24 characters, separated by semicolons"),
};
const SekPolicyType sek_type_field_name = { set_field_name, N_ ("a header field whose name begins with X-") };
const SekPolicyType sek_type_extensions = {
  set_extensions,
  N_ ("file name extensions without their dot, separated by semicolons, such as +abc;-def"),
};
const SekPolicyType sek_type_address = { set_address, N_ ("a mail address") };
const SekPolicyType sek_type_addresses = { set_addresses,
                                           N_ ("one or more mail addresses, separated by semicolons") };
const SekPolicyType sek_type_person = { set_person,
                                        N_ ("one or more mail addresses, separated by semicolons") };
const SekPolicyType sek_type_telephone = { set_telephone,
                                           N_ ("a telephone number of at most 40 characters") };
const SekPolicyType sek_type_host_port = { set_host_port, N_ ("host:port, such as proxy.example:3128") };
const SekPolicyType sek_type_path = { set_path, N_ ("a path that begins with /") };
const SekPolicyType sek_type_unavailable = { set_unavailable, N_ ("show or hold") };
const SekPolicyType sek_type_check_level = { set_named_level, N_ ("off, notice, caution or danger") };
const SekPolicyType sek_type_keys = { set_keys, N_ ("minisign public keys, separated by semicolons") };
/* Translators: keep “group.key” and “group.*” in Latin letters if the language allows it. */
const SekPolicyType sek_type_key_names = {
  set_key_names, N_ ("names of keys as group.key or group.*, separated by semicolons")
};
