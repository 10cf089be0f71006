/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/window/page.h"

#include <glib/gi18n-lib.h>

#include "ui/parts.h"
#include "ui/window/clamp.h"

/* A subject of a thousand words is cut; who wants all of it finds it in the mail. */
#define SUBJECT_LINES_MAX 3
#define SUBJECT_CHARS_MAX 200
/* It stands beside a date, also at 360 pixels. */
#define SUBJECT_CHARS_MIN 10

GtkWidget *
sek_page_text_new (const char *text, const char *style_class)
{
  GtkWidget *label = sek_ui_label_new (text);
  if (style_class != NULL)
    gtk_style_context_add_class (gtk_widget_get_style_context (label), style_class);
  return label;
}

GtkWidget *
sek_page_plain_new (const char *text, const char *style_class)
{
  GtkWidget *label = sek_page_text_new ("", style_class);
  gtk_label_set_text (GTK_LABEL (label), text);
  return label;
}

char *
sek_page_subject (const char *subject)
{
  /* Translators: stands where the subject of a mail would. */
  return *subject != '\0' ? sek_ui_text (subject, SUBJECT_CHARS_MAX) : g_strdup (_ ("(no subject)"));
}

GtkWidget *
sek_page_new (const char *title, GtkBox **content)
{
  GtkWidget *scroller = gtk_scrolled_window_new (NULL, NULL);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  GtkWidget *clamp = sek_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_style_context_add_class (gtk_widget_get_style_context (box), "sek-page");
  if (title != NULL)
    {
      GtkWidget *heading = sek_page_text_new (title, "sek-headline");
      sek_ui_set_accessible (heading, ATK_ROLE_HEADING, NULL, NULL);
      gtk_box_pack_start (GTK_BOX (box), heading, FALSE, FALSE, 0);
    }
  gtk_container_add (GTK_CONTAINER (clamp), box);
  gtk_container_add (GTK_CONTAINER (scroller), clamp);
  gtk_widget_show_all (scroller);
  *content = GTK_BOX (box);
  return scroller;
}

GtkWidget *
sek_page_empty_new (const char *icon, const char *sentence)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_style_context_add_class (gtk_widget_get_style_context (box), "sek-empty");
  GtkWidget *image = gtk_image_new_from_icon_name (icon, GTK_ICON_SIZE_DIALOG);
  gtk_image_set_pixel_size (GTK_IMAGE (image), 64);
  gtk_style_context_add_class (gtk_widget_get_style_context (image), "sek-faint");
  sek_ui_set_accessible (image, ATK_ROLE_ICON, "", NULL);
  GtkWidget *label = sek_page_text_new (sentence, "sek-dim");
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_xalign (GTK_LABEL (label), 0.5);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 44);
  gtk_box_pack_start (GTK_BOX (box), image, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (box), label, FALSE, FALSE, 0);
  gtk_widget_show_all (box);
  return box;
}

GtkWidget *
sek_page_card_new (void)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_style_context_add_class (gtk_widget_get_style_context (card), "sek-card");
  gtk_widget_show (card);
  return card;
}

GtkBox *
sek_page_add_head (GtkBox *row, SekLevel level, const char *subject, const char *when)
{
  GtkWidget *columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon = gtk_image_new_from_icon_name (sek_ui_icon_name (level), GTK_ICON_SIZE_MENU);
  gtk_image_set_pixel_size (GTK_IMAGE (icon), sek_ui_icon_pixels (icon) * 3 / 2);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  sek_ui_set_accessible (icon, ATK_ROLE_ICON, sek_wording_level (level), NULL);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *title = sek_page_text_new (subject, "sek-strong");
  gtk_label_set_width_chars (GTK_LABEL (title), SUBJECT_CHARS_MIN);
  gtk_label_set_lines (GTK_LABEL (title), SUBJECT_LINES_MAX);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  GtkWidget *date = gtk_label_new (when);
  gtk_style_context_add_class (gtk_widget_get_style_context (date), "sek-dim");
  gtk_widget_set_valign (date, GTK_ALIGN_START);
  gtk_box_pack_start (GTK_BOX (line), title, TRUE, TRUE, 0);
  gtk_box_pack_end (GTK_BOX (line), date, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (words), line, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (columns), icon, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (columns), words, TRUE, TRUE, 0);
  gtk_widget_show_all (columns);
  gtk_box_pack_start (row, columns, FALSE, FALSE, 0);
  return GTK_BOX (words);
}

void
sek_page_add_line (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  gtk_list_box_row_set_header (row, before != NULL ? gtk_separator_new (GTK_ORIENTATION_HORIZONTAL) : NULL);
}

char *
sek_page_time (gint64 seconds)
{
  g_autoptr (GDateTime) time = seconds > 0 ? g_date_time_new_from_unix_local (seconds) : NULL;
  if (time == NULL)
    return g_strdup ("");
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  if (g_date_time_get_year (time) == g_date_time_get_year (now) &&
      g_date_time_get_day_of_year (time) == g_date_time_get_day_of_year (now))
    /* Translators: when something happened today, by the rules of g_date_time_format: %H:%M is the time. */
    return g_date_time_format (time, _ ("Today, %H:%M"));
  return g_date_time_format (time, "%x");
}
