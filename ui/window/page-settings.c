/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the person may choose, which mail clients are protected, what the organisation has laid down, and the
 * self-test. */
#include <glib/gi18n-lib.h>

#include "ui/parts.h"
#include "ui/window/clients-card.h"
#include "ui/window/page.h"
#include "ui/window/pages.h"
#include "ui/window/records.h"
#include "ui/window/self-test-card.h"

/* A sentence beside a switch, also at 360 pixels. */
#define WORDS_CHARS_MIN 10

/* Every setting the agent may name; another one is passed over, as its words are not known here. */
static const struct
{
  const char *key;
  const char *title;
  const char *meaning;
} settings[] = {
  { "client.learn", N_ ("Get to know my earlier mail"),
    N_ ("Goes through your mail folders and address books in quiet moments, so that it is known who has "
        "written to you "
        "before. Nothing of it leaves this computer.") },
  { "report.quarantine", N_ ("Move reported mail away"),
    N_ ("Puts a mail that you reported into the folder Quarantine.") },
  { "report.keep-copy", N_ ("Keep copies of my reports"),
    N_ ("Keeps a copy of each report that was sent in your home folder.") },
};

typedef struct
{
  SekAgentLink *agent;
  GCancellable *cancellable;
  GtkWidget *rows[G_N_ELEMENTS (settings)];
  GtkWidget *switches[G_N_ELEMENTS (settings)];
  GtkWidget *locks[G_N_ELEMENTS (settings)];
  gboolean filling; /* the switches are being set to what holds */
  GtkWidget *learned;
  GtkWidget *away;      /* the agent is */
  GtkWidget *complaint; /* why the last change was not made; stays while other things change */
  GtkBox *laid_down;    /* lines of what the organisation has decided */
} Settings;

static void
complain (Settings *page, const char *sentence)
{
  g_autofree char *shown = sek_ui_text (sentence, 400);
  sek_ui_set_sentence (GTK_LABEL (page->complaint), shown);
  gtk_widget_set_visible (page->complaint, sentence != NULL);
}

static void
show_setting (Settings *page, GVariant *record)
{
  const char *key = sek_record_string (record, "key");
  gboolean value = FALSE, locked = FALSE;
  g_variant_lookup (record, "value", "b", &value);
  g_variant_lookup (record, "locked", "b", &locked);
  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      if (!g_str_equal (key, settings[i].key))
        continue;
      gtk_switch_set_active (GTK_SWITCH (page->switches[i]), value);
      gtk_widget_set_sensitive (page->switches[i], !locked);
      gtk_widget_set_visible (page->locks[i], locked);
      gtk_widget_show (page->rows[i]);
      AtkObject *accessible = gtk_widget_get_accessible (page->switches[i]);
      atk_object_set_description (accessible,
                                  locked ? _ ("Set by your administrator") : _ (settings[i].meaning));
    }
}

static void
on_settings (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = sek_agent_link_finish (result, &error);
  /* Cancelled: there is no page any more. */
  if (reply == NULL || !g_variant_is_of_type (reply, G_VARIANT_TYPE ("(aa{sv})")))
    return;
  Settings *page = user_data;
  g_autoptr (GVariantIter) records = NULL;
  g_variant_get (reply, "(aa{sv})", &records);
  page->filling = TRUE;
  for (GVariant *record = g_variant_iter_next_value (records); record != NULL;
       record = g_variant_iter_next_value (records))
    {
      show_setting (page, record);
      g_variant_unref (record);
    }
  page->filling = FALSE;
}

static void
ask (Settings *page)
{
  if (sek_agent_link_state (page->agent) == SEK_AGENT_THERE)
    sek_agent_link_call (page->agent, "Settings", NULL, page->cancellable, on_settings, page);
}

static void
on_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = sek_agent_link_finish (result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  Settings *page = user_data;
  complain (page, error != NULL ? error->message : NULL);
  /* The switch shows what holds, not what was wished for. */
  if (error != NULL)
    ask (page);
}

static void
on_switched (GtkSwitch *widget, GParamSpec *pspec, gpointer user_data)
{
  Settings *page = user_data;
  const char *key = g_object_get_data (G_OBJECT (widget), "sek-key");
  if (!page->filling)
    sek_agent_link_call (page->agent, "SetSetting",
                         g_variant_new ("(sb)", key, gtk_switch_get_active (widget)), page->cancellable,
                         on_set, page);
}

/* A line with a symbol: that the person can not change this. */
static GtkWidget *
lock_new (void)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name ("changes-prevent-symbolic", GTK_ICON_SIZE_MENU);
  sek_ui_set_accessible (icon, ATK_ROLE_ICON, "", NULL);
  gtk_box_pack_start (GTK_BOX (line), icon, FALSE, FALSE, 0);
  /* Translators: stands below a setting that the person can not change. */
  gtk_box_pack_start (GTK_BOX (line), sek_page_text_new (_ ("Set by your administrator"), "sek-dim"), TRUE,
                      TRUE, 0);
  gtk_widget_show_all (line);
  gtk_widget_hide (line);
  gtk_widget_set_no_show_all (line, TRUE);
  return line;
}

static void
add_setting (Settings *page, GtkBox *card, gsize i)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *title = sek_page_text_new (_ (settings[i].title), "sek-strong");
  GtkWidget *meaning = sek_page_text_new (_ (settings[i].meaning), "sek-dim");
  gtk_label_set_width_chars (GTK_LABEL (title), WORDS_CHARS_MIN);
  gtk_label_set_width_chars (GTK_LABEL (meaning), WORDS_CHARS_MIN);
  page->locks[i] = lock_new ();
  gtk_box_pack_start (GTK_BOX (words), title, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (words), meaning, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (words), page->locks[i], FALSE, FALSE, 0);
  if (i == 0)
    {
      page->learned = sek_page_text_new ("", "sek-dim");
      gtk_box_pack_start (GTK_BOX (words), page->learned, FALSE, FALSE, 0);
    }
  page->switches[i] = gtk_switch_new ();
  gtk_widget_set_valign (page->switches[i], GTK_ALIGN_CENTER);
  sek_ui_set_accessible (page->switches[i], ATK_ROLE_INVALID, _ (settings[i].title), _ (settings[i].meaning));
  g_object_set_data (G_OBJECT (page->switches[i]), "sek-key", (gpointer) settings[i].key);
  g_signal_connect (page->switches[i], "notify::active", G_CALLBACK (on_switched), page);
  gtk_box_pack_start (GTK_BOX (row), words, TRUE, TRUE, 0);
  gtk_box_pack_end (GTK_BOX (row), page->switches[i], FALSE, FALSE, 0);
  gtk_style_context_add_class (gtk_widget_get_style_context (row), "sek-setting");
  gtk_widget_show_all (row);
  /* Until the agent has said how it stands. */
  gtk_widget_hide (row);
  page->rows[i] = row;
  gtk_box_pack_start (card, row, FALSE, FALSE, 0);
}

static void
destroy_child (GtkWidget *child, gpointer data)
{
  gtk_widget_destroy (child);
}

/* text has one %s, for value, which comes from the policy. */
static void
add_line (Settings *page, const char *text, const char *value)
{
  if (value != NULL && *value == '\0')
    return;
  g_autofree char *shown = value != NULL ? sek_ui_text (value, SEK_EVIDENCE_CHARS_MAX) : NULL;
  g_auto (GStrv) parts = g_strsplit (text, "%s", 2);
  g_autofree char *sentence = shown != NULL ? g_strjoinv (shown, parts) : g_strdup (text);
  GtkWidget *label = sek_page_text_new ("", NULL);
  sek_ui_set_sentence (GTK_LABEL (label), sentence);
  gtk_box_pack_start (page->laid_down, label, FALSE, FALSE, 0);
  gtk_widget_show (label);
}

static void
show_laid_down (Settings *page)
{
  g_autofree char *organisation = sek_agent_link_get_string (page->agent, "Policy", "organisation");
  g_autofree char *address = sek_agent_link_get_string (page->agent, "Policy", "report-address");
  g_autofree char *unavailable = sek_agent_link_get_string (page->agent, "Policy", "unavailable");
  g_autofree char *source = sek_agent_link_get_string (page->agent, "Policy", "pull-url");
  gtk_container_foreach (GTK_CONTAINER (page->laid_down), destroy_child, NULL);
  /* Translators: %s is the name of a company or the like. */
  add_line (page, _ ("Organisation: \u2068%s\u2069"), organisation);
  /* Translators: %s is an address. */
  add_line (page, _ ("Reports go to \u2068%s\u2069."), address);
  if (*address == '\0')
    add_line (page, _ ("Nobody is named to whom reports go. They are kept in your home folder."), NULL);
  /* Translators: %s is a URL. */
  add_line (page, _ ("New settings of the organisation are fetched from \u2068%s\u2069."), source);
  add_line (page,
            g_str_equal (unavailable, "hold")
                ? _ ("A mail that can't be checked stays covered.")
                : _ ("A mail that can't be checked is shown, with a line above it that says so."),
            NULL);
}

static void
show_learned (Settings *page)
{
  g_autoptr (GVariant) learning = sek_agent_link_get (page->agent, "Learning", G_VARIANT_TYPE_VARDICT);
  gulong count =
      (gulong) CLAMP (sek_agent_link_get_number (page->agent, "Learning", "messages"), 0, G_MAXINT32);
  gboolean active = FALSE;
  if (learning != NULL)
    g_variant_lookup (learning, "active", "b", &active);
  g_autofree char *known = g_strdup_printf (
      /* Translators: %'lu is a number of mails. */
      g_dngettext (GETTEXT_PACKAGE, "%'lu mail is known so far.", "%'lu mails are known so far.", count),
      count);
  g_autofree char *text =
      active ? g_strconcat (known, " ", _ ("More is being learned just now."), NULL) : NULL;
  gtk_label_set_text (GTK_LABEL (page->learned), active ? text : known);
}

static void
show (SekAgentLink *agent, Settings *page)
{
  gboolean there = sek_agent_link_state (agent) == SEK_AGENT_THERE;
  for (gsize i = 0; !there && i < G_N_ELEMENTS (settings); i++)
    gtk_widget_hide (page->rows[i]);
  gtk_widget_set_visible (page->away, sek_agent_link_state (agent) == SEK_AGENT_AWAY);
  gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (page->laid_down)), there);
  show_learned (page);
  show_laid_down (page);
  ask (page);
}

static void
on_changed (SekAgentLink *agent, const char *what, Settings *page)
{
  if (g_str_equal (what, "settings"))
    ask (page);
}

static void
on_destroyed (GtkWidget *widget, gpointer data)
{
  Settings *page = data;
  g_signal_handlers_disconnect_by_data (page->agent, page);
  g_cancellable_cancel (page->cancellable);
  g_object_unref (page->cancellable);
  g_object_unref (page->agent);
  g_free (page);
}

/* A heading, and a card below it. */
static GtkBox *
section_new (GtkBox *content, const char *title)
{
  GtkWidget *section = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *heading = sek_page_text_new (title, "sek-strong");
  sek_ui_set_accessible (heading, ATK_ROLE_HEADING, NULL, NULL);
  GtkWidget *card = sek_page_card_new ();
  gtk_box_pack_start (GTK_BOX (section), heading, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (section), card, FALSE, FALSE, 0);
  gtk_widget_show (heading);
  gtk_widget_show (section);
  gtk_box_pack_start (content, section, FALSE, FALSE, 6);
  return GTK_BOX (card);
}

GtkWidget *
sek_page_settings_new (SekAgentLink *agent)
{
  GtkBox *content = NULL;
  GtkWidget *widget = sek_page_new (_ ("Settings"), &content);
  Settings *page = g_new0 (Settings, 1);
  page->agent = g_object_ref (agent);
  page->cancellable = g_cancellable_new ();
  GtkWidget *card = sek_page_card_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    add_setting (page, GTK_BOX (card), i);
  page->away = sek_page_text_new (_ ("Sekisho can't be reached."), NULL);
  gtk_box_pack_start (GTK_BOX (card), page->away, FALSE, FALSE, 0);
  page->complaint = sek_page_text_new ("", NULL);
  gtk_box_pack_start (GTK_BOX (card), page->complaint, FALSE, FALSE, 0);
  gtk_widget_hide (page->complaint);
  gtk_box_pack_start (content, card, FALSE, FALSE, 0);
  gtk_box_pack_start (section_new (content, _ ("Mail programs")), sek_clients_card_new (agent), FALSE, FALSE,
                      0);
  gtk_box_pack_start (section_new (content, _ ("Does everything work?")), sek_self_test_card_new (agent),
                      FALSE, FALSE, 0);
  page->laid_down = section_new (content, _ ("Laid down by your organisation"));
  g_signal_connect (agent, "properties", G_CALLBACK (show), page);
  g_signal_connect (agent, "changed", G_CALLBACK (on_changed), page);
  g_signal_connect (widget, "destroy", G_CALLBACK (on_destroyed), page);
  show (agent, page);
  return widget;
}
