/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/service/waking.h"

#include <time.h>

#define LOOK_SECONDS 60
/* A loop that was kept busy is no sleep. */
#define SLEPT_MICROSECONDS (20 * G_USEC_PER_SEC)

struct SekWaking
{
  void (*woken) (gpointer user_data);
  gpointer user_data;
  GNetworkMonitor *network;
  gulong changed;
  guint timer;
  gint64 asleep; /* microseconds the machine had slept when it was last looked at */
};

/* Since the start of the machine: CLOCK_BOOTTIME goes on in sleep, the monotonic clock stands still. So
 * neither logind nor a wall clock that somebody sets is needed. */
static gint64
time_asleep (void)
{
  struct timespec now = { 0 };
  gint64 awake = g_get_monotonic_time ();
  if (clock_gettime (CLOCK_BOOTTIME, &now) != 0)
    return 0;
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000 - awake;
}

static gboolean
on_look (gpointer user_data)
{
  SekWaking *waking = user_data;
  gint64 asleep = time_asleep ();
  gboolean slept = asleep - waking->asleep > SLEPT_MICROSECONDS;
  waking->asleep = asleep;
  if (slept)
    waking->woken (waking->user_data);
  return G_SOURCE_CONTINUE;
}

static void
on_network (GNetworkMonitor *network, gboolean available, gpointer user_data)
{
  SekWaking *waking = user_data;
  if (available)
    waking->woken (waking->user_data);
}

SekWaking *
sek_waking_new (void (*woken) (gpointer user_data), gpointer user_data)
{
  SekWaking *waking = g_new0 (SekWaking, 1);
  waking->woken = woken;
  waking->user_data = user_data;
  waking->asleep = time_asleep ();
  waking->network = g_object_ref (g_network_monitor_get_default ());
  waking->changed = g_signal_connect (waking->network, "network-changed", G_CALLBACK (on_network), waking);
  waking->timer = g_timeout_add_seconds (LOOK_SECONDS, on_look, waking);
  return waking;
}

void
sek_waking_free (SekWaking *waking)
{
  if (waking == NULL)
    return;
  g_source_remove (waking->timer);
  g_clear_signal_handler (&waking->changed, waking->network);
  g_object_unref (waking->network);
  g_free (waking);
}
