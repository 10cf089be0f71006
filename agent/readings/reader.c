/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Readings through MeCab and the IPA dictionary, which knows family and given names as such. */
#include "agent/readings/readings.h"

#include <mecab.h>
#include <string.h>

#define KEPT_MAX 4000     /* names whose readings are kept */
#define READINGS_MAX 8    /* of one name */
#define PATHS_MAX 24      /* ways through the lattice looked at */
#define NAME_CHARS_MAX 12 /* the longest full name read, in kanji */
#define FIELD_KIND 2      /* 人名 */
#define FIELD_NAME_PART 3 /* 姓, 名 */
#define FIELD_READING 7   /* katakana */

/* Dictionaries with the fields above, in UTF-8. The last is what the system's administrator chose. */
static const char *const dictionaries[] = {
  "-N 2 -d /var/lib/mecab/dic/ipadic-utf8",
  "-N 2 -d /usr/share/mecab/dic/ipadic-utf8",
  "-N 2",
};

struct SekReader
{
  mecab_t *mecab;
  gboolean missing; /* the dictionary; warned of */
  GHashTable *kept; /* name key -> GPtrArray of SekReading */
};

void
sek_reading_free (SekReading *reading)
{
  g_free (reading->family);
  g_free (reading->given);
  g_free (reading->joined);
  g_free (reading->swapped);
  g_free (reading);
}

SekReader *
sek_reader_new (void)
{
  SekReader *self = g_new0 (SekReader, 1);
  self->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  return self;
}

void
sek_reader_free (SekReader *self)
{
  sek_reader_rest (self);
  g_hash_table_unref (self->kept);
  g_free (self);
}

void
sek_reader_rest (SekReader *self)
{
  g_clear_pointer (&self->mecab, mecab_destroy);
}

static gboolean
is_utf8 (mecab_t *mecab)
{
  const mecab_dictionary_info_t *info = mecab_dictionary_info (mecab);
  return info != NULL && (g_ascii_strcasecmp (info->charset, "UTF-8") == 0 ||
                          g_ascii_strcasecmp (info->charset, "UTF8") == 0);
}

static gboolean
open_dictionary (SekReader *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (dictionaries) && self->mecab == NULL && !self->missing; i++)
    {
      self->mecab = mecab_new2 (dictionaries[i]);
      if (self->mecab != NULL && !is_utf8 (self->mecab))
        g_clear_pointer (&self->mecab, mecab_destroy);
    }
  if (self->mecab == NULL && !self->missing)
    g_warning ("Names in kanji can't be read: MeCab has no Japanese dictionary in UTF-8 (mecab-ipadic-utf8)");
  self->missing = self->mecab == NULL;
  return self->mecab != NULL;
}

static gboolean
is_han (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (c != 0x3005 && g_unichar_get_script (c) != G_UNICODE_SCRIPT_HAN &&
          g_unichar_get_script (c) != G_UNICODE_SCRIPT_HIRAGANA &&
          g_unichar_get_script (c) != G_UNICODE_SCRIPT_KATAKANA)
        return FALSE;
    }
  return TRUE;
}

/* One path of the lattice: a family name, and the rest is the given name. NULL when it is none. */
static SekReading *
read_path (const mecab_node_t *node)
{
  g_autofree char *family = NULL;
  g_autoptr (GString) given = g_string_new (NULL);
  guint given_parts = 0;
  gboolean proper = FALSE;
  for (; node != NULL; node = node->next)
    {
      if (node->stat == MECAB_BOS_NODE || node->stat == MECAB_EOS_NODE)
        continue;
      g_auto (GStrv) fields = g_strsplit (node->feature, ",", FIELD_READING + 3);
      if (g_strv_length (fields) <= FIELD_READING)
        return NULL; /* a word that the dictionary does not have */
      gboolean is_name = g_str_equal (fields[FIELD_KIND], "人名");
      if (family == NULL && !(is_name && g_str_equal (fields[FIELD_NAME_PART], "姓")))
        return NULL;
      if (family == NULL)
        family = g_strdup (fields[FIELD_READING]);
      else
        {
          g_string_append (given, fields[FIELD_READING]);
          proper = given_parts++ == 0 && is_name && g_str_equal (fields[FIELD_NAME_PART], "名");
        }
    }
  if (family == NULL || given->len == 0)
    return NULL;
  g_autofree char *joined = g_strconcat (family, given->str, NULL);
  g_autofree char *swapped = g_strconcat (given->str, family, NULL);
  SekReading *reading = g_new0 (SekReading, 1);
  reading->family = sek_reading_key (family);
  reading->given = sek_reading_key (given->str);
  reading->joined = sek_reading_key (joined);
  reading->swapped = sek_reading_key (swapped);
  reading->proper = proper;
  return reading;
}

static gboolean
has_reading (const GPtrArray *readings, const SekReading *wanted)
{
  for (guint i = 0; i < readings->len; i++)
    {
      const SekReading *reading = readings->pdata[i];
      if (g_str_equal (reading->family, wanted->family) && g_str_equal (reading->given, wanted->given))
        return TRUE;
    }
  return FALSE;
}

static GPtrArray *
read_name (SekReader *self, const char *name)
{
  GPtrArray *readings = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_reading_free);
  if (g_utf8_strlen (name, -1) > NAME_CHARS_MAX || !is_han (name) ||
      mecab_nbest_init2 (self->mecab, name, strlen (name)) == 0)
    return readings;
  for (guint i = 0; i < PATHS_MAX && readings->len < READINGS_MAX; i++)
    {
      const mecab_node_t *path = mecab_nbest_next_tonode (self->mecab);
      if (path == NULL)
        break;
      SekReading *reading = read_path (path);
      if (reading != NULL && !has_reading (readings, reading))
        g_ptr_array_add (readings, reading);
      else if (reading != NULL)
        sek_reading_free (reading);
    }
  return readings;
}

const GPtrArray *
sek_reader_read (SekReader *self, const char *name_key)
{
  const GPtrArray *known = g_hash_table_lookup (self->kept, name_key);
  if (known != NULL)
    return known;
  if (!open_dictionary (self))
    return NULL;
  if (g_hash_table_size (self->kept) >= KEPT_MAX)
    g_hash_table_remove_all (self->kept);
  GPtrArray *readings = read_name (self, name_key);
  g_hash_table_insert (self->kept, g_strdup (name_key), readings);
  return readings;
}
