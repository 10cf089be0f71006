/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/core/subject.h"

#include <string.h>

#include "agent/core/limits.h"
#include "agent/core/text.h"

/* Folded words that stand before the colon, by the programs that write them. */
static const struct
{
  const char *word;
  SekSubjectKind kind;
} prefixes[] = {
  /* RFC 5322 §3.6.5, and Outlook, Thunderbird, Gmail in English. */
  { "re", SEK_SUBJECT_REPLY },
  { "fw", SEK_SUBJECT_FORWARD },
  { "fwd", SEK_SUBJECT_FORWARD },
  /* Japanese: Outlook, mobile phones, Cybozu, desknet's. */
  { "返信", SEK_SUBJECT_REPLY },
  { "返", SEK_SUBJECT_REPLY },
  { "ご返信", SEK_SUBJECT_REPLY },
  { "転送", SEK_SUBJECT_FORWARD },
  /* Chinese: Outlook, Foxmail, QQ Mail, in both scripts. */
  { "回复", SEK_SUBJECT_REPLY },
  { "答复", SEK_SUBJECT_REPLY },
  { "回信", SEK_SUBJECT_REPLY },
  { "回覆", SEK_SUBJECT_REPLY },
  { "答覆", SEK_SUBJECT_REPLY },
  { "转发", SEK_SUBJECT_FORWARD },
  { "轉寄", SEK_SUBJECT_FORWARD },
  { "轉發", SEK_SUBJECT_FORWARD },
  /* Korean: Outlook, Naver, Daum. */
  { "답장", SEK_SUBJECT_REPLY },
  { "회신", SEK_SUBJECT_REPLY },
  { "답글", SEK_SUBJECT_REPLY },
  { "전달", SEK_SUBJECT_FORWARD },
  /* German, Dutch: Outlook, Lotus Notes, GroupWise. */
  { "aw", SEK_SUBJECT_REPLY },
  { "antw", SEK_SUBJECT_REPLY },
  { "antwort", SEK_SUBJECT_REPLY },
  { "wg", SEK_SUBJECT_FORWARD },
  { "wtr", SEK_SUBJECT_FORWARD },
  { "weitergeleitet", SEK_SUBJECT_FORWARD },
  { "doorst", SEK_SUBJECT_FORWARD },
  /* French: Outlook, Lotus Notes. */
  { "réf", SEK_SUBJECT_REPLY },
  { "ré", SEK_SUBJECT_REPLY },
  { "rép", SEK_SUBJECT_REPLY },
  { "réponse", SEK_SUBJECT_REPLY },
  { "tr", SEK_SUBJECT_FORWARD },
  /* Italian: Outlook; single letters count, they are what Outlook wrote for years. */
  { "r", SEK_SUBJECT_REPLY },
  { "rif", SEK_SUBJECT_REPLY },
  { "i", SEK_SUBJECT_FORWARD },
  /* Spanish, Portuguese: Outlook, Lotus Notes. */
  { "res", SEK_SUBJECT_REPLY },
  { "rv", SEK_SUBJECT_FORWARD },
  { "reenv", SEK_SUBJECT_FORWARD },
  { "enc", SEK_SUBJECT_FORWARD },
  /* Swedish, Danish, Norwegian, Finnish: Outlook. */
  { "sv", SEK_SUBJECT_REPLY },
  { "vs", SEK_SUBJECT_REPLY },
  { "vb", SEK_SUBJECT_FORWARD },
  { "vl", SEK_SUBJECT_FORWARD },
  /* Polish, Czech, Hungarian, Romanian: Outlook, GroupWise. */
  { "odp", SEK_SUBJECT_REPLY },
  { "vá", SEK_SUBJECT_REPLY },
  { "ats", SEK_SUBJECT_REPLY },
  { "răsp", SEK_SUBJECT_REPLY },
  { "pd", SEK_SUBJECT_FORWARD },
  { "předáno", SEK_SUBJECT_FORWARD },
  { "továbbítás", SEK_SUBJECT_FORWARD },
  /* Turkish: Outlook; the dotted capital folds to i and a dot above. */
  { "ynt", SEK_SUBJECT_REPLY },
  { "yanıt", SEK_SUBJECT_REPLY },
  { "ilt", SEK_SUBJECT_FORWARD },
  { "i̇lt", SEK_SUBJECT_FORWARD },
  /* Russian, Ukrainian: The Bat!, Outlook. */
  { "отв", SEK_SUBJECT_REPLY },
  { "ответ", SEK_SUBJECT_REPLY },
  { "відп", SEK_SUBJECT_REPLY },
  { "пересл", SEK_SUBJECT_FORWARD },
  { "перес", SEK_SUBJECT_FORWARD },
  { "прслн", SEK_SUBJECT_FORWARD },
  /* Greek, Latvian, Indonesian, Welsh: Outlook. */
  { "απ", SEK_SUBJECT_REPLY },
  { "σχετ", SEK_SUBJECT_REPLY },
  { "atb", SEK_SUBJECT_REPLY },
  { "bls", SEK_SUBJECT_REPLY },
  { "πρθ", SEK_SUBJECT_FORWARD },
  { "trs", SEK_SUBJECT_FORWARD },
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

static gboolean
find_word (const char *word, SekSubjectKind *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (strcmp (word, prefixes[i].word) == 0)
      {
        *kind = prefixes[i].kind;
        return TRUE;
      }
  return FALSE;
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
  return find_word (word, kind) ? g_utf8_next_char (end) : NULL;
}

/* Reads "【返信】" or "[Fwd] ", which phones and groupware write instead of a word and a colon. Returns the
 * byte behind it, or NULL when the brackets hold something else. */
static const char *
read_bracketed_prefix (const char *p, SekSubjectKind *kind)
{
  gunichar open = g_utf8_get_char (p);
  if (open != 0x3010 && open != '[' && open != 0xFF3B)
    return NULL;
  const char *begin = g_utf8_next_char (p), *end = begin;
  for (guint i = 0; i < PREFIX_CHARS_MAX && *end != '\0' && strchr ("]", *end) == NULL &&
                    g_utf8_get_char (end) != 0x3011 && g_utf8_get_char (end) != 0xFF3D;
       i++)
    end = g_utf8_next_char (end);
  gunichar close = g_utf8_get_char (end);
  if (close != ']' && close != 0x3011 && close != 0xFF3D)
    return NULL;
  g_autofree char *written = g_strndup (begin, (gsize) (end - begin));
  g_autofree char *word = sek_text_fold (written);
  /* A single letter in brackets is a list's or a team's mark. */
  return g_utf8_strlen (word, -1) > 1 && find_word (word, kind) ? g_utf8_next_char (end) : NULL;
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
      if (after == NULL)
        after = read_bracketed_prefix (p, &kind);
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
