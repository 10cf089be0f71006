/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Re:" in the subject, but nothing says what is answered. Four grades: proven (the history has what is
 * answered) and plausible (it names something, which unknown-thread looks at) say nothing; unprovable is a
 * notice with its reason; claimed but false is a caution. Missing headers are proof only if the mail program
 * the mail claims to be from always writes them: over SpamAssassin's mass-check the programs below gave 75
 * spam and no ham, unknown programs 552 spam and 969 ham. A forward is never judged by its headers. */
#include "agent/engine/check.h"

#include <string.h>

/* People answer within this time, as good as always. */
#define ANSWERED_WITHIN_SECONDS (G_GINT64_CONSTANT (90) * 24 * 60 * 60)
#define SENT_MIN 10 /* fewer sent mails mean that the reader sends from elsewhere */

static const struct
{
  const char *folded; /* begins, or stands after a space, in User-Agent or X-Mailer */
  const char *name;
} programs[] = {
  { "microsoft outlook express", "Outlook Express" },
  { "microsoft office outlook", "Microsoft Outlook" },
  { "microsoft outlook imo", "Microsoft Outlook" },
  { "microsoft outlook 1",
    "Microsoft Outlook" }, /* 11 to 16; the "Build 9" and "10" for Exchange noted nothing */
  { "microsoft windows live mail", "Windows Live Mail" },
  { "microsoft-macoutlook", "Microsoft Outlook" },
  { "mozilla", "Thunderbird" },
  { "thunderbird", "Thunderbird" },
  { "apple mail", "Apple Mail" },
  { "iphone mail", "iPhone Mail" },
  { "ipad mail", "iPad Mail" },
  { "evolution", "Evolution" },
  { "kmail", "KMail" },
  { "claws mail", "Claws Mail" },
  { "sylpheed", "Sylpheed" },
  { "mutt", "Mutt" },
  { "neomutt", "NeoMutt" },
  { "becky!", "Becky!" },
  { "roundcube", "Roundcube" },
  { "em_client", "eM Client" },
  { "em client", "eM Client" },
  { "zimbra", "Zimbra" },
};

/* The program's name when it always writes In-Reply-To or References into an answer; NULL otherwise. */
static const char *
threading_program (const char *mail_program)
{
  g_autofree char *folded = sek_text_fold (mail_program);
  for (gsize i = 0; i < G_N_ELEMENTS (programs); i++)
    {
      const char *at = strstr (folded, programs[i].folded);
      if (at != NULL && (at == folded || at[-1] == ' '))
        return programs[i].name;
    }
  return NULL;
}

static gboolean
is_correspondent (const SekCheckInput *input)
{
  SekCorrespondent correspondent;
  return input->history != NULL &&
         input->history->find_correspondent (input->history->self, input->author_address, &correspondent) &&
         correspondent.written_to > 0;
}

/* "R:" and "I:" are Italian answers, and the first point of anybody's list. */
static gboolean
is_single_letter (const char *prefix)
{
  g_autofree char *word = sek_text_fold (prefix);
  return g_utf8_strlen (word, -1) <= 2;
}

/* "[#4711]", "[SUP-12]", "Ticket 4711", "(Case 12)": programs answer from these and note nothing. */
static gboolean
has_ticket_number (const char *subject)
{
  static const char *const marks[] = { "#",          "ticket",   "case ",
                                       "case:",      "受付番号", "問い合わせ番号",
                                       "問合せ番号", "チケット", "vorgang" };
  g_autofree char *folded = sek_text_fold (subject);
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      const char *at = strstr (folded, marks[i]);
      if (at != NULL && strpbrk (at, "0123456789") != NULL)
        return TRUE;
    }
  return FALSE;
}

/* TRUE when the history reaches back behind what people still answer, knows what the reader sends, and has
 * this subject to nobody. */
static gboolean
was_never_sent (const SekCheckInput *input)
{
  const SekHistory *history = input->history;
  SekHistoryExtent extent = { 0 };
  if (history == NULL || *input->subject->normal == '\0' || input->facts->date <= 0)
    return FALSE;
  history->extent (history->self, &extent);
  return extent.sent >= SENT_MIN && extent.since > 0 &&
         extent.since < input->facts->date - ANSWERED_WITHIN_SECONDS &&
         !history->has_subject_with (history->self, input->subject->normal, NULL);
}

static const char *
code_of (const SekCheckInput *input, gboolean proof, gboolean ticket)
{
  if (ticket)
    return "ticket";
  if (was_never_sent (input) && !input->from_list && !input->from_service)
    return proof ? "never-sent" : "never-sent-unknown";
  return proof ? "no-headers" : "no-headers-unknown";
}

void
sek_check_fake_reply (const SekCheckInput *input, GPtrArray *findings)
{
  if (input->subject->kind != SEK_SUBJECT_REPLY || input->threaded || input->known_thread ||
      input->from_machine)
    return;
  for (gsize i = 0; input->own_addresses[i] != NULL; i++)
    if (sek_addr_spec_equal (input->author_address, input->own_addresses[i]))
      return;

  const char *program = threading_program (input->facts->mail_program);
  gboolean ticket = program == NULL && has_ticket_number (input->facts->subject);
  gboolean proof = program != NULL && !input->from_list && !input->from_service &&
                   !is_correspondent (input) && !is_single_letter (input->subject->prefix);
  SekFinding *finding = sek_findings_add (findings, "fake-reply", code_of (input, proof, ticket),
                                          proof ? SEK_LEVEL_CAUTION : SEK_LEVEL_NOTICE);
  sek_finding_add (finding, "prefix", input->subject->prefix);
  sek_finding_add (finding, "program", program);
  sek_finding_add (finding, "subject", input->facts->subject);
}
