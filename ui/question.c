/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/parts.h"

#include <glib/gi18n-lib.h>

#define QUESTION_WIDTH 460

/* What is asked about. */
typedef struct
{
  const char *title;
  const char *question;
  const char *unchecked; /* in place of the reasons, when there is no verdict */
} Question;

static void
fill (GtkDialog *dialog, GtkBuilder *builder, const SekVerdict *verdict, const Question *asked)
{
  GtkImage *icon = sek_ui_get (builder, "icon");
  GtkBox *reasons = sek_ui_get (builder, "reasons");
  const char *headline = verdict != NULL ? sek_wording_headline (verdict) : _ ("This mail was not checked");
  gtk_image_set_from_icon_name (icon,
                                verdict != NULL ? sek_ui_icon_name (verdict->level) : "sekisho-unchecked",
                                GTK_ICON_SIZE_DIALOG);
  gtk_image_set_pixel_size (icon, 48);
  sek_ui_set_accessible (GTK_WIDGET (icon), ATK_ROLE_ICON,
                         verdict != NULL ? sek_wording_level (verdict->level) : headline, NULL);
  sek_ui_set_sentence (sek_ui_get (builder, "headline"), headline);
  sek_ui_set_sentence (sek_ui_get (builder, "question"), asked->question);
  g_autofree char *spoken = NULL;
  if (verdict != NULL)
    {
      sek_ui_fill_reasons (reasons, verdict, 0, -1);
      spoken = sek_ui_reasons_text (verdict, SEK_LEVEL_CLEAR);
    }
  else
    {
      spoken = g_strdup (asked->unchecked);
      gtk_box_pack_start (reasons, sek_ui_label_new (spoken), FALSE, FALSE, 0);
    }
  g_autofree char *description = g_strconcat (spoken, "\n", asked->question, NULL);
  sek_ui_set_accessible (GTK_WIDGET (dialog), ATK_ROLE_ALERT, headline, description);
}

static GtkWidget *
question_new (GtkWindow *parent, const SekVerdict *verdict, const Question *asked)
{
  g_autoptr (GtkBuilder) builder = sek_ui_builder_new ("question.ui");
  GtkDialog *dialog = g_object_new (GTK_TYPE_DIALOG, "use-header-bar", FALSE, "transient-for", parent,
                                    "destroy-with-parent", parent != NULL, "modal", TRUE, "window-position",
                                    parent != NULL ? GTK_WIN_POS_CENTER_ON_PARENT : GTK_WIN_POS_CENTER,
                                    "icon-name", "sekisho", "title", asked->title, NULL);
  gtk_box_pack_start (GTK_BOX (gtk_dialog_get_content_area (dialog)), sek_ui_get (builder, "content"), TRUE,
                      TRUE, 0);
  fill (dialog, builder, verdict, asked);
  /* Translators: opens an attachment or a link in spite of a warning. */
  GtkWidget *open = gtk_dialog_add_button (dialog, _ ("_Open all the same"), GTK_RESPONSE_ACCEPT);
  /* Translators: leaves an attachment or a link unopened. */
  GtkWidget *cancel = gtk_dialog_add_button (dialog, _ ("_Cancel"), GTK_RESPONSE_CANCEL);
  gtk_widget_set_name (open, "sek-open");
  gtk_widget_set_name (cancel, "sek-cancel");
  GtkButtonBox *buttons = GTK_BUTTON_BOX (gtk_widget_get_parent (open));
  /* Else the longer label would count twice. */
  gtk_button_box_set_child_non_homogeneous (buttons, open, TRUE);
  gtk_button_box_set_child_non_homogeneous (buttons, cancel, TRUE);
  g_object_set (buttons, "margin-start", 18, "margin-end", 18, "margin-bottom", 18, "margin-top", 6, NULL);
  gtk_dialog_set_default_response (dialog, GTK_RESPONSE_CANCEL);
  gtk_widget_grab_focus (cancel);
  sek_ui_fit_height (GTK_WINDOW (dialog), QUESTION_WIDTH);
  return GTK_WIDGET (dialog);
}

GtkWidget *
sek_attachment_question_new (GtkWindow *parent, const SekVerdict *verdict)
{
  const Question asked = {
    /* Translators: title of a small window. */
    .title = _ ("Attachment"),
    /* Translators: asked before an attachment of a doubtful mail is opened or saved. */
    .question = _ ("Open the attachment all the same?"),
    /* Translators: before an attachment of a mail that was not checked is opened. */
    .unchecked = _ ("Nobody has looked into its attachments yet. Open them only if you expected them."),
  };
  return question_new (parent, verdict, &asked);
}

GtkWidget *
sek_link_question_new (GtkWindow *parent, const SekVerdict *verdict, const char *url)
{
  g_autofree char *shown = sek_text_show (url, SEK_EVIDENCE_CHARS_MAX);
  /* Translators: asked before a link of a doubtful mail is opened; %s is where it leads. */
  g_autofree char *question = g_strdup_printf (_ ("Open the link to \u2068%s\u2069 all the same?"), shown);
  const Question asked = {
    /* Translators: title of a small window. */
    .title = _ ("Link"),
    .question = question,
    /* Translators: before a link of a mail that was not checked is opened. */
    .unchecked = _ ("Nobody has looked into this mail yet. Open the link only if you expected it."),
  };
  return question_new (parent, verdict, &asked);
}
