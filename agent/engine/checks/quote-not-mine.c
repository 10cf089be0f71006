/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text quotes the reader, but he never sent a mail with this subject to anybody. What a person sent from
 * elsewhere is missing in the history as well, so it weighs less from somebody he writes to. */
#include "agent/engine/check.h"

#include "agent/core/attribution.h"

/* A quoted mail is hardly ever older. */
#define QUOTED_WITHIN_SECONDS (G_GINT64_CONSTANT (90) * 24 * 60 * 60)
#define SENT_MIN 10 /* fewer sent mails mean that the reader sends from elsewhere */

static gboolean
reaches_back (const SekCheckInput *input)
{
  SekHistoryExtent extent = { 0 };
  input->history->extent (input->history->self, &extent);
  return extent.sent >= SENT_MIN && extent.since > 0 && input->facts->date > 0 &&
         extent.since < input->facts->date - QUOTED_WITHIN_SECONDS;
}

static gboolean
is_mine (const SekCheckInput *input, const char *address)
{
  for (gsize i = 0; input->own_addresses[i] != NULL; i++)
    if (sek_addr_spec_equal (address, input->own_addresses[i]))
      return TRUE;
  return FALSE;
}

static gboolean
was_sent (const SekCheckInput *input, const char *normal)
{
  /* Nothing can be said of a mail without a subject. */
  return *normal == '\0' || input->history->has_subject_with (input->history->self, normal, NULL);
}

/* The first quotation of the reader whose subject he never sent; NULL when there is none or when any other
 * one is right. Borrowed from the attributions. */
static const SekAttribution *
find_false (const SekCheckInput *input, const GPtrArray *attributions)
{
  const SekAttribution *found = NULL;
  for (guint i = 0; i < MIN (attributions->len, SEK_ATTRIBUTIONS_MAX); i++)
    {
      const SekAttribution *attribution = attributions->pdata[i];
      if (!is_mine (input, attribution->address))
        continue;
      g_autoptr (SekSubject) quoted =
          sek_subject_parse (attribution->subject != NULL ? attribution->subject : input->facts->subject);
      if (was_sent (input, quoted->normal))
        return NULL;
      if (found == NULL)
        found = attribution;
    }
  return found;
}

void
sek_check_quote_not_mine (const SekCheckInput *input, GPtrArray *findings)
{
  if (input->history == NULL || *input->author_address == '\0' || input->known_thread || input->from_list ||
      input->from_machine || input->from_service || sek_is_own_address (input, input->author_address) ||
      !reaches_back (input) || was_sent (input, input->subject->normal))
    return;
  g_autoptr (GPtrArray) plain = sek_attributions_find (input->facts->text);
  g_autoptr (GPtrArray) html = sek_attributions_find (input->facts->html_text);
  const SekAttribution *found = find_false (input, plain->len > 0 ? plain : html);
  if (found == NULL)
    return;
  SekCorrespondent known;
  gboolean written_to =
      input->history->find_correspondent (input->history->self, input->author_address, &known) &&
      known.written_to > 0;
  SekFinding *finding =
      sek_findings_add (findings, "quote-not-mine", NULL, written_to ? SEK_LEVEL_NOTICE : SEK_LEVEL_CAUTION);
  sek_finding_add (finding, "address", input->author_address);
  sek_finding_add (finding, "subject", found->subject != NULL ? found->subject : input->facts->subject);
}
