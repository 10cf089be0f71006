/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Our own gateway took the mail for spam, phishing or malware: by header fields that it wrote itself, or by a
 * mark in front of the subject of a mail that came in through it. What the sender wrote counts for nothing.
 * By itself it is a notice, as gateways take honest mail for spam every day; it supports others. */
#include <string.h>

#include "agent/engine/check.h"
#include "agent/engine/gateway.h"

typedef enum
{
  SAYS_NOTHING,
  SAYS_CLEAN,
  SAYS_SPAM,
  SAYS_PHISHING,
  SAYS_VIRUS,
} Meaning;

typedef enum
{
  WORD,   /* the value begins with text */
  NUMBER, /* the value is a number of at least this much */
} Reading;

/* The first row that fits a field decides what the field says. */
static const struct
{
  const char *field;
  const char *key; /* the value stands behind this; "" for the whole field */
  Reading reading;
  const char *text;
  int at_least;
  Meaning meaning;
} marks[] = {
  { "X-Amavis-Alert", "", WORD, "INFECTED", 0, SAYS_VIRUS },
  { "X-Virus-Status", "", WORD, "Infected", 0, SAYS_VIRUS },
  { "X-Forefront-Antispam-Report", "CAT:", WORD, "MALW", 0, SAYS_VIRUS },
  { "X-Forefront-Antispam-Report", "CAT:", WORD, "AMP", 0, SAYS_VIRUS },
  { "X-Forefront-Antispam-Report", "CAT:", WORD, "PHSH", 0, SAYS_PHISHING },
  { "X-Forefront-Antispam-Report", "CAT:", WORD, "HPHSH", 0, SAYS_PHISHING },
  { "X-Forefront-Antispam-Report", "CAT:", WORD, "HPHISH", 0, SAYS_PHISHING },
  { "X-Forefront-Antispam-Report", "SCL:", NUMBER, NULL, 5, SAYS_SPAM },
  { "X-Forefront-Antispam-Report", "SCL:", NUMBER, NULL, 0, SAYS_CLEAN },
  { "X-Forefront-Antispam-Report", "SCL:", WORD, "-1", 0, SAYS_CLEAN },
  { "X-Microsoft-Antispam", "SCL:", NUMBER, NULL, 5, SAYS_SPAM },
  { "X-MS-Exchange-Organization-SCL", "", NUMBER, NULL, 5, SAYS_SPAM },
  { "X-MS-Exchange-Organization-SCL", "", NUMBER, NULL, 0, SAYS_CLEAN },
  { "X-MS-Exchange-Organization-SCL", "", WORD, "-1", 0, SAYS_CLEAN },
  { "X-Spam-Flag", "", WORD, "YES", 0, SAYS_SPAM },
  { "X-Spam-Flag", "", WORD, "NO", 0, SAYS_CLEAN },
  { "X-Spam-Status", "", WORD, "Yes", 0, SAYS_SPAM },
  { "X-Spam-Status", "", WORD, "No", 0, SAYS_CLEAN },
  { "X-Spam", "", WORD, "Yes", 0, SAYS_SPAM },
  { "X-Barracuda-Spam-Flag", "", WORD, "YES", 0, SAYS_SPAM },
  { "X-Barracuda-Spam-Status", "", WORD, "Yes", 0, SAYS_SPAM },
  { "X-Barracuda-Spam-Status", "", WORD, "No", 0, SAYS_CLEAN },
  { "X-Proofpoint-Spam-Details", "rule=", WORD, "spam", 0, SAYS_SPAM },
  { "X-Proofpoint-Spam-Details", "rule=", WORD, "phish", 0, SAYS_PHISHING },
  { "X-Proofpoint-Spam-Details", "rule=", WORD, "notspam", 0, SAYS_CLEAN },
  { "X-TM-AS-Result", "", WORD, "Yes", 0, SAYS_SPAM },
  { "X-TM-AS-Result", "", WORD, "No", 0, SAYS_CLEAN },
  { "X-Bogosity", "", WORD, "Spam", 0, SAYS_SPAM },
  { "X-Bogosity", "", WORD, "Ham", 0, SAYS_CLEAN },
  { "X-DSPAM-Result", "", WORD, "Spam", 0, SAYS_SPAM },
  { "X-DSPAM-Result", "", WORD, "Innocent", 0, SAYS_CLEAN },
};

/* SpamAssassin's own threshold; where the administrator has another one, flag and status say the outcome. */
static const struct
{
  const char *field;
  int at_least;
} levels[] = { { "X-Spam-Level", 5 } };

/* Between brackets or stars in front of a subject, folded. */
static const char *const words[] = {
  "spam",          "suspect",    "suspected spam",   "suspicious", "probable spam",
  "possible spam", "junk",       "phishing",         "virus",      "virus found",
  "malware",       "迷惑メール", "迷惑メールの疑い", "迷惑",       "スパム",
  "スパムメール",  "ウイルス",   "ウイルス検出",     "不審メール", "不審なメール",
  "フィッシング",  "なりすまし",
};

/* What the fields of the gateway say together. */
typedef struct
{
  Meaning worst;
  gboolean clean;
  const char *name; /* of the field that said the worst */
  char *said;       /* by which words */
} Statement;

static void
statement_clear (Statement *statement)
{
  g_free (statement->said);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Statement, statement_clear)

static gboolean
begins_with_word (const char *value, const char *word)
{
  gsize length = strlen (word);
  return g_ascii_strncasecmp (value, word, length) == 0 && !g_ascii_isalnum (value[length]);
}

/* Behind key where it begins the value or stands behind a separator; NULL when it is not there. */
static const char *
behind_key (const char *value, const char *key)
{
  if (*key == '\0')
    return value;
  for (const char *p = strstr (value, key); p != NULL; p = strstr (p + 1, key)) /* SEK_TRACE_CHARS_MAX */
    if (p == value || strchr ("; \t", p[-1]) != NULL)
      return p + strlen (key);
  return NULL;
}

static gboolean
fits (gsize row, const char *value)
{
  if (marks[row].reading == WORD)
    return begins_with_word (value, marks[row].text);
  return g_ascii_isdigit (*value) && g_ascii_strtoll (value, NULL, 10) >= marks[row].at_least;
}

static void
take (Statement *statement, Meaning meaning, const char *name, const char *words_of)
{
  statement->clean = statement->clean || meaning == SAYS_CLEAN;
  if (meaning <= statement->worst || meaning == SAYS_CLEAN)
    return;
  statement->worst = meaning;
  statement->name = name;
  g_free (statement->said);
  statement->said = g_strndup (words_of, strcspn (words_of, ";,"));
}

static void
read_field (const char *field, Statement *statement)
{
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      const char *value = sek_gateway_value (field, marks[i].field);
      const char *at = value != NULL ? behind_key (value, marks[i].key) : NULL;
      if (at != NULL && fits (i, at))
        {
          take (statement, marks[i].meaning, marks[i].field, at - strlen (marks[i].key));
          return;
        }
    }
}

/* Counts only where nothing else was said. */
static void
read_levels (const GPtrArray *fields, Statement *statement)
{
  if (statement->worst != SAYS_NOTHING || statement->clean)
    return;
  for (guint i = 0; i < fields->len; i++) /* at most SEK_TRACE_FIELDS_MAX */
    for (gsize j = 0; j < G_N_ELEMENTS (levels); j++)
      {
        const char *value = sek_gateway_value (fields->pdata[i], levels[j].field);
        if (value != NULL && strspn (value, "*") >= (gsize) levels[j].at_least)
          take (statement, SAYS_SPAM, levels[j].field, value);
      }
}

/* One of the words in brackets of any kind or between stars, with or without a score: "[SPAM 7.3]",
 * "***SPAM***", "{Spam?}". Length of the mark in bytes; 0 when there is none. */
static gsize
bracketed_word (const char *subject)
{
  static const char open[] = "[({<*【「『《〔", close[] = "])}>*】」』》〕",
                    padding[] = "0123456789.?!:-_#/ ";
  const char *p = subject;
  while (*p != '\0' && g_utf8_strchr (open, -1, g_utf8_get_char (p)) != NULL) /* SEK_SUBJECT_CHARS_MAX */
    p = g_utf8_next_char (p);
  const char *word = p;
  while (*p != '\0' && g_utf8_strchr (close, -1, g_utf8_get_char (p)) == NULL)
    p = g_utf8_next_char (p);
  if (word == subject || *p == '\0')
    return 0;
  gsize length = (gsize) (p - word);
  while (length > 0 && strchr (padding, word[length - 1]) != NULL)
    length--;
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strlen (words[i]) == length && strncmp (word, words[i], length) == 0)
      {
        while (*p != '\0' && g_utf8_strchr (close, -1, g_utf8_get_char (p)) != NULL)
          p = g_utf8_next_char (p);
        return (gsize) (p - subject);
      }
  return 0;
}

/* The mark with which the subject begins, folded; NULL when there is none. Behind "Re:" it is what the sender
 * answers to. */
static char *
mark_of_subject (const SekCheckInput *input)
{
  g_autofree char *folded = sek_text_fold (input->facts->subject);
  gsize length = bracketed_word (folded);
  for (char **tag = input->policy->gateway_tags; *tag != NULL && length == 0; tag++)
    if (g_str_has_prefix (folded, *tag))
      length = strlen (*tag);
  return length > 0 ? g_strndup (folded, length) : NULL;
}

static void
add_finding (GPtrArray *findings, const Statement *statement)
{
  static const struct
  {
    const char *code;
    SekLevel level;
  } outcomes[] = {
    [SAYS_SPAM] = { "", SEK_LEVEL_NOTICE },
    [SAYS_PHISHING] = { "phishing", SEK_LEVEL_CAUTION },
    [SAYS_VIRUS] = { "virus", SEK_LEVEL_CAUTION },
  };
  SekFinding *finding = sek_findings_add (findings, "gateway-tag", outcomes[statement->worst].code,
                                          outcomes[statement->worst].level);
  g_autofree char *said = g_strdup_printf ("%s: %s", statement->name, statement->said);
  sek_finding_add (finding, "detail", said);
}

void
sek_check_gateway_tag (const SekCheckInput *input, GPtrArray *findings)
{
  g_autoptr (GPtrArray) fields = sek_gateway_fields (input->facts, input->policy);
  if (fields == NULL)
    return;
  g_auto (Statement) statement = { 0 };
  for (guint i = 0; i < fields->len; i++) /* at most SEK_TRACE_FIELDS_MAX */
    read_field (fields->pdata[i], &statement);
  read_levels (fields, &statement);
  if (statement.worst != SAYS_NOTHING)
    {
      add_finding (findings, &statement);
      return;
    }
  /* A gateway that calls the mail clean has not written the mark. */
  g_autofree char *mark = statement.clean ? NULL : mark_of_subject (input);
  if (mark == NULL)
    return;
  SekFinding *finding = sek_findings_add (findings, "gateway-tag", "subject", SEK_LEVEL_NOTICE);
  sek_finding_add (finding, "phrase", mark);
}
