/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/store/warned.h"

#include <glib/gi18n-lib.h>

#include "agent/store/store-private.h"

void
sek_warned_mail_free (SekWarnedMail *mail)
{
  if (mail == NULL)
    return;
  g_free (mail->mail);
  sek_verdict_free (mail->verdict);
  g_free (mail->decision);
  g_free (mail->client);
  g_free (mail->folder);
  g_free (mail);
}

static const char *
what_failed (void)
{
  return _ ("Could not read a verdict from");
}

static char *
column_text (SekStatement *statement, int column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);
  return g_utf8_make_valid (text != NULL ? text : "", -1);
}

/* NULL when the row holds no verdict that this version understands: the others are worth showing all the
 * same. */
static SekWarnedMail *
read_row (SekStatement *statement)
{
  g_autoptr (GBytes) bytes =
      g_bytes_new (sqlite3_column_blob (statement, 6), (gsize) sqlite3_column_bytes (statement, 6));
  g_autoptr (GVariant) variant =
      g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE_VARDICT, bytes, FALSE));
  g_autoptr (GError) error = NULL;
  g_autoptr (SekVerdict) verdict = sek_verdict_from_variant (variant, &error);
  if (verdict == NULL)
    {
      g_message ("A kept verdict could not be read: %s", error->message);
      return NULL;
    }
  SekWarnedMail *mail = g_new0 (SekWarnedMail, 1);
  mail->mail = column_text (statement, 0);
  mail->verdict = g_steal_pointer (&verdict);
  mail->created = sqlite3_column_int64 (statement, 1);
  mail->decision = column_text (statement, 2);
  mail->decided = sqlite3_column_int64 (statement, 3);
  mail->client = column_text (statement, 4);
  mail->folder = column_text (statement, 5);
  return mail;
}

/* An earlier verdict of a mail: what was decided then may count more. */
static void
take_decision (SekWarnedMail *mail, SekStatement *statement)
{
  g_autofree char *earlier = column_text (statement, 2);
  gboolean reported = g_str_equal (earlier, "reported") && !g_str_equal (mail->decision, "reported");
  if (*earlier == '\0' || (*mail->decision != '\0' && !reported))
    return;
  g_free (mail->decision);
  mail->decision = g_steal_pointer (&earlier);
  mail->decided = sqlite3_column_int64 (statement, 3);
}

GPtrArray *
sek_store_list_warned (SekStore *store, GError **error)
{
  g_autoptr (GPtrArray) mails = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_warned_mail_free);
  g_autoptr (GHashTable) by_mail = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (SekStatement) statement =
      sek_store_statement (store, SEK_SQL_LIST_WARNED, what_failed (), error);
  if (statement == NULL)
    return NULL;
  sek_bind_int (statement, 1, SEK_WARNED_READ_MAX);
  int result;
  while ((result = sek_store_step (store, statement, what_failed (), error)) == SQLITE_ROW)
    {
      g_autofree char *digest = column_text (statement, 0);
      SekWarnedMail *known = g_hash_table_lookup (by_mail, digest);
      SekWarnedMail *mail = known == NULL && mails->len < SEK_WARNED_LISTED_MAX ? read_row (statement) : NULL;
      if (known != NULL)
        take_decision (known, statement);
      if (mail == NULL)
        continue;
      g_ptr_array_add (mails, mail);
      g_hash_table_insert (by_mail, mail->mail, mail);
    }
  return result == SQLITE_DONE ? g_steal_pointer (&mails) : NULL;
}

gint64
sek_store_count_advised (SekStore *store, const char *advisory, GError **error)
{
  /* Translators: part of an error message: “… the file X: reason”. */
  const char *what = _ ("Could not count the mails in");
  g_autoptr (SekStatement) statement = sek_store_statement (store, SEK_SQL_COUNT_ADVISED, what, error);
  if (statement == NULL)
    return -1;
  sek_bind_text (statement, 1, advisory);
  return sek_store_step (store, statement, what, error) == SQLITE_ROW ? sqlite3_column_int64 (statement, 0)
                                                                      : -1;
}
