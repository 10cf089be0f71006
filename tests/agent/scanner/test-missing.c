/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The host where there is no sekisho-scanner, or not a working one: this program lies in a folder of its own,
 * and was built with another library folder. */
#include "agent/scanner/host/host.h"

#include <string.h>
#include <unistd.h>

static void
test_missing (void)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (sek_scanner_new (&error));
  g_assert_error (error, SEK_SCANNER_ERROR, SEK_SCANNER_ERROR_START);
  /* The person can see what is missing and where. */
  g_assert_nonnull (strstr (error->message, SEK_LIBEXECDIR "/sekisho-scanner"));
}

static void
test_broken (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = g_path_get_dirname (self);
  g_autofree char *program = g_build_filename (folder, "sekisho-scanner", NULL);
  g_autoptr (GError) error = NULL;
  g_assert_cmpint (symlink ("/bin/false", program), ==, 0);
  SekScanner *scanner = sek_scanner_new (&error);
  unlink (program);
  g_assert_null (scanner);
  g_assert_error (error, SEK_SCANNER_ERROR, SEK_SCANNER_ERROR_START);
  g_assert_nonnull (strstr (error->message, program));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scanner/host/missing", test_missing);
  g_test_add_func ("/scanner/host/broken", test_broken);
  return g_test_run ();
}
