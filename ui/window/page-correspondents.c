/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of somebody who writes, and whom the person trusts. */
#include <glib/gi18n-lib.h>

#include "ui/parts.h"
#include "ui/window/page.h"
#include "ui/window/pages.h"
#include "ui/window/records.h"

#define NAMES_SHOWN_MAX 5
/* It stands beside a button, also at 360 pixels. */
#define ADDRESS_CHARS_MIN 10
#define SEARCH "sek-search"

typedef struct
{
  SekAgentLink *agent;
  GtkWidget *entry, *found;
  GCancellable *cancellable; /* of the search that is under way */
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;
  g_cancellable_cancel (search->cancellable);
  g_clear_object (&search->cancellable);
  g_object_unref (search->agent);
  g_free (search);
}

static void
destroy_child (GtkWidget *child, gpointer data)
{
  gtk_widget_destroy (child);
}

/* The names seen with an address, the rest as a number. Newly allocated; "" when there is none. */
static char *
names_of (GVariant *known)
{
  g_autoptr (GVariant) names = g_variant_lookup_value (known, "names", G_VARIANT_TYPE_STRING_ARRAY);
  gsize count = names != NULL ? g_variant_n_children (names) : 0;
  g_autoptr (GString) text = g_string_new (NULL);
  for (gsize i = 0; i < MIN (count, NAMES_SHOWN_MAX); i++)
    {
      const char *name;
      g_variant_get_child (names, i, "&s", &name);
      g_autofree char *shown = sek_ui_text (name, SEK_EVIDENCE_CHARS_MAX);
      g_string_append_printf (text, "%s\u2068%s\u2069", i > 0 ? " · " : "", shown);
    }
  if (count > NAMES_SHOWN_MAX)
    /* Translators: behind a list of names: that there are so many more. */
    g_string_append_printf (text,
                            ngettext (" and %lu more", " and %lu more", (gulong) (count - NAMES_SHOWN_MAX)),
                            (gulong) (count - NAMES_SHOWN_MAX));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Two sentences: each has a number of its own. */
static char *
counts_of (GVariant *known)
{
  gint64 received = sek_record_number (known, "received"), sent = sek_record_number (known, "sent");
  g_autofree char *from = g_strdup_printf (ngettext ("%lu mail came from there.",
                                                     "%lu mails came from there.", (gulong) received),
                                           (gulong) received);
  g_autofree char *to =
      g_strdup_printf (ngettext ("You wrote there %lu time.", "You wrote there %lu times.", (gulong) sent),
                       (gulong) sent);
  return g_strconcat (from, " ", to, NULL);
}

static void
add_known (Search *search, GVariant *known)
{
  g_autofree char *address = sek_ui_address (sek_record_string (known, "address"));
  g_autofree char *title = g_strdup_printf ("\u2066%s\u2069", address);
  g_autofree char *names = names_of (known);
  gboolean is_known = FALSE, is_trusted = FALSE;
  g_variant_lookup (known, "known", "b", &is_known);
  g_variant_lookup (known, "trusted", "b", &is_trusted);
  GtkWidget *card = sek_page_card_new ();
  GtkBox *box = GTK_BOX (card);
  gtk_box_pack_start (box, sek_page_plain_new (title, "sek-strong"), FALSE, FALSE, 0);
  if (*names != '\0')
    gtk_box_pack_start (box, sek_page_plain_new (names, NULL), FALSE, FALSE, 0);
  if (is_known)
    {
      g_autofree char *counts = counts_of (known);
      g_autofree char *first = sek_page_time (sek_record_number (known, "first-seen"));
      g_autofree char *last = sek_page_time (sek_record_number (known, "last-seen"));
      /* Translators: when the first and the last mail with this address was seen, dates by locale. */
      g_autofree char *since = g_strdup_printf (_ ("Known since %s, last seen %s."), first, last);
      gtk_box_pack_start (box, sek_page_text_new (counts, NULL), FALSE, FALSE, 0);
      if (*first != '\0')
        gtk_box_pack_start (box, sek_page_text_new (since, "sek-dim"), FALSE, FALSE, 0);
    }
  else
    gtk_box_pack_start (box, sek_page_text_new (_ ("No mail with this address is known."), NULL), FALSE,
                        FALSE, 0);
  if (is_trusted)
    gtk_box_pack_start (box, sek_page_text_new (_ ("You trust this sender."), NULL), FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (search->found), card, FALSE, FALSE, 0);
}

static void
say (Search *search, const char *sentence)
{
  gtk_box_pack_start (GTK_BOX (search->found), sek_page_text_new (sentence, "sek-dim"), FALSE, FALSE, 0);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) found = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = sek_agent_link_finish (result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  Search *search = g_object_get_data (G_OBJECT (found), SEARCH);
  gtk_container_foreach (GTK_CONTAINER (found), destroy_child, NULL);
  if (reply == NULL || !g_variant_is_of_type (reply, G_VARIANT_TYPE ("(aa{sv})")))
    {
      say (search, error != NULL ? error->message : _ ("Sekisho can't be reached."));
      return;
    }
  g_autoptr (GVariantIter) known = NULL;
  g_variant_get (reply, "(aa{sv})", &known);
  if (g_variant_iter_n_children (known) == 0)
    say (search, _ ("Nobody is known by this name."));
  for (GVariant *one = g_variant_iter_next_value (known); one != NULL;
       one = g_variant_iter_next_value (known))
    {
      add_known (search, one);
      g_variant_unref (one);
    }
}

static void
look (Search *search)
{
  g_autofree char *who = g_strstrip (g_strdup (gtk_entry_get_text (GTK_ENTRY (search->entry))));
  g_cancellable_cancel (search->cancellable);
  g_clear_object (&search->cancellable);
  if (*who == '\0')
    {
      gtk_container_foreach (GTK_CONTAINER (search->found), destroy_child, NULL);
      return;
    }
  search->cancellable = g_cancellable_new ();
  sek_agent_link_call (search->agent, "Correspondent", g_variant_new ("(s)", who), search->cancellable,
                       on_found, g_object_ref (search->found));
}

static void
on_search (GtkEntry *entry, GtkWidget *found)
{
  look (g_object_get_data (G_OBJECT (found), SEARCH));
}

static void
on_changed (SekAgentLink *agent, const char *what, GtkWidget *found)
{
  if (g_str_equal (what, "trusted"))
    look (g_object_get_data (G_OBJECT (found), SEARCH));
}

static void
add_search (GtkBox *content, SekAgentLink *agent)
{
  Search *search = g_new0 (Search, 1);
  search->agent = g_object_ref (agent);
  search->entry = gtk_search_entry_new ();
  search->found = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_entry_set_placeholder_text (GTK_ENTRY (search->entry), _ ("Name or address, as it stands in a mail"));
  sek_ui_set_accessible (search->entry, ATK_ROLE_INVALID, _ ("Whom do you want to know about?"), NULL);
  /* Freed with the widget that the callbacks hold on to. */
  g_object_set_data_full (G_OBJECT (search->found), SEARCH, search, search_free);
  g_signal_connect_object (search->entry, "search-changed", G_CALLBACK (on_search), search->found, 0);
  g_signal_connect_object (search->entry, "activate", G_CALLBACK (on_search), search->found, 0);
  g_signal_connect_object (agent, "changed", G_CALLBACK (on_changed), search->found, 0);
  gtk_box_pack_start (content, search->entry, FALSE, FALSE, 0);
  gtk_box_pack_start (content, search->found, FALSE, FALSE, 0);
  gtk_widget_show (search->entry);
  gtk_widget_show (search->found);
}

/* --- whom the person trusts --- */

static void
on_taken_back (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) button = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = sek_agent_link_finish (result, &error);
  SekRecords *records = sek_records_of (button);
  if (records == NULL)
    return;
  gtk_widget_set_sensitive (button, TRUE);
  sek_records_complain (records, error != NULL ? error->message : NULL);
  if (reply != NULL)
    sek_records_refresh (records);
}

static void
on_take_back (GtkButton *button, gpointer user_data)
{
  SekAgentLink *agent = user_data;
  const char *address = g_object_get_data (G_OBJECT (button), "sek-address");
  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
  sek_agent_link_call (agent, "Untrust", g_variant_new ("(s)", address), NULL, on_taken_back,
                       g_object_ref (button));
}

static void
fill (GtkListBoxRow *list_row, GtkBox *row, GVariant *record, SekAgentLink *agent)
{
  const char *spec = sek_record_string (record, "address");
  g_autofree char *address = sek_ui_address (spec);
  g_autofree char *title = g_strdup_printf ("\u2066%s\u2069", address);
  g_autofree char *name = sek_ui_text (sek_record_string (record, "name"), SEK_EVIDENCE_CHARS_MAX);
  g_autofree char *when = sek_page_time (sek_record_number (record, "since"));
  /* Translators: %s is a date, or “Today, 14:03”. */
  g_autofree char *since = g_strdup_printf (_ ("Trusted since: %s"), when);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *label = sek_page_plain_new (title, "sek-strong");
  gtk_label_set_width_chars (GTK_LABEL (label), ADDRESS_CHARS_MIN);
  gtk_box_pack_start (GTK_BOX (words), label, FALSE, FALSE, 0);
  if (*name != '\0')
    gtk_box_pack_start (GTK_BOX (words), sek_page_plain_new (name, NULL), FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (words), sek_page_text_new (since, "sek-dim"), FALSE, FALSE, 0);
  /* Translators: a button: this sender is not to be trusted any more. */
  GtkWidget *button = gtk_button_new_with_label (_ ("Trust no more"));
  sek_ui_set_accessible (button, ATK_ROLE_INVALID, NULL, address);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "sek-address", g_strdup (spec), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_take_back), agent);
  gtk_box_pack_start (GTK_BOX (line), words, TRUE, TRUE, 0);
  gtk_box_pack_end (GTK_BOX (line), button, FALSE, FALSE, 0);
  gtk_widget_show_all (line);
  gtk_box_pack_start (row, line, FALSE, FALSE, 0);
  sek_ui_set_accessible (GTK_WIDGET (list_row), ATK_ROLE_INVALID, address, since);
}

GtkWidget *
sek_page_correspondents_new (SekAgentLink *agent)
{
  static const SekRecordsKind kind = {
    .method = "Trusted",
    .key = "address",
    .what = "trusted",
    .icon = "avatar-default-symbolic",
    .empty = N_ ("You have not said of any sender that you trust them. Sekisho goes by what it has seen."),
    .fill = fill,
  };
  GtkBox *content = NULL;
  GtkWidget *page = sek_page_new (_ ("What is known of a correspondent"), &content);
  add_search (content, agent);
  GtkWidget *heading = sek_page_text_new (_ ("Senders you trust"), "sek-strong");
  sek_ui_set_accessible (heading, ATK_ROLE_HEADING, NULL, NULL);
  gtk_box_pack_start (content, heading, FALSE, FALSE, 0);
  gtk_box_pack_start (content, sek_records_new (&kind, _ ("Senders you trust"), agent), TRUE, TRUE, 0);
  return page;
}
