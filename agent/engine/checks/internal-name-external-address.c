/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The name of somebody of the organisation on an address outside of it. */
#include "agent/engine/check.h"

static gboolean
is_reader (const SekCheckInput *input, const SekPerson *person)
{
  for (gsize i = 0; input->own_addresses[i] != NULL; i++)
    for (char **known = person->addresses; *known != NULL; known++)
      if (sek_addr_spec_equal (*known, input->own_addresses[i]))
        return TRUE;
  return FALSE;
}

static gboolean
is_answered (const SekCheckInput *input, const char *address)
{
  SekCorrespondent correspondent;
  return input->history != NULL &&
         input->history->find_correspondent (input->history->self, address, &correspondent) &&
         correspondent.written_to > 0;
}

/* People write to themselves from home, colleagues from private addresses that the reader has answered, and
 * services use the name of whom they speak for: worth a line, and still support for what else is wrong with
 * the mail. */
static const char *
find_code (const SekCheckInput *input, const SekColleague *colleague, const char *address)
{
  if (is_reader (input, colleague->person))
    return "self";
  if (input->from_service || input->from_list || input->from_machine)
    return "service";
  if (is_answered (input, address))
    return "known-private";
  return colleague->match == SEK_NAME_READ ? "read" : "";
}

static SekLevel
find_level (const SekColleague *colleague, const char *code)
{
  if (*code == '\0')
    return SEK_LEVEL_CAUTION;
  /* What the history takes for a person, and only sounds the same, is a guess on a guess. */
  return g_str_equal (code, "read") && colleague->listed ? SEK_LEVEL_CAUTION : SEK_LEVEL_NOTICE;
}

static gboolean
judge_mailbox (const SekCheckInput *input, const SekMailbox *mailbox, GPtrArray *findings)
{
  if (mailbox->display_name == NULL || mailbox->addr_spec == NULL ||
      sek_is_own_address (input, mailbox->addr_spec))
    return FALSE;
  SekColleague colleague;
  if (!sek_directory_find (input->directory, mailbox->display_name, mailbox->addr_spec, &colleague))
    return FALSE;
  const char *code = find_code (input, &colleague, mailbox->addr_spec);
  SekFinding *finding =
      sek_findings_add (findings, "internal-name-external-address", code, find_level (&colleague, code));
  sek_finding_add (finding, "name", colleague.person->name);
  if (colleague.match == SEK_NAME_READ)
    sek_finding_add (finding, "claimed", mailbox->display_name);
  sek_finding_add (finding, "address", mailbox->addr_spec);
  sek_finding_add (finding, "known", colleague.person->addresses[0]);
  return TRUE;
}

void
sek_check_internal_name_external_address (const SekCheckInput *input, GPtrArray *findings)
{
  for (guint i = 0; i < input->facts->from->len; i++)
    if (judge_mailbox (input, input->facts->from->pdata[i], findings))
      return;
}
