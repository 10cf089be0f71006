/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells the person on the desktop what the agent can not say in a mail client, since none may be running. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Shows a desktop notification (org.freedesktop.Notifications) that stays until it is closed. Both texts are
 * for people and plain, without markup. Never blocks; without a notification server only the journal has it.
 */
void sek_notify (const char *summary, const char *body);

G_END_DECLS
