/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/core/packet.h"

#include <string.h>
#include <sys/socket.h>

typedef union
{
  struct cmsghdr header;
  char space[CMSG_SPACE (sizeof (int) * SEK_PACKET_FDS_MAX)];
} Control;

gboolean
sek_packet_send (int socket, gconstpointer bytes, gsize length, const int *fds, gsize count)
{
  Control control = { .space = { 0 } };
  struct iovec vector = { (void *) bytes, length };
  while (count > 0 && fds[count - 1] < 0)
    count--;
  struct msghdr message = { .msg_iov = &vector,
                            .msg_iovlen = 1,
                            .msg_control = &control,
                            .msg_controllen = CMSG_SPACE (sizeof (int) * count) };
  struct cmsghdr *header = CMSG_FIRSTHDR (&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN (sizeof (int) * count);
  memcpy (CMSG_DATA (header), fds, sizeof (int) * count);
  return sendmsg (socket, &message, MSG_DONTWAIT | MSG_NOSIGNAL) >= 0;
}

gssize
sek_packet_receive (int socket, gpointer bytes, gsize length, int *fds, gsize count)
{
  Control control;
  struct iovec vector = { bytes, length };
  struct msghdr message = { .msg_iov = &vector,
                            .msg_iovlen = 1,
                            .msg_control = &control,
                            .msg_controllen = CMSG_SPACE (sizeof (int) * count) };
  for (gsize i = 0; i < count; i++)
    fds[i] = -1;
  gssize got = recvmsg (socket, &message, MSG_CMSG_CLOEXEC);
  struct cmsghdr *header = got > 0 ? CMSG_FIRSTHDR (&message) : NULL;
  if (header != NULL && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS)
    memcpy (fds, CMSG_DATA (header), MIN (header->cmsg_len - CMSG_LEN (0), sizeof (int) * count));
  return got;
}
