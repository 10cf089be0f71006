/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The password of a locked attachment stands in the same mail. The usual Japanese custom sends it in a second
 * mail; waves of malicious mail can not, and always bring the key along. */
#include "agent/engine/check.h"

static const SekAttachment *
first_locked (const GPtrArray *attachments)
{
  for (guint i = 0; i < attachments->len; i++)
    if (sek_attachment_is_locked (attachments->pdata[i]))
      return attachments->pdata[i];
  return NULL;
}

void
sek_check_password_in_body (const SekCheckInput *input, GPtrArray *findings)
{
  const SekAttachment *locked = first_locked (input->facts->attachments);
  if (locked == NULL)
    return;
  const char *texts[] = { input->facts->text, input->facts->html_text, input->facts->subject };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_auto (GStrv) candidates = sek_password_candidates (texts[i], input->facts->date);
      if (candidates[0] == NULL)
        continue;
      SekFinding *finding = sek_findings_add (findings, "password-in-body", NULL, SEK_LEVEL_NOTICE);
      sek_finding_add (finding, "file", sek_attachment_label (locked));
      sek_finding_add (finding, "password", candidates[0]);
      return;
    }
}
