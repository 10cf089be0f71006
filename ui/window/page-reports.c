/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reports of this person: where each of them is, and what the administrator said. */
#include <glib/gi18n-lib.h>

#include "ui/parts.h"
#include "ui/window/page.h"
#include "ui/window/pages.h"
#include "ui/window/records.h"

#define REASON_CHARS_MAX 400
/* It stands beside a button, also at 360 pixels. */
#define NEXT_CHARS_MIN 8

/* What a report's row says, by its state and answer; the first that fits. "": any. */
static const struct
{
  const char *state;
  const char *answer;
  SekLevel level; /* whose icon stands in front */
  const char *sentence;
} stages[] = {
  /* Translators: the next ones say what became of a mail that was reported to the administrator. */
  { "sent", "dangerous", SEK_LEVEL_DANGER,
    N_ ("Your administrator says that it was dangerous. Well spotted.") },
  { "sent", "harmless", SEK_LEVEL_CLEAR, N_ ("Your administrator says that it was harmless.") },
  { "sent", "thanks", SEK_LEVEL_NOTICE, N_ ("Your administrator has it, and thanks you.") },
  { "sent", "answered", SEK_LEVEL_NOTICE, N_ ("Your administrator has answered by mail.") },
  { "sent", "", SEK_LEVEL_NOTICE, N_ ("Sent. There is no answer yet.") },
  { "held", "", SEK_LEVEL_NOTICE, N_ ("Is sent in a moment.") },
  { "refused", "", SEK_LEVEL_CAUTION,
    N_ ("The server has not taken it. It is kept and tried again once a day.") },
  { "queued", "", SEK_LEVEL_NOTICE, N_ ("Waits to be sent.") },
  { "", "", SEK_LEVEL_NOTICE, N_ ("Is being worked on.") },
};

static gboolean
is_refused (GVariant *report)
{
  gboolean refused = FALSE;
  g_variant_lookup (report, "refused", "b", &refused);
  return refused;
}

static gsize
stage_of (GVariant *report)
{
  const char *state = is_refused (report) ? "refused" : sek_record_string (report, "state");
  const char *answer = sek_record_string (report, "answer");
  gsize i = 0;
  while (i < G_N_ELEMENTS (stages) - 1 &&
         !(g_str_equal (stages[i].state, state) &&
           (*stages[i].answer == '\0' || g_str_equal (stages[i].answer, answer))))
    i++;
  return i;
}

/* What can be done with a report, by its state. */
static const struct
{
  const char *state;
  const char *method; /* (s id) */
  const char *label;
} deeds[] = {
  /* Translators: a button: try to send this report now. */
  { "queued", "SendAgain", N_ ("Send again") },
  /* Translators: a button: this report is not to be sent after all. */
  { "held", "Withdraw", N_ ("Take back") },
};

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) button = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = sek_agent_link_finish (result, &error);
  SekRecords *records = sek_records_of (button);
  /* The row was filled anew meanwhile, so the report goes on. */
  if (records == NULL)
    return;
  gtk_widget_set_sensitive (button, TRUE);
  sek_records_complain (records, error != NULL ? error->message : NULL);
  if (reply != NULL)
    sek_records_refresh (records);
}

static void
on_button (GtkButton *button, gpointer user_data)
{
  SekAgentLink *agent = user_data;
  const char *id = g_object_get_data (G_OBJECT (button), "sek-id");
  const char *method = g_object_get_data (G_OBJECT (button), "sek-method");
  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
  sek_agent_link_call (agent, method, g_variant_new ("(s)", id), NULL, on_done, g_object_ref (button));
}

static void
add_deed (GtkBox *line, gsize deed, GVariant *report, const char *subject, SekAgentLink *agent)
{
  GtkWidget *button = gtk_button_new_with_label (_ (deeds[deed].label));
  sek_ui_set_accessible (button, ATK_ROLE_INVALID, NULL, subject);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "sek-id", g_strdup (sek_record_string (report, "id")), g_free);
  g_object_set_data (G_OBJECT (button), "sek-method", (gpointer) deeds[deed].method);
  g_signal_connect (button, "clicked", G_CALLBACK (on_button), agent);
  gtk_box_pack_end (line, button, FALSE, FALSE, 0);
}

/* Why it was not sent yet, when it is tried again, and what the person can do. */
static void
add_waiting (GtkBox *row, gsize deed, GVariant *report, const char *subject, SekAgentLink *agent)
{
  const char *reason = sek_record_string (report, "last-error");
  gint64 next = sek_record_number (report, "next-attempt");
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  if (*reason != '\0')
    {
      g_autofree char *shown = sek_ui_text (reason, REASON_CHARS_MAX);
      /* Translators: %s is the reason why a report could not be sent. */
      g_autofree char *text = g_strdup_printf (_ ("The last try failed: %s"), shown);
      gtk_box_pack_start (row, sek_page_text_new (text, "sek-dim"), FALSE, FALSE, 0);
    }
  if (*reason != '\0' && next > 0)
    {
      g_autofree char *when = sek_page_time (next);
      /* Translators: %s is when a report is tried again: “Today, 14:03”, or a date. */
      g_autofree char *text = g_strdup_printf (_ ("Next try: %s"), when);
      GtkWidget *label = sek_page_text_new (text, "sek-dim");
      gtk_label_set_width_chars (GTK_LABEL (label), NEXT_CHARS_MIN);
      gtk_box_pack_start (GTK_BOX (line), label, TRUE, TRUE, 0);
    }
  add_deed (GTK_BOX (line), deed, report, subject, agent);
  gtk_widget_show_all (line);
  gtk_box_pack_start (row, line, FALSE, FALSE, 0);
}

static void
fill (GtkListBoxRow *list_row, GtkBox *row, GVariant *report, SekAgentLink *agent)
{
  g_autofree char *subject = sek_page_subject (sek_record_string (report, "subject"));
  g_autofree char *when = sek_page_time (sek_record_number (report, "created"));
  gsize stage = stage_of (report);
  row = sek_page_add_head (row, stages[stage].level, subject, when);
  gtk_box_pack_start (row, sek_page_text_new (_ (stages[stage].sentence), NULL), FALSE, FALSE, 0);
  if (g_str_equal (sek_record_string (report, "kind"), "feedback"))
    gtk_box_pack_start (row, sek_page_text_new (_ ("You said that it is harmless."), "sek-dim"), FALSE, FALSE,
                        0);
  for (gsize i = 0; i < G_N_ELEMENTS (deeds); i++)
    if (g_str_equal (sek_record_string (report, "state"), deeds[i].state))
      add_waiting (row, i, report, subject, agent);
  sek_ui_set_accessible (GTK_WIDGET (list_row), ATK_ROLE_INVALID, subject, _ (stages[stage].sentence));
}

GtkWidget *
sek_page_reports_new (SekAgentLink *agent)
{
  static const SekRecordsKind kind = {
    .method = "Reports",
    .key = "id",
    .what = "reports",
    .icon = "mail-send-symbolic",
    .empty = N_ (
        "You have not reported any mail yet. When one looks odd to you, “Report to admin” is always right."),
    .fill = fill,
  };
  GtkBox *content = NULL;
  GtkWidget *page = sek_page_new (_ ("Reports"), &content);
  gtk_box_pack_start (content, sek_records_new (&kind, _ ("Reports"), agent), TRUE, TRUE, 0);
  return page;
}
