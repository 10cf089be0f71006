/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The socket and the heartbeat. */
#include "tests/e2e/probe/probe.h"

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>

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

gboolean
probe_serve (GError **error)
{
  const char *path = g_getenv ("SEK_PROBE_SOCKET");
  if (path == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "SEK_PROBE_SOCKET is not set");
      return FALSE;
    }
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  service = g_socket_service_new ();
  g_signal_connect (service, "incoming", G_CALLBACK (on_incoming), NULL);
  probe_beat_start ();
  return g_socket_listener_add_address (G_SOCKET_LISTENER (service), address, G_SOCKET_TYPE_STREAM,
                                        G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, error);
}

void
probe_serve_end (void)
{
  g_socket_service_stop (service);
  g_clear_object (&service);
  probe_beat_stop ();
}
