/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sekisho-scanner: a warmed, single-threaded fork server. It passes descriptors on and watches the clock;
 * mails are read only by its children, one each, behind the seal. While nothing is asked of it, the child for
 * the next mail is made ready. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "agent/core/packet.h"
#include "agent/scanner/child.h"
#include "agent/scanner/host/protocol.h"
#include "agent/scanner/scanner.h"
#include "agent/scanner/seal.h"
#include "agent/scanner/spare.h"

/* Mails that come one after the other are not to wait for a spare child that is only just being made. */
#define QUIET_MILLISECONDS 2

typedef struct
{
  pid_t pid; /* 0: this place is free */
  int status_fd;
  gint64 deadline;
  gboolean timed_out;
} Child;

typedef struct
{
  SekSeal *seal;
  int child_signals; /* signalfd */
  Child children[SEK_SCANS_AT_ONCE];
  SekSpare spare;
  gboolean wants_spare;
} Server;

static pid_t
start_child (const Server *server, SekChildTask task)
{
  task.parent = getpid ();
  pid_t pid = fork ();
  if (pid == 0)
    sek_child_run (server->seal, &task);
  return pid;
}

static Child *
free_place (Server *server)
{
  for (gsize i = 0; i < G_N_ELEMENTS (server->children); i++)
    if (server->children[i].pid == 0)
      return &server->children[i];
  return NULL;
}

static void
report (int status_fd, char status)
{
  /* The pipe is empty, so this can not block; when nobody reads any more, nobody misses it. */
  while (write (status_fd, &status, 1) < 0 && errno == EINTR)
    continue;
  close (status_fd);
}

/* FALSE when the host is gone. */
static gboolean
accept_request (Server *server)
{
  SekScanRequest request = { 0 };
  int fds[SEK_SCAN_FD_COUNT];
  gssize got = sek_packet_receive (SEK_SCANNER_SOCKET, &request, sizeof request, fds, SEK_SCAN_FD_COUNT);
  if (got == 0 || (got < 0 && errno != EINTR))
    return FALSE;
  if (got == sizeof request && fds[SEK_SCAN_FD_STATUS] >= 0)
    {
      /* A mail that has waited too long for its turn is not begun. */
      const SekChildTask task = {
        .mail_fd = fds[SEK_SCAN_FD_MAIL],
        .result_fd = fds[SEK_SCAN_FD_RESULT],
        .passwords_fd = fds[SEK_SCAN_FD_PASSWORDS],
        .attached = request.attached == 1,
      };
      gboolean late = g_get_monotonic_time () >= request.deadline;
      pid_t pid = late ? -1 : sek_spare_use (&server->spare, &task);
      if (pid < 0 && !late)
        pid = start_child (server, task);
      if (pid > 0)
        *free_place (server) =
            (Child){ .pid = pid, .status_fd = fds[SEK_SCAN_FD_STATUS], .deadline = request.deadline };
      else
        report (fds[SEK_SCAN_FD_STATUS], late ? SEK_SCAN_TIMED_OUT : SEK_SCAN_CRASHED);
      fds[SEK_SCAN_FD_STATUS] = -1;
    }
  for (int i = 0; i < SEK_SCAN_FD_COUNT; i++)
    if (fds[i] >= 0)
      close (fds[i]);
  return TRUE;
}

/* How a child ended, as the host is told. */
static char
verdict_of (const Child *child, int status, const struct rusage *usage)
{
  if (WIFEXITED (status) && WEXITSTATUS (status) == SEK_CHILD_DONE)
    return SEK_SCAN_DONE;
  if (child->timed_out || (WIFSIGNALED (status) && WTERMSIG (status) == SIGXCPU))
    return SEK_SCAN_TIMED_OUT;
  if (WIFEXITED (status) && WEXITSTATUS (status) == SEK_CHILD_NO_MEMORY)
    return SEK_SCAN_TOO_LARGE;
  /* A library that does not look at what malloc gives falls over NULL: close to the limit that is the reason.
   */
  if (WIFSIGNALED (status) && (guint64) usage->ru_maxrss * 1024 > (guint64) SEK_SCAN_MEMORY_BYTES / 4 * 3)
    return SEK_SCAN_TOO_LARGE;
  return SEK_SCAN_CRASHED;
}

static void
reap (Server *server)
{
  struct signalfd_siginfo info;
  while (read (server->child_signals, &info, sizeof info) > 0)
    continue;
  sek_spare_reap (&server->spare);
  for (gsize i = 0; i < G_N_ELEMENTS (server->children); i++)
    {
      Child *child = &server->children[i];
      struct rusage usage;
      int status;
      if (child->pid == 0 || wait4 (child->pid, &status, WNOHANG, &usage) != child->pid)
        continue;
      child->pid = 0;
      server->wants_spare = TRUE;
      report (child->status_fd, verdict_of (child, status, &usage));
    }
}

/* Ends the children whose time is over. Returns the milliseconds until the next one's is, -1 for none. */
static int
watch_clock (Server *server)
{
  gint64 now = g_get_monotonic_time ();
  gint64 next = -1;
  for (gsize i = 0; i < G_N_ELEMENTS (server->children); i++)
    {
      Child *child = &server->children[i];
      if (child->pid == 0 || child->timed_out)
        continue;
      if (now >= child->deadline)
        {
          child->timed_out = TRUE;
          kill (child->pid, SIGKILL);
          continue;
        }
      gint64 left = (child->deadline - now) / 1000 + 1;
      next = next < 0 ? left : MIN (next, left);
    }
  return (int) MIN (next, SEK_SCAN_MILLISECONDS * 2);
}

static void
make_spare (Server *server)
{
  const int closed[] = { SEK_SCANNER_SOCKET, server->child_signals };
  server->wants_spare = FALSE;
  sek_spare_start (&server->spare, server->seal, closed, G_N_ELEMENTS (closed));
}

static gboolean
is_idle (const Server *server)
{
  for (gsize i = 0; i < G_N_ELEMENTS (server->children); i++)
    if (server->children[i].pid != 0)
      return FALSE;
  return TRUE;
}

static void
serve (Server *server)
{
  gboolean host_there = TRUE;
  while (host_there)
    {
      gboolean makes_spare = server->wants_spare && server->spare.pid == 0 && is_idle (server);
      int timeout = makes_spare ? QUIET_MILLISECONDS : watch_clock (server);
      struct pollfd watched[] = { { .fd = server->child_signals, .events = POLLIN },
                                  { .fd = SEK_SCANNER_SOCKET, .events = POLLIN } };
      /* While every place is taken, mails wait in the socket. */
      if (free_place (server) == NULL)
        watched[1].events = 0;
      int polled = poll (watched, G_N_ELEMENTS (watched), timeout);
      if (polled < 0 && errno != EINTR)
        return;
      if (polled == 0 && makes_spare)
        make_spare (server);
      if (watched[0].revents != 0)
        reap (server);
      if ((watched[1].revents & POLLIN) != 0)
        host_there = accept_request (server);
      else if ((watched[1].revents & (POLLHUP | POLLERR)) != 0)
        host_there = FALSE;
    }
}

/* Reads a mail behind the seal before it offers to read others': a kernel that refuses a part of the seal, or
 * a library that has come to need more than the seal leaves, is found when the scanner starts. */
static gboolean
prove_seal (const Server *server)
{
  static const char mail[] = "From: =?ISO-2022-JP?B?GyRCNFg9aiEhQkBPOhsoQg==?= <taro@kaede.example>\n"
                             "Subject: test\nContent-Type: text/html\n\n<p>test</p>\n";
  int mail_fd = memfd_create ("mail", MFD_CLOEXEC);
  int result_fd = memfd_create ("result", MFD_CLOEXEC);
  SekScanResult result = { 0 };
  int status = -1;
  if (mail_fd >= 0 && result_fd >= 0 && ftruncate (result_fd, (off_t) SEK_RESULT_BYTES) == 0 &&
      write (mail_fd, mail, sizeof mail - 1) == (ssize_t) sizeof mail - 1)
    {
      pid_t pid =
          start_child (server,
                       (SekChildTask){ .mail_fd = mail_fd, .result_fd = result_fd, .passwords_fd = -1 });
      if (pid > 0 && waitpid (pid, &status, 0) == pid && WIFEXITED (status) &&
          WEXITSTATUS (status) == SEK_CHILD_DONE &&
          pread (result_fd, &result, sizeof result, 0) != (ssize_t) sizeof result)
        result.slot = 0;
    }
  close (mail_fd);
  close (result_fd);
  if (result.slot == 0)
    fprintf (stderr, "sekisho-scanner: reading a test mail behind the seal failed (wait status %#x)\n",
             (guint) status);
  return result.slot != 0;
}

int
main (int argc, char **argv)
{
  sigset_t child_signal;
  sigemptyset (&child_signal);
  sigaddset (&child_signal, SIGCHLD);
  sigprocmask (SIG_BLOCK, &child_signal, NULL);
  signal (SIGPIPE, SIG_IGN);
  int type = 0;
  socklen_t size = sizeof type;
  if (getsockopt (SEK_SCANNER_SOCKET, SOL_SOCKET, SO_TYPE, &type, &size) != 0 || type != SOCK_SEQPACKET)
    {
      fprintf (stderr, "sekisho-scanner is started by the sekisho programs and is of no use by itself\n");
      return 2;
    }
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) warm = sek_scan_warm_up ();
  Server server = { .seal = sek_seal_new (&error),
                    .child_signals = signalfd (-1, &child_signal, SFD_CLOEXEC | SFD_NONBLOCK) };
  if (server.seal == NULL)
    {
      fprintf (stderr, "sekisho-scanner: %s\n", error->message);
      return 1;
    }
  server.wants_spare = TRUE;
  int result = 1;
  if (server.child_signals >= 0 && prove_seal (&server) && write (SEK_SCANNER_SOCKET, "r", 1) == 1)
    {
      serve (&server);
      result = 0;
    }
  /* Children end with their parent. */
  sek_seal_free (server.seal);
  return result;
}
