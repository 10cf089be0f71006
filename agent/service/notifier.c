/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/service/notifier.h"

#include <gio/gio.h>
#include <libnotify/notify.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NotifyNotification, g_object_unref)

typedef struct
{
  char *summary;
  char *body;
} Notice;

static void
notice_free (gpointer data)
{
  Notice *notice = data;
  g_free (notice->summary);
  g_free (notice->body);
  g_free (notice);
}

/* libnotify waits for the server's answer, and the bus may have to start the server first. */
static void
show_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Notice *notice = task_data;
  g_autoptr (GError) error = NULL;
  if (!notify_is_initted () && !notify_init ("Sekisho"))
    g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_FAILED, "libnotify can't be initialised");
  g_autoptr (NotifyNotification) notification =
      error == NULL ? notify_notification_new (notice->summary, notice->body, "dialog-warning") : NULL;
  if (notification != NULL)
    {
      notify_notification_set_urgency (notification, NOTIFY_URGENCY_CRITICAL);
      notify_notification_set_timeout (notification, NOTIFY_EXPIRES_NEVER);
      notify_notification_show (notification, &error);
    }
  if (error != NULL)
    g_message ("No notification could be shown: %s", error->message);
  g_task_return_boolean (task, error == NULL);
}

void
sek_notify (const char *summary, const char *body)
{
  Notice *notice = g_new0 (Notice, 1);
  notice->summary = g_strdup (summary);
  /* Servers read the body as markup. */
  notice->body = g_markup_escape_text (body, -1);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_task_data (task, notice, notice_free);
  g_task_run_in_thread (task, show_in_thread);
}
