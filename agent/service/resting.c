/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/service/resting.h"

#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#define REST_SECONDS 5
/* Who reads one mail after the other is not to wait for pages to come back. */
#define LONG_REST_SECONDS 60

struct SekResting
{
  SekStore *store; /* borrowed; NULL when there is no history */
  GDBusConnection *bus;
  guint filter;
  GMutex mutex;       /* the filter runs in a thread of GDBus */
  guint timer;        /* source id; 0 while no call has come since the last time */
  gboolean long_rest; /* the timer is that of the long rest */
};

/* The pages of mapped files that were never written in this process, libraries and dictionaries: the kernel
 * has them still and hands them out again when they are touched. A mapping that was written in part, as what
 * the linker has relocated, has anonymous pages and stays. */
static void
give_back_files (void)
{
  g_autofree char *text = NULL;
  if (!g_file_get_contents ("/proc/self/smaps", &text, NULL, NULL))
    return;
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guintptr start = 0, end = 0;
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      guintptr from, to;
      char readable, writable;
      guint64 kib;
      /* proc(5) */
      if (sscanf (lines[i], "%" G_GINTPTR_MODIFIER "x-%" G_GINTPTR_MODIFIER "x %c%c%*c%*c %*s", &from, &to,
                  &readable, &writable) == 4)
        {
          gboolean is_file = strchr (lines[i], '/') != NULL && readable == 'r' && writable == '-';
          start = is_file ? from : 0;
          end = to;
        }
      else if (start != 0 && sscanf (lines[i], "Anonymous: %" G_GUINT64_FORMAT, &kib) == 1 && kib == 0)
        madvise ((void *) start, end - start, MADV_DONTNEED); /* NOLINT(performance-no-int-to-ptr) */
    }
}

static gboolean on_long_rest (gpointer user_data);

static gboolean
on_rest (gpointer user_data)
{
  SekResting *resting = user_data;
  g_mutex_lock (&resting->mutex);
  resting->long_rest = TRUE;
  resting->timer = g_timeout_add_seconds (LONG_REST_SECONDS, on_long_rest, resting);
  g_mutex_unlock (&resting->mutex);
  if (resting->store != NULL)
    sek_store_rest (resting->store);
  malloc_trim (0);
  return G_SOURCE_REMOVE;
}

static gboolean
on_long_rest (gpointer user_data)
{
  SekResting *resting = user_data;
  g_mutex_lock (&resting->mutex);
  /* A call may have come while this was about to run. */
  gboolean undisturbed = resting->long_rest;
  if (undisturbed)
    resting->timer = 0;
  resting->long_rest = FALSE;
  g_mutex_unlock (&resting->mutex);
  if (undisturbed)
    give_back_files ();
  return G_SOURCE_REMOVE;
}

static GDBusMessage *
on_message (GDBusConnection *bus, GDBusMessage *message, gboolean incoming, gpointer user_data)
{
  SekResting *resting = user_data;
  if (!incoming || g_dbus_message_get_message_type (message) != G_DBUS_MESSAGE_TYPE_METHOD_CALL)
    return message;
  g_mutex_lock (&resting->mutex);
  if (resting->long_rest)
    g_clear_handle_id (&resting->timer, g_source_remove);
  resting->long_rest = FALSE;
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
sek_resting_new (GDBusConnection *bus, SekStore *store)
{
  SekResting *resting = g_new0 (SekResting, 1);
  resting->store = store;
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
