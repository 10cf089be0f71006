/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plugin's entry points, the socket and the heartbeat. */
#include "tests/e2e/probe/probe.h"

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <gmodule.h>

#include "plugin.h"

static GSocketService *service;
static guint heart;
static gint64 last_beat;
static guint beats;
static gint64 longest_gap;

static gboolean
on_beat (gpointer user_data)
{
  gint64 now = g_get_monotonic_time ();
  longest_gap = MAX (longest_gap, now - last_beat);
  last_beat = now;
  beats++;
  return G_SOURCE_CONTINUE;
}

void
probe_beat_start (void)
{
  last_beat = g_get_monotonic_time ();
  heart = g_timeout_add (10, on_beat, NULL);
}

void
probe_beat_stop (void)
{
  g_clear_handle_id (&heart, g_source_remove);
}

void
probe_beat_take (guint *count, guint *longest)
{
  *count = beats;
  *longest = (guint) (longest_gap / 1000);
  beats = 0;
  longest_gap = 0;
  last_beat = g_get_monotonic_time ();
}

static void on_line (GObject *source, GAsyncResult *result, gpointer user_data);

static void
read_next (GDataInputStream *in, GSocketConnection *connection)
{
  g_data_input_stream_read_line_async (in, G_PRIORITY_HIGH, NULL, on_line, g_object_ref (connection));
}

static void
on_line (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GSocketConnection) connection = user_data;
  GDataInputStream *in = G_DATA_INPUT_STREAM (source);
  g_autofree char *line = g_data_input_stream_read_line_finish_utf8 (in, result, NULL, NULL);
  if (line == NULL)
    return;
  char *argument = strchr (line, ' ');
  if (argument != NULL)
    *argument++ = '\0';
  g_autoptr (GString) json = g_string_new (NULL);
  probe_run (line, argument != NULL ? argument : "", json);
  g_string_append_c (json, '\n');
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  if (g_output_stream_write_all (out, json->str, json->len, NULL, NULL, NULL))
    read_next (in, connection);
}

static gboolean
on_incoming (GSocketService *self, GSocketConnection *connection, GObject *source, gpointer user_data)
{
  g_autoptr (GDataInputStream) in =
      g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  read_next (in, connection);
  return TRUE;
}

G_MODULE_EXPORT gint
plugin_init (gchar **error)
{
  const char *path = g_getenv ("SEK_PROBE_SOCKET");
  if (path == NULL)
    {
      *error = g_strdup ("SEK_PROBE_SOCKET is not set");
      return -1;
    }
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GError) failure = NULL;
  service = g_socket_service_new ();
  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (service), address, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, &failure))
    {
      *error = g_strdup (failure->message);
      return -1;
    }
  g_signal_connect (service, "incoming", G_CALLBACK (on_incoming), NULL);
  probe_draws_start ();
  probe_beat_start ();
  return 0;
}

G_MODULE_EXPORT gboolean
plugin_done (void)
{
  g_socket_service_stop (service);
  g_clear_object (&service);
  probe_draws_stop ();
  probe_beat_stop ();
  return TRUE;
}

G_MODULE_EXPORT const gchar *
plugin_name (void)
{
  return "Sekisho test probe";
}

G_MODULE_EXPORT const gchar *
plugin_desc (void)
{
  return "Tells tests what is on the screen";
}

G_MODULE_EXPORT const gchar *
plugin_type (void)
{
  return "GTK3";
}

G_MODULE_EXPORT const gchar *
plugin_licence (void)
{
  return "GPL3+";
}

G_MODULE_EXPORT const gchar *
plugin_version (void)
{
  return SEK_VERSION;
}

G_MODULE_EXPORT struct PluginFeature *
plugin_provides (void)
{
  static struct PluginFeature features[] = { { PLUGIN_OTHER, "Sekisho test probe" },
                                             { PLUGIN_NOTHING, NULL } };
  return features;
}
