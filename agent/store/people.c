/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "agent/store/learn-private.h"

typedef struct
{
  char *shown; /* the last readable form */
  gint64 seen;
} NameForm;

typedef struct
{
  gint64 received;
  gint64 written_to;
  gint64 first_seen; /* G_MAXINT64 when no date is known */
  gint64 last_seen;
} Counts;

struct SekKnownPerson
{
  gint64 id;
  gboolean dated; /* the row has a first and a last time already */
  char *address;
  Counts counts;     /* since the transaction began */
  GHashTable *names; /* name key → NameForm; NULL when none */
};

typedef struct
{
  Counts all;
  gint64 received_itself;
  gint64 written_itself;
} DomainCounts;

static void
name_form_free (gpointer data)
{
  NameForm *form = data;
  g_free (form->shown);
  g_free (form);
}

static void
person_free (gpointer data)
{
  SekKnownPerson *person = data;
  g_free (person->address);
  g_clear_pointer (&person->names, g_hash_table_unref);
  g_free (person);
}

void
sek_learning_init_people (SekLearning *learning)
{
  learning->people = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, person_free);
  learning->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

void
sek_learning_clear_people (SekLearning *learning)
{
  g_clear_pointer (&learning->people, g_hash_table_unref);
  g_clear_pointer (&learning->keys, g_hash_table_unref);
}

gint64
sek_known_person_id (const SekKnownPerson *person)
{
  return person->id;
}

/* Normal form of bounded length; NULL when there is none. Newly allocated. */
static char *
address_of (const SekMailbox *mailbox)
{
  if (mailbox == NULL || mailbox->addr_spec == NULL)
    return NULL;
  g_autofree char *clipped = sek_text_clip (mailbox->addr_spec, -1, SEK_NAME_CHARS_MAX);
  char *address = sek_addr_spec_normal (clipped);
  if (*address == '\0')
    g_clear_pointer (&address, g_free);
  return address;
}

/* Looks for the row, or adds one that says no more than that the address is there. */
static gboolean
find_row (SekLearning *learning, SekKnownPerson *person, GError **error)
{
  const char *what = sek_learning_what_failed ();
  g_autoptr (SekStatement) find =
      sek_store_statement (learning->store, SEK_SQL_ID_OF_CORRESPONDENT, what, error);
  if (find == NULL)
    return FALSE;
  sek_bind_text (find, 1, person->address);
  int result = sek_store_step (learning->store, find, what, error);
  if (result == SQLITE_ROW)
    {
      person->id = sqlite3_column_int64 (find, 0);
      person->dated = sqlite3_column_int64 (find, 1) != 0;
    }
  if (result != SQLITE_DONE)
    return result == SQLITE_ROW;
  g_autoptr (SekStatement) add =
      sek_store_statement (learning->store, SEK_SQL_ADD_CORRESPONDENT, what, error);
  if (add == NULL)
    return FALSE;
  sek_bind_text (add, 1, person->address);
  if (!sek_store_run (learning->store, add, what, NULL, error))
    return FALSE;
  person->id = sqlite3_last_insert_rowid (learning->store->db);
  return TRUE;
}

SekKnownPerson *
sek_learning_person (SekLearning *learning, const SekMailbox *mailbox, GError **error)
{
  g_autofree char *address = address_of (mailbox);
  if (address == NULL)
    return NULL;
  SekKnownPerson *person = g_hash_table_lookup (learning->people, address);
  if (person != NULL)
    return person;
  person = g_new0 (SekKnownPerson, 1);
  person->address = g_steal_pointer (&address);
  person->counts.first_seen = G_MAXINT64;
  if (!find_row (learning, person, error))
    {
      person_free (person);
      return NULL;
    }
  g_hash_table_insert (learning->people, person->address, person);
  return person;
}

/* Borrowed; a batch brings the same names again and again, and folding one costs more than writing it. */
static const char *
key_of (SekLearning *learning, const char *shown)
{
  const char *key = g_hash_table_lookup (learning->keys, shown);
  if (key != NULL)
    return key;
  char *fresh = sek_text_name_key (shown);
  g_hash_table_insert (learning->keys, g_strdup (shown), fresh);
  return fresh;
}

static void
count_name (SekLearning *learning, SekKnownPerson *person, const char *display_name)
{
  g_autofree char *shown = sek_text_clip (display_name, -1, SEK_NAME_CHARS_MAX);
  const char *key = key_of (learning, shown);
  if (*key == '\0')
    return;
  if (person->names == NULL)
    person->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, name_form_free);
  NameForm *form = g_hash_table_lookup (person->names, key);
  if (form == NULL)
    {
      form = g_new0 (NameForm, 1);
      g_hash_table_insert (person->names, g_strdup (key), form);
    }
  form->seen++;
  g_free (form->shown);
  form->shown = g_steal_pointer (&shown);
}

void
sek_learning_count (
    SekLearning *learning, SekKnownPerson *person, const char *display_name, gboolean sent, gint64 date)
{
  Counts *counts = &person->counts;
  counts->received += sent ? 0 : 1;
  counts->written_to += sent ? 1 : 0;
  if (date > 0)
    {
      counts->first_seen = MIN (counts->first_seen, date);
      counts->last_seen = MAX (counts->last_seen, date);
    }
  if (display_name != NULL && *display_name != '\0')
    count_name (learning, person, display_name);
}

/* TRUE and *known when the form was there. */
static gboolean
see_name (SekLearning *learning,
          const SekKnownPerson *person,
          const char *key,
          const NameForm *form,
          gboolean *known,
          GError **error)
{
  const char *what = sek_learning_what_failed ();
  g_autoptr (SekStatement) statement = sek_store_statement (learning->store, SEK_SQL_SEE_NAME, what, error);
  if (statement == NULL)
    return FALSE;
  int changed = 0;
  sek_bind_text (statement, 1, key);
  sek_bind_int (statement, 2, person->id);
  sek_bind_int (statement, 3, form->seen);
  sek_bind_text (statement, 4, form->shown);
  gboolean done = sek_store_run (learning->store, statement, what, &changed, error);
  *known = changed > 0;
  return done;
}

/* A service that writes in the name of thousands keeps the few forms it uses most. */
static gboolean
make_room (SekLearning *learning, const SekKnownPerson *person, GError **error)
{
  const char *what = sek_learning_what_failed ();
  g_autoptr (SekStatement) count = sek_store_statement (learning->store, SEK_SQL_COUNT_NAMES, what, error);
  if (count == NULL)
    return FALSE;
  sek_bind_int (count, 1, person->id);
  if (sek_store_step (learning->store, count, what, error) != SQLITE_ROW)
    return FALSE;
  if (sqlite3_column_int64 (count, 0) < SEK_HISTORY_NAMES_MAX)
    return TRUE;
  g_autoptr (SekStatement) drop = sek_store_statement (learning->store, SEK_SQL_DROP_NAME, what, error);
  if (drop == NULL)
    return FALSE;
  sek_bind_int (drop, 1, person->id);
  return sek_store_run (learning->store, drop, what, NULL, error);
}

static gboolean
flush_name (SekLearning *learning,
            const SekKnownPerson *person,
            const char *key,
            const NameForm *form,
            GError **error)
{
  const char *what = sek_learning_what_failed ();
  gboolean known = FALSE;
  if (!see_name (learning, person, key, form, &known, error))
    return FALSE;
  if (known)
    return TRUE;
  if (!make_room (learning, person, error))
    return FALSE;
  g_autoptr (SekStatement) statement = sek_store_statement (learning->store, SEK_SQL_ADD_NAME, what, error);
  if (statement == NULL)
    return FALSE;
  sek_bind_text (statement, 1, key);
  sek_bind_int (statement, 2, person->id);
  sek_bind_int (statement, 3, form->seen);
  sek_bind_text (statement, 4, form->shown);
  return sek_store_run (learning->store, statement, what, NULL, error);
}

static gboolean
flush_person (SekLearning *learning, const SekKnownPerson *person, GError **error)
{
  const char *what = sek_learning_what_failed ();
  const Counts *counts = &person->counts;
  g_autoptr (SekStatement) statement =
      sek_store_statement (learning->store, SEK_SQL_SEE_CORRESPONDENT, what, error);
  if (statement == NULL)
    return FALSE;
  sek_bind_int (statement, 1, person->id);
  sek_bind_int (statement, 2, counts->received);
  sek_bind_int (statement, 3, counts->written_to);
  sek_bind_int (statement, 4, counts->first_seen);
  sek_bind_int (statement, 5, counts->last_seen);
  if (!sek_store_run (learning->store, statement, what, NULL, error))
    return FALSE;
  if (person->names == NULL)
    return TRUE;
  GHashTableIter iter;
  gpointer key, form;
  g_hash_table_iter_init (&iter, person->names);
  while (g_hash_table_iter_next (&iter, &key, &form))
    if (!flush_name (learning, person, key, form, error))
      return FALSE;
  return TRUE;
}

static void
add_to_domain (GHashTable *domains, const char *name, const Counts *counts, gboolean itself)
{
  DomainCounts *domain = g_hash_table_lookup (domains, name);
  if (domain == NULL)
    {
      domain = g_new0 (DomainCounts, 1);
      domain->all.first_seen = G_MAXINT64;
      g_hash_table_insert (domains, g_strdup (name), domain);
    }
  domain->all.received += counts->received;
  domain->all.written_to += counts->written_to;
  domain->all.first_seen = MIN (domain->all.first_seen, counts->first_seen);
  domain->all.last_seen = MAX (domain->all.last_seen, counts->last_seen);
  domain->received_itself += itself ? counts->received : 0;
  domain->written_itself += itself ? counts->written_to : 0;
}

/* The domain and those above it, but no top-level domain. */
static void
count_domains (GHashTable *domains, const SekKnownPerson *person)
{
  const char *name = sek_addr_spec_domain (person->address);
  for (int labels = 0; name != NULL && labels < SEK_HISTORY_LABELS_MAX; labels++)
    {
      if (labels == 0 || strchr (name, '.') != NULL)
        add_to_domain (domains, name, &person->counts, labels == 0);
      const char *dot = strchr (name, '.');
      name = dot != NULL && dot[1] != '\0' ? dot + 1 : NULL;
    }
}

static gboolean
flush_domain (SekLearning *learning, const char *name, const DomainCounts *domain, GError **error)
{
  const char *what = sek_learning_what_failed ();
  g_autoptr (SekStatement) statement = sek_store_statement (learning->store, SEK_SQL_SEE_DOMAIN, what, error);
  if (statement == NULL)
    return FALSE;
  const gint64 values[] = { domain->all.received,  domain->all.written_to,  domain->all.first_seen,
                            domain->all.last_seen, domain->received_itself, domain->written_itself };
  sek_bind_text (statement, 1, name);
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    sek_bind_int (statement, (int) i + 2, values[i]);
  return sek_store_run (learning->store, statement, what, NULL, error);
}

gboolean
sek_learning_flush_people (SekLearning *learning, GError **error)
{
  g_autoptr (GHashTable) domains = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer name, value;
  g_hash_table_iter_init (&iter, learning->people);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      SekKnownPerson *person = value;
      Counts *counts = &person->counts;
      if (counts->received + counts->written_to == 0)
        continue;
      /* Seen, and no date that can be believed: then it was seen just now, unless an earlier mail knows. */
      if (counts->last_seen == 0 && !person->dated)
        counts->first_seen = counts->last_seen = learning->now;
      if (!flush_person (learning, person, error))
        return FALSE;
      count_domains (domains, person);
    }
  g_hash_table_iter_init (&iter, domains);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (!flush_domain (learning, name, value, error))
      return FALSE;
  return TRUE;
}
