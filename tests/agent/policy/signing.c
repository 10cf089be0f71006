/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/agent/policy/signing.h"

void
signing_run (const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error);
  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
}

static char *
read_text (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

char *
signing_make_key (const char *folder, const char *name)
{
  g_autofree char *public_path = g_strdup_printf ("%s/%s.pub", folder, name);
  g_autofree char *secret_path = g_strdup_printf ("%s/%s.sec", folder, name);
  const char *const argv[] = { "minisign", "-G", "-W", "-f", "-p", public_path, "-s", secret_path, NULL };
  signing_run (argv);
  g_autofree char *text = read_text (public_path);
  g_auto (GStrv) lines = g_strsplit (text, "\n", 3);
  return g_strdup (lines[1]);
}

char *
signing_sign (const char *folder, const char *name, const char *text, const char *option)
{
  g_autofree char *secret_path = g_strdup_printf ("%s/%s.sec", folder, name);
  g_autofree char *path = g_build_filename (folder, "file", NULL);
  g_autofree char *signature_path = g_strconcat (path, ".minisig", NULL);
  g_autoptr (GError) error = NULL;
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  const char *const argv[] = { "minisign",          "-S",   "-s", secret_path, "-m", path, "-t",
                               "a trusted comment", option, NULL };
  signing_run (argv);
  return read_text (signature_path);
}
