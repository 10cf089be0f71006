/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/policy/policy-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "agent/policy/keys.h"
#include "agent/policy/lines.h"

#define BYTES_MAX (8u * 1024 * 1024)
/* Every translation is kept, so that the ones of another language are checked too. */
#define FLAGS G_KEY_FILE_KEEP_TRANSLATIONS

GQuark
sek_policy_error_quark (void)
{
  return g_quark_from_static_string ("sek-policy-error-quark");
}

const char *
sek_policy_default_path (void)
{
  return SEK_SYSCONFDIR "/sekisho/policy.conf";
}

static gboolean
refuse (const char *name, guint line, const char *reason, GError **error)
{
  g_set_error (error, SEK_POLICY_ERROR, SEK_POLICY_ERROR_PARSE, "%s:%u: %s", name, line, reason);
  return FALSE;
}

static gboolean
check_bytes (const char *data, gsize length, const char *name, GError **error)
{
  const char *end = NULL;
  if (length > BYTES_MAX)
    return refuse (name, 1, _ ("the file is larger than 8 MiB"), error);
  if (g_utf8_validate_len (data, length, &end))
    return TRUE;
  guint line = sek_policy_line_at (data, (gsize) (end - data));
  return refuse (name, line, *end == '\0' ? _ ("the line holds a NUL byte") : _ ("the line is not UTF-8"),
                 error);
}

static gboolean
refuse_syntax (const char *text, const char *name, GError **error)
{
  g_autofree char *line = NULL;
  guint number = sek_policy_line_refused (text, FLAGS, &line);
  g_assert (number > 0);
  g_autoptr (GPtrArray) lines = sek_policy_lines_scan (text);
  const char *reason = _ ("this is neither a [group], nor key=value, nor a # comment");
  if (line[0] == '[')
    reason = _ ("this is not the name of a group");
  else if (strchr (line, '=') != NULL)
    reason = _ ("the name before = is empty or holds [ or ]");
  for (guint i = 0; i < lines->len; i++)
    {
      const SekPolicyLine *at = lines->pdata[i];
      if (at->number == number && at->group == NULL)
        reason = _ ("a key stands before the first [group]");
    }
  return refuse (name, number, reason, error);
}

/* GKeyFile takes the last of two without a word; an administrator would not know which one counts. */
static gboolean
check_once (const GPtrArray *lines, const char *name, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < lines->len; i++)
    {
      const SekPolicyLine *line = lines->pdata[i];
      /* A group can't hold "]" and a key can't hold "=", so no two lines share a text by accident. */
      char *text = g_strconcat (line->group, "]", line->key != NULL ? "=" : "", line->key, NULL);
      gpointer first = g_hash_table_lookup (seen, text);
      if (first != NULL)
        {
          /* Translators: %s is a group or key of the policy file, %u a line number. */
          g_autofree char *reason = line->key != NULL
                                        ? g_strdup_printf (_ ("“%s” is there already, in line %u"), line->key,
                                                           GPOINTER_TO_UINT (first))
                                        : g_strdup_printf (_ ("[%s] is there already, in line %u"),
                                                           line->group, GPOINTER_TO_UINT (first));
          g_free (text);
          return refuse (name, line->number, reason, error);
        }
      g_hash_table_insert (seen, text, GUINT_TO_POINTER (line->number));
    }
  return TRUE;
}

static gboolean
read_line (
    SekPolicyReading *reading, GKeyFile *file, const SekPolicyLine *line, const char *name, GError **error)
{
  g_autofree char *reason = NULL;
  if (line->key == NULL)
    {
      if (sek_policy_group_is_known (line->group))
        return TRUE;
      /* Translators: [%s] is a group of the policy file. */
      reason = g_strdup_printf (_ ("there is no group [%s]"), line->group);
      return refuse (name, line->number, reason, error);
    }
  g_autoptr (GError) fault = NULL;
  g_autofree char *value = g_key_file_get_string (file, line->group, line->key, &fault);
  /* An unknown \escape is an error that comes with a value all the same. */
  if (value == NULL || fault != NULL)
    return refuse (name, line->number, _ ("after \\ only s, n, t, r or another \\ may follow"), error);
  return sek_policy_read_key (reading, line->group, line->key, g_strstrip (value), &reason) ||
         refuse (name, line->number, reason, error);
}

/* What only the whole can tell. */
static gboolean
check_whole (const SekPolicy *policy, const GPtrArray *lines, const char *name, GError **error)
{
  if (policy->report_transport != SEK_REPORT_SMTP || *policy->report_address != '\0')
    return TRUE;
  guint number = 1;
  for (guint i = 0; i < lines->len; i++)
    {
      const SekPolicyLine *line = lines->pdata[i];
      if (g_strcmp0 (line->group, "report") == 0 && g_strcmp0 (line->key, "smtp") == 0)
        number = line->number;
    }
  /* Translators: keep [report], smtp and address as they are. */
  return refuse (name, number, _ ("[report] names smtp but no address that the report goes to"), error);
}

SekPolicy *
sek_policy_parse (const char *data, gsize length, const char *name, GError **error)
{
  static const char byte_order_mark[] = "\xEF\xBB\xBF";
  /* An empty file has no bytes to point at. */
  if (length == 0)
    data = "";
  if (length >= 3 && memcmp (data, byte_order_mark, 3) == 0)
    {
      data += 3;
      length -= 3;
    }
  if (!check_bytes (data, length, name, error))
    return NULL;
  g_autofree char *text = g_strndup (data, length);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  /* GLib 2.74 calls no bytes at all an error, but an empty file is a policy that says nothing. */
  if (length > 0 && !g_key_file_load_from_data (file, text, length, FLAGS, NULL))
    {
      refuse_syntax (text, name, error);
      return NULL;
    }
  g_autoptr (GPtrArray) lines = sek_policy_lines_scan (text);
  if (!check_once (lines, name, error))
    return NULL;
  g_autoptr (SekPolicy) policy = sek_policy_new ();
  SekPolicyReading reading = { .policy = policy };
  for (guint i = 0; i < lines->len; i++)
    if (!read_line (&reading, file, lines->pdata[i], name, error))
      return NULL;
  if (!check_whole (policy, lines, name, error))
    return NULL;
  return g_steal_pointer (&policy);
}

static gboolean
refuse_file (const char *path, const char *reason, GError **error)
{
  /* Translators: “%s” is a file name, the second %s the reason. */
  g_set_error (error, SEK_POLICY_ERROR, SEK_POLICY_ERROR_READ, _ ("Could not read the policy “%s”: %s"), path,
               reason);
  return FALSE;
}

/* Reads at most one byte more than is allowed. */
static gboolean
read_all (int fd, const char *path, GByteArray *bytes, GError **error)
{
  while (bytes->len <= BYTES_MAX)
    {
      guint8 block[64 * 1024];
      gssize got = read (fd, block, sizeof block);
      if (got == 0)
        return TRUE;
      if (got < 0 && errno != EINTR)
        return refuse_file (path, g_strerror (errno), error);
      if (got > 0)
        g_byte_array_append (bytes, block, (guint) got);
    }
  return TRUE;
}

SekPolicy *
sek_policy_load (const char *path, GError **error)
{
  /* O_NONBLOCK: a pipe of that name must not hold us up. */
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0)
    {
      refuse_file (path, g_strerror (errno), error);
      return NULL;
    }
  struct stat about;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gboolean is_file = fstat (fd, &about) == 0 && S_ISREG (about.st_mode);
  gboolean read_ok =
      is_file ? read_all (fd, path, bytes, error) : refuse_file (path, _ ("it is not a file"), error);
  close (fd);
  return read_ok ? sek_policy_parse ((const char *) bytes->data, bytes->len, path, error) : NULL;
}
