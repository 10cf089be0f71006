/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/host/host.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "agent/scanner/host/private.h"
#include "agent/scanner/host/server.h"

/* What the server is given over the scan's own time before it is taken to be stuck itself. */
#define GRACE_MILLISECONDS 1000
/* A server that dies under a scan is not the mail's doing, as it never reads one: it is tried again once. */
#define TRIES_MAX 2

GQuark
sek_scanner_error_quark (void)
{
  return g_quark_from_static_string ("sek-scanner-error-quark");
}

struct SekScanner
{
  gatomicrefcount references;
  GMutex mutex; /* of the next two */
  SekScannerServer *server;
  gboolean closed;
  gboolean attached; /* never changes: what hangs on the mails is read */
};

/* One scan as the host sees it. */
typedef struct
{
  int result_fd;
  int status_fd; /* reading end */
  int passwords_fd;
  gint64 size; /* of the mail */
  gint64 deadline;
} Scan;

static void
close_fd (int *fd)
{
  if (*fd >= 0)
    close (*fd);
  *fd = -1;
}

static void
scan_clear (Scan *scan)
{
  close_fd (&scan->result_fd);
  close_fd (&scan->status_fd);
  close_fd (&scan->passwords_fd);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scan, scan_clear)

SekScanner *
sek_scanner_new (GError **error)
{
  SekScannerServer *server = sek_scanner_server_start (error);
  if (server == NULL)
    return NULL;
  SekScanner *scanner = g_new0 (SekScanner, 1);
  g_atomic_ref_count_init (&scanner->references);
  g_mutex_init (&scanner->mutex);
  scanner->server = server;
  return scanner;
}

SekScanner *
sek_scanner_new_for_attached (GError **error)
{
  SekScanner *scanner = sek_scanner_new (error);
  if (scanner != NULL)
    scanner->attached = TRUE;
  return scanner;
}

SekScanner *
sek_scanner_ref (SekScanner *scanner)
{
  g_atomic_ref_count_inc (&scanner->references);
  return scanner;
}

void
sek_scanner_unref (SekScanner *scanner)
{
  if (!g_atomic_ref_count_dec (&scanner->references))
    return;
  g_clear_pointer (&scanner->server, sek_scanner_server_unref);
  g_mutex_clear (&scanner->mutex);
  g_free (scanner);
}

void
sek_scanner_free (SekScanner *scanner)
{
  if (scanner == NULL)
    return;
  g_mutex_lock (&scanner->mutex);
  scanner->closed = TRUE;
  if (scanner->server != NULL)
    sek_scanner_server_kill (scanner->server);
  g_mutex_unlock (&scanner->mutex);
  sek_scanner_unref (scanner);
}

/* The server to ask, started when there is none; NULL without an error when the scanner is being freed. */
static SekScannerServer *
get_server (SekScanner *scanner, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&scanner->mutex);
  if (scanner->server == NULL && !scanner->closed)
    scanner->server = sek_scanner_server_start (error);
  return scanner->server != NULL && !scanner->closed ? sek_scanner_server_ref (scanner->server) : NULL;
}

/* server is dead or stuck: the next scan starts another, unless somebody did already. */
static void
drop_server (SekScanner *scanner, SekScannerServer *server)
{
  sek_scanner_server_kill (server);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&scanner->mutex);
  if (scanner->server == server)
    g_clear_pointer (&scanner->server, sek_scanner_server_unref);
}

/* The memory the child leaves its facts in: its size is fixed, so that a taken-over child can not pull it
 * away from under the reader. */
static int
make_result (void)
{
  int fd = memfd_create ("sekisho-facts", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (fd >= 0 && (ftruncate (fd, (off_t) SEK_RESULT_BYTES) != 0 ||
                  fcntl (fd, F_ADD_SEALS, F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL) != 0))
    {
      close (fd);
      return -1;
    }
  return fd;
}

/* -1 when there are none, or no place for them: the mail is then scanned without. */
static int
make_passwords (const char *const *passwords)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  for (gsize i = 0; i < SEK_PASSWORDS_MAX && passwords != NULL && passwords[i] != NULL; i++)
    if (strlen (passwords[i]) <= SEK_PASSWORD_BYTES_MAX)
      g_byte_array_append (bytes, (const guint8 *) passwords[i], (guint) strlen (passwords[i]) + 1);
  int fd = bytes->len > 0 ? memfd_create ("sekisho-passwords", MFD_CLOEXEC) : -1;
  if (fd >= 0 && write (fd, bytes->data, bytes->len) != (ssize_t) bytes->len)
    {
      close (fd);
      return -1;
    }
  return fd;
}

/* Sends the mail down. FALSE when the server did not take it. */
static gboolean
begin (Scan *scan, SekScannerServer *server, int mail_fd, gboolean attached)
{
  int ends[2];
  close_fd (&scan->status_fd);
  close_fd (&scan->result_fd);
  scan->result_fd = make_result ();
  if (scan->result_fd < 0 || pipe2 (ends, O_CLOEXEC) != 0)
    return FALSE;
  scan->status_fd = ends[0];
  const SekScanRequest request = { .deadline = scan->deadline, .attached = attached };
  const int fds[SEK_SCAN_FD_COUNT] = { [SEK_SCAN_FD_MAIL] = mail_fd,
                                       [SEK_SCAN_FD_RESULT] = scan->result_fd,
                                       [SEK_SCAN_FD_STATUS] = ends[1],
                                       [SEK_SCAN_FD_PASSWORDS] = scan->passwords_fd };
  gboolean sent = sek_scanner_server_send (server, &request, fds);
  close (ends[1]);
  return sent;
}

/* Waits for the end of the scan. '\0' when the server is gone; SEK_SCAN_TIMED_OUT also when it does not
 * answer, with *stuck set. */
static char
wait_for_status (const Scan *scan, gboolean *stuck)
{
  struct pollfd watched = { .fd = scan->status_fd, .events = POLLIN };
  for (;;)
    {
      gint64 left = (scan->deadline - g_get_monotonic_time ()) / 1000 + GRACE_MILLISECONDS;
      int polled = left > 0 ? poll (&watched, 1, (int) left) : 0;
      if (polled < 0 && errno == EINTR)
        continue;
      char status = '\0';
      if (polled > 0)
        return read (scan->status_fd, &status, 1) == 1 ? status : '\0';
      *stuck = TRUE;
      return SEK_SCAN_TIMED_OUT;
    }
}

/* The facts the child left, NULL when there are none that can be believed to be facts. It is dead by now, so
 * they hold still. */
static SekFacts *
read_facts (const Scan *scan)
{
  SekScanResult result;
  if (pread (scan->result_fd, &result, sizeof result, 0) != (ssize_t) sizeof result || result.slot < 1 ||
      result.slot > 2)
    return NULL;
  gsize length = result.length[result.slot - 1];
  if (length == 0 || length > SEK_RESULT_SLOT_BYTES)
    return NULL;
  g_autofree guint8 *bytes = g_malloc (length);
  if (pread (scan->result_fd, bytes, length, (off_t) SEK_RESULT_SLOT (result.slot)) != (ssize_t) length)
    return NULL;
  g_autoptr (GBytes) data = g_bytes_new_take (g_steal_pointer (&bytes), length);
  g_autoptr (GVariant) variant =
      g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE_VARDICT, data, FALSE));
  return sek_facts_from_variant (variant, NULL);
}

static SekFacts *
conclude (const Scan *scan, char status)
{
  static const struct
  {
    char status;
    const char *problem;
  } problems[] = { { SEK_SCAN_TIMED_OUT, "timed-out" }, { SEK_SCAN_TOO_LARGE, "too-large" } };
  SekFacts *facts = scan->result_fd >= 0 ? read_facts (scan) : NULL;
  const char *problem = status == SEK_SCAN_DONE && facts != NULL ? NULL : "crashed";
  for (gsize i = 0; i < G_N_ELEMENTS (problems); i++)
    if (problems[i].status == status)
      problem = problems[i].problem;
  if (facts == NULL)
    facts = sek_facts_new ();
  facts->size = scan->size;
  if (problem != NULL)
    {
      /* A hostile child could have filled the list, to leave no room for this one. */
      if (facts->problems->len >= SEK_PROBLEMS_MAX)
        g_ptr_array_set_size (facts->problems, SEK_PROBLEMS_MAX - 1);
      sek_facts_add_problem (facts, problem, NULL);
    }
  return facts;
}

static gboolean
check_mail (int fd, Scan *scan, GError **error)
{
  struct stat status;
  if (fstat (fd, &status) != 0)
    {
      g_set_error (error, SEK_SCANNER_ERROR, SEK_SCANNER_ERROR_READ, "The mail cannot be read: %s",
                   g_strerror (errno));
      return FALSE;
    }
  int mode = fcntl (fd, F_GETFL);
  if (!S_ISREG (status.st_mode) || mode < 0 || (mode & O_ACCMODE) == O_WRONLY || (mode & O_PATH) != 0)
    {
      g_set_error_literal (error, SEK_SCANNER_ERROR, SEK_SCANNER_ERROR_READ,
                           "The mail cannot be read: it is not a file opened for reading");
      return FALSE;
    }
  scan->size = status.st_size;
  return TRUE;
}

SekFacts *
sek_scanner_scan (SekScanner *scanner, int fd, const char *const *passwords, GError **error)
{
  g_auto (Scan) scan = { .result_fd = -1, .status_fd = -1, .passwords_fd = -1 };
  if (!check_mail (fd, &scan, error))
    return NULL;
  scan.passwords_fd = make_passwords (passwords);
  char status = '\0';
  for (guint tries = 0; tries < TRIES_MAX && status == '\0'; tries++)
    {
      g_autoptr (GError) failure = NULL;
      g_autoptr (SekScannerServer) server = get_server (scanner, &failure);
      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
      if (server == NULL)
        break;
      gboolean stuck = FALSE;
      scan.deadline = g_get_monotonic_time () + SEK_SCAN_MILLISECONDS * 1000;
      if (begin (&scan, server, fd, scanner->attached))
        status = wait_for_status (&scan, &stuck);
      if (status == '\0' || stuck)
        drop_server (scanner, server);
    }
  return conclude (&scan, status);
}
