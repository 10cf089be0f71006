/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/agent/service/world.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* Lines that a careless hand would change: a leading dot, trailing spaces, "From ", 8-bit, no end of line. */
#define ORIGINAL                                                                                             \
  "From: A <a@evil.example>\r\nTo: taro.sato@kaede.example\r\nSubject: odd\r\nMessage-ID: "                  \
  "<odd@evil.example>\r\n"                                                                                   \
  "Content-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"                       \
  ".\r\n..two\r\nFrom here\r\ntrailing  \r\n\t\r\n先日の件です\r\nlast"

static char *
smtp_policy (int port)
{
  return g_strdup_printf ("[organisation]\nname=Kaede\ndomains=kaede.example\n"
                          "[report]\nundo-seconds=0\naddress=soc@kaede.example\nsmtp=127.0.0.1:%d\n",
                          port);
}

static char *
report_bytes (const World *world, const char *bytes, gsize length, GError **error)
{
  GVariantDict context;
  const char *const own[] = { "taro.sato@kaede.example", NULL };
  g_variant_dict_init (&context, NULL);
  g_variant_dict_insert_value (&context, "own-addresses", g_variant_new_strv (own, -1));
  g_variant_dict_insert (&context, "client", "s", "test 1.0");
  int fd = sealed_mail (bytes, length);
  g_autoptr (GVariant) reply = world_call (world, "Report", fd, g_variant_dict_end (&context), error);
  close (fd);
  char *id = NULL;
  if (reply != NULL)
    g_variant_get (reply, "(s)", &id);
  return id;
}

static char *
report_text (const World *world, const char *text)
{
  g_autoptr (GError) error = NULL;
  char *id = report_bytes (world, text, strlen (text), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (id), ==, 32);
  return id;
}

static void
count_outbox (const World *world, gint64 *queued, gint64 *sent)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) outbox = world_property (world, "Outbox", &error);
  g_assert_no_error (error);
  g_assert_true (g_variant_lookup (outbox, "queued", "x", queued));
  g_assert_true (g_variant_lookup (outbox, "sent", "x", sent));
}

static gboolean
outbox_is_empty (gpointer user_data)
{
  gint64 queued, sent;
  count_outbox (user_data, &queued, &sent);
  return queued == 0 && sent > 0;
}

static gboolean
last_error_is_set (gpointer user_data)
{
  g_autoptr (GVariant) outbox = world_property (user_data, "Outbox", NULL);
  const char *text = "";
  g_assert_true (g_variant_lookup (outbox, "last-error", "&s", &text));
  return *text != '\0';
}

static guint
count_files (const char *folder, const char *suffix)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint count = 0;
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    count += g_str_has_suffix (name, suffix) ? 1 : 0;
  return count;
}

static void
assert_contains (const char *path, const char *bytes, gsize length)
{
  g_autofree char *data = NULL;
  gsize size = 0;
  g_autoptr (GError) error = NULL;
  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  g_assert_nonnull (memmem (data, size, bytes, length));
}

static void
test_maildir (void)
{
  g_autoptr (World) world = world_new (NULL, TRUE);
  g_autofree char *id = report_text (world, ORIGINAL);
  world_wait (outbox_is_empty, world, "the report to be delivered");
  g_autofree char *folder = world_path (world, "data/sekisho/reports/new");
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);
  g_autofree char *path = g_build_filename (folder, g_dir_read_name (dir), NULL);
  g_assert_null (g_dir_read_name (dir));
  assert_contains (path, ORIGINAL, strlen (ORIGINAL));
  /* The same mail once more is the same report, and is not sent again. */
  g_autofree char *again = report_text (world, ORIGINAL);
  g_assert_cmpstr (again, ==, id);
  world_end_agent (world, SIGTERM);
  world_start_agent (world);
  world_wait (outbox_is_empty, world, "an empty outbox");
  g_assert_cmpuint (count_files (folder, ""), ==, 1);
}

static void
test_smtp (void)
{
  int port = free_port ();
  g_autofree char *policy = smtp_policy (port);
  g_autoptr (World) world = world_new (policy, TRUE);
  g_autofree char *sink_folder = world_path (world, "sink");
  g_autoptr (GSubprocess) sink = start_sink (sink_folder, port);
  g_autofree char *id = report_text (world, ORIGINAL);
  world_wait (outbox_is_empty, world, "the report to be delivered");
  g_autofree char *mail = g_build_filename (sink_folder, "1.eml", NULL);
  assert_contains (mail, ORIGINAL, strlen (ORIGINAL));
  assert_contains (mail, id, strlen (id));
  g_autofree char *envelope = g_build_filename (sink_folder, "1.json", NULL);
  assert_contains (envelope, "soc@kaede.example", strlen ("soc@kaede.example"));
  g_subprocess_force_exit (sink);
}

/* Reported, and killed the moment the answer is there: nothing is lost, nothing comes twice. */
static void
test_killed_after_report (void)
{
  int port = free_port ();
  g_autofree char *policy = smtp_policy (port);
  g_autoptr (World) world = world_new (policy, TRUE);
  world_start_agent (world);
  g_autofree char *id = report_text (world, ORIGINAL);
  world_end_agent (world, SIGKILL);

  g_autofree char *sink_folder = world_path (world, "sink");
  g_autoptr (GSubprocess) sink = start_sink (sink_folder, port);
  for (int i = 0; i < 2; i++)
    {
      world_start_agent (world);
      world_wait (outbox_is_empty, world, "the report to be delivered");
      world_end_agent (world, SIGTERM);
    }
  world_start_agent (world);
  g_autofree char *again = report_text (world, ORIGINAL);
  g_assert_cmpstr (again, ==, id);
  gint64 queued = -1, sent = -1;
  count_outbox (world, &queued, &sent);
  g_assert_cmpint (queued, ==, 0);
  g_assert_cmpint (sent, ==, 1);
  g_assert_cmpuint (count_files (sink_folder, ".json"), ==, 1);
  g_autofree char *mail = g_build_filename (sink_folder, "1.eml", NULL);
  assert_contains (mail, ORIGINAL, strlen (ORIGINAL));
  g_subprocess_force_exit (sink);
}

static gboolean
is_after (gpointer user_data)
{
  return g_get_real_time () / G_USEC_PER_SEC > *(const gint64 *) user_data;
}

/* The server is away; another policy names one that is there, and the reports come in the order of the
 * clicks. */
static void
test_order_after_failure (void)
{
  static const char *const mails[] = { "Message-ID: <one@evil.example>\r\n\r\nfirst mail\r\n",
                                       "Message-ID: <two@evil.example>\r\n\r\nsecond mail\r\n",
                                       "Message-ID: <three@evil.example>\r\n\r\nthird mail\r\n" };
  g_autofree char *dead = smtp_policy (free_port ());
  g_autoptr (World) world = world_new (dead, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (mails); i++)
    {
      g_autofree char *id = report_text (world, mails[i]);
      /* The store tells the age of reports in seconds. */
      gint64 second = g_get_real_time () / G_USEC_PER_SEC;
      world_wait (is_after, &second, "the next second");
    }
  world_wait (last_error_is_set, world, "a failed delivery");
  gint64 queued = -1, sent = -1;
  count_outbox (world, &queued, &sent);
  g_assert_cmpint (queued, ==, 3);
  g_assert_cmpint (sent, ==, 0);

  int port = free_port ();
  g_autofree char *sink_folder = world_path (world, "sink");
  g_autoptr (GSubprocess) sink = start_sink (sink_folder, port);
  g_autofree char *alive = smtp_policy (port);
  world_write_policy (world, alive);
  world_wait (outbox_is_empty, world, "all reports to be delivered");
  g_assert_cmpuint (count_files (sink_folder, ".json"), ==, 3);
  for (gsize i = 0; i < G_N_ELEMENTS (mails); i++)
    {
      g_autofree char *name = g_strdup_printf ("%zu.eml", i + 1);
      g_autofree char *path = g_build_filename (sink_folder, name, NULL);
      assert_contains (path, mails[i], strlen (mails[i]));
    }
  g_assert_false (last_error_is_set (world));
  g_subprocess_force_exit (sink);
}

/* A verdict of the same run is in the report. */
static void
test_with_verdict (void)
{
  g_autoptr (World) world = world_new ("[organisation]\nname=楓商事\ndomains=kaede.example\n", TRUE);
  g_autoptr (GBytes) mail = example_mail ("together/seminar.eml");
  int fd = sealed_mail (g_bytes_get_data (mail, NULL), g_bytes_get_size (mail));
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = world_call (world, "Check", fd, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (GVariant) verdict = g_variant_get_child_value (reply, 0);
  g_autoptr (GVariant) id = g_variant_lookup_value (verdict, "id", G_VARIANT_TYPE_STRING);
  g_autoptr (GVariant) level = g_variant_lookup_value (verdict, "level", G_VARIANT_TYPE_STRING);
  GVariantDict context;
  g_variant_dict_init (&context, NULL);
  g_variant_dict_insert_value (&context, "verdict-id", id);
  g_autoptr (GVariant) report = world_call (world, "Report", fd, g_variant_dict_end (&context), &error);
  g_assert_no_error (error);
  close (fd);
  world_wait (outbox_is_empty, world, "the report to be delivered");
  g_autofree char *folder = world_path (world, "data/sekisho/reports/new");
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autofree char *path = g_build_filename (folder, g_dir_read_name (dir), NULL);
  assert_contains (path, g_variant_get_string (level, NULL), strlen (g_variant_get_string (level, NULL)));
  assert_contains (path, "encrypted-archive", strlen ("encrypted-archive"));
}

static void
test_no_store (void)
{
  g_autoptr (World) world = world_new (NULL, TRUE);
  g_autofree char *folder = world_path (world, "state/sekisho");
  /* A file where the folder of the store should be. */
  g_assert_true (g_file_set_contents (folder, "", 0, NULL));
  g_autoptr (GError) error = NULL;
  g_assert_null (report_bytes (world, ORIGINAL, strlen (ORIGINAL), &error));
  g_autofree char *name = g_dbus_error_get_remote_error (error);
  g_assert_cmpstr (name, ==, "io.github.sekisho.Error.Store");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/report/maildir", test_maildir);
  g_test_add_func ("/service/report/smtp", test_smtp);
  g_test_add_func ("/service/report/killed-after-report", test_killed_after_report);
  g_test_add_func ("/service/report/order-after-failure", test_order_after_failure);
  g_test_add_func ("/service/report/with-verdict", test_with_verdict);
  g_test_add_func ("/service/report/no-store", test_no_store);
  return g_test_run ();
}
