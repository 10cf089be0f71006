/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What makes answers to reports trustworthy, and what they say of a mail. */
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/random.h>

#include "agent/store/store-private.h"

#define KEY_BYTES 32

static GBytes *
read_key (SekStore *store, const char *what, GError **error)
{
  g_autoptr (SekStatement) statement = sek_store_statement (store, SEK_SQL_GET_SECRET, what, error);
  if (statement == NULL || sek_store_step (store, statement, what, error) != SQLITE_ROW)
    return NULL;
  return g_bytes_new (sqlite3_column_blob (statement, 0), (gsize) sqlite3_column_bytes (statement, 0));
}

static gboolean
make_key (SekStore *store, const char *what, GError **error)
{
  guint8 key[KEY_BYTES];
  if (getrandom (key, sizeof key, 0) != sizeof key)
    g_error ("The kernel gives no random numbers");
  g_autoptr (SekStatement) statement = sek_store_statement (store, SEK_SQL_PUT_SECRET, what, error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_blob64 (statement, 1, key, sizeof key, SQLITE_STATIC);
  return sek_store_run (store, statement, what, NULL, error);
}

GBytes *
sek_store_report_key (SekStore *store, GError **error)
{
  const char *what = _ ("Could not keep the report in");
  g_autoptr (GError) fault = NULL;
  GBytes *key = read_key (store, what, &fault);
  if (fault != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&fault));
      return NULL;
    }
  if (key != NULL)
    return key;
  /* Read again: another process may have been faster. */
  return make_key (store, what, error) ? read_key (store, what, error) : NULL;
}

const char *
sek_history_answer_about (gpointer self, const char *sha256)
{
  static const char *const answers[] = { "dangerous", "harmless" };
  SekStore *store = self;
  const char *what = _ ("Could not read a report from");
  g_autoptr (GError) error = NULL;
  g_autoptr (SekStatement) statement = sek_store_statement (store, SEK_SQL_ANSWER_OF, what, &error);
  const char *answer = NULL;
  if (statement != NULL)
    {
      sek_bind_text (statement, 1, sha256);
      if (sek_store_step (store, statement, what, &error) == SQLITE_ROW)
        answer = (const char *) sqlite3_column_text (statement, 0);
    }
  if (error != NULL)
    g_warning ("%s", error->message);
  for (gsize i = 0; answer != NULL && i < G_N_ELEMENTS (answers); i++)
    if (strcmp (answer, answers[i]) == 0)
      return answers[i];
  return NULL;
}
