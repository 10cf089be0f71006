/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/readings/readings.h"

#include <string.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#define WORD_CHARS_MAX 100 /* no reading of a name is longer */
#define WORDS_MAX 12

/* In this order. What is left says the same of Ohtsuji, Ootuzi and おおつじ. */
static const struct
{
  const char *written;
  const char *key;
} spellings[] = {
  { "shi", "si" }, { "sh", "sy" },  { "tch", "ch" }, { "chi", "ti" }, { "ch", "ty" }, { "tsu", "tu" },
  { "fu", "hu" },  { "dzu", "zu" }, { "du", "zu" },  { "ji", "zi" },  { "di", "zi" }, { "jy", "zy" },
  { "j", "zy" },   { "wo", "o" },   { "mb", "nb" },  { "mp", "np" },  { "mm", "nm" }, { "ou", "o" },
};

/* Kana in Latin letters, marks of length dropped. NULL when ICU can't. Newly allocated. */
static char *
to_latin (const char *word)
{
  UErrorCode status = U_ZERO_ERROR;
  static const char rules[] = "Hiragana-Katakana; Katakana-Latin; NFD; [:M:] Remove; Lower";
  UChar id[G_N_ELEMENTS (rules)];
  u_charsToUChars (rules, id, (int32_t) sizeof rules);
  static UTransliterator *kept; /* opening one compiles its rules; they never change */
  if (kept == NULL)
    kept = utrans_openU (id, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
  UChar text[WORD_CHARS_MAX * 6];
  int32_t length = 0;
  u_strFromUTF8 (text, WORD_CHARS_MAX * 2, &length, word, -1, &status);
  if (U_FAILURE (status))
    return NULL;
  int32_t limit = length;
  utrans_transUChars (kept, text, &length, G_N_ELEMENTS (text), 0, &limit, &status);
  char latin[WORD_CHARS_MAX * 18];
  int32_t bytes = 0;
  u_strToUTF8 (latin, sizeof latin, &bytes, text, length, &status);
  return U_FAILURE (status) || (gsize) bytes >= sizeof latin ? NULL : g_strndup (latin, (gsize) bytes);
}

static gboolean
is_vowel (char c)
{
  return c != '\0' && strchr ("aiueo", c) != NULL;
}

/* The h that only makes an o long (Satoh, Ohta), and letters written twice. */
static char *
without_length (const char *letters)
{
  GString *out = g_string_new (NULL);
  for (const char *p = letters; *p != '\0'; p++)
    {
      gboolean lengthens = *p == 'h' && p > letters && p[-1] == 'o' && !is_vowel (p[1]) && p[1] != 'y';
      gboolean again = out->len > 0 && out->str[out->len - 1] == *p;
      if (!lengthens && !again)
        g_string_append_c (out, *p);
    }
  return g_string_free (out, FALSE);
}

char *
sek_reading_key (const char *word)
{
  if (g_utf8_strlen (word, -1) > WORD_CHARS_MAX)
    return g_strdup ("");
  g_autofree char *latin = to_latin (word);
  g_autoptr (GString) letters = g_string_new (NULL);
  for (const char *p = latin != NULL ? latin : ""; *p != '\0'; p++)
    if (g_ascii_islower (*p))
      g_string_append_c (letters, *p);
  for (gsize i = 0; i < G_N_ELEMENTS (spellings); i++)
    g_string_replace (letters, spellings[i].written, spellings[i].key, 0);
  return without_length (letters->str);
}

static int
compare_words (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char *
sek_reading_key_of_words (const char *words)
{
  g_auto (GStrv) split = g_strsplit (words, " ", WORDS_MAX);
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  for (char **word = split; *word != NULL; word++)
    if (**word != '\0')
      g_ptr_array_add (keys, sek_reading_key (*word));
  g_ptr_array_sort (keys, compare_words);
  g_ptr_array_add (keys, NULL);
  return g_strjoinv (" ", (char **) keys->pdata);
}
