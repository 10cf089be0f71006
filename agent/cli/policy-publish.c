/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the administrator's desk to the place where all desktops look: signed, and put in place at once. */
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <utime.h>

#include "agent/cli/cli.h"
#include "agent/policy/sources.h"
#include "agent/policy/trust/trust.h"

#define SUFFIX ".minisig"

/* The serial of a file without faults; 0 after it was said why there is none. */
static gint64
serial_of (const char *path)
{
  g_autoptr (GError) error = NULL;
  SekPolicyDocument *document = sek_policy_document_load (path, SEK_OWNER_ANY, &error);
  if (document == NULL)
    {
      sek_cli_complain (error->message);
      return 0;
    }
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_policy_source_unref);
  g_ptr_array_add (sources, sek_policy_source_new (SEK_AUTHORITY_SIGNED, document));
  for (guint i = 0; i < document->faults->len; i++)
    {
      g_autofree char *text = sek_policy_fault_to_string (document, document->faults->pdata[i]);
      g_printerr ("%s\n", text);
    }
  if (document->faults->len > 0)
    return 0;
  g_autoptr (GPtrArray) decisions = sek_policy_decide (sources);
  g_autoptr (SekPolicy) policy = sek_policy_from_decisions (decisions);
  if (policy->serial == 0)
    /* Translators: keep [policy] and serial as they are. */
    sek_cli_complain (_ ("The policy has no serial; desktops take only one with [policy] serial"));
  return policy->serial;
}

static int
only_one (char **paths, const char *message)
{
  if (paths != NULL && g_strv_length (paths) == 1)
    return SEK_EXIT_CLEAR;
  sek_cli_complain (message);
  return SEK_EXIT_UNREADABLE;
}

int
sek_cli_policy_sign (int argc, char **argv)
{
  g_autofree char *key = NULL;
  const GOptionEntry entries[] = {
    { "key", 'k', 0, G_OPTION_ARG_FILENAME, &key, N_ ("The secret key of minisign"), N_ ("FILE") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) paths = NULL;
  if (!sek_cli_parse_any ("policy sign", "FILE", entries, argc, argv, &paths) ||
      only_one (paths, _ ("Name one policy file to sign")) != SEK_EXIT_CLEAR)
    return SEK_EXIT_UNREADABLE;
  gint64 serial = serial_of (paths[0]);
  if (serial == 0)
    return SEK_EXIT_WARNED;
  g_autofree char *comment = g_strdup_printf ("serial %" G_GINT64_FORMAT, serial);
  const char *const arguments[] = {
    "minisign", "-S", "-m", paths[0], "-t", comment, key != NULL ? "-s" : NULL, key, NULL
  };
  g_autoptr (GError) error = NULL;
  int status = 0;
  /* It asks for the password itself; here it is neither seen nor kept. */
  gboolean ran =
      g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_CHILD_INHERITS_STDIN, NULL,
                    NULL, NULL, NULL, &status, &error) &&
      g_spawn_check_wait_status (status, &error);
  if (!ran)
    sek_cli_complain (error->message);
  return ran ? SEK_EXIT_CLEAR : SEK_EXIT_UNREADABLE;
}

/* NULL after it was said why. */
static char *
read_bytes (const char *path, gsize *length)
{
  g_autoptr (GError) error = NULL;
  char *data = NULL;
  if (!g_file_get_contents (path, &data, length, &error))
    sek_cli_complain (error->message);
  return data;
}

/* keys: what --key names, or what is in force here. */
static gboolean
check_signature (const char *data, gsize length, const char *signature, gsize signature_length, char **keys)
{
  g_autoptr (SekPolicyState) state = sek_policy_state_read (NULL, NULL);
  g_autoptr (GError) error = NULL;
  const char *const *known = (const char *const *) (keys != NULL ? keys : state->policy->pull_keys);
  if (sek_trust_verify ((const guint8 *) data, length, signature, signature_length, known, &error) != NULL)
    return TRUE;
  sek_cli_complain (error->message);
  return FALSE;
}

/* Under another name first, so that nobody ever sees a half. */
static gboolean
put (const char *folder, const char *name, const char *data, gsize length)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  if (g_file_set_contents_full (path, data, (gssize) length,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0644, &error))
    return TRUE;
  sek_cli_complain (error->message);
  return FALSE;
}

static gint64
date_of (const char *path)
{
  GStatBuf about;
  return g_stat (path, &about) == 0 ? (gint64) about.st_mtime : 0;
}

/* Web servers such as nginx tell files apart by second and size: what comes in the same second as the one
 * before (dated so) would be taken for it. */
static void
date_after (const char *path, gint64 before)
{
  if (date_of (path) > before)
    return;
  struct utimbuf dates = { .actime = (time_t) before + 1, .modtime = (time_t) before + 1 };
  if (g_utime (path, &dates) != 0)
    g_debug ("%s could not be dated", path);
}

static gboolean
publish (const char *folder, const char *name, const char *data, gsize length)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  gint64 before = date_of (path);
  if (!put (folder, name, data, length))
    return FALSE;
  date_after (path, before);
  return TRUE;
}

static gboolean
is_newer (const char *folder, const char *name, gint64 serial)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  gint64 there = g_file_test (path, G_FILE_TEST_EXISTS) ? serial_of (path) : 0;
  if (serial > there)
    return TRUE;
  /* Translators: both are numbers. */
  g_autofree char *text = g_strdup_printf (
      _ ("The serial %lld is not above %lld, which is there already; desktops would not take it"),
      (long long) serial, (long long) there);
  sek_cli_complain (text);
  return FALSE;
}

int
sek_cli_policy_publish (int argc, char **argv)
{
  g_auto (GStrv) keys = NULL;
  const GOptionEntry entries[] = {
    { "key", 'k', 0, G_OPTION_ARG_STRING_ARRAY, &keys,
      N_ ("A public key that desktops know; without it, the keys in force here"), N_ ("KEY") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) paths = NULL;
  if (!sek_cli_parse_any ("policy publish", "FILE FOLDER", entries, argc, argv, &paths))
    return SEK_EXIT_UNREADABLE;
  if (paths == NULL || g_strv_length (paths) != 2)
    {
      sek_cli_complain (_ ("Name a signed policy file and the folder to put it in"));
      return SEK_EXIT_UNREADABLE;
    }
  gsize length = 0, signature_length = 0;
  g_autofree char *signature_path = g_strconcat (paths[0], SUFFIX, NULL);
  g_autofree char *data = read_bytes (paths[0], &length);
  g_autofree char *signature = data != NULL ? read_bytes (signature_path, &signature_length) : NULL;
  if (data == NULL || signature == NULL)
    return SEK_EXIT_UNREADABLE;
  g_autofree char *name = g_path_get_basename (paths[0]), *signature_name = g_strconcat (name, SUFFIX, NULL);
  gint64 serial = serial_of (paths[0]);
  if (serial == 0 || length > SEK_POLICY_BYTES_MAX || !is_newer (paths[1], name, serial) ||
      !check_signature (data, length, signature, signature_length, keys))
    return SEK_EXIT_WARNED;
  /* Who comes in between sees a signature that does not fit yet, and looks again. */
  return publish (paths[1], signature_name, signature, signature_length) &&
                 publish (paths[1], name, data, length)
             ? SEK_EXIT_CLEAR
             : SEK_EXIT_UNREADABLE;
}
