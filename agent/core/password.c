/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/core/password.h"

#include <string.h>

#include "agent/core/limits.h"
#include "agent/core/mailbox.h"
#include "agent/core/text.h"

/* NFKC has made full-width letters, digits and signs ASCII before these are used. */
#define WORD                                                                                                 \
  "(?:パスワード|パスコード|暗証番号|解凍キー|パス(?=[ \\t]*[:=「【])"                 \
  "|pass[ -]?words?|pass[ -]?codes?|passwd|passphrase|\\bpass\\b|\\bpwd\\b|\\bp/?w\\b"                       \
  "|pass?wort|kennwort|mot de passe|contraseñas?|\\bclave\\b|\\bsenha\\b|password d'accesso|parola chiave"  \
  "|密码|密碼|비밀번호|암호)"
/* One run of ASCII that could be typed: letters first in mind, signs allowed. */
#define TOKEN "([!-~]{3,40})"
#define OPEN "[\\s「『【\\[(\"'<“‘`*_]*"

typedef enum
{
  STRICT, /* anything may stand here by chance: it must look like a password */
  LENIENT /* a colon, an equals sign or brackets announce it: any word that is no filler */
} Strictness;

static const struct
{
  const char *pattern;
  Strictness strictness;
} grammar[] = {
  /* "Password: abc", "解凍パスワード＝abc", "password for the file: abc" */
  { WORD "[^\\n:=]{0,40}?[ \\t]*(?:[:=](?!//)|→|⇒)" OPEN TOKEN, LENIENT },
  /* "パスワードは「abc」です", "パスワード【abc】" */
  { WORD "[^\\n]{0,16}?[「『【\\[(\"“]" TOKEN "[」』】\\])\"”]", LENIENT },
  /* "パスワードは abc123 です", "the password is abc123" */
  { WORD "[^\\n:=]{0,24}?(?:は|が|\\bis\\b|\\bist\\b|\\best\\b|è|\\bes\\b|é|是|为|為)" OPEN TOKEN, STRICT },
  /* "パスワード abc123" */
  { WORD "[ \\t]+" TOKEN, STRICT },
  /* the token alone on one of the next lines */
  { WORD "[^\\n]{0,60}\\n(?:[ \\t>]*\\n){0,2}[ \\t>・*-]*" OPEN TOKEN
         "[」』】\\])\"”]?[ \\t]*(?:です[。]?)?[ \\t]*(?:\\n|$)",
    STRICT },
};

static const char *const fillers[] = {
  "see",      "below",     "will",  "sent",   "the",      "your",  "separately", "separate",
  "follows",  "following", "later", "next",   "mail",     "email", "e-mail",     "please",
  "required", "protected", "reset", "change", "attached", "none",  "n/a",        "and",
  "or",       "for",       "not",   "same",   "to",       "with",  "http",       "https",
  "mailto",   "tel",       "login", "user",   "username", "this",  "that",       "zip",
};

/* A sentence that says the password comes another way: nothing on this line or the next is the password. */
static gboolean
comes_separately (const char *text)
{
  static const char *const words[] = { "別途",       "別メール",   "別のメール",   "別便",
                                       "後ほど",     "のちほど",   "後送",         "追って",
                                       "次のメール", "separate",   "another mail", "another email",
                                       "next mail",  "next email", "by phone",     "お電話",
                                       "電話で",     "gesondert",  "séparément" };
  g_autofree char *folded = sek_text_fold (text);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (folded, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
looks_like_password (const char *token)
{
  gboolean digit = FALSE, sign = FALSE, inner_capital = FALSE;
  for (const char *p = token; *p != '\0'; p++)
    {
      digit = digit || g_ascii_isdigit (*p);
      sign = sign || strchr ("!#$%&*+?@^~", *p) != NULL;
      inner_capital = inner_capital || (p > token && g_ascii_isupper (*p) && g_ascii_islower (p[-1]));
    }
  return digit || sign || inner_capital;
}

static gboolean
is_acceptable (const char *token, Strictness strictness)
{
  if (strlen (token) < 3 || strstr (token, "://") != NULL || g_str_has_prefix (token, "www."))
    return FALSE;
  gboolean alphanumeric = FALSE;
  for (const char *p = token; *p != '\0' && !alphanumeric; p++)
    alphanumeric = g_ascii_isalnum (*p);
  if (!alphanumeric)
    return FALSE;
  g_autofree char *lower = g_ascii_strdown (token, -1);
  for (gsize i = 0; i < G_N_ELEMENTS (fillers); i++)
    if (g_str_equal (lower, fillers[i]))
      return FALSE;
  g_auto (GStrv) addresses =
      strchr (token, '@') != NULL ? sek_addr_spec_find_all (token) : g_new0 (char *, 1);
  return addresses[0] == NULL && (strictness == LENIENT || looks_like_password (token));
}

/* Takes off the punctuation and quotes that belong to the sentence. */
static char *
trim_token (const char *token)
{
  const char *start = token;
  while (*start != '\0' && strchr ("\"'`<([{*_", *start) != NULL)
    start++;
  char *trimmed = g_strdup (start);
  for (gsize length = strlen (trimmed); length > 0 && strchr (".,;:\"'`>)]}*_", trimmed[length - 1]) != NULL;)
    trimmed[--length] = '\0';
  return trimmed;
}

static void
collect (const char *text, gsize row, GPtrArray *found)
{
  g_autoptr (GRegex) regex =
      g_regex_new (grammar[row].pattern, G_REGEX_CASELESS | G_REGEX_OPTIMIZE, G_REGEX_MATCH_DEFAULT, NULL);
  g_assert (regex != NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_regex_match (regex, text, 0, &match);
  for (guint i = 0;
       i < SEK_PASSWORDS_MAX * 4 && found->len < SEK_PASSWORDS_MAX && g_match_info_matches (match); i++)
    {
      g_autofree char *whole = g_match_info_fetch (match, 0);
      g_autofree char *token = g_match_info_fetch (match, 1);
      g_autofree char *trimmed = trim_token (token);
      if (is_acceptable (trimmed, grammar[row].strictness) &&
          !(grammar[row].strictness == STRICT && comes_separately (whole)) &&
          !g_ptr_array_find_with_equal_func (found, trimmed, g_str_equal, NULL))
        g_ptr_array_add (found, g_steal_pointer (&trimmed));
      if (!g_match_info_next (match, NULL))
        break;
    }
}

char **
sek_password_candidates (const char *text)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_null_terminated (0, g_free, TRUE);
  g_autofree char *clipped = sek_text_clip (text != NULL ? text : "", -1, SEK_TEXT_BYTES_MAX);
  g_autofree char *compatible = g_utf8_normalize (clipped, -1, G_NORMALIZE_NFKC);
  for (gsize row = 0; row < G_N_ELEMENTS (grammar); row++)
    collect (compatible, row, found);
  if (found->len == 0)
    return g_new0 (char *, 1);
  return (char **) g_ptr_array_steal (found, NULL);
}
