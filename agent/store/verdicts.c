/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/store/store-private.h"

#include <glib/gi18n-lib.h>

gboolean
sek_store_put_verdict (SekStore *store,
                       const SekVerdict *verdict,
                       const char *sha256,
                       const char *client,
                       const char *folder,
                       GError **error)
{
  const char *what = _ ("Could not keep the verdict in");
  g_autoptr (GVariant) variant = g_variant_ref_sink (sek_verdict_to_variant (verdict));
  g_autoptr (GVariant) normal = g_variant_get_normal_form (variant);
  g_autoptr (SekStatement) statement = sek_store_statement (store, SEK_SQL_PUT_VERDICT, what, error);
  if (statement == NULL)
    return FALSE;
  sek_bind_text (statement, 1, verdict->id);
  sek_bind_int (statement, 2, g_get_real_time () / G_USEC_PER_SEC);
  sek_bind_text (statement, 3, sek_level_to_string (verdict->level));
  sek_bind_text (statement, 4, sha256);
  sek_bind_text (statement, 5, client);
  sek_bind_text (statement, 6, folder);
  sqlite3_bind_blob64 (statement, 7, g_variant_get_data (normal), g_variant_get_size (normal), SQLITE_STATIC);
  return sek_store_run (store, statement, what, NULL, error);
}

/* The one that sql finds by key. */
static SekVerdict *
find (SekStore *store, SekSql sql, const char *key, GError **error)
{
  const char *what = _ ("Could not read a verdict from");
  g_autoptr (SekStatement) statement = sek_store_statement (store, sql, what, error);
  if (statement == NULL)
    return NULL;
  sek_bind_text (statement, 1, key);
  int result = sqlite3_step (statement);
  if (result == SQLITE_DONE)
    return NULL;
  if (result != SQLITE_ROW)
    {
      sek_store_fail (store, what, error);
      return NULL;
    }
  g_autoptr (GBytes) bytes =
      g_bytes_new (sqlite3_column_blob (statement, 0), (gsize) sqlite3_column_bytes (statement, 0));
  g_autoptr (GVariant) variant =
      g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE_VARDICT, bytes, FALSE));
  g_autoptr (GError) fault = NULL;
  SekVerdict *verdict = sek_verdict_from_variant (variant, &fault);
  if (verdict == NULL)
    g_set_error (error, SEK_STORE_ERROR, SEK_STORE_ERROR_BROKEN, "%s “%s”: %s", what, store->path,
                 fault->message);
  return verdict;
}

SekVerdict *
sek_store_get_verdict (SekStore *store, const char *verdict_id, GError **error)
{
  return find (store, SEK_SQL_GET_VERDICT, verdict_id, error);
}

SekVerdict *
sek_store_reported_verdict (SekStore *store, const char *report_id, GError **error)
{
  return find (store, SEK_SQL_VERDICT_OF_REPORT, report_id, error);
}

gboolean
sek_store_put_decision (SekStore *store, const char *verdict_id, const char *decision, GError **error)
{
  const char *what = _ ("Could not keep the decision in");
  g_autoptr (SekStatement) statement = sek_store_statement (store, SEK_SQL_PUT_DECISION, what, error);
  if (statement == NULL)
    return FALSE;
  int changed = 0;
  sek_bind_text (statement, 1, verdict_id);
  sek_bind_text (statement, 2, decision);
  sek_bind_int (statement, 3, g_get_real_time () / G_USEC_PER_SEC);
  if (!sek_store_run (store, statement, what, &changed, error))
    return FALSE;
  if (changed > 0)
    return TRUE;
  /* Translators: the first two %s say what was tried on which file, the last is an identifier. */
  g_set_error (error, SEK_STORE_ERROR, SEK_STORE_ERROR_WRITE, _ ("%s “%s”: it holds no verdict “%s”"), what,
               store->path, verdict_id);
  return FALSE;
}
