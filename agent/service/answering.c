/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What follows when the administrator has answered a report: the person is told, and the history learns from
 * a mail that was harmless. */
#include "agent/service/parts.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "agent/service/answers.h"
#include "agent/service/notifier.h"

static const struct
{
  const char *judgement;
  const char *headline;
} answers[] = {
  /* Translators: the next four are headlines of notifications; the subject of the reported mail follows. */
  { "dangerous", N_ ("The administrator says that the mail you reported is dangerous") },
  { "harmless", N_ ("The administrator says that the mail you reported is harmless") },
  { "thanks", N_ ("The administrator thanks you for your report") },
  { "answered", N_ ("The administrator has answered your report") },
};

/* What the verdict kept of a mail. Its date is that of today: it is today that it was found to be honest. */
static SekMessageSummary *
summary_of (const SekVerdict *verdict)
{
  SekMessageSummary *summary = sek_message_summary_new ();
  summary->message_id = *verdict->message_id != '\0' ? g_strdup (verdict->message_id) : NULL;
  g_free (summary->subject);
  summary->subject = g_strdup (verdict->subject);
  summary->from = sek_mailbox_new (*verdict->claimed_name != '\0' ? verdict->claimed_name : NULL,
                                   verdict->sender_address);
  summary->date = g_get_real_time () / G_USEC_PER_SEC;
  return summary;
}

/* From now on its writer is somebody whose mail was honest once, no more: further mails are checked as ever.
 */
static gboolean
learn_harmless (SekStore *store, const char *report_id, GError **error)
{
  GError *fault = NULL;
  g_autoptr (SekVerdict) verdict = sek_store_reported_verdict (store, report_id, &fault);
  if (fault != NULL)
    {
      g_propagate_error (error, fault);
      return FALSE;
    }
  if (verdict == NULL || *verdict->sender_address == '\0')
    return TRUE;
  g_autoptr (GPtrArray) summaries =
      g_ptr_array_new_with_free_func ((GDestroyNotify) sek_message_summary_free);
  SekMessageSummary *summary = summary_of (verdict);
  g_ptr_array_add (summaries, summary);
  return sek_store_trust_again (store, summary, error) && sek_store_learn (store, summaries, error) >= 0;
}

/* tell: nobody has told the person yet. */
static void
note (SekService *service, const char *report_id, const char *judgement, gboolean tell)
{
  g_autofree char *subject = NULL;
  g_autoptr (GError) error = NULL;
  if (!sek_store_outbox_answered (service->store, report_id, judgement, &subject, &error))
    g_warning ("An answer could not be noted: %s", error->message);
  if (subject == NULL)
    return;
  for (gsize i = 0; tell && i < G_N_ELEMENTS (answers); i++)
    if (g_str_equal (answers[i].judgement, judgement))
      sek_notify (_ (answers[i].headline), subject, "reports");
  if (g_str_equal (judgement, "harmless") && !learn_harmless (service->store, report_id, &error))
    g_warning ("A harmless mail could not be learned: %s", error->message);
  sek_dbus_agent1_emit_report_answered (service->object, report_id, judgement);
}

/* Only a report that was sent can be answered: the store knows. */
void
sek_service_note_answer (SekService *service, const SekFacts *facts, const SekPolicy *policy)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) key = service->store != NULL ? sek_store_report_key (service->store, &error) : NULL;
  if (error != NULL)
    g_warning ("The key of reports could not be read: %s", error->message);
  g_autoptr (GPtrArray) ids = key != NULL ? sek_answer_reports (facts, policy, key) : NULL;
  const char *judgement = ids != NULL ? sek_answer_judgement (facts) : NULL;
  for (guint i = 0; ids != NULL && i < ids->len && i < SEK_REFERENCES_MAX; i++)
    note (service, ids->pdata[i], judgement, TRUE);
}

/* A warning for everybody that means a mail which this person has reported answers the report, too. That one
 * was harmless answers none: marks can be copied by whoever has seen the mail. */
void
sek_service_note_advisory (SekService *service, const char *mail, const SekAdvisory *advisory)
{
  if (advisory->level < SEK_LEVEL_CAUTION || strlen (mail) < 2 * SEK_REPORT_ID_DIGITS)
    return;
  for (gsize half = 0; half < 2; half++)
    {
      g_autofree char *id = g_strndup (mail + half * SEK_REPORT_ID_DIGITS, SEK_REPORT_ID_DIGITS);
      note (service, id, "dangerous", FALSE);
    }
}
