/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a stranger's domain takes to be compared with those of a thousand correspondents. */
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "agent/core/limits.h"
#include "agent/engine/check.h"
#include "agent/store/store.h"

#define ROUNDS 500

static const char *const stems[] = { "aoba",         "kiban",       "tsubaki", "harbour", "nordwind",
                                     "sakura-denki", "minato-logi", "momiji",  "lumiere", "huaxin" };
static const char *const suffixes[] = { "co.jp", "com", "example", "jp", "de" };
static const char *const strangers[] = { "somebody@wide-river-books.example", "it@xn--kede-53d.example",
                                         "info@tsubaki-17.co.jp" };

static SekStore *
learn (const char *file)
{
  g_autoptr (GError) error = NULL;
  SekStore *store = sek_store_open (file, TRUE, &error);
  g_autoptr (GPtrArray) summaries =
      g_ptr_array_new_with_free_func ((GDestroyNotify) sek_message_summary_free);
  for (guint i = 0; i < SEK_HISTORY_DOMAINS_MAX; i++)
    {
      SekMessageSummary *mail = sek_message_summary_new ();
      g_autofree char *address =
          g_strdup_printf ("info@%s-%u.%s", stems[i % G_N_ELEMENTS (stems)], 100 + i, suffixes[i % 5]);
      mail->message_id = g_strdup_printf ("%u@kaede.example", i);
      mail->subject = g_strdup ("お見積もり");
      mail->date = G_GINT64_CONSTANT (1600000000) + i;
      mail->from = sek_mailbox_new ("佐藤 太郎", "taro.sato@kaede.example");
      mail->sent_by_us = TRUE;
      g_ptr_array_add (mail->recipients, sek_mailbox_new (NULL, address));
      g_ptr_array_add (summaries, mail);
    }
  if (store == NULL || !sek_store_learn (store, summaries, &error))
    {
      g_printerr ("%s\n", error->message);
      exit (1);
    }
  return store;
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;
  return (left > right) - (left < right);
}

static void
measure (const SekHistory *history, const SekPolicy *policy, const char *address)
{
  static const char *const me[] = { "taro.sato@kaede.example", NULL };
  g_autoptr (SekFacts) facts = sek_facts_new ();
  g_ptr_array_add (facts->from, sek_mailbox_new ("Somebody", address));
  SekEngineInput input = { .facts = facts, .history = history, .policy = policy, .own_addresses = me };
  g_autofree gint64 *times = g_new0 (gint64, ROUNDS);
  guint findings = 0;
  for (guint i = 0; i < ROUNDS; i++)
    {
      gint64 begin = g_get_monotonic_time ();
      g_autoptr (SekVerdict) verdict = sek_engine_judge (&input);
      times[i] = g_get_monotonic_time () - begin;
      findings = verdict->findings->len;
    }
  qsort (times, ROUNDS, sizeof *times, compare_times);
  g_print ("%-36s %u findings, all checks: median %.2f ms, 99 %% %.2f ms\n", address, findings,
           (double) times[ROUNDS / 2] / 1000, (double) times[ROUNDS * 99 / 100] / 1000);
}

int
main (void)
{
  g_autofree char *folder = g_dir_make_tmp ("sekisho-bench-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "history.db", NULL);
  SekStore *store = learn (file);
  SekHistory history = sek_store_history (store);
  g_autoptr (SekPolicy) policy = sek_policy_new ();
  g_auto (GStrv) domains = history.correspondent_domains (history.self);
  g_print ("%u correspondents' domains\n", g_strv_length (domains));
  for (gsize i = 0; i < G_N_ELEMENTS (strangers); i++)
    measure (&history, policy, strangers[i]);
  sek_store_free (store);
  static const char *const endings[] = { "", "-wal", "-shm" };
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *left = g_strconcat (file, endings[i], NULL);
      g_unlink (left);
    }
  g_rmdir (folder);
  return 0;
}
