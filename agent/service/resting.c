/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/service/resting.h"

#include <malloc.h>

#define REST_SECONDS 5

struct SekResting
{
  GDBusConnection *bus;
  guint filter;
  GMutex mutex; /* the filter runs in a thread of GDBus */
  guint timer;  /* source id; 0 while no call has come since the last time */
};

static gboolean
on_rest (gpointer user_data)
{
  SekResting *resting = user_data;
  g_mutex_lock (&resting->mutex);
  resting->timer = 0;
  g_mutex_unlock (&resting->mutex);
  malloc_trim (0);
  return G_SOURCE_REMOVE;
}

static GDBusMessage *
on_message (GDBusConnection *bus, GDBusMessage *message, gboolean incoming, gpointer user_data)
{
  SekResting *resting = user_data;
  if (!incoming || g_dbus_message_get_message_type (message) != G_DBUS_MESSAGE_TYPE_METHOD_CALL)
    return message;
  g_mutex_lock (&resting->mutex);
  if (resting->timer == 0)
    resting->timer = g_timeout_add_seconds (REST_SECONDS, on_rest, resting);
  g_mutex_unlock (&resting->mutex);
  return message;
}

static void
resting_clear (gpointer data)
{
  SekResting *resting = data;
  g_mutex_clear (&resting->mutex);
  g_object_unref (resting->bus);
  g_free (resting);
}

SekResting *
sek_resting_new (GDBusConnection *bus)
{
  SekResting *resting = g_new0 (SekResting, 1);
  resting->bus = g_object_ref (bus);
  g_mutex_init (&resting->mutex);
  /* A filter that is running when it is removed goes on; it ends before this is freed. */
  resting->filter = g_dbus_connection_add_filter (bus, on_message, resting, resting_clear);
  return resting;
}

void
sek_resting_free (SekResting *resting)
{
  if (resting == NULL)
    return;
  g_autoptr (GDBusConnection) bus = g_object_ref (resting->bus);
  g_mutex_lock (&resting->mutex);
  g_clear_handle_id (&resting->timer, g_source_remove);
  /* So that a filter that still runs begins no other. */
  resting->timer = G_MAXUINT;
  g_mutex_unlock (&resting->mutex);
  g_dbus_connection_remove_filter (bus, resting->filter);
}
