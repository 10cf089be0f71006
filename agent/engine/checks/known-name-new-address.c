/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A name the history knows, on an address it never saw with that name. People do get new addresses, so it is
 * only grave when the reader has written to the person before. */
#include "agent/engine/check.h"

#define ADDRESSES_MAX 16 /* looked at of one name */

#define WORDS_MAX 8

/* Three characters may be a family name (佐々木), or a whole one (林太郎). */
static gboolean
is_full_name (const SekCheckInput *input, const char *key)
{
  const GPtrArray *readings = sek_directory_read (input->directory, key);
  for (guint i = 0; readings != NULL && i < readings->len; i++)
    if (((const SekReading *) readings->pdata[i])->proper)
      return TRUE;
  return FALSE;
}

/* Every company has a 営業部 and a "Sales Team"; a family name alone (佐々木), or one word (Anna), is many
 * people's. */
static gboolean
tells_a_person (const SekCheckInput *input, const char *key)
{
  if (sek_text_has_cjk (key))
    {
      glong length = g_utf8_strlen (key, -1);
      return (length > 3 || (length == 3 && is_full_name (input, key))) && !sek_is_role_word (key);
    }
  g_auto (GStrv) words = g_strsplit (key, " ", WORDS_MAX);
  for (char **word = words; *word != NULL; word++)
    if (sek_is_role_word (*word))
      return FALSE;
  return words[0] != NULL && words[1] != NULL && g_utf8_strlen (key, -1) >= 6;
}

static gboolean
is_answered (const SekCheckInput *input)
{
  SekCorrespondent correspondent;
  return input->history->find_correspondent (input->history->self, input->author_address, &correspondent) &&
         correspondent.written_to > 0;
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
  if (input->history == NULL || *input->author_address == '\0' || !tells_a_person (input, key))
    return;
  /* Lists, services and answers in a thread of ours carry names on other addresses all the time. */
  if (input->from_service || input->from_list || input->from_machine || input->known_thread ||
      sek_is_own_address (input, input->author_address) || is_answered (input))
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
