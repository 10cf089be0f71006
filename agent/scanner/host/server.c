/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/host/server.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "agent/core/packet.h"
#include "agent/scanner/host/host.h"

/* A cold disk cache and a loaded machine, together; a warm start takes a hundredth of it. */
#define START_MILLISECONDS 20000

struct SekScannerServer
{
  gatomicrefcount references;
  GSubprocess *process;
  int socket;
};

/* Beside the running program, so that a build tree uses its own; else where it is installed. */
static char *
find_program (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : NULL;
  g_autofree char *beside = folder != NULL ? g_build_filename (folder, "sekisho-scanner", NULL) : NULL;
  if (beside != NULL && g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&beside);
  return g_build_filename (SEK_LIBEXECDIR, "sekisho-scanner", NULL);
}

/* Nothing of the session's environment reaches the program: neither its locale nor a path to other modules.
 */
static char **
make_environment (void)
{
  char **environment = g_new0 (char *, 1);
#ifdef SEK_SANITIZED
  static const char *const kept[] = { "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS" };
  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    if (g_getenv (kept[i]) != NULL)
      environment = g_environ_setenv (environment, kept[i], g_getenv (kept[i]), TRUE);
#endif
  return environment;
}

static gboolean
wait_until_ready (SekScannerServer *server, const char *program, GError **error)
{
  struct pollfd watched = { .fd = server->socket, .events = POLLIN };
  int polled;
  while ((polled = poll (&watched, 1, START_MILLISECONDS)) < 0 && errno == EINTR)
    continue;
  char ready = '\0';
  if (polled > 0 && recv (server->socket, &ready, 1, MSG_DONTWAIT) == 1)
    return TRUE;
  g_set_error (error, SEK_SCANNER_ERROR, SEK_SCANNER_ERROR_START,
               polled == 0 ? "The mail scanner %s was started, but did not become ready"
                           : "The mail scanner %s was started, but ended because it could not seal itself",
               program);
  return FALSE;
}

SekScannerServer *
sek_scanner_server_start (GError **error)
{
  g_autofree char *program = find_program ();
  int ends[2];
  if (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
    {
      g_set_error (error, SEK_SCANNER_ERROR, SEK_SCANNER_ERROR_START,
                   "The mail scanner %s could not be started: there is no socket for it (%s)", program,
                   g_strerror (errno));
      return NULL;
    }
  g_autoptr (SekScannerServer) server = g_new0 (SekScannerServer, 1);
  g_atomic_ref_count_init (&server->references);
  server->socket = ends[0];
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_auto (GStrv) environment = make_environment ();
  g_subprocess_launcher_set_environ (launcher, environment);
  g_subprocess_launcher_set_cwd (launcher, "/");
  g_subprocess_launcher_take_fd (launcher, ends[1], SEK_SCANNER_SOCKET);
  g_autoptr (GError) failure = NULL;
  server->process = g_subprocess_launcher_spawn (launcher, &failure, program, NULL);
  /* The launcher's copy of the other end must go, or the end of the program would not be seen. */
  g_clear_object (&launcher);
  if (server->process == NULL)
    {
      g_set_error (error, SEK_SCANNER_ERROR, SEK_SCANNER_ERROR_START,
                   "The mail scanner %s could not be started: %s", program, failure->message);
      return NULL;
    }
  return wait_until_ready (server, program, error) ? g_steal_pointer (&server) : NULL;
}

SekScannerServer *
sek_scanner_server_ref (SekScannerServer *server)
{
  g_atomic_ref_count_inc (&server->references);
  return server;
}

void
sek_scanner_server_unref (SekScannerServer *server)
{
  if (!g_atomic_ref_count_dec (&server->references))
    return;
  if (server->process != NULL)
    g_subprocess_force_exit (server->process);
  g_clear_object (&server->process);
  close (server->socket);
  g_free (server);
}

void
sek_scanner_server_kill (SekScannerServer *server)
{
  g_subprocess_force_exit (server->process);
}

gboolean
sek_scanner_server_send (SekScannerServer *server,
                         const SekScanRequest *request,
                         const int fds[SEK_SCAN_FD_COUNT])
{
  /* The queue is full when very many mails wait; then this one waits for its place in it. */
  for (;;)
    {
      if (sek_packet_send (server->socket, request, sizeof *request, fds, SEK_SCAN_FD_COUNT))
        return TRUE;
      gint64 left = (request->deadline - g_get_monotonic_time ()) / 1000;
      if (left <= 0 || (errno != EAGAIN && errno != EINTR && errno != ETOOMANYREFS))
        return FALSE;
      struct pollfd watched = { .fd = server->socket, .events = POLLOUT };
      poll (&watched, 1, (int) MIN (left, 50));
    }
}
