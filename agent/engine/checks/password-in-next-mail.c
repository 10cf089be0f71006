/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The password of a locked attachment that an earlier mail of the last day brought: the usual Japanese
 * custom, so only worth knowing, and good to be told which file it belongs to. The same from an address that
 * its name never had is a trap in two mails. */
#include "agent/engine/check.h"

#include <string.h>

#define ADDRESSES_MAX 16 /* looked at of one name */

/* Where a locked file still waits for its password: with the sender, else with somebody of the organisation.
 */
static gboolean
find_file (const SekCheckInput *input, const char *address, const char *organisation, SekLockedFile *file)
{
  const SekHistory *history = input->history;
  if (history->find_locked_file (history->self, address, file))
    return TRUE;
  sek_locked_file_clear (file);
  if (*organisation == '\0' || sek_is_public_mail_domain (organisation))
    return FALSE;
  g_autofree char *anybody = g_strconcat ("@", organisation, NULL);
  return history->find_locked_file (history->self, anybody, file);
}

/* The address of another organisation that the writer's name is known with; NULL when the name is not known,
 * or known with this organisation. *file: what such an address sent, when it did. Newly allocated. */
static char *
find_usual_address (const SekCheckInput *input, SekLockedFile *file, gboolean *has_file)
{
  const SekHistory *history = input->history;
  g_autofree char *key = sek_text_name_key (input->author_name);
  if (g_utf8_strlen (key, -1) < (sek_text_has_cjk (key) ? 3 : 6))
    return NULL;
  g_auto (GStrv) addresses = history->addresses_of_name (history->self, key);
  for (guint i = 0; i < ADDRESSES_MAX && addresses[i] != NULL; i++)
    if (sek_same_organisation (addresses[i], input->author_address))
      return NULL;
  for (guint i = 0; i < ADDRESSES_MAX && addresses[i] != NULL && !*has_file; i++)
    {
      sek_locked_file_clear (file);
      *has_file = history->find_locked_file (history->self, addresses[i], file);
    }
  return g_strdup (addresses[0]);
}

static const char *
surest_password (const GPtrArray *passwords)
{
  const SekPassword *first = passwords->len > 0 ? passwords->pdata[0] : NULL;
  return first != NULL && !g_str_equal (first->source, "file-name") ? first->password : NULL;
}

void
sek_check_password_in_next_mail (const SekCheckInput *input, GPtrArray *findings)
{
  if (input->history == NULL || *input->author_address == '\0' || input->from_list)
    return;
  for (guint i = 0; i < input->facts->attachments->len; i++)
    if (sek_attachment_is_locked (input->facts->attachments->pdata[i]))
      return;
  g_autoptr (GPtrArray) passwords = sek_passwords_in_mail (input->facts);
  const char *password = surest_password (passwords);
  if (password == NULL)
    return;
  g_auto (SekLockedFile) file = { 0 };
  gboolean has_file = find_file (input, input->author_address, input->author_organisation, &file);
  g_autofree char *usual = find_usual_address (input, &file, &has_file);
  if (!has_file)
    return;
  SekFinding *finding = sek_findings_add (findings, "password-in-next-mail", usual != NULL ? "foreign" : "",
                                          usual != NULL ? SEK_LEVEL_CAUTION : SEK_LEVEL_NOTICE);
  sek_finding_add (finding, "file", file.file_name);
  sek_finding_add (finding, "password", password);
  if (usual != NULL)
    {
      sek_finding_add (finding, "name", input->author_name);
      sek_finding_add (finding, "known", usual);
      sek_finding_add (finding, "address", input->author_address);
    }
}
