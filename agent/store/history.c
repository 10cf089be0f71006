/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/store/store-private.h"

#include <glib/gi18n-lib.h>

/* An answer to the engine; more addresses than this tell it nothing new. */
#define ADDRESSES_MAX 20

static const char *
what_failed (void)
{
  return _ ("Could not read the history");
}

/* The interface has no errors, since a mail must be judged anyway: what can't be read counts as never seen.
 */
static void
complain (GError *error)
{
  if (error != NULL)
    g_warning ("%s", error->message);
}

/* SQLITE_ROW or SQLITE_DONE; -1 on a fault, which is said. */
static int
step (SekStore *store, SekStatement *statement, GError **error)
{
  int result = sqlite3_step (statement);
  if (result == SQLITE_ROW || result == SQLITE_DONE)
    return result;
  sek_store_fail (store, what_failed (), error);
  return -1;
}

int
sek_store_knows_message (SekStore *store, gint64 id, GError **error)
{
  g_autoptr (SekStatement) statement =
      sek_store_statement (store, SEK_SQL_HAS_MESSAGE, what_failed (), error);
  if (statement == NULL)
    return -1;
  sek_bind_int (statement, 1, id);
  int result = step (store, statement, error);
  return result < 0 ? -1 : result == SQLITE_ROW;
}

static gint64
count_messages (gpointer self)
{
  SekStore *store = self;
  g_autoptr (GError) error = NULL;
  g_autoptr (SekStatement) statement =
      sek_store_statement (store, SEK_SQL_COUNT_MESSAGES, what_failed (), &error);
  gint64 count = 0;
  if (statement != NULL && step (store, statement, &error) == SQLITE_ROW)
    count = sqlite3_column_int64 (statement, 0);
  complain (error);
  return count;
}

static gboolean
has_message (gpointer self, const char *message_id)
{
  if (message_id == NULL || *message_id == '\0')
    return FALSE;
  g_autoptr (GError) error = NULL;
  int known = sek_store_knows_message (self, sek_store_hash_message_id (message_id), &error);
  complain (error);
  return known > 0;
}

static gboolean
find_correspondent (gpointer self, const char *addr_spec, SekCorrespondent *out)
{
  SekStore *store = self;
  *out = (SekCorrespondent){ 0 };
  g_autofree char *address = sek_addr_spec_normal (addr_spec);
  if (address == NULL)
    return FALSE;
  g_autoptr (GError) error = NULL;
  g_autoptr (SekStatement) statement =
      sek_store_statement (store, SEK_SQL_FIND_CORRESPONDENT, what_failed (), &error);
  gboolean found = FALSE;
  if (statement != NULL)
    {
      sek_bind_text (statement, 1, address);
      found = step (store, statement, &error) == SQLITE_ROW;
    }
  if (found)
    *out = (SekCorrespondent){ .received = sqlite3_column_int64 (statement, 0),
                               .written_to = sqlite3_column_int64 (statement, 1),
                               .first_seen = sqlite3_column_int64 (statement, 2),
                               .last_seen = sqlite3_column_int64 (statement, 3) };
  complain (error);
  return found;
}

static gboolean
has_subject_with (gpointer self, const char *normal_subject, const char *addr_spec)
{
  SekStore *store = self;
  g_autofree char *address = sek_addr_spec_normal (addr_spec);
  /* Mails without a subject have nothing in common. */
  if (address == NULL || normal_subject == NULL || *normal_subject == '\0')
    return FALSE;
  g_autoptr (GError) error = NULL;
  g_autoptr (SekStatement) statement = sek_store_statement (store, SEK_SQL_HAS_TOPIC, what_failed (), &error);
  gboolean found = FALSE;
  if (statement != NULL)
    {
      sek_bind_int (statement, 1, sek_store_hash (normal_subject));
      sek_bind_text (statement, 2, address);
      found = step (store, statement, &error) == SQLITE_ROW;
    }
  complain (error);
  return found;
}

static char **
addresses_of_name (gpointer self, const char *name_key)
{
  SekStore *store = self;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  if (name_key == NULL || *name_key == '\0')
    return g_strv_builder_end (builder);
  g_autoptr (GError) error = NULL;
  g_autoptr (SekStatement) statement =
      sek_store_statement (store, SEK_SQL_ADDRESSES_OF_NAME, what_failed (), &error);
  if (statement != NULL)
    {
      sek_bind_text (statement, 1, name_key);
      sek_bind_int (statement, 2, ADDRESSES_MAX);
      while (step (store, statement, &error) == SQLITE_ROW)
        g_strv_builder_add (builder, (const char *) sqlite3_column_text (statement, 0));
    }
  complain (error);
  return g_strv_builder_end (builder);
}

SekHistory
sek_store_history (SekStore *store)
{
  return (SekHistory){
    .self = store,
    .count_messages = count_messages,
    .has_message = has_message,
    .find_correspondent = find_correspondent,
    .has_subject_with = has_subject_with,
    .addresses_of_name = addresses_of_name,
  };
}
