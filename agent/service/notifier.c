/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/service/notifier.h"

#include <glib/gi18n-lib.h>
#include <libnotify/notify.h>
#include <string.h>

#define WINDOW "io.github.sekisho.Sekisho"
#define WINDOW_PATH "/io/github/sekisho/Sekisho"
/* In front of the page in the key of the action, which comes back when the button is pressed. */
#define ACTION_PREFIX WINDOW ".page."
#define PAGE_CHARS_MAX 32

typedef struct
{
  char *summary;
  char *body;
  char *page;
} Notice;

static void
notice_free (Notice *notice)
{
  g_free (notice->summary);
  g_free (notice->body);
  g_free (notice->page);
  g_free (notice);
}

/* What was pressed is heard by sek_notify_listen, as this thread sleeps between two notices. */
static void
on_action (NotifyNotification *notification, char *action, gpointer user_data)
{
}

static void
add_button (NotifyNotification *notification, const char *page)
{
  GList *able = notify_get_server_caps ();
  g_autofree char *action = g_strconcat (ACTION_PREFIX, page, NULL);
  if (g_list_find_custom (able, "actions", (GCompareFunc) strcmp) != NULL)
    /* Translators: the button of a desktop notification: opens Sekisho's window where more is said. */
    notify_notification_add_action (notification, action, _ ("Show"), on_action, NULL, NULL);
  g_list_free_full (able, g_free);
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
      add_button (notification, notice->page);
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

/* Anybody on the bus may send this; a window that opens is all that comes of it. */
static void
on_invoked (GDBusConnection *bus,
            const char *sender,
            const char *path,
            const char *interface,
            const char *signal,
            GVariant *parameters,
            gpointer user_data)
{
  const char *action;
  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(us)")))
    return;
  g_variant_get_child (parameters, 1, "&s", &action);
  if (!g_str_has_prefix (action, ACTION_PREFIX) || strlen (action) > strlen (ACTION_PREFIX) + PAGE_CHARS_MAX)
    return;
  GVariantBuilder arguments;
  g_variant_builder_init (&arguments, G_VARIANT_TYPE ("av"));
  g_variant_builder_add (&arguments, "v", g_variant_new_string (action + strlen (ACTION_PREFIX)));
  g_dbus_connection_call (bus, WINDOW, WINDOW_PATH, "org.freedesktop.Application", "ActivateAction",
                          g_variant_new ("(sava{sv})", "page", &arguments, NULL), NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, NULL);
}

guint
sek_notify_listen (GDBusConnection *bus)
{
  return g_dbus_connection_signal_subscribe (bus, NULL, "org.freedesktop.Notifications", "ActionInvoked",
                                             "/org/freedesktop/Notifications", NULL, G_DBUS_SIGNAL_FLAGS_NONE,
                                             on_invoked, NULL, NULL);
}

void
sek_notify (const char *summary, const char *body, const char *page)
{
  static GOnce once = G_ONCE_INIT;
  Notice *notice = g_new0 (Notice, 1);
  notice->summary = g_strdup (summary);
  notice->page = g_strdup (page);
  /* Servers read the body as markup. */
  notice->body = g_markup_escape_text (body, -1);
  g_thread_pool_push (g_once (&once, make_pool, NULL), notice, NULL);
}
