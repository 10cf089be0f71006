/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/directory/directory.h"

#include <string.h>

/* A name inside a longer one ("Kaede Trading Michiko Ota") counts from this many Japanese characters on. */
#define CONTAINED_CHARS_MIN 4
#define WORDS_MAX 6
/* A local part with two words is a name from this length on ("m.ota" could be many people's). */
#define LOCAL_PART_CHARS_MIN 7
/* A name that is only read the same: shorter ones are many people's. In Latin letters, or kana. */
#define READ_LETTERS_MIN 7
#define READ_KANA_MIN 4

typedef struct
{
  SekPerson *person;
  gboolean listed;
  gboolean han;      /* the name is written in kanji */
  char **local_keys; /* name keys of local parts that are written as full names */
} Entry;

struct SekDirectory
{
  GPtrArray *entries;     /* Entry; the policy's come first */
  GHashTable *by_reading; /* form (see add_forms) -> GPtrArray of borrowed Entry */
  GHashTable *addresses;  /* of all entries, normal form */
  SekReader *reader;      /* borrowed; may be NULL */
};

static void
entry_free (Entry *entry)
{
  sek_person_free (entry->person);
  g_strfreev (entry->local_keys);
  g_free (entry);
}

static gboolean
has_han (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_get_script (g_utf8_get_char (p)) == G_UNICODE_SCRIPT_HAN)
      return TRUE;
  return FALSE;
}

const GPtrArray *
sek_directory_read (const SekDirectory *self, const char *name_key)
{
  return self->reader != NULL ? sek_reader_read (self->reader, name_key) : NULL;
}

static void
add_form (GPtrArray *forms, const char *form)
{
  if (*form != '\0')
    g_ptr_array_add (forms, g_strdup (form));
}

static void
add_latin_forms (const char *name_key, GPtrArray *forms)
{
  g_auto (GStrv) words = g_strsplit (name_key, " ", WORDS_MAX + 1);
  guint count = g_strv_length (words);
  if (count < 2 || count > WORDS_MAX || strlen (name_key) < READ_LETTERS_MIN)
    return;
  g_autofree char *sorted = sek_reading_key_of_words (name_key);
  add_form (forms, sorted);
  if (count != 2)
    return;
  g_autofree char *one_way = g_strconcat (words[0], words[1], NULL);
  g_autofree char *other_way = g_strconcat (words[1], words[0], NULL);
  g_autofree char *joined = sek_reading_key (one_way);
  g_autofree char *swapped = sek_reading_key (other_way);
  add_form (forms, joined);
  add_form (forms, swapped);
}

/* Every way a name sounds: its two words sorted, and written as one word in both orders, since kana has no
 * spaces. */
static void
add_forms (const SekDirectory *self, const char *name_key, GPtrArray *forms)
{
  if (!sek_text_has_cjk (name_key))
    add_latin_forms (name_key, forms);
  else if (!has_han (name_key) && g_utf8_strlen (name_key, -1) >= READ_KANA_MIN)
    {
      g_autofree char *key = sek_reading_key (name_key);
      add_form (forms, key);
    }
  const GPtrArray *readings = has_han (name_key) ? sek_directory_read (self, name_key) : NULL;
  for (guint i = 0; readings != NULL && i < readings->len; i++)
    {
      const SekReading *reading = readings->pdata[i];
      gboolean ordered = strcmp (reading->family, reading->given) < 0;
      g_autofree char *sorted = g_strconcat (ordered ? reading->family : reading->given, " ",
                                             ordered ? reading->given : reading->family, NULL);
      add_form (forms, sorted);
      add_form (forms, reading->joined);
      add_form (forms, reading->swapped);
    }
}

static char *
local_part_words (const char *addr_spec)
{
  g_autofree char *local = g_strndup (addr_spec, strcspn (addr_spec, "@"));
  g_autofree char *words = sek_text_name_key (local);
  if (strchr (words, ' ') == NULL || strlen (words) < LOCAL_PART_CHARS_MIN)
    return g_strdup ("");
  return g_steal_pointer (&words);
}

static void
add_entry (SekDirectory *self, const SekPerson *person, gboolean listed)
{
  Entry *entry = g_new0 (Entry, 1);
  entry->person = sek_person_new (person->name, (const char *const *) person->addresses);
  entry->listed = listed;
  entry->han = has_han (person->name_key);
  g_ptr_array_add (self->entries, entry);

  g_autoptr (GPtrArray) forms = g_ptr_array_new_with_free_func (g_free);
  add_forms (self, entry->person->name_key, forms);
  /* "michiko.ota@kaede.example" tells how 太田 道子 is written in Latin letters. */
  g_autoptr (GStrvBuilder) local_keys = g_strv_builder_new ();
  for (char **address = entry->person->addresses; *address != NULL; address++)
    {
      g_hash_table_add (self->addresses, sek_addr_spec_normal (*address));
      g_autofree char *words = local_part_words (*address);
      add_latin_forms (words, forms);
      if (*words != '\0')
        g_strv_builder_add (local_keys, words);
    }
  entry->local_keys = g_strv_builder_end (local_keys);
  for (guint i = 0; i < forms->len; i++)
    {
      GPtrArray *same = g_hash_table_lookup (self->by_reading, forms->pdata[i]);
      if (same == NULL)
        {
          same = g_ptr_array_new ();
          g_hash_table_insert (self->by_reading, g_strdup (forms->pdata[i]), same);
        }
      if (!g_ptr_array_find (same, entry, NULL))
        g_ptr_array_add (same, entry);
    }
}

/* Names in the history are what people's mail programs write: departments, machines, lists. */
static gboolean
is_person (const SekDirectory *self, const SekPerson *person)
{
  const char *key = person->name_key;
  if (has_han (key))
    {
      const GPtrArray *readings = sek_directory_read (self, key);
      gboolean proper = FALSE;
      for (guint i = 0; readings != NULL && i < readings->len; i++)
        proper = proper || ((const SekReading *) readings->pdata[i])->proper;
      return proper && !sek_is_role_word (key);
    }
  if (sek_text_has_cjk (key) || *key == '\0')
    return FALSE;
  g_auto (GStrv) words = g_strsplit (key, " ", WORDS_MAX + 1);
  guint count = g_strv_length (words);
  gboolean in_address = FALSE;
  for (char **word = words; *word != NULL; word++)
    {
      if (sek_is_role_word (*word) || strpbrk (*word, "0123456789") != NULL)
        return FALSE;
      const char *at = strlen (*word) >= 3 ? strstr (person->addresses[0], *word) : NULL;
      in_address = in_address || (at != NULL && at < strchr (person->addresses[0], '@'));
    }
  return count >= 2 && count <= 4 && in_address;
}

static void
add_known (SekDirectory *self, const SekHistory *history, const char *domain)
{
  g_autoptr (GPtrArray) people = history->people_of_domain (history->self, domain);
  for (guint i = 0; i < people->len; i++)
    if (is_person (self, people->pdata[i]))
      add_entry (self, people->pdata[i], FALSE);
}

SekDirectory *
sek_directory_new (const SekPolicy *policy,
                   const SekHistory *history,
                   const char *const *domains,
                   SekReader *reader)
{
  SekDirectory *self = g_new0 (SekDirectory, 1);
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  self->by_reading =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->addresses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->reader = reader;
  for (guint i = 0; i < policy->people->len; i++)
    add_entry (self, policy->people->pdata[i], TRUE);
  for (gsize i = 0; history != NULL && domains != NULL && domains[i] != NULL; i++)
    add_known (self, history, domains[i]);
  return self;
}

void
sek_directory_free (SekDirectory *self)
{
  g_ptr_array_unref (self->entries);
  g_hash_table_unref (self->by_reading);
  g_hash_table_unref (self->addresses);
  g_free (self);
}

static gboolean
has_all_words (const char *key, const char *person_key)
{
  /* Most names have nothing in common, and this is asked of every colleague. */
  if (memmem (key, strlen (key), person_key, strcspn (person_key, " ")) == NULL)
    return FALSE;
  g_auto (GStrv) words = g_strsplit (key, " ", WORDS_MAX + 1);
  g_auto (GStrv) wanted = g_strsplit (person_key, " ", WORDS_MAX + 1);
  if (g_strv_length (wanted) < 2 || g_strv_length (words) > WORDS_MAX)
    return FALSE;
  for (char **word = wanted; *word != NULL; word++)
    if (!g_strv_contains ((const char *const *) words, *word))
      return FALSE;
  return TRUE;
}

static gboolean
is_same_name (const char *key, const char *person_key)
{
  return g_str_equal (key, person_key) && g_utf8_strlen (key, -1) >= (sek_text_has_cjk (key) ? 2 : 4);
}

static gboolean
holds_name (const char *key, const char *person_key)
{
  if (*person_key == '\0')
    return FALSE;
  if (sek_text_has_cjk (person_key))
    return g_utf8_strlen (person_key, -1) >= CONTAINED_CHARS_MIN && strstr (key, person_key) != NULL;
  return has_all_words (key, person_key);
}

static gboolean
holds_local_part (const char *key, const Entry *entry)
{
  for (char **words = entry->local_keys; *words != NULL; words++)
    if (is_same_name (key, *words) || holds_name (key, *words))
      return TRUE;
  return FALSE;
}

/* An address in the name is display-name-address's to judge. */
static char *
without_addresses (const char *display_name)
{
  g_auto (GStrv) addresses = sek_addr_spec_find_all (display_name);
  g_autofree char *clipped = sek_text_clip (display_name, -1, SEK_NAME_CHARS_MAX * 4);
  g_autofree char *folded = sek_text_fold (clipped);
  GString *name = g_string_new (folded);
  for (char **address = addresses; *address != NULL; address++)
    g_string_replace (name, *address, " ", 0);
  return g_string_free (name, FALSE);
}

/* TRUE and *out for the first whose name is key, or a part of it. */
static gboolean
match_entry (const Entry *entry, const char *key, SekColleague *out)
{
  const SekPerson *person = entry->person;
  gboolean same = is_same_name (key, person->name_key);
  /* What the history knows are names as mail programs write them: only the whole of one says enough. */
  if (!same && (!entry->listed || (!holds_name (key, person->name_key) && !holds_local_part (key, entry))))
    return FALSE;
  *out = (SekColleague){ person, entry->listed, same ? SEK_NAME_SAME : SEK_NAME_PART };
  return TRUE;
}

static gboolean
match_reading (const SekDirectory *self, const char *key, SekColleague *out)
{
  gboolean han = has_han (key);
  g_autoptr (GPtrArray) forms = g_ptr_array_new_with_free_func (g_free);
  add_forms (self, key, forms);
  for (guint i = 0; i < forms->len; i++)
    {
      const GPtrArray *same = g_hash_table_lookup (self->by_reading, forms->pdata[i]);
      for (guint k = 0; same != NULL && k < same->len; k++)
        {
          const Entry *entry = same->pdata[k];
          /* Different kanji that are read the same are different people. */
          if (han && entry->han)
            continue;
          *out = (SekColleague){ entry->person, entry->listed, SEK_NAME_READ };
          return TRUE;
        }
    }
  return FALSE;
}

gboolean
sek_directory_find (const SekDirectory *self,
                    const char *display_name,
                    const char *addr_spec,
                    SekColleague *out)
{
  g_autofree char *address = sek_addr_spec_normal (addr_spec);
  if (address != NULL && g_hash_table_contains (self->addresses, address))
    return FALSE;
  g_autofree char *name = without_addresses (display_name);
  g_auto (GStrv) keys = sek_text_name_keys (name);
  for (guint i = 0; i < self->entries->len; i++)
    for (char **key = keys; *key != NULL; key++)
      if (match_entry (self->entries->pdata[i], *key, out))
        return TRUE;
  for (char **key = keys; *key != NULL; key++)
    if (match_reading (self, *key, out))
      return TRUE;
  return FALSE;
}
