/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/parts.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct
{
  const char *icon;
  const char *style_class;
} looks[] = {
  [SEK_LEVEL_CLEAR] = { "sekisho-clear", "sek-clear" },
  [SEK_LEVEL_NOTICE] = { "sekisho-notice", "sek-notice" },
  [SEK_LEVEL_CAUTION] = { "sekisho-caution", "sek-caution" },
  [SEK_LEVEL_DANGER] = { "sekisho-danger", "sek-danger" },
};

const char *
sek_ui_icon_name (SekLevel level)
{
  return looks[level].icon;
}

const char *
sek_ui_style_class (SekLevel level)
{
  return looks[level].style_class;
}

static char *
finding_text (const SekFinding *finding)
{
  g_autofree char *sentence = sek_wording_finding (finding);
  return sek_ui_flatten (sentence);
}

/* The values that the sentence does not say itself: "File: …   Inside: …". NULL when there are none. */
static char *
further_evidence (const SekFinding *finding, const char *sentence)
{
  GString *out = g_string_new (NULL);
  for (guint i = 0; i < finding->evidence->len; i++) /* at most SEK_EVIDENCE_MAX */
    {
      const SekEvidence *evidence = finding->evidence->pdata[i];
      g_autofree char *value = sek_ui_text (evidence->value, SEK_EVIDENCE_CHARS_MAX);
      if (*value == '\0' || strstr (sentence, value) != NULL)
        continue;
      if (out->len > 0)
        g_string_append_c (out, '\n');
      /* Translators: a label and its value, such as "File: report.zip". */
      g_string_append_printf (out, _ ("%s: %s"), sek_wording_evidence_key (evidence->key), value);
    }
  return g_string_free (out, out->len == 0);
}

static GtkWidget *
reason_row_new (const SekFinding *finding)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  /* What says nothing by itself is still no all-clear. */
  SekLevel level = MAX (finding->level, SEK_LEVEL_NOTICE);
  g_autofree char *icon_name = g_strconcat (sek_ui_icon_name (level), "-symbolic", NULL);
  GtkWidget *icon = gtk_image_new_from_icon_name (icon_name, GTK_ICON_SIZE_MENU);
  gtk_image_set_pixel_size (GTK_IMAGE (icon), sek_ui_icon_pixels (icon));
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_margin_top (icon, 2);
  sek_ui_set_accessible (icon, ATK_ROLE_ICON, sek_wording_level (level), NULL);
  gtk_box_pack_start (GTK_BOX (row), icon, FALSE, FALSE, 0);

  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  g_autofree char *sentence = finding_text (finding);
  gtk_box_pack_start (GTK_BOX (words), sek_ui_label_new (sentence), FALSE, FALSE, 0);
  g_autofree char *further = further_evidence (finding, sentence);
  if (further != NULL)
    {
      GtkWidget *label = sek_ui_label_new (further);
      gtk_style_context_add_class (gtk_widget_get_style_context (label), "sek-dim");
      gtk_box_pack_start (GTK_BOX (words), label, FALSE, FALSE, 0);
    }
  gtk_box_pack_start (GTK_BOX (row), words, TRUE, TRUE, 0);
  gtk_widget_show_all (row);
  return row;
}

static void
destroy_row (GtkWidget *row, gpointer data)
{
  gtk_widget_destroy (row);
}

void
sek_ui_clear_reasons (GtkBox *box)
{
  gtk_container_foreach (GTK_CONTAINER (box), destroy_row, NULL);
}

void
sek_ui_fill_reasons (GtkBox *box, const SekVerdict *verdict, guint first, gint count)
{
  sek_ui_clear_reasons (box);
  guint end = verdict->findings->len; /* at most SEK_FINDINGS_MAX */
  if (count >= 0)
    end = MIN (end, first + (guint) count);
  for (guint i = first; i < end; i++)
    gtk_box_pack_start (box, reason_row_new (verdict->findings->pdata[i]), FALSE, FALSE, 0);
}

char *
sek_ui_telephone (const SekVerdict *verdict)
{
  if (*verdict->telephone == '\0')
    return NULL;
  g_autofree char *number = sek_ui_text (verdict->telephone, SEK_TELEPHONE_CHARS_MAX);
  return g_strconcat ("\u2068", number, "\u2069", NULL);
}

char *
sek_ui_reasons_text (const SekVerdict *verdict, SekLevel least)
{
  GString *out = g_string_new (NULL);
  for (guint i = 0; i < verdict->findings->len; i++) /* at most SEK_FINDINGS_MAX */
    {
      const SekFinding *finding = verdict->findings->pdata[i];
      if (finding->level < least)
        continue;
      g_autofree char *sentence = finding_text (finding);
      if (out->len > 0)
        g_string_append_c (out, '\n');
      g_string_append (out, sentence);
    }
  return g_string_free (out, FALSE);
}
