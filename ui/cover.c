/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/parts.h"

#include <glib/gi18n-lib.h>

/* Most checks take a few milliseconds; anything drawn sooner would only flicker. */
#define CHECKING_BLANK_MILLISECONDS 300

struct _SekCover
{
  GtkBin parent;
  GtkSpinner *spinner;
  GtkImage *icon;
  GtkLabel *headline, *line;
  GtkWidget *show_warning, *show_anyway;
  guint timer; /* source that ends the blank time; 0 when none */
};

G_DEFINE_TYPE (SekCover, sek_cover, GTK_TYPE_BIN)

enum
{
  SHOW_WARNING,
  SHOW_ANYWAY,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
set_line (GtkLabel *label, const char *text)
{
  sek_ui_set_sentence (label, text != NULL ? text : "");
  gtk_label_set_xalign (label, 0.5);
  gtk_label_set_max_width_chars (label, 38);
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

static void
set_icon (SekCover *cover, const char *name)
{
  if (name != NULL)
    gtk_image_set_from_icon_name (cover->icon, name, GTK_ICON_SIZE_DIALOG);
  gtk_image_set_pixel_size (cover->icon, 64);
  gtk_widget_set_visible (GTK_WIDGET (cover->icon), name != NULL);
}

static void
stop_checking (SekCover *cover)
{
  g_clear_handle_id (&cover->timer, g_source_remove);
  gtk_spinner_stop (cover->spinner);
  gtk_widget_hide (GTK_WIDGET (cover->spinner));
}

static gboolean
on_blank_time_over (gpointer data)
{
  SekCover *cover = data;
  cover->timer = 0;
  gtk_widget_show (GTK_WIDGET (cover->spinner));
  gtk_spinner_start (cover->spinner);
  /* Translators: while a mail is held back until its check is done. */
  set_line (cover->line, _ ("Checking this mail…"));
  return G_SOURCE_REMOVE;
}

static void
show_danger (SekCover *cover, const SekVerdict *verdict)
{
  SekLevel level = verdict != NULL ? verdict->level : SEK_LEVEL_DANGER;
  set_icon (cover, sek_ui_icon_name (level));
  set_line (cover->headline, verdict != NULL ? sek_wording_headline (verdict) : sek_wording_level (level));
  /* Translators: on the cover that stands where a dangerous mail would be. */
  const char *line = _ ("Its text, links and attachments are covered so that nothing happens by accident.");
  set_line (cover->line, line);
}

static void
show_unchecked (SekCover *cover)
{
  set_icon (cover, "sekisho-unchecked");
  set_line (cover->headline, _ ("This mail was not checked"));
  /* Translators: why a mail stays covered. */
  const char *line =
      _ ("The check did not answer, and your administrator has chosen to keep unchecked mail covered. "
         "Wait a moment and open the mail again.");
  set_line (cover->line, line);
}

void
sek_cover_set_state (SekCover *cover, SekCoverState state, const SekVerdict *verdict)
{
  g_return_if_fail (SEK_IS_COVER (cover));
  stop_checking (cover);
  set_icon (cover, NULL);
  set_line (cover->headline, NULL);
  set_line (cover->line, NULL);
  const char *name = _ ("Checking this mail…");
  if (state == SEK_COVER_CHECKING)
    cover->timer = g_timeout_add (CHECKING_BLANK_MILLISECONDS, on_blank_time_over, cover);
  else if (state == SEK_COVER_DANGER)
    show_danger (cover, verdict);
  else
    show_unchecked (cover);
  if (state != SEK_COVER_CHECKING)
    name = gtk_label_get_text (cover->headline);
  gtk_widget_set_visible (cover->show_warning, state == SEK_COVER_DANGER);
  gtk_widget_set_visible (cover->show_anyway, state == SEK_COVER_UNCHECKED);
  sek_ui_set_accessible (GTK_WIDGET (cover), ATK_ROLE_PANEL, name, gtk_label_get_text (cover->line));
}

static void
on_show_warning (SekCover *cover)
{
  g_signal_emit (cover, signals[SHOW_WARNING], 0);
}

static void
on_show_anyway (SekCover *cover)
{
  g_signal_emit (cover, signals[SHOW_ANYWAY], 0);
}

static void
sek_cover_dispose (GObject *object)
{
  g_clear_handle_id (&SEK_COVER (object)->timer, g_source_remove);
  G_OBJECT_CLASS (sek_cover_parent_class)->dispose (object);
}

static void
sek_cover_class_init (SekCoverClass *class)
{
  GType type = G_TYPE_FROM_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = sek_cover_dispose;
  /* The host may show all; which of the children are seen is for the state to say. */
  GTK_WIDGET_CLASS (class)->show_all = gtk_widget_show;
  signals[SHOW_WARNING] =
      g_signal_new ("show-warning", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SHOW_ANYWAY] =
      g_signal_new ("show-anyway", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sek_cover_init (SekCover *cover)
{
  g_autoptr (GtkBuilder) builder = sek_ui_builder_new ("cover.ui");
  cover->spinner = sek_ui_get (builder, "spinner");
  cover->icon = sek_ui_get (builder, "icon");
  cover->headline = sek_ui_get (builder, "headline");
  cover->line = sek_ui_get (builder, "line");
  cover->show_warning = sek_ui_get (builder, "show-warning");
  cover->show_anyway = sek_ui_get (builder, "show-anyway");
  gtk_container_add (GTK_CONTAINER (cover), sek_ui_get (builder, "content"));
  g_signal_connect_swapped (cover->show_warning, "clicked", G_CALLBACK (on_show_warning), cover);
  g_signal_connect_swapped (cover->show_anyway, "clicked", G_CALLBACK (on_show_anyway), cover);
  sek_cover_set_state (cover, SEK_COVER_CHECKING, NULL);
}

GtkWidget *
sek_cover_new (void)
{
  return g_object_new (SEK_TYPE_COVER, NULL);
}
