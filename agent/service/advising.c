/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/service/advising.h"

#include <glib/gi18n-lib.h>

#include "agent/engine/traces.h"
#include "agent/service/notifier.h"
#include "agent/store/warned.h"

/* Mails looked through in one turn of the main loop: about 2 ms. */
#define BATCH 200
/* Older ones are looked for, but nobody needs to hear of them any more. */
#define NEWS_SECONDS (30 * 24 * 60 * 60)
/* More notifications at once would only be clicked away. */
#define TOLD_MAX 3

struct SekAdvising
{
  SekStore *store;
  SekPolicyWatch *policy;
  SekAdvisedFunc advised;
  gpointer user_data;
  SekHeldPolicy *held; /* whose advisories are looked for now; NULL: none */
  GPtrArray *wanted;   /* SekAdvisory of held, those that are new */
  gint64 reached;      /* id of the last mail that was looked at */
  guint turn;          /* source id */
  guint told;          /* notifications of this round */
};

static gint64
now_seconds (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static void
add_words (GChecksum *checksum, const char *key, char **words)
{
  for (char **word = words; word != NULL && *word != NULL; word++)
    {
      g_autofree char *line = g_strdup_printf ("%s=%s\n", key, *word);
      g_checksum_update (checksum, (const guchar *) line, -1);
    }
}

/* One advisory with other marks or another level is another one; with another sentence it is not. */
static char *
digest_of (const SekAdvisory *advisory)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *head =
      g_strdup_printf ("%s %d %d\n", advisory->id, (int) advisory->level, advisory->quarantine);
  g_checksum_update (checksum, (const guchar *) head, -1);
  add_words (checksum, "sender", advisory->senders);
  add_words (checksum, "domain", advisory->domains);
  add_words (checksum, "subject", advisory->subjects);
  add_words (checksum, "message-id", advisory->message_ids);
  add_words (checksum, "sha256", advisory->sha256s);
  add_words (checksum, "link-domain", advisory->link_domains);
  return g_strdup (g_checksum_get_string (checksum));
}

static gboolean
note (SekAdvising *advising, const SekSeenMail *mail, const SekAdvisory *advisory, gboolean move)
{
  g_autofree char *digest = digest_of (advisory);
  g_autoptr (GError) error = NULL;
  gboolean is_new = FALSE;
  if (!sek_store_advise (advising->store, mail->mail, digest, move, &is_new, &error))
    g_warning ("%s", error->message);
  return is_new;
}

/* --- what people are told --- */

static void
announce (SekAdvising *advising, const SekAdvisory *advisory)
{
  const char *text = sek_advisory_text (advisory, g_get_language_names ());
  gboolean is_news = advisory->published == 0 || advisory->published > now_seconds () - NEWS_SECONDS;
  if (!is_news || *text == '\0' || advising->told++ >= TOLD_MAX)
    return;
  g_autofree char *shown = sek_text_show (text, SEK_EVIDENCE_CHARS_MAX);
  if (advisory->level == SEK_LEVEL_CLEAR)
    /* Translators: headline of a desktop notification; the administrator's sentence follows. */
    sek_notify (_ ("Your administrator gives the all-clear"), shown, "advisories");
  else
    /* Translators: headline of a desktop notification; the administrator's sentence follows. */
    sek_notify (_ ("Your administrator warns of a mail"), shown, "advisories");
}

static void
tell_of_mail (SekAdvising *advising, const SekSeenMail *mail, const SekAdvisory *advisory)
{
  if (advising->told++ >= TOLD_MAX)
    return;
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (mail->date);
  /* Translators: when a mail was seen, by the rules of g_date_time_format: %m/%d %H:%M in Japanese. */
  g_autofree char *when = g_date_time_format (time, _ ("%-d %B, %H:%M"));
  g_autofree char *body = NULL;
  if (advisory->level == SEK_LEVEL_CLEAR)
    /* Translators: “%s” is the subject of a mail, the second %s when it was seen. */
    body = g_strdup_printf (_ ("It was harmless: “%s”, seen %s."), mail->subject, when);
  else if (advisory->quarantine)
    /* Translators: “%s” is the subject of a mail, the second %s when it was seen. */
    body = g_strdup_printf (_ ("“%s”, seen %s. It is moved to the folder Quarantine. If you have opened its "
                               "attachment or typed a password, tell your administrator now."),
                            mail->subject, when);
  else
    /* Translators: “%s” is the subject of a mail, the second %s when it was seen. */
    body =
        g_strdup_printf (_ ("“%s”, seen %s. If you have opened its attachment or typed a password, tell your "
                            "administrator now."),
                         mail->subject, when);
  if (advisory->level == SEK_LEVEL_CLEAR)
    /* Translators: headline of a desktop notification; which mail follows. */
    sek_notify (_ ("A mail that you were warned of"), body, "advisories");
  else
    /* Translators: headline of a desktop notification; which mail follows. */
    sek_notify (_ ("You have received a mail that your administrator warns of"), body, "advisories");
}

/* --- looking through the mails --- */

static void
look_at (SekAdvising *advising, const SekSeenMail *mail)
{
  for (guint i = 0; i < advising->wanted->len; i++)
    {
      const SekAdvisory *advisory = advising->wanted->pdata[i];
      if (!sek_advisory_means (advisory, mail->traces))
        continue;
      gboolean harmless = advisory->level == SEK_LEVEL_CLEAR;
      gboolean move = advisory->quarantine && advisory->level >= SEK_LEVEL_CAUTION;
      if (!note (advising, mail, advisory, move))
        continue;
      /* That a mail nobody warned of is harmless is no news. */
      if (!harmless || mail->level >= SEK_LEVEL_CAUTION)
        tell_of_mail (advising, mail, advisory);
      advising->advised (mail, advisory, move, advising->user_data);
    }
}

/* Only now, so that a round that was cut off is begun again. */
static void
end_round (SekAdvising *advising)
{
  for (guint i = 0; i < advising->wanted->len; i++)
    {
      const SekAdvisory *advisory = advising->wanted->pdata[i];
      g_autofree char *digest = digest_of (advisory);
      g_autoptr (GError) error = NULL;
      gboolean is_new = FALSE;
      if (!sek_store_announce (advising->store, digest, now_seconds (), &is_new, &error))
        g_warning ("%s", error->message);
      if (is_new)
        announce (advising, advisory);
    }
  g_clear_pointer (&advising->wanted, g_ptr_array_unref);
  g_clear_pointer (&advising->held, sek_held_policy_release);
}

static gboolean
on_turn (gpointer user_data)
{
  SekAdvising *advising = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) mails = sek_store_seen_after (advising->store, advising->reached, BATCH, &error);
  if (mails == NULL)
    g_warning ("%s", error->message);
  for (guint i = 0; mails != NULL && i < mails->len; i++)
    {
      const SekSeenMail *mail = mails->pdata[i];
      advising->reached = mail->id;
      look_at (advising, mail);
    }
  if (mails != NULL && mails->len == BATCH)
    return G_SOURCE_CONTINUE;
  advising->turn = 0;
  if (mails != NULL)
    end_round (advising);
  return G_SOURCE_REMOVE;
}

gint64
sek_advising_count (SekAdvising *advising, const SekAdvisory *advisory)
{
  g_autofree char *digest = digest_of (advisory);
  g_autoptr (GError) error = NULL;
  gint64 count = sek_store_count_advised (advising->store, digest, &error);
  if (error != NULL)
    g_warning ("%s", error->message);
  return MAX (count, 0);
}

void
sek_advising_policy_changed (SekAdvising *advising)
{
  g_clear_handle_id (&advising->turn, g_source_remove);
  g_clear_pointer (&advising->wanted, g_ptr_array_unref);
  g_clear_pointer (&advising->held, sek_held_policy_release);
  advising->held = sek_policy_watch_hold (advising->policy);
  advising->wanted = g_ptr_array_new ();
  advising->reached = 0;
  advising->told = 0;
  const GPtrArray *advisories = sek_held_policy_get (advising->held)->advisories;
  for (guint i = 0; i < advisories->len; i++)
    {
      g_autofree char *digest = digest_of (advisories->pdata[i]);
      g_autoptr (GError) error = NULL;
      gboolean announced = FALSE;
      if (!sek_store_is_announced (advising->store, digest, &announced, &error))
        g_warning ("%s", error->message);
      else if (!announced)
        g_ptr_array_add (advising->wanted, advisories->pdata[i]);
    }
  if (advising->wanted->len > 0)
    advising->turn = g_idle_add_full (G_PRIORITY_LOW, on_turn, advising, NULL);
}

void
sek_advising_saw (SekAdvising *advising,
                  const SekFacts *facts,
                  const SekVerdict *verdict,
                  const char *client,
                  const char *folder)
{
  g_autoptr (SekSeenMail) mail = sek_seen_mail_new ();
  g_free (mail->mail);
  mail->mail = g_strdup (facts->sha256 != NULL ? facts->sha256 : "");
  if (*mail->mail == '\0')
    return;
  g_free (mail->subject);
  mail->subject = g_strdup (verdict->subject);
  g_free (mail->client);
  mail->client = g_strdup (client != NULL ? client : "");
  g_free (mail->folder);
  mail->folder = g_strdup (folder != NULL ? folder : "");
  mail->date = now_seconds ();
  mail->level = verdict->level;
  sek_traces_free (mail->traces);
  mail->traces = sek_engine_traces (facts);
  g_autoptr (GError) error = NULL;
  if (!sek_store_put_seen (advising->store, mail, &error))
    g_warning ("%s", error->message);
  /* Whoever opens it now is warned by the verdict, and needs no second word of it. */
  const GPtrArray *advisories = sek_policy_watch_get (advising->policy)->advisories;
  for (guint i = 0; i < advisories->len; i++)
    if (sek_advisory_means (advisories->pdata[i], mail->traces))
      note (advising, mail, advisories->pdata[i], FALSE);
}

SekAdvising *
sek_advising_new (SekStore *store, SekPolicyWatch *policy, SekAdvisedFunc advised, gpointer user_data)
{
  SekAdvising *advising = g_new0 (SekAdvising, 1);
  advising->store = store;
  advising->policy = policy;
  advising->advised = advised;
  advising->user_data = user_data;
  sek_advising_policy_changed (advising);
  return advising;
}

void
sek_advising_free (SekAdvising *advising)
{
  if (advising == NULL)
    return;
  g_clear_handle_id (&advising->turn, g_source_remove);
  g_clear_pointer (&advising->wanted, g_ptr_array_unref);
  g_clear_pointer (&advising->held, sek_held_policy_release);
  g_free (advising);
}
