/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/parts.h"

#include <glib/gi18n-lib.h>

/* The mail is what people came for: the bar leaves it most of the room, longer reasons scroll. */
#define REASON_LINES_MAX 14
#define NOTICE_LINE_CHARS 60

struct _SekBar
{
  GtkBin parent;
  GtkWidget *content;
  GtkImage *icon;
  GtkLabel *headline;
  GtkLabel *line; /* the one quiet line of a notice */
  GtkWidget *scroller;
  GtkBox *reasons;
  GtkLabel *ask;    /* whom to ring up */
  GtkLabel *status; /* how the report went */
  GtkWidget *buttons, *report, *undo, *unlock, *harmless, *trust;
  gboolean trusted; /* the sender is, so the button takes it back */
  gboolean may_say_harmless;
  gboolean may_report;     /* what is shown offers to report */
  const char *style_class; /* static; NULL when nothing is shown */
  gboolean may_unlock;     /* what is shown is of a kind that locks attachments */
  gboolean locked;
  gboolean feedback; /* what is reported is that a mail is harmless */
  gboolean training; /* what is reported is a training mail */
};

G_DEFINE_TYPE (SekBar, sek_bar, GTK_TYPE_BIN)

enum
{
  REPORT,
  UNLOCK,
  UNDO,
  HARMLESS,
  TRUST,
  UNTRUST,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
set_text (GtkLabel *label, const char *text)
{
  sek_ui_set_sentence (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

static void
update_buttons (SekBar *bar)
{
  gboolean unlock = bar->may_unlock && bar->locked;
  gtk_widget_set_visible (bar->unlock, unlock);
  gtk_widget_set_visible (bar->buttons, unlock || gtk_widget_get_visible (bar->report) ||
                                            gtk_widget_get_visible (bar->undo));
}

/* Empties the bar and gives it a look; the callers put in what belongs to their state. */
static void
reset (SekBar *bar, const char *style_class, const char *icon_name)
{
  GtkStyleContext *style = gtk_widget_get_style_context (bar->content);
  if (bar->style_class != NULL)
    gtk_style_context_remove_class (style, bar->style_class);
  bar->style_class = style_class;
  if (style_class != NULL)
    gtk_style_context_add_class (style, style_class);
  if (icon_name != NULL)
    gtk_image_set_from_icon_name (bar->icon, icon_name, GTK_ICON_SIZE_MENU);
  gtk_image_set_pixel_size (bar->icon, sek_ui_icon_pixels (GTK_WIDGET (bar->icon)));
  sek_ui_clear_reasons (bar->reasons);
  set_text (bar->headline, NULL);
  set_text (bar->line, NULL);
  set_text (bar->ask, NULL);
  set_text (bar->status, NULL);
  gtk_widget_hide (bar->scroller);
  gtk_widget_hide (bar->report);
  gtk_widget_hide (bar->undo);
  gtk_widget_hide (bar->harmless);
  gtk_widget_hide (bar->trust);
  gtk_widget_set_sensitive (bar->report, TRUE);
  gtk_widget_set_tooltip_text (bar->content, NULL);
  bar->may_unlock = bar->may_report = FALSE;
  update_buttons (bar);
}

static void
show_notice (SekBar *bar, const SekVerdict *verdict)
{
  reset (bar, "sek-notice", "sekisho-notice-symbolic");
  g_autofree char *reasons = sek_ui_reasons_text (verdict, SEK_LEVEL_NOTICE);
  g_autofree char *flat = g_strdelimit (g_strdup (reasons), "\n", ' ');
  set_text (bar->line, flat);
  gtk_label_set_width_chars (bar->line, -1);
  gtk_label_set_max_width_chars (bar->line, NOTICE_LINE_CHARS);
  gtk_widget_set_tooltip_text (bar->content, reasons);
}

/* Two long labels side by side must not widen a narrow mail pane. */
static void
let_wrap (GtkWidget *button)
{
  GtkLabel *label = GTK_LABEL (gtk_bin_get_child (GTK_BIN (button)));
  gtk_label_set_line_wrap (label, TRUE);
  gtk_label_set_justify (label, GTK_JUSTIFY_CENTER);
}

static void
show_trust (SekBar *bar, gboolean trusted)
{
  bar->trusted = trusted;
  gtk_button_set_label (
      GTK_BUTTON (bar->trust),
      /* Translators: the quiet button that takes back “Trust this sender”. */
      trusted ? _ ("Do not _trust this sender after all")
              /* Translators: the quiet button after which there are fewer warnings of a sender. */
              : _ ("_Trust this sender"));
  let_wrap (bar->trust);
  gtk_widget_set_sensitive (bar->trust, TRUE);
  gtk_widget_show (bar->trust);
}

static void
show_telephone (SekBar *bar, const SekVerdict *verdict)
{
  g_autofree char *number = sek_ui_telephone (verdict);
  if (number == NULL)
    return;
  /* Translators: below the reasons of a warning; %s is the telephone number of whom the mail says it is from,
   * as the administrator has listed it. */
  g_autofree char *text =
      g_strdup_printf (_ ("Ask by phone: %s is the number that your organisation has listed."), number);
  set_text (bar->ask, text);
}

static void
show_reasons (SekBar *bar, const SekVerdict *verdict)
{
  g_autofree char *icon_name = g_strconcat (sek_ui_icon_name (verdict->level), "-symbolic", NULL);
  reset (bar, sek_ui_style_class (verdict->level), icon_name);
  set_text (bar->headline, sek_wording_headline (verdict));
  sek_ui_fill_reasons (bar->reasons, verdict, 0, SEK_REASONS_SHOWN);
  gtk_widget_set_visible (bar->scroller, verdict->findings->len > 0);
  g_autofree char *all = sek_ui_reasons_text (verdict, SEK_LEVEL_CLEAR);
  if (verdict->findings->len > SEK_REASONS_SHOWN)
    gtk_widget_set_tooltip_text (bar->content, all);
  show_telephone (bar, verdict);
  gtk_widget_show (bar->report);
  gtk_widget_set_visible (bar->harmless, bar->may_say_harmless);
  show_trust (bar, FALSE);
  gtk_widget_set_visible (bar->trust, verdict->may_trust);
  bar->may_unlock = bar->may_report = TRUE;
  update_buttons (bar);
}

void
sek_bar_set_verdict (SekBar *bar, const SekVerdict *verdict)
{
  g_return_if_fail (SEK_IS_BAR (bar) && verdict != NULL);
  if (verdict->level == SEK_LEVEL_CLEAR)
    reset (bar, NULL, NULL);
  else if (verdict->level == SEK_LEVEL_NOTICE)
    show_notice (bar, verdict);
  else
    show_reasons (bar, verdict);
  g_autofree char *reasons = sek_ui_reasons_text (verdict, SEK_LEVEL_CLEAR);
  sek_ui_set_accessible (GTK_WIDGET (bar), ATK_ROLE_INFO_BAR, sek_wording_headline (verdict), reasons);
  gtk_widget_set_visible (GTK_WIDGET (bar), verdict->level != SEK_LEVEL_CLEAR);
}

void
sek_bar_set_unchecked (SekBar *bar, const char *reason)
{
  g_return_if_fail (SEK_IS_BAR (bar));
  reset (bar, "sek-unchecked", "sekisho-unchecked-symbolic");
  /* Translators: headline of the grey bar above a mail that was shown without a check. */
  const char *headline = _ ("This mail was not checked");
  set_text (bar->headline, headline);
  /* Translators: shown when it is not known why a mail was not checked. */
  g_autofree char *text = sek_ui_text (reason != NULL ? reason : _ ("Sekisho did not answer in time."),
                                       2 * SEK_EVIDENCE_CHARS_MAX);
  set_text (bar->status, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (bar->status), text);
  bar->may_unlock = TRUE;
  update_buttons (bar);
  sek_ui_set_accessible (GTK_WIDGET (bar), ATK_ROLE_INFO_BAR, headline, text);
  gtk_widget_show (GTK_WIDGET (bar));
}

void
sek_bar_set_attachments_locked (SekBar *bar, gboolean locked)
{
  g_return_if_fail (SEK_IS_BAR (bar));
  bar->locked = locked;
  update_buttons (bar);
}

void
sek_bar_set_recipient (SekBar *bar, const char *address)
{
  g_return_if_fail (SEK_IS_BAR (bar));
  g_autofree char *text = sek_ui_recipient (address);
  gtk_widget_set_tooltip_text (bar->report, text);
}

void
sek_bar_set_may_say_harmless (SekBar *bar, gboolean may)
{
  g_return_if_fail (SEK_IS_BAR (bar));
  bar->may_say_harmless = may;
  gtk_widget_set_visible (bar->harmless, may && gtk_widget_get_visible (bar->report));
}

void
sek_bar_set_feedback (SekBar *bar, gboolean feedback)
{
  g_return_if_fail (SEK_IS_BAR (bar));
  bar->feedback = feedback;
}

void
sek_bar_set_training (SekBar *bar, gboolean training)
{
  g_return_if_fail (SEK_IS_BAR (bar));
  bar->training = training;
}

static void
set_status (SekBar *bar, const char *text)
{
  set_text (bar->status, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (bar->status), text);
  update_buttons (bar);
  atk_object_set_description (gtk_widget_get_accessible (GTK_WIDGET (bar)), text);
  gtk_widget_show (GTK_WIDGET (bar));
}

void
sek_bar_set_reported (SekBar *bar, const char *report_id, gboolean quarantined, const GError *error)
{
  g_return_if_fail (SEK_IS_BAR (bar));
  gtk_widget_set_sensitive (bar->report, TRUE);
  gtk_widget_hide (bar->undo);
  /* A clear mail can be reported from the client's menu: then there is no bar yet to say how it went. */
  if (!gtk_widget_get_visible (GTK_WIDGET (bar)))
    reset (bar, NULL, error != NULL ? "sekisho-caution-symbolic" : "sekisho-clear-symbolic");
  g_autofree char *text = NULL;
  if (error != NULL)
    text = sek_ui_failure (error);
  else
    {
      g_autofree char *next = sek_ui_what_next (quarantined, bar->training, bar->feedback);
      /* Translators: said when a report was accepted. */
      text = g_strconcat (_ ("Thank you. The report is on its way to your administrator."), "\n", next, NULL);
      gtk_widget_hide (bar->report);
      gtk_widget_hide (bar->harmless);
    }
  set_status (bar, text);
}

void
sek_bar_set_undo (SekBar *bar)
{
  g_return_if_fail (SEK_IS_BAR (bar));
  gtk_widget_set_sensitive (bar->undo, TRUE);
  gtk_widget_show (bar->undo);
  set_status (bar, sek_ui_undo_text ());
}

void
sek_bar_set_withdrawn (SekBar *bar, const GError *error)
{
  g_return_if_fail (SEK_IS_BAR (bar));
  g_autofree char *text = sek_ui_withdrawn (error);
  gtk_widget_hide (bar->undo);
  if (error == NULL)
    gtk_widget_set_visible (bar->report, bar->may_report);
  set_status (bar, text);
}

static void
on_undo (SekBar *bar)
{
  gtk_widget_set_sensitive (bar->undo, FALSE);
  g_signal_emit (bar, signals[UNDO], 0);
}

static void
on_report (SekBar *bar)
{
  /* Once is enough; set_reported or the next verdict makes it work again. */
  gtk_widget_set_sensitive (bar->report, FALSE);
  /* Translators: while a report is being handed over. */
  set_text (bar->status, _ ("Reporting…"));
  g_signal_emit (bar, signals[REPORT], 0);
}

static void
on_harmless (SekBar *bar)
{
  gtk_widget_hide (bar->harmless);
  g_signal_emit (bar, signals[HARMLESS], 0);
}

static void
on_trust (SekBar *bar)
{
  /* Once is enough; set_trusted makes it work again. */
  gtk_widget_set_sensitive (bar->trust, FALSE);
  g_signal_emit (bar, signals[bar->trusted ? UNTRUST : TRUST], 0);
}

void
sek_bar_set_trusted (SekBar *bar, const char *address, gboolean trusted, const GError *error)
{
  g_return_if_fail (SEK_IS_BAR (bar));
  g_autofree char *shown = sek_ui_address (address), *text = NULL;
  show_trust (bar, trusted);
  if (error != NULL)
    text = sek_ui_text (error->message, SEK_EVIDENCE_CHARS_MAX);
  else if (trusted)
    /* Translators: %s is an address, after “Trust this sender”. */
    text = g_strdup_printf (
        _ ("You trust \u2068%s\u2069 now: for mail like this there will only be a quiet line. "
           "A false name and dangerous attachments or links are told all the same."),
        shown);
  else
    /* Translators: %s is an address, after trust was taken back. */
    text = g_strdup_printf (_ ("You do not trust \u2068%s\u2069 any more."), shown);
  set_status (bar, text);
}

static void
on_unlock (SekBar *bar)
{
  g_signal_emit (bar, signals[UNLOCK], 0);
}

static void
sek_bar_class_init (SekBarClass *class)
{
  GType type = G_TYPE_FROM_CLASS (class);
  signals[REPORT] = g_signal_new ("report", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[HARMLESS] = g_signal_new ("harmless", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[UNDO] = g_signal_new ("undo", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[TRUST] = g_signal_new ("trust", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[UNTRUST] = g_signal_new ("untrust", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[UNLOCK] = g_signal_new ("unlock", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sek_bar_init (SekBar *bar)
{
  g_autoptr (GtkBuilder) builder = sek_ui_builder_new ("bar.ui");
  bar->content = sek_ui_get (builder, "content");
  bar->icon = sek_ui_get (builder, "icon");
  bar->headline = sek_ui_get (builder, "headline");
  bar->line = sek_ui_get (builder, "line");
  bar->scroller = sek_ui_get (builder, "scroller");
  bar->reasons = sek_ui_get (builder, "reasons");
  bar->ask = sek_ui_get (builder, "ask");
  bar->status = sek_ui_get (builder, "status");
  bar->buttons = sek_ui_get (builder, "buttons");
  bar->report = sek_ui_get (builder, "report");
  bar->undo = sek_ui_get (builder, "undo");
  bar->unlock = sek_ui_get (builder, "unlock");
  bar->harmless = sek_ui_get (builder, "harmless");
  let_wrap (bar->report);
  let_wrap (bar->undo);
  let_wrap (bar->unlock);
  let_wrap (bar->harmless);
  bar->trust = sek_ui_get (builder, "trust");
  g_signal_connect_swapped (bar->trust, "clicked", G_CALLBACK (on_trust), bar);
  sek_scroller_set_max_lines (SEK_SCROLLER (bar->scroller), REASON_LINES_MAX);
  g_signal_connect_swapped (bar->report, "clicked", G_CALLBACK (on_report), bar);
  g_signal_connect_swapped (bar->harmless, "clicked", G_CALLBACK (on_harmless), bar);
  g_signal_connect_swapped (bar->undo, "clicked", G_CALLBACK (on_undo), bar);
  g_signal_connect_swapped (bar->unlock, "clicked", G_CALLBACK (on_unlock), bar);
  gtk_container_add (GTK_CONTAINER (bar), bar->content);
  /* The host's gtk_widget_show_all must not show an empty bar. */
  gtk_widget_set_no_show_all (GTK_WIDGET (bar), TRUE);
  reset (bar, NULL, NULL);
}

GtkWidget *
sek_bar_new (void)
{
  return g_object_new (SEK_TYPE_BAR, NULL);
}
