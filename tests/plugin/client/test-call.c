/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugin/client/client.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "tests/agent/service/world.h"

#define POLICY                                                                                               \
  "[organisation]\nname=楓商事\ndomains=kaede.example\n[people]\n太田 道子=michiko.ota@kaede.example\n"

/* What the callbacks of one check said. */
typedef struct
{
  guint late;
  guint verdicts;
  guint failures;
  SekLevel level;
  char *id;
  GError *error;
} Seen;

static void
seen_clear (Seen *seen)
{
  g_free (seen->id);
  g_clear_error (&seen->error);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Seen, seen_clear)

static void
on_event (SekClientEvent event, const SekVerdict *verdict, const GError *error, gpointer user_data)
{
  Seen *seen = user_data;
  seen->late += event == SEK_CLIENT_LATE ? 1 : 0;
  if (event == SEK_CLIENT_VERDICT)
    {
      seen->verdicts++;
      seen->level = verdict->level;
      g_free (seen->id);
      seen->id = g_strdup (verdict->id);
    }
  if (event == SEK_CLIENT_FAILED)
    {
      seen->failures++;
      g_clear_error (&seen->error);
      seen->error = g_error_copy (error);
    }
}

static gboolean
is_late (gpointer user_data)
{
  return ((Seen *) user_data)->late > 0;
}

static gboolean
has_ended (gpointer user_data)
{
  const Seen *seen = user_data;
  return seen->verdicts + seen->failures > 0;
}

static char *
example_path (const char *name)
{
  return g_build_filename (SEK_CHECKS, name, NULL);
}

static void
start (SekClient *client, const char *name, GCancellable *cancellable, Seen *seen)
{
  g_autofree char *path = example_path (name);
  const char *const own[] = { "taro.sato@kaede.example", NULL };
  sek_client_check (client, path, "#mh/Mailbox/inbox", own, cancellable, on_event, seen);
}

static void
test_verdicts (void)
{
  static const struct
  {
    const char *name;
    SekLevel level;
  } cases[] = { { "uninspectable/honest-plain.eml", SEK_LEVEL_CLEAR },
                { "together/seminar.eml", SEK_LEVEL_DANGER } };
  g_autoptr (World) world = world_new (POLICY, TRUE);
  g_autoptr (SekClient) client = sek_client_new ("test 1.0");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Seen) seen = { 0 };
      start (client, cases[i].name, NULL, &seen);
      g_assert_cmpuint (seen.verdicts + seen.failures + seen.late, ==, 0);
      world_wait (has_ended, &seen, "the verdict");
      g_assert_no_error (seen.error);
      g_assert_cmpint (seen.level, ==, cases[i].level);
      g_assert_cmpuint (strlen (seen.id), ==, 32);
    }
}

static void
test_twenty_at_once (void)
{
  g_autoptr (World) world = world_new (POLICY, TRUE);
  g_autoptr (SekClient) client = sek_client_new ("test 1.0");
  Seen seen[20] = { 0 };
  for (gsize i = 0; i < G_N_ELEMENTS (seen); i++)
    start (client, "together/seminar.eml", NULL, &seen[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (seen); i++)
    {
      world_wait (has_ended, &seen[i], "a verdict");
      g_assert_no_error (seen[i].error);
      g_assert_cmpint (seen[i].level, ==, SEK_LEVEL_DANGER);
      seen_clear (&seen[i]);
    }
}

static void
test_late_then_verdict (void)
{
  g_autoptr (World) world = world_new (POLICY, TRUE);
  g_autoptr (SekClient) client = sek_client_new ("test 1.0");
  int pid = world_start_agent (world);
  g_assert_cmpint (kill (pid, SIGSTOP), ==, 0);
  g_auto (Seen) seen = { 0 };
  start (client, "together/seminar.eml", NULL, &seen);
  world_wait (is_late, &seen, "the end of the hold");
  g_assert_cmpuint (seen.verdicts + seen.failures, ==, 0);
  g_assert_cmpint (kill (pid, SIGCONT), ==, 0);
  world_wait (has_ended, &seen, "the verdict");
  g_assert_cmpuint (seen.late, ==, 1);
  g_assert_cmpuint (seen.verdicts, ==, 1);
  g_assert_cmpint (seen.level, ==, SEK_LEVEL_DANGER);
}

static void
test_missing_file (void)
{
  g_autoptr (World) world = world_new (NULL, TRUE);
  g_autoptr (SekClient) client = sek_client_new ("test 1.0");
  g_auto (Seen) seen = { 0 };
  start (client, "no/such.eml", NULL, &seen);
  world_wait (has_ended, &seen, "the error");
  g_assert_error (seen.error, SEK_CLIENT_ERROR, SEK_CLIENT_ERROR_FILE);
}

/* --- what can be wrong with the agent --- */

static void
assert_fails (SekClient *client)
{
  g_auto (Seen) seen = { 0 };
  start (client, "together/seminar.eml", NULL, &seen);
  world_wait (has_ended, &seen, "the failure");
  g_assert_error (seen.error, SEK_CLIENT_ERROR, SEK_CLIENT_ERROR_AGENT);
  g_assert_cmpuint (seen.failures, ==, 1);
  g_assert_cmpuint (seen.verdicts, ==, 0);
}

static void
test_agent_missing (void)
{
  g_autoptr (World) world = world_new (NULL, FALSE);
  g_autoptr (SekClient) client = sek_client_new ("test 1.0");
  assert_fails (client);
  assert_fails (client);
}

static void
test_no_bus (void)
{
  static const char *const addresses[] = { "unix:path=/nonexistent/bus", "nonsense", NULL };
  g_autoptr (World) world = world_new (NULL, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      if (addresses[i] != NULL)
        g_setenv ("DBUS_SESSION_BUS_ADDRESS", addresses[i], TRUE);
      else
        g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
      g_autoptr (SekClient) client = sek_client_new ("test 1.0");
      assert_fails (client);
      assert_fails (client);
    }
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", g_test_dbus_get_bus_address (world->bus), TRUE);
}

static void
test_agent_killed (void)
{
  g_autoptr (World) world = world_new (POLICY, TRUE);
  g_autoptr (SekClient) client = sek_client_new ("test 1.0");
  int pid = world_start_agent (world);
  g_assert_cmpint (kill (pid, SIGSTOP), ==, 0);
  g_auto (Seen) seen = { 0 };
  start (client, "together/seminar.eml", NULL, &seen);
  world_wait (is_late, &seen, "the end of the hold");
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  world_wait (has_ended, &seen, "the failure");
  g_assert_error (seen.error, SEK_CLIENT_ERROR, SEK_CLIENT_ERROR_AGENT);
  /* The next check brings it back. */
  g_auto (Seen) next = { 0 };
  start (client, "together/seminar.eml", NULL, &next);
  world_wait (has_ended, &next, "the verdict");
  g_assert_cmpuint (next.verdicts, ==, 1);
}

/* The whole session bus goes in mid-check, and a new one comes. */
static void
test_bus_killed (void)
{
  g_autoptr (SekClient) client = sek_client_new ("test 1.0");
  {
    g_autoptr (World) world = world_new (POLICY, TRUE);
    g_auto (Seen) seen = { 0 };
    start (client, "together/seminar.eml", NULL, &seen);
    world_wait (has_ended, &seen, "the verdict");
    int pid = world_agent_pid (world);
    g_assert_cmpint (kill (pid, SIGSTOP), ==, 0);
    g_auto (Seen) last = { 0 };
    start (client, "together/seminar.eml", NULL, &last);
    world_wait (is_late, &last, "the end of the hold");
    g_test_dbus_stop (world->bus);
    world_wait (has_ended, &last, "the failure");
    g_assert_error (last.error, SEK_CLIENT_ERROR, SEK_CLIENT_ERROR_AGENT);
    g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  }
  g_autoptr (World) world = world_new (POLICY, TRUE);
  g_auto (Seen) seen = { 0 };
  start (client, "together/seminar.eml", NULL, &seen);
  world_wait (has_ended, &seen, "the verdict of the other bus");
  g_assert_cmpuint (seen.verdicts, ==, 1);
}

/* Owns the agent's name in this process and answers Check with one of these. */
static const char *const nonsense[] = {
  "('yes',)",
  "({'level': <'purple'>, 'findings': <@a(sssa(ss)) []>},)",
  "({'level': <'clear'>},)",
  "(@a{sv} {},)",
  "({'level': <1>, 'findings': <'none'>},)",
};

static void
on_nonsense_call (GDBusConnection *bus,
                  const char *sender,
                  const char *path,
                  const char *interface,
                  const char *method,
                  GVariant *parameters,
                  GDBusMethodInvocation *invocation,
                  gpointer user_data)
{
  /* Past the checks of GDBus, as another implementation of D-Bus would. */
  const char *const *answer = user_data;
  g_autoptr (GDBusMessage) reply =
      g_dbus_message_new_method_reply (g_dbus_method_invocation_get_message (invocation));
  g_dbus_message_set_body (reply, g_variant_new_parsed (*answer));
  g_dbus_connection_send_message (bus, reply, G_DBUS_SEND_MESSAGE_FLAGS_NONE, NULL, NULL);
  g_object_unref (invocation);
}

static void
test_nonsense (void)
{
  g_autoptr (World) world = world_new (NULL, FALSE);
  g_autoptr (GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (
      "<node><interface name='io.github.sekisho.Agent1'><method name='Check'><arg type='h' direction='in'/>"
      "<arg type='a{sv}' direction='in'/><arg type='a{sv}' direction='out'/></method></interface></node>",
      NULL);
  const char *answer = NULL;
  const GDBusInterfaceVTable table = { .method_call = on_nonsense_call };
  guint object = g_dbus_connection_register_object (world->connection, AGENT_PATH, info->interfaces[0],
                                                    &table, &answer, NULL, NULL);
  g_assert_cmpuint (object, >, 0);
  guint name = g_bus_own_name_on_connection (world->connection, AGENT_NAME, G_BUS_NAME_OWNER_FLAGS_NONE, NULL,
                                             NULL, NULL, NULL);
  g_autoptr (SekClient) client = sek_client_new ("test 1.0");
  for (gsize i = 0; i < G_N_ELEMENTS (nonsense); i++)
    {
      answer = nonsense[i];
      assert_fails (client);
    }
  g_dbus_connection_unregister_object (world->connection, object);
  g_bus_unown_name (name);
  world_settle (50);
}

/* --- what can be cancelled --- */

static void
test_cancel (void)
{
  g_autoptr (World) world = world_new (POLICY, TRUE);
  g_autoptr (SekClient) client = sek_client_new ("test 1.0");
  int pid = world_start_agent (world);
  g_assert_cmpint (kill (pid, SIGSTOP), ==, 0);
  g_auto (Seen) early = { 0 }, middle = { 0 }, late = { 0 };
  g_autoptr (GCancellable) first = g_cancellable_new (), second = g_cancellable_new (),
                           third = g_cancellable_new ();
  start (client, "together/seminar.eml", first, &early);
  g_cancellable_cancel (first);
  start (client, "together/seminar.eml", second, &middle);
  start (client, "together/seminar.eml", third, &late);
  world_settle (300);
  g_cancellable_cancel (second);
  world_wait (is_late, &late, "the end of the hold");
  g_cancellable_cancel (third);
  g_assert_cmpint (kill (pid, SIGCONT), ==, 0);
  /* One that is cancelled before it starts. */
  start (client, "together/seminar.eml", first, &early);
  g_auto (Seen) last = { 0 };
  start (client, "together/seminar.eml", NULL, &last);
  world_wait (has_ended, &last, "the verdict");
  world_settle (2000);
  g_assert_cmpuint (last.verdicts, ==, 1);
  g_assert_cmpuint (early.late + early.verdicts + early.failures, ==, 0);
  g_assert_cmpuint (middle.late + middle.verdicts + middle.failures, ==, 0);
  g_assert_cmpuint (late.late, ==, 1);
  g_assert_cmpuint (late.verdicts + late.failures, ==, 0);
}

/* --- report and decide --- */

typedef struct
{
  SekClient *client;
  gboolean done;
  char *id;
  GError *error;
} Reported;

static void
on_report (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Reported *reported = user_data;
  g_assert_null (source);
  reported->id = sek_client_report_finish (reported->client, result, &reported->error);
  reported->done = TRUE;
}

static gboolean
is_reported (gpointer user_data)
{
  return ((Reported *) user_data)->done;
}

static void
test_report (void)
{
  g_autoptr (World) world = world_new (POLICY, TRUE);
  g_autoptr (SekClient) client = sek_client_new ("test 1.0");
  g_auto (Seen) seen = { 0 };
  start (client, "together/seminar.eml", NULL, &seen);
  world_wait (has_ended, &seen, "the verdict");
  sek_client_decide (client, seen.id, "closed");
  g_autofree char *path = example_path ("together/seminar.eml");
  Reported reported = { .client = client };
  /* A folder name in no charset we know. */
  const SekReportAbout about = {
    .folder = "#mh/\x93\xfa\x96{", .verdict_id = seen.id, .attachments = "held", .rebuilt = TRUE
  };
  sek_client_report (client, path, &about, NULL, on_report, &reported);
  world_wait (is_reported, &reported, "the report");
  g_assert_no_error (reported.error);
  g_assert_cmpuint (strlen (reported.id), ==, 32);
  g_free (reported.id);
}

static void
test_report_fails (void)
{
  g_autoptr (World) world = world_new (NULL, FALSE);
  g_autoptr (SekClient) client = sek_client_new ("test 1.0");
  g_autofree char *path = example_path ("together/seminar.eml");
  const SekReportAbout no_more = { 0 };
  Reported nobody = { .client = client }, nothing = { .client = client }, cancelled = { .client = client };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  sek_client_report (client, path, &no_more, NULL, on_report, &nobody);
  sek_client_report (client, "/nonexistent/mail", &no_more, NULL, on_report, &nothing);
  sek_client_report (client, path, &no_more, cancellable, on_report, &cancelled);
  g_cancellable_cancel (cancellable);
  world_wait (is_reported, &nobody, "the failure");
  world_wait (is_reported, &nothing, "the failure");
  world_wait (is_reported, &cancelled, "the failure");
  g_assert_error (nobody.error, SEK_CLIENT_ERROR, SEK_CLIENT_ERROR_AGENT);
  g_assert_error (nothing.error, SEK_CLIENT_ERROR, SEK_CLIENT_ERROR_FILE);
  g_assert_error (cancelled.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&nobody.error);
  g_clear_error (&nothing.error);
  g_clear_error (&cancelled.error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client/call/verdicts", test_verdicts);
  g_test_add_func ("/client/call/twenty-at-once", test_twenty_at_once);
  g_test_add_func ("/client/call/late-then-verdict", test_late_then_verdict);
  g_test_add_func ("/client/call/missing-file", test_missing_file);
  g_test_add_func ("/client/call/agent-missing", test_agent_missing);
  g_test_add_func ("/client/call/no-bus", test_no_bus);
  g_test_add_func ("/client/call/agent-killed", test_agent_killed);
  g_test_add_func ("/client/call/bus-killed", test_bus_killed);
  g_test_add_func ("/client/call/nonsense", test_nonsense);
  g_test_add_func ("/client/call/cancel", test_cancel);
  g_test_add_func ("/client/call/report", test_report);
  g_test_add_func ("/client/call/report-fails", test_report_fails);
  return g_test_run ();
}
