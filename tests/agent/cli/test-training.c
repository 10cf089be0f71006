/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A mail is signed, sent, and recognised; one that borrows its token is not. */
#include <glib/gstdio.h>
#include <string.h>

#include "tests/agent/cli/run.h"

#define POLICY SEK_CHECKS "/policy.conf"
#define DRILL SEK_CHECKS "/training-mail/"

static void
test_signed_is_recognised (void)
{
  g_auto (Run) sign = RUN ("training", "sign", "--policy", POLICY, DRILL "honest-no-token.eml");
  g_assert_cmpint (sign.status, ==, 0);
  g_assert_true (g_str_has_prefix (sign.out, "X-Sekisho-Training: "));
  g_assert_cmpuint (strlen (sign.out), ==, strlen ("X-Sekisho-Training: \n") + 64);

  g_autoptr (GError) error = NULL;
  g_autofree char *mail = NULL, *path = NULL;
  g_assert_true (g_file_get_contents (DRILL "honest-no-token.eml", &mail, NULL, NULL));
  g_autofree char *sent = g_strconcat (sign.out, mail, NULL);
  int fd = g_file_open_tmp ("sekisho-XXXXXX.eml", &path, &error);
  g_assert_no_error (error);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, sent, -1, NULL));
  g_auto (Run) check = RUN ("training", "check", "--policy", POLICY, path);
  g_assert_cmpint (check.status, ==, 0);
  g_assert_true (g_str_has_prefix (check.out, "The token is right"));
  g_remove (path);
}

static void
test_outcomes (void)
{
  g_auto (Run) none = RUN ("training", "check", "--policy", POLICY, DRILL "honest-no-token.eml");
  g_assert_cmpint (none.status, ==, 1);
  g_assert_true (g_str_has_prefix (none.out, "The mail has no token"));
  g_auto (Run) forged = RUN ("training", "check", "--policy", POLICY, DRILL "token-of-another-mail.eml");
  g_assert_cmpint (forged.status, ==, 1);
  g_assert_true (g_str_has_prefix (forged.out, "The token is wrong"));
}

static void
test_wrong_use (void)
{
  g_auto (Run) word = RUN ("training", "token");
  g_assert_cmpint (word.status, ==, 2);
  g_auto (Run) no_secret = RUN ("training", "sign", "--policy", "/nonexistent", DRILL "honest-no-token.eml");
  g_assert_cmpint (no_secret.status, ==, 2);
  g_assert_cmpstr (no_secret.out, ==, "");
  g_auto (Run) two =
      RUN ("training", "sign", "--policy", POLICY, DRILL "honest-drill.eml", DRILL "header-empty.eml");
  g_assert_cmpint (two.status, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/training/signed", test_signed_is_recognised);
  g_test_add_func ("/cli/training/outcomes", test_outcomes);
  g_test_add_func ("/cli/training/wrong-use", test_wrong_use);
  return g_test_run ();
}
