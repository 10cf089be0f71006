/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The name of somebody of the organisation on an address outside of it. */
#include "agent/engine/check.h"

#include <string.h>

/* A name inside a longer one ("Kaede Trading Michiko Ota") counts from this many Japanese characters on. */
#define CONTAINED_CHARS_MIN 4
#define CONTAINED_WORDS_MAX 6
/* A local part with two words is a name from this length on ("m.ota" could be many people's). */
#define LOCAL_PART_CHARS_MIN 7

static gboolean
has_all_words (const char *key, const char *person_key)
{
  g_auto (GStrv) words = g_strsplit (key, " ", CONTAINED_WORDS_MAX + 1);
  g_auto (GStrv) wanted = g_strsplit (person_key, " ", CONTAINED_WORDS_MAX + 1);
  if (g_strv_length (wanted) < 2 || g_strv_length (words) > CONTAINED_WORDS_MAX)
    return FALSE;
  for (char **word = wanted; *word != NULL; word++)
    if (!g_strv_contains ((const char *const *) words, *word))
      return FALSE;
  return TRUE;
}

static gboolean
is_name_of (const char *key, const char *person_key)
{
  if (*person_key == '\0')
    return FALSE;
  if (g_str_equal (key, person_key))
    return g_utf8_strlen (key, -1) >= (sek_text_has_cjk (key) ? 2 : 4);
  if (sek_text_has_cjk (person_key))
    return g_utf8_strlen (person_key, -1) >= CONTAINED_CHARS_MIN && strstr (key, person_key) != NULL;
  return has_all_words (key, person_key);
}

static gboolean
has_address (const SekPerson *person, const char *address)
{
  for (char **known = person->addresses; *known != NULL; known++)
    if (sek_addr_spec_equal (*known, address))
      return TRUE;
  return FALSE;
}

static gboolean
is_reader (const SekCheckInput *input, const SekPerson *person)
{
  for (gsize i = 0; input->own_addresses[i] != NULL; i++)
    if (has_address (person, input->own_addresses[i]))
      return TRUE;
  return FALSE;
}

/* "michiko.ota@kaede.example" tells how 太田 道子 is written in Latin letters. */
static gboolean
is_local_part_of (const char *key, const SekPerson *person)
{
  for (char **address = person->addresses; *address != NULL; address++)
    {
      g_autofree char *local = g_strndup (*address, strcspn (*address, "@"));
      g_autofree char *written = sek_text_name_key (local);
      if (strchr (written, ' ') != NULL && strlen (written) >= LOCAL_PART_CHARS_MIN &&
          is_name_of (key, written))
        return TRUE;
    }
  return FALSE;
}

/* An address in the name is display-name-address's to judge. */
static char *
without_addresses (const char *display_name)
{
  g_auto (GStrv) addresses = sek_addr_spec_find_all (display_name);
  g_autofree char *clipped = sek_text_clip (display_name, -1, SEK_NAME_CHARS_MAX * 4);
  g_autofree char *folded = sek_text_fold (clipped);
  GString *name = g_string_new (folded);
  for (char **address = addresses; *address != NULL; address++)
    g_string_replace (name, *address, " ", 0);
  return g_string_free (name, FALSE);
}

/* The person whose name this is; NULL when there is none, or when one of that name really has this address.
 */
static const SekPerson *
find_person (const SekCheckInput *input, const SekMailbox *mailbox)
{
  const SekPerson *found = NULL;
  g_autofree char *name = without_addresses (mailbox->display_name);
  g_auto (GStrv) keys = sek_text_name_keys (name);
  for (guint i = 0; i < input->policy->people->len; i++)
    {
      const SekPerson *person = input->policy->people->pdata[i];
      if (has_address (person, mailbox->addr_spec))
        return NULL;
      for (char **key = keys; *key != NULL && found == NULL; key++)
        if (is_name_of (*key, person->name_key) || is_local_part_of (*key, person))
          found = person;
    }
  return found;
}

static gboolean
judge_mailbox (const SekCheckInput *input, const SekMailbox *mailbox, GPtrArray *findings)
{
  if (mailbox->display_name == NULL || mailbox->addr_spec == NULL ||
      sek_is_own_address (input, mailbox->addr_spec))
    return FALSE;
  const SekPerson *person = find_person (input, mailbox);
  if (person == NULL)
    return FALSE;

  /* People write to themselves from home, and services use the name of whom they speak for: worth a line, and
   * still support for what else is wrong with the mail. */
  const char *code = "";
  if (is_reader (input, person))
    code = "self";
  else if (input->from_service || input->from_list || input->from_machine)
    code = "service";
  SekFinding *finding = sek_findings_add (findings, "internal-name-external-address", code,
                                          *code == '\0' ? SEK_LEVEL_CAUTION : SEK_LEVEL_NOTICE);
  sek_finding_add (finding, "name", person->name);
  sek_finding_add (finding, "address", mailbox->addr_spec);
  sek_finding_add (finding, "known", person->addresses[0]);
  return TRUE;
}

void
sek_check_internal_name_external_address (const SekCheckInput *input, GPtrArray *findings)
{
  for (guint i = 0; i < input->facts->from->len; i++)
    if (judge_mailbox (input, input->facts->from->pdata[i], findings))
      return;
}
