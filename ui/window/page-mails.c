/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mails that a warning was shown for: why, and what was done. */
#include <glib/gi18n-lib.h>

#include "ui/parts.h"
#include "ui/window/page.h"
#include "ui/window/pages.h"
#include "ui/window/records.h"

/* On the row: that its reasons are open, which outlasts filling it anew. */
#define OPEN "sek-open"

static const struct
{
  const char *decision;
  const char *sentence;
} decisions[] = {
  /* Translators: the next ones say what the person did about a mail; when follows.
   */
  { "reported", N_ ("You reported it to your administrator") },
  { "shown", N_ ("You looked at it after the warning") },
  { "closed", N_ ("You closed it") },
};

static char *
decision_sentence (GVariant *record)
{
  const char *decision = sek_record_string (record, "decision");
  g_autofree char *when = sek_page_time (sek_record_number (record, "decided"));
  for (gsize i = 0; i < G_N_ELEMENTS (decisions); i++)
    if (g_str_equal (decision, decisions[i].decision))
      return g_strconcat (_ (decisions[i].sentence), " · ", when, NULL);
  return NULL;
}

static char *
sender_of (const SekVerdict *verdict)
{
  g_autofree char *name = sek_ui_text (verdict->claimed_name, SEK_EVIDENCE_CHARS_MAX);
  g_autofree char *address = sek_ui_address (verdict->sender_address);
  if (*address == '\0')
    return g_strdup_printf ("\u2068%s\u2069", name);
  if (*name == '\0')
    return g_strdup_printf ("\u2066%s\u2069", address);
  /* Translators: the first is the name that a mail says it is from, the second the address that it came from.
   */
  return g_strdup_printf (_ ("“\u2068%s\u2069” from \u2066%s\u2069"), name, address);
}

static void
on_expanded (GtkExpander *expander, GParamSpec *pspec, gpointer data)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (expander), GTK_TYPE_LIST_BOX_ROW);
  gboolean open = gtk_expander_get_expanded (expander);
  if (row != NULL)
    g_object_set_data (G_OBJECT (row), OPEN, GINT_TO_POINTER (open));
  if (open && gtk_bin_get_child (GTK_BIN (expander)) == NULL)
    {
      const SekVerdict *verdict = data;
      GtkWidget *reasons = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
      gtk_style_context_add_class (gtk_widget_get_style_context (reasons), "sek-reasons");
      sek_ui_fill_reasons (GTK_BOX (reasons), verdict, 0, -1);
      gtk_container_add (GTK_CONTAINER (expander), reasons);
      gtk_widget_show (reasons);
    }
}

static void
free_verdict (gpointer data, GClosure *closure)
{
  sek_verdict_free (data);
}

/* Made only when they are asked for: a list of two hundred mails has a thousand reasons. Takes verdict. */
static void
add_reasons (GtkListBoxRow *list_row, GtkBox *row, SekVerdict *verdict, const char *subject)
{
  /* Translators: opens the list of reasons why a mail was warned of. */
  GtkWidget *expander = gtk_expander_new (_ ("Why"));
  sek_ui_set_accessible (expander, ATK_ROLE_INVALID, NULL, subject);
  gtk_expander_set_resize_toplevel (GTK_EXPANDER (expander), FALSE);
  g_signal_connect_data (expander, "notify::expanded", G_CALLBACK (on_expanded), verdict, free_verdict, 0);
  gtk_box_pack_start (row, expander, FALSE, FALSE, 0);
  gtk_widget_show (expander);
  gtk_expander_set_expanded (GTK_EXPANDER (expander), g_object_get_data (G_OBJECT (list_row), OPEN) != NULL);
}

static void
fill (GtkListBoxRow *list_row, GtkBox *row, GVariant *record, SekAgentLink *agent)
{
  g_autoptr (GVariant) value = g_variant_lookup_value (record, "verdict", G_VARIANT_TYPE_VARDICT);
  g_autoptr (GError) error = NULL;
  g_autoptr (SekVerdict) verdict =
      value != NULL ? sek_verdict_from_variant (value, &error) : sek_verdict_new ();
  if (verdict == NULL)
    verdict = sek_verdict_new ();
  g_autofree char *subject = sek_page_subject (verdict->subject);
  g_autofree char *when = sek_page_time (sek_record_number (record, "created"));
  g_autofree char *sender = sender_of (verdict);
  g_autofree char *decision = decision_sentence (record);
  const char *headline = sek_wording_headline (verdict);
  g_autofree char *said =
      decision != NULL ? g_strconcat (headline, " ", decision, NULL) : g_strdup (headline);
  row = sek_page_add_head (row, verdict->level, subject, when);
  gtk_box_pack_start (row, sek_page_plain_new (sender, "sek-dim"), FALSE, FALSE, 0);
  gtk_box_pack_start (row, sek_page_text_new (headline, NULL), FALSE, FALSE, 0);
  if (decision != NULL)
    gtk_box_pack_start (row, sek_page_text_new (decision, "sek-dim"), FALSE, FALSE, 0);
  sek_ui_set_accessible (GTK_WIDGET (list_row), ATK_ROLE_INVALID, subject, said);
  if (verdict->findings->len > 0)
    add_reasons (list_row, row, g_steal_pointer (&verdict), subject);
}

GtkWidget *
sek_page_mails_new (SekAgentLink *agent)
{
  static const SekRecordsKind kind = {
    .method = "Warned",
    .key = "mail",
    .what = "warned",
    .icon = "mail-read-symbolic",
    .empty = N_ ("No mail has given reason for a warning yet. When one does, you find it here."),
    .fill = fill,
  };
  GtkBox *content = NULL;
  GtkWidget *page = sek_page_new (_ ("Mails you were warned of"), &content);
  gtk_box_pack_start (content, sek_records_new (&kind, _ ("Mails you were warned of"), agent), TRUE, TRUE, 0);
  return page;
}
