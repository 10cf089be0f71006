/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "agent/core/limits.h"
#include "agent/core/mailbox.h"
#include "agent/core/password-private.h"

#define TOKEN_CHARS_MIN 3
#define TOKEN_CHARS_MAX 64
#define GROUPS_MAX 16 /* "12 34 56 78" */
#define HALVES_MAX 4

/* What belongs to the sentence rather than to the password at its ends. */
#define TRIM_START "\"'`<([{*_>"
#define TRIM_END ".,;:\"'`>)]}([{<*_"

static const char *const file_endings[] = { ".zip", ".7z",   ".rar",  ".lzh",  ".pdf", ".xls",  ".xlsx",
                                            ".doc", ".docx", ".xlsm", ".docm", ".ppt", ".pptx", ".exe",
                                            ".csv", ".txt",  ".html", ".com",  ".jp" };

void
sek_password_candidate_add (GArray *candidates, char *password, guint rank)
{
  gsize length = strlen (password);
  gboolean known =
      length < TOKEN_CHARS_MIN || length > SEK_PASSWORD_BYTES_MAX || candidates->len >= SEK_PASSWORDS_MAX * 4;
  for (guint i = 0; i < candidates->len && !known; i++)
    {
      SekCandidate *candidate = &g_array_index (candidates, SekCandidate, i);
      known = g_str_equal (candidate->password, password);
      if (known)
        candidate->rank = MIN (candidate->rank, rank);
    }
  SekCandidate candidate = { password, rank };
  if (known)
    g_free (password);
  else
    g_array_append_val (candidates, candidate);
}

gboolean
sek_password_looks_like_one (const char *token)
{
  for (const char *p = token; *p != '\0'; p++)
    if (g_ascii_isdigit (*p) || strchr ("!#$%&*+?@^~", *p) != NULL ||
        (p > token && g_ascii_isupper (*p) && g_ascii_islower (p[-1])))
      return TRUE;
  return FALSE;
}

static gboolean
ends_like_a_file (const char *lower)
{
  for (gsize i = 0; i < G_N_ELEMENTS (file_endings); i++)
    if (g_str_has_suffix (lower, file_endings[i]))
      return TRUE;
  return FALSE;
}

gboolean
sek_password_is_impossible (const char *token)
{
  gboolean alphanumeric = FALSE;
  for (const char *p = token; *p != '\0' && !alphanumeric; p = g_utf8_next_char (p))
    alphanumeric = g_unichar_isalnum (g_utf8_get_char (p));
  g_autofree char *lower = g_utf8_strdown (token, -1);
  if (!alphanumeric || strstr (token, "://") != NULL || g_str_has_prefix (lower, "www.") ||
      ends_like_a_file (lower) || g_strv_contains (sek_password_fillers, lower))
    return TRUE;
  g_auto (GStrv) addresses = strchr (token, '@') != NULL ? sek_addr_spec_find_all (token) : NULL;
  return addresses != NULL && addresses[0] != NULL;
}

static char *
trim (const char *token)
{
  const char *start = token + strspn (token, TRIM_START);
  char *trimmed = g_strdup (start);
  for (gsize length = strlen (trimmed); length > 0 && strchr (TRIM_END, trimmed[length - 1]) != NULL;)
    trimmed[--length] = '\0';
  return trimmed;
}

/* "8 characters", "24時間": counted, not typed. */
static gboolean
is_counted (const SekPasswordText *text, gsize end)
{
  while (text->chars[end] == ' ')
    end++;
  return sek_password_text_match (text, end, sek_password_counters) > 0;
}

/* "12 34 56", "K d 9 2": groups that a single space parts, each as short as the first. Joined, newly
 * allocated; NULL when there is one group only. *end: behind the last. */
static char *
join_groups (const SekPasswordText *text, gsize position, gsize *end)
{
  g_autoptr (GString) joined = g_string_new (NULL);
  gsize at = position, first = 0;
  guint groups = 0;
  while (groups < GROUPS_MAX)
    {
      gsize length = 0;
      gboolean digits = TRUE;
      for (; length <= 8 && sek_password_is_token_char (text->chars[at + length]); length++)
        digits = digits && g_unichar_isdigit (text->chars[at + length]);
      if (length == 0 || length > 8 || !(digits || length == 1) || (groups > 0 && length > first))
        break;
      first = groups == 0 ? length : first;
      for (gsize i = 0; i < length; i++)
        g_string_append_unichar (joined, text->chars[at + i]);
      groups++;
      *end = at + length;
      at += length + 1;
      if (text->chars[at - 1] != ' ')
        break;
    }
  return groups > 1 ? g_strdup (joined->str) : NULL;
}

/* Readings of a token that are less likely: all of it, its halves, without hyphens. */
static void
add_variants (const char *raw, gboolean quoted, const char *trimmed, GArray *candidates)
{
  gsize stop = strlen (raw);
  while (stop > 0 && strchr (".,;:", raw[stop - 1]) != NULL)
    stop--;
  gboolean from_start = g_str_has_prefix (raw, trimmed), to_end = stop == strlen (trimmed);
  /* A sign at one end may belong to it; at both they are quotes. */
  if (!quoted && (from_start ? !to_end : stop == strlen (trimmed) + strspn (raw, TRIM_START)))
    sek_password_candidate_add (candidates, g_strdup (raw), SEK_RANK_VARIANT);
  gsize length = strlen (trimmed);
  if (length > 0 && strchr ("!?", trimmed[length - 1]) != NULL)
    sek_password_candidate_add (candidates, g_strndup (trimmed, length - 1), SEK_RANK_VARIANT);
  if (strpbrk (trimmed, "/,|;") != NULL)
    {
      g_auto (GStrv) parts = g_strsplit_set (trimmed, "/,|;", HALVES_MAX);
      for (char **part = parts; *part != NULL; part++)
        if (!sek_password_is_impossible (*part))
          sek_password_candidate_add (candidates, g_strdup (*part), SEK_RANK_VARIANT);
    }
  if (strchr (trimmed, '-') != NULL && trimmed[strspn (trimmed, "0123456789-")] == '\0')
    {
      g_auto (GStrv) groups = g_strsplit (trimmed, "-", -1);
      sek_password_candidate_add (candidates, g_strjoinv ("", groups), SEK_RANK_VARIANT);
    }
}

gboolean
sek_password_take_token (const SekPasswordText *text,
                         gsize position,
                         SekTokenDemand demand,
                         guint rank,
                         GArray *candidates,
                         gsize *end)
{
  gsize stop = position;
  while (stop - position <= TOKEN_CHARS_MAX && sek_password_is_token_char (text->chars[stop]))
    stop++;
  if (stop == position || stop - position > TOKEN_CHARS_MAX)
    return FALSE;
  g_autofree char *raw = sek_password_text_slice (text, position, stop);
  g_autofree char *trimmed = trim (raw);
  gsize joined_end = stop;
  g_autofree char *joined = join_groups (text, position, &joined_end);
  *end = joined != NULL ? MAX (stop, joined_end) : stop;
  gboolean looks = sek_password_looks_like_one (trimmed);
  gboolean counted = is_counted (text, stop) && (demand == SEK_TOKEN_STRICT || strlen (trimmed) < 3);
  gboolean taken = g_utf8_strlen (trimmed, -1) >= TOKEN_CHARS_MIN && !sek_password_is_impossible (trimmed) &&
                   !counted && (looks || demand == SEK_TOKEN_LENIENT);
  if (taken)
    {
      guint known_rank = looks && rank == SEK_RANK_WORD ? SEK_RANK_ANNOUNCED : rank;
      sek_password_candidate_add (candidates, g_strdup (trimmed), known_rank);
      gboolean quoted = position > 0 && sek_password_is_opener (text->chars[position - 1]);
      add_variants (raw, quoted, trimmed, candidates);
    }
  if (joined != NULL && strlen (joined) > TOKEN_CHARS_MIN && !is_counted (text, *end))
    {
      sek_password_candidate_add (candidates, g_strdup (joined), taken ? SEK_RANK_VARIANT : rank);
      taken = TRUE;
    }
  return taken;
}
