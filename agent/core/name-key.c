/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The name of a person brought to a form in which two spellings of it are equal. */
#include "agent/core/text.h"

#include <string.h>

#include "agent/core/limits.h"

/* Stripped from the end of a Japanese word as long as something is left: 太田様, 太田部長. */
static const char *const suffixes[] = {
  "様",   "さま", "さん",   "殿",   "氏",     "先生", "御中", "代表取締役", "取締役", "執行役員",
  "会長", "社長", "専務",   "常務", "本部長", "部長", "次長", "課長",       "係長",   "主任",
  "室長", "所長", "支店長", "店長", "工場長", "代表", "担当", "秘書",
};

/* Words that say what somebody is, not who. */
static const char *const titles[] = {
  "mr", "mrs", "ms",  "miss", "dr",   "prof", "sir", "herr",     "frau",     "phd",      "mba", "jr",
  "sr", "inc", "ltd", "llc",  "gmbh", "corp", "co",  "株式会社", "有限会社", "合同会社", "株",  "有",
};

static const char *const company_words[] = { "株式会社", "有限会社", "合同会社", "一般社団法人",
                                             "公益財団法人" };

static gboolean
is_one_of (const char *word, const char *const *list, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (strcmp (word, list[i]) == 0)
      return TRUE;
  return FALSE;
}

static void
strip_suffixes (char *word)
{
  for (guint round = 0; round < 4; round++)
    {
      gboolean stripped = FALSE;
      for (gsize i = 0; i < G_N_ELEMENTS (suffixes) && !stripped; i++)
        if (g_str_has_suffix (word, suffixes[i]) && strlen (word) > strlen (suffixes[i]))
          {
            word[strlen (word) - strlen (suffixes[i])] = '\0';
            stripped = TRUE;
          }
      if (!stripped)
        return;
    }
}

static void
strip_company_words (char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (company_words); i++)
    {
      gsize length = strlen (company_words[i]);
      if (g_str_has_prefix (word, company_words[i]) && word[length] != '\0')
        memmove (word, word + length, strlen (word) - length + 1);
      else if (g_str_has_suffix (word, company_words[i]) && strlen (word) > length)
        word[strlen (word) - length] = '\0';
    }
}

/* Drops (…), […], 【…】 and what they hold; when that would leave nothing, only the brackets go. */
static char *
without_brackets (const char *folded)
{
  GString *outside = g_string_new (NULL);
  GString *all = g_string_new (NULL);
  guint depth = 0;
  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean opens = c == '(' || c == '[' || c == '<' || c == 0x3010 || c == 0x3014;
      gboolean closes = c == ')' || c == ']' || c == '>' || c == 0x3011 || c == 0x3015;
      if (opens)
        depth++;
      else if (closes)
        depth = depth > 0 ? depth - 1 : 0;
      gunichar kept = opens || closes ? ' ' : c;
      g_string_append_unichar (all, kept);
      if (depth == 0)
        g_string_append_unichar (outside, kept);
    }
  gboolean empty = TRUE;
  for (const char *p = outside->str; *p != '\0' && empty; p = g_utf8_next_char (p))
    empty = !g_unichar_isalnum (g_utf8_get_char (p));
  g_string_free (empty ? outside : all, TRUE);
  return g_string_free (empty ? all : outside, FALSE);
}

static GPtrArray *
split_words (const char *text)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) word = g_string_new (NULL);
  for (const char *p = text;; p = g_utf8_next_char (p))
    {
      gunichar c = *p != '\0' ? g_utf8_get_char (p) : ' ';
      /* The prolonged sound mark ー and the repetition mark 々 are letters of a name. */
      if (g_unichar_isalnum (c) || g_unichar_ismark (c) || c == 0x3005 || c == 0x30FC)
        g_string_append_unichar (word, c);
      else if (c != '\'' && c != 0x2019 && word->len > 0)
        {
          strip_suffixes (word->str);
          strip_company_words (word->str);
          if (!is_one_of (word->str, titles, G_N_ELEMENTS (titles)) &&
              !is_one_of (word->str, suffixes, G_N_ELEMENTS (suffixes)))
            g_ptr_array_add (words, g_strdup (word->str));
          g_string_truncate (word, 0);
        }
      if (*p == '\0')
        return words;
    }
}

static int
compare_words (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char *
sek_text_name_key (const char *name)
{
  g_autofree char *clipped = sek_text_clip (name != NULL ? name : "", -1, SEK_NAME_CHARS_MAX * 4);
  g_autofree char *folded = sek_text_fold (clipped);
  g_autofree char *open = without_brackets (folded);
  g_autoptr (GPtrArray) words = split_words (open);
  /* Japanese names are written with and without a space in the middle, so their words are joined in order. */
  gboolean cjk = sek_text_has_cjk (open);
  if (!cjk)
    g_ptr_array_sort (words, compare_words);
  g_ptr_array_add (words, NULL);
  return g_strjoinv (cjk ? "" : " ", (char **) words->pdata);
}

/* Signs that stand between a company and a person: "Sakura＠Ota", "Ota / Sakura". NFKC has made them ASCII.
 */
#define SEPARATORS "@/|:,;"

char **
sek_text_name_keys (const char *name)
{
  g_autofree char *clipped = sek_text_clip (name != NULL ? name : "", -1, SEK_NAME_CHARS_MAX * 4);
  g_autofree char *folded = sek_text_fold (clipped);
  g_autoptr (GPtrArray) pieces = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (pieces, g_strdup (folded));
  g_auto (GStrv) sides = g_strsplit_set (folded, SEPARATORS "()[]<>", 12);
  for (guint i = 0; sides[0] != NULL && sides[1] != NULL && sides[i] != NULL; i++)
    g_ptr_array_add (pieces, g_strdup (sides[i]));

  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < pieces->len; i++)
    {
      const char *piece = pieces->pdata[i];
      g_autofree char *key = sek_text_name_key (piece);
      if (*key != '\0' && g_hash_table_add (seen, g_strdup (key)))
        g_strv_builder_add (keys, key);
      g_autoptr (GPtrArray) words = split_words (piece);
      if (words->len != 2 || !sek_text_has_cjk (piece))
        continue;
      g_autofree char *swapped = g_strconcat (words->pdata[1], words->pdata[0], NULL);
      if (g_hash_table_add (seen, g_strdup (swapped)))
        g_strv_builder_add (keys, swapped);
    }
  return g_strv_builder_end (keys);
}
