/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the administrator says of mails that go around, and whether one of them came here. */
#include <glib/gi18n-lib.h>

#include "ui/parts.h"
#include "ui/window/page.h"
#include "ui/window/pages.h"
#include "ui/window/records.h"

#define TEXT_CHARS_MAX 1000

static char *
mails_sentence (SekLevel level, gint64 mails)
{
  if (mails == 0)
    return g_strdup (_ ("You have not received such a mail."));
  gulong count = (gulong) MIN (mails, G_MAXINT32);
  if (level == SEK_LEVEL_CLEAR)
    return g_strdup_printf (
        /* Translators: the administrator found mails harmless, and this many of them came here. */
        g_dngettext (GETTEXT_PACKAGE, "You have received %lu such mail. It is harmless.",
                     "You have received %lu such mails. They are harmless.", count),
        count);
  return g_strdup_printf (
      /* Translators: the administrator warns of mails, and this many of them came here. */
      g_dngettext (GETTEXT_PACKAGE, "You have received %lu such mail. Please leave it closed.",
                   "You have received %lu such mails. Please leave them closed.", count),
      count);
}

static void
fill (GtkListBoxRow *list_row, GtkBox *row, GVariant *advisory, SekAgentLink *agent)
{
  SekLevel level = SEK_LEVEL_DANGER;
  sek_level_from_string (sek_record_string (advisory, "level"), &level);
  gint64 mails = sek_record_number (advisory, "mails");
  g_autofree char *text = sek_ui_text (sek_record_string (advisory, "text"), TEXT_CHARS_MAX);
  g_autofree char *published = sek_page_time (sek_record_number (advisory, "published"));
  g_autofree char *sentence = mails_sentence (level, mails);
  /* Translators: what the administrator's sentence that follows is. */
  const char *kind = level == SEK_LEVEL_CLEAR ? _ ("Harmless") : _ ("Warning");
  row = sek_page_add_head (row, level, kind, published);
  gtk_box_pack_start (row, sek_page_text_new (text, NULL), FALSE, FALSE, 0);
  gtk_box_pack_start (row, sek_page_text_new (sentence, mails > 0 ? "sek-strong" : "sek-dim"), FALSE, FALSE,
                      0);
  g_autofree char *said = g_strconcat (text, " ", sentence, NULL);
  sek_ui_set_accessible (GTK_WIDGET (list_row), ATK_ROLE_INVALID, kind, said);
}

GtkWidget *
sek_page_advisories_new (SekAgentLink *agent)
{
  static const SekRecordsKind kind = {
    .method = "Advisories",
    .key = "id",
    .what = "advisories",
    .icon = "emblem-ok-symbolic",
    .empty = N_ ("Your administrator warns of nothing at the moment."),
    .fill = fill,
  };
  GtkBox *content = NULL;
  GtkWidget *page = sek_page_new (_ ("What your administrator says"), &content);
  gtk_box_pack_start (content, sek_records_new (&kind, _ ("What your administrator says"), agent), TRUE, TRUE,
                      0);
  return page;
}
