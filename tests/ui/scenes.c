/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/ui/scenes.h"

#include "tests/ui/samples.h"

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
bar_telephone_scene (void)
{
  SekVerdict *verdict = sek_sample_caution ();
  g_free (verdict->telephone);
  verdict->telephone = g_strdup ("03-5550-0142");
  return bar_of (verdict, 640);
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

static const SekScene scenes[] = {
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
  { "bar-telephone", bar_telephone_scene },
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

static const SekTheme themes[] = {
  { "light", "Adwaita", FALSE, 96 },
  { "dark", "Adwaita", TRUE, 96 },
  { "contrast", "HighContrast", FALSE, 96 },
  { "large", "Adwaita", FALSE, 192 }, /* text at 200 % */
};

const SekScene *
sek_scenes (gsize *count)
{
  *count = G_N_ELEMENTS (scenes);
  return scenes;
}

const SekTheme *
sek_themes (gsize *count)
{
  *count = G_N_ELEMENTS (themes);
  return themes;
}

void
sek_use_theme (const SekTheme *theme)
{
  g_object_set (gtk_settings_get_default (), "gtk-theme-name", theme->theme,
                "gtk-application-prefer-dark-theme", theme->dark, "gtk-xft-dpi", theme->dpi * PANGO_SCALE,
                "gtk-enable-animations", FALSE, NULL);
}

GtkWidget *
sek_stage (const SekScene *scene)
{
  GtkWidget *window = scene->create ();
  gtk_widget_show (window);
  sek_settle ();
  if (g_str_equal (scene->name, "cover-checking")) /* its first 300 ms are blank */
    sek_wait (400);
  return window;
}

cairo_surface_t *
sek_picture (GtkWidget *window)
{
  GtkAllocation size;
  gtk_widget_get_allocation (window, &size);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, size.width, size.height);
  cairo_t *cairo = cairo_create (surface);
  gtk_widget_draw (window, cairo);
  cairo_destroy (cairo);
  cairo_surface_flush (surface);
  return surface;
}
