/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/engine/confusable.h"

#include <string.h>
#include <unicode/uidna.h>
#include <unicode/uspoof.h>

#include "agent/core/limits.h"
#include "agent/engine/check.h"

/* A name shorter than this has neighbours by chance. */
#define CONFUSABLE_CHARS_MIN 5
#define LETTER_CHARS_MIN 5
#define ANY_LETTER_CHARS_MIN 7 /* from here on any letter but the first may differ */
#define TWO_LETTERS_CHARS_MIN 12
#define OTHER_SUFFIX_CHARS_MIN 8
#define SUFFIX_CHARS_MIN 5
#define WORD_CHARS_MIN 5
#define WHOLE_CHARS_MIN 3
#define LABEL_CHARS_MAX 63 /* RFC 1035 §2.3.4 */

/* Words that are put to a name to make it sound like one of its departments. Places and "group" are not among
 * them: subsidiaries are called so. */
static const char *const words[] = {
  "account",  "accounts", "admin",   "auth",     "billing",  "co",       "com",     "corp",     "cs",
  "customer", "email",    "finance", "help",     "helpdesk", "hr",       "inc",     "info",     "invoice",
  "invoices", "it",       "login",   "ltd",      "mail",     "mails",    "member",  "net",      "notice",
  "office",   "online",   "order",   "orders",   "org",      "pay",      "payment", "payments", "payroll",
  "portal",   "sales",    "secure",  "security", "service",  "services", "signin",  "sso",      "support",
  "system",   "team",     "update",  "verify",   "vpn",      "web",      "webmail",
};

static const struct
{
  char from, to;
} glyphs[] = { { '0', 'o' }, { '1', 'l' }, { 'i', 'l' }, { '|', 'l' }, { '5', 's' }, { 'g', 'q' } };

static const struct
{
  const char *from;
  char to;
} pairs[] = { { "rn", 'm' }, { "vv", 'w' }, { "cl", 'd' } };

static gboolean
is_ascii (const char *text)
{
  return g_str_is_ascii (text);
}

/* Letters and pairs of letters that look alike become one, in place. */
static void
fold_glyphs (char *text)
{
  char *out = text;
  for (const char *p = text; *p != '\0'; p++)
    {
      char c = *p;
      for (gsize i = 0; i < G_N_ELEMENTS (glyphs); i++)
        if (c == glyphs[i].from)
          {
            c = glyphs[i].to;
            break;
          }
      *out++ = c;
      for (gsize i = 0; i < G_N_ELEMENTS (pairs) && out - text >= 2; i++)
        if (out[-2] == pairs[i].from[0] && out[-1] == pairs[i].from[1])
          {
            out--;
            out[-1] = pairs[i].to;
            break;
          }
    }
  *out = '\0';
}

/* Without the marks of accented letters; those of kana (U+3099) make another letter. Newly allocated. */
static char *
strip_accents (const char *text)
{
  g_autofree char *apart = g_utf8_normalize (text, -1, G_NORMALIZE_NFD);
  GString *out = g_string_new (NULL);
  for (const char *p = apart; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (c < 0x0300 || c > 0x036f)
        g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

/* Unicode TS 39 §4; text itself when ICU can't. Newly allocated. */
static char *
icu_skeleton (const char *text)
{
  UErrorCode status = U_ZERO_ERROR;
  USpoofChecker *checker = uspoof_open (&status);
  char out[SEK_DOMAIN_BYTES_MAX * 4 + 1];
  int32_t length = 0;
  if (U_SUCCESS (status))
    length = uspoof_getSkeletonUTF8 (checker, 0, text, -1, out, sizeof out, &status);
  uspoof_close (checker);
  return U_SUCCESS (status) && length > 0 ? g_utf8_strdown (out, length) : g_strdup (text);
}

char *
sek_label_skeleton (const char *label)
{
  if (is_ascii (label))
    {
      char *skeleton = g_strdup (label);
      fold_glyphs (skeleton);
      return skeleton;
    }
  g_autofree char *alike = icu_skeleton (label);
  char *skeleton = strip_accents (alike);
  fold_glyphs (skeleton);
  return skeleton;
}

/* Lower case and Unicode; as it is where it is no Punycode. Newly allocated. */
static char *
to_unicode (const char *domain)
{
  g_autofree char *lower = g_utf8_strdown (domain, -1);
  if (is_ascii (lower) && strstr (lower, "xn--") == NULL)
    return g_steal_pointer (&lower);
  UErrorCode status = U_ZERO_ERROR;
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  UIDNA *idna = uidna_openUTS46 (UIDNA_NONTRANSITIONAL_TO_UNICODE, &status);
  char out[SEK_DOMAIN_BYTES_MAX * 4 + 1];
  int32_t length = 0;
  if (U_SUCCESS (status))
    length = uidna_nameToUnicodeUTF8 (idna, lower, -1, out, sizeof out, &info, &status);
  uidna_close (idna);
  /* ICU puts U+FFFD where a label breaks its rules, and that is still good for comparing. */
  return U_SUCCESS (status) && length > 0 ? g_strndup (out, (gsize) length) : g_steal_pointer (&lower);
}

static void
drop_hyphens (char *text)
{
  char *out = text;
  for (const char *p = text; *p != '\0'; p++)
    if (*p != '-')
      *out++ = *p;
  *out = '\0';
}

/* A From need not be deliverable: dots at the ends and side by side would hide what stands between. */
static void
drop_empty_labels (char *domain)
{
  char *out = domain;
  for (const char *p = domain; *p != '\0'; p++)
    if (*p != '.' || (out > domain && out[-1] != '.'))
      *out++ = *p;
  if (out > domain && out[-1] == '.')
    out--;
  *out = '\0';
}

SekDomainName *
sek_domain_name_new (const char *domain)
{
  SekDomainName *name = g_new0 (SekDomainName, 1);
  const char *sent = domain != NULL ? domain : "";
  gsize length = strlen (sent);
  if (length > SEK_DOMAIN_BYTES_MAX)
    {
      sent += length - SEK_DOMAIN_BYTES_MAX;
      while ((*sent & 0xc0) == 0x80)
        sent++;
    }
  g_autofree char *valid = g_utf8_make_valid (sent, -1);
  name->domain = to_unicode (valid);
  drop_empty_labels (name->domain);
  name->registrable = sek_registrable_domain (name->domain);
  gsize end = *name->registrable == '[' ? 0 : strcspn (name->registrable, ".");
  name->label = g_strndup (name->registrable, end);
  name->suffix = name->registrable + end;
  name->skeleton = sek_label_skeleton (name->label);
  name->bare = g_strdup (name->skeleton);
  drop_hyphens (name->bare);
  fold_glyphs (name->bare);
  return name;
}

void
sek_domain_name_free (SekDomainName *name)
{
  if (name == NULL)
    return;
  g_free (name->domain);
  g_free (name->registrable);
  g_free (name->label);
  g_free (name->skeleton);
  g_free (name->bare);
  g_free (name);
}

/* text without the characters of dropped. Newly allocated. */
static char *
without (const char *text, const char *dropped)
{
  GString *out = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p++)
    if (strchr (dropped, *p) == NULL)
      g_string_append_c (out, *p);
  return g_string_free (out, FALSE);
}

static gboolean
is_word (const char *text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (text, words[i]) == 0)
      return TRUE;
  return FALSE;
}

/* The only difference of two texts when it is one letter: its place and what stands there. */
typedef struct
{
  gsize at;
  char a, b; /* '\0' where one of them has nothing */
  gboolean swapped;
  gboolean doubled; /* the letter that is too many repeats its neighbour */
} Edit;

static gboolean
find_edit (const char *a, gsize a_length, const char *b, gsize b_length, Edit *edit)
{
  gsize front = 0, back = 0, shorter = MIN (a_length, b_length);
  while (front < shorter && a[front] == b[front])
    front++;
  while (back < shorter - front && a[a_length - 1 - back] == b[b_length - 1 - back])
    back++;
  gsize a_left = a_length - front - back, b_left = b_length - front - back;
  *edit = (Edit){ .at = front };
  if (a_left == 2 && b_left == 2 && a[front] == b[front + 1] && a[front + 1] == b[front])
    {
      edit->swapped = TRUE;
      return TRUE;
    }
  if (a_left > 1 || b_left > 1)
    return FALSE;
  edit->a = a_left == 1 ? a[front] : '\0';
  edit->b = b_left == 1 ? b[front] : '\0';
  const char *longer = a_left > b_left ? a : b;
  edit->doubled = a_left != b_left && front > 0 && longer[front] == longer[front - 1];
  return TRUE;
}

/* Optimal string alignment distance, at most limit + 1. Both are at most LABEL_CHARS_MAX long. */
static guint
distance (const char *a, gsize a_length, const char *b, gsize b_length, guint limit)
{
  guint rows[3][LABEL_CHARS_MAX + 1];
  for (gsize j = 0; j <= b_length; j++)
    rows[0][j] = (guint) j;
  for (gsize i = 1; i <= a_length; i++)
    {
      guint *row = rows[i % 3], *above = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
      guint best = row[0] = (guint) i;
      for (gsize j = 1; j <= b_length; j++)
        {
          row[j] = MIN (above[j - 1] + (a[i - 1] != b[j - 1]), MIN (above[j], row[j - 1]) + 1);
          if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            row[j] = MIN (row[j], before[j - 2] + 1);
          best = MIN (best, row[j]);
        }
      if (best > limit)
        return limit + 1;
    }
  return rows[a_length % 3][b_length];
}

/* Which letters there are: two texts a few letters apart have nearly the same. */
static guint32
letters_of (const char *label)
{
  guint32 letters = 0;
  for (const char *p = label; *p != '\0'; p++)
    letters |= 1u << (g_ascii_islower (*p) ? *p - 'a' : g_ascii_isdigit (*p) ? 26 + (*p & 3) : 31);
  return letters;
}

static guint
count_bits (guint32 bits)
{
  guint count = 0;
  for (; bits != 0; bits &= bits - 1)
    count++;
  return count;
}

/* Letters are compared as bytes; in Japanese one other character is another word. */
static SekResemblance
compare_letters (const SekDomainName *foreign, const SekDomainName *known)
{
  if (!is_ascii (known->label) || !is_ascii (foreign->skeleton))
    return SEK_RESEMBLES_NOT;
  gboolean as_written = is_ascii (foreign->label);
  const char *written = as_written ? foreign->label : foreign->skeleton;
  const char *wanted = as_written ? known->label : known->skeleton;
  gsize a = strlen (written), b = strlen (wanted);
  if (MIN (a, b) < LETTER_CHARS_MIN || MAX (a, b) > LABEL_CHARS_MAX || MAX (a, b) - MIN (a, b) > 2)
    return SEK_RESEMBLES_NOT;
  gboolean same_suffix = strcmp (foreign->suffix, known->suffix) == 0;
  Edit edit;
  if (find_edit (written, a, wanted, b, &edit))
    {
      /* Numbers count things: tower1, tower2. */
      if (g_ascii_isdigit (edit.a) && g_ascii_isdigit (edit.b))
        return SEK_RESEMBLES_NOT;
      gboolean passed_over =
          edit.swapped || edit.doubled || (edit.at > 0 && MIN (a, b) >= ANY_LETTER_CHARS_MIN);
      if (same_suffix)
        return passed_over ? SEK_RESEMBLES_LETTER : SEK_RESEMBLES_DISTANTLY;
      return passed_over && MIN (a, b) >= OTHER_SUFFIX_CHARS_MIN ? SEK_RESEMBLES_DISTANTLY
                                                                 : SEK_RESEMBLES_NOT;
    }
  if (same_suffix && MIN (a, b) >= TWO_LETTERS_CHARS_MIN &&
      count_bits (letters_of (written) ^ letters_of (wanted)) <= 4 &&
      distance (written, a, wanted, b, 2) <= 2)
    return SEK_RESEMBLES_DISTANTLY;
  return SEK_RESEMBLES_NOT;
}

/* "kaede.example.attacker.test", "kaede-example.test", "kaede-co-jp.test". */
static gboolean
holds_whole (const SekDomainName *foreign, const SekDomainName *known)
{
  if (strlen (known->label) < WHOLE_CHARS_MIN || *known->suffix == '\0')
    return FALSE;
  gsize length = strlen (known->registrable);
  for (const char *at = strstr (foreign->domain, known->registrable); at != NULL;
       at = strstr (at + 1, known->registrable))
    if ((at == foreign->domain || at[-1] == '.') && at[length] == '.')
      return TRUE;
  g_autofree char *joined = g_strdelimit (g_strdup (known->registrable), ".", '-');
  if (strncmp (foreign->label, known->label, strlen (known->label)) != 0)
    return FALSE;
  gsize joined_length = strlen (joined);
  return strncmp (foreign->label, joined, joined_length) == 0 &&
         (foreign->label[joined_length] == '\0' || foreign->label[joined_length] == '-');
}

/* "kaede-support", "secure-kaede", "kaedelogin". */
static gboolean
adds_word (const SekDomainName *foreign, const SekDomainName *known)
{
  gsize a = strlen (foreign->label), b = strlen (known->label);
  if (b < WORD_CHARS_MIN || a < b + 2)
    return FALSE;
  if (strncmp (foreign->label, known->label, b) == 0)
    return is_word (foreign->label + b + (foreign->label[b] == '-' ? 1 : 0));
  if (strcmp (foreign->label + a - b, known->label) != 0)
    return FALSE;
  g_autofree char *word = g_strndup (foreign->label, a - b - (foreign->label[a - b - 1] == '-' ? 1 : 0));
  return is_word (word);
}

/* The same name once hyphens, or hyphens and dots, are dropped. */
static gboolean
differs_by_hyphen (const SekDomainName *foreign, const SekDomainName *known)
{
  if (strchr (foreign->label, '-') == NULL && strchr (known->label, '-') == NULL)
    return FALSE;
  g_autofree char *a = without (foreign->label, "-");
  g_autofree char *b = without (known->label, "-");
  if (strlen (a) < CONFUSABLE_CHARS_MIN)
    return FALSE;
  if (strcmp (a, b) == 0)
    return strcmp (foreign->label, known->label) != 0;
  g_autofree char *a_whole = without (foreign->registrable, "-.");
  g_autofree char *b_whole = without (known->registrable, "-.");
  return strcmp (a_whole, b_whole) == 0;
}

static SekResemblance
compare_skeletons (const SekDomainName *foreign, const SekDomainName *known)
{
  if (strcmp (foreign->skeleton, known->skeleton) != 0)
    return SEK_RESEMBLES_NOT;
  gsize length = strlen (known->label);
  gboolean same_suffix = strcmp (foreign->suffix, known->suffix) == 0;
  if (is_ascii (foreign->label) && is_ascii (known->label))
    return length >= (same_suffix ? CONFUSABLE_CHARS_MIN : OTHER_SUFFIX_CHARS_MIN) ? SEK_RESEMBLES_CONFUSABLE
                                                                                   : SEK_RESEMBLES_NOT;
  g_autofree char *a = strip_accents (foreign->label);
  g_autofree char *b = strip_accents (known->label);
  if (strcmp (a, b) == 0)
    return length >= CONFUSABLE_CHARS_MIN ? SEK_RESEMBLES_ACCENT : SEK_RESEMBLES_NOT;
  return SEK_RESEMBLES_HOMOGLYPH;
}

SekResemblance
sek_domain_resembles (const SekDomainName *foreign, const SekDomainName *known)
{
  if (*foreign->label == '\0' || *known->label == '\0' || *known->suffix == '\0' ||
      strcmp (foreign->registrable, known->registrable) == 0)
    return SEK_RESEMBLES_NOT;
  if (strcmp (foreign->label, known->label) == 0)
    return g_utf8_strlen (known->label, -1) >= (is_ascii (known->label) ? SUFFIX_CHARS_MIN : 2)
               ? SEK_RESEMBLES_SUFFIX
               : SEK_RESEMBLES_NOT;
  SekResemblance resemblance = compare_skeletons (foreign, known);
  if (resemblance == SEK_RESEMBLES_NOT && differs_by_hyphen (foreign, known))
    resemblance = SEK_RESEMBLES_HYPHEN;
  if (resemblance == SEK_RESEMBLES_NOT && holds_whole (foreign, known))
    resemblance = SEK_RESEMBLES_WHOLE;
  if (resemblance == SEK_RESEMBLES_NOT && adds_word (foreign, known))
    resemblance = SEK_RESEMBLES_WORD;
  return resemblance != SEK_RESEMBLES_NOT ? resemblance : compare_letters (foreign, known);
}

static gboolean
label_may_resemble (const SekDomainName *foreign, const char *label, gsize length)
{
  gboolean as_written = is_ascii (foreign->label);
  const char *written = as_written ? foreign->label : foreign->skeleton;
  gsize own_length = strlen (written), shorter = MIN (own_length, length);
  /* The name with something put to it, or the other way round. */
  if (shorter >= WHOLE_CHARS_MIN &&
      (strncmp (written, label, shorter) == 0 ||
       strncmp (written + own_length - shorter, label + length - shorter, shorter) == 0))
    return TRUE;
  char text[LABEL_CHARS_MAX + 1];
  memcpy (text, label, length);
  text[length] = '\0';
  if (MAX (own_length, length) - shorter <= 2)
    {
      /* An edit takes one letter away and brings another, and a letter has up to four forms. */
      guint differing = count_bits (letters_of (written) ^ letters_of (text));
      if (differing <= (as_written ? shorter < TWO_LETTERS_CHARS_MIN ? 2u : 4u : 8u))
        return TRUE;
    }
  drop_hyphens (text);
  fold_glyphs (text);
  return strcmp (foreign->bare, text) == 0;
}

gboolean
sek_domain_may_resemble (const SekDomainName *foreign, const char *known)
{
  if (!is_ascii (known) || strstr (known, "xn--") != NULL || strlen (known) > SEK_DOMAIN_BYTES_MAX)
    return TRUE;
  g_autofree char *lower = g_ascii_strdown (known, -1);
  if (strstr (foreign->domain, lower) != NULL)
    return TRUE;
  /* Which of its labels somebody chose, only the slow way knows. */
  for (const char *p = lower; *p != '\0';) /* at most SEK_DOMAIN_BYTES_MAX */
    {
      gsize length = strcspn (p, ".");
      if (length > LABEL_CHARS_MAX || label_may_resemble (foreign, p, length))
        return TRUE;
      p += length + (p[length] == '.' ? 1 : 0);
    }
  return FALSE;
}

gboolean
sek_domain_mixes_scripts (const SekDomainName *name)
{
  if (is_ascii (name->domain))
    return FALSE;
  UErrorCode status = U_ZERO_ERROR;
  USpoofChecker *checker = uspoof_open (&status);
  uspoof_setChecks (checker, USPOOF_RESTRICTION_LEVEL, &status);
  uspoof_setRestrictionLevel (checker, USPOOF_HIGHLY_RESTRICTIVE);
  g_auto (GStrv) labels = g_strsplit (name->domain, ".", -1); /* at most SEK_DOMAIN_BYTES_MAX */
  gboolean mixed = FALSE;
  for (char **label = labels; *label != NULL && U_SUCCESS (status) && !mixed; label++)
    mixed = uspoof_checkUTF8 (checker, *label, -1, NULL, &status) != 0;
  uspoof_close (checker);
  return U_SUCCESS (status) && mixed;
}
