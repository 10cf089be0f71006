/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The display name contains another address than the one that sent the mail. Many programs show the name
 * only. */
#include "agent/engine/check.h"

#include <string.h>

/* Lists, forms and notifications write the address of the person they speak for into the name ("x@y via
 * List"). */
static gboolean
speaks_for_somebody (const SekCheckInput *input, const char *name, const char *shown)
{
  if (input->from_service || input->from_list || input->from_machine)
    return TRUE;
  g_autofree char *folded = sek_text_fold (name);
  if (strstr (folded, " via ") != NULL)
    return TRUE;
  for (guint i = 0; i < input->facts->reply_to->len; i++)
    if (sek_addr_spec_equal (((SekMailbox *) input->facts->reply_to->pdata[i])->addr_spec, shown))
      return TRUE;
  return FALSE;
}

static gboolean
judge_mailbox (const SekCheckInput *input, const SekMailbox *mailbox, GPtrArray *findings)
{
  if (mailbox->display_name == NULL || mailbox->addr_spec == NULL)
    return FALSE;
  g_auto (GStrv) shown = sek_addr_spec_find_all (mailbox->display_name);
  for (char **address = shown; *address != NULL; address++)
    {
      if (sek_same_organisation (*address, mailbox->addr_spec) ||
          sek_addr_spec_equal (*address, mailbox->addr_spec))
        return FALSE;
    }
  if (shown[0] == NULL)
    return FALSE;

  gboolean own = sek_is_own_address (input, shown[0]);
  gboolean service = speaks_for_somebody (input, mailbox->display_name, shown[0]);
  SekFinding *finding =
      service
          ? sek_findings_add (findings, "display-name-address", "service", SEK_LEVEL_NOTICE)
          : sek_findings_add (findings, "display-name-address", own ? "own-domain" : "", SEK_LEVEL_CAUTION);
  sek_finding_add (finding, "shown", shown[0]);
  sek_finding_add (finding, "address", mailbox->addr_spec);
  if (own)
    sek_finding_add (finding, "known", shown[0]);
  return TRUE;
}

void
sek_check_display_name_address (const SekCheckInput *input, GPtrArray *findings)
{
  for (guint i = 0; i < input->facts->from->len; i++)
    if (judge_mailbox (input, input->facts->from->pdata[i], findings))
      return;
}
