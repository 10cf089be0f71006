/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/parts.h"

#include <glib/gi18n-lib.h>

#define DIALOG_WIDTH 560
#define NAME_CHARS_MAX 120
#define PHONE_CHARS_MAX 60
#define ADVICE_CHARS_MAX 300
#define REPORT_ID_CHARS_MAX 80

struct _SekDialog
{
  GtkDialog parent;
  GtkStack *content;
  GtkImage *icon;
  GtkLabel *headline, *subject;
  GtkBox *card, *reasons, *more_reasons;
  GtkBox *technical_box;
  GtkWidget *more, *technical, *other;
  GtkLabel *advice, *honest, *failure;
  GtkWidget *show, *harmless, *reporting;
  GtkSpinner *spinner;
  GtkLabel *recipient;
  GtkWidget *done_page;
  GtkLabel *thanks, *next, *number;
  GtkWidget *report, *undo, *close;
  gboolean training, feedback;
};

G_DEFINE_TYPE (SekDialog, sek_dialog, GTK_TYPE_DIALOG)

static void
set_text (GtkLabel *label, const char *text)
{
  sek_ui_set_sentence (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

static gboolean
is_said (const char *text)
{
  return text != NULL && *text != '\0';
}

/* A row of the sender card: what it is, above what it says; the label of the latter. */
static GtkLabel *
add_to_card (SekDialog *dialog, const char *caption)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *above = sek_ui_label_new (caption);
  gtk_style_context_add_class (gtk_widget_get_style_context (above), "sek-dim");
  GtkWidget *below = sek_ui_label_new ("");
  sek_ui_set_accessible (below, ATK_ROLE_INVALID, NULL, caption);
  gtk_box_pack_start (GTK_BOX (row), above, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (row), below, FALSE, FALSE, 0);
  gtk_widget_show_all (row);
  gtk_box_pack_start (dialog->card, row, FALSE, FALSE, 0);
  return GTK_LABEL (below);
}

static void
add_name (SekDialog *dialog, const char *caption, const char *text)
{
  g_autofree char *shown = sek_ui_text (text, NAME_CHARS_MAX);
  g_autofree char *isolated = g_strconcat ("\u2068", shown, "\u2069", NULL);
  sek_ui_set_sentence (add_to_card (dialog, caption), isolated);
}

/* The domain is bold, and what differs from the address other is marked; other may be NULL. */
static gboolean
add_address (SekDialog *dialog, const char *caption, const char *addr_spec, const char *other)
{
  return sek_ui_set_address (add_to_card (dialog, caption), addr_spec, other);
}

static void
fill_card (SekDialog *dialog, const SekVerdict *verdict)
{
  const char *sender = verdict->sender_address, *known = verdict->known_address;
  /* Translators: in front of the name that a mail shows as its sender. */
  add_name (dialog, _ ("Claims to be from"),
            /* Translators: in place of the name of a sender who gives none. */
            is_said (verdict->claimed_name) ? verdict->claimed_name : _ ("(no name)"));
  /* Translators: in front of the address that really sent a mail. */
  const char *caption = _ ("Was sent by");
  if (is_said (sender))
    add_address (dialog, caption, sender, is_said (known) ? known : NULL);
  else
    /* Translators: in place of the address of a sender who gives none. */
    add_name (dialog, caption, _ ("(no address)"));
  if (!is_said (known))
    return;
  /* Translators: in front of the address that a person is known to use. */
  if (!add_address (dialog, _ ("This name usually writes from"), known, is_said (sender) ? sender : NULL))
    return;
  /* Translators: below two addresses; where they differ is underlined. */
  GtkWidget *legend = sek_ui_label_new (_ ("Where the two addresses differ is underlined."));
  gtk_style_context_add_class (gtk_widget_get_style_context (legend), "sek-dim");
  gtk_widget_set_name (legend, "sek-legend");
  gtk_box_pack_start (dialog->card, legend, FALSE, FALSE, 0);
}

static void
fill_subject (SekDialog *dialog, const SekVerdict *verdict)
{
  if (*verdict->subject == '\0')
    return;
  g_autofree char *shown = sek_ui_text (verdict->subject, SEK_EVIDENCE_CHARS_MAX);
  g_autofree char *isolated = g_strconcat ("\u2068", shown, "\u2069", NULL);
  /* Translators: %s is the subject of a mail. */
  g_autofree char *text = g_strdup_printf (_ ("Subject: %s"), isolated);
  set_text (dialog->subject, text);
  gtk_label_set_line_wrap (dialog->subject, FALSE);
  gtk_widget_set_tooltip_text (GTK_WIDGET (dialog->subject), text);
}

static void
fill_advice (SekDialog *dialog, const SekVerdict *verdict)
{
  g_autofree char *number = sek_ui_telephone (verdict);
  /* Translators: what to do about a dangerous mail. */
  const char *advice =
      _ ("Do not reply and do not open anything in it. If in doubt, call the person: on a number from "
         "your address book or from earlier mail, never on one from this mail.");
  g_autofree char *with_number =
      number == NULL
          ? NULL
          /* Translators: what to do about a dangerous mail; %s is the telephone number of whom it pretends to
           * be from, as the administrator has listed it. */
          : g_strdup_printf (
                _ ("Do not reply and do not open anything in it. If in doubt, call the person on %s, "
                   "the number that your organisation has listed, never on one from this mail."),
                number);
  set_text (dialog->advice, with_number != NULL ? with_number : advice);
}

static void
fill (SekDialog *dialog, const SekVerdict *verdict)
{
  const char *headline = sek_wording_headline (verdict);
  dialog->training = verdict->training;
  gtk_window_set_title (GTK_WINDOW (dialog), sek_wording_level (verdict->level));
  gtk_image_set_from_icon_name (dialog->icon, sek_ui_icon_name (verdict->level), GTK_ICON_SIZE_DIALOG);
  gtk_image_set_pixel_size (dialog->icon, 48);
  sek_ui_set_accessible (GTK_WIDGET (dialog->icon), ATK_ROLE_ICON, sek_wording_level (verdict->level), NULL);
  set_text (dialog->headline, headline);
  fill_subject (dialog, verdict);
  fill_card (dialog, verdict);
  sek_ui_fill_reasons (dialog->reasons, verdict, 0, SEK_REASONS_SHOWN);
  sek_ui_fill_reasons (dialog->more_reasons, verdict, SEK_REASONS_SHOWN, -1);
  gtk_widget_set_visible (dialog->more, verdict->findings->len > SEK_REASONS_SHOWN);
  fill_advice (dialog, verdict);
  if (verdict->details != NULL)
    gtk_box_pack_start (dialog->technical_box, sek_ui_details_new (verdict->details), FALSE, FALSE, 0);
  gtk_widget_set_visible (dialog->technical, verdict->details != NULL);
  /* Translators: the sentence above “Show the mail anyway”. */
  const char *honest =
      _ ("If the mail is what it seems to be, opening something in it can harm your computer and your "
         "organisation. Go on only if the person has told you by phone that they sent it.");
  set_text (dialog->honest, honest);
  /* A screen reader reads name and description when the dialog comes up. */
  g_autofree char *name = sek_ui_text (verdict->claimed_name, NAME_CHARS_MAX);
  g_autofree char *address = sek_ui_address (verdict->sender_address);
  g_autofree char *reasons = sek_ui_reasons_text (verdict, SEK_LEVEL_CLEAR);
  g_autofree char *description =
      g_strdup_printf ("%s: %s\n%s: %s\n%s\n%s", _ ("Claims to be from"), name, _ ("Was sent by"), address,
                       reasons, gtk_label_get_text (dialog->advice));
  sek_ui_set_accessible (GTK_WIDGET (dialog), ATK_ROLE_ALERT, headline, description);
}

void
sek_dialog_set_help (SekDialog *dialog, const char *phone, const char *advice)
{
  g_autoptr (GString) text = g_string_new (gtk_label_get_text (dialog->advice));
  g_autofree char *number = sek_ui_text (phone, PHONE_CHARS_MAX),
                  *words = sek_ui_text (advice, ADVICE_CHARS_MAX);
  if (is_said (phone))
    {
      g_string_append_c (text, '\n');
      /* Translators: %s is a telephone number of the reader's organisation. */
      g_string_append_printf (text, _ ("For help, ring up %s."), number);
    }
  if (is_said (advice))
    g_string_append_printf (text, "\n%s", words);
  set_text (dialog->advice, text->str);
  sek_ui_fit_height (GTK_WINDOW (dialog), DIALOG_WIDTH);
}

static void
fit_height_now (SekDialog *dialog)
{
  int width;
  gtk_window_get_size (GTK_WINDOW (dialog), &width, NULL);
  sek_ui_fit_height (GTK_WINDOW (dialog), width);
}

static gboolean
fit_height_then (gpointer user_data)
{
  fit_height_now (user_data);
  return G_SOURCE_REMOVE;
}

/* GTK keeps the heights that it was asked for until it has laid a page out: of one that is still being filled
 * nobody may ask. */
static void
fit_height_soon (SekDialog *dialog)
{
  g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, 20, fit_height_then, g_object_ref (dialog), g_object_unref);
}

static void
set_busy (SekDialog *dialog, gboolean busy)
{
  gtk_widget_set_visible (dialog->reporting, busy);
  g_object_set (dialog->spinner, "active", busy, NULL);
  gtk_widget_set_sensitive (dialog->report, !busy);
  gtk_widget_set_sensitive (dialog->other, !busy);
}

void
sek_dialog_set_reporting (SekDialog *dialog)
{
  g_return_if_fail (SEK_IS_DIALOG (dialog));
  set_text (dialog->failure, NULL);
  set_busy (dialog, TRUE);
  fit_height_now (dialog);
}

static void
make_default (SekDialog *dialog, int response, GtkWidget *button)
{
  gtk_dialog_set_default_response (GTK_DIALOG (dialog), response);
  gtk_widget_grab_focus (button);
}

static void
show_done (SekDialog *dialog, const char *report_id, gboolean quarantined)
{
  /* Translators: said when a report was accepted. */
  const char *thanks = _ ("Thank you. The report is on its way to your administrator.");
  g_autofree char *next = sek_ui_what_next (quarantined, dialog->training, dialog->feedback);
  set_text (dialog->thanks, thanks);
  set_text (dialog->next, next);
  if (report_id != NULL && *report_id != '\0')
    {
      g_autofree char *id = sek_ui_text (report_id, REPORT_ID_CHARS_MAX);
      /* Translators: %s names a report, to be told to the administrator when asking about it. */
      g_autofree char *number = g_strdup_printf (_ ("Report number: %s"), id);
      set_text (dialog->number, number);
    }
  gtk_widget_show (dialog->done_page);
  gtk_stack_set_visible_child_name (dialog->content, "done");
  gtk_widget_hide (dialog->report);
  gtk_widget_hide (dialog->undo);
  make_default (dialog, SEK_RESPONSE_CLOSE, dialog->close);
  sek_ui_set_accessible (GTK_WIDGET (dialog), ATK_ROLE_ALERT, thanks, next);
  fit_height_soon (dialog);
}

/* Under the reasons: how the report went. */
static void
set_outcome (SekDialog *dialog, const char *text, gboolean failed)
{
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (dialog->failure));
  if (failed)
    gtk_style_context_add_class (style, "sek-failure");
  else
    gtk_style_context_remove_class (style, "sek-failure");
  set_text (dialog->failure, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (dialog->failure), text);
  sek_ui_set_accessible (GTK_WIDGET (dialog->failure), ATK_ROLE_ALERT, text, NULL);
}

void
sek_dialog_set_undo (SekDialog *dialog)
{
  g_return_if_fail (SEK_IS_DIALOG (dialog));
  set_text (dialog->thanks, sek_ui_undo_text ());
  gtk_widget_set_sensitive (dialog->undo, TRUE);
  gtk_widget_show (dialog->undo);
  sek_ui_set_accessible (GTK_WIDGET (dialog), ATK_ROLE_ALERT, sek_ui_undo_text (),
                         gtk_label_get_text (dialog->next));
  fit_height_soon (dialog);
}

void
sek_dialog_set_withdrawn (SekDialog *dialog, const GError *error)
{
  g_return_if_fail (SEK_IS_DIALOG (dialog));
  g_autofree char *text = sek_ui_withdrawn (error);
  gtk_widget_hide (dialog->undo);
  if (error == NULL)
    {
      gtk_stack_set_visible_child_name (dialog->content, "warning");
      gtk_widget_show (dialog->report);
      make_default (dialog, SEK_RESPONSE_REPORT, dialog->report);
      set_outcome (dialog, text, FALSE);
    }
  else
    set_text (dialog->next, text);
  fit_height_now (dialog);
}

void
sek_dialog_set_reported (SekDialog *dialog, const char *report_id, gboolean quarantined, const GError *error)
{
  g_return_if_fail (SEK_IS_DIALOG (dialog));
  set_busy (dialog, FALSE);
  if (error == NULL)
    {
      show_done (dialog, report_id, quarantined);
      return;
    }
  g_autofree char *text = sek_ui_failure (error);
  set_outcome (dialog, text, TRUE);
  make_default (dialog, SEK_RESPONSE_REPORT, dialog->report);
  fit_height_now (dialog);
}

static void
on_show (SekDialog *dialog)
{
  gtk_dialog_response (GTK_DIALOG (dialog), SEK_RESPONSE_SHOW);
}

/* The window's close button, and Escape, which GtkDialog turns into it. GtkDialog has given the response
 * already; without this the window would be destroyed under its host. */
static gboolean
delete_event (GtkWidget *widget, GdkEventAny *event)
{
  return TRUE;
}

void
sek_dialog_set_recipient (SekDialog *dialog, const char *address)
{
  g_return_if_fail (SEK_IS_DIALOG (dialog));
  g_autofree char *text = sek_ui_recipient (address);
  set_text (dialog->recipient, text);
  sek_ui_fit_height (GTK_WINDOW (dialog), DIALOG_WIDTH);
}

static void
on_harmless (SekDialog *dialog)
{
  gtk_dialog_response (GTK_DIALOG (dialog), SEK_RESPONSE_HARMLESS);
}

void
sek_dialog_set_may_say_harmless (SekDialog *dialog, gboolean may)
{
  g_return_if_fail (SEK_IS_DIALOG (dialog));
  gtk_widget_set_visible (dialog->harmless, may);
}

void
sek_dialog_set_feedback (SekDialog *dialog, gboolean feedback)
{
  g_return_if_fail (SEK_IS_DIALOG (dialog));
  dialog->feedback = feedback;
}

static void
sek_dialog_class_init (SekDialogClass *class)
{
  GTK_WIDGET_CLASS (class)->delete_event = delete_event;
  /* The host may show all; which of the children are seen is for the state to say. */
  GTK_WIDGET_CLASS (class)->show_all = gtk_widget_show;
}

/* What was opened is brought into sight; where it is, is known some frames later. */
static gboolean
bring_into_sight (GtkWidget *expander, GdkFrameClock *clock, gpointer data)
{
  guint *frames = data;
  int x, y;
  if (++*frames < 3)
    return G_SOURCE_CONTINUE;
  GtkWidget *scroller = gtk_widget_get_ancestor (expander, SEK_TYPE_SCROLLER);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  if (gtk_widget_translate_coordinates (expander, gtk_widget_get_parent (expander), 0, 0, &x, &y))
    gtk_adjustment_clamp_page (adjustment, y, y + gtk_adjustment_get_page_size (adjustment));
  return G_SOURCE_REMOVE;
}

static void
on_expanded (SekDialog *dialog, GParamSpec *property, GtkExpander *expander)
{
  fit_height_now (dialog);
  if (gtk_expander_get_expanded (expander))
    gtk_widget_add_tick_callback (GTK_WIDGET (expander), bring_into_sight, g_new0 (guint, 1), g_free);
}

/* GtkExpander leaves what it hides mapped, and so within reach of its mnemonic and of screen readers. */
static void
hide_while_collapsed (SekDialog *dialog, GtkWidget *expander)
{
  g_object_bind_property (expander, "expanded", gtk_bin_get_child (GTK_BIN (expander)), "visible",
                          G_BINDING_SYNC_CREATE);
  g_signal_connect_swapped (expander, "notify::expanded", G_CALLBACK (on_expanded), dialog);
}

static void
take_children (SekDialog *dialog, GtkBuilder *builder)
{
  dialog->content = sek_ui_get (builder, "content");
  dialog->icon = sek_ui_get (builder, "icon");
  dialog->headline = sek_ui_get (builder, "headline");
  dialog->subject = sek_ui_get (builder, "subject");
  dialog->card = sek_ui_get (builder, "card");
  dialog->reasons = sek_ui_get (builder, "reasons");
  dialog->more = sek_ui_get (builder, "more");
  dialog->more_reasons = sek_ui_get (builder, "more-reasons");
  dialog->advice = sek_ui_get (builder, "advice");
  dialog->technical = sek_ui_get (builder, "technical");
  dialog->technical_box = sek_ui_get (builder, "technical-box");
  dialog->other = sek_ui_get (builder, "other");
  dialog->honest = sek_ui_get (builder, "honest");
  dialog->show = sek_ui_get (builder, "show");
  dialog->harmless = sek_ui_get (builder, "harmless");
  dialog->failure = sek_ui_get (builder, "failure");
  dialog->reporting = sek_ui_get (builder, "reporting");
  dialog->spinner = sek_ui_get (builder, "spinner");
  dialog->recipient = sek_ui_get (builder, "recipient");
  dialog->done_page = sek_ui_get (builder, "done-page");
  dialog->thanks = sek_ui_get (builder, "thanks");
  dialog->next = sek_ui_get (builder, "next");
  dialog->number = sek_ui_get (builder, "number");
}

static void
sek_dialog_init (SekDialog *dialog)
{
  g_autoptr (GtkBuilder) builder = sek_ui_builder_new ("dialog.ui");
  take_children (dialog, builder);
  GtkWidget *area = gtk_dialog_get_content_area (GTK_DIALOG (dialog));
  gtk_box_pack_start (GTK_BOX (area), GTK_WIDGET (dialog->content), TRUE, TRUE, 0);
  g_signal_connect_swapped (dialog->show, "clicked", G_CALLBACK (on_show), dialog);
  g_signal_connect_swapped (dialog->harmless, "clicked", G_CALLBACK (on_harmless), dialog);
  hide_while_collapsed (dialog, dialog->more);
  hide_while_collapsed (dialog, dialog->technical);
  hide_while_collapsed (dialog, dialog->other);

  /* Translators: the button that takes a report back, in the seconds after it was made. */
  dialog->undo = gtk_dialog_add_button (GTK_DIALOG (dialog), _ ("_Undo"), SEK_RESPONSE_UNDO);
  gtk_widget_set_name (dialog->undo, "sek-undo");
  gtk_widget_hide (dialog->undo);
  /* Translators: closes the warning; the mail stays covered. */
  dialog->close = gtk_dialog_add_button (GTK_DIALOG (dialog), _ ("_Close"), SEK_RESPONSE_CLOSE);
  /* Translators: the button that hands a suspicious mail to the administrator of the company. */
  dialog->report = gtk_dialog_add_button (GTK_DIALOG (dialog), _ ("_Report to admin"), SEK_RESPONSE_REPORT);
  gtk_widget_set_name (dialog->close, "sek-close");
  gtk_widget_set_name (dialog->report, "sek-report");
  gtk_style_context_add_class (gtk_widget_get_style_context (dialog->report), "suggested-action");
  gtk_style_context_add_class (gtk_widget_get_style_context (dialog->report), "sek-suggested");
  GtkWidget *buttons = gtk_widget_get_parent (dialog->report);
  /* Else a long translation of one button would count twice, and 360 px would not hold both. */
  gtk_button_box_set_child_non_homogeneous (GTK_BUTTON_BOX (buttons), dialog->close, TRUE);
  gtk_button_box_set_child_non_homogeneous (GTK_BUTTON_BOX (buttons), dialog->undo, TRUE);
  gtk_button_box_set_child_non_homogeneous (GTK_BUTTON_BOX (buttons), dialog->report, TRUE);
  g_object_set (buttons, "margin-start", 18, "margin-end", 18, "margin-bottom", 18, "margin-top", 6, NULL);
  make_default (dialog, SEK_RESPONSE_REPORT, dialog->report);
}

GtkWidget *
sek_dialog_new (GtkWindow *parent, const SekVerdict *verdict)
{
  g_return_val_if_fail (verdict != NULL, NULL);
  sek_ui_init ();
  SekDialog *dialog = g_object_new (SEK_TYPE_DIALOG, "use-header-bar", FALSE, "transient-for", parent,
                                    "destroy-with-parent", parent != NULL, "window-position",
                                    parent != NULL ? GTK_WIN_POS_CENTER_ON_PARENT : GTK_WIN_POS_CENTER,
                                    "icon-name", "sekisho", NULL);
  fill (dialog, verdict);
  sek_ui_fit_height (GTK_WINDOW (dialog), DIALOG_WIDTH);
  return GTK_WIDGET (dialog);
}
