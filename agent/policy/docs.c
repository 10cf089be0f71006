/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes the documents that come from the table of keys, while the project is built:
 *   policy-docs sample           the sample file
 *   policy-docs manual FRAME     sekisho-policy(5): FRAME with the line @KEYS@ replaced */
#include <stdio.h>
#include <stdlib.h>

#include "agent/policy/sample.h"

static int
print_manual (const char *frame)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  if (!g_file_get_contents (frame, &text, NULL, &error))
    {
      g_printerr ("policy-docs: %s\n", error->message);
      return EXIT_FAILURE;
    }
  g_auto (GStrv) halves = g_strsplit (text, "@KEYS@\n", 2);
  if (halves[0] == NULL || halves[1] == NULL)
    {
      g_printerr ("policy-docs: %s has no line @KEYS@\n", frame);
      return EXIT_FAILURE;
    }
  g_autofree char *keys = sek_policy_manual ();
  return printf ("%s%s%s", halves[0], keys, halves[1]) > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int
main (int argc, char **argv)
{
  g_autofree char *sample = sek_policy_sample ();
  if (argc == 3 && g_str_equal (argv[1], "manual"))
    return print_manual (argv[2]);
  if (argc != 2 || !g_str_equal (argv[1], "sample"))
    return EXIT_FAILURE;
  return fputs (sample, stdout) >= 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
