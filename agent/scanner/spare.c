/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/spare.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "agent/scanner/scanner.h"

enum
{
  FD_MAIL,
  FD_RESULT,
  FD_PASSWORDS, /* may be left out */
  FD_COUNT,
};

typedef union
{
  struct cmsghdr header;
  char space[CMSG_SPACE (sizeof (int) * FD_COUNT)];
} Control;

/* Never returns without a task. */
static void
receive (int socket, SekChildTask *task)
{
  Control control;
  char attached = 0;
  struct iovec vector = { &attached, sizeof attached };
  struct msghdr message = {
    .msg_iov = &vector, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control
  };
  ssize_t got;
  do
    got = recvmsg (socket, &message, MSG_CMSG_CLOEXEC);
  while (got < 0 && errno == EINTR);
  int fds[FD_COUNT] = { -1, -1, -1 };
  struct cmsghdr *header = got > 0 ? CMSG_FIRSTHDR (&message) : NULL;
  if (header == NULL || header->cmsg_type != SCM_RIGHTS)
    _exit (SEK_CHILD_UNREADABLE);
  memcpy (fds, CMSG_DATA (header), MIN (header->cmsg_len - CMSG_LEN (0), sizeof fds));
  task->mail_fd = fds[FD_MAIL];
  task->result_fd = fds[FD_RESULT];
  task->passwords_fd = fds[FD_PASSWORDS];
  task->attached = attached == 1;
}

G_NORETURN static void
wait_for_mail (const SekSeal *seal, int socket, pid_t parent)
{
  if (prctl (PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0 || getppid () != parent)
    _exit (SEK_CHILD_UNSEALED);
  SekChildTask task = { .parent = parent };
  struct pollfd watched = { .fd = socket, .events = POLLIN };
  if (poll (&watched, 1, 0) == 0)
    sek_scan_once ();
  receive (socket, &task);
  sek_child_run (seal, &task);
}

void
sek_spare_start (SekSpare *spare, const SekSeal *seal, const int *closed, gsize closed_count)
{
  int ends[2];
  pid_t server = getpid ();
  spare->pid = 0;
  if (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
    return;
  pid_t pid = fork ();
  if (pid == 0)
    {
      close (ends[0]);
      for (gsize i = 0; i < closed_count; i++)
        close (closed[i]);
      wait_for_mail (seal, ends[1], server);
    }
  close (ends[1]);
  if (pid < 0)
    {
      close (ends[0]);
      return;
    }
  *spare = (SekSpare){ .pid = pid, .socket = ends[0] };
}

static gboolean
send_task (int socket, const SekChildTask *task)
{
  Control control = { .space = { 0 } };
  char attached = task->attached ? 1 : 0;
  struct iovec vector = { &attached, sizeof attached };
  const int fds[FD_COUNT] = {
    [FD_MAIL] = task->mail_fd, [FD_RESULT] = task->result_fd, [FD_PASSWORDS] = task->passwords_fd
  };
  gsize count = task->passwords_fd >= 0 ? FD_COUNT : FD_PASSWORDS;
  struct msghdr message = { .msg_iov = &vector,
                            .msg_iovlen = 1,
                            .msg_control = &control,
                            .msg_controllen = CMSG_SPACE (sizeof (int) * count) };
  struct cmsghdr *header = CMSG_FIRSTHDR (&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN (sizeof (int) * count);
  memcpy (CMSG_DATA (header), fds, sizeof (int) * count);
  return sendmsg (socket, &message, MSG_DONTWAIT | MSG_NOSIGNAL) > 0;
}

pid_t
sek_spare_use (SekSpare *spare, const SekChildTask *task)
{
  pid_t pid = spare->pid;
  if (pid == 0)
    return -1;
  gboolean sent = task->mail_fd >= 0 && task->result_fd >= 0 && send_task (spare->socket, task);
  close (spare->socket);
  *spare = (SekSpare){ 0 };
  if (sent)
    return pid;
  kill (pid, SIGKILL);
  while (waitpid (pid, NULL, 0) < 0 && errno == EINTR)
    continue;
  return -1;
}
