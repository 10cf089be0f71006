/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells the person on the desktop what the agent can not say in a mail client, since none may be running. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Shows a desktop notification (org.freedesktop.Notifications) that stays until it is closed. Both texts are
 * for people and plain, without markup. page: the page of Sekisho's window that says more, for a button.
 * Never blocks; without a notification server only the journal has it. */
void sek_notify (const char *summary, const char *body, const char *page);

/* From now on the button of a notification opens the window, which D-Bus starts. The subscription of bus, for
 * g_dbus_connection_signal_unsubscribe. */
guint sek_notify_listen (GDBusConnection *bus);

G_END_DECLS
