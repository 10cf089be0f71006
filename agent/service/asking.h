/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks the person for the secret of a login in a window of its own, sekisho-password. The secret goes from
 * there into the keyring; the agent never sees the window's input. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Whom a secret is asked for. */
typedef struct
{
  const char *server;
  const char *login;
  gboolean token; /* an access token, and not a password */
} SekSecretName;

/* The headline of a notification that says what is missing; static, translated. */
const char *sek_ask_headline (gboolean token);

/* Opens the window. kept is called in the main loop once a secret was kept, and not at all when cancellable
 * is cancelled before. FALSE when the window can't be opened. */
gboolean sek_ask_secret (const SekSecretName *name,
                         void (*kept) (gpointer user_data),
                         gpointer user_data,
                         GCancellable *cancellable);

G_END_DECLS
