/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person's name on an address that carries the name of another person. Weak: people marry, move, and write
 * from the address of the family, so it never says more than a notice, and only of strangers. */
#include "agent/engine/check.h"

#include <string.h>

#define HAN_CHARS_MIN 4 /* shorter names are Chinese or Korean as well, and read in another way */
#define PART_LETTERS_MIN 3
#define ALIKE_LETTERS 3 /* so many common letters at the beginning are the same name in another form */

/* The words of a local part that is written as a person's full name: "john.smith". NULL when it is something
 * else. */
static char **
full_name_of (const char *address)
{
  g_autofree char *local = g_strndup (address, strcspn (address, "@"));
  g_auto (GStrv) words = g_strsplit_set (local, "._-", 4);
  if (g_strv_length (words) != 2)
    return NULL;
  for (char **word = words; *word != NULL; word++)
    {
      if (strlen (*word) < PART_LETTERS_MIN || sek_is_role_word (*word))
        return NULL;
      for (const char *p = *word; *p != '\0'; p++)
        if (!g_ascii_islower (*p))
          return NULL;
    }
  return g_steal_pointer (&words);
}

static gboolean
are_alike (const char *a, const char *b)
{
  return strncmp (a, b, ALIKE_LETTERS) == 0 || strstr (a, b) != NULL || strstr (b, a) != NULL;
}

static gboolean
is_in_local_part (const char *name, char **local)
{
  for (char **word = local; *word != NULL; word++)
    {
      g_autofree char *key = sek_reading_key (*word);
      if (*name == '\0' || are_alike (key, name) || are_alike (*word, name))
        return TRUE;
    }
  return FALSE;
}

/* TRUE when the dictionary knows both parts of the name, and no way to read them has anything in common with
 * the address. */
static gboolean
fits_nowhere (const GPtrArray *readings, char **local)
{
  gboolean proper = FALSE;
  for (guint i = 0; i < readings->len; i++)
    {
      const SekReading *reading = readings->pdata[i];
      proper = proper || reading->proper;
      if (is_in_local_part (reading->family, local) || is_in_local_part (reading->given, local))
        return FALSE;
    }
  return proper;
}

void
sek_check_name_localpart_mismatch (const SekCheckInput *input, GPtrArray *findings)
{
  SekCorrespondent correspondent;
  if (input->from_service || input->from_list || input->from_machine || input->known_thread ||
      sek_is_own_address (input, input->author_address))
    return;
  if (input->history != NULL &&
      input->history->find_correspondent (input->history->self, input->author_address, &correspondent))
    return;
  g_auto (GStrv) local = full_name_of (input->author_address);
  g_autofree char *key = sek_text_name_key (input->author_name);
  if (local == NULL || !sek_text_has_cjk (key) || g_utf8_strlen (key, -1) < HAN_CHARS_MIN)
    return;
  const GPtrArray *readings = sek_directory_read (input->directory, key);
  if (readings == NULL || !fits_nowhere (readings, local))
    return;
  SekFinding *finding = sek_findings_add (findings, "name-localpart-mismatch", "", SEK_LEVEL_NOTICE);
  sek_finding_add (finding, "name", input->author_name);
  sek_finding_add (finding, "address", input->author_address);
}
