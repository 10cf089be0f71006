/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>

#include "plugin/client/client.h"
#include "tests/agent/service/world.h"

#define POLICY                                                                                               \
  "[organisation]\nname=楓商事\ndomains=kaede.example\n[people]\n太田 道子=michiko.ota@kaede.example\n"

static const SekReportAbout nothing = { 0 };

static char *
example_path (void)
{
  return g_build_filename (SEK_CHECKS, "together/seminar.eml", NULL);
}

static void
on_event_never (SekClientEvent event, const SekVerdict *verdict, const GError *error, gpointer user_data)
{
  g_assert_not_reached ();
}

static void
on_report_never (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_assert_not_reached ();
}

static void
test_free (void)
{
  g_autoptr (World) world = world_new (POLICY, TRUE);
  int pid = world_start_agent (world);
  g_assert_cmpint (kill (pid, SIGSTOP), ==, 0);
  /* While the file is copied, while the bus is connected, while the agent works. */
  static const guint after[] = { 0, 1, 3, 10, 300 };
  g_autofree char *path = example_path ();
  for (gsize i = 0; i < G_N_ELEMENTS (after); i++)
    {
      SekClient *client = sek_client_new ("test 1.0");
      sek_client_check (client, path, "#mh/Mailbox/inbox", NULL, NULL, on_event_never, NULL);
      sek_client_report (client, path, &nothing, NULL, on_report_never, NULL);
      if (after[i] > 0)
        world_settle (after[i]);
      sek_client_free (client);
    }
  g_assert_cmpint (kill (pid, SIGCONT), ==, 0);
  world_settle (2000);
}

/* Frees the client from inside the callback that comes first, as a window that closes does. */
typedef struct
{
  SekClient *client;
  guint calls;
} Closing;

static void
on_event_free (SekClientEvent event, const SekVerdict *verdict, const GError *error, gpointer user_data)
{
  Closing *closing = user_data;
  closing->calls++;
  g_clear_pointer (&closing->client, sek_client_free);
}

static void
on_report_free (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Closing *closing = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = sek_client_report_finish (closing->client, result, &error);
  g_assert_null (id);
  on_event_free (SEK_CLIENT_FAILED, NULL, error, closing);
}

static gboolean
is_closed (gpointer user_data)
{
  return ((Closing *) user_data)->client == NULL;
}

static void
test_free_in_callback (void)
{
  g_autoptr (World) world = world_new (POLICY, FALSE);
  g_autofree char *path = example_path ();
  /* Nobody can be activated; then there is no bus, and all calls wait for it together. */
  const char *const addresses[] = { g_test_dbus_get_bus_address (world->bus), "unix:path=/nonexistent/bus" };
  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_setenv ("DBUS_SESSION_BUS_ADDRESS", addresses[i], TRUE);
      Closing closing = { .client = sek_client_new ("test 1.0") };
      sek_client_check (closing.client, path, NULL, NULL, NULL, on_event_free, &closing);
      sek_client_report (closing.client, path, &nothing, NULL, on_report_free, &closing);
      sek_client_check (closing.client, path, NULL, NULL, NULL, on_event_free, &closing);
      world_wait (is_closed, &closing, "the first callback");
      world_settle (300);
      g_assert_cmpuint (closing.calls, ==, 1);
    }
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", addresses[0], TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client/free/free", test_free);
  g_test_add_func ("/client/free/free-in-callback", test_free_in_callback);
  return g_test_run ();
}
