/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/spare.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "agent/core/packet.h"
#include "agent/scanner/scanner.h"

enum
{
  FD_MAIL,
  FD_RESULT,
  FD_PASSWORDS, /* may be left out */
  FD_COUNT,
};

/* Never returns without a task. */
static void
receive (int socket, SekChildTask *task)
{
  char attached = 0;
  int fds[FD_COUNT];
  gssize got;
  do
    got = sek_packet_receive (socket, &attached, sizeof attached, fds, FD_COUNT);
  while (got < 0 && errno == EINTR);
  if (fds[FD_MAIL] < 0)
    _exit (SEK_CHILD_UNREADABLE);
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
  char attached = task->attached ? 1 : 0;
  const int fds[FD_COUNT] = {
    [FD_MAIL] = task->mail_fd, [FD_RESULT] = task->result_fd, [FD_PASSWORDS] = task->passwords_fd
  };
  return task->mail_fd >= 0 && task->result_fd >= 0 &&
         sek_packet_send (socket, &attached, sizeof attached, fds, FD_COUNT);
}

static void
forget (SekSpare *spare)
{
  close (spare->socket);
  *spare = (SekSpare){ 0 };
}

void
sek_spare_reap (SekSpare *spare)
{
  if (spare->pid != 0 && waitpid (spare->pid, NULL, WNOHANG) == spare->pid)
    forget (spare);
}

pid_t
sek_spare_use (SekSpare *spare, const SekChildTask *task)
{
  pid_t pid = spare->pid;
  if (pid == 0)
    return -1;
  gboolean sent = send_task (spare->socket, task);
  forget (spare);
  if (sent)
    return pid;
  kill (pid, SIGKILL);
  while (waitpid (pid, NULL, 0) < 0 && errno == EINTR)
    continue;
  return -1;
}
