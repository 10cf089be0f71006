/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sekisho-shots FOLDER [NAME…]: a picture of every state, in every theme and language, as
 * FOLDER/NAME-THEME-LANGUAGE.png. A language cannot be changed within a process, so the program starts itself
 * once for each. */
#include "tests/ui/scenes.h"

#include <locale.h>
#include <string.h>

#include "ui/ui.h"

static gboolean
draw (GtkWidget *window, const char *path)
{
  cairo_surface_t *surface = sek_picture (window);
  cairo_status_t status = cairo_surface_write_to_png (surface, path);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    g_printerr ("The picture %s could not be written: %s\n", path, cairo_status_to_string (status));
  return status == CAIRO_STATUS_SUCCESS;
}

static gboolean
is_wanted (const char *name, char **wanted)
{
  return wanted[0] == NULL || g_strv_contains ((const char *const *) wanted, name);
}

static int
shoot (const char *folder, const char *language, char **wanted)
{
  int failures = 0;
  gsize n_themes, n_scenes;
  const SekTheme *themes = sek_themes (&n_themes);
  const SekScene *scenes = sek_scenes (&n_scenes);
  for (gsize t = 0; t < n_themes; t++)
    {
      sek_use_theme (&themes[t]);
      for (gsize i = 0; i < n_scenes; i++)
        {
          if (!is_wanted (scenes[i].name, wanted))
            continue;
          GtkWidget *window = sek_stage (&scenes[i]);
          g_autofree char *file = g_strdup_printf ("%s-%s-%s.png", scenes[i].name, themes[t].name, language);
          g_autofree char *path = g_build_filename (folder, file, NULL);
          failures += draw (window, path) ? 0 : 1;
          gtk_widget_destroy (window);
        }
    }
  return failures == 0 ? 0 : 1;
}

/* C.UTF-8 is always there, and unlike C it lets LANGUAGE choose the translation. */
static gboolean
start_for (char **arguments, const char *language)
{
  g_auto (GStrv) environment = g_get_environ ();
  environment = g_environ_setenv (environment, "LC_ALL", "C.UTF-8", TRUE);
  environment =
      g_environ_setenv (environment, "LANGUAGE", g_str_equal (language, "C") ? "en" : language, TRUE);
  environment =
      g_environ_setenv (environment, "PANGO_LANGUAGE", g_str_equal (language, "C") ? "en" : language, TRUE);
  environment = g_environ_setenv (environment, "SEK_SHOTS_LANGUAGE", language, TRUE);
  environment = g_environ_unsetenv (environment, "GTK_THEME");
  g_autoptr (GError) error = NULL;
  int status = 0;
  if (!g_spawn_sync (NULL, arguments, environment, G_SPAWN_CHILD_INHERITS_STDIN, NULL, NULL, NULL, NULL,
                     &status, &error) ||
      !g_spawn_check_wait_status (status, &error))
    {
      g_printerr ("No pictures in the language %s: %s\n", language, error->message);
      return FALSE;
    }
  return TRUE;
}

int
main (int argc, char **argv)
{
  const char *language = g_getenv ("SEK_SHOTS_LANGUAGE");
  if (argc < 2)
    {
      g_printerr ("usage: sekisho-shots FOLDER [NAME…]\n");
      return 2;
    }
  if (language == NULL)
    {
      g_mkdir_with_parents (argv[1], 0755);
      static const char *const languages[] = { "C", "ja", "de" };
      int failures = 0;
      for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
        failures += start_for (argv, languages[i]) ? 0 : 1;
      return failures == 0 ? 0 : 1;
    }
  setlocale (LC_ALL, "");
  if (!gtk_init_check (&argc, &argv))
    {
      g_printerr ("There is no display to draw on\n");
      return 2;
    }
  sek_ui_init ();
  return shoot (argv[1], language, argv + 2);
}
