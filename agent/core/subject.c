/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/core/subject.h"

#include <string.h>

#include "agent/core/limits.h"
#include "agent/core/text.h"

/* Folded words that stand before the colon. Sources: the translations of Outlook, Thunderbird, Lotus Notes
 * and the web mailers of each country. */
static const struct
{
  const char *word;
  SekSubjectKind kind;
} prefixes[] = {
  { "re", SEK_SUBJECT_REPLY },       { "返信", SEK_SUBJECT_REPLY },    { "返", SEK_SUBJECT_REPLY },
  { "回信", SEK_SUBJECT_REPLY },     { "aw", SEK_SUBJECT_REPLY },      { "antw", SEK_SUBJECT_REPLY },
  { "antwort", SEK_SUBJECT_REPLY },  { "réf", SEK_SUBJECT_REPLY },     { "réponse", SEK_SUBJECT_REPLY },
  { "ré", SEK_SUBJECT_REPLY },       { "rép", SEK_SUBJECT_REPLY },     { "r", SEK_SUBJECT_REPLY },
  { "rif", SEK_SUBJECT_REPLY },      { "res", SEK_SUBJECT_REPLY },     { "sv", SEK_SUBJECT_REPLY },
  { "vs", SEK_SUBJECT_REPLY },       { "odp", SEK_SUBJECT_REPLY },     { "ynt", SEK_SUBJECT_REPLY },
  { "atb", SEK_SUBJECT_REPLY },      { "bls", SEK_SUBJECT_REPLY },     { "отв", SEK_SUBJECT_REPLY },
  { "ответ", SEK_SUBJECT_REPLY },    { "απ", SEK_SUBJECT_REPLY },      { "回复", SEK_SUBJECT_REPLY },
  { "答复", SEK_SUBJECT_REPLY },     { "回覆", SEK_SUBJECT_REPLY },    { "答覆", SEK_SUBJECT_REPLY },
  { "답장", SEK_SUBJECT_REPLY },     { "회신", SEK_SUBJECT_REPLY },    { "fw", SEK_SUBJECT_FORWARD },
  { "fwd", SEK_SUBJECT_FORWARD },    { "転送", SEK_SUBJECT_FORWARD },  { "wg", SEK_SUBJECT_FORWARD },
  { "wtr", SEK_SUBJECT_FORWARD },    { "tr", SEK_SUBJECT_FORWARD },    { "i", SEK_SUBJECT_FORWARD },
  { "rv", SEK_SUBJECT_FORWARD },     { "reenv", SEK_SUBJECT_FORWARD }, { "enc", SEK_SUBJECT_FORWARD },
  { "doorst", SEK_SUBJECT_FORWARD }, { "vb", SEK_SUBJECT_FORWARD },    { "vl", SEK_SUBJECT_FORWARD },
  { "pd", SEK_SUBJECT_FORWARD },     { "ilt", SEK_SUBJECT_FORWARD },   { "trs", SEK_SUBJECT_FORWARD },
  { "пересл", SEK_SUBJECT_FORWARD }, { "πρθ", SEK_SUBJECT_FORWARD },   { "转发", SEK_SUBJECT_FORWARD },
  { "轉寄", SEK_SUBJECT_FORWARD },   { "전달", SEK_SUBJECT_FORWARD },
};

#define PREFIX_CHARS_MAX 16 /* "Antwort [12] :" fits */
#define ROUNDS_MAX 24       /* tags and prefixes taken off one subject */

static gboolean
is_colon (gunichar c)
{
  return c == ':' || c == 0xFF1A || c == 0xFE55 || c == 0xA789 || c == 0x2236;
}

/* Cuts a counter off a folded word: "re[2]", "re(2)", "re^2", "re*2", "re2", "re 2". */
static void
cut_counter (char *word)
{
  gsize end = strlen (word);
  while (end > 0 && (g_ascii_isdigit (word[end - 1]) || strchr ("[]()^* .", word[end - 1]) != NULL))
    end--;
  word[end] = '\0';
}

/* Reads one prefix at p. Returns the byte after its colon, or NULL when there is none. */
static const char *
read_prefix (const char *p, SekSubjectKind *kind)
{
  const char *end = p;
  for (guint i = 0; i < PREFIX_CHARS_MAX && *end != '\0' && !is_colon (g_utf8_get_char (end)); i++)
    end = g_utf8_next_char (end);
  if (end == p || *end == '\0' || !is_colon (g_utf8_get_char (end)))
    return NULL;

  g_autofree char *written = g_strndup (p, (gsize) (end - p));
  g_autofree char *word = sek_text_fold (written);
  cut_counter (word);
  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (strcmp (word, prefixes[i].word) == 0)
      {
        *kind = prefixes[i].kind;
        return g_utf8_next_char (end);
      }
  return NULL;
}

/* Skips one tag such as "[list 12]", "【重要】" or "(ml-name 123)" that has more text behind it; NULL when
 * there is none. */
static const char *
skip_tag (const char *p)
{
  gunichar open = g_utf8_get_char (p), close;
  switch (open)
    {
    case '[':
      close = ']';
      break;
    case '(':
      close = ')';
      break;
    case 0x3010:
      close = 0x3011;
      break;
    case 0xFF3B:
      close = 0xFF3D;
      break;
    default:
      return NULL;
    }
  gboolean digit = FALSE;
  for (guint i = 0; i < 60 && *p != '\0'; i++, p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      digit = digit || g_unichar_isdigit (c);
      if (c != close)
        continue;
      p = g_utf8_next_char (p);
      /* Round brackets begin ordinary subjects too; only the numbered ones are a mailing list's. */
      return open != '(' || digit ? p : NULL;
    }
  return NULL;
}

static const char *
skip_space (const char *p)
{
  while (*p != '\0' &&
         (g_unichar_isspace (g_utf8_get_char (p)) || sek_text_is_hidden_char (g_utf8_get_char (p))))
    p = g_utf8_next_char (p);
  return p;
}

SekSubject *
sek_subject_parse (const char *text)
{
  SekSubject *subject = g_new0 (SekSubject, 1);
  g_autofree char *clipped = sek_text_clip (text != NULL ? text : "", -1, SEK_SUBJECT_CHARS_MAX * 4);
  const char *p = skip_space (clipped);
  for (guint round = 0; round < ROUNDS_MAX; round++)
    {
      SekSubjectKind kind;
      const char *after = read_prefix (p, &kind);
      if (after != NULL && subject->prefix == NULL)
        {
          subject->kind = kind;
          subject->prefix = g_strndup (p, (gsize) (after - p));
        }
      if (after == NULL)
        after = skip_tag (p);
      if (after == NULL)
        break;
      after = skip_space (after);
      /* A subject that is nothing but a tag keeps it. */
      if (*after == '\0' && subject->prefix == NULL)
        break;
      p = after;
    }
  subject->bare = g_strdup (p);
  subject->normal = sek_text_fold (p);
  return subject;
}

void
sek_subject_free (SekSubject *subject)
{
  if (subject == NULL)
    return;
  g_free (subject->prefix);
  g_free (subject->bare);
  g_free (subject->normal);
  g_free (subject);
}
