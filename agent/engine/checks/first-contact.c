/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nobody here had to do with the writer or his organisation. Every newsletter and every new customer is that
 * once, so it says nothing by itself: it is a line beside other findings, and supports them. */
#include "agent/engine/check.h"

/* How often we had to do with it before this very mail, which the client may have taught us already. */
static gboolean
is_known (const SekCorrespondent *correspondent, gint64 itself)
{
  return correspondent->written_to > 0 || correspondent->received > itself;
}

void
sek_check_first_contact (const SekCheckInput *input, GPtrArray *findings)
{
  const SekHistory *history = input->history;
  if (history == NULL || *input->author_address == '\0' || input->from_list || input->known_thread ||
      sek_is_own_address (input, input->author_address))
    return;
  SekHistoryExtent extent = { 0 };
  history->extent (history->self, &extent);
  /* A short history knows too few to call anybody a stranger. */
  if (extent.messages < input->policy->strangers_after)
    return;
  gint64 itself =
      input->facts->message_id != NULL && history->has_message (history->self, input->facts->message_id);
  SekCorrespondent correspondent;
  history->find_correspondent (history->self, input->author_address, &correspondent);
  if (is_known (&correspondent, itself))
    return;
  /* Of a mail provider everybody is a customer. */
  gboolean webmail = sek_is_public_mail_domain (input->author_domain);
  if (!webmail)
    {
      history->find_domain (history->self, input->author_organisation, &correspondent);
      if (is_known (&correspondent, itself))
        return;
    }
  SekFinding *finding =
      sek_findings_add (findings, "first-contact", webmail ? "webmail" : NULL, SEK_LEVEL_CLEAR);
  sek_finding_add (finding, "address", input->author_address);
}
