/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "agent/report/report-private.h"

/* One line "Label: value"; nothing when there is no value. */
static void
add_line (GString *text, const char *label, const char *value)
{
  if (value == NULL || *value == '\0')
    return;
  g_autofree char *shown = sek_text_show (value, SEK_EVIDENCE_CHARS_MAX);
  /* Translators: a label and its value, such as "Subject: Invoice". */
  g_string_append_printf (text, _ ("%s: %s"), label, shown);
  g_string_append (text, "\r\n");
}

char *
sek_report_sentence (const SekFinding *finding)
{
  g_autofree char *words = sek_wording_finding (finding);
  g_autoptr (GString) sentence = g_string_new (words);
  /* Mail readers often show them as boxes. */
  g_string_replace (sentence, "\u2068", "", 0);
  g_string_replace (sentence, "\u2069", "", 0);
  return sek_text_show (sentence->str, SEK_SUBJECT_CHARS_MAX);
}

static void
add_finding (GString *text, const SekFinding *finding)
{
  g_autofree char *sentence = sek_report_sentence (finding);
  g_string_append_printf (text, "- [%s] %s\r\n", sek_wording_level (finding->level), sentence);
}

static void
add_verdict (GString *text, const SekVerdict *verdict)
{
  g_autoptr (SekMailbox) from =
      sek_mailbox_new (*verdict->claimed_name != '\0' ? verdict->claimed_name : NULL,
                       *verdict->sender_address != '\0' ? verdict->sender_address : NULL);
  g_autofree char *shown_from = sek_mailbox_to_string (from);
  add_line (text, _ ("Level"), sek_wording_level (verdict->level));
  add_line (text, _ ("From"), shown_from);
  add_line (text, _ ("Known address of this name"), verdict->known_address);
  add_line (text, _ ("Subject"), verdict->subject);
}

/* What the administrator has to know first: whether it may be too late. */
static const char *
attachments_in_words (const char *state)
{
  if (g_strcmp0 (state, "held") == 0)
    return _ ("held back; they were not opened from the mail program in this session");
  if (g_strcmp0 (state, "released") == 0)
    return _ ("the person has released them and may have opened them");
  return g_strcmp0 (state, "free") == 0 ? _ ("nothing held them back; they may have been opened") : NULL;
}

char *
sek_report_summary (const SekReportInput *input, SekForm form)
{
  const SekVerdict *verdict = input->verdict;
  g_autoptr (GString) text = g_string_new (
      input->is_feedback ? _ ("Sekisho warned of a mail, and the person who got it says that it is harmless.")
                         : _ ("A mail was reported with Sekisho."));
  g_string_append (text, "\r\n");
  if (verdict != NULL && !input->is_feedback)
    g_string_append_printf (text, "%s\r\n", sek_wording_headline (verdict));
  g_string_append (text, "\r\n");

  if (verdict != NULL)
    add_verdict (text, verdict);
  if (verdict != NULL && verdict->training)
    add_line (text, _ ("Training mail"),
              _ ("recognised by its token. Compare its Message-ID with your list of training mails."));
  add_line (text, _ ("Reported by"), input->reporter);
  add_line (text, _ ("Mail program"), input->client);
  add_line (text, _ ("Folder"), input->folder);
  /* Translators: a label; whether they were held back follows. */
  add_line (text, _ ("Attachments"), attachments_in_words (input->attachments));
  g_string_append (text, "\r\n");

  if (verdict == NULL)
    g_string_append (text, _ ("Sekisho had not checked it."));
  else if (verdict->findings->len == 0)
    g_string_append (text, _ ("Sekisho had found nothing to say about it."));
  else
    g_string_append (text, _ ("What Sekisho found:"));
  g_string_append (text, "\r\n");
  for (guint i = 0; verdict != NULL && i < verdict->findings->len && i < SEK_FINDINGS_MAX; i++)
    add_finding (text, verdict->findings->pdata[i]);

  if (form == SEK_FORM_HEAD)
    {
      g_string_append_printf (
          text, "\r\n%s\r\n",
          _ ("The mail is larger than the policy lets travel. Only its header is attached; the "
             "mail itself is with the person who reported it."));
      g_autofree char *bytes = g_strdup_printf ("%" G_GSIZE_FORMAT, g_bytes_get_size (input->original));
      g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, input->original);
      add_line (text, "SHA-256", digest);
      /* Translators: how large a mail is; %s is a number of bytes. */
      g_autofree char *size = g_strdup_printf (_ ("%s bytes"), bytes);
      add_line (text, _ ("Size"), size);
      return g_string_free (g_steal_pointer (&text), FALSE);
    }
  /* There nothing is attached: the mail is a value like the others. */
  if (input->policy->report_profile == SEK_PROFILE_JSON)
    return g_string_free (g_steal_pointer (&text), FALSE);
  if (input->rebuilt)
    g_string_append_printf (
        text, "\r\n%s\r\n",
        _ ("The mail program does not keep the exact bytes of this mail. What is attached "
           "is what it made of them."));
  g_string_append_printf (
      text, "\r\n%s\r\n",
      form == SEK_FORM_BASE64
          ? _ ("The mail is attached byte for byte as the file original.eml. Be careful when opening it.")
      : input->rebuilt ? _ ("Be careful when opening it.")
                       : _ ("The mail is attached byte for byte. Be careful when opening it."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}
