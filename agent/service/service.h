/* SPDX-License-Identifier: GPL-3.0-or-later */
/* agent/service: the D-Bus face of the agent. Owns scanner, store, policy and outbox of one user session;
 * never looks at a byte of mail itself. Main thread only. */
#pragma once

#include <gio/gio.h>
#include "agent/core/core.h"

G_BEGIN_DECLS

#define SEK_SERVICE_NAME "io.github.sekisho.Agent1"
#define SEK_SERVICE_PATH "/io/github/sekisho/Agent1"

/* On the bus these are io.github.sekisho.Error.Scanner, .Store, .Mail. */
#define SEK_SERVICE_ERROR (sek_service_error_quark ())
GQuark sek_service_error_quark (void);

typedef enum
{
  SEK_SERVICE_ERROR_SCANNER, /* the scanner can't be started */
  SEK_SERVICE_ERROR_STORE,   /* the history can't be opened, read or written */
  SEK_SERVICE_ERROR_MAIL,    /* the mail can't be read */
} SekServiceError;

typedef struct SekService SekService;

/* Starts scanner, store, policy and outbox, and exports the object at SEK_SERVICE_PATH. policy_path: NULL for
 * the default, which may be missing. store_path: NULL for the default. What can't be started is said in the
 * journal and on the bus, and the rest goes on; fails only when the object can't be exported. */
SekService *
sek_service_new (GDBusConnection *bus, const char *policy_path, const char *store_path, GError **error);

/* Reads the policy files again, and looks for a newer signed one. */
void sek_service_reload (SekService *service);

/* Takes no new calls, gives a delivery under way ten seconds to end, and frees everything. Runs the main
 * context while it waits. */
void sek_service_free (SekService *service);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekService, sek_service_free)

G_END_DECLS
