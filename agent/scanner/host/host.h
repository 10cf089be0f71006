/* SPDX-License-Identifier: GPL-3.0-or-later */
/* agent/scanner/host: starts sekisho-scanner and hands it mails, one sealed process each. The side of the
 * wall that never looks at a byte of mail: it passes a descriptor down and reads facts back in GVariant form.
 */
#pragma once

#include <gio/gio.h>
#include "agent/core/core.h"

G_BEGIN_DECLS

#define SEK_SCANNER_ERROR (sek_scanner_error_quark ())
GQuark sek_scanner_error_quark (void);
typedef enum
{
  SEK_SCANNER_ERROR_START, /* sekisho-scanner can't be found, run or sealed */
  SEK_SCANNER_ERROR_READ,  /* the descriptor can't be read */
} SekScannerError;

typedef struct SekScanner SekScanner;

/* Finds sekisho-scanner beside the running program, else in the libexec folder, and starts its fork server.
 * The server is started again by itself when it has died. */
SekScanner *sek_scanner_new (GError **error);
/* The same for reports and forwarding mails: what is read is the first mail (message/rfc822) that hangs on
 * the one given, or the one given when there is none. */
SekScanner *sek_scanner_new_for_attached (GError **error);
/* Ends the server. Scans under way end with the problem "crashed". */
void sek_scanner_free (SekScanner *scanner);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekScanner, sek_scanner_free)

/* Scans one mail. fd: a regular file or memfd opened for reading; read from its start to its end, borrowed,
 * its offset is left alone. passwords: to be tried on what is locked, UTF-8, NULL-terminated, the first
 * SEK_PASSWORDS_MAX count; may be NULL. Waits at most a little over SEK_SCAN_MILLISECONDS (the same again
 * when the server dies under it). A mail that takes the scanner down, or runs out of time or memory, still
 * gives facts: the problem "crashed", "timed-out" or "too-large", its size, and whatever was known by then,
 * usually the whole header. NULL only with SEK_SCANNER_ERROR. Any thread, needs no main loop; several may be
 * under way, of which SEK_SCANS_AT_ONCE run at a time. */
SekFacts *sek_scanner_scan (SekScanner *scanner, int fd, const char *const *passwords, GError **error);

/* The same without waiting; callback runs in the thread-default main context. fd is duplicated. The
 * cancellable drops the answer (G_IO_ERROR_CANCELLED). The scanner may be freed meanwhile: the scan then ends
 * with "crashed". */
void sek_scanner_scan_async (SekScanner *scanner,
                             int fd,
                             const char *const *passwords,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
/* scanner is not looked at and may be NULL. Newly allocated facts, or NULL with SEK_SCANNER_ERROR or
 * G_IO_ERROR_CANCELLED. */
SekFacts *sek_scanner_scan_finish (SekScanner *scanner, GAsyncResult *result, GError **error);

G_END_DECLS
