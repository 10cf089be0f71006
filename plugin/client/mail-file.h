/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The exact bytes of a mail file, fixed in memory. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Copies the file at path (file name encoding) into a sealed memfd. Of a mail above SEK_MAIL_BYTES_MAX one
 * byte more than that is copied, so that the agent sees it is too large. Blocks: call it in a thread. A
 * descriptor the caller closes, or -1 with SEK_CLIENT_ERROR_FILE or G_IO_ERROR_CANCELLED. */
int sek_mail_file_copy (const char *path, GCancellable *cancellable, GError **error);

G_END_DECLS
