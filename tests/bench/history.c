/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long the history takes to learn and to answer, and what it weighs, with as many messages as asked for.
 */
#include <glib/gstdio.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "agent/store/store.h"

#define BATCH 10000 /* summaries in one Learn, as the mail client sends them */
#define LOOKUPS 2000
#define BEGIN G_GINT64_CONSTANT (1600000000)
#define PEOPLE_FOR_MAILS 40 /* one correspondent for so many mails, as in real mailboxes */
#define LAST_MAILS 2000     /* an answer is to one of the mails so near */

static const char *const families[] = { "太田", "佐藤", "鈴木", "Mori", "Tanaka", "Schmidt", "O'Hara", "林" };

static guint
people_of (guint messages)
{
  return MAX (messages / PEOPLE_FOR_MAILS, 50);
}

/* Few write often, many seldom. */
static guint
pick_person (GRand *rand, guint messages)
{
  double at = g_rand_double (rand);
  return (guint) (at * at * at * people_of (messages));
}

static SekMailbox *
mailbox (guint person)
{
  g_autofree char *address =
      g_strdup_printf ("person%u@division%u.company%u.example", person, person % 3, person / 20);
  g_autofree char *name = g_strdup_printf ("%s %u", families[person % G_N_ELEMENTS (families)], person);
  return sek_mailbox_new (name, address);
}

static char *
message_id (guint number)
{
  return g_strdup_printf ("%08x.%u.sekisho@mail.company.example", number * 2654435761u, number);
}

/* Two of three answer one of the mails before; one of five is ours. */
static SekMessageSummary *
make_message (GRand *rand, guint number, guint messages)
{
  SekMessageSummary *mail = sek_message_summary_new ();
  guint root = number;
  mail->message_id = message_id (number);
  if (number > 0 && g_rand_int_range (rand, 0, 3) > 0)
    {
      root = number - 1 - (guint) g_rand_int_range (rand, 0, (gint32) MIN (number, LAST_MAILS));
      g_ptr_array_add (mail->references, message_id (root));
    }
  mail->subject = g_strdup_printf ("%sお見積もりの件 %u", root != number ? "Re: " : "", root);
  mail->date = BEGIN + (gint64) number * 60;
  mail->sent_by_us = g_rand_int_range (rand, 0, 5) == 0;
  guint others = 1 + (guint) g_rand_int_range (rand, 0, 3);
  SekMailbox *me = sek_mailbox_new ("Me", "me@kaede.example");
  if (mail->sent_by_us)
    mail->from = me;
  else
    {
      mail->from = mailbox (pick_person (rand, messages));
      g_ptr_array_add (mail->recipients, me);
    }
  for (guint i = mail->sent_by_us ? 0 : 1; i < others; i++)
    g_ptr_array_add (mail->recipients, mailbox (pick_person (rand, messages)));
  return mail;
}

/* Seconds spent in the store. */
static double
learn (SekStore *store, guint messages)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  gint64 spent = 0;
  for (guint done = 0; done < messages;)
    {
      g_autoptr (GPtrArray) batch =
          g_ptr_array_new_with_free_func ((GDestroyNotify) sek_message_summary_free);
      for (; batch->len < BATCH && done < messages; done++)
        g_ptr_array_add (batch, make_message (rand, done, messages));
      g_autoptr (GError) error = NULL;
      gint64 before = g_get_monotonic_time ();
      if (sek_store_learn (store, batch, &error) != batch->len)
        g_error ("%s", error != NULL ? error->message : "a message was known already");
      spent += g_get_monotonic_time () - before;
    }
  return (double) spent / G_USEC_PER_SEC;
}

typedef struct
{
  SekHistory history;
  GRand *rand;
  guint messages;
} Asked;

static char *
any_id (const Asked *asked)
{
  return message_id ((guint) g_rand_int_range (asked->rand, 0, (gint32) asked->messages));
}

static char *
any_address (const Asked *asked)
{
  g_autoptr (SekMailbox) person = mailbox (pick_person (asked->rand, asked->messages));
  return g_steal_pointer (&person->addr_spec);
}

static void
ask_extent (const Asked *asked)
{
  SekHistoryExtent out;
  asked->history.extent (asked->history.self, &out);
}

static void
ask_message (const Asked *asked)
{
  g_autofree char *id = any_id (asked);
  SekKnownMessage out;
  if (!asked->history.find_message (asked->history.self, id, &out))
    g_error ("A message is missing");
}

static void
ask_unknown_message (const Asked *asked)
{
  g_autofree char *id = message_id (g_rand_int (asked->rand) | 0x80000000u);
  SekKnownMessage out;
  asked->history.find_message (asked->history.self, id, &out);
}

static void
ask_message_subject (const Asked *asked)
{
  g_autofree char *id = any_id (asked);
  asked->history.message_has_subject (asked->history.self, id, "お見積もりの件 1");
}

static void
ask_participants (const Asked *asked)
{
  g_autofree char *id = any_id (asked);
  g_auto (GStrv) all = asked->history.thread_participants (asked->history.self, id);
}

static void
ask_correspondent (const Asked *asked)
{
  g_autofree char *address = any_address (asked);
  SekCorrespondent out;
  asked->history.find_correspondent (asked->history.self, address, &out);
}

static void
ask_domain (const Asked *asked)
{
  g_autofree char *address = any_address (asked);
  SekCorrespondent out;
  asked->history.find_domain (asked->history.self, sek_addr_spec_domain (address), &out);
}

static void
ask_domains (const Asked *asked)
{
  g_auto (GStrv) all = asked->history.correspondent_domains (asked->history.self);
}

static void
ask_subject_with (const Asked *asked)
{
  g_autofree char *address = any_address (asked);
  g_autofree char *subject =
      g_strdup_printf ("お見積もりの件 %d", g_rand_int_range (asked->rand, 0, (gint32) asked->messages));
  asked->history.has_subject_with (asked->history.self, subject, address);
}

static void
ask_subject (const Asked *asked)
{
  g_autofree char *subject =
      g_strdup_printf ("お見積もりの件 %d", g_rand_int_range (asked->rand, 0, (gint32) asked->messages));
  asked->history.has_subject_with (asked->history.self, subject, NULL);
}

static void
ask_name (const Asked *asked)
{
  g_autoptr (SekMailbox) person = mailbox (pick_person (asked->rand, asked->messages));
  g_autofree char *key = sek_text_name_key (person->display_name);
  g_auto (GStrv) all = asked->history.addresses_of_name (asked->history.self, key);
}

static void
ask_locked (const Asked *asked)
{
  g_autofree char *address = any_address (asked);
  g_auto (SekLockedFile) out = { 0 };
  asked->history.find_locked_file (asked->history.self, address, &out);
}

static const struct
{
  const char *name;
  void (*ask) (const Asked *asked);
} questions[] = {
  { "extent", ask_extent },
  { "find_message", ask_message },
  { "find_message, unknown", ask_unknown_message },
  { "message_has_subject", ask_message_subject },
  { "thread_participants", ask_participants },
  { "find_correspondent", ask_correspondent },
  { "find_domain", ask_domain },
  { "correspondent_domains", ask_domains },
  { "has_subject_with", ask_subject_with },
  { "has_subject_with, anybody", ask_subject },
  { "addresses_of_name", ask_name },
  { "find_locked_file", ask_locked },
};

static int
compare (const void *a, const void *b)
{
  gint64 first = *(const gint64 *) a, second = *(const gint64 *) b;
  return first < second ? -1 : first > second;
}

static void
measure (const Asked *asked, gsize question)
{
  gint64 times[LOOKUPS];
  for (int i = 0; i < LOOKUPS; i++)
    {
      gint64 before = g_get_monotonic_time ();
      questions[question].ask (asked);
      times[i] = g_get_monotonic_time () - before;
    }
  qsort (times, LOOKUPS, sizeof *times, compare);
  g_print ("| %9u | %-25s | %6" G_GINT64_FORMAT " | %6" G_GINT64_FORMAT " | %6" G_GINT64_FORMAT " |\n",
           asked->messages, questions[question].name, times[LOOKUPS / 2], times[LOOKUPS * 99 / 100],
           times[LOOKUPS - 1]);
}

/* The answers of a new process, whose cache is empty; the kernel's is not. */
static void
lookups (const char *path, guint messages)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SekStore) store = sek_store_open (path, FALSE, &error);
  g_assert_no_error (error);
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);
  Asked asked = { sek_store_history (store), rand, messages };
  for (gsize i = 0; i < G_N_ELEMENTS (questions); i++)
    measure (&asked, i);
}

static void
bench (const char *folder, guint messages, GString *sums)
{
  g_autofree char *path = g_build_filename (folder, "history.db", NULL);
  g_autoptr (GError) error = NULL;
  SekStore *store = sek_store_open (path, TRUE, &error);
  g_assert_no_error (error);
  double seconds = learn (store, messages);
  sek_store_free (store);
  GStatBuf about;
  g_assert_cmpint (g_stat (path, &about), ==, 0);
  g_string_append_printf (sums, "| %9u | %13.0f | %15.0f |\n", messages, messages / seconds,
                          (double) about.st_size / messages);
  lookups (path, messages);
  g_remove (path);
}

int
main (int argc, char **argv)
{
  setlocale (LC_CTYPE, "C.UTF-8");
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("sekisho-bench-XXXXXX", &error);
  g_assert_no_error (error);
  g_autoptr (GString) sums = g_string_new (NULL);
  g_print ("| messages  | question                  | median |   99 %% |    max | µs\n"
           "|-----------|---------------------------|--------|--------|--------|\n");
  static const guint sizes[] = { 10000, 100000, 1000000 };
  for (int i = 1; i < argc; i++)
    bench (folder, (guint) g_ascii_strtoull (argv[i], NULL, 10), sums);
  for (gsize i = 0; argc == 1 && i < G_N_ELEMENTS (sizes); i++)
    bench (folder, sizes[i], sums);
  g_print ("\n| messages  | learned a sec | bytes a message "
           "|\n|-----------|---------------|-----------------|\n%s",
           sums->str);
  g_rmdir (folder);
  return 0;
}
