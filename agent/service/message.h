/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The descriptor a caller handed over: what may be in it, and how its bytes are fixed before anybody reads
 * them. */
#pragma once

#include <gio/gio.h>
#include <gio/gunixfdlist.h>

G_BEGIN_DECLS

/* Takes the descriptor that handle names out of list (may be NULL). It must be a regular file or a memfd that
 * is open for reading, else G_DBUS_ERROR_INVALID_ARGS. Returns a descriptor the caller closes, or -1. */
int sek_message_take_fd (GUnixFDList *list, GVariant *handle, GError **error);

/* TRUE when nobody can change the bytes behind fd any more, or when fd is an ordinary file, which is read as
 * it is. FALSE for a memfd that its owner could still write into or cut short while it is read. */
gboolean sek_message_is_fixed (int fd);

/* A sealed copy in memory of at most SEK_MAIL_BYTES_MAX + 1 bytes, so that a longer one still shows as too
 * large. Blocks. -1 with SEK_SERVICE_ERROR_MAIL. */
int sek_message_copy (int fd, GCancellable *cancellable, GError **error);

/* The bytes behind fd from its start. Blocks. NULL with SEK_SERVICE_ERROR_MAIL, also when there are more than
 * SEK_MAIL_BYTES_MAX. */
GBytes *sek_message_read (int fd, GCancellable *cancellable, GError **error);

G_END_DECLS
