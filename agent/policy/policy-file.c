/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/policy/policy-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FILE_BYTES_MAX (8 * 1024 * 1024)

G_DEFINE_QUARK (sek - policy - error - quark, sek_policy_error)

const char *
sek_policy_default_path (void)
{
  return SEK_SYSCONFDIR "/sekisho/policy.conf";
}

/* One value on its way into the policy. */
typedef struct
{
  SekPolicy *policy;
  const char *key, *value;
  char *reason;           /* set by a setter that refuses: a phrase behind "KEY: " */
  gboolean has_transport; /* some key has said where reports go */
} Reading;

typedef gboolean (*Setter) (Reading *reading, gpointer field);

/* reason: a phrase that follows "FILE:LINE: KEY: ". */
static gboolean
refuse (Reading *reading, const char *reason)
{
  reading->reason = g_strdup (reason);
  return FALSE;
}

static gboolean
set_text (Reading *reading, gpointer field)
{
  char **text = field;
  if (text == NULL)
    return TRUE;
  g_free (*text);
  *text = g_strdup (reading->value);
  return TRUE;
}

static gboolean
set_number (Reading *reading, gpointer field)
{
  return g_ascii_string_to_signed (reading->value, 10, 0, G_MAXINT64, field, NULL) ||
         refuse (reading, _ ("must be a whole number"));
}

/* RFC 3339 dates and times of day, as "2026-11-23" or "2026-11-23T09:00:00Z". */
static gboolean
set_date (Reading *reading, gpointer field)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *with_time =
      g_strconcat (reading->value, strlen (reading->value) == 10 ? "T00:00:00" : "", NULL);
  g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (with_time, utc);
  return date != NULL || refuse (reading, _ ("must be a date such as 2026-11-23"));
}

static gboolean
set_switch (Reading *reading, gpointer field)
{
  static const struct
  {
    const char *word;
    gboolean on;
  } words[] = { { "yes", TRUE }, { "no", FALSE }, { "true", TRUE }, { "false", FALSE } };
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (reading->value, words[i].word) == 0)
      {
        *(gboolean *) field = words[i].on;
        return TRUE;
      }
  return refuse (reading, _ ("must be yes or no"));
}

/* Items between semicolons, in lower case. */
static gboolean
set_list (Reading *reading, gpointer field)
{
  g_autoptr (GStrvBuilder) items = g_strv_builder_new ();
  g_auto (GStrv) parts = g_strsplit (reading->value, ";", -1);
  for (char **part = parts; *part != NULL; part++)
    {
      g_autofree char *item = g_utf8_strdown (g_strstrip (*part), -1);
      if (*item != '\0')
        g_strv_builder_add (items, item);
    }
  char ***list = field;
  if (list == NULL)
    return TRUE;
  g_strfreev (*list);
  *list = g_strv_builder_end (items);
  return TRUE;
}

static gboolean
set_domains (Reading *reading, gpointer field)
{
  if (!set_list (reading, field))
    return FALSE;
  for (char **domain = *(char ***) field; *domain != NULL; domain++)
    if (strchr (*domain, '@') != NULL || strchr (*domain, ' ') != NULL || strchr (*domain, '.') == NULL)
      return refuse (reading, _ ("must be domains such as kaede.example, with ; between them"));
  return TRUE;
}

static gboolean
is_address (const char *text)
{
  const char *at = strchr (text, '@');
  return at != NULL && at != text && at[1] != '\0' && strchr (at + 1, '@') == NULL &&
         strpbrk (text, " <>,;") == NULL;
}

static gboolean
set_address (Reading *reading, gpointer field)
{
  if (!is_address (reading->value))
    return refuse (reading, _ ("must be one mail address"));
  return set_text (reading, field);
}

static gboolean
set_unavailable (Reading *reading, gpointer field)
{
  if (!g_str_equal (reading->value, "show") && !g_str_equal (reading->value, "hold"))
    return refuse (reading, _ ("must be show or hold"));
  *(gboolean *) field = g_str_equal (reading->value, "hold");
  return TRUE;
}

static gboolean
set_transport (Reading *reading, SekReportTransport transport)
{
  if (reading->has_transport)
    return refuse (reading, _ ("says where reports go, but another key has said so already"));
  reading->has_transport = TRUE;
  reading->policy->report_transport = transport;
  return set_text (reading, &reading->policy->report_target);
}

static gboolean
set_smtp (Reading *reading, gpointer field)
{
  const char *colon = strrchr (reading->value, ':');
  guint64 port;
  if (colon == NULL || colon == reading->value ||
      !g_ascii_string_to_unsigned (colon + 1, 10, 1, 65535, &port, NULL))
    return refuse (reading, _ ("must be host:port"));
  return set_transport (reading, SEK_REPORT_SMTP);
}

static gboolean
set_https (Reading *reading, gpointer field)
{
  if (!g_str_has_prefix (reading->value, "https://"))
    return refuse (reading, _ ("must begin with https://"));
  return set_transport (reading, SEK_REPORT_HTTPS);
}

static gboolean
set_maildir (Reading *reading, gpointer field)
{
  if (!g_path_is_absolute (reading->value))
    return refuse (reading, _ ("must be an absolute path"));
  return set_transport (reading, SEK_REPORT_MAILDIR);
}

static gboolean
set_client (Reading *reading, gpointer field)
{
  gboolean on = FALSE;
  if (!set_switch (reading, &on))
    return FALSE;
  if (!on)
    return TRUE;
  return set_transport (reading, SEK_REPORT_CLIENT);
}

static gboolean
set_level (Reading *reading, gpointer field)
{
  SekLevel level = SEK_LEVEL_CLEAR;
  return g_str_equal (reading->value, "clear") || g_str_equal (reading->value, "off") ||
         sek_level_from_string (reading->value, &level) ||
         refuse (reading, _ ("must be off, notice, caution or danger"));
}

#define AT(field) G_STRUCT_OFFSET (SekPolicy, field)
#define NOWHERE G_MAXSIZE /* checked and not kept */

/* Every group and key there is. A group that ends in a space is one of many, its name goes on behind it. */
static const struct
{
  const char *group, *key;
  Setter set;
  gsize offset;
} keys[] = {
  { "policy", "serial", set_number, AT (serial) },
  { "policy", "issued", set_date, NOWHERE },
  { "policy", "not-after", set_date, NOWHERE },
  { "policy", "url", set_text, NOWHERE },
  { "policy", "keys", set_list, NOWHERE },
  { "organisation", "name", set_text, AT (organisation) },
  { "organisation", "domains", set_domains, AT (domains) },
  { "organisation", "gateways", set_list, AT (gateways) },
  { "organisation", "trusted-lists", set_list, AT (trusted_lists) },
  { "report", "address", set_address, AT (report_address) },
  { "report", "smtp", set_smtp, NOWHERE },
  { "report", "https", set_https, NOWHERE },
  { "report", "maildir", set_maildir, NOWHERE },
  { "report", "client", set_client, NOWHERE },
  { "report", "quarantine", set_switch, AT (quarantine) },
  { "client", "unavailable", set_unavailable, AT (unavailable_holds) },
  { "client", "may-trust", set_switch, AT (may_trust) },
  { "check ", "level", set_level, NOWHERE },
  { "advisory ", "published", set_date, NOWHERE },
  { "advisory ", "level", set_level, NOWHERE },
  { "advisory ", "text", set_text, NOWHERE },
  { "advisory ", "sender", set_text, NOWHERE },
  { "advisory ", "domain", set_text, NOWHERE },
  { "advisory ", "subject", set_text, NOWHERE },
  { "advisory ", "message-id", set_text, NOWHERE },
  { "advisory ", "sha256", set_text, NOWHERE },
  { "advisory ", "link-domain", set_text, NOWHERE },
};

static gboolean
is_group (const char *group, const char *row)
{
  gsize length = strlen (row);
  return row[length - 1] == ' ' ? g_str_has_prefix (group, row) && group[length] != '\0'
                                : g_str_equal (group, row);
}

static gboolean
group_is_known (const char *group)
{
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (is_group (group, keys[i].group))
      return TRUE;
  return g_str_equal (group, "people");
}

static gboolean
read_person (Reading *reading)
{
  g_auto (GStrv) addresses = NULL;
  set_list (reading, &addresses);
  if (addresses[0] == NULL)
    return refuse (reading, _ ("must be one or more mail addresses, with ; between them"));
  for (char **address = addresses; *address != NULL; address++)
    if (!is_address (*address))
      return refuse (reading, _ ("must be one or more mail addresses, with ; between them"));
  g_ptr_array_add (reading->policy->people, sek_person_new (reading->key, (const char *const *) addresses));
  return TRUE;
}

static gboolean
read_key (Reading *reading, const char *group)
{
  if (g_str_equal (group, "people"))
    return read_person (reading);
  /* "text[ja]" is the text in one language. */
  g_autofree char *name = g_strndup (reading->key, strcspn (reading->key, "["));
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      gboolean localised = g_str_equal (keys[i].key, "text");
      if (!is_group (group, keys[i].group) || !g_str_equal (localised ? name : reading->key, keys[i].key))
        continue;
      gpointer field = keys[i].offset != NOWHERE ? G_STRUCT_MEMBER_P (reading->policy, keys[i].offset) : NULL;
      if (!keys[i].set (reading, field))
        return FALSE;
      if (g_str_has_prefix (group, "check "))
        {
          SekLevel level = SEK_LEVEL_CLEAR;
          sek_level_from_string (reading->value, &level);
          g_hash_table_insert (reading->policy->check_levels, g_strdup (group + strlen ("check ")),
                               GINT_TO_POINTER (level + 1));
        }
      return TRUE;
    }
  reading->reason = g_strdup_printf (_ ("there is no such key in [%s]"), group);
  return FALSE;
}

/* GKeyFile names no lines, so a message looks its line up: that of key in group, or of the group itself. */
static guint
find_line (const char *data, const char *group, const char *key)
{
  g_auto (GStrv) lines = g_strsplit (data, "\n", -1);
  g_autofree char *header = g_strdup_printf ("[%s]", group);
  gboolean inside = FALSE;
  guint found = 1;
  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *line = g_strstrip (lines[i]);
      if (*line == '[')
        {
          inside = g_str_equal (line, header);
          if (inside)
            found = i + 1;
        }
      gsize length = key != NULL ? strlen (key) : 0;
      if (!inside || key == NULL || !g_str_has_prefix (line, key))
        continue;
      const char *rest = line + length;
      while (*rest == ' ' || *rest == '\t')
        rest++;
      if (*rest == '=')
        return i + 1;
    }
  return found;
}

static gboolean
line_is_readable (const char *line, gboolean inside)
{
  if (*line == '\0' || *line == '#')
    return TRUE;
  if (*line != '[' && !inside)
    return FALSE;
  g_autofree char *alone = g_strconcat (*line == '[' ? "" : "[x]\n", line, NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  return g_key_file_load_from_data (file, alone, (gsize) -1, G_KEY_FILE_KEEP_TRANSLATIONS, NULL);
}

/* The first line that GKeyFile can't read; 1 when none is found. */
static guint
find_broken_line (const char *data)
{
  g_auto (GStrv) lines = g_strsplit (data, "\n", -1);
  gboolean inside = FALSE;
  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *line = g_strstrip (lines[i]);
      if (!line_is_readable (line, inside))
        return i + 1;
      inside = inside || *line == '[';
    }
  return 1;
}

static guint
line_of_offset (const char *data, const char *at)
{
  guint line = 1;
  for (const char *p = data; p < at; p++)
    line += *p == '\n';
  return line;
}

/* What a message needs to say where it is. */
typedef struct
{
  const char *text, *name;
} Source;

static gboolean
read_group (GKeyFile *file, const char *group, Reading *reading, const Source *source, GError **error)
{
  g_auto (GStrv) names = g_key_file_get_keys (file, group, NULL, NULL);
  for (char **name = names; name != NULL && *name != NULL; name++)
    {
      g_autofree char *value = g_key_file_get_string (file, group, *name, NULL);
      reading->key = *name;
      reading->value = value != NULL ? g_strstrip (value) : NULL;
      gboolean read = value != NULL
                          ? read_key (reading, group)
                          : refuse (reading, _ ("the value can't be read; a backslash is written \\\\"));
      if (read)
        continue;
      g_autofree char *reason = g_steal_pointer (&reading->reason);
      g_set_error (error, SEK_POLICY_ERROR, SEK_POLICY_ERROR_PARSE, "%s:%u: %s: %s", source->name,
                   find_line (source->text, group, *name), *name, reason);
      return FALSE;
    }
  return TRUE;
}

static SekPolicy *
read_groups (GKeyFile *file, const Source *source, GError **error)
{
  g_autoptr (SekPolicy) policy = sek_policy_new ();
  Reading reading = { .policy = policy };
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);
  for (char **group = groups; *group != NULL; group++)
    {
      if (!group_is_known (*group))
        {
          g_set_error (error, SEK_POLICY_ERROR, SEK_POLICY_ERROR_PARSE, _ ("%s:%u: there is no group [%s]"),
                       source->name, find_line (source->text, *group, NULL), *group);
          return NULL;
        }
      if (!read_group (file, *group, &reading, source, error))
        return NULL;
    }
  return g_steal_pointer (&policy);
}

SekPolicy *
sek_policy_parse (const char *data, gsize length, const char *name, GError **error)
{
  if (length >= 3 && memcmp (data, "\xEF\xBB\xBF", 3) == 0)
    {
      data += 3;
      length -= 3;
    }
  const char *end = NULL;
  if (!g_utf8_validate_len (data, length, &end))
    {
      g_set_error (error, SEK_POLICY_ERROR, SEK_POLICY_ERROR_PARSE, _ ("%s:%u: the text is not UTF-8"), name,
                   line_of_offset (data, end));
      return NULL;
    }
  g_autofree char *text = g_strndup (data, length);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) local = NULL;
  if (!g_key_file_load_from_data (file, text, length, G_KEY_FILE_KEEP_TRANSLATIONS, &local))
    {
      g_set_error (error, SEK_POLICY_ERROR, SEK_POLICY_ERROR_PARSE, "%s:%u: %s", name,
                   find_broken_line (text), local->message);
      return NULL;
    }
  const Source source = { .text = text, .name = name };
  return read_groups (file, &source, error);
}

SekPolicy *
sek_policy_load (const char *path, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);
  g_autoptr (GError) local = NULL;
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, &local);
  if (file == NULL || g_mapped_file_get_length (file) > FILE_BYTES_MAX)
    {
      /* Translators: a file name, and why it can not be read. */
      g_set_error (error, SEK_POLICY_ERROR, SEK_POLICY_ERROR_READ, _ ("Can't read policy “%s”: %s"), shown,
                   file == NULL ? local->message : _ ("it is larger than 8 MiB"));
      return NULL;
    }
  const char *data = g_mapped_file_get_contents (file);
  return sek_policy_parse (data != NULL ? data : "", g_mapped_file_get_length (file), shown, error);
}
