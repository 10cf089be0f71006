/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/policy/personal.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdlib.h>

#include "agent/core/limits.h"

static gboolean
fail (SekPolicyError code, const char *path, const char *reason, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);
  g_autofree char *valid = g_utf8_make_valid (reason, -1);
  /* Translators: %s is a file, then why. */
  g_set_error (error, SEK_POLICY_ERROR, code, _ ("Your settings in %s can't be changed: %s"), shown, valid);
  return FALSE;
}

/* FALSE with error when there is a file that can't be gone by. */
static gboolean
load (GKeyFile *file, const char *path, GError **error)
{
  g_autoptr (GError) reason = NULL;
  GStatBuf info;
  if (g_stat (path, &info) != 0)
    return errno == ENOENT || fail (SEK_POLICY_ERROR_READ, path, g_strerror (errno), error);
  if (!S_ISREG (info.st_mode) || info.st_size > SEK_POLICY_BYTES_MAX)
    return fail (SEK_POLICY_ERROR_READ, path, g_strerror (S_ISREG (info.st_mode) ? EFBIG : EINVAL), error);
  if (info.st_size == 0 ||
      g_key_file_load_from_file (file, path, G_KEY_FILE_KEEP_COMMENTS | G_KEY_FILE_KEEP_TRANSLATIONS,
                                 &reason))
    return TRUE;
  gboolean broken = reason->domain == G_KEY_FILE_ERROR;
  return fail (broken ? SEK_POLICY_ERROR_PARSE : SEK_POLICY_ERROR_READ, path, reason->message, error);
}

gboolean
sek_policy_personal_set (
    const char *path, const char *group, const char *key, const char *value, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) reason = NULL;
  if (!load (file, path, error))
    return FALSE;
  g_key_file_set_string (file, group, key, value);
  gsize length = 0;
  g_autofree char *text = g_key_file_to_data (file, &length, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    return fail (SEK_POLICY_ERROR_READ, path, g_strerror (errno), error);
  /* The file may be a link into a folder that is synchronised; that is not broken up. */
  char *real = realpath (path, NULL);
  gboolean written =
      g_file_set_contents_full (real != NULL ? real : path, text, (gssize) length,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, &reason);
  free (real);
  return written || fail (SEK_POLICY_ERROR_READ, path, reason->message, error);
}
