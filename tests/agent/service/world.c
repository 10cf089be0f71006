/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/agent/service/world.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <gio/gunixfdlist.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#define WAIT_SECONDS 30

static void
write_text (const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

char *
world_path (const World *world, const char *name)
{
  return g_build_filename (world->root, name, NULL);
}

static void
make_folders (World *world)
{
  static const struct
  {
    const char *variable;
    const char *folder;
  } table[] = {
    { "XDG_STATE_HOME", "state" },   { "XDG_DATA_HOME", "data" }, { "XDG_CACHE_HOME", "cache" },
    { "XDG_CONFIG_HOME", "config" }, { "HOME", "home" },          { "XDG_RUNTIME_DIR", "run" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *path = world_path (world, table[i].folder);
      g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
      g_setenv (table[i].variable, path, TRUE);
    }
}

void
world_write_policy (const World *world, const char *text)
{
  write_text (world->policy_path, text);
}

World *
world_new (const char *policy, gboolean with_agent)
{
  World *world = g_new0 (World, 1);
  g_autoptr (GError) error = NULL;
  world->root = g_dir_make_tmp ("sekisho-service-XXXXXX", &error);
  g_assert_no_error (error);
  make_folders (world);
  world->policy_path = world_path (world, "policy.conf");
  if (policy != NULL)
    world_write_policy (world, policy);

  g_autofree char *services = world_path (world, "services");
  g_assert_cmpint (g_mkdir (services, 0700), ==, 0);
  g_autofree char *file = g_build_filename (services, AGENT_NAME ".service", NULL);
  g_autofree char *agent = g_build_filename (g_getenv ("SEK_BIN_DIR"), "sekisho-agent", NULL);
  g_autofree char *text =
      g_strdup_printf ("[D-BUS Service]\nName=" AGENT_NAME "\nExec=%s%s%s\n", agent,
                       policy != NULL ? " --policy " : "", policy != NULL ? world->policy_path : "");
  if (with_agent)
    write_text (file, text);

  world->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_add_service_dir (world->bus, services);
  g_test_dbus_up (world->bus);
  world->connection =
      g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (world->bus),
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL, NULL, &error);
  g_assert_no_error (error);
  return world;
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) folder = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      remove_tree (child);
    }
  g_remove (path);
}

void
world_free (World *world)
{
  if (world_agent_pid (world) != 0)
    world_end_agent (world, SIGTERM);
  g_clear_object (&world->connection);
  g_test_dbus_down (world->bus);
  g_object_unref (world->bus);
  remove_tree (world->root);
  g_free (world->root);
  g_free (world->policy_path);
  g_free (world);
}

static GVariant *
call_bus (const World *world, const char *method, GVariant *arguments, GError **error)
{
  return g_dbus_connection_call_sync (world->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                      "org.freedesktop.DBus", method, arguments, NULL, G_DBUS_CALL_FLAGS_NONE,
                                      -1, NULL, error);
}

int
world_agent_pid (const World *world)
{
  guint32 pid = 0;
  g_autoptr (GVariant) reply =
      call_bus (world, "GetConnectionUnixProcessID", g_variant_new ("(s)", AGENT_NAME), NULL);
  if (reply != NULL)
    g_variant_get (reply, "(u)", &pid);
  return (int) pid;
}

int
world_start_agent (const World *world)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
      call_bus (world, "StartServiceByName", g_variant_new ("(su)", AGENT_NAME, 0), &error);
  g_assert_no_error (error);
  int pid = world_agent_pid (world);
  g_assert_cmpint (pid, >, 0);
  return pid;
}

static gboolean
agent_is_gone (gpointer user_data)
{
  return world_agent_pid (user_data) == 0;
}

void
world_end_agent (const World *world, int signal)
{
  int pid = world_agent_pid (world);
  g_assert_cmpint (pid, >, 0);
  g_assert_cmpint (kill (pid, signal), ==, 0);
  world_wait (agent_is_gone, (gpointer) world, "the agent to end");
}

static gboolean
keep_waking (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

void
world_wait (gboolean (*is_so) (gpointer user_data), gpointer user_data, const char *what)
{
  gint64 end = g_get_monotonic_time () + WAIT_SECONDS * G_USEC_PER_SEC;
  guint wake = g_timeout_add (20, keep_waking, NULL);
  while (!is_so (user_data))
    {
      if (g_get_monotonic_time () > end)
        g_error ("Waited in vain for %s", what);
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (wake);
}

int
sealed_mail (const char *bytes, gsize length)
{
  int fd = memfd_create ("mail", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, bytes, length), ==, (gssize) length);
  g_assert_cmpint (fcntl (fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL), ==, 0);
  return fd;
}

GBytes *
example_mail (const char *name)
{
  g_autofree char *path = g_build_filename (SEK_CHECKS, name, NULL);
  char *data = NULL;
  gsize length = 0;
  g_autoptr (GError) error = NULL;
  g_file_get_contents (path, &data, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, length);
}

GVariant *
world_call (const World *world, const char *method, int fd, GVariant *context, GError **error)
{
  g_autoptr (GUnixFDList) list = g_unix_fd_list_new ();
  g_assert_cmpint (g_unix_fd_list_append (list, fd, NULL), ==, 0);
  GVariant *arguments =
      g_variant_new ("(h@a{sv})", 0, context != NULL ? context : g_variant_new ("a{sv}", NULL));
  return g_dbus_connection_call_with_unix_fd_list_sync (world->connection, AGENT_NAME, AGENT_PATH, AGENT_NAME,
                                                        method, arguments, NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                                                        list, NULL, NULL, error);
}

GVariant *
world_property (const World *world, const char *name, GError **error)
{
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_sync (world->connection, AGENT_NAME, AGENT_PATH,
                                   "org.freedesktop.DBus.Properties", "Get",
                                   g_variant_new ("(ss)", AGENT_NAME, name), G_VARIANT_TYPE ("(v)"),
                                   G_DBUS_CALL_FLAGS_NONE, -1, NULL, error);
  GVariant *value = NULL;
  if (reply != NULL)
    g_variant_get (reply, "(v)", &value);
  return value;
}

int
free_port (void)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t length = sizeof address;
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (bind (fd, (struct sockaddr *) &address, length), ==, 0);
  g_assert_cmpint (getsockname (fd, (struct sockaddr *) &address, &length), ==, 0);
  close (fd);
  return ntohs (address.sin_port);
}

GSubprocess *
start_sink (const char *folder, int port)
{
  g_autofree char *number = g_strdup_printf ("%d", port);
  g_autoptr (GError) error = NULL;
  GSubprocess *sink = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, SEK_SMTP_SINK, folder,
                                        "--port", number, NULL);
  g_assert_no_error (error);
  g_autoptr (GDataInputStream) out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (sink));
  g_autofree char *line = g_data_input_stream_read_line (out, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (line, ==, number);
  return sink;
}

static gboolean
on_settled (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
is_true (gpointer user_data)
{
  return *(gboolean *) user_data;
}

void
world_settle (guint milliseconds)
{
  gboolean over = FALSE;
  g_timeout_add (milliseconds, on_settled, &over);
  world_wait (is_true, &over, "time to pass");
}
