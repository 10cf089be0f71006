/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The host with the real program, in good days and bad: servers and children are killed and stopped for real.
 */
#include "tests/agent/scanner/processes.h"
#include "tests/agent/scanner/support.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Some of what is done to a child needs it to live for a while. */
#define SLOW_MAIL_BYTES (100u * 1024 * 1024)
#define TRIES 10

/* A mail that takes a child some hundred milliseconds: its size is all there is to it. */
static int
slow_mail (void)
{
  g_autoptr (GString) mail = g_string_new ("From: a@kaede.example\nSubject: slow\n"
                                           "Content-Type: application/octet-stream; name=a.bin\n"
                                           "Content-Transfer-Encoding: base64\n\n");
  while (mail->len < SLOW_MAIL_BYTES)
    g_string_append (mail, "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIzNDU2Nzg5QUJDREVGR0hJSktMTU5PUFFS\n");
  return test_memfd (mail->str, mail->len);
}

static void
test_plain (void)
{
  g_autoptr (SekScanner) scanner = test_scanner_new ();
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *mail = test_small_mail (i);
      g_autofree char *subject = g_strdup_printf ("mail %u", i);
      g_autoptr (SekFacts) facts = test_scan (scanner, mail, strlen (mail));
      g_assert_cmpstr (facts->subject, ==, subject);
    }
  /* No child is left but the next one. */
  GPid spare = test_wait_for_spare (test_find_server ());
  g_assert_true (test_is_alive (spare));
}

static void
test_descriptor (void)
{
  g_autoptr (SekScanner) scanner = test_scanner_new ();
  g_autofree char *mail = test_small_mail (1);
  int fd = test_memfd (mail, strlen (mail));
  g_assert_cmpint (lseek (fd, 5, SEEK_SET), ==, 5);
  g_autoptr (SekFacts) facts = sek_scanner_scan (scanner, fd, NULL, NULL);
  g_assert_cmpstr (facts->subject, ==, "mail 1");
  g_assert_cmpint (lseek (fd, 0, SEEK_CUR), ==, 5);
  close (fd);

  int ends[2];
  g_assert_cmpint (pipe (ends), ==, 0);
  int write_only = open ("/proc/self/comm", O_WRONLY);
  int folder = open ("/", O_RDONLY);
  const int bad[] = { -1, ends[0], folder, write_only };
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (sek_scanner_scan (scanner, bad[i], NULL, &error));
      g_assert_error (error, SEK_SCANNER_ERROR, SEK_SCANNER_ERROR_READ);
      g_assert_true (g_str_has_prefix (error->message, "The mail cannot be read: "));
    }
  close (ends[0]);
  close (ends[1]);
  close (write_only);
  close (folder);
  test_assert_scans (scanner);
}

static void
test_server_killed_between (void)
{
  g_autoptr (SekScanner) scanner = test_scanner_new ();
  for (guint i = 0; i < 3; i++)
    {
      GPid server = test_find_server ();
      g_assert_cmpint (kill (server, SIGKILL), ==, 0);
      /* Sometimes it is dead already, sometimes it dies under the request. */
      if (i > 0)
        test_wait_for_end (server);
      test_assert_scans (scanner);
    }
}

/* A server that ends when its host goes leaves nothing behind. */
static void
test_free (void)
{
  SekScanner *scanner = test_scanner_new ();
  GPid server = test_find_server ();
  sek_scanner_free (scanner);
  test_wait_for_end (server);
  g_autoptr (GArray) children = test_wait_for_children (0);
  g_assert_cmpuint (children->len, ==, 0);
}

/* What a second thread does to the processes while a scan waits. */
typedef struct
{
  int signal;
  gboolean to_server; /* else to the child */
  guint times;        /* the processes come again under new ids */
  gint sent;
  gint over; /* the scan has ended */
} Attack;

static gpointer
attack (gpointer data)
{
  Attack *plan = data;
  GPid last = 0;
  while ((guint) g_atomic_int_get (&plan->sent) < plan->times && !g_atomic_int_get (&plan->over))
    {
      g_autoptr (GArray) servers = test_living_children ();
      GPid server = servers->len > 0 ? g_array_index (servers, GPid, 0) : 0;
      g_autoptr (GArray) children =
          server > 0 ? test_children (server) : g_array_new (FALSE, FALSE, sizeof (GPid));
      GPid child = children->len > 0 ? g_array_index (children, GPid, 0) : 0;
      if (child == 0 || child == last)
        {
          g_usleep (500);
          continue;
        }
      /* Long enough for the header, not for the rest. */
      g_usleep (60000);
      last = child;
      if (kill (plan->to_server ? server : child, plan->signal) == 0)
        g_atomic_int_inc (&plan->sent);
    }
  return NULL;
}

/* Scans the slow mail under attack, again if the scan was over first. */
static SekFacts *
scan_under_attack (SekScanner *scanner, const Attack *plan, const char *expected_problem)
{
  int fd = slow_mail ();
  SekFacts *facts = NULL;
  for (guint i = 0; i < TRIES; i++)
    {
      Attack mine = *plan;
      g_autoptr (GError) error = NULL;
      GThread *thread = g_thread_new ("attack", attack, &mine);
      facts = sek_scanner_scan (scanner, fd, NULL, &error);
      g_atomic_int_set (&mine.over, TRUE);
      g_thread_join (thread);
      g_assert_no_error (error);
      g_assert_cmpint (facts->size, >=, SLOW_MAIL_BYTES);
      gboolean done = (guint) mine.sent == plan->times &&
                      (expected_problem == NULL || test_has_problem (facts, expected_problem));
      if (done || i + 1 == TRIES)
        break;
      sek_facts_free (facts);
    }
  close (fd);
  return facts;
}

static void
test_child_killed (void)
{
  g_autoptr (SekScanner) scanner = test_scanner_new ();
  const Attack plan = { .signal = SIGSEGV, .times = 1 };
  g_autoptr (SekFacts) facts = scan_under_attack (scanner, &plan, "crashed");
  g_assert_true (test_has_problem (facts, "crashed"));
  /* What was known before survives. */
  g_assert_cmpstr (facts->subject, ==, "slow");
  g_assert_cmpstr (sek_facts_author (facts)->addr_spec, ==, "a@kaede.example");
  test_assert_scans (scanner);
}

static void
test_child_stopped (void)
{
  g_autoptr (SekScanner) scanner = test_scanner_new ();
  const Attack plan = { .signal = SIGSTOP, .times = 1 };
  g_autoptr (SekFacts) facts = scan_under_attack (scanner, &plan, "timed-out");
  g_assert_true (test_has_problem (facts, "timed-out"));
  g_assert_cmpstr (facts->subject, ==, "slow");
  test_assert_scans (scanner);
  test_wait_for_spare (test_find_server ());
}

/* The server's death is not the mail's doing, so the mail is read by the next one; twice is enough. */
static void
test_server_killed_during (void)
{
  g_autoptr (SekScanner) scanner = test_scanner_new ();
  const Attack once = { .signal = SIGKILL, .to_server = TRUE, .times = 1 };
  g_autoptr (SekFacts) read = scan_under_attack (scanner, &once, NULL);
  g_assert_cmpuint (read->problems->len, ==, 0);
  g_assert_cmpstr (test_attachment (read, 0)->name, ==, "a.bin");
  const Attack twice = { .signal = SIGKILL, .to_server = TRUE, .times = 2 };
  g_autoptr (SekFacts) facts = scan_under_attack (scanner, &twice, "crashed");
  g_assert_true (test_has_problem (facts, "crashed"));
  test_assert_scans (scanner);
}

static void
test_server_stopped (void)
{
  g_autoptr (SekScanner) scanner = test_scanner_new ();
  GPid server = test_find_server ();
  g_assert_cmpint (kill (server, SIGSTOP), ==, 0);
  g_autofree char *mail = test_small_mail (3);
  g_autoptr (SekFacts) facts = test_scan (scanner, mail, strlen (mail));
  g_assert_true (test_has_problem (facts, "timed-out"));
  test_assert_scans (scanner);
  test_wait_for_end (server);
}

/* Children end with their server, whatever ends it. */
static void
test_no_orphans (void)
{
  SekScanner *scanner = test_scanner_new ();
  GPid server = test_find_server ();
  int fd = slow_mail ();
  sek_scanner_scan_async (scanner, fd, NULL, NULL, NULL, NULL);
  g_autoptr (GArray) children = test_children (server);
  while (children->len == 0)
    {
      g_array_unref (children);
      children = test_children (server);
    }
  GPid child = g_array_index (children, GPid, 0);
  sek_scanner_free (scanner);
  test_wait_for_end (child);
  close (fd);
}

typedef struct
{
  GMainLoop *loop;
  guint left;
  SekFacts *facts[40];
  GError *error;
} Round;

static void
take_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Round *round = user_data;
  g_autoptr (GError) error = NULL;
  SekFacts *facts = sek_scanner_scan_finish (NULL, result, &error);
  if (error != NULL)
    round->error = g_steal_pointer (&error);
  else
    round->facts[--round->left] = facts;
  if (round->left == 0 || round->error != NULL)
    g_main_loop_quit (round->loop);
}

static void
test_several (void)
{
  g_autoptr (SekScanner) scanner = test_scanner_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Round round = { .loop = loop, .left = G_N_ELEMENTS (round.facts) };
  for (guint i = 0; i < G_N_ELEMENTS (round.facts); i++)
    {
      g_autofree char *mail = test_small_mail (i);
      int fd = test_memfd (mail, strlen (mail));
      sek_scanner_scan_async (scanner, fd, NULL, NULL, take_answer, &round);
      /* The scan has a descriptor of its own. */
      close (fd);
    }
  g_main_loop_run (loop);
  g_assert_no_error (round.error);
  gboolean seen[G_N_ELEMENTS (round.facts)] = { FALSE };
  for (guint i = 0; i < G_N_ELEMENTS (round.facts); i++)
    {
      guint number = 0;
      g_assert_cmpint (sscanf (round.facts[i]->subject, "mail %u", &number), ==, 1);
      g_assert_false (seen[number]);
      seen[number] = TRUE;
      sek_facts_free (round.facts[i]);
    }
}

static void
test_cancelled (void)
{
  g_autoptr (SekScanner) scanner = test_scanner_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Round round = { .loop = loop, .left = 1 };
  int fd = slow_mail ();
  sek_scanner_scan_async (scanner, fd, NULL, cancellable, take_answer, &round);
  close (fd);
  g_cancellable_cancel (cancellable);
  g_main_loop_run (loop);
  g_assert_error (round.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&round.error);
  sek_scanner_scan_async (scanner, -1, NULL, NULL, take_answer, &round);
  g_main_loop_run (loop);
  g_assert_error (round.error, SEK_SCANNER_ERROR, SEK_SCANNER_ERROR_READ);
  g_clear_error (&round.error);
  test_assert_scans (scanner);
}

static void
test_freed_meanwhile (void)
{
  SekScanner *scanner = test_scanner_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Round round = { .loop = loop, .left = 1 };
  int fd = slow_mail ();
  sek_scanner_scan_async (scanner, fd, NULL, NULL, take_answer, &round);
  close (fd);
  sek_scanner_free (scanner);
  g_main_loop_run (loop);
  g_assert_no_error (round.error);
  g_assert_true (test_has_problem (round.facts[0], "crashed"));
  g_assert_cmpint (round.facts[0]->size, >=, SLOW_MAIL_BYTES);
  sek_facts_free (round.facts[0]);
}

static gpointer
scan_many (gpointer data)
{
  for (guint i = 0; i < 20; i++)
    test_assert_scans (data);
  return NULL;
}

/* Without any main loop, as the command line does it, from several threads. */
static void
test_threads (void)
{
  g_autoptr (SekScanner) scanner = test_scanner_new ();
  GThread *threads[8];
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("scan", scan_many, scanner);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

/* Started by hand, the program says so and ends. */
static void
test_program_by_hand (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *program = g_build_filename (g_getenv ("SEK_BIN_DIR"), "sekisho-scanner", NULL);
  g_autofree char *output = NULL, *complaint = NULL;
  char *argv[] = { program, NULL };
  int status = 0;
  g_assert_true (
      g_spawn_sync (NULL, argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, &complaint, &status, &error));
  g_assert_no_error (error);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 2);
  g_assert_nonnull (strstr (complaint, "is started by the sekisho programs"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scanner/host/plain", test_plain);
  g_test_add_func ("/scanner/host/descriptor", test_descriptor);
  g_test_add_func ("/scanner/host/server-killed-between", test_server_killed_between);
  g_test_add_func ("/scanner/host/free", test_free);
  g_test_add_func ("/scanner/host/child-killed", test_child_killed);
  g_test_add_func ("/scanner/host/child-stopped", test_child_stopped);
  g_test_add_func ("/scanner/host/server-killed-during", test_server_killed_during);
  g_test_add_func ("/scanner/host/server-stopped", test_server_stopped);
  g_test_add_func ("/scanner/host/no-orphans", test_no_orphans);
  g_test_add_func ("/scanner/host/several", test_several);
  g_test_add_func ("/scanner/host/cancelled", test_cancelled);
  g_test_add_func ("/scanner/host/freed-meanwhile", test_freed_meanwhile);
  g_test_add_func ("/scanner/host/threads", test_threads);
  g_test_add_func ("/scanner/host/by-hand", test_program_by_hand);
  return g_test_run ();
}
