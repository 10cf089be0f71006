/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/core/password.h"

#include <string.h>

#include "agent/core/limits.h"
#include "agent/core/password-private.h"

#define GAP_MAX 40 /* characters between "password" and the sign that announces it */
#define GAP_QUOTED_MAX 16
#define GAP_SAID_MAX 24
#define REST_MAX 60 /* of the line, when the password stands on a next one */
#define LINES_MAX 6 /* next lines with one password each */
#define BLANK_LINES_MAX 2
#define LABEL_MAX 40    /* "file.zip: abc123" */
#define FOLLOWERS_MAX 4 /* "abc123 or def456" */
#define WORDS_MAX 4000  /* mentions of a password that are followed */

/* One mention while it is being read. */
typedef struct
{
  const SekPasswordText *text;
  gsize start; /* of the word, and behind it */
  gsize end;
  GArray *candidates; /* SekCandidate */
} Mention;

static gsize
skip (const SekPasswordText *text, gsize at, const char *chars)
{
  while (text->chars[at] != 0 && g_utf8_strchr (chars, -1, text->chars[at]) != NULL)
    at++;
  return at;
}

/* Behind what may stand in front of a token: spaces, brackets, quotes. */
static gsize
skip_openers (const SekPasswordText *text, gsize at)
{
  while (text->chars[at] == ' ' || text->chars[at] == '\t' ||
         (text->chars[at] >= 0x80 && sek_password_is_opener (text->chars[at])))
    at++;
  return at;
}

static gboolean
is_separate (const Mention *mention, gsize to)
{
  gsize from, end;
  sek_password_text_sentence (mention->text, mention->start, mention->end, &from, &end);
  return sek_password_text_has_mark (mention->text, from, to > 0 ? to : end, SEK_MARK_SEPARATELY);
}

/* A token and those that follow it: "abc123 または def456". */
static gboolean
take_list (const Mention *mention, gsize at, SekTokenDemand demand, guint rank)
{
  const SekPasswordText *text = mention->text;
  gsize end = 0;
  at = skip_openers (text, at);
  /* What stands in front of the token decides when a sign announces it, else all of the sentence. */
  if (is_separate (mention, demand == SEK_TOKEN_LENIENT ? at : 0) ||
      !sek_password_take_token (text, at, demand, rank, mention->candidates, &end))
    return FALSE;
  for (guint i = 0; i < FOLLOWERS_MAX; i++)
    {
      gsize next = skip (text, end, " \t、,/|;・」』】〉》)]");
      gsize joint = sek_password_text_match (text, next, sek_password_joints);
      if (next == end && joint == 0)
        break;
      next = skip_openers (text, next + joint);
      if (!sek_password_take_token (text, next, SEK_TOKEN_STRICT, SEK_RANK_VARIANT, mention->candidates,
                                    &end))
        break;
    }
  return TRUE;
}

static gboolean
is_announcer (const SekPasswordText *text, gsize at)
{
  gunichar c = text->chars[at];
  if (c == ':')
    return text->chars[at + 1] != '/' || text->chars[at + 2] != '/';
  return c != 0 && g_utf8_strchr ("=→⇒➡➔⇨►▶»>＞", -1, c) != NULL;
}

/* "パスワード【abc123】": a token and nothing else in brackets. */
static gboolean
take_quoted (const Mention *mention, gsize at)
{
  const SekPasswordText *text = mention->text;
  gsize start = skip (text, at + 1, " \t"), end = start;
  while (sek_password_is_token_char (text->chars[end]) && !sek_password_is_closer (text->chars[end]))
    end++;
  gsize close = skip (text, end, " \t");
  return end > start && sek_password_is_closer (text->chars[close]) &&
         take_list (mention, start, SEK_TOKEN_LENIENT, SEK_RANK_WORD);
}

/* What stands at one place of the gap behind "password". */
static gboolean
take_at (const Mention *mention, gsize at, gboolean only_spaces)
{
  const SekPasswordText *text = mention->text;
  gunichar c = text->chars[at];
  gsize gap = at - mention->end;
  if (is_announcer (text, at))
    return take_list (mention, at + 1, SEK_TOKEN_LENIENT, SEK_RANK_WORD);
  if (gap <= GAP_QUOTED_MAX && sek_password_is_opener (c) && take_quoted (mention, at))
    return TRUE;
  if (only_spaces && g_utf8_strchr ("/|-–—~_・.", -1, c) != NULL)
    return take_list (mention, skip (text, at, " /|-–—~_・."), SEK_TOKEN_STRICT, SEK_RANK_BESIDE);
  gsize copula = gap <= GAP_SAID_MAX && g_unichar_isalpha (c)
                     ? sek_password_text_match (text, at, sek_password_copulas)
                     : 0;
  if (copula > 0 && take_list (mention, skip (text, at + copula, " \t、,"), SEK_TOKEN_STRICT, SEK_RANK_SAID))
    return TRUE;
  /* "パスワード abc123", "パスワードabc123", but not "password123", which may be one itself. */
  gboolean beside = gap > 0 || mention->text->chars[mention->end - 1] >= 0x250;
  return only_spaces && beside && c != ' ' && c != '\t' && sek_password_is_token_char (c) &&
         take_list (mention, at, SEK_TOKEN_STRICT, SEK_RANK_BESIDE);
}

static gboolean
take_on_line (const Mention *mention)
{
  const SekPasswordText *text = mention->text;
  gboolean only_spaces = TRUE;
  for (gsize at = mention->end; at < text->length && at - mention->end <= GAP_MAX; at++)
    {
      gunichar c = text->chars[at];
      /* What stands behind the next mention belongs to that one. */
      if (c == '\n' || c == 0x3002 || (c == '.' && text->chars[at + 1] == ' ') ||
          (text->marks[at] & SEK_MARK_PASSWORD) != 0)
        return FALSE;
      if (take_at (mention, at, only_spaces))
        return TRUE;
      only_spaces = only_spaces && (c == ' ' || c == '\t' || (c >= 0x80 && sek_password_is_opener (c)));
    }
  return FALSE;
}

static gsize
line_end (const SekPasswordText *text, gsize at, gsize max)
{
  gsize end = at;
  while (end < text->length && text->chars[end] != '\n' && end - at < max)
    end++;
  return end;
}

/* Only brackets, "です" and stops behind a token. */
static gboolean
ends_line (const SekPasswordText *text, gsize at)
{
  while (at < text->length && text->chars[at] != '\n' &&
         (sek_password_is_closer (text->chars[at]) ||
          g_utf8_strchr (" \tですにな。.", -1, text->chars[at]) != NULL))
    at++;
  return at >= text->length || text->chars[at] == '\n';
}

/* Takes the password of one of the next lines: a token alone, or behind a label and a colon. */
static gboolean
take_line (const Mention *mention, gsize at, SekTokenDemand demand)
{
  const SekPasswordText *text = mention->text;
  gsize start = skip (text, at, " \t>・*-■◆●○→⇒「『【〈《(["), end = start;
  while (sek_password_is_token_char (text->chars[end]) && end - start <= REST_MAX)
    end++;
  g_autofree char *line = sek_password_text_slice (text, start, line_end (text, start, REST_MAX));
  if (end > start && ends_line (text, end) &&
      sek_password_take_token (text, start, demand, SEK_RANK_NEXT_LINE, mention->candidates, &end))
    return TRUE;
  /* A file's name may stand above its password. */
  if (sek_password_is_impossible (g_strstrip (line)))
    return TRUE;
  gsize stop = line_end (text, start, LABEL_MAX);
  for (gsize i = start; i < stop; i++)
    if (is_announcer (text, i) && text->chars[i] != '>')
      return sek_password_take_token (text, skip_openers (text, i + 1), SEK_TOKEN_STRICT, SEK_RANK_NEXT_LINE,
                                      mention->candidates, &end);
  return FALSE;
}

static void
take_on_next_lines (const Mention *mention)
{
  const SekPasswordText *text = mention->text;
  gsize at = line_end (text, mention->end, REST_MAX + 1);
  if (at - mention->end > REST_MAX || is_separate (mention, at))
    return;
  SekTokenDemand demand = SEK_TOKEN_STRICT;
  for (gsize i = mention->end; i < at; i++)
    if (is_announcer (text, i))
      demand = SEK_TOKEN_LENIENT;
  guint blank = 0, lines = 0;
  while (at < text->length && blank <= BLANK_LINES_MAX && lines < LINES_MAX)
    {
      at++;
      gsize content = skip (text, at, " \t>");
      if (text->chars[content] == '\n')
        blank++;
      else if (lines++, !take_line (mention, content, demand))
        return;
      at = line_end (text, content, text->length);
    }
}

/* "abc123 がパスワードです": position is behind the token, links stand between. */
static void
take_before (const Mention *mention, const SekWord *links)
{
  const SekPasswordText *text = mention->text;
  gsize at = mention->start;
  while (at > 0 && text->chars[at - 1] == ' ')
    at--;
  gsize link = links != NULL ? sek_password_text_match_before (text, at, links) : 0;
  if (links != NULL && link == 0)
    return;
  at -= link;
  while (at > 0 && (text->chars[at - 1] == ' ' || sek_password_is_closer (text->chars[at - 1])))
    at--;
  gsize start = at, end;
  while (start > 0 && at - start < GAP_MAX && sek_password_is_token_char (text->chars[start - 1]))
    start--;
  if (start < at && !is_separate (mention, 0))
    sek_password_take_token (text, start, SEK_TOKEN_STRICT, SEK_RANK_BEFORE, mention->candidates, &end);
}

static void
note_described (const Mention *mention, gboolean described[])
{
  gsize from, to;
  sek_password_text_sentence (mention->text, mention->start, mention->end, &from, &to);
  for (guint what = 0; what < SEK_N_DESCRIBED; what++)
    if (sek_password_text_has_mark (mention->text, from, to, (guint8) (SEK_MARK_DESCRIBED << what)))
      described[what] = TRUE;
}

static void
read_mention (const Mention *mention, gboolean described[])
{
  if (!take_on_line (mention))
    take_on_next_lines (mention);
  take_before (mention, sek_password_links_before);
  note_described (mention, described);
}

static int
compare_ranks (gconstpointer a, gconstpointer b)
{
  return (int) ((const SekCandidate *) a)->rank - (int) ((const SekCandidate *) b)->rank;
}

static void
candidate_clear (gpointer data)
{
  g_free (((SekCandidate *) data)->password);
}

static char **
surest (GArray *candidates)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  /* g_array_sort is stable. */
  g_array_sort (candidates, compare_ranks);
  for (guint i = 0; i < candidates->len && i < SEK_PASSWORDS_MAX; i++)
    g_ptr_array_add (list, g_strdup (g_array_index (candidates, SekCandidate, i).password));
  g_ptr_array_add (list, NULL);
  return (char **) g_ptr_array_steal (list, NULL);
}

char **
sek_password_read (const char *source, gint64 date, gboolean described[])
{
  g_autoptr (SekPasswordText) text = sek_password_text_new (source);
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (SekCandidate));
  g_array_set_clear_func (candidates, candidate_clear);
  guint mentions = 0;
  for (gsize i = 0; i < text->length && mentions < WORDS_MAX; i++)
    {
      Mention mention = { text, i, i, candidates };
      if ((text->marks[i] & SEK_MARK_USE) != 0)
        take_before (&mention, NULL);
      if ((text->marks[i] & SEK_MARK_PASSWORD) == 0)
        continue;
      mentions++;
      mention.end = i + sek_password_text_match (text, i, sek_password_words);
      read_mention (&mention, described);
      i = mention.end - 1;
    }
  sek_password_add_described (text, described, date, candidates);
  return surest (candidates);
}

char **
sek_password_candidates (const char *text, gint64 date)
{
  gboolean described[SEK_N_DESCRIBED] = { FALSE };
  return sek_password_read (text, date, described);
}
