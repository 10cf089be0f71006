/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Neither the reader nor anybody of the organisation is in To or Cc. A blind copy is honest business, so it
 * says nothing by itself: it is a line beside other findings, and supports them. */
#include "agent/core/limits.h"
#include "agent/engine/check.h"

static gboolean
any_own (const SekCheckInput *input, const GPtrArray *mailboxes)
{
  for (guint i = 0; i < mailboxes->len; i++) /* at most SEK_MAILBOXES_MAX */
    {
      const SekMailbox *mailbox = mailboxes->pdata[i];
      /* A group address of ours means us, too. */
      if (mailbox->addr_spec != NULL && sek_is_own_address (input, mailbox->addr_spec))
        return TRUE;
    }
  return FALSE;
}

void
sek_check_not_addressed_to_me (const SekCheckInput *input, GPtrArray *findings)
{
  if (input->own_addresses[0] == NULL || *input->author_address == '\0' || input->from_list ||
      input->from_service || input->from_machine || sek_is_own_address (input, input->author_address))
    return;
  const SekFacts *facts = input->facts;
  /* What was cut off of a long list may have been us. */
  if (facts->to->len >= SEK_MAILBOXES_MAX || facts->cc->len >= SEK_MAILBOXES_MAX ||
      any_own (input, facts->to) || any_own (input, facts->cc))
    return;
  sek_findings_add (findings, "not-addressed-to-me", NULL, SEK_LEVEL_CLEAR);
}
