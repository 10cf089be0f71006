/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/agent/service/world.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

static GSubprocess *
start (const char *bus_address, const char *option, const char *value)
{
  g_autofree char *agent = g_build_filename (g_getenv ("SEK_BIN_DIR"), "sekisho-agent", NULL);
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_subprocess_launcher_setenv (launcher, "DBUS_SESSION_BUS_ADDRESS", bus_address, TRUE);
  g_autoptr (GError) error = NULL;
  GSubprocess *process = g_subprocess_launcher_spawn (launcher, &error, agent, option, value, NULL);
  g_assert_no_error (error);
  return process;
}

static int
finish (GSubprocess *process, char **out, char **complaint)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, out, complaint, &error));
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  return g_subprocess_get_exit_status (process);
}

static void
test_version (void)
{
  g_autoptr (GSubprocess) process = start ("unix:path=/nonexistent", "--version", NULL);
  g_autofree char *out = NULL, *complaint = NULL;
  g_assert_cmpint (finish (process, &out, &complaint), ==, 0);
  g_assert_cmpstr (out, ==, "sekisho-agent " SEK_VERSION "\n");
}

static void
test_wrong_use (void)
{
  static const char *const arguments[] = { "--replace", "stray" };
  for (gsize i = 0; i < G_N_ELEMENTS (arguments); i++)
    {
      g_autoptr (GSubprocess) process = start ("unix:path=/nonexistent", arguments[i], NULL);
      g_autofree char *out = NULL, *complaint = NULL;
      g_assert_cmpint (finish (process, &out, &complaint), ==, 1);
      g_assert_nonnull (strstr (complaint, arguments[i]));
    }
}

static void
test_no_bus (void)
{
  g_autoptr (GSubprocess) process = start ("unix:path=/nonexistent", NULL, NULL);
  g_autofree char *out = NULL, *complaint = NULL;
  g_assert_cmpint (finish (process, &out, &complaint), ==, 1);
  g_assert_nonnull (strstr (complaint, "no session bus"));
}

static gboolean
agent_runs (gpointer user_data)
{
  return world_agent_pid (user_data) != 0;
}

static void
test_ends_in_order (void)
{
  static const int signals[] = { SIGTERM, SIGINT };
  g_autoptr (World) world = world_new (NULL, FALSE);
  g_autofree char *state = world_path (world, "elsewhere");
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      g_autoptr (GSubprocess) process =
          start (g_test_dbus_get_bus_address (world->bus), "--state-dir", state);
      world_wait (agent_runs, world, "the agent");
      g_subprocess_send_signal (process, signals[i]);
      g_autofree char *out = NULL, *complaint = NULL;
      g_assert_cmpint (finish (process, &out, &complaint), ==, 0);
      g_assert_null (strstr (complaint, "sekisho"));
    }
  g_autofree char *database = g_build_filename (state, "sekisho.db", NULL);
  g_assert_true (g_file_test (database, G_FILE_TEST_IS_REGULAR));
}

static void
test_second_one (void)
{
  g_autoptr (World) world = world_new (NULL, TRUE);
  int pid = world_start_agent (world);
  g_autoptr (GSubprocess) process = start (g_test_dbus_get_bus_address (world->bus), NULL, NULL);
  g_autofree char *out = NULL, *complaint = NULL;
  g_assert_cmpint (finish (process, &out, &complaint), ==, 1);
  g_assert_nonnull (strstr (complaint, "another sekisho-agent runs already"));
  g_assert_cmpint (world_agent_pid (world), ==, pid);
}

/* The session ends: so does the agent, without a complaint. */
static void
test_bus_goes (void)
{
  g_autoptr (World) world = world_new (NULL, FALSE);
  g_autoptr (GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  g_autoptr (GSubprocess) process = start (g_test_dbus_get_bus_address (bus), NULL, NULL);
  g_autofree char *address = g_strdup (g_test_dbus_get_bus_address (bus));
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) connection =
      g_dbus_connection_new_for_address_sync (address,
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL, NULL, &error);
  g_assert_no_error (error);
  World other = { .connection = connection };
  world_wait (agent_runs, &other, "the agent");
  g_clear_object (&connection);
  g_test_dbus_stop (bus);
  g_autofree char *out = NULL, *complaint = NULL;
  g_assert_cmpint (finish (process, &out, &complaint), ==, 0);
  g_assert_null (strstr (complaint, "sekisho"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/program/version", test_version);
  g_test_add_func ("/service/program/wrong-use", test_wrong_use);
  g_test_add_func ("/service/program/no-bus", test_no_bus);
  g_test_add_func ("/service/program/ends-in-order", test_ends_in_order);
  g_test_add_func ("/service/program/second-one", test_second_one);
  g_test_add_func ("/service/program/bus-goes", test_bus_goes);
  return g_test_run ();
}
