/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "tests/agent/report/sample.h"

typedef struct
{
  char *folder;
  GSubprocess *process;
  SekPolicy *policy;
  int kept; /* messages that must be there */
} Sink;

/* options: NULL-terminated. */
static void
sink_init (Sink *sink, const char *const *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  sink->folder = g_dir_make_tmp ("sek-sink-XXXXXX", NULL);
  g_strv_builder_add_many (builder, SEK_SMTP_SINK, sink->folder, NULL);
  g_strv_builder_addv (builder, (const char **) options);
  g_auto (GStrv) argv = g_strv_builder_end (builder);
  sink->process = g_subprocess_newv ((const char *const *) argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  g_autoptr (GDataInputStream) out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (sink->process));
  g_autofree char *port = g_data_input_stream_read_line (out, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (port);
  g_autofree char *target = g_strdup_printf ("127.0.0.1:%s", port);
  sink->policy = sample_policy (SEK_REPORT_SMTP, target);
}

static char *
sink_file (const Sink *sink, int number, const char *suffix)
{
  g_autofree char *name = g_strdup_printf ("%d.%s", number, suffix);
  return g_build_filename (sink->folder, name, NULL);
}

static void
sink_clear (Sink *sink)
{
  g_subprocess_force_exit (sink->process);
  g_subprocess_wait (sink->process, NULL, NULL);
  g_object_unref (sink->process);
  /* Not one message more. */
  g_autofree char *extra = sink_file (sink, sink->kept + 1, "eml");
  g_assert_false (g_file_test (extra, G_FILE_TEST_EXISTS));
  for (int i = 1; i <= sink->kept; i++)
    {
      g_autofree char *eml = sink_file (sink, i, "eml"), *json = sink_file (sink, i, "json");
      g_unlink (eml);
      g_unlink (json);
    }
  g_assert_cmpint (g_rmdir (sink->folder), ==, 0);
  g_free (sink->folder);
  sek_policy_free (sink->policy);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sink, sink_clear)

static const char *const no_options[] = { NULL };

static gboolean
send_mail (Sink *sink, GBytes *original, const char *reporter, GError **error)
{
  g_autoptr (GBytes) report = sample_report (original, NULL, sink->policy);
  g_autofree char *id = sek_report_id (original);
  return sek_report_deliver (sink->policy, reporter, NULL, report, id, NULL, error);
}

static void
test_shapes (void)
{
  g_auto (Sink) sink = { 0 };
  sink_init (&sink, no_options);
  g_autoptr (GPtrArray) shapes = sample_shapes ();
  for (guint i = 0; i < shapes->len; i++)
    {
      const Shape *shape = shapes->pdata[i];
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) report = sample_report (shape->bytes, NULL, sink.policy);
      g_autofree char *id = sek_report_id (shape->bytes);
      if (!sek_report_deliver (sink.policy, "ota@kaede.example", NULL, report, id, NULL, &error))
        g_error ("%s: %s", shape->name, error->message);
      sink.kept++;
      g_autofree char *path = sink_file (&sink, sink.kept, "eml");
      char *data = NULL;
      gsize length = 0;
      g_assert_true (g_file_get_contents (path, &data, &length, NULL));
      g_autoptr (GBytes) arrived = g_bytes_new_take (data, length);
      sample_assert_bytes (arrived, report, shape->name);
      g_autoptr (GBytes) back = sample_extract (data, length, NULL);
      sample_assert_bytes (back, shape->bytes, shape->name);
    }
}

static void
assert_envelope (Sink *sink, const char *reporter, const char *from)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) original = g_bytes_new_static ("a\n", 2);
  g_assert_true (send_mail (sink, original, reporter, &error));
  g_assert_no_error (error);
  sink->kept++;
  g_autofree char *path = sink_file (sink, sink->kept, "json");
  g_autofree char *json = NULL;
  g_assert_true (g_file_get_contents (path, &json, NULL, NULL));
  g_autofree char *expected = g_strdup_printf ("\"mail_from\": \"%s\"", from);
  g_assert_nonnull (strstr (json, expected));
  g_assert_nonnull (strstr (json, "\"rcpt_tos\": [\"security@kaede.example\"]"));
}

static void
test_envelope (void)
{
  g_auto (Sink) sink = { 0 };
  sink_init (&sink, no_options);
  assert_envelope (&sink, "ota@kaede.example", "ota@kaede.example");
  assert_envelope (&sink, NULL, "security@kaede.example");
  /* What can't stand in a command is not sent as one. */
  assert_envelope (&sink, "a@b>\r\nRCPT TO:<victim@example.net", "security@kaede.example");
  assert_envelope (&sink, "太田@kaede.example", "security@kaede.example");
}

static void
assert_refused (const char *const *options, SekReportError code, const char *words)
{
  g_auto (Sink) sink = { 0 };
  sink_init (&sink, options);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) original = g_bytes_new_static ("a\n", 2);
  g_assert_false (send_mail (&sink, original, "ota@kaede.example", &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, SEK_REPORT_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, sink.policy->report_target));
  if (words != NULL)
    g_assert_nonnull (strstr (error->message, words));
}

static void
test_refused (void)
{
  static const char *const stages[] = { "mail", "rcpt", "data" };
  for (gsize i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      const char *later[] = { "--stage", stages[i], "--reply", "451 4.7.1 Come back later", NULL };
      assert_refused (later, SEK_REPORT_ERROR_TEMPORARY, "451 4.7.1 Come back later");
      const char *never[] = { "--stage", stages[i], "--reply", "554 5.7.1 Not wanted here", NULL };
      assert_refused (never, SEK_REPORT_ERROR_PERMANENT, "554 5.7.1 Not wanted here");
    }
  const char *login[] = { "--stage", "mail", "--reply", "530 5.7.0 Authentication required", NULL };
  assert_refused (login, SEK_REPORT_ERROR_CONFIG, "Authentication required");
  const char *drop[] = { "--drop", NULL };
  assert_refused (drop, SEK_REPORT_ERROR_TEMPORARY, NULL);
  const char *small[] = { "--max-size", "1000", NULL };
  assert_refused (small, SEK_REPORT_ERROR_PERMANENT, "552");
}

static void
test_nobody_listens (void)
{
  g_autofree char *target = NULL;
  {
    /* A port that was free a moment ago. */
    g_autoptr (GSocketListener) listener = g_socket_listener_new ();
    guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
    g_socket_listener_close (listener);
    target = g_strdup_printf ("127.0.0.1:%u", port);
  }
  static const char *const names[] = { NULL, "no-such-host.invalid:25" };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (SekPolicy) policy = sample_policy (SEK_REPORT_SMTP, names[i] != NULL ? names[i] : target);
      g_autoptr (GBytes) original = g_bytes_new_static ("a\n", 2);
      g_autoptr (GBytes) report = sample_report (original, NULL, policy);
      g_autofree char *id = sek_report_id (original);
      g_autoptr (GError) error = NULL;
      g_assert_false (sek_report_deliver (policy, NULL, NULL, report, id, NULL, &error));
      g_assert_error (error, SEK_REPORT_ERROR, SEK_REPORT_ERROR_TEMPORARY);
      g_assert_nonnull (strstr (error->message, policy->report_target));
    }
}

static gpointer
cancel_soon (gpointer user_data)
{
  g_usleep (300 * 1000);
  g_cancellable_cancel (user_data);
  return NULL;
}

/* A server that takes the connection and then says nothing. */
static void
test_cancel (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_assert_cmpuint (port, >, 0);
  g_autofree char *target = g_strdup_printf ("127.0.0.1:%u", port);
  g_autoptr (SekPolicy) policy = sample_policy (SEK_REPORT_SMTP, target);
  g_autoptr (GBytes) original = g_bytes_new_static ("a\n", 2);
  g_autoptr (GBytes) report = sample_report (original, NULL, policy);
  g_autofree char *id = sek_report_id (original);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GThread *thread = g_thread_new ("cancel", cancel_soon, cancellable);
  g_assert_false (sek_report_deliver (policy, NULL, NULL, report, id, cancellable, &error));
  g_thread_join (thread);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (sek_report_deliver (policy, NULL, NULL, report, id, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* The sink offers STARTTLS with a certificate that nobody vouches for: then nothing goes out, also not in
 * plain. */
static void
test_untrusted_certificate (void)
{
  const char *options[] = { "--starttls", SEK_TEST_DATA "/untrusted.crt", SEK_TEST_DATA "/untrusted.key",
                            NULL };
  assert_refused (options, SEK_REPORT_ERROR_UNTRUSTED, "made by itself");
}

/* The policy may want a copy of what was sent, on this computer; what was not sent leaves none. */
static void
test_keep_copy (void)
{
  g_auto (Sink) sink = { 0 };
  sink_init (&sink, no_options);
  g_autofree char *default_maildir = sek_report_default_maildir ();
  g_autoptr (GBytes) original = g_bytes_new_static ("From: a@b.example\n\nx\n", 22);
  g_autofree char *id = sek_report_id (original);
  g_autofree char *copy = g_build_filename (default_maildir, "new", id, NULL);
  g_autoptr (GError) error = NULL;
  g_assert_true (send_mail (&sink, original, "ota@kaede.example", &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS));
  sink.policy->report_keep_copy = TRUE;
  g_assert_true (send_mail (&sink, original, "ota@kaede.example", &error));
  g_assert_no_error (error);
  sink.kept = 2;
  g_autoptr (GDir) dir = NULL;
  g_autofree char *new_folder = g_build_filename (default_maildir, "new", NULL);
  dir = g_dir_open (new_folder, 0, &error);
  g_assert_no_error (error);
  const char *name = g_dir_read_name (dir);
  g_assert_nonnull (name);
  g_autofree char *path = g_build_filename (new_folder, name, NULL);
  g_assert_null (g_dir_read_name (dir));
  g_unlink (path);
}

int
main (int argc, char **argv)
{
  g_autofree char *home = g_dir_make_tmp ("sek-home-XXXXXX", NULL);
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/smtp/shapes", test_shapes);
  g_test_add_func ("/report/smtp/keep-copy", test_keep_copy);
  g_test_add_func ("/report/smtp/envelope", test_envelope);
  g_test_add_func ("/report/smtp/refused", test_refused);
  g_test_add_func ("/report/smtp/nobody-listens", test_nobody_listens);
  g_test_add_func ("/report/smtp/cancel", test_cancel);
  g_test_add_func ("/report/smtp/untrusted-certificate", test_untrusted_certificate);
  return g_test_run ();
}
