/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/store/store-private.h"

#include <glib/gi18n-lib.h>

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

static void
extent (gpointer self, SekHistoryExtent *out)
{
  SekStore *store = self;
  *out = (SekHistoryExtent){ 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (SekStatement) statement = sek_store_statement (store, SEK_SQL_GET_TOTAL, what_failed (), &error);
  if (statement != NULL && sek_store_step (store, statement, what_failed (), &error) == SQLITE_ROW)
    *out = (SekHistoryExtent){ .messages = sqlite3_column_int64 (statement, 0),
                               .sent = sqlite3_column_int64 (statement, 1),
                               .since = sqlite3_column_int64 (statement, 2) };
  complain (error);
}

static gint64
count_messages (gpointer self)
{
  SekHistoryExtent reach;
  extent (self, &reach);
  return reach.messages;
}

static gboolean
has_message (gpointer self, const char *message_id)
{
  SekKnownMessage known;
  return sek_history_find_message (self, message_id, &known);
}

/* The two questions that are answered by counts. key may be NULL. */
static gboolean
find_counts (SekStore *store, SekSql sql, const char *key, SekCorrespondent *out)
{
  *out = (SekCorrespondent){ 0 };
  if (key == NULL)
    return FALSE;
  g_autoptr (GError) error = NULL;
  g_autoptr (SekStatement) statement = sek_store_statement (store, sql, what_failed (), &error);
  gboolean found = FALSE;
  if (statement != NULL)
    {
      sek_bind_text (statement, 1, key);
      found = sek_store_step (store, statement, what_failed (), &error) == SQLITE_ROW;
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
find_correspondent (gpointer self, const char *addr_spec, SekCorrespondent *out)
{
  g_autofree char *address = sek_addr_spec_normal (addr_spec);
  return find_counts (self, SEK_SQL_FIND_CORRESPONDENT, address, out);
}

static gboolean
find_domain (gpointer self, const char *domain, SekCorrespondent *out)
{
  g_autofree char *name = sek_addr_spec_normal (domain);
  return find_counts (self, SEK_SQL_FIND_DOMAIN, name, out);
}

/* The first column of all rows of a statement that takes an optional text and a limit. */
static char **
list_texts (SekStore *store, SekSql sql, const char *key, gint64 limit)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GError) error = NULL;
  const char *failed = what_failed (); /* translated once, not for each row */
  g_autoptr (SekStatement) statement = sek_store_statement (store, sql, failed, &error);
  if (statement != NULL)
    {
      if (key != NULL)
        sek_bind_text (statement, 1, key);
      sek_bind_int (statement, key != NULL ? 2 : 1, limit);
      while (sek_store_step (store, statement, failed, &error) == SQLITE_ROW)
        g_strv_builder_add (builder, (const char *) sqlite3_column_text (statement, 0));
    }
  complain (error);
  return g_strv_builder_end (builder);
}

static char **
correspondent_domains (gpointer self)
{
  return list_texts (self, SEK_SQL_CORRESPONDENT_DOMAINS, NULL, SEK_HISTORY_DOMAINS_MAX);
}

static char **
addresses_of_name (gpointer self, const char *name_key)
{
  if (name_key == NULL || *name_key == '\0')
    return g_new0 (char *, 1);
  return list_texts (self, SEK_SQL_ADDRESSES_OF_NAME, name_key, SEK_HISTORY_ADDRESSES_MAX);
}

static GPtrArray *
people_of_domain (gpointer self, const char *domain)
{
  SekStore *store = self;
  GPtrArray *people = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_person_free);
  g_autofree char *itself = g_strconcat ("@", domain, NULL);
  g_autofree char *below = g_strconcat (".", domain, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SekStatement) statement =
      sek_store_statement (store, SEK_SQL_PEOPLE_OF_DOMAIN, what_failed (), &error);
  if (statement != NULL)
    {
      sek_bind_text (statement, 1, itself);
      sek_bind_text (statement, 2, below);
      sek_bind_int (statement, 3, SEK_HISTORY_PEOPLE_MAX);
      while (sek_store_step (store, statement, what_failed (), &error) == SQLITE_ROW)
        {
          const char *addresses[] = { (const char *) sqlite3_column_text (statement, 1), NULL };
          g_ptr_array_add (people,
                           sek_person_new ((const char *) sqlite3_column_text (statement, 0), addresses));
        }
    }
  complain (error);
  return people;
}

static gboolean
has_subject_with (gpointer self, const char *normal_subject, const char *addr_spec)
{
  SekStore *store = self;
  /* Mails without a subject have nothing in common. */
  if (normal_subject == NULL || *normal_subject == '\0')
    return FALSE;
  g_autofree char *address = sek_addr_spec_normal (addr_spec);
  SekSql sql = address != NULL ? SEK_SQL_HAS_TOPIC_WITH : SEK_SQL_HAS_TOPIC;
  g_autoptr (GError) error = NULL;
  g_autoptr (SekStatement) statement = sek_store_statement (store, sql, what_failed (), &error);
  gboolean found = FALSE;
  if (statement != NULL)
    {
      sek_bind_int (statement, 1, sek_store_hash (normal_subject));
      if (address != NULL)
        sek_bind_text (statement, 2, address);
      found = sek_store_step (store, statement, what_failed (), &error) == SQLITE_ROW;
    }
  complain (error);
  return found;
}

SekHistory
sek_store_history (SekStore *store)
{
  return (SekHistory){
    .self = store,
    .count_messages = count_messages,
    .extent = extent,
    .has_message = has_message,
    .find_message = sek_history_find_message,
    .message_has_subject = sek_history_message_has_subject,
    .thread_participants = sek_history_thread_participants,
    .find_correspondent = find_correspondent,
    .find_domain = find_domain,
    .correspondent_domains = correspondent_domains,
    .has_subject_with = has_subject_with,
    .addresses_of_name = addresses_of_name,
    .people_of_domain = people_of_domain,
    .find_locked_file = sek_history_find_locked_file,
    .answer_about = sek_history_answer_about,
    .is_trusted = sek_history_is_trusted,
  };
}
