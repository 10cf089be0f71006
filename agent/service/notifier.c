/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/service/notifier.h"

#include <gio/gio.h>
#include <libnotify/notify.h>

typedef struct
{
  char *summary;
  char *body;
} Notice;

static void
notice_free (Notice *notice)
{
  g_free (notice->summary);
  g_free (notice->body);
  g_free (notice);
}

/* libnotify waits for the server's answer, and the bus may have to start the server first. It knows no
 * threads and keeps state of its own, so all of it happens here, one notice after the other; what the server
 * says of closed notices is heard, and dropped, in the same place. */
static void
show (gpointer data, gpointer user_data)
{
  Notice *notice = data;
  GMainContext *context = user_data;
  g_autoptr (GError) error = NULL;
  g_main_context_push_thread_default (context);
  while (g_main_context_iteration (context, FALSE))
    ;
  if (!notify_is_initted () && !notify_init ("Sekisho"))
    g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_FAILED, "libnotify can't be initialised");
  NotifyNotification *notification =
      error == NULL ? notify_notification_new (notice->summary, notice->body, "dialog-warning") : NULL;
  if (notification != NULL)
    {
      notify_notification_set_urgency (notification, NOTIFY_URGENCY_CRITICAL);
      notify_notification_set_timeout (notification, NOTIFY_EXPIRES_NEVER);
      notify_notification_show (notification, &error);
    }
  if (error != NULL)
    g_message ("No notification could be shown: %s", error->message);
  g_clear_object (&notification);
  g_main_context_pop_thread_default (context);
  notice_free (notice);
}

/* One thread at a time, for the life of the process, as libnotify's own state is. */
static gpointer
make_pool (gpointer unused)
{
  return g_thread_pool_new (show, g_main_context_new (), 1, FALSE, NULL);
}

void
sek_notify (const char *summary, const char *body)
{
  static GOnce once = G_ONCE_INIT;
  Notice *notice = g_new0 (Notice, 1);
  notice->summary = g_strdup (summary);
  /* Servers read the body as markup. */
  notice->body = g_markup_escape_text (body, -1);
  g_thread_pool_push (g_once (&once, make_pool, NULL), notice, NULL);
}
