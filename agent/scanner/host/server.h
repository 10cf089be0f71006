/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The running sekisho-scanner program: started, proven ready, ended. */
#pragma once

#include <gio/gio.h>

#include "agent/scanner/host/protocol.h"

G_BEGIN_DECLS

/* Shared by the scans under way; the last one to let go ends the program. */
typedef struct SekScannerServer SekScannerServer;

/* Starts sekisho-scanner and waits until it says it is ready. NULL with SEK_SCANNER_ERROR_START. */
SekScannerServer *sek_scanner_server_start (GError **error);
SekScannerServer *sek_scanner_server_ref (SekScannerServer *server);
void sek_scanner_server_unref (SekScannerServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekScannerServer, sek_scanner_server_unref)

/* Sends one request; fds are borrowed, the last may be -1. FALSE when the program is gone, or does not take
 * it before the deadline. */
gboolean sek_scanner_server_send (SekScannerServer *server,
                                  const SekScanRequest *request,
                                  const int fds[SEK_SCAN_FD_COUNT]);

/* Ends the program at once, and with it its children. */
void sek_scanner_server_kill (SekScannerServer *server);

G_END_DECLS
