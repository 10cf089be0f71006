/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/archive-mail.h"

gboolean
sek_archive_mail_is_name (const char *name)
{
  static const char *const endings[] = { ".eml", ".mht", ".mhtml" };
  g_autofree char *lower = g_ascii_strdown (name, -1);
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (lower, endings[i]))
      return TRUE;
  return FALSE;
}

SekArchiveMail *
sek_archive_mail_new (const char *name, const guint8 *bytes, gsize length)
{
  gsize body_offset = 0;
  if (length == 0 || !sek_archive_mail_is_name (name))
    return NULL;
  g_autoptr (GArray) fields = sek_fields_split ((const char *) bytes, length, &body_offset);
  if (sek_fields_find (fields, "Content-Type") == NULL && sek_fields_find (fields, "From") == NULL)
    return NULL;
  SekArchiveMail *mail = g_new0 (SekArchiveMail, 1);
  mail->facts = sek_facts_new ();
  mail->parts = sek_parts_new (mail->facts, fields, (const char *) bytes, length, body_offset);
  sek_parts_read (mail->parts);
  return mail;
}

void
sek_archive_mail_free (SekArchiveMail *mail)
{
  sek_parts_free (mail->parts);
  sek_facts_free (mail->facts);
  g_free (mail);
}

const char *
sek_archive_mail_problem (const SekArchiveMail *mail)
{
  static const char *const codes[] = { "nested-too-deep", "too-many-parts", "too-many-attachments" };
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    for (guint j = 0; j < mail->facts->problems->len; j++)
      if (g_str_equal (((const SekProblem *) mail->facts->problems->pdata[j])->code, codes[i]))
        return codes[i];
  return NULL;
}
