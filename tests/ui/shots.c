/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sekisho-shots FOLDER [NAME…]: a picture of every state, in every theme and language, as
 * FOLDER/NAME-THEME-LANGUAGE.png. A language cannot be changed within a process, so the program starts itself
 * once for each. */
#include "tests/ui/samples.h"

#include <locale.h>
#include <string.h>

typedef GtkWidget *(*Scene) (void);

static GError *
sample_error (void)
{
  return g_error_new_literal (SEK_CORE_ERROR, SEK_CORE_ERROR_FORMAT,
                              "The outbox cannot be written: No space left on device");
}

/* --- scenes: each gives a toplevel, ready to be shown --- */

static GtkWidget *
dialog_scene (void)
{
  g_autoptr (SekVerdict) verdict = sek_sample_danger ();
  return sek_dialog_new (NULL, verdict);
}

static GtkWidget *
dialog_expanded_scene (void)
{
  GtkWidget *dialog = dialog_scene ();
  gtk_expander_set_expanded (GTK_EXPANDER (sek_find (dialog, "sek-more")), TRUE);
  gtk_expander_set_expanded (GTK_EXPANDER (sek_find (dialog, "sek-other")), TRUE);
  return dialog;
}

static GtkWidget *
dialog_technical_scene (void)
{
  GtkWidget *dialog = dialog_scene ();
  sek_dialog_set_help (SEK_DIALOG (dialog), "03-5550-1234", "Never pay on the word of a mail alone.");
  gtk_expander_set_expanded (GTK_EXPANDER (sek_find (dialog, "sek-technical")), TRUE);
  return dialog;
}

static GtkWidget *
dialog_lookalike_scene (void)
{
  g_autoptr (SekVerdict) verdict = sek_sample_lookalike ();
  return sek_dialog_new (NULL, verdict);
}

static GtkWidget *
dialog_narrow_scene (void)
{
  GtkWidget *dialog = dialog_scene ();
  gtk_window_set_default_size (GTK_WINDOW (dialog), 360, 640);
  return dialog;
}

static GtkWidget *
dialog_reporting_scene (void)
{
  GtkWidget *dialog = dialog_scene ();
  sek_dialog_set_reporting (SEK_DIALOG (dialog));
  return dialog;
}

static GtkWidget *
dialog_failed_scene (void)
{
  g_autoptr (GError) error = sample_error ();
  GtkWidget *dialog = dialog_scene ();
  sek_dialog_set_reported (SEK_DIALOG (dialog), NULL, FALSE, error);
  return dialog;
}

static GtkWidget *
dialog_done_scene (void)
{
  GtkWidget *dialog = dialog_scene ();
  sek_dialog_set_reported (SEK_DIALOG (dialog), "3f9a-51c2-77e0", TRUE, NULL);
  return dialog;
}

static GtkWidget *
dialog_hostile_scene (void)
{
  g_autofree char *long_word = g_strnfill (10000, 'W');
  g_autofree char *text =
      g_strconcat ("<b>&amp;</b>\n\u202Emoc.live\u202C 😀 a\u0301\u0302\u0303\u0304\u0305\u0306\u0307"
                   "e\u0301 שלום@",
                   long_word, NULL);
  g_autoptr (SekVerdict) verdict = sek_sample_of_text (text);
  return sek_dialog_new (NULL, verdict);
}

static GtkWidget *
question_scene (void)
{
  g_autoptr (SekVerdict) verdict = sek_sample_caution ();
  return sek_attachment_question_new (NULL, verdict);
}

static GtkWidget *
question_unchecked_scene (void)
{
  return sek_attachment_question_new (NULL, NULL);
}

static GtkWidget *
in_window (GtkWidget *top, gboolean with_mail, int width, int height)
{
  GtkWidget *window = gtk_window_new (GTK_WINDOW_TOPLEVEL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_container_add (GTK_CONTAINER (window), box);
  gtk_box_pack_start (GTK_BOX (box), top, !with_mail, TRUE, 0);
  if (with_mail)
    {
      GtkWidget *mail = gtk_text_view_new ();
      gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (mail)),
                                "Hello,\n\nas discussed, please find the invoice attached.\n\nKind regards",
                                -1);
      g_object_set (mail, "left-margin", 12, "top-margin", 12, "editable", FALSE, "cursor-visible", FALSE,
                    NULL);
      GtkWidget *scrolled = gtk_scrolled_window_new (NULL, NULL);
      gtk_container_add (GTK_CONTAINER (scrolled), mail);
      gtk_box_pack_start (GTK_BOX (box), scrolled, TRUE, TRUE, 0);
    }
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_widget_show_all (box);
  return window;
}

static GtkWidget *
bar_of (SekVerdict *verdict, int width)
{
  g_autoptr (SekVerdict) owned = verdict;
  GtkWidget *bar = sek_bar_new ();
  sek_bar_set_verdict (SEK_BAR (bar), owned);
  sek_bar_set_attachments_locked (SEK_BAR (bar), owned->level >= SEK_LEVEL_CAUTION);
  return in_window (bar, TRUE, width, 320);
}

static GtkWidget *
bar_notice_scene (void)
{
  return bar_of (sek_sample_notice (), 640);
}

static GtkWidget *
bar_caution_scene (void)
{
  return bar_of (sek_sample_caution (), 640);
}

static GtkWidget *
bar_caution_narrow_scene (void)
{
  return bar_of (sek_sample_caution (), 360);
}

static GtkWidget *
bar_trust_scene (void)
{
  SekVerdict *verdict = sek_sample_caution ();
  verdict->may_trust = TRUE;
  return bar_of (verdict, 640);
}

static GtkWidget *
bar_trusted_scene (void)
{
  g_autoptr (SekVerdict) verdict = sek_sample_caution ();
  GtkWidget *bar = sek_bar_new ();
  verdict->may_trust = TRUE;
  sek_bar_set_verdict (SEK_BAR (bar), verdict);
  sek_bar_set_trusted (SEK_BAR (bar), verdict->sender_address, TRUE, NULL);
  return in_window (bar, TRUE, 640, 320);
}

static GtkWidget *
bar_danger_scene (void)
{
  return bar_of (sek_sample_danger (), 640);
}

static GtkWidget *
bar_unchecked_scene (void)
{
  GtkWidget *bar = sek_bar_new ();
  sek_bar_set_unchecked (SEK_BAR (bar), NULL);
  sek_bar_set_attachments_locked (SEK_BAR (bar), TRUE);
  return in_window (bar, TRUE, 640, 320);
}

static GtkWidget *
bar_reported (const GError *error)
{
  g_autoptr (SekVerdict) verdict = sek_sample_caution ();
  GtkWidget *bar = sek_bar_new ();
  sek_bar_set_verdict (SEK_BAR (bar), verdict);
  sek_bar_set_reported (SEK_BAR (bar), "3f9a-51c2-77e0", FALSE, error);
  return in_window (bar, TRUE, 640, 320);
}

static GtkWidget *
bar_reported_scene (void)
{
  return bar_reported (NULL);
}

static GtkWidget *
bar_failed_scene (void)
{
  g_autoptr (GError) error = sample_error ();
  return bar_reported (error);
}

static GtkWidget *
cover_of (SekCoverState state)
{
  g_autoptr (SekVerdict) verdict = sek_sample_danger ();
  GtkWidget *cover = sek_cover_new ();
  sek_cover_set_state (SEK_COVER (cover), state, state == SEK_COVER_DANGER ? verdict : NULL);
  return in_window (cover, FALSE, 640, 360);
}

static GtkWidget *
cover_checking_scene (void)
{
  return cover_of (SEK_COVER_CHECKING);
}

static GtkWidget *
cover_danger_scene (void)
{
  return cover_of (SEK_COVER_DANGER);
}

static GtkWidget *
cover_unchecked_scene (void)
{
  return cover_of (SEK_COVER_UNCHECKED);
}

static const struct
{
  const char *name;
  Scene scene;
} scenes[] = {
  { "dialog", dialog_scene },
  { "dialog-expanded", dialog_expanded_scene },
  { "dialog-technical", dialog_technical_scene },
  { "dialog-lookalike", dialog_lookalike_scene },
  { "dialog-narrow", dialog_narrow_scene },
  { "dialog-reporting", dialog_reporting_scene },
  { "dialog-failed", dialog_failed_scene },
  { "dialog-done", dialog_done_scene },
  { "dialog-hostile", dialog_hostile_scene },
  { "question", question_scene },
  { "question-unchecked", question_unchecked_scene },
  { "bar-notice", bar_notice_scene },
  { "bar-caution", bar_caution_scene },
  { "bar-caution-narrow", bar_caution_narrow_scene },
  { "bar-trust", bar_trust_scene },
  { "bar-trusted", bar_trusted_scene },
  { "bar-danger", bar_danger_scene },
  { "bar-unchecked", bar_unchecked_scene },
  { "bar-reported", bar_reported_scene },
  { "bar-failed", bar_failed_scene },
  { "cover-checking", cover_checking_scene },
  { "cover-danger", cover_danger_scene },
  { "cover-unchecked", cover_unchecked_scene },
};

static const struct
{
  const char *name, *theme;
  gboolean dark;
  int dpi;
} themes[] = {
  { "light", "Adwaita", FALSE, 96 },
  { "dark", "Adwaita", TRUE, 96 },
  { "contrast", "HighContrast", FALSE, 96 },
  { "large", "Adwaita", FALSE, 192 }, /* text at 200 % */
};

static gboolean
draw (GtkWidget *window, const char *path)
{
  GtkAllocation size;
  gtk_widget_get_allocation (window, &size);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, size.width, size.height);
  cairo_t *cairo = cairo_create (surface);
  gtk_widget_draw (window, cairo);
  cairo_destroy (cairo);
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
  for (gsize t = 0; t < G_N_ELEMENTS (themes); t++)
    {
      g_object_set (gtk_settings_get_default (), "gtk-theme-name", themes[t].theme,
                    "gtk-application-prefer-dark-theme", themes[t].dark, "gtk-xft-dpi",
                    themes[t].dpi * PANGO_SCALE, "gtk-enable-animations", FALSE, NULL);
      for (gsize i = 0; i < G_N_ELEMENTS (scenes); i++)
        {
          if (!is_wanted (scenes[i].name, wanted))
            continue;
          GtkWidget *window = scenes[i].scene ();
          gtk_widget_show (window);
          sek_settle ();
          if (g_str_equal (scenes[i].name, "cover-checking")) /* its first 300 ms are blank */
            sek_settle ();
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
      gboolean english = start_for (argv, "C"), japanese = start_for (argv, "ja");
      return english && japanese ? 0 : 1;
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
