/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "tests/agent/report/sample.h"

#define LOGIN "ota@kaede.example"
/* Not in any message, log or argument of ours. */
#define SECRET "vJ8-rote-Tinte"

/* Certificates that are new in each run. */
typedef struct
{
  char *folder;
} World;

static void
remove_all (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_all (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

/* What happened to one report. */
typedef struct
{
  GError *error;  /* NULL: it was delivered */
  char *envelope; /* what the server noted; NULL when nothing arrived */
} Outcome;

static void
outcome_clear (Outcome *outcome)
{
  g_clear_error (&outcome->error);
  g_free (outcome->envelope);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

typedef struct
{
  const char *certificate; /* NULL: the server offers no TLS */
  gboolean wrapped;
  const char *auth; /* what it offers; NULL: no login wanted */
  const char *host;
  gboolean foreign_ca; /* the policy does not name the authority */
  const char *secret;
  SekAuth use;
  gboolean tls_required;
} Case;

static GSubprocess *
start (const World *world, const Case *test, const char *folder, char **port)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_strv_builder_add_many (builder, SEK_SMTP_SINK, folder, NULL);
  if (test->certificate != NULL)
    {
      g_autofree char *certificate = g_strdup_printf ("%s/%s.pem", world->folder, test->certificate);
      g_autofree char *key = g_strdup_printf ("%s/%s.key", world->folder, test->certificate);
      g_strv_builder_add_many (builder, "--starttls", certificate, key, NULL);
    }
  if (test->wrapped)
    g_strv_builder_add (builder, "--wrapped");
  if (test->auth != NULL)
    g_strv_builder_add_many (builder, "--login", LOGIN, SECRET, "--auth", test->auth, NULL);
  g_auto (GStrv) argv = g_strv_builder_end (builder);
  GSubprocess *process =
      g_subprocess_newv ((const char *const *) argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  g_autoptr (GDataInputStream) out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  *port = g_data_input_stream_read_line (out, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (*port);
  return process;
}

static void
run_case (const World *world, const Case *test, Outcome *outcome)
{
  g_autofree char *folder = g_build_filename (world->folder, "sink", NULL);
  g_autofree char *port = NULL;
  g_autoptr (GSubprocess) process = start (world, test, folder, &port);
  g_autofree char *target = g_strdup_printf ("%s:%s", test->host != NULL ? test->host : "127.0.0.1", port);
  g_autoptr (SekPolicy) policy = sample_policy (SEK_REPORT_SMTP, target);
  if (!test->foreign_ca)
    {
      g_free (policy->report_ca);
      policy->report_ca = g_build_filename (world->folder, "ca.pem", NULL);
    }
  if (test->auth != NULL)
    {
      g_free (policy->report_login);
      policy->report_login = g_strdup (LOGIN);
    }
  policy->report_auth = test->use;
  policy->report_tls_wrapped = test->wrapped;
  policy->report_tls_required = test->tls_required;
  g_autoptr (GBytes) original = g_bytes_new_static ("a\n", 2);
  g_autoptr (GBytes) report = sample_report (original, NULL, policy);
  g_autofree char *id = sek_report_id (original);
  gboolean sent =
      sek_report_deliver (policy, "ota@kaede.example", test->secret, report, id, NULL, &outcome->error);
  g_assert_cmpint (sent, ==, outcome->error == NULL);
  g_autofree char *envelope = g_build_filename (folder, "1.json", NULL);
  g_file_get_contents (envelope, &outcome->envelope, NULL, NULL);
  g_assert_cmpint (sent, ==, outcome->envelope != NULL);
  g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, NULL);
  remove_all (folder);
}

static void
assert_sent (const World *world, const Case *test, const char *words)
{
  g_auto (Outcome) outcome = { 0 };
  run_case (world, test, &outcome);
  g_assert_no_error (outcome.error);
  if (strstr (outcome.envelope, words) == NULL)
    g_error ("“%s” is not in %s", words, outcome.envelope);
}

static void
assert_refused (const World *world, const Case *test, SekReportError code, const char *words)
{
  g_auto (Outcome) outcome = { 0 };
  run_case (world, test, &outcome);
  g_assert_error (outcome.error, SEK_REPORT_ERROR, (int) code);
  g_test_message ("%s", outcome.error->message);
  if (strstr (outcome.error->message, words) == NULL)
    g_error ("“%s” is not in %s", words, outcome.error->message);
  g_assert_null (strstr (outcome.error->message, SECRET));
}

static void
test_encrypted (gconstpointer data)
{
  const World *world = data;
  assert_sent (world, &(Case){ .certificate = "good" }, "\"tls\": true");
  assert_sent (world, &(Case){ .certificate = "good", .host = "localhost" }, "\"tls\": true");
  assert_sent (world, &(Case){ .certificate = "good", .wrapped = TRUE }, "rcpt_tos");
}

/* Each is refused in plain sight, with STARTTLS and with TLS from the first byte, and nothing arrives. */
static void
test_bad_certificate (gconstpointer data)
{
  static const struct
  {
    const char *certificate;
    gboolean foreign_ca;
    const char *words;
  } bad[] = {
    { "other-name", FALSE, "for another server" },
    { "expired", FALSE, "has expired" },
    { "self-signed", FALSE, "made by itself" },
    { "good", TRUE, "does not trust" },
  };
  for (gsize i = 0; i < 2 * G_N_ELEMENTS (bad); i++)
    {
      Case test = { .certificate = bad[i / 2].certificate,
                    .wrapped = i % 2 == 1,
                    .foreign_ca = bad[i / 2].foreign_ca };
      assert_refused (data, &test, SEK_REPORT_ERROR_UNTRUSTED, bad[i / 2].words);
    }
}

static void
test_no_tls (gconstpointer data)
{
  assert_sent (data, &(Case){ .tls_required = FALSE }, "\"tls\": false");
  assert_refused (data, &(Case){ .tls_required = TRUE }, SEK_REPORT_ERROR_UNTRUSTED,
                  "no encrypted connection");
  /* A secret never goes out in plain text, also when the policy does not ask for TLS. */
  assert_refused (data, &(Case){ .auth = "PLAIN", .secret = SECRET }, SEK_REPORT_ERROR_UNTRUSTED,
                  "no encrypted connection");
}

static void
test_login (gconstpointer data)
{
  static const struct
  {
    const char *name;
    SekAuth use;
  } ways[] = { { "PLAIN", SEK_AUTH_PLAIN }, { "LOGIN", SEK_AUTH_LOGIN }, { "XOAUTH2", SEK_AUTH_XOAUTH2 } };
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      Case test = { .certificate = "good", .auth = ways[i].name, .use = ways[i].use, .secret = SECRET };
      g_autofree char *words = g_strdup_printf ("\"auth\": \"%s\"", ways[i].name);
      assert_sent (data, &test, words);
      test.wrapped = TRUE;
      assert_sent (data, &test, words);
      test.secret = "wrong";
      assert_refused (data, &test, SEK_REPORT_ERROR_SECRET, "535");
    }
  assert_sent (data, &(Case){ .certificate = "good", .auth = "LOGIN", .secret = SECRET }, "\"LOGIN\"");
}

static void
test_login_impossible (gconstpointer data)
{
  Case test = { .certificate = "good", .auth = "LOGIN", .use = SEK_AUTH_PLAIN, .secret = SECRET };
  assert_refused (data, &test, SEK_REPORT_ERROR_SECRET, "log in");
  test.secret = NULL;
  assert_refused (data, &test, SEK_REPORT_ERROR_SECRET, "is not known");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autoptr (GError) error = NULL;
  World world = { g_dir_make_tmp ("sek-tls-XXXXXX", NULL) };
  const char *const make[] = { SEK_MAKE_CERTIFICATES, world.folder, NULL };
  g_autoptr (GSubprocess) maker = g_subprocess_newv (make, G_SUBPROCESS_FLAGS_NONE, &error);
  g_assert_no_error (error);
  g_subprocess_wait_check (maker, NULL, &error);
  g_assert_no_error (error);
  g_test_add_data_func ("/report/smtp/encrypted", &world, test_encrypted);
  g_test_add_data_func ("/report/smtp/bad-certificate", &world, test_bad_certificate);
  g_test_add_data_func ("/report/smtp/no-tls", &world, test_no_tls);
  g_test_add_data_func ("/report/smtp/login", &world, test_login);
  g_test_add_data_func ("/report/smtp/login-impossible", &world, test_login_impossible);
  int status = g_test_run ();
  remove_all (world.folder);
  g_free (world.folder);
  return status;
}
