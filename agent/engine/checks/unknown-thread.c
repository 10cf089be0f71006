/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mail answers a message-id of the reader's own domain that was never sent: the history reaches back far
 * enough, knows what the reader sends, and has neither the message nor its subject. Colleagues' mails bear
 * the same domain, so it weighs only where nobody but the reader can be the one who is answered. */
#include "agent/engine/check.h"

/* People answer within this time, as good as always. */
#define ANSWERED_WITHIN_SECONDS (G_GINT64_CONSTANT (90) * 24 * 60 * 60)
/* Fewer sent mails mean that the reader sends from elsewhere. */
#define SENT_MIN 10
#define HEARD_OF_MIN 3 /* mails after which somebody is no stranger */

/* The message-id that the mail says it answers; NULL when none. Borrowed. */
static const char *
answered_id (const SekFacts *facts)
{
  if (facts->in_reply_to->len > 0)
    return facts->in_reply_to->pdata[0];
  return facts->references->len > 0 ? facts->references->pdata[facts->references->len - 1] : NULL;
}

/* TRUE when the id was made under the domain of one of the reader's addresses. */
static gboolean
is_of_own_domain (const SekCheckInput *input, const char *id)
{
  const char *domain = sek_addr_spec_domain (id);
  if (domain == NULL || *domain == '\0')
    return FALSE;
  for (gsize i = 0; input->own_addresses[i] != NULL; i++)
    {
      const char *own = sek_addr_spec_domain (input->own_addresses[i]);
      if (own != NULL && !sek_is_public_mail_domain (own) && g_ascii_strcasecmp (own, domain) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
reaches_back (const SekCheckInput *input)
{
  SekHistoryExtent extent = { 0 };
  input->history->extent (input->history->self, &extent);
  return extent.sent >= SENT_MIN && extent.since > 0 && input->facts->date > 0 &&
         extent.since < input->facts->date - ANSWERED_WITHIN_SECONDS;
}

/* TRUE when the mail went to the reader, and to nobody else of his organisation who could have written the
 * mail that is answered. */
static gboolean
only_reader_is_answered (const SekCheckInput *input)
{
  const GPtrArray *fields[] = { input->facts->to, input->facts->cc };
  gboolean reader = FALSE;
  for (guint field = 0; field < G_N_ELEMENTS (fields); field++)
    for (guint i = 0; i < MIN (fields[field]->len, SEK_MAILBOXES_MAX); i++)
      {
        const char *address = ((SekMailbox *) fields[field]->pdata[i])->addr_spec;
        gboolean own = FALSE;
        for (gsize j = 0; address != NULL && input->own_addresses[j] != NULL; j++)
          own = own || sek_addr_spec_equal (address, input->own_addresses[j]);
        if (address != NULL && !own && sek_is_own_address (input, address))
          return FALSE;
        reader = reader || own;
      }
  return reader;
}

/* TRUE when the reader, or a colleague as far as the reader saw it, has to do with the writer. */
static gboolean
is_acquainted (const SekCheckInput *input)
{
  const SekHistory *history = input->history;
  SekCorrespondent known;
  if (history->find_correspondent (history->self, input->author_address, &known) &&
      (known.written_to > 0 || known.received >= HEARD_OF_MIN))
    return TRUE;
  return !sek_is_public_mail_domain (input->author_domain) &&
         history->find_domain (history->self, input->author_organisation, &known) &&
         (known.written_to > 0 || known.received >= HEARD_OF_MIN);
}

void
sek_check_unknown_thread (const SekCheckInput *input, GPtrArray *findings)
{
  if (input->history == NULL || *input->author_address == '\0' || input->known_thread || input->from_list ||
      input->from_machine || input->from_service || sek_is_own_address (input, input->author_address))
    return;
  const char *id = answered_id (input->facts);
  if (id == NULL || !is_of_own_domain (input, id) || !reaches_back (input))
    return;
  /* The subject was sent to somebody: an answer from another address, or to another device's mail. */
  if (input->history->has_subject_with (input->history->self, input->subject->normal, NULL))
    return;
  gboolean strong = input->subject->kind != SEK_SUBJECT_FORWARD && only_reader_is_answered (input) &&
                    !is_acquainted (input);
  SekFinding *finding = sek_findings_add (findings, "unknown-thread", strong ? NULL : "perhaps-colleague",
                                          strong ? SEK_LEVEL_CAUTION : SEK_LEVEL_CLEAR);
  sek_finding_add (finding, "address", input->author_address);
  sek_finding_add (finding, "subject", input->facts->subject);
}
