/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The person's own file is changed in one key, and never made worse. */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "agent/policy/personal.h"

static char *folder;

static char *
text_of (const char *path)
{
  char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static void
test_new_file (void)
{
  g_autofree char *path = g_build_filename (folder, "new", "sekisho", "settings.conf", NULL);
  g_autoptr (GError) error = NULL;
  sek_policy_personal_set (path, "client", "learn", "no", &error);
  g_assert_no_error (error);
  g_autofree char *text = text_of (path);
  g_assert_cmpstr (text, ==, "[client]\nlearn=no\n");
  GStatBuf info;
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 077, ==, 0);
}

static void
test_rest_stays (void)
{
  g_autofree char *path = g_build_filename (folder, "rest.conf", NULL);
  g_autoptr (GError) error = NULL;
  g_assert_true (g_file_set_contents (
      path, "# mine\n\n[warning]\nadvice[ja]=確認\nphone=1\n\n[client]\n# why\nlearn=yes\n", -1, NULL));
  sek_policy_personal_set (path, "client", "learn", "no", &error);
  g_assert_no_error (error);
  sek_policy_personal_set (path, "report", "quarantine", "yes", &error);
  g_assert_no_error (error);
  g_autofree char *text = text_of (path);
  g_assert_cmpstr (text, ==,
                   "# mine\n\n[warning]\nadvice[ja]=確認\nphone=1\n\n[client]\n# why\nlearn=no\n\n"
                   "[report]\nquarantine=yes\n");
}

/* A link into a folder that is synchronised stays one. */
static void
test_link (void)
{
  g_autofree char *path = g_build_filename (folder, "link.conf", NULL);
  g_autofree char *real = g_build_filename (folder, "real.conf", NULL);
  g_autoptr (GError) error = NULL;
  g_assert_true (g_file_set_contents (real, "[client]\nlearn=yes\n", -1, NULL));
  g_assert_cmpint (symlink (real, path), ==, 0);
  sek_policy_personal_set (path, "client", "learn", "no", &error);
  g_assert_no_error (error);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_SYMLINK));
  g_autofree char *text = text_of (real);
  g_assert_cmpstr (text, ==, "[client]\nlearn=no\n");
}

/* What is no key file is left to its owner, byte for byte. */
static void
test_broken (void)
{
  static const char *const texts[] = { "learn=no\n", "[client\nlearn=no\n", "nonsense", "[client]\nlearn\n" };
  g_autofree char *path = g_build_filename (folder, "broken.conf", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_true (g_file_set_contents (path, texts[i], -1, NULL));
      g_assert_false (sek_policy_personal_set (path, "client", "learn", "no", &error));
      g_assert_error (error, SEK_POLICY_ERROR, SEK_POLICY_ERROR_PARSE);
      g_assert_nonnull (strstr (error->message, "broken.conf"));
      g_autofree char *text = text_of (path);
      g_assert_cmpstr (text, ==, texts[i]);
    }
}

static void
test_no_file (void)
{
  g_autofree char *pipe = g_build_filename (folder, "pipe.conf", NULL);
  g_autofree char *below = g_build_filename (pipe, "settings.conf", NULL);
  g_autofree char *large = g_build_filename (folder, "large.conf", NULL);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_true (g_file_set_contents (large, "[client]\n", -1, NULL));
  g_assert_cmpint (truncate (large, 1024 * 1024 * 1024), ==, 0);
  const char *const paths[] = { pipe, below, large, folder };
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_false (sek_policy_personal_set (paths[i], "client", "learn", "no", &error));
      g_assert_error (error, SEK_POLICY_ERROR, SEK_POLICY_ERROR_READ);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("sekisho-personal-XXXXXX", NULL);
  g_test_add_func ("/policy/personal/new-file", test_new_file);
  g_test_add_func ("/policy/personal/rest-stays", test_rest_stays);
  g_test_add_func ("/policy/personal/link", test_link);
  g_test_add_func ("/policy/personal/broken", test_broken);
  g_test_add_func ("/policy/personal/no-file", test_no_file);
  int status = g_test_run ();
  const char *const remove[] = { "/bin/rm", "-rf", folder, NULL };
  g_assert_true (g_spawn_sync (NULL, (char **) remove, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL));
  g_free (folder);
  return status;
}
