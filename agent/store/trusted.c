/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Senders whom the person trusts. What follows from it is for the engine to say. */
#include <glib/gi18n-lib.h>

#include "agent/core/limits.h"
#include "agent/store/store-private.h"

static const char *
what_failed (void)
{
  /* Translators: beginning of a sentence, the path of a file follows. */
  return _ ("Could not keep a trusted sender in");
}

void
sek_trusted_sender_free (SekTrustedSender *sender)
{
  if (sender == NULL)
    return;
  g_free (sender->address);
  g_free (sender->name);
  g_free (sender);
}

gboolean
sek_store_put_trusted (SekStore *store, const char *addr_spec, const char *name, gint64 now, GError **error)
{
  g_autofree char *address = sek_addr_spec_normal (addr_spec);
  g_return_val_if_fail (address != NULL, FALSE);
  g_autoptr (SekStatement) put = sek_store_statement (store, SEK_SQL_PUT_TRUSTED, what_failed (), error);
  if (put == NULL)
    return FALSE;
  sek_bind_text (put, 1, address);
  sek_bind_text (put, 2, name);
  sek_bind_int (put, 3, now);
  if (!sek_store_run (store, put, what_failed (), NULL, error))
    return FALSE;
  g_autoptr (SekStatement) drop =
      sek_store_statement (store, SEK_SQL_DROP_EXCESS_TRUSTED, what_failed (), error);
  if (drop == NULL)
    return FALSE;
  sek_bind_int (drop, 1, SEK_TRUSTED_MAX);
  return sek_store_run (store, drop, what_failed (), NULL, error);
}

int
sek_store_drop_trusted (SekStore *store, const char *addr_spec, GError **error)
{
  g_autofree char *address = sek_addr_spec_normal (addr_spec);
  if (address == NULL)
    return 0;
  int changed = 0;
  g_autoptr (SekStatement) statement =
      sek_store_statement (store, SEK_SQL_DROP_TRUSTED, what_failed (), error);
  if (statement == NULL)
    return -1;
  sek_bind_text (statement, 1, address);
  return sek_store_run (store, statement, what_failed (), &changed, error) ? MIN (changed, 1) : -1;
}

static SekTrustedSender *
sender_of_row (SekStatement *row)
{
  SekTrustedSender *sender = g_new0 (SekTrustedSender, 1);
  sender->address = g_strdup ((const char *) sqlite3_column_text (row, 0));
  sender->name = g_strdup ((const char *) sqlite3_column_text (row, 1));
  sender->since = sqlite3_column_int64 (row, 2);
  return sender;
}

GPtrArray *
sek_store_list_trusted (SekStore *store, GError **error)
{
  const char *what = _ ("Could not read the trusted senders from");
  g_autoptr (GPtrArray) senders = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_trusted_sender_free);
  g_autoptr (SekStatement) statement = sek_store_statement (store, SEK_SQL_LIST_TRUSTED, what, error);
  if (statement == NULL)
    return NULL;
  sek_bind_int (statement, 1, SEK_TRUSTED_MAX);
  int result;
  while ((result = sek_store_step (store, statement, what, error)) == SQLITE_ROW)
    g_ptr_array_add (senders, sender_of_row (statement));
  return result == SQLITE_DONE ? g_steal_pointer (&senders) : NULL;
}

gboolean
sek_history_is_trusted (gpointer self, const char *addr_spec)
{
  SekStore *store = self;
  const char *what = _ ("Could not read the trusted senders from");
  g_autofree char *address = sek_addr_spec_normal (addr_spec);
  g_autoptr (GError) error = NULL;
  g_autoptr (SekStatement) statement = sek_store_statement (store, SEK_SQL_IS_TRUSTED, what, &error);
  gboolean trusted = FALSE;
  if (statement != NULL && address != NULL)
    {
      sek_bind_text (statement, 1, address);
      trusted = sek_store_step (store, statement, what, &error) == SQLITE_ROW;
    }
  if (error != NULL)
    g_warning ("%s", error->message);
  return trusted;
}
