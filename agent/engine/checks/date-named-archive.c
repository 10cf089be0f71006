/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A locked attachment named after nothing but a date or a number (20221103.zip, 2022-11-03_0915.zip), as
 * generators of mail waves name them. */
#include "agent/engine/check.h"

#include <string.h>

#define DIGITS_MIN 4

static gboolean
is_only_a_number (const char *file_name)
{
  /* The name inside an attached mail or archive is what counts. */
  const char *inner = strstr (file_name, " › ") != NULL ? strrchr (file_name, ' ') + 1 : file_name;
  g_autofree char *folded = sek_text_fold (inner);
  char *dot = strrchr (folded, '.');
  if (dot == NULL || dot == folded)
    return FALSE;
  *dot = '\0';
  guint digits = 0;
  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (g_unichar_isdigit (c))
        digits++;
      else if (g_utf8_strchr ("-_.()[] 年月日時分秒", -1, c) == NULL)
        return FALSE;
    }
  return digits >= DIGITS_MIN;
}

void
sek_check_date_named_archive (const SekCheckInput *input, GPtrArray *findings)
{
  for (guint i = 0; i < input->facts->attachments->len; i++)
    {
      const SekAttachment *attachment = input->facts->attachments->pdata[i];
      if (!sek_attachment_is_locked (attachment) || attachment->name == NULL ||
          !is_only_a_number (attachment->name))
        continue;
      SekFinding *finding = sek_findings_add (findings, "date-named-archive", NULL, SEK_LEVEL_NOTICE);
      sek_finding_add (finding, "file", attachment->name);
      return;
    }
}
