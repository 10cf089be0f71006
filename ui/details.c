/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The technical details of a warning, for people who know mail, and for those who ask them. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "ui/parts.h"

/* What is seen of one header field; what is copied is whole. */
#define FIELD_CHARS_MAX 300
#define HOST_CHARS_MAX 160
#define MARK "» "

static void
add_heading (GtkBox *box, const char *text)
{
  GtkWidget *label = sek_ui_label_new (text);
  gtk_style_context_add_class (gtk_widget_get_style_context (label), "sek-strong");
  gtk_box_pack_start (box, label, FALSE, FALSE, 0);
}

static char *
isolated (const char *text)
{
  g_autofree char *shown = sek_ui_text (text, HOST_CHARS_MAX);
  return g_strconcat ("\u2068", shown, "\u2069", NULL);
}

static gboolean
any_is_ours (const SekDetails *details)
{
  for (guint i = 0; i < details->path->len; i++) /* at most SEK_DETAIL_HOPS_MAX */
    if (((SekHop *) details->path->pdata[i])->ours)
      return TRUE;
  return FALSE;
}

/* "2. mail.x.example (…) → mx.kaede.example", and when. */
static char *
hop_text (const SekHop *hop, guint number, gboolean told_apart)
{
  /* Translators: in place of the name of a computer that a mail passed through without naming it. */
  const char *unknown = _ ("(not said)");
  g_autofree char *from = isolated (*hop->from != '\0' ? hop->from : unknown);
  g_autofree char *by = isolated (*hop->by != '\0' ? hop->by : unknown);
  GString *text = g_string_new (NULL);
  /* Translators: one step on the way of a mail: a number, who handed it over, who took it. */
  g_string_append_printf (text, _ ("%u. %s handed it to %s"), number, from, by);
  if (*hop->time != '\0')
    {
      g_autofree char *time = sek_ui_text (hop->time, HOST_CHARS_MAX);
      g_string_append_printf (text, "\n\u2066%s\u2069", time);
    }
  if (told_apart)
    /* Translators: who wrote down this step on the way of a mail. */
    g_string_append_printf (text, "\n%s",
                            hop->ours ? _ ("Written down by your own mail gateway.")
                                      /* Translators: nobody of ours has written it down. */
                                      : _ ("Written down elsewhere, so it may be invented."));
  return g_string_free (text, FALSE);
}

static void
add_path (GtkBox *box, const SekDetails *details)
{
  /* Translators: heading of the list of computers that a mail passed through. */
  add_heading (box, _ ("The way of this mail"));
  gboolean told_apart = any_is_ours (details);
  for (guint i = 0; i < details->path->len; i++) /* at most SEK_DETAIL_HOPS_MAX */
    {
      g_autofree char *text = hop_text (details->path->pdata[i], i + 1, told_apart);
      gtk_box_pack_start (box, sek_ui_label_new (text), FALSE, FALSE, 0);
    }
  if (details->path->len == 0)
    /* Translators: in place of the list of computers that a mail passed through. */
    gtk_box_pack_start (box, sek_ui_label_new (_ ("The mail does not say how it came.")), FALSE, FALSE, 0);
}

static char *
result_text (const SekAuthLine *line)
{
  g_autofree char *method = sek_ui_text (line->method, HOST_CHARS_MAX);
  g_autofree char *result = sek_ui_text (line->result, HOST_CHARS_MAX);
  GString *text = g_string_new (NULL);
  g_string_append_printf (text, "\u2066%s\u2069: \u2068%s\u2069", method, result);
  if (*line->domain != '\0')
    {
      g_autofree char *domain = isolated (line->domain);
      g_string_append_printf (text, " (%s)", domain);
    }
  g_autofree char *host = isolated (line->host);
  if (line->ours)
    /* Translators: %s is the name of a computer of the reader's organisation. */
    g_string_append_printf (text, _ (", says your own mail gateway %s"), host);
  else if (*line->host != '\0')
    /* Translators: %s is the name of a computer that says so and that nobody here knows. */
    g_string_append_printf (text, _ (", says %s, which may be invented"), host);
  return g_string_free (text, FALSE);
}

static void
add_authentication (GtkBox *box, const SekDetails *details)
{
  /* Translators: heading: whether mail servers have proven who sent a mail. */
  add_heading (box, _ ("Proof of the sender"));
  for (guint i = 0; i < details->authentication->len; i++) /* at most SEK_DETAIL_RESULTS_MAX */
    {
      g_autofree char *text = result_text (details->authentication->pdata[i]);
      gtk_box_pack_start (box, sek_ui_label_new (text), FALSE, FALSE, 0);
    }
  if (details->authentication->len == 0)
    /* Translators: below the heading “Proof of the sender”. */
    gtk_box_pack_start (box, sek_ui_label_new (_ ("No mail server has said anything about it.")), FALSE,
                        FALSE, 0);
}

/* One label for all of them: one stop for the Tab key, and a person can select across lines. */
static void
add_headers (GtkBox *box, const SekDetails *details)
{
  /* Translators: heading of the header fields of a mail; » stands in front of those that a reason is about.
   */
  add_heading (box, _ ("Header fields (those marked with » are the reason)"));
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  for (guint i = 0; i < details->headers->len; i++) /* at most SEK_HEADER_FIELDS_MAX */
    {
      const SekHeaderLine *line = details->headers->pdata[i];
      g_autofree char *name = sek_ui_text (line->name, HOST_CHARS_MAX);
      g_autofree char *value = sek_ui_text (line->value, FIELD_CHARS_MAX);
      PangoAttribute *weight =
          pango_attr_weight_new (line->telling ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
      weight->start_index = (guint) text->len;
      g_string_append_printf (text, "%s%s%s: \u2068%s\u2069", i > 0 ? "\n" : "", line->telling ? MARK : "",
                              name, value);
      weight->end_index = (guint) text->len;
      pango_attr_list_insert (attributes, weight);
    }
  GtkWidget *label = sek_ui_label_new (text->str);
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_name (label, "sek-headers");
  gtk_style_context_add_class (gtk_widget_get_style_context (label), "sek-mono");
  gtk_box_pack_start (box, label, FALSE, FALSE, 0);
}

/* For a mail to the help desk: without the isolates and marks that are for the eye. */
static char *
text_to_copy (const SekDetails *details)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < details->headers->len; i++) /* at most SEK_HEADER_FIELDS_MAX */
    {
      const SekHeaderLine *line = details->headers->pdata[i];
      g_string_append_printf (text, "%s: %s\n", line->name, line->value);
    }
  return g_string_free (text, FALSE);
}

static void
on_copy (GtkButton *button, const char *text)
{
  gtk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (button), GDK_SELECTION_CLIPBOARD), text, -1);
  /* Translators: on the button that has just copied the header fields of a mail. */
  gtk_button_set_label (button, _ ("Copied"));
}

static void
free_text (gpointer text, GClosure *closure)
{
  g_free (text);
}

GtkWidget *
sek_ui_details_new (const SekDetails *details)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_name (box, "sek-details");
  gtk_widget_set_margin_top (box, 9);
  add_path (GTK_BOX (box), details);
  add_authentication (GTK_BOX (box), details);
  add_headers (GTK_BOX (box), details);
  /* Translators: copies the header fields of a mail to the clipboard. */
  GtkWidget *copy = gtk_button_new_with_mnemonic (_ ("Co_py the header fields"));
  gtk_widget_set_name (copy, "sek-copy");
  gtk_widget_set_halign (copy, GTK_ALIGN_START);
  g_object_set (copy, "can-default", FALSE, NULL);
  g_signal_connect_data (copy, "clicked", G_CALLBACK (on_copy), text_to_copy (details), free_text, 0);
  gtk_box_pack_start (GTK_BOX (box), copy, FALSE, FALSE, 0);
  gtk_widget_show_all (box);
  return box;
}
