/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A name the history knows, on an address it never saw with that name. People do get new addresses, so it is
 * only grave when the reader has written to the person before. */
#include "agent/engine/check.h"

#define ADDRESSES_MAX 16 /* looked at of one name */

/* A single Latin word ("info", "Anna") is many people's name; two Japanese characters are one person's. */
static gboolean
tells_a_person (const char *key)
{
  if (sek_text_has_cjk (key))
    return g_utf8_strlen (key, -1) >= 3;
  return g_utf8_strchr (key, -1, ' ') != NULL && g_utf8_strlen (key, -1) >= 6;
}

static gboolean
is_named_already (const GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    if (g_str_equal (((const SekFinding *) findings->pdata[i])->check, "internal-name-external-address"))
      return TRUE;
  return FALSE;
}

/* What is known of the name: NULL when the sender's address, or one of its organisation, is among it. Newly
 * allocated, the address that was used most. */
static char *
find_usual_address (const SekCheckInput *input, const char *key, gboolean *written_to)
{
  const SekHistory *history = input->history;
  g_auto (GStrv) addresses = history->addresses_of_name (history->self, key);
  for (guint i = 0; i < ADDRESSES_MAX && addresses[i] != NULL; i++)
    {
      SekCorrespondent correspondent;
      if (sek_addr_spec_equal (addresses[i], input->author_address) ||
          sek_same_organisation (addresses[i], input->author_address))
        return NULL;
      if (history->find_correspondent (history->self, addresses[i], &correspondent))
        *written_to = *written_to || correspondent.written_to > 0;
    }
  return g_strdup (addresses[0]);
}

void
sek_check_known_name_new_address (const SekCheckInput *input, GPtrArray *findings)
{
  g_autofree char *key = sek_text_name_key (input->author_name);
  if (input->history == NULL || *input->author_address == '\0' || !tells_a_person (key))
    return;
  /* Lists, services and answers in a thread of ours carry names on other addresses all the time. */
  if (input->from_service || input->from_list || input->from_machine || input->known_thread ||
      sek_is_own_address (input, input->author_address))
    return;
  if (is_named_already (findings))
    return; /* a colleague's name: said once */
  gboolean written_to = FALSE;
  g_autofree char *usual = find_usual_address (input, key, &written_to);
  if (usual == NULL)
    return;
  SekFinding *finding =
      sek_findings_add (findings, "known-name-new-address", written_to ? "correspondent" : "",
                        written_to ? SEK_LEVEL_CAUTION : SEK_LEVEL_NOTICE);
  sek_finding_add (finding, "name", input->author_name);
  sek_finding_add (finding, "known", usual);
  sek_finding_add (finding, "address", input->author_address);
}
