/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "agent/core/limits.h"
#include "agent/core/password-private.h"
#include "agent/core/text.h"

#define SENTENCE_BACK_MAX 120
#define SENTENCE_ON_MAX 200
#define WORDS_MAX 512
#define PLACES 1024

/* Words by their first two characters, so that a long text is passed over in one go. */
typedef struct
{
  const SekWord *word;
  guint8 mark;
  guint16 next; /* index + 1 of the next one of its place; 0: none */
} Entry;

typedef struct
{
  Entry entries[WORDS_MAX];
  guint count;
  guint16 places[PLACES];
} Index;

static guint
place_of (gunichar first, gunichar second)
{
  return (first * 31 + second) % PLACES;
}

static void
add_words (Index *index, const SekWord *table, guint8 mark)
{
  for (const SekWord *word = table; word->word != NULL; word++)
    {
      g_assert (index->count < WORDS_MAX);
      guint place = place_of (g_utf8_get_char (word->word), g_utf8_get_char (g_utf8_next_char (word->word)));
      index->entries[index->count++] = (Entry){ word, mark, index->places[place] };
      index->places[place] = (guint16) index->count;
    }
}

static gsize match_word (const SekPasswordText *text, gsize position, const SekWord *word);

static void
mark_words (SekPasswordText *text)
{
  Index index = { .count = 0 };
  add_words (&index, sek_password_words, SEK_MARK_PASSWORD);
  add_words (&index, sek_password_separately, SEK_MARK_SEPARATELY);
  add_words (&index, sek_password_uses, SEK_MARK_USE);
  G_STATIC_ASSERT (SEK_MARK_DESCRIBED << (SEK_N_DESCRIBED - 1) <= G_MAXUINT8);
  for (guint what = 0; what < SEK_N_DESCRIBED; what++)
    add_words (&index, sek_password_descriptions[what], (guint8) (SEK_MARK_DESCRIBED << what));
  for (gsize i = 0; i < text->length; i++)
    for (guint at = index.places[place_of (text->lower[i], text->lower[i + 1])]; at > 0;
         at = index.entries[at - 1].next)
      if (match_word (text, i, index.entries[at - 1].word) > 0)
        text->marks[i] |= index.entries[at - 1].mark;
}

static gunichar
to_lower (gunichar c)
{
  return c < 0x80 ? (gunichar) g_ascii_tolower ((char) c) : g_unichar_tolower (c);
}

static char *
to_compatible (const char *text)
{
  g_autofree char *compatible = sek_text_compatible (text);
  /* One character may become eighteen. */
  return sek_text_clip (compatible, -1, SEK_TEXT_BYTES_MAX);
}

SekPasswordText *
sek_password_text_new (const char *source)
{
  g_autofree char *clipped = sek_text_clip (source != NULL ? source : "", -1, SEK_TEXT_BYTES_MAX);
  g_autofree char *compatible = to_compatible (clipped);
  SekPasswordText *text = g_new0 (SekPasswordText, 1);
  glong length = 0;
  text->chars = g_utf8_to_ucs4_fast (compatible, -1, &length);
  for (glong i = 0; i < length; i++)
    if (text->chars[i] != '\r' && (text->chars[i] < 0x80 || !sek_text_is_hidden_char (text->chars[i])))
      text->chars[text->length++] = text->chars[i];
  text->chars[text->length] = 0;
  text->lower = g_new0 (gunichar, text->length + 1);
  text->marks = g_new0 (guint8, text->length + 1);
  for (gsize i = 0; i < text->length; i++)
    text->lower[i] = to_lower (text->chars[i]);
  mark_words (text);
  return text;
}

void
sek_password_text_free (SekPasswordText *text)
{
  g_free (text->chars);
  g_free (text->lower);
  g_free (text->marks);
  g_free (text);
}

static gboolean
is_latin_letter (gunichar c)
{
  return c < 0x250 && g_unichar_isalpha (c);
}

static gboolean
is_katakana (gunichar c)
{
  return c >= 0x30A1 && c <= 0x30FF;
}

/* Both belong to one word of their script. "ZipPass" is two. */
static gboolean
are_joined (const SekPasswordText *text, gsize before)
{
  gunichar a = text->chars[before], b = text->chars[before + 1];
  if (is_latin_letter (a) && is_latin_letter (b))
    return !(g_unichar_islower (a) && g_unichar_isupper (b));
  return is_katakana (a) && is_katakana (b);
}

static gsize
match_word (const SekPasswordText *text, gsize position, const SekWord *word)
{
  gsize at = position;
  for (const char *p = word->word; *p != '\0'; p = g_utf8_next_char (p), at++)
    if (at >= text->length || text->lower[at] != g_utf8_get_char (p))
      return 0;
  if (word->edge == SEK_WORD_WHOLE &&
      ((position > 0 && are_joined (text, position - 1)) || (at < text->length && are_joined (text, at - 1))))
    return 0;
  return at - position;
}

gsize
sek_password_text_match (const SekPasswordText *text, gsize position, const SekWord *table)
{
  gsize longest = 0;
  for (const SekWord *word = table; word->word != NULL; word++)
    longest = MAX (longest, match_word (text, position, word));
  return longest;
}

gsize
sek_password_text_match_before (const SekPasswordText *text, gsize position, const SekWord *table)
{
  gsize longest = 0;
  for (const SekWord *word = table; word->word != NULL; word++)
    {
      gsize length = (gsize) g_utf8_strlen (word->word, -1);
      if (length <= position && length > longest && match_word (text, position - length, word) == length)
        longest = length;
    }
  return longest;
}

gboolean
sek_password_text_has_mark (const SekPasswordText *text, gsize from, gsize to, guint8 mark)
{
  for (gsize i = from; i < to && i < text->length; i++)
    if ((text->marks[i] & mark) != 0)
      return TRUE;
  return FALSE;
}

char *
sek_password_text_slice (const SekPasswordText *text, gsize from, gsize to)
{
  return g_ucs4_to_utf8 (text->chars + from, (glong) (to - from), NULL, NULL, NULL);
}

/* "。" ends a sentence, "." only before a space. */
static gboolean
is_sentence_end (const SekPasswordText *text, gsize position)
{
  gunichar c = text->chars[position], next = text->chars[position + 1];
  if (c == 0x3002 || c == '\n')
    return TRUE;
  return (c == '.' || c == '!' || c == '?') && (next == ' ' || next == '\n' || next == 0);
}

void
sek_password_text_sentence (const SekPasswordText *text, gsize position, gsize after, gsize *from, gsize *to)
{
  *from = position;
  while (*from > 0 && position - *from < SENTENCE_BACK_MAX && !is_sentence_end (text, *from - 1))
    (*from)--;
  *to = after;
  while (*to < text->length && *to - after < SENTENCE_ON_MAX && !is_sentence_end (text, *to))
    (*to)++;
}

gboolean
sek_password_is_token_char (gunichar c)
{
  return (c > ' ' && c < 0x7F) || (c >= 0xC0 && c < 0x250 && g_unichar_isalpha (c)) || c == 0xA3 ||
         c == 0xA7 || c == 0x20AC;
}

gboolean
sek_password_is_opener (gunichar c)
{
  return c != 0 && g_utf8_strchr ("「『【〈《〔〖[({<\"'`“‘‹«„‚*_", -1, c) != NULL;
}

gboolean
sek_password_is_closer (gunichar c)
{
  return c != 0 && g_utf8_strchr ("」』】〉》〕〗])}>\"'`”’›»“‘*_", -1, c) != NULL;
}
