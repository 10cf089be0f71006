/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "tests/agent/report/https-server.h"

#define LOGIN "ota"

static JsonObject *
parse (GBytes *bytes, JsonParser **parser)
{
  g_autoptr (GError) error = NULL;
  g_assert_nonnull (bytes);
  *parser = json_parser_new ();
  json_parser_load_from_data (*parser, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                              &error);
  g_assert_no_error (error);
  return json_node_get_object (json_parser_get_root (*parser));
}

static void
assert_sent (const HttpsWorld *world, const HttpsCase *test, const char *words)
{
  g_auto (HttpsSink) sink = { 0 };
  https_run (&sink, world, test);
  g_assert_no_error (sink.error);
  g_autoptr (GBytes) note = https_noted (&sink, 1, "json");
  g_assert_nonnull (note);
  if (g_strstr_len (g_bytes_get_data (note, NULL), (gssize) g_bytes_get_size (note), words) == NULL)
    g_error ("“%s” is not in %.*s", words, (int) g_bytes_get_size (note),
             (const char *) g_bytes_get_data (note, NULL));
}

/* Refused, with words for a person, without the secret, and nothing arrived. Returns the seconds asked for.
 */
static gint64
assert_refused (const HttpsWorld *world, const HttpsCase *test, SekReportError code, const char *words)
{
  g_auto (HttpsSink) sink = { 0 };
  https_run (&sink, world, test);
  g_assert_error (sink.error, SEK_REPORT_ERROR, (int) code);
  g_test_message ("%s", sink.error->message);
  if (strstr (sink.error->message, words) == NULL)
    g_error ("“%s” is not in %s", words, sink.error->message);
  g_assert_null (strstr (sink.error->message, HTTPS_SECRET));
  g_autoptr (GBytes) note = https_noted (&sink, 1, "json");
  g_assert_null (note);
  return sek_report_error_wait (sink.error);
}

static void
test_json (gconstpointer data)
{
  g_auto (HttpsSink) sink = { 0 };
  https_run (&sink, data, &(HttpsCase){ .profile = SEK_PROFILE_JSON });
  g_assert_no_error (sink.error);
  g_autoptr (GBytes) note = https_noted (&sink, 1, "json");
  g_autoptr (JsonParser) parser = NULL;
  JsonObject *about = parse (note, &parser);
  g_assert_cmpstr (json_object_get_string_member (about, "path"), ==, "/reports?to=us");
  g_assert_cmpstr (json_object_get_string_member (about, "tls"), ==, "TLSv1.3");
  JsonObject *fields = json_object_get_object_member (about, "fields");
  g_assert_cmpstr (json_object_get_string_member (fields, "Content-Type"), ==, "application/json");
  g_assert_cmpstr (json_object_get_string_member (fields, "User-Agent"), ==, "sekisho/" SEK_VERSION);
  g_assert_false (json_object_has_member (fields, "Authorization"));

  g_autoptr (GBytes) body = https_noted (&sink, 1, "body");
  g_autoptr (JsonParser) body_parser = NULL;
  JsonObject *report = parse (body, &body_parser);
  g_autoptr (GBytes) original = https_original ();
  g_autofree char *id = sek_report_id (original);
  g_assert_cmpstr (json_object_get_string_member (report, "id"), ==, id);
  g_autofree char *key = g_strdup_printf ("\"%s\"", json_object_get_string_member (report, "message_id"));
  g_assert_cmpstr (json_object_get_string_member (fields, "Idempotency-Key"), ==, key);
  g_assert_true (g_str_has_prefix (key + 1, id));
  JsonObject *mail = json_object_get_object_member (report, "original");
  gsize length = 0;
  guchar *decoded = g_base64_decode (json_object_get_string_member (mail, "content"), &length);
  g_autoptr (GBytes) got = g_bytes_new_take (decoded, length);
  sample_assert_bytes (got, original, "json");
}

static void
test_mails (gconstpointer data)
{
  static const SekReportProfile profiles[] = { SEK_PROFILE_ARF, SEK_PROFILE_ATTACHMENT };
  for (gsize i = 0; i < G_N_ELEMENTS (profiles); i++)
    {
      g_auto (HttpsSink) sink = { 0 };
      https_run (&sink, data, &(HttpsCase){ .profile = profiles[i] });
      g_assert_no_error (sink.error);
      g_autoptr (GBytes) original = https_original ();
      g_autoptr (SekVerdict) verdict = sample_verdict ("請求書");
      g_autoptr (GBytes) report = sample_report (original, verdict, sink.policy);
      g_autoptr (GBytes) body = https_noted (&sink, 1, "body");
      sample_assert_bytes (body, report, "mail");
      g_autoptr (GBytes) note = https_noted (&sink, 1, "json");
      g_assert_nonnull (g_strstr_len (g_bytes_get_data (note, NULL), (gssize) g_bytes_get_size (note),
                                      "\"Content-Type\": \"message/rfc822\""));
    }
}

static void
test_bad_certificate (gconstpointer data)
{
  static const struct
  {
    const char *certificate;
    const char *host;
    gboolean foreign_ca;
    const char *words;
  } bad[] = {
    { "other-name", NULL, FALSE, "for another server" },
    { "other-name", "localhost", FALSE, "for another server" },
    { "expired", NULL, FALSE, "has expired" },
    { "self-signed", NULL, FALSE, "made by itself" },
    { "good", NULL, TRUE, "does not trust" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_refused (data,
                    &(HttpsCase){ .certificate = bad[i].certificate,
                                  .host = bad[i].host,
                                  .foreign_ca = bad[i].foreign_ca },
                    SEK_REPORT_ERROR_UNTRUSTED, bad[i].words);
}

static void
test_old_tls (gconstpointer data)
{
  assert_sent (data, &(HttpsCase){ .options = { "--tls-max", "1.2" } }, "TLSv1.2");
  assert_refused (data, &(HttpsCase){ .options = { "--tls-max", "1.1" } }, SEK_REPORT_ERROR_UNTRUSTED,
                  "too old");
}

#define BEARER "--field", "Authorization", "Bearer " HTTPS_SECRET
#define BARE "--field", "X-Api-Key", HTTPS_SECRET

static void
test_token (gconstpointer data)
{
  HttpsCase bearer = { .options = { BEARER }, .header_value = "Bearer %s", .secret = HTTPS_SECRET };
  assert_sent (data, &bearer, "\"Bearer " HTTPS_SECRET "\"");
  assert_sent (data,
               &(HttpsCase){ .options = { BARE },
                             .header_name = "X-Api-Key",
                             .header_value = "%s",
                             .secret = HTTPS_SECRET },
               "\"X-Api-Key\": \"" HTTPS_SECRET "\"");
  assert_sent (data,
               &(HttpsCase){
                   .options = { "--basic", LOGIN, HTTPS_SECRET }, .login = LOGIN, .secret = HTTPS_SECRET },
               "Basic ");
  bearer.secret = "wrong";
  assert_refused (data, &bearer, SEK_REPORT_ERROR_SECRET, "401 Unauthorized");
  assert_refused (data,
                  &(HttpsCase){
                      .options = { BEARER, "--denied", "403" }, .header_value = "%s", .secret = "wrong" },
                  SEK_REPORT_ERROR_SECRET, "403 Forbidden");
  assert_refused (data,
                  &(HttpsCase){
                      .options = { "--basic", LOGIN, HTTPS_SECRET }, .login = LOGIN, .secret = "wrong" },
                  SEK_REPORT_ERROR_SECRET, "401");
}

static void
test_token_missing (gconstpointer data)
{
  assert_refused (data, &(HttpsCase){ .options = { BEARER }, .header_value = "Bearer %s" },
                  SEK_REPORT_ERROR_SECRET, "access token for https://");
  assert_refused (data, &(HttpsCase){ .options = { BEARER }, .login = LOGIN, .secret = "" },
                  SEK_REPORT_ERROR_SECRET, "password of " LOGIN);
  /* What the policy does not ask for is not sent, and the policy is what has to change. */
  assert_refused (data, &(HttpsCase){ .options = { BEARER }, .secret = HTTPS_SECRET },
                  SEK_REPORT_ERROR_CONFIG, "names neither token nor login (401 Unauthorized)");
  /* It would begin a field of its own. */
  assert_refused (data, &(HttpsCase){ .header_value = "%s", .secret = HTTPS_SECRET "\r\nX-Evil: 1" },
                  SEK_REPORT_ERROR_SECRET, "a character that no token has");
}

/* A server that quotes the token it refuses does not bring it into the outbox. */
static void
test_token_quoted (gconstpointer data)
{
  HttpsCase test = { .options = { "--answers", "401", "--text", "The token <" HTTPS_SECRET "> is not known" },
                     .header_value = "%s",
                     .secret = HTTPS_SECRET };
  assert_refused (data, &test, SEK_REPORT_ERROR_SECRET, "The token <…> is not known");
}

static void
test_client_certificate (gconstpointer data)
{
  const HttpsWorld *world = data;
  static const char *const versions[] = { NULL, "1.2" };
  for (gsize i = 0; i < G_N_ELEMENTS (versions); i++)
    {
      HttpsCase test = { .options = { "--client-ca", "FOLDER/ca.pem",
                                      versions[i] != NULL ? "--tls-max" : NULL, versions[i] } };
      assert_refused (world, &test, SEK_REPORT_ERROR_CONFIG, "wants a certificate of this computer");
      test.desktop = "desktop";
      assert_sent (world, &test, "TLSv1.");
      test.desktop = "expired";
      assert_refused (world, &test, SEK_REPORT_ERROR_CONFIG, "the certificate of this computer has expired");
      test.desktop = "self-signed";
      assert_refused (world, &test, SEK_REPORT_ERROR_CONFIG,
                      "does not trust the certificate of this computer");
      test.desktop = "missing";
      assert_refused (world, &test, SEK_REPORT_ERROR_CONFIG, "can't be used");
      test.desktop = "locked";
      assert_refused (world, &test, SEK_REPORT_ERROR_CONFIG, "can't be used");
    }
}

static void
test_refused (gconstpointer data)
{
  static const struct
  {
    const char *answer;
    SekReportError code;
    const char *words;
    gint64 wait;
  } cases[] = {
    { "400", SEK_REPORT_ERROR_PERMANENT, "400 Bad Request: no such case", 0 },
    { "404", SEK_REPORT_ERROR_PERMANENT, "404 Not Found", 0 },
    { "409", SEK_REPORT_ERROR_PERMANENT, "409 Conflict", 0 },
    { "413", SEK_REPORT_ERROR_PERMANENT, "413 Request Entity Too Large", 0 },
    { "422/70", SEK_REPORT_ERROR_PERMANENT, "422 Unprocessable Entity", 0 },
    { "408", SEK_REPORT_ERROR_TEMPORARY, "408", 0 },
    { "425", SEK_REPORT_ERROR_TEMPORARY, "425", 0 },
    { "429/70", SEK_REPORT_ERROR_TEMPORARY, "429 Too Many Requests: no such case", 70 },
    { "429/99999999", SEK_REPORT_ERROR_TEMPORARY, "429", SEK_REPORT_ASKED_WAIT_MAX },
    { "429/soon", SEK_REPORT_ERROR_TEMPORARY, "429", 0 },
    { "429/-7", SEK_REPORT_ERROR_TEMPORARY, "429", 0 },
    { "500", SEK_REPORT_ERROR_TEMPORARY, "500 Internal Server Error", 0 },
    { "503/3600", SEK_REPORT_ERROR_TEMPORARY, "503 Service Unavailable", 3600 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      HttpsCase test = { .options = { "--answers", cases[i].answer, "--text", "no such case" } };
      g_assert_cmpint (assert_refused (data, &test, cases[i].code, cases[i].words), ==, cases[i].wait);
    }
}

static void
test_words (gconstpointer data)
{
  HttpsCase page = { .options = { "--answers", "400", "--type", "text/html", "--text", "<html><b>" } };
  assert_refused (data, &page, SEK_REPORT_ERROR_PERMANENT, "400 Bad Request");
  g_auto (HttpsSink) sink = { 0 };
  g_autofree char *much = g_strnfill (60000, 'w');
  HttpsCase rude = { .options = { "--answers", "400", "--text",
                                  "a\n\x1b[31mb\xe2\x80\xae"
                                  "c" } };
  HttpsCase endless = { .options = { "--answers", "400", "--text", much } };
  assert_refused (data, &rude, SEK_REPORT_ERROR_PERMANENT, "400 Bad Request: a ");
  https_run (&sink, data, &endless);
  g_assert_cmpuint (strlen (sink.error->message), <, 600);
  g_assert_null (strstr (sink.error->message, "<html>"));
}

static void
test_redirect (gconstpointer data)
{
  static const char *const statuses[] = { "301", "302", "303", "307", "308" };
  static const char *const places[] = { "http://127.0.0.1:9/", "https://127.0.0.1:9/" };
  for (gsize i = 0; i < G_N_ELEMENTS (statuses) * G_N_ELEMENTS (places); i++)
    {
      HttpsCase test = { .options = { "--answers", statuses[i / 2], "--location", places[i % 2] },
                         .header_value = "%s",
                         .secret = HTTPS_SECRET };
      assert_refused (data, &test, SEK_REPORT_ERROR_CONFIG, "must name that place itself");
    }
}

/* The second time it is the same report for the server, too. */
static void
test_twice (gconstpointer data)
{
  static const char *const answers[] = { "200", "hang-up,200", "cut,201", "202,204" };
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_auto (HttpsSink) sink = { 0 };
      https_run (&sink, data, &(HttpsCase){ .options = { "--answers", answers[i] }, .posts = 2 });
      g_assert_no_error (sink.error);
      g_autoptr (GBytes) body = https_noted (&sink, 1, "body"), again = https_noted (&sink, 2, "body");
      sample_assert_bytes (body, again, answers[i]);
      g_autoptr (GBytes) note = https_noted (&sink, 1, "json"), note_again = https_noted (&sink, 2, "json");
      g_autoptr (JsonParser) first = NULL;
      g_autoptr (JsonParser) second = NULL;
      JsonObject *fields = json_object_get_object_member (parse (note, &first), "fields");
      JsonObject *fields_again = json_object_get_object_member (parse (note_again, &second), "fields");
      g_assert_cmpstr (json_object_get_string_member (fields, "Idempotency-Key"), ==,
                       json_object_get_string_member (fields_again, "Idempotency-Key"));
    }
}

static void
test_broken (gconstpointer data)
{
  HttpsCase middle = { .options = { "--answers", "middle" } };
  assert_refused (data, &middle, SEK_REPORT_ERROR_TEMPORARY, "did not take the report");
  static const char *const yes[] = { "hang-up", "cut" };
  for (gsize i = 0; i < G_N_ELEMENTS (yes); i++)
    {
      g_auto (HttpsSink) sink = { 0 };
      https_run (&sink, data, &(HttpsCase){ .options = { "--answers", yes[i] } });
      g_assert_error (sink.error, SEK_REPORT_ERROR, SEK_REPORT_ERROR_TEMPORARY);
    }
  /* It has said yes, and goes on talking. */
  assert_sent (data, &(HttpsCase){ .options = { "--answers", "endless" } }, "Idempotency-Key");
}

static void
test_nobody (gconstpointer data)
{
  g_autoptr (SekPolicy) policy = sample_policy (SEK_REPORT_HTTPS, "https://127.0.0.1:1/");
  g_autoptr (GBytes) original = g_bytes_new_static ("a\n", 2);
  g_autoptr (GBytes) report = sample_report (original, NULL, policy);
  g_autofree char *id = sek_report_id (original);
  g_autoptr (GError) error = NULL;
  g_assert_false (sek_report_deliver (policy, NULL, NULL, report, id, NULL, &error));
  g_assert_error (error, SEK_REPORT_ERROR, SEK_REPORT_ERROR_TEMPORARY);
  g_clear_error (&error);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_cancellable_cancel (cancelled);
  g_assert_false (sek_report_deliver (policy, NULL, NULL, report, id, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
make (const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) maker = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);
  g_assert_no_error (error);
  g_subprocess_wait_check (maker, NULL, &error);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  HttpsWorld world = { g_dir_make_tmp ("sek-https-XXXXXX", NULL) };
  make ((const char *const[]){ SEK_MAKE_CERTIFICATES, world.folder, NULL });
  /* A certificate whose key has a passphrase. */
  g_autofree char *key = https_path (&world, "desktop", ".key"),
                  *locked = https_path (&world, "locked", ".key");
  g_autofree char *certificate = https_path (&world, "desktop", ".pem"),
                  *copy = https_path (&world, "locked", ".pem");
  make ((const char *const[]){ "openssl", "pkey", "-in", key, "-aes256", "-passout", "pass:x", "-out", locked,
                               NULL });
  make ((const char *const[]){ "cp", certificate, copy, NULL });
  g_test_add_data_func ("/report/https/json", &world, test_json);
  g_test_add_data_func ("/report/https/mails", &world, test_mails);
  g_test_add_data_func ("/report/https/bad-certificate", &world, test_bad_certificate);
  g_test_add_data_func ("/report/https/old-tls", &world, test_old_tls);
  g_test_add_data_func ("/report/https/token", &world, test_token);
  g_test_add_data_func ("/report/https/token-missing", &world, test_token_missing);
  g_test_add_data_func ("/report/https/token-quoted", &world, test_token_quoted);
  g_test_add_data_func ("/report/https/client-certificate", &world, test_client_certificate);
  g_test_add_data_func ("/report/https/refused", &world, test_refused);
  g_test_add_data_func ("/report/https/words", &world, test_words);
  g_test_add_data_func ("/report/https/redirect", &world, test_redirect);
  g_test_add_data_func ("/report/https/twice", &world, test_twice);
  g_test_add_data_func ("/report/https/broken", &world, test_broken);
  g_test_add_data_func ("/report/https/nobody", &world, test_nobody);
  int status = g_test_run ();
  https_remove_all (world.folder);
  g_free (world.folder);
  return status;
}
