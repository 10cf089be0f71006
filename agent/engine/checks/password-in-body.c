/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The password of a locked attachment stands in the same mail. The usual Japanese custom sends it in a second
 * mail; waves of malicious mail can not, and always bring the key along. */
#include "agent/engine/check.h"

#include <string.h>

/* The one that a password of this mail opened, else the first that is locked. */
static const SekAttachment *
find_locked (const GPtrArray *attachments)
{
  const SekAttachment *locked = NULL;
  for (guint i = 0; i < attachments->len; i++)
    {
      const SekAttachment *attachment = attachments->pdata[i];
      if (!sek_attachment_is_locked (attachment))
        continue;
      if (attachment->unlocked)
        return attachment;
      locked = locked != NULL ? locked : attachment;
    }
  return locked;
}

static gboolean
is_from_this_mail (const char *source)
{
  return g_strcmp0 (source, "earlier-mail") != 0 && g_strcmp0 (source, "usual") != 0;
}

static gboolean
announces_another_way (const SekFacts *facts)
{
  return sek_password_comes_separately (facts->text) || sek_password_comes_separately (facts->html_text);
}

void
sek_check_password_in_body (const SekCheckInput *input, GPtrArray *findings)
{
  const SekAttachment *locked = find_locked (input->facts->attachments);
  if (locked == NULL)
    return;
  g_autoptr (GPtrArray) passwords = sek_passwords_in_mail (input->facts);
  const SekPassword *surest = passwords->len > 0 ? passwords->pdata[0] : NULL;
  const char *password = surest != NULL ? surest->password : NULL;
  const char *source = surest != NULL ? surest->source : NULL;
  if (locked->unlocked && locked->password != NULL)
    {
      password = is_from_this_mail (locked->password_source) ? locked->password : NULL;
      source = locked->password_source;
    }
  if (password == NULL)
    return;
  const char *code = "";
  if (announces_another_way (input->facts))
    code = "though-separately";
  else if (g_strcmp0 (source, "file-name") == 0)
    code = "file-name";
  /* That it opened the file is said there already. */
  SekLevel level = locked->unlocked && *code == '\0' ? SEK_LEVEL_CLEAR : SEK_LEVEL_NOTICE;
  SekFinding *finding = sek_findings_add (findings, "password-in-body", code, level);
  sek_finding_add (finding, "file", sek_attachment_label (locked));
  sek_finding_add (finding, "password", password);
}
