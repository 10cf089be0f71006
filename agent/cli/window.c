/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opens the application's window, which is a program of its own: this one has no toolkit. */
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <errno.h>
#include <unistd.h>

#include "agent/cli/cli.h"

#define PROGRAM "sekisho-window"

gboolean
sek_cli_has_display (void)
{
  const char *x11 = g_getenv ("DISPLAY"), *wayland = g_getenv ("WAYLAND_DISPLAY");
  return (x11 != NULL && *x11 != '\0') || (wayland != NULL && *wayland != '\0');
}

/* Beside this program in a build folder, else where it was installed. */
static char *
find_program (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : g_strdup (".");
  g_autofree char *beside = g_build_filename (folder, PROGRAM, NULL);
  if (g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&beside);
  return g_build_filename (SEK_LIBEXECDIR, PROGRAM, NULL);
}

int
sek_cli_window (int argc, char **argv)
{
  static const GOptionEntry entries[] = { G_OPTION_ENTRY_NULL };
  g_auto (GStrv) left = NULL;
  /* Translators: stands for the name of a page of the window in the help of a command. */
  if (!sek_cli_parse_any ("window", _ ("[PAGE]"), entries, argc, argv, &left))
    return SEK_EXIT_UNREADABLE;
  if (!sek_cli_has_display ())
    {
      sek_cli_complain (_ ("There is no display to open a window on"));
      return SEK_EXIT_UNREADABLE;
    }
  g_autofree char *program = find_program ();
  char *page = left != NULL ? left[0] : NULL;
  char *vector[] = { program, page != NULL ? (char *) "--page" : NULL, page, NULL };
  execv (program, vector);
  g_autofree char *reason = g_strdup (g_strerror (errno));
  /* Translators: the first %s is a file, the second the reason. */
  g_autofree char *message = g_strdup_printf (_ ("The window could not be opened: %s: %s"), program, reason);
  sek_cli_complain (message);
  return SEK_EXIT_UNREADABLE;
}
