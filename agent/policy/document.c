/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/policy/document.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "agent/policy/lines.h"
#include "agent/policy/policy-file.h"

/* Every translation is kept, so that the ones of another language are checked too. */
#define FLAGS G_KEY_FILE_KEEP_TRANSLATIONS

static void
entry_free (gpointer data)
{
  SekPolicyEntry *entry = data;
  g_free (entry->group);
  g_free (entry->key);
  g_free (entry->value);
  g_free (entry);
}

static void
fault_free (gpointer data)
{
  SekPolicyFault *fault = data;
  g_free (fault->reason);
  g_free (fault);
}

void
sek_policy_document_free (SekPolicyDocument *document)
{
  if (document == NULL)
    return;
  g_free (document->name);
  g_ptr_array_unref (document->entries);
  g_ptr_array_unref (document->faults);
  g_free (document);
}

char *
sek_policy_fault_to_string (const SekPolicyDocument *document, const SekPolicyFault *fault)
{
  return g_strdup_printf ("%s:%u:%u: %s", document->name, fault->line, fault->column, fault->reason);
}

/* reason is taken. */
static void
add_fault (SekPolicyDocument *document, guint line, guint column, char *reason)
{
  SekPolicyFault *fault = g_new0 (SekPolicyFault, 1);
  *fault = (SekPolicyFault){ line, column, reason };
  g_ptr_array_add (document->faults, fault);
}

/* A fault after which nothing of the file counts. Always FALSE. */
static gboolean
refuse (SekPolicyDocument *document, guint line, guint column, const char *reason)
{
  add_fault (document, line, column, g_strdup (reason));
  document->usable = FALSE;
  return FALSE;
}

static gboolean
check_bytes (SekPolicyDocument *document, const char *data, gsize length)
{
  const char *end = NULL;
  if (length > SEK_POLICY_BYTES_MAX)
    return refuse (document, 1, 1, _ ("the file is larger than 8 MiB"));
  if (g_utf8_validate_len (data, length, &end))
    return TRUE;
  const char *start = end;
  while (start > data && start[-1] != '\n')
    start--;
  guint line = sek_policy_line_at (data, (gsize) (end - data));
  guint column = (guint) g_utf8_strlen (start, end - start) + 1;
  gboolean is_nul = (gsize) (end - data) < length && *end == '\0';
  return refuse (document, line, column,
                 is_nul ? _ ("the line holds a NUL byte") : _ ("the line is not UTF-8"));
}

static gboolean
refuse_syntax (SekPolicyDocument *document, const char *text)
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
  return refuse (document, number, 1, reason);
}

/* GKeyFile takes the last of two without a word; an administrator would not know which one counts. */
static gboolean
check_once (SekPolicyDocument *document, const GPtrArray *lines)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < lines->len; i++)
    {
      const SekPolicyLine *line = lines->pdata[i];
      /* A group can't hold "]" and a key can't hold "=", so no two lines share a text by accident. */
      char *text = g_strconcat (line->group, "]", line->key != NULL ? "=" : "", line->key, NULL);
      gpointer first = g_hash_table_lookup (seen, text);
      if (first == NULL)
        {
          g_hash_table_insert (seen, text, GUINT_TO_POINTER (line->number));
          continue;
        }
      /* Translators: %s is a group or key of the policy file, %u a line number. */
      g_autofree char *reason = line->key != NULL ? g_strdup_printf (_ ("“%s” is there already, in line %u"),
                                                                     line->key, GPOINTER_TO_UINT (first))
                                                  : g_strdup_printf (_ ("[%s] is there already, in line %u"),
                                                                     line->group, GPOINTER_TO_UINT (first));
      g_free (text);
      refuse (document, line->number, line->column, reason);
    }
  return document->usable;
}

/* A file on its way into a document. */
typedef struct
{
  SekPolicyDocument *document;
  SekPolicyReading reading; /* into a policy that is thrown away */
  GKeyFile *file;
  GPtrArray *lines; /* SekPolicyLine */
  GHashTable
      *spoilt; /* advisories with a fault: one mark less would mean other mails than the author wanted */
} Reader;

/* reason is taken. */
static void
add_line_fault (Reader *reader, const SekPolicyLine *line, guint column, char *reason)
{
  add_fault (reader->document, line->number, column, reason);
  if (g_str_has_prefix (line->group, "advisory "))
    g_hash_table_add (reader->spoilt, g_strdup (line->group));
}

static void
read_key (Reader *reader, const SekPolicyLine *line)
{
  SekPolicyDocument *document = reader->document;
  const SekPolicyKey *row = sek_policy_key_find (line->group, line->key);
  if (row == NULL)
    {
      /* Translators: “%s” is a key, [%s] the group of the policy file it stands in. */
      add_line_fault (reader, line, line->column,
                      g_strdup_printf (_ ("there is no key “%s” in [%s]"), line->key, line->group));
      return;
    }
  g_autoptr (GError) fault = NULL;
  g_autofree char *value = g_key_file_get_string (reader->file, line->group, line->key, &fault);
  g_autofree char *reason = NULL;
  /* An unknown \escape is an error that comes with a value all the same. */
  if (value == NULL || fault != NULL)
    reason = g_strdup (_ ("after \\ only s, n, t, r or another \\ may follow"));
  else
    {
      const SekPolicyText text = { line->group, line->key, g_strstrip (value) };
      sek_policy_key_read (&reader->reading, row, &text, &reason);
    }
  if (reason != NULL)
    {
      document->usable = document->usable && (row->flags & SEK_KEY_WHOLE_FILE) == 0;
      add_line_fault (reader, line, line->value_column, g_steal_pointer (&reason));
      return;
    }
  SekPolicyEntry *entry = g_new0 (SekPolicyEntry, 1);
  *entry = (SekPolicyEntry){ row, g_strdup (line->group), g_strdup (line->key), g_steal_pointer (&value),
                             line->number };
  g_ptr_array_add (document->entries, entry);
}

static void
read_lines (Reader *reader)
{
  gboolean group_is_known = FALSE;
  for (guint i = 0; i < reader->lines->len; i++)
    {
      const SekPolicyLine *line = reader->lines->pdata[i];
      if (line->key != NULL && group_is_known)
        read_key (reader, line);
      if (line->key != NULL)
        continue;
      group_is_known = sek_policy_group_is_known (line->group);
      if (!group_is_known)
        /* Translators: [%s] is a group of the policy file. */
        add_fault (reader->document, line->number, line->column,
                   g_strdup_printf (_ ("there is no group [%s]"), line->group));
    }
}

/* What is to be said to people is all that an advisory can't do without. */
static void
check_advisories (Reader *reader)
{
  const GPtrArray *advisories = reader->reading.policy->advisories;
  for (guint i = 0; i < reader->lines->len; i++)
    {
      const SekPolicyLine *line = reader->lines->pdata[i];
      if (line->key != NULL || !g_str_has_prefix (line->group, "advisory ") ||
          g_hash_table_contains (reader->spoilt, line->group))
        continue;
      gboolean has_text = FALSE;
      for (guint j = 0; j < advisories->len; j++)
        {
          const SekAdvisory *advisory = advisories->pdata[j];
          if (g_str_equal (advisory->id, line->group + strlen ("advisory ")))
            has_text = g_hash_table_size (advisory->texts) > 0;
        }
      if (!has_text && sek_policy_group_is_known (line->group))
        /* Translators: keep “text” as it is. */
        add_line_fault (reader, line, line->column, g_strdup (_ ("an advisory needs a “text” for people")));
    }
}

static void
drop_spoilt (Reader *reader)
{
  GPtrArray *entries = reader->document->entries;
  for (guint i = entries->len; i > 0; i--)
    {
      const SekPolicyEntry *entry = entries->pdata[i - 1];
      if (g_hash_table_contains (reader->spoilt, entry->group))
        g_ptr_array_remove_index (entries, i - 1);
    }
}

static void
check_report (Reader *reader)
{
  const SekPolicy *policy = reader->reading.policy;
  if (policy->report_transport != SEK_REPORT_SMTP || *policy->report_address != '\0' ||
      !reader->document->usable)
    return;
  guint line = 1;
  for (guint i = 0; i < reader->document->entries->len; i++)
    {
      const SekPolicyEntry *entry = reader->document->entries->pdata[i];
      if (g_str_equal (entry->group, "report") && g_str_equal (entry->key, "smtp"))
        line = entry->line;
    }
  /* Translators: keep [report], smtp and address as they are. */
  refuse (reader->document, line, 1, _ ("[report] names smtp but no address that the report goes to"));
}

static int
compare_faults (gconstpointer a, gconstpointer b)
{
  const SekPolicyFault *first = *(SekPolicyFault *const *) a, *second = *(SekPolicyFault *const *) b;
  return first->line != second->line ? (first->line < second->line ? -1 : 1) : 0;
}

SekPolicyDocument *
sek_policy_document_parse (const char *data, gsize length, const char *name)
{
  static const char byte_order_mark[] = "\xEF\xBB\xBF";
  SekPolicyDocument *document = g_new0 (SekPolicyDocument, 1);
  document->name = g_strdup (name);
  document->entries = g_ptr_array_new_with_free_func (entry_free);
  document->faults = g_ptr_array_new_with_free_func (fault_free);
  document->usable = TRUE;
  /* An empty file has no bytes to point at. */
  if (length == 0)
    data = "";
  if (length >= 3 && memcmp (data, byte_order_mark, 3) == 0)
    {
      data += 3;
      length -= 3;
    }
  if (!check_bytes (document, data, length))
    return document;
  g_autofree char *text = g_strndup (data, length);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  /* GLib 2.74 calls no bytes at all an error, but an empty file is a policy that says nothing. */
  if (length > 0 && !g_key_file_load_from_data (file, text, length, FLAGS, NULL))
    {
      refuse_syntax (document, text);
      return document;
    }
  g_autoptr (GPtrArray) lines = sek_policy_lines_scan (text);
  g_autoptr (SekPolicy) policy = sek_policy_new ();
  g_autoptr (GHashTable) spoilt = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Reader reader = { document, { .policy = policy }, file, lines, spoilt };
  if (check_once (document, lines))
    {
      read_lines (&reader);
      check_advisories (&reader);
      drop_spoilt (&reader);
      check_report (&reader);
    }
  g_ptr_array_sort (document->faults, compare_faults);
  return document;
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
  while (bytes->len <= SEK_POLICY_BYTES_MAX)
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

/* A policy that anybody could have written is not the administrator's. */
static gboolean
check_owner (const struct stat *about, SekPolicyOwner owner, const char *path, GError **error)
{
  gboolean is_mine = owner == SEK_OWNER_ROOT_OR_ME && about->st_uid == getuid ();
  if (owner == SEK_OWNER_ANY)
    return TRUE;
  if (about->st_uid != 0 && !is_mine)
    return refuse_file (path, _ ("it does not belong to root"), error);
  if ((about->st_mode & S_IWOTH) != 0 || ((about->st_mode & S_IWGRP) != 0 && about->st_gid != 0 && !is_mine))
    return refuse_file (path, _ ("others than root may write into it"), error);
  return TRUE;
}

SekPolicyDocument *
sek_policy_document_load (const char *path, SekPolicyOwner owner, GError **error)
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
  gboolean read_ok = is_file ? check_owner (&about, owner, path, error) && read_all (fd, path, bytes, error)
                             : refuse_file (path, _ ("it is not a file"), error);
  close (fd);
  return read_ok ? sek_policy_document_parse ((const char *) bytes->data, bytes->len, path) : NULL;
}
