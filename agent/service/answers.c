/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/service/answers.h"

#include <string.h>

#include "agent/engine/authentication.h"
#include "agent/engine/gateway.h"
#include "agent/report/report.h"

/* Whole sentences, since "危険" also begins "危険ではありません". They count when nothing but the end of a
 * sentence follows. */
static const struct
{
  const char *words; /* folded */
  const char *judgement;
} sentences[] = {
  { "dangerous", "dangerous" },
  { "this is dangerous", "dangerous" },
  { "this mail is dangerous", "dangerous" },
  { "not safe", "dangerous" },
  { "危険", "dangerous" },
  { "危険です", "dangerous" },
  { "危険なメールです", "dangerous" },
  { "このメールは危険です", "dangerous" },
  { "安全ではありません", "dangerous" },
  { "harmless", "harmless" },
  { "this is harmless", "harmless" },
  { "this mail is harmless", "harmless" },
  { "safe", "harmless" },
  { "this mail is safe", "harmless" },
  { "not dangerous", "harmless" },
  { "安全", "harmless" },
  { "安全です", "harmless" },
  { "安全なメールです", "harmless" },
  { "このメールは安全です", "harmless" },
  { "問題ありません", "harmless" },
  { "問題ありませんでした", "harmless" },
  { "危険ではありません", "harmless" },
  { "thank you", "thanks" },
  { "thanks", "thanks" },
  { "thank you for your report", "thanks" },
  { "ありがとうございます", "thanks" },
  { "ありがとうございました", "thanks" },
  { "ご報告ありがとうございます", "thanks" },
  { "ご報告ありがとうございました", "thanks" },
};

static gboolean
is_the_administrator (const SekFacts *facts, const SekPolicy *policy)
{
  const SekMailbox *author = sek_facts_author (facts);
  if (*policy->report_address == '\0' || facts->from->len != 1 || author->addr_spec == NULL)
    return FALSE;
  g_autofree char *wanted = sek_addr_spec_normal (policy->report_address);
  g_autofree char *given = sek_addr_spec_normal (author->addr_spec);
  return g_str_equal (wanted, given);
}

typedef enum
{
  WRITER_UNKNOWN,
  WRITER_PROVEN,
  WRITER_FORGED,
} Writer;

/* DMARC's pass outweighs the rest: a forwarder breaks SPF alone. SPF's own pass speaks of another address. */
static Writer
judge_writer (const SekFacts *facts, const SekPolicy *policy)
{
  g_autoptr (GPtrArray) results = sek_authentication_of_gateway (facts, policy);
  Writer writer = WRITER_UNKNOWN;
  for (guint i = 0; results != NULL && i < results->len; i++)
    {
      const SekAuthResult *result = results->pdata[i];
      if (g_str_equal (result->method, "dmarc") && g_str_equal (result->result, "pass"))
        return WRITER_PROVEN;
      if (g_str_equal (result->result, "fail") || g_str_equal (result->result, "softfail"))
        writer = WRITER_FORGED;
    }
  return writer;
}

/* The id that text, a Message-ID without <> or the id alone, begins with; NULL when it doesn't or when the
 * reference proves nothing. */
static char *
read_id (const char *text, Writer writer, GBytes *key)
{
  g_autofree char *id = g_ascii_strdown (text, SEK_REPORT_ID_DIGITS);
  gboolean whole = strspn (id, "0123456789abcdef") == SEK_REPORT_ID_DIGITS &&
                   !g_ascii_isalnum (text[SEK_REPORT_ID_DIGITS]);
  return whole && (writer == WRITER_PROVEN || sek_report_is_proven (key, text)) ? g_steal_pointer (&id)
                                                                                : NULL;
}

static void
add_references (GPtrArray *ids, const GPtrArray *message_ids, Writer writer, GBytes *key)
{
  for (guint i = 0; i < message_ids->len && i < SEK_REFERENCES_MAX; i++)
    {
      char *id = read_id (message_ids->pdata[i], writer, key);
      if (id != NULL)
        g_ptr_array_add (ids, id);
    }
}

/* The value of the topmost field of this name; NULL when there is none. */
static const char *
find_field (const SekFacts *facts, const char *name)
{
  const char *value = NULL;
  for (guint i = 0; value == NULL && i < facts->trace->len && i < SEK_TRACE_FIELDS_MAX; i++)
    value = sek_gateway_value (facts->trace->pdata[i], name);
  return value;
}

GPtrArray *
sek_answer_reports (const SekFacts *facts, const SekPolicy *policy, GBytes *key)
{
  if (!is_the_administrator (facts, policy))
    return NULL;
  Writer writer = judge_writer (facts, policy);
  if (writer == WRITER_FORGED)
    return NULL;
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  const char *field = find_field (facts, "X-Sekisho-Report");
  g_autofree char *bare = field != NULL ? g_strndup (field, strcspn (field, ">")) : g_strdup ("");
  char *named = read_id (bare + strspn (bare, "<"), writer, key);
  if (named != NULL)
    g_ptr_array_add (ids, named);
  add_references (ids, facts->in_reply_to, writer, key);
  add_references (ids, facts->references, writer, key);
  return ids->len > 0 ? g_steal_pointer (&ids) : NULL;
}

/* NULL when line is no sentence of the table. A question mark or anything else behind it leaves it open. */
static const char *
judge_line (const char *line, gsize length)
{
  g_autofree char *copy = g_strndup (line, MIN (length, SEK_ATTRIBUTION_BYTES_MAX));
  g_autofree char *valid = g_utf8_make_valid (copy, -1);
  g_autofree char *folded = g_utf8_casefold (g_strstrip (valid), -1);
  for (gsize i = 0; i < G_N_ELEMENTS (sentences); i++)
    {
      if (!g_str_has_prefix (folded, sentences[i].words))
        continue;
      const char *rest = folded + strlen (sentences[i].words);
      if (*rest == '\0' || *rest == '.' || *rest == '!' || g_str_has_prefix (rest, "。") ||
          g_str_has_prefix (rest, "！"))
        return sentences[i].judgement;
    }
  return NULL;
}

const char *
sek_answer_judgement (const SekFacts *facts)
{
  const char *field = find_field (facts, "X-Sekisho-Verdict");
  static const char *const words[] = { "dangerous", "harmless", "thanks" };
  for (gsize i = 0; field != NULL && i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (field, words[i]) == 0)
      return words[i];
  /* One that is quoted begins with ">" and is no sentence of the table. */
  const char *text = *facts->text != '\0' ? facts->text : facts->html_text;
  text += strspn (text, " \t\r\n");
  const char *judgement = judge_line (text, strcspn (text, "\r\n"));
  return judgement != NULL ? judgement : "answered";
}
