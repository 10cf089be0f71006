/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/service/held.h"

/* When the store could not be written. */
#define STORE_WAIT (5 * 60)

struct SekHeld
{
  SekStore *store;
  void (*released) (gpointer user_data);
  gpointer user_data;
  GHashTable *timers; /* id -> source id */
};

typedef struct
{
  SekHeld *held;
  char *id;
} Hold;

static void
hold_free (gpointer data)
{
  Hold *hold = data;
  g_free (hold->id);
  g_free (hold);
}

static gboolean
release (SekHeld *held, const char *id)
{
  g_autoptr (GError) error = NULL;
  if (sek_store_outbox_release (held->store, id, &error))
    return TRUE;
  g_warning ("A report that can be sent could not be noted: %s", error->message);
  return FALSE;
}

static gboolean
on_over (gpointer user_data)
{
  const Hold *hold = user_data;
  SekHeld *held = hold->held;
  g_hash_table_remove (held->timers, hold->id);
  if (release (held, hold->id))
    held->released (held->user_data);
  else
    sek_held_add (held, hold->id, STORE_WAIT);
  return G_SOURCE_REMOVE;
}

SekHeld *
sek_held_new (SekStore *store, void (*released) (gpointer user_data), gpointer user_data)
{
  SekHeld *held = g_new0 (SekHeld, 1);
  held->store = store;
  held->released = released;
  held->user_data = user_data;
  held->timers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  release (held, NULL);
  return held;
}

void
sek_held_free (SekHeld *held)
{
  GHashTableIter iter;
  gpointer source;
  g_hash_table_iter_init (&iter, held->timers);
  while (g_hash_table_iter_next (&iter, NULL, &source))
    g_source_remove (GPOINTER_TO_UINT (source));
  g_hash_table_unref (held->timers);
  g_free (held);
}

void
sek_held_add (SekHeld *held, const char *id, gint64 seconds)
{
  Hold *hold = g_new0 (Hold, 1);
  hold->held = held;
  hold->id = g_strdup (id);
  guint source = g_timeout_add_full (G_PRIORITY_DEFAULT, (guint) seconds * 1000, on_over, hold, hold_free);
  g_hash_table_insert (held->timers, g_strdup (id), GUINT_TO_POINTER (source));
}

void
sek_held_drop (SekHeld *held, const char *id)
{
  gpointer source = g_hash_table_lookup (held->timers, id);
  if (source != NULL)
    g_source_remove (GPOINTER_TO_UINT (source));
  g_hash_table_remove (held->timers, id);
}
