/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/policy/keys.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "agent/policy/values.h"

/* A key that is checked but has no field in SekPolicy. */
#define NOWHERE (-1)

typedef struct Row Row;

typedef struct
{
  const char *group;
  const char *key;
  const char *value;
} Entry;

/* FALSE when the value is not what row->wanted says, or with *reason when there is more to say. */
typedef gboolean (*Setter) (SekPolicyReading *reading, const Row *row, const Entry *entry, char **reason);

struct Row
{
  const char *group; /* a name, or the word before a space and a name: "check *" */
  const char *key;   /* NULL: any */
  Setter set;
  const char *wanted; /* what a value must be, for the message */
  gssize offset;      /* of the field in SekPolicy, or NOWHERE */
};

#define FIELD(type, reading, row) G_STRUCT_MEMBER (type, (reading)->policy, (row)->offset)

static gboolean
set_text (SekPolicyReading *reading, const Row *row, const Entry *entry, char **reason)
{
  if (row->offset == NOWHERE)
    return *entry->value != '\0';
  g_free (FIELD (char *, reading, row));
  FIELD (char *, reading, row) = g_strdup (entry->value);
  return TRUE;
}

static gboolean
set_number (SekPolicyReading *reading, const Row *row, const Entry *entry, char **reason)
{
  guint64 number = 0;
  if (!g_ascii_string_to_unsigned (entry->value, 10, 1, G_MAXINT64, &number, NULL))
    return FALSE;
  FIELD (gint64, reading, row) = (gint64) number;
  return TRUE;
}

static gboolean
set_days (SekPolicyReading *reading, const Row *row, const Entry *entry, char **reason)
{
  guint64 days = 0;
  if (!g_ascii_string_to_unsigned (entry->value, 10, 1, 36500, &days, NULL))
    return FALSE;
  FIELD (gint64, reading, row) = (gint64) days;
  return TRUE;
}

static gboolean
set_boolean (SekPolicyReading *reading, const Row *row, const Entry *entry, char **reason)
{
  return sek_value_boolean (entry->value, &FIELD (gboolean, reading, row));
}

static gboolean
check_date (SekPolicyReading *reading, const Row *row, const Entry *entry, char **reason)
{
  return sek_value_is_date (entry->value);
}

static gboolean
check_https (SekPolicyReading *reading, const Row *row, const Entry *entry, char **reason)
{
  return sek_value_is_https (entry->value);
}

/* A list in lower case into the field. is_good judges one item. */
static gboolean
set_list (SekPolicyReading *reading, const Row *row, const Entry *entry, gboolean (*is_good) (const char *))
{
  g_auto (GStrv) items = sek_value_list (entry->value);
  for (char **item = items; *item != NULL; item++)
    {
      if (!is_good (*item))
        return FALSE;
      char *lower = g_utf8_strdown (*item, -1);
      g_free (*item);
      *item = lower;
    }
  if (row->offset == NOWHERE)
    return items[0] != NULL;
  g_strfreev (FIELD (char **, reading, row));
  FIELD (char **, reading, row) = g_steal_pointer (&items);
  return TRUE;
}

static gboolean
set_domains (SekPolicyReading *reading, const Row *row, const Entry *entry, char **reason)
{
  return set_list (reading, row, entry, sek_value_is_domain);
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
set_extensions (SekPolicyReading *reading, const Row *row, const Entry *entry, char **reason)
{
  return set_list (reading, row, entry, is_extension);
}

static gboolean
is_list_id (const char *text)
{
  return strpbrk (text, " \t<>") == NULL;
}

static gboolean
set_list_ids (SekPolicyReading *reading, const Row *row, const Entry *entry, char **reason)
{
  return set_list (reading, row, entry, is_list_id);
}

static gboolean
check_senders (SekPolicyReading *reading, const Row *row, const Entry *entry, char **reason)
{
  return set_list (reading, row, entry, sek_value_is_address);
}

static gboolean
check_digests (SekPolicyReading *reading, const Row *row, const Entry *entry, char **reason)
{
  return set_list (reading, row, entry, sek_value_is_sha256);
}

static gboolean
set_address (SekPolicyReading *reading, const Row *row, const Entry *entry, char **reason)
{
  return sek_value_is_address (entry->value) && set_text (reading, row, entry, reason);
}

static gboolean
set_person (SekPolicyReading *reading, const Row *row, const Entry *entry, char **reason)
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

static gboolean
set_unavailable (SekPolicyReading *reading, const Row *row, const Entry *entry, char **reason)
{
  FIELD (gboolean, reading, row) = g_str_equal (entry->value, "hold");
  return FIELD (gboolean, reading, row) || g_str_equal (entry->value, "show");
}

static gboolean
read_level (const char *text, SekLevel *level)
{
  *level = SEK_LEVEL_CLEAR;
  if (g_str_equal (text, "off"))
    return TRUE;
  return sek_level_from_string (text, level) && *level != SEK_LEVEL_CLEAR;
}

/* Into the table of levels by the name in "[check NAME]" or "[rule NAME]". */
static gboolean
set_named_level (SekPolicyReading *reading, const Row *row, const Entry *entry, char **reason)
{
  SekLevel level;
  if (!read_level (entry->value, &level))
    return FALSE;
  g_hash_table_insert (FIELD (GHashTable *, reading, row), g_strdup (strchr (entry->group, ' ') + 1),
                       GINT_TO_POINTER ((int) level + 1));
  return TRUE;
}

static gboolean
check_advisory_level (SekPolicyReading *reading, const Row *row, const Entry *entry, char **reason)
{
  SekLevel level;
  return read_level (entry->value, &level) && level != SEK_LEVEL_CLEAR;
}

static gboolean
set_tls (SekPolicyReading *reading, const Row *row, const Entry *entry, char **reason)
{
  reading->policy->report_tls_wrapped = g_str_equal (entry->value, "wrapped");
  reading->policy->report_tls_required = !g_str_equal (entry->value, "offered");
  return !reading->policy->report_tls_required || reading->policy->report_tls_wrapped ||
         g_str_equal (entry->value, "required");
}

static gboolean
set_path (SekPolicyReading *reading, const Row *row, const Entry *entry, char **reason)
{
  return g_path_is_absolute (entry->value) && set_text (reading, row, entry, reason);
}

static gboolean
set_profile (SekPolicyReading *reading, const Row *row, const Entry *entry, char **reason)
{
  gboolean attachment = g_str_equal (entry->value, "attachment");
  FIELD (SekReportProfile, reading, row) = attachment ? SEK_PROFILE_ATTACHMENT : SEK_PROFILE_ARF;
  return attachment || g_str_equal (entry->value, "arf");
}

static gboolean
set_auth (SekPolicyReading *reading, const Row *row, const Entry *entry, char **reason)
{
  static const char *const words[] = {
    [SEK_AUTH_ANY] = "any",
    [SEK_AUTH_PLAIN] = "plain",
    [SEK_AUTH_LOGIN] = "login",
    [SEK_AUTH_XOAUTH2] = "xoauth2",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (entry->value, words[i]))
      {
        FIELD (SekAuth, reading, row) = (SekAuth) i;
        return TRUE;
      }
  return FALSE;
}

/* The four ways a report may take, of which a policy names one. */
static const struct
{
  const char *key;
  SekReportTransport transport;
} transports[] = {
  { "smtp", SEK_REPORT_SMTP },
  { "https", SEK_REPORT_HTTPS },
  { "maildir", SEK_REPORT_MAILDIR },
  { "client", SEK_REPORT_CLIENT },
};

static gboolean
set_transport (SekPolicyReading *reading, const Entry *entry, const char *target, char **reason)
{
  if (reading->has_transport)
    {
      /* Translators: keep [report], smtp, https, maildir and client as they are. */
      *reason = g_strdup (
          _ ("[report] names two ways for a report; it must be one of smtp, https, maildir, client"));
      return FALSE;
    }
  reading->has_transport = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (transports); i++)
    if (g_str_equal (entry->key, transports[i].key))
      reading->policy->report_transport = transports[i].transport;
  g_free (reading->policy->report_target);
  reading->policy->report_target = g_strdup (target);
  return TRUE;
}

static gboolean
set_smtp (SekPolicyReading *reading, const Row *row, const Entry *entry, char **reason)
{
  return sek_value_is_host_port (entry->value) && set_transport (reading, entry, entry->value, reason);
}

static gboolean
set_https (SekPolicyReading *reading, const Row *row, const Entry *entry, char **reason)
{
  return sek_value_is_https (entry->value) && set_transport (reading, entry, entry->value, reason);
}

static gboolean
set_maildir (SekPolicyReading *reading, const Row *row, const Entry *entry, char **reason)
{
  return g_path_is_absolute (entry->value) && set_transport (reading, entry, entry->value, reason);
}

static gboolean
set_client (SekPolicyReading *reading, const Row *row, const Entry *entry, char **reason)
{
  gboolean by_client = FALSE;
  if (!sek_value_boolean (entry->value, &by_client))
    return FALSE;
  return !by_client || set_transport (reading, entry, "", reason);
}

#define AT(field) ((gssize) G_STRUCT_OFFSET (SekPolicy, field))

/* Translators: these end the sentence "“key” must be …". */
#define A_NUMBER N_ ("a whole number above 0")
#define A_DATE N_ ("a date such as 2026-11-23 or 2026-11-23T09:00:00+09:00")
#define A_TEXT N_ ("a text")
#define A_URL N_ ("a URL that begins with https://")
#define DOMAINS N_ ("domain names, separated by semicolons")
#define HOSTS N_ ("host names, separated by semicolons")
#define LIST_IDS N_ ("List-Id values without < and >, separated by semicolons")
#define EXTENSIONS N_ ("file name extensions without their dot, separated by semicolons, such as +abc;-def")
#define AN_ADDRESS N_ ("a mail address")
#define ADDRESSES N_ ("one or more mail addresses, separated by semicolons")
#define DIGESTS N_ ("SHA-256 digests of 64 hex digits, separated by semicolons")
#define A_BOOLEAN N_ ("yes or no")
#define A_CHECK_LEVEL N_ ("off, notice, caution or danger")
#define A_LEVEL N_ ("notice, caution or danger")

static const Row rows[] = {
  { "policy", "serial", set_number, A_NUMBER, AT (serial) },
  { "policy", "issued", check_date, A_DATE, NOWHERE },
  { "policy", "not-after", check_date, A_DATE, NOWHERE },
  { "policy", "url", check_https, A_URL, NOWHERE },
  { "policy", "keys", set_text, A_TEXT, NOWHERE },
  { "organisation", "name", set_text, A_TEXT, AT (organisation) },
  { "organisation", "domains", set_domains, DOMAINS, AT (domains) },
  { "organisation", "gateways", set_domains, HOSTS, AT (gateways) },
  { "organisation", "trusted-lists", set_list_ids, LIST_IDS, AT (trusted_lists) },
  { "people", NULL, set_person, ADDRESSES, NOWHERE },
  { "report", "address", set_address, AN_ADDRESS, AT (report_address) },
  { "report", "smtp", set_smtp, N_ ("host:port, such as mail.example:25"), NOWHERE },
  { "report", "https", set_https, A_URL, NOWHERE },
  { "report", "maildir", set_maildir, N_ ("a path that begins with /"), NOWHERE },
  { "report", "client", set_client, A_BOOLEAN, NOWHERE },
  { "report", "profile", set_profile, N_ ("arf or attachment"), AT (report_profile) },
  { "report", "subject", set_text, A_TEXT, AT (report_subject) },
  { "report", "max-size", set_number, A_NUMBER, AT (report_max_bytes) },
  { "report", "tls", set_tls, N_ ("offered, required or wrapped"), NOWHERE },
  { "report", "ca", set_path, N_ ("a path that begins with /"), AT (report_ca) },
  { "report", "login", set_text, A_TEXT, AT (report_login) },
  { "report", "auth", set_auth, N_ ("any, plain, login or xoauth2"), AT (report_auth) },
  { "report", "quarantine", set_boolean, A_BOOLEAN, AT (quarantine) },
  { "client", "unavailable", set_unavailable, N_ ("show or hold"), AT (unavailable_holds) },
  { "client", "may-trust", set_boolean, A_BOOLEAN, AT (may_trust) },
  { "history", "keep-days", set_days, N_ ("a number of days from 1 to 36500"), AT (history_days) },
  { "history", "max-messages", set_number, A_NUMBER, AT (history_messages) },
  { "files", "programs", set_extensions, EXTENSIONS, AT (files[SEK_FILE_PROGRAM]) },
  { "files", "scripts", set_extensions, EXTENSIONS, AT (files[SEK_FILE_SCRIPT]) },
  { "files", "shortcuts", set_extensions, EXTENSIONS, AT (files[SEK_FILE_SHORTCUT]) },
  { "files", "disk-images", set_extensions, EXTENSIONS, AT (files[SEK_FILE_DISK_IMAGE]) },
  { "files", "macro-documents", set_extensions, EXTENSIONS, AT (files[SEK_FILE_MACRO_DOCUMENT]) },
  { "files", "documents", set_extensions, EXTENSIONS, AT (files[SEK_FILE_DOCUMENT]) },
  { "files", "media", set_extensions, EXTENSIONS, AT (files[SEK_FILE_MEDIA]) },
  { "files", "pages", set_extensions, EXTENSIONS, AT (files[SEK_FILE_PAGE]) },
  { "files", "archives", set_extensions, EXTENSIONS, AT (files[SEK_FILE_ARCHIVE]) },
  { "check *", "level", set_named_level, A_CHECK_LEVEL, AT (check_levels) },
  { "rule *", "level", set_named_level, A_CHECK_LEVEL, AT (rule_levels) },
  { "advisory *", "published", check_date, A_DATE, NOWHERE },
  { "advisory *", "level", check_advisory_level, A_LEVEL, NOWHERE },
  { "advisory *", "text", set_text, A_TEXT, NOWHERE },
  { "advisory *", "sender", check_senders, ADDRESSES, NOWHERE },
  { "advisory *", "domain", set_domains, DOMAINS, NOWHERE },
  { "advisory *", "subject", set_text, A_TEXT, NOWHERE },
  { "advisory *", "message-id", set_text, A_TEXT, NOWHERE },
  { "advisory *", "sha256", check_digests, DIGESTS, NOWHERE },
  { "advisory *", "link-domain", set_domains, DOMAINS, NOWHERE },
};

/* "check *" is any group of "check", a space and a name of a-z, 0-9 and "-". */
static gboolean
group_matches (const char *pattern, const char *group)
{
  gsize length = strlen (pattern);
  if (pattern[length - 1] != '*')
    return g_str_equal (pattern, group);
  if (strncmp (pattern, group, length - 1) != 0)
    return FALSE;
  const char *name = group + length - 1;
  return *name != '\0' && name[strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789-")] == '\0';
}

/* A text may be there in other languages too: text[ja]. */
static gboolean
key_matches (const Row *row, const char *key)
{
  if (row->key == NULL)
    return TRUE;
  const char *bracket = strchr (key, '[');
  if (bracket == NULL || row->set != set_text || row->offset != NOWHERE)
    return g_str_equal (row->key, key);
  return strlen (row->key) == (gsize) (bracket - key) && g_str_has_prefix (key, row->key) &&
         g_str_has_prefix (row->group, "advisory") && g_str_equal (row->key, "text");
}

gboolean
sek_policy_group_is_known (const char *group)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (group_matches (rows[i].group, group))
      return TRUE;
  return FALSE;
}

gboolean
sek_policy_read_key (
    SekPolicyReading *reading, const char *group, const char *key, const char *value, char **reason)
{
  const Entry entry = { group, key, value };
  *reason = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const Row *row = &rows[i];
      if (!group_matches (row->group, group) || !key_matches (row, key))
        continue;
      if (row->set (reading, row, &entry, reason))
        return TRUE;
      g_autofree char *shown = sek_text_show (value, 60);
      if (*reason == NULL)
        /* Translators: “%s” is a key of the policy file, %s what it must be, “%s” what stands there. */
        *reason = g_strdup_printf (_ ("“%s” must be %s, not “%s”"), key, _ (row->wanted), shown);
      return FALSE;
    }
  /* Translators: “%s” is a key, [%s] the group of the policy file it stands in. */
  *reason = g_strdup_printf (_ ("there is no key “%s” in [%s]"), key, group);
  return FALSE;
}
