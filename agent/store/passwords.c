/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "agent/store/store-private.h"

static const char *
what_failed (void)
{
  return _ ("Could not write to the history");
}

static gboolean
put (SekStore *store, const char *sender, const char *password, gint64 date, gboolean opened, GError **error)
{
  g_autoptr (SekStatement) statement =
      sek_store_statement (store, SEK_SQL_PUT_PASSWORD, what_failed (), error);
  if (statement == NULL)
    return FALSE;
  sek_bind_text (statement, 1, sender);
  sek_bind_text (statement, 2, password);
  sek_bind_int (statement, 3, date);
  sek_bind_int (statement, 4, opened);
  return sek_store_run (store, statement, what_failed (), NULL, error);
}

static gboolean
run_with_number (SekStore *store, SekSql sql, gint64 number, GError **error)
{
  g_autoptr (SekStatement) statement = sek_store_statement (store, sql, what_failed (), error);
  if (statement == NULL)
    return FALSE;
  sek_bind_int (statement, 1, number);
  return sek_store_run (store, statement, what_failed (), NULL, error);
}

static gboolean
put_all (SekStore *store, const char *sender, const SekFacts *facts, gint64 date, GError **error)
{
  g_autoptr (GPtrArray) passwords = sek_passwords_in_mail (facts);
  for (guint i = 0; i < passwords->len; i++)
    {
      const SekPassword *password = passwords->pdata[i];
      if (!put (store, sender, password->password, date, FALSE, error))
        return FALSE;
    }
  for (guint i = 0; i < facts->attachments->len && i < SEK_ATTACHMENTS_MAX; i++)
    {
      const SekAttachment *attachment = facts->attachments->pdata[i];
      if (attachment->unlocked && attachment->password != NULL &&
          !put (store, sender, attachment->password, date, TRUE, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
sek_store_remember_passwords (SekStore *store, const SekFacts *facts, gint64 date, GError **error)
{
  const SekMailbox *author = sek_facts_author (facts);
  g_autofree char *sender = author != NULL ? sek_addr_spec_normal (author->addr_spec) : NULL;
  if (!run_with_number (store, SEK_SQL_DROP_OLD_PASSWORDS, date - SEK_LOCKED_SECONDS, error))
    return FALSE;
  if (sender == NULL || *sender == '\0')
    return TRUE;
  return put_all (store, sender, facts, date, error) &&
         run_with_number (store, SEK_SQL_DROP_EXCESS_PASSWORDS, SEK_REMEMBERED_PASSWORDS_MAX, error);
}

GPtrArray *
sek_store_passwords_of (
    SekStore *store, const char *addr_spec, const char *organisation, gint64 now, GError **error)
{
  const char *what = _ ("Could not read the history");
  g_autofree char *sender = sek_addr_spec_normal (addr_spec);
  g_autofree char *at = g_strconcat ("@", organisation, NULL);
  g_autofree char *below = g_strconcat (".", organisation, NULL);
  g_autoptr (GPtrArray) passwords = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_password_free);
  g_autoptr (SekStatement) statement = sek_store_statement (store, SEK_SQL_PASSWORDS_OF, what, error);
  if (statement == NULL)
    return NULL;
  sek_bind_text (statement, 1, sender);
  sek_bind_text (statement, 2, *organisation != '\0' ? at : "");
  sek_bind_text (statement, 3, *organisation != '\0' ? below : "");
  sek_bind_int (statement, 4, now - SEK_LOCKED_SECONDS);
  sek_bind_int (statement, 5, SEK_PASSWORDS_MAX);
  int step;
  while ((step = sek_store_step (store, statement, what, error)) == SQLITE_ROW)
    sek_passwords_add (passwords, (const char *) sqlite3_column_text (statement, 0),
                       sqlite3_column_int (statement, 1) != 0 ? "usual" : "earlier-mail");
  return step == SQLITE_DONE ? g_steal_pointer (&passwords) : NULL;
}
