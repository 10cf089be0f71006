/* SPDX-License-Identifier: GPL-3.0-or-later */
/* agent/secrets: what the person logs in with to send reports, in the desktop's keyring and nowhere else.
 * Knows neither the bus of the agent nor how a report travels. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SEK_SECRET_ERROR (sek_secret_error_quark ())
GQuark sek_secret_error_quark (void);
typedef enum
{
  SEK_SECRET_ERROR_MISSING, /* none is kept for this login */
  SEK_SECRET_ERROR_LOCKED,  /* there is one, but the keyring is locked */
} SekSecretError;

/* The secret of login at server, login "" for a token that belongs to nobody by name; NULL with error, also
 * G_IO_ERROR and those of D-Bus when there is no keyring. Never asks anybody for anything. Blocks: call it in
 * a thread. Free it with sek_secret_free. */
char *sek_secret_look_up (const char *server, const char *login, GCancellable *cancellable, GError **error);

/* Keeps secret for login at server in the default keyring, in place of an earlier one. Blocks; the desktop
 * may ask the person to unlock the keyring. */
gboolean sek_secret_keep (const char *server, const char *login, const char *secret, GError **error);

/* Wipes it. secret may be NULL. */
void sek_secret_free (char *secret);

G_END_DECLS
