/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/agent/scanner/processes.h"

#include <string.h>

#include "tests/agent/scanner/support.h"

GArray *
test_children (GPid pid)
{
  GArray *children = g_array_new (FALSE, FALSE, sizeof (GPid));
  g_autofree char *folder = g_strdup_printf ("/proc/%d/task", pid);
  g_autoptr (GDir) threads = g_dir_open (folder, 0, NULL);
  const char *thread;
  while (threads != NULL && (thread = g_dir_read_name (threads)) != NULL)
    {
      g_autofree char *path = g_strdup_printf ("%s/%s/children", folder, thread);
      g_autofree char *text = NULL;
      g_auto (GStrv) words = NULL;
      if (g_file_get_contents (path, &text, NULL, NULL))
        words = g_strsplit (g_strstrip (text), " ", -1);
      for (gsize i = 0; words != NULL && words[i] != NULL; i++)
        {
          GPid child = (GPid) g_ascii_strtoll (words[i], NULL, 10);
          if (child > 0)
            g_array_append_val (children, child);
        }
    }
  return children;
}

gboolean
test_is_alive (GPid pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", pid), *text = NULL;
  const char *name_end = g_file_get_contents (path, &text, NULL, NULL) ? strrchr (text, ')') : NULL;
  return name_end != NULL && name_end[1] == ' ' && name_end[2] != 'Z' && name_end[2] != 'X';
}

GArray *
test_living_children (void)
{
  GArray *children = test_children (getpid ());
  for (guint i = children->len; i > 0; i--)
    if (!test_is_alive (g_array_index (children, GPid, i - 1)))
      g_array_remove_index (children, i - 1);
  return children;
}

/* Dead servers are reaped by a thread of GIO, in its own time; where its pidfd wakes before the child can be
 * waited for, GLib 2.74 takes it for reaped and leaves a zombie behind. */
GArray *
test_wait_for_children (guint count)
{
  GArray *children = test_living_children ();
  while (children->len != count)
    {
      g_array_unref (children);
      g_usleep (1000);
      children = test_living_children ();
    }
  return children;
}

SekScanner *
test_scanner_new (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) none = test_wait_for_children (0);
  SekScanner *scanner = sek_scanner_new (&error);
  g_assert_no_error (error);
  return scanner;
}

char *
test_small_mail (guint number)
{
  return g_strdup_printf ("From: a@kaede.example\nSubject: mail %u\n\ntext %u\n", number, number);
}

void
test_assert_scans (SekScanner *scanner)
{
  g_autofree char *mail = test_small_mail (7);
  g_autoptr (SekFacts) facts = test_scan (scanner, mail, strlen (mail));
  g_assert_cmpstr (facts->subject, ==, "mail 7");
  g_assert_cmpuint (facts->problems->len, ==, 0);
}

GPid
test_find_server (void)
{
  g_autoptr (GArray) children = test_wait_for_children (1);
  return g_array_index (children, GPid, 0);
}

void
test_wait_for_end (GPid pid)
{
  while (test_is_alive (pid))
    g_usleep (1000);
}

GPid
test_wait_for_spare (GPid server)
{
  for (;;)
    {
      g_autoptr (GArray) children = test_children (server);
      if (children->len == 1)
        return g_array_index (children, GPid, 0);
      g_usleep (1000);
    }
}
