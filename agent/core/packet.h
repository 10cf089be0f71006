/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Descriptors that go from one process to another, in one packet of a SOCK_SEQPACKET pair; unix(7),
 * SCM_RIGHTS. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SEK_PACKET_FDS_MAX 4

/* Sends length bytes with count descriptors, at most SEK_PACKET_FDS_MAX; the last of them may be -1 and are
 * left out. Does not wait. FALSE with errno when it was not taken. */
gboolean sek_packet_send (int socket, gconstpointer bytes, gsize length, const int *fds, gsize count);
/* Receives one; what did not come of count descriptors is -1, the others are closed on exec. Returns as
 * recvmsg(2) does. */
gssize sek_packet_receive (int socket, gpointer bytes, gsize length, int *fds, gsize count);

G_END_DECLS
