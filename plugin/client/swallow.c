/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugin/client/swallow.h"

typedef struct
{
  GObject *instance;
  GArray *handlers; /* gulong */
} Swallowed;

static gboolean
unblock (gpointer user_data)
{
  Swallowed *swallowed = user_data;
  for (guint i = 0; i < swallowed->handlers->len; i++)
    {
      gulong handler = g_array_index (swallowed->handlers, gulong, i);
      if (g_signal_handler_is_connected (swallowed->instance, handler))
        g_signal_handler_unblock (swallowed->instance, handler);
    }
  return G_SOURCE_REMOVE;
}

static void
swallowed_free (gpointer user_data)
{
  Swallowed *swallowed = user_data;
  g_object_unref (swallowed->instance);
  g_array_unref (swallowed->handlers);
  g_free (swallowed);
}

void
sek_swallow (gpointer instance, guint signal)
{
  Swallowed *swallowed = g_new0 (Swallowed, 1);
  swallowed->instance = g_object_ref (instance);
  swallowed->handlers = g_array_new (FALSE, FALSE, sizeof (gulong));
  /* One by one: g_signal_handlers_block_matched () of GLib 2.74 does nothing when only the signal is given.
   */
  gulong handler;
  while ((handler = g_signal_handler_find (instance, G_SIGNAL_MATCH_ID | G_SIGNAL_MATCH_UNBLOCKED, signal, 0,
                                           NULL, NULL, NULL)) != 0)
    {
      g_signal_handler_block (instance, handler);
      g_array_append_val (swallowed->handlers, handler);
    }
  /* Needs nothing of the plugin: it may be unloaded before this runs, its code stays (-z nodelete). */
  g_idle_add_full (G_PRIORITY_HIGH, unblock, swallowed, swallowed_free);
}
