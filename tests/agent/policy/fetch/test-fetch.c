/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What needs no server; the rest is in tests/agent/service/test-pulling.py. */
#include "agent/policy/fetch/fetch.h"

#include <glib/gstdio.h>

static void
test_delay (void)
{
  /* An hour, give or take a tenth. */
  g_assert_cmpint (sek_fetch_delay (60, 0, 0), ==, 3240);
  g_assert_cmpint (sek_fetch_delay (60, 0, 0.5), ==, 3600);
  g_assert_cmpint (sek_fetch_delay (60, 0, 1), ==, 3960);
  /* After a failure sooner, then later and later, and never beyond six hours or what is usual. */
  g_assert_cmpint (sek_fetch_delay (60, 1, 0.5), ==, 60);
  g_assert_cmpint (sek_fetch_delay (60, 2, 0.5), ==, 120);
  for (guint failures = 2; failures < 100; failures++)
    {
      gint64 wait = sek_fetch_delay (60, failures, 0.5);
      g_assert_cmpint (wait, >=, sek_fetch_delay (60, failures - 1, 0.5));
      g_assert_cmpint (wait, <=, 6 * 60 * 60);
    }
  g_assert_cmpint (sek_fetch_delay (7 * 24 * 60, 99, 0.5), >, 6 * 60 * 60);
  g_assert_cmpint (sek_fetch_delay (1, 0, 0), >, 0);
}

static SekFetchRequest
request_of (const char *url)
{
  return (SekFetchRequest){
    .url = url,
    .suffix = ".minisig",
    .ca = "",
    .etag = "",
    .proxy = "",
    .certificate = "",
    .certificate_key = "",
    .login = "",
    .secret = "",
    .bytes_max = 100,
    .signature_bytes_max = 10,
  };
}

static void
test_file (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("sekisho-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "p", NULL);
  g_autofree char *signature = g_strconcat (path, ".minisig", NULL);
  g_autofree char *url = g_filename_to_uri (path, NULL, NULL);
  SekFetchRequest request = request_of (url);
  g_auto (SekFetchAnswer) none = { 0 };
  g_assert_false (sek_fetch (&request, NULL, &none, &error));
  g_assert_error (error, SEK_FETCH_ERROR, SEK_FETCH_ERROR_NETWORK);
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (path, "policy", -1, NULL));
  g_auto (SekFetchAnswer) half = { 0 };
  g_assert_false (sek_fetch (&request, NULL, &half, &error));
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (signature, "0123456789", -1, NULL));
  g_auto (SekFetchAnswer) good = { 0 };
  g_assert_true (sek_fetch (&request, NULL, &good, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (good.data), ==, 6);
  g_assert_cmpuint (g_bytes_get_size (good.signature), ==, 10);

  g_assert_true (g_file_set_contents (signature, "01234567890", -1, NULL));
  g_auto (SekFetchAnswer) large = { 0 };
  g_assert_false (sek_fetch (&request, NULL, &large, &error));
  g_assert_error (error, SEK_FETCH_ERROR, SEK_FETCH_ERROR_TOO_LARGE);
  g_unlink (path);
  g_unlink (signature);
  g_rmdir (folder);
}

/* Neither http nor anything else that libcurl could do. */
static void
test_other_ways (void)
{
  static const char *const urls[] = { "http://127.0.0.1:9/p", "ftp://127.0.0.1:9/p",
                                      "gopher://127.0.0.1:9/p" };
  for (gsize i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      SekFetchRequest request = request_of (urls[i]);
      g_auto (SekFetchAnswer) answer = { 0 };
      g_autoptr (GError) error = NULL;
      g_assert_false (sek_fetch (&request, NULL, &answer, &error));
      g_assert_error (error, SEK_FETCH_ERROR, SEK_FETCH_ERROR_UNTRUSTED);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/policy/fetch/delay", test_delay);
  g_test_add_func ("/policy/fetch/file", test_file);
  g_test_add_func ("/policy/fetch/other-ways", test_other_ways);
  return g_test_run ();
}
