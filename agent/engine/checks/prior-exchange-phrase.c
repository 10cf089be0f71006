/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text speaks of an earlier exchange, but the mail answers none. People do that too, so it only supports
 * other findings, and it is only looked for where there is something to open or a reply that answers nothing.
 */
#include "agent/engine/check.h"

#include <string.h>

#define LOOKED_AT_BYTES 8192 /* such a phrase stands at the beginning */

static const char *const phrases[] = {
  "先日の件",
  "先日お話し",
  "先日ご連絡",
  "先日はありがとう",
  "先日お送り",
  "先日ご依頼",
  "先日の打ち合わせ",
  "先日の会議",
  "先ほどの件",
  "先程の件",
  "先ほどお電話",
  "先程お電話",
  "前回の件",
  "例の件",
  "お話しした件",
  "お話した件",
  "お話ししました",
  "お約束の",
  "ご依頼の件",
  "ご依頼いただ",
  "ご依頼のあった",
  "ご依頼頂",
  "ご要望の件",
  "お問い合わせの件",
  "ご返信ありがとう",
  "ご返信いただ",
  "お返事ありがとう",
  "ご連絡ありがとう",
  "昨日の件",
  "昨日お話し",
  "再送いたします",
  "再送します",
  "as discussed",
  "as we discussed",
  "as agreed",
  "as requested",
  "as promised",
  "as per our",
  "per our conversation",
  "per our call",
  "per your request",
  "per our discussion",
  "further to our",
  "following our conversation",
  "following up on our",
  "our last conversation",
  "our previous conversation",
  "our earlier conversation",
  "thanks for your reply",
  "thank you for your reply",
  "in response to your mail",
  "in reply to your",
  "you asked for",
  "you requested",
  /* German */
  "wie besprochen",
  "wie vereinbart",
  "wie gewünscht",
  "wie telefonisch besprochen",
  "vielen dank für ihre antwort",
  /* French */
  "comme convenu",
  "comme discuté",
  "suite à notre conversation",
  "suite à notre échange",
  "suite à votre demande",
  /* Italian */
  "come concordato",
  "come d'accordo",
  "come discusso",
  "come da accordi",
  "come richiesto",
  /* Spanish */
  "como acordamos",
  "según lo acordado",
  "según lo conversado",
  "como hablamos",
  "tal como solicitó",
  /* Portuguese */
  "conforme combinado",
  "conforme conversamos",
  "conforme solicitado",
  /* Chinese, both scripts */
  "如我们之前所讨论",
  "按照您的要求",
  "如之前所说",
  "按照約定",
  "如先前討論",
  /* Korean */
  "말씀하신 대로",
  "요청하신",
  "지난번에 말씀드린",
  "논의한 대로",
};

static gboolean
is_document (const SekAttachment *attachment)
{
  static const char *const formats[] = { "ole2", "ooxml", "rtf", "onenote", "exe", "lnk", "html" };
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_equal (attachment->format, formats[i]))
      return TRUE;
  return attachment->is_archive;
}

static gboolean
has_something_to_open (const GPtrArray *attachments)
{
  for (guint i = 0; i < attachments->len; i++)
    if (is_document (attachments->pdata[i]))
      return TRUE;
  return FALSE;
}

/* TRUE when the policy takes the built-in phrase away. */
static gboolean
is_taken_away (const SekPolicy *policy, const char *phrase)
{
  for (char **said = policy->exchange_phrases; *said != NULL; said++)
    if (**said == '-' && g_str_equal (*said + 1, phrase))
      return TRUE;
  return FALSE;
}

static const char *
find_added (const SekPolicy *policy, const char *folded)
{
  for (char **said = policy->exchange_phrases; *said != NULL; said++)
    {
      const char *phrase = *said + (**said == '+' ? 1 : 0);
      if (**said != '-' && strstr (folded, phrase) != NULL)
        return phrase;
    }
  return NULL;
}

static const char *
find_phrase (const SekPolicy *policy, const char *text)
{
  g_autofree char *beginning = sek_text_clip (text, -1, LOOKED_AT_BYTES);
  g_autofree char *folded = sek_text_fold (beginning);
  for (gsize i = 0; i < G_N_ELEMENTS (phrases); i++)
    if (strstr (folded, phrases[i]) != NULL && !is_taken_away (policy, phrases[i]))
      return phrases[i];
  return find_added (policy, folded);
}

void
sek_check_prior_exchange_phrase (const SekCheckInput *input, GPtrArray *findings)
{
  if (input->threaded || input->known_thread || input->from_machine || input->from_list)
    return;
  if (input->subject->kind != SEK_SUBJECT_REPLY && !has_something_to_open (input->facts->attachments))
    return;
  const char *phrase = find_phrase (input->policy, input->facts->text);
  if (phrase == NULL)
    phrase = find_phrase (input->policy, input->facts->html_text);
  if (phrase == NULL)
    return;
  SekFinding *finding = sek_findings_add (findings, "prior-exchange-phrase", NULL, SEK_LEVEL_NOTICE);
  sek_finding_add (finding, "phrase", phrase);
}
