/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long the engine takes for a verdict, alone, where the history knows a thousand correspondents:
 *   engine [MAILS…]
 * First for strangers, whose domains are compared with all of those; then for the mails of each folder,
 * beside what the sealed scanner takes for the same mails. */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agent/core/limits.h"
#include "agent/engine/check.h"
#include "agent/scanner/host/host.h"
#include "agent/store/store.h"
#include "tests/bench/values.h"

#define ROUNDS 500
#define ROUNDS_OF_A_MAIL 5

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

static const char *const me[] = { "taro.sato@kaede.example", NULL };

/* Microseconds of each of so many verdicts. */
static GArray *
time_verdicts (const SekEngineInput *input, guint rounds, guint *findings)
{
  GArray *times = bench_values_new ();
  for (guint i = 0; i < rounds; i++)
    {
      gint64 begin = g_get_monotonic_time ();
      g_autoptr (SekVerdict) verdict = sek_engine_judge (input);
      double took = (double) (g_get_monotonic_time () - begin);
      g_array_append_val (times, took);
      *findings = verdict->findings->len;
    }
  return times;
}

static void
measure_stranger (const SekHistory *history, const SekPolicy *policy, const char *address)
{
  g_autoptr (SekFacts) facts = sek_facts_new ();
  g_ptr_array_add (facts->from, sek_mailbox_new ("Somebody", address));
  const SekEngineInput input = { .facts = facts, .history = history, .policy = policy, .own_addresses = me };
  guint findings = 0;
  g_autoptr (GArray) times = time_verdicts (&input, ROUNDS, &findings);
  g_print ("%-36s %u findings, all checks: median %.2f ms, 99 %% %.2f ms\n", address, findings,
           bench_values_at (times, 0.5) / 1000, bench_values_at (times, 0.99) / 1000);
}

typedef struct
{
  SekScanner *scanner;
  const SekHistory *history;
  const SekPolicy *policy;
  GArray *engine, *sealed, *ratios;
} Measuring;

static void
measure_mail (const char *path, gpointer user_data)
{
  const Measuring *measuring = user_data;
  g_autoptr (GError) error = NULL;
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  gint64 begin = g_get_monotonic_time ();
  g_autoptr (SekFacts) facts = sek_scanner_scan (measuring->scanner, fd, NULL, &error);
  double sealed = (double) (g_get_monotonic_time () - begin);
  close (fd);
  g_assert_no_error (error);
  if (facts->from->len == 0) /* no mail, or none that anybody is said to have written */
    return;
  const SekEngineInput input = {
    .facts = facts, .history = measuring->history, .policy = measuring->policy, .own_addresses = me
  };
  guint findings;
  g_autoptr (GArray) times = time_verdicts (&input, ROUNDS_OF_A_MAIL, &findings);
  double engine = bench_values_at (times, 0.5), ratio = engine / sealed;
  g_array_append_val (measuring->engine, engine);
  g_array_append_val (measuring->sealed, sealed);
  g_array_append_val (measuring->ratios, ratio);
}

static void
measure_folder (const SekHistory *history, const SekPolicy *policy, const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SekScanner) scanner = sek_scanner_new (&error);
  g_assert_no_error (error);
  g_autoptr (GArray) engine = bench_values_new (), sealed = bench_values_new (), ratios = bench_values_new ();
  Measuring measuring = { scanner, history, policy, engine, sealed, ratios };
  bench_walk (folder, measure_mail, &measuring);
  g_autofree char *name = g_path_get_basename (folder);
  g_print ("| %-16s | %5u | %5.2f / %5.2f | %5.2f / %5.2f | %5.2f |\n", name, engine->len,
           bench_values_at (engine, 0.5) / 1000, bench_values_at (engine, 0.99) / 1000,
           bench_values_at (sealed, 0.5) / 1000, bench_values_at (sealed, 0.99) / 1000,
           bench_values_at (ratios, 0.5));
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("sekisho-bench-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "history.db", NULL);
  SekStore *store = learn (file);
  SekHistory history = sek_store_history (store);
  g_autoptr (SekPolicy) policy = sek_policy_new ();
  g_auto (GStrv) domains = history.correspondent_domains (history.self);
  g_print ("%u correspondents' domains\n", g_strv_length (domains));
  for (gsize i = 0; i < G_N_ELEMENTS (strangers); i++)
    measure_stranger (&history, policy, strangers[i]);
  if (argc > 1)
    g_print ("\nMilliseconds a mail, median / 99 %%\n\n"
             "| mails            |       | engine alone  | sealed scan   | ratio |\n"
             "|------------------|-------|---------------|---------------|-------|\n");
  for (int i = 1; i < argc; i++)
    measure_folder (&history, policy, argv[i]);
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
