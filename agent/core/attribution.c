/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/core/attribution.h"

#include <string.h>

#include "agent/core/limits.h"
#include "agent/core/mailbox.h"
#include "agent/core/text.h"

#define BLOCK_LINES_MAX 8 /* From, Sent, To, Cc, Subject, and what is between them */
#define WRAPPED_MAX 3     /* lines that one attribution is broken into */

/* Folded field names of quoted header blocks. Sources: the translations of Outlook, Thunderbird and Apple
 * Mail. */
static const char *const from_words[] = { "from", "差出人",     "送信者", "von",    "de",
                                          "da",   "expéditeur", "发件人", "寄件者", "보낸 사람",
                                          "van",  "från",       "fra",    "od",     "от" };
static const char *const sent_words[] = { "sent",      "date",      "送信日時",   "日時",     "日付",
                                          "gesendet",  "datum",     "envoyé",     "enviado",  "inviato",
                                          "data",      "fecha",     "enviado el", "发送时间", "日期",
                                          "보낸 날짜", "verzonden", "skickat",    "sendt",    "wysłano",
                                          "отправлено" };
static const char *const subject_words[] = { "subject",   "件名",    "betreff", "objet", "asunto",
                                             "oggetto",   "assunto", "主题",    "主旨",  "제목",
                                             "onderwerp", "ämne",    "emne",    "temat", "тема" };
/* Folded words at the end of a line above a quotation. Sources: the same programs, Gmail and Becky!. */
static const char *const wrote_words[] = {
  "wrote:",       "schrieb:", "a écrit :", "a écrit:",  "escribió:",         "ha scritto:",
  "escreveu:",    "写道:",    "寫道:",     "작성:",     "schreef:",          "skrev:",
  "napisał(a):",  "пишет:",   "wrote",     "のメール:", "さんは書きました:", "は書きました:",
  "のメッセージ:"
};

void
sek_attribution_free (SekAttribution *attribution)
{
  if (attribution == NULL)
    return;
  g_free (attribution->address);
  g_free (attribution->subject);
  g_free (attribution);
}

/* The text behind "WORD:" when the line begins with one of the words; NULL otherwise. Borrowed from line. */
static const char *
field_value (const char *line, const char *const *words, gsize n_words)
{
  const char *colon = strchr (line, ':');
  const char *wide = strstr (line, "：");
  if (wide != NULL && (colon == NULL || wide < colon))
    colon = wide;
  if (colon == NULL || colon - line > 40)
    return NULL;
  g_autofree char *written = g_strndup (line, (gsize) (colon - line));
  g_autofree char *word = sek_text_fold (written);
  /* Bold in what was HTML. */
  char *bare = word + strspn (word, "*");
  bare[strcspn (bare, "*")] = '\0';
  for (gsize i = 0; i < n_words; i++)
    if (g_str_equal (g_strchomp (bare), words[i]))
      return g_utf8_next_char (colon) + strspn (g_utf8_next_char (colon), "* \t");
  return NULL;
}

static char *
first_address (const char *text)
{
  g_auto (GStrv) found = sek_addr_spec_find_all (text);
  return found[0] != NULL ? g_strdup (found[0]) : NULL;
}

static void
add (GPtrArray *attributions, char *address, const char *subject)
{
  SekAttribution *attribution = g_new0 (SekAttribution, 1);
  attribution->address = address;
  attribution->subject = g_strdup (subject);
  g_ptr_array_add (attributions, attribution);
}

/* A block of header lines that begins at lines[0]. A From alone is a sentence; with the date or the subject
 * of a mail below it is a quotation. */
static void
read_block (char **lines, GPtrArray *attributions)
{
  const char *from = field_value (lines[0], from_words, G_N_ELEMENTS (from_words));
  g_autofree char *address = from != NULL ? first_address (from) : NULL;
  const char *sent = NULL, *subject = NULL;
  if (address == NULL)
    return;
  for (guint i = 1; i < BLOCK_LINES_MAX && lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      if (sent == NULL)
        sent = field_value (lines[i], sent_words, G_N_ELEMENTS (sent_words));
      if (subject == NULL)
        subject = field_value (lines[i], subject_words, G_N_ELEMENTS (subject_words));
    }
  if (sent != NULL && subject != NULL)
    add (attributions, g_steal_pointer (&address), subject);
}

static gboolean
has_digit (const char *text)
{
  return strpbrk (text, "0123456789") != NULL;
}

/* "On DATE NAME <ADDRESS> wrote:", which programs break over up to three lines. Gmail's Japanese form ends
 * with the address and a colon. */
static void
read_wrote_line (char **lines, guint at, GPtrArray *attributions)
{
  g_autofree char *last = sek_text_fold (lines[at]);
  gboolean ends = g_str_has_suffix (last, ">:");
  for (gsize i = 0; i < G_N_ELEMENTS (wrote_words) && !ends; i++)
    ends = g_str_has_suffix (last, wrote_words[i]);
  if (!ends)
    return;
  g_autoptr (GString) whole = g_string_new (lines[at]);
  for (guint i = 1; i < WRAPPED_MAX && i <= at && *lines[at - i] != '\0'; i++)
    {
      g_string_prepend_c (whole, ' ');
      g_string_prepend (whole, lines[at - i]);
    }
  g_auto (GStrv) found = sek_addr_spec_find_all (whole->str);
  guint n = g_strv_length (found);
  if (n > 0 && has_digit (whole->str))
    add (attributions, g_strdup (found[n - 1]), NULL);
}

GPtrArray *
sek_attributions_find (const char *text)
{
  GPtrArray *attributions = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_attribution_free);
  g_autofree char *clipped = sek_text_clip (text != NULL ? text : "", -1, SEK_TEXT_BYTES_MAX);
  g_auto (GStrv) lines = g_strsplit (clipped, "\n", SEK_ATTRIBUTION_LINES_MAX);
  guint n_lines = g_strv_length (lines);
  for (guint i = 0; i < n_lines; i++)
    {
      /* The piece behind the last split holds all further lines. */
      lines[i][strcspn (lines[i], "\n")] = '\0';
      g_strstrip (lines[i]);
    }
  for (guint i = 0; i < n_lines && attributions->len < SEK_ATTRIBUTIONS_MAX; i++)
    {
      /* What is quoted inside the quotation is others' business. */
      if (*lines[i] == '\0' || *lines[i] == '>' || strlen (lines[i]) > SEK_ATTRIBUTION_BYTES_MAX)
        continue;
      read_block (lines + i, attributions);
      read_wrote_line (lines, i, attributions);
    }
  return attributions;
}
