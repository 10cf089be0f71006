/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "agent/core/trait-codes.h"
#include "agent/store/store-private.h"

static const char *
what_failed (void)
{
  return _ ("Could not write to the history");
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

static char *
clipped (const char *text, gsize max_bytes)
{
  return sek_text_clip (text != NULL ? text : "", -1, max_bytes);
}

static gboolean
put (SekStore *store, const char *sender, const char *digest, const SekLockedFile *file, GError **error)
{
  g_autofree char *name = clipped (file->file_name, SEK_NAME_CHARS_MAX);
  g_autofree char *subject = clipped (file->subject, SEK_SUBJECT_CHARS_MAX);
  g_autoptr (SekStatement) statement = sek_store_statement (store, SEK_SQL_PUT_LOCKED, what_failed (), error);
  if (statement == NULL)
    return FALSE;
  sek_bind_text (statement, 1, sender);
  sek_bind_text (statement, 2, digest);
  sek_bind_text (statement, 3, name);
  sek_bind_text (statement, 4, subject);
  sek_bind_int (statement, 5, file->date);
  return sek_store_run (store, statement, what_failed (), NULL, error);
}

gboolean
sek_store_put_locked (
    SekStore *store, const char *sender, const char *sha256, const SekLockedFile *file, GError **error)
{
  g_autofree char *address = sek_addr_spec_normal (sender);
  if (address == NULL || *address == '\0' || sha256 == NULL)
    return TRUE;
  return put (store, address, sha256, file, error) &&
         run_with_number (store, SEK_SQL_DROP_OLD_LOCKED, file->date - SEK_LOCKED_SECONDS, error) &&
         run_with_number (store, SEK_SQL_DROP_EXCESS_LOCKED, SEK_LOCKED_MAX, error);
}

gboolean
sek_store_locked_opened (SekStore *store, const char *sender, const char *sha256, GError **error)
{
  g_autofree char *address = sek_addr_spec_normal (sender);
  g_autoptr (SekStatement) statement =
      sek_store_statement (store, SEK_SQL_OPEN_LOCKED, what_failed (), error);
  if (statement == NULL)
    return FALSE;
  sek_bind_text (statement, 1, address);
  sek_bind_text (statement, 2, sha256);
  return sek_store_run (store, statement, what_failed (), NULL, error);
}

gboolean
sek_store_remember_locked (SekStore *store, const SekFacts *facts, gint64 date, GError **error)
{
  const SekMailbox *author = sek_facts_author (facts);
  if (author == NULL || author->addr_spec == NULL)
    return TRUE;
  for (guint i = 0; i < facts->attachments->len && i < SEK_ATTACHMENTS_MAX; i++)
    {
      const SekAttachment *attachment = facts->attachments->pdata[i];
      if (!attachment->encrypted && sek_traits_find (attachment->traits, SEK_TRAIT_LOCKED_DOCUMENT) == NULL)
        continue;
      const SekLockedFile file = { attachment->name, facts->subject, date };
      if (!sek_store_put_locked (store, author->addr_spec, attachment->sha256, &file, error) ||
          (attachment->unlocked &&
           !sek_store_locked_opened (store, author->addr_spec, attachment->sha256, error)))
        return FALSE;
    }
  return TRUE;
}

gboolean
sek_history_find_locked_file (gpointer self, const char *addr_spec, SekLockedFile *out)
{
  SekStore *store = self;
  *out = (SekLockedFile){ 0 };
  g_autofree char *address = addr_spec != NULL && *addr_spec == '@' ? g_ascii_strdown (addr_spec, -1)
                                                                    : sek_addr_spec_normal (addr_spec);
  if (address == NULL)
    return FALSE;
  const char *what = _ ("Could not read the history");
  g_autoptr (GError) error = NULL;
  g_autoptr (SekStatement) statement = sek_store_statement (store, SEK_SQL_FIND_LOCKED, what, &error);
  gboolean found = FALSE;
  if (statement != NULL)
    {
      sek_bind_text (statement, 1, address);
      sek_bind_int (statement, 2, g_get_real_time () / G_USEC_PER_SEC - SEK_LOCKED_SECONDS);
      found = sek_store_step (store, statement, what, &error) == SQLITE_ROW;
    }
  if (found)
    *out = (SekLockedFile){ .file_name = g_strdup ((const char *) sqlite3_column_text (statement, 0)),
                            .subject = g_strdup ((const char *) sqlite3_column_text (statement, 1)),
                            .date = sqlite3_column_int64 (statement, 2) };
  if (error != NULL)
    g_warning ("%s", error->message);
  return found;
}
