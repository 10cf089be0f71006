/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How things are, in one sentence; what is not as it should be stands below it, the gravest first. */
#include <glib/gi18n-lib.h>

#include "ui/parts.h"
#include "ui/window/clients-card.h"
#include "ui/window/page.h"
#include "ui/window/pages.h"
#include "ui/window/records.h"

#define REASON_CHARS_MAX 400
#define ICON_PIXELS 64
#define WEEK_SECONDS (7 * 24 * 60 * 60)

/* What can be said. Text after the sentence, when there is any, comes from the agent. */
typedef struct
{
  gboolean (*applies) (SekAgentLink *agent);
  const char *icon;
  const char *sentence;
  char *(*reason) (SekAgentLink *agent); /* newly allocated; NULL: there is none */
  const char *button;                    /* NULL: none */
  const char *action;                    /* "retry", or the id of a page */
} State;

typedef struct
{
  SekAgentLink *agent;
  GtkWidget *icon;
  GtkWidget *sentence;
  GtkWidget *reason;
  GtkWidget *button;
  const State *state;
  GtkBox *further; /* cards for what else is not as it should be */
  GtkWidget *help;
  GtkWidget *week;
  GCancellable *cancellable;
} Today;

static gboolean
is_away (SekAgentLink *agent)
{
  return sek_agent_link_state (agent) == SEK_AGENT_AWAY;
}

static gboolean
is_connecting (SekAgentLink *agent)
{
  return sek_agent_link_state (agent) == SEK_AGENT_CONNECTING;
}

static char *
state_error (SekAgentLink *agent)
{
  return sek_agent_link_get_string (agent, "StateError", NULL);
}

static gboolean
has_state_error (SekAgentLink *agent)
{
  g_autofree char *error = state_error (agent);
  return *error != '\0';
}

static char *
report_error (SekAgentLink *agent)
{
  return sek_agent_link_get_string (agent, "Outbox", "last-error");
}

static gboolean
has_waiting_reports (SekAgentLink *agent)
{
  g_autofree char *error = report_error (agent);
  return *error != '\0' && sek_agent_link_get_number (agent, "Outbox", "queued") > 0;
}

static char *
policy_error (SekAgentLink *agent)
{
  return sek_agent_link_get_string (agent, "Policy", "error");
}

static gboolean
has_policy_error (SekAgentLink *agent)
{
  g_autofree char *error = policy_error (agent);
  return *error != '\0';
}

static char *
pull_error (SekAgentLink *agent)
{
  return sek_agent_link_get_string (agent, "Policy", "pull-error");
}

static gboolean
has_pull_error (SekAgentLink *agent)
{
  g_autofree char *error = pull_error (agent);
  return *error != '\0';
}

static char *
history_notice (SekAgentLink *agent)
{
  return sek_agent_link_get_string (agent, "HistoryNotice", NULL);
}

static gboolean
has_history_notice (SekAgentLink *agent)
{
  g_autofree char *notice = history_notice (agent);
  return *notice != '\0';
}

static gboolean
is_learning (SekAgentLink *agent)
{
  g_autoptr (GVariant) learning = sek_agent_link_get (agent, "Learning", G_VARIANT_TYPE_VARDICT);
  gboolean active = FALSE;
  if (learning != NULL)
    g_variant_lookup (learning, "active", "b", &active);
  return active;
}

static char *
known_mails (SekAgentLink *agent)
{
  gulong count = (gulong) CLAMP (sek_agent_link_get_number (agent, "Learning", "messages"), 0, G_MAXINT32);
  return g_strdup_printf (
      /* Translators: %'lu is a number of mails. */
      g_dngettext (GETTEXT_PACKAGE, "%'lu mail is known so far.", "%'lu mails are known so far.", count),
      count);
}

static gboolean
is_nowhere (SekAgentLink *agent)
{
  return sek_clients_are_all_off ();
}

static gboolean
is_fine (SekAgentLink *agent)
{
  return TRUE;
}

/* The gravest first; the last always applies. */
static const State states[] = {
  { is_away, "sekisho-unchecked",
    N_ ("Sekisho can't be reached. Mails are not checked until it is back; open attachments with care."),
    NULL, N_ ("_Try again"), "retry" },
  { is_connecting, "sekisho", N_ ("One moment: Sekisho is being asked…"), NULL, NULL, NULL },
  { is_nowhere, "sekisho-unchecked",
    N_ ("Welcome. Sekisho is ready, and not yet in your mail program: mails are not checked."), NULL,
    N_ ("_Set up"), "settings" },
  { has_state_error, "sekisho-caution",
    N_ ("Mails are checked, but without what is known of earlier mail, and none can be reported."),
    state_error, NULL, NULL },
  { has_waiting_reports, "sekisho-notice", N_ ("Mails are checked. A report waits to be sent."), report_error,
    N_ ("_Show reports"), "reports" },
  { has_policy_error, "sekisho-notice",
    N_ ("Mails are checked. The settings of your organisation have a fault."), policy_error, NULL, NULL },
  { has_pull_error, "sekisho-notice",
    N_ ("Mails are checked. The settings of your organisation could not be renewed; the old ones go on."),
    pull_error, NULL, NULL },
  { has_history_notice, "sekisho-notice",
    N_ ("Mails are checked. What was known of earlier mail is learned anew."), history_notice, NULL, NULL },
  { is_learning, "sekisho-clear",
    N_ ("Mails are checked. Sekisho is just getting to know your earlier mail, to tell strangers from "
        "friends."),
    known_mails, NULL, NULL },
  { is_fine, "sekisho-clear", N_ ("All is well. Every mail is checked when you open it."), NULL, NULL, NULL },
};

static void
do_action (Today *today, const char *action)
{
  if (g_str_equal (action, "retry"))
    sek_agent_link_retry (today->agent);
  else
    g_action_group_activate_action (G_ACTION_GROUP (gtk_widget_get_toplevel (today->button)), "page",
                                    g_variant_new_string (action));
}

static void
on_button (GtkButton *button, gpointer user_data)
{
  Today *today = user_data;
  do_action (today, today->state->action);
}

static char *
shown_reason (const State *state, SekAgentLink *agent)
{
  g_autofree char *reason = state->reason != NULL ? state->reason (agent) : NULL;
  return sek_ui_text (reason, REASON_CHARS_MAX);
}

static void
show_first (Today *today, const State *state)
{
  g_autofree char *reason = shown_reason (state, today->agent);
  today->state = state;
  gtk_image_set_from_icon_name (GTK_IMAGE (today->icon), state->icon, GTK_ICON_SIZE_DIALOG);
  gtk_label_set_text (GTK_LABEL (today->sentence), _ (state->sentence));
  gtk_label_set_text (GTK_LABEL (today->reason), reason);
  gtk_widget_set_visible (today->reason, *reason != '\0');
  if (state->button != NULL)
    gtk_button_set_label (GTK_BUTTON (today->button), _ (state->button));
  gtk_widget_set_visible (today->button, state->button != NULL);
}

static void
destroy_card (GtkWidget *card, gpointer data)
{
  gtk_widget_destroy (card);
}

static void
add_further (Today *today, const State *state)
{
  GtkWidget *card = sek_page_card_new ();
  g_autofree char *reason = shown_reason (state, today->agent);
  gtk_box_pack_start (GTK_BOX (card), sek_page_text_new (_ (state->sentence), "sek-strong"), FALSE, FALSE, 0);
  if (*reason != '\0')
    gtk_box_pack_start (GTK_BOX (card), sek_page_text_new (reason, "sek-dim"), FALSE, FALSE, 0);
  gtk_box_pack_start (today->further, card, FALSE, FALSE, 0);
}

/* Whom to ask, and what the organisation itself says. */
static void
show_help (Today *today)
{
  g_autofree char *phone = sek_agent_link_get_string (today->agent, "Policy", "phone");
  g_autofree char *advice = sek_agent_link_get_string (today->agent, "Policy", "advice");
  g_autofree char *shown_phone = sek_ui_text (phone, SEK_EVIDENCE_CHARS_MAX);
  g_autofree char *shown_advice = sek_ui_text (advice, REASON_CHARS_MAX);
  g_autoptr (GString) text = g_string_new (shown_advice);
  if (*phone != '\0' && *advice != '\0')
    g_string_append_c (text, '\n');
  if (*phone != '\0')
    /* Translators: %s is a telephone number. */
    g_string_append_printf (text, _ ("If in doubt, ask: \u2068%s\u2069"), shown_phone);
  sek_ui_set_sentence (GTK_LABEL (today->help), text->str);
  gtk_widget_set_visible (gtk_widget_get_parent (today->help), text->len > 0);
}

static void
on_warned (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = sek_agent_link_finish (result, &error);
  /* Cancelled: there is no page any more. */
  if (reply == NULL || !g_variant_is_of_type (reply, G_VARIANT_TYPE ("(aa{sv})")))
    return;
  const Today *today = user_data;
  g_autoptr (GVariant) mails = g_variant_get_child_value (reply, 0);
  gint64 since = g_get_real_time () / G_USEC_PER_SEC - WEEK_SECONDS;
  gulong count = 0;
  for (gsize i = 0; i < g_variant_n_children (mails); i++) /* at most SEK_WARNED_LISTED_MAX */
    {
      g_autoptr (GVariant) mail = g_variant_get_child_value (mails, i);
      count += sek_record_number (mail, "created") > since;
    }
  g_autofree char *text =
      count == 0 ? g_strdup (_ ("No mail gave reason for a warning in the last seven days."))
                 : g_strdup_printf (
                       /* Translators: %lu is a number of mails. */
                       g_dngettext (GETTEXT_PACKAGE, "In the last seven days you were warned of %lu mail.",
                                    "In the last seven days you were warned of %lu mails.", count),
                       count);
  gtk_label_set_text (GTK_LABEL (today->week), text);
  gtk_widget_show (today->week);
}

static void
show_week (Today *today)
{
  if (sek_agent_link_state (today->agent) != SEK_AGENT_THERE)
    gtk_widget_hide (today->week);
  else
    sek_agent_link_call (today->agent, "Warned", NULL, today->cancellable, on_warned, today);
}

static void
on_changed (SekAgentLink *agent, const char *what, Today *today)
{
  if (g_str_equal (what, "warned"))
    show_week (today);
}

static void
show_today (SekAgentLink *agent, Today *today)
{
  gboolean first = TRUE;
  gtk_container_foreach (GTK_CONTAINER (today->further), destroy_card, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      if (!states[i].applies (agent) || (!first && states[i].applies == is_fine))
        continue;
      if (first)
        show_first (today, &states[i]);
      else
        add_further (today, &states[i]);
      first = FALSE;
    }
  show_help (today);
  show_week (today);
}

static void
on_destroyed (GtkWidget *page, gpointer data)
{
  Today *today = data;
  g_signal_handlers_disconnect_by_data (today->agent, today);
  g_cancellable_cancel (today->cancellable);
  g_object_unref (today->cancellable);
  g_object_unref (today->agent);
  g_free (today);
}

static void
fill (Today *today, GtkBox *content)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_style_context_add_class (gtk_widget_get_style_context (box), "sek-today");
  today->icon = gtk_image_new ();
  gtk_image_set_pixel_size (GTK_IMAGE (today->icon), ICON_PIXELS);
  today->sentence = sek_page_text_new ("", "sek-headline");
  sek_ui_set_accessible (today->sentence, ATK_ROLE_HEADING, NULL, NULL);
  today->reason = sek_page_text_new ("", "sek-dim");
  GtkWidget *labels[] = { today->sentence, today->reason };
  gtk_box_pack_start (GTK_BOX (box), today->icon, FALSE, FALSE, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      gtk_label_set_xalign (GTK_LABEL (labels[i]), 0.5);
      gtk_label_set_justify (GTK_LABEL (labels[i]), GTK_JUSTIFY_CENTER);
      gtk_label_set_max_width_chars (GTK_LABEL (labels[i]), 44);
      gtk_box_pack_start (GTK_BOX (box), labels[i], FALSE, FALSE, 0);
    }
  today->button = gtk_button_new_with_mnemonic ("");
  gtk_widget_set_halign (today->button, GTK_ALIGN_CENTER);
  gtk_box_pack_start (GTK_BOX (box), today->button, FALSE, FALSE, 0);
  today->week = sek_page_text_new ("", "sek-dim");
  gtk_label_set_xalign (GTK_LABEL (today->week), 0.5);
  gtk_label_set_justify (GTK_LABEL (today->week), GTK_JUSTIFY_CENTER);
  gtk_box_pack_start (content, box, FALSE, FALSE, 0);
  gtk_box_pack_start (content, today->week, FALSE, FALSE, 0);
  today->further = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  gtk_box_pack_start (content, GTK_WIDGET (today->further), FALSE, FALSE, 0);
  GtkWidget *card = sek_page_card_new ();
  today->help = sek_page_text_new ("", NULL);
  gtk_box_pack_start (GTK_BOX (card), today->help, FALSE, FALSE, 0);
  gtk_box_pack_start (content, card, FALSE, FALSE, 0);
  gtk_widget_show_all (box);
  gtk_widget_show (GTK_WIDGET (today->further));
}

GtkWidget *
sek_page_today_new (SekAgentLink *agent)
{
  GtkBox *content = NULL;
  GtkWidget *page = sek_page_new (NULL, &content);
  Today *today = g_new0 (Today, 1);
  today->agent = g_object_ref (agent);
  today->cancellable = g_cancellable_new ();
  fill (today, content);
  g_signal_connect (today->button, "clicked", G_CALLBACK (on_button), today);
  g_signal_connect (agent, "properties", G_CALLBACK (show_today), today);
  g_signal_connect (agent, "changed", G_CALLBACK (on_changed), today);
  g_signal_connect (page, "destroy", G_CALLBACK (on_destroyed), today);
  show_today (agent, today);
  return page;
}
