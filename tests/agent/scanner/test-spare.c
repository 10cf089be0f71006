/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scanner's child that is made ready before its mail comes. */
#include <signal.h>
#include <string.h>

#include "tests/agent/scanner/processes.h"
#include "tests/agent/scanner/support.h"

/* A child reads one mail and ends, also the one that was made ready before. */
static void
test_spare (void)
{
  g_autoptr (SekScanner) scanner = test_scanner_new ();
  GPid server = test_find_server ();
  GPid last = 0;
  for (guint i = 0; i < 5; i++)
    {
      GPid spare = test_wait_for_spare (server);
      g_assert_cmpint (spare, !=, last);
      last = spare;
      test_assert_scans (scanner);
    }
}

/* A process that was killed may have threads left when it looks dead; it is gone when its server has seen its
 * end. */
static void
wait_for_none (GPid server)
{
  for (;;)
    {
      g_autoptr (GArray) children = test_children (server);
      if (children->len == 0)
        return;
      g_usleep (1000);
    }
}

/* It was killed while it waited, whenever that was seen. */
static void
test_spare_killed (void)
{
  g_autoptr (SekScanner) scanner = test_scanner_new ();
  GPid server = test_find_server ();
  for (guint i = 0; i < 6; i++)
    {
      GPid spare = test_wait_for_spare (server);
      g_assert_cmpint (kill (spare, SIGKILL), ==, 0);
      if (i % 2 == 1)
        wait_for_none (server);
      /* The mail that comes just then may be the one that dies with it; never more than that one. */
      g_autofree char *mail = test_small_mail (7);
      g_autoptr (SekFacts) facts = test_scan (scanner, mail, strlen (mail));
      g_assert_true (facts->problems->len == 0 || (i % 2 == 0 && test_has_problem (facts, "crashed")));
      test_assert_scans (scanner);
    }
  g_assert_cmpint (server, ==, test_find_server ());
}

static void
test_spare_gone_with_server (void)
{
  g_autoptr (SekScanner) scanner = test_scanner_new ();
  GPid server = test_find_server ();
  GPid spare = test_wait_for_spare (server);
  g_assert_cmpint (kill (server, SIGKILL), ==, 0);
  test_wait_for_end (spare);
  test_assert_scans (scanner);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scanner/spare/plain", test_spare);
  g_test_add_func ("/scanner/spare/killed", test_spare_killed);
  g_test_add_func ("/scanner/spare/gone-with-server", test_spare_gone_with_server);
  return g_test_run ();
}
