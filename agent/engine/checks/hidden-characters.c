/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Characters that nobody sees, in names, addresses and subjects: they turn the order of letters around or
 * split a name so that no filter finds it. Most of them have honest uses in some script, which the tables
 * name. Sources: Unicode Standard Annex 9 (bidi), UTS 36 §2.11.2, UTS 51 (emoji), the Standard's chapters 9
 * to 13 (joiners) and 23.2 (layout controls). */
#include "agent/engine/check.h"

/* What the neighbours of a character must be for it to be honest. */
typedef enum
{
  HONEST_NEVER,
  HONEST_WITH_JOINING, /* shapes letters */
  HONEST_AS_BREAK,     /* marks where a line may break, in scripts without spaces */
  HONEST_WITH_HANGUL,  /* stands in for a missing part of a syllable */
  HONEST_IN_WORDS,     /* says where a word may be broken */
} Honest;

static const struct
{
  gunichar first, last;
  Honest honest;
} splitters[] = {
  { 0x00AD, 0x00AD, HONEST_IN_WORDS },     /* soft hyphen */
  { 0x034F, 0x034F, HONEST_NEVER },        /* combining grapheme joiner */
  { 0x115F, 0x1160, HONEST_WITH_HANGUL },  /* hangul fillers */
  { 0x17B4, 0x17B5, HONEST_WITH_JOINING }, /* Khmer inherent vowels */
  { 0x180E, 0x180E, HONEST_WITH_JOINING }, /* Mongolian vowel separator */
  { 0x200B, 0x200B, HONEST_AS_BREAK },     /* zero width space */
  { 0x200C, 0x200D, HONEST_WITH_JOINING }, /* zero width non-joiner and joiner */
  { 0x200E, 0x200F, HONEST_NEVER },        /* marks of direction; beside such text they are not looked at */
  { 0x2060, 0x2060, HONEST_AS_BREAK },     /* word joiner */
  { 0x2061, 0x2064, HONEST_NEVER },        /* invisible operators */
  { 0x3164, 0x3164, HONEST_WITH_HANGUL },  /* hangul filler */
  { 0xFEFF, 0xFEFF, HONEST_NEVER },        /* byte order mark */
  { 0xFFA0, 0xFFA0, HONEST_WITH_HANGUL },  /* half-width hangul filler */
  { 0xE0001, 0xE007F, HONEST_NEVER },      /* tags: flags of regions, which are no letters */
};

static const GUnicodeScript joining[] = {
  G_UNICODE_SCRIPT_ARABIC,     G_UNICODE_SCRIPT_SYRIAC,     G_UNICODE_SCRIPT_NKO,
  G_UNICODE_SCRIPT_MONGOLIAN,  G_UNICODE_SCRIPT_DEVANAGARI, G_UNICODE_SCRIPT_BENGALI,
  G_UNICODE_SCRIPT_GURMUKHI,   G_UNICODE_SCRIPT_GUJARATI,   G_UNICODE_SCRIPT_ORIYA,
  G_UNICODE_SCRIPT_TAMIL,      G_UNICODE_SCRIPT_TELUGU,     G_UNICODE_SCRIPT_KANNADA,
  G_UNICODE_SCRIPT_MALAYALAM,  G_UNICODE_SCRIPT_SINHALA,    G_UNICODE_SCRIPT_KHMER,
  G_UNICODE_SCRIPT_MYANMAR,    G_UNICODE_SCRIPT_TIBETAN,    G_UNICODE_SCRIPT_THAANA,
  G_UNICODE_SCRIPT_MANICHAEAN, G_UNICODE_SCRIPT_ADLAM,
};
static const GUnicodeScript without_spaces[] = {
  G_UNICODE_SCRIPT_THAI,    G_UNICODE_SCRIPT_LAO,     G_UNICODE_SCRIPT_KHMER,
  G_UNICODE_SCRIPT_MYANMAR, G_UNICODE_SCRIPT_TIBETAN, G_UNICODE_SCRIPT_JAVANESE,
};
static const GUnicodeScript right_to_left[] = {
  G_UNICODE_SCRIPT_ARABIC, G_UNICODE_SCRIPT_HEBREW, G_UNICODE_SCRIPT_SYRIAC,
  G_UNICODE_SCRIPT_THAANA, G_UNICODE_SCRIPT_NKO,    G_UNICODE_SCRIPT_ADLAM,
};

#define LEFT_TO_RIGHT_OVERRIDE 0x202D
#define RIGHT_TO_LEFT_OVERRIDE 0x202E

static gboolean
is_of (gunichar c, const GUnicodeScript *scripts, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (c != 0 && g_unichar_get_script (c) == scripts[i])
      return TRUE;
  return FALSE;
}

static gboolean
is_hangul (gunichar c)
{
  return c != 0 && g_unichar_get_script (c) == G_UNICODE_SCRIPT_HANGUL && !sek_text_is_hidden_char (c);
}

static gboolean
is_honest (Honest honest, gunichar before, gunichar after)
{
  switch (honest)
    {
    case HONEST_WITH_JOINING:
      return is_of (before, joining, G_N_ELEMENTS (joining)) ||
             is_of (after, joining, G_N_ELEMENTS (joining));
    case HONEST_AS_BREAK:
      return is_of (before, without_spaces, G_N_ELEMENTS (without_spaces)) ||
             is_of (after, without_spaces, G_N_ELEMENTS (without_spaces));
    case HONEST_WITH_HANGUL:
      return is_hangul (before) || is_hangul (after);
    case HONEST_IN_WORDS:
      return TRUE;
    case HONEST_NEVER:
    default:
      return FALSE;
    }
}

typedef struct
{
  gboolean reorders; /* an override, whatever the script */
  gboolean splits;   /* something unseen between two letters or figures */
} Hidden;

static gboolean
splits_word (gunichar c, gunichar before, gunichar after)
{
  if (!g_unichar_isalnum (before) || !g_unichar_isalnum (after))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (splitters); i++)
    if (c >= splitters[i].first && c <= splitters[i].last)
      return !is_honest (splitters[i].honest, before, after);
  return FALSE;
}

static gboolean
has_right_to_left (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (is_of (g_utf8_get_char (p), right_to_left, G_N_ELEMENTS (right_to_left)))
      return TRUE;
  return FALSE;
}

/* The next character that is seen; 0 at the end. */
static gunichar
seen_after (const char *p)
{
  while (*p != '\0' && sek_text_is_hidden_char (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  return *p != '\0' ? g_utf8_get_char (p) : 0;
}

static Hidden
look_at (const char *text)
{
  Hidden found = { FALSE, FALSE };
  g_autofree char *clipped = sek_text_clip (text, -1, SEK_NAME_CHARS_MAX * 4);
  gboolean turned = has_right_to_left (clipped);
  gunichar before = 0;
  for (const char *p = clipped; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean mark = c == 0x200E || c == 0x200F;
      found.reorders = found.reorders || c == LEFT_TO_RIGHT_OVERRIDE || c == RIGHT_TO_LEFT_OVERRIDE;
      /* Hangul fillers count as letters, and are what hides. */
      if (before != 0 && !(mark && turned) && !found.splits)
        found.splits = splits_word (c, before, seen_after (g_utf8_next_char (p)));
      if (!sek_text_is_hidden_char (c))
        before = c;
    }
  return found;
}

static gboolean
judge (const char *text, const char *key, const char *const codes[2], SekLevel level, GPtrArray *findings)
{
  if (text == NULL)
    return FALSE;
  Hidden found = look_at (text);
  if (!found.reorders && !found.splits)
    return FALSE;
  SekFinding *finding =
      sek_findings_add (findings, "hidden-characters", codes[found.reorders ? 0 : 1], level);
  sek_finding_add (finding, key, text);
  return TRUE;
}

static gboolean
judge_mailboxes (const GPtrArray *mailboxes, GPtrArray *findings)
{
  static const char *const name_codes[] = { "order", "split" };
  static const char *const address_codes[] = { "address", "address" };
  for (guint i = 0; i < mailboxes->len; i++)
    {
      const SekMailbox *mailbox = mailboxes->pdata[i];
      if (judge (mailbox->display_name, "name", name_codes, SEK_LEVEL_CAUTION, findings) ||
          judge (mailbox->addr_spec, "address", address_codes, SEK_LEVEL_CAUTION, findings))
        return TRUE;
    }
  return FALSE;
}

void
sek_check_hidden_characters (const SekCheckInput *input, GPtrArray *findings)
{
  static const char *const subject_codes[] = { "subject-order", "subject-split" };
  const SekFacts *facts = input->facts;
  if (!judge_mailboxes (facts->from, findings))
    judge_mailboxes (facts->reply_to, findings);
  judge (facts->subject, "subject", subject_codes, SEK_LEVEL_NOTICE, findings);
}
