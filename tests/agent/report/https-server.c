/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/agent/report/https-server.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

void
https_remove_all (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        https_remove_all (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

void
https_sink_clear (HttpsSink *sink)
{
  g_subprocess_force_exit (sink->process);
  g_subprocess_wait (sink->process, NULL, NULL);
  g_object_unref (sink->process);
  sek_policy_free (sink->policy);
  https_remove_all (sink->folder);
  g_free (sink->folder);
  g_clear_error (&sink->error);
}
static void
set (char **field, const char *value)
{
  g_free (*field);
  *field = g_strdup (value != NULL ? value : "");
}

char *
https_path (const HttpsWorld *world, const char *name, const char *suffix)
{
  return g_strdup_printf ("%s/%s%s", world->folder, name, suffix);
}

static void
make_policy (HttpsSink *sink, const HttpsWorld *world, const HttpsCase *test, const char *port)
{
  g_autofree char *url =
      g_strdup_printf ("https://%s:%s/reports?to=us", test->host != NULL ? test->host : "127.0.0.1", port);
  sink->policy = sample_policy (SEK_REPORT_HTTPS, url);
  sink->policy->report_profile = test->profile;
  g_autofree char *ca = https_path (world, "ca", ".pem");
  set (&sink->policy->report_ca, test->foreign_ca ? NULL : ca);
  set (&sink->policy->report_login, test->login);
  set (&sink->policy->report_header_value, test->header_value);
  if (test->header_name != NULL)
    set (&sink->policy->report_header_name, test->header_name);
  g_autofree char *certificate = test->desktop != NULL ? https_path (world, test->desktop, ".pem") : NULL;
  g_autofree char *key = test->desktop != NULL ? https_path (world, test->desktop, ".key") : NULL;
  set (&sink->policy->report_certificate, certificate);
  set (&sink->policy->report_certificate_key, key);
}

static void
sink_start (HttpsSink *sink, const HttpsWorld *world, const HttpsCase *test)
{
  const char *name = test->certificate != NULL ? test->certificate : "good";
  g_autofree char *certificate = https_path (world, name, ".pem");
  g_autofree char *key = https_path (world, name, ".key");
  sink->folder = https_path (world, "sink", "");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_strv_builder_add_many (builder, SEK_HTTPS_SINK, sink->folder, certificate, key, NULL);
  for (gsize i = 0; test->options[i] != NULL; i++)
    {
      g_autoptr (GString) option = g_string_new (test->options[i]);
      g_string_replace (option, "FOLDER", world->folder, 0);
      g_strv_builder_add (builder, option->str);
    }
  g_auto (GStrv) argv = g_strv_builder_end (builder);
  g_autoptr (GError) error = NULL;
  sink->process = g_subprocess_newv ((const char *const *) argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  g_autoptr (GDataInputStream) out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (sink->process));
  g_autofree char *port = g_data_input_stream_read_line (out, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (port);
  make_policy (sink, world, test, port);
}

GBytes *
https_original (void)
{
  GString *text = g_string_new ("From: x@evil.example\nSubject: 請求書\n\n");
  for (int i = 0; i < 40000; i++)
    g_string_append_printf (text, ".line %d\n", i);
  return g_string_free_to_bytes (text);
}

void
https_run (HttpsSink *sink, const HttpsWorld *world, const HttpsCase *test)
{
  sink_start (sink, world, test);
  g_autoptr (GBytes) original = https_original ();
  g_autoptr (SekVerdict) verdict = sample_verdict ("請求書");
  g_autoptr (GBytes) report = sample_report (original, verdict, sink->policy);
  g_autofree char *id = sek_report_id (original);
  for (guint i = 0; i < MAX (test->posts, 1); i++)
    {
      g_clear_error (&sink->error);
      gboolean sent = sek_report_deliver (sink->policy, "ota@kaede.example", test->secret, report, id, NULL,
                                          &sink->error);
      g_assert_cmpint (sent, ==, sink->error == NULL);
    }
}

GBytes *
https_noted (const HttpsSink *sink, guint number, const char *suffix)
{
  g_autofree char *path = g_strdup_printf ("%s/%u.%s", sink->folder, number, suffix);
  char *text = NULL;
  gsize length = 0;
  return g_file_get_contents (path, &text, &length, NULL) ? g_bytes_new_take (text, length) : NULL;
}
