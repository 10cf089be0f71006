/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "agent/cli/cli.h"
#include "agent/cli/judge.h"
#include "agent/policy/sources.h"

/* What is in force now against what would be with the file on top. */
typedef struct
{
  SekJudge judge;
  SekPolicyState *now;
  SekPolicy *then;
  SekDirectoryKeeper *directory_now;
  SekDirectoryKeeper *directory_then;
  guint counts_now[SEK_LEVEL_DANGER + 1];
  guint counts_then[SEK_LEVEL_DANGER + 1];
  guint changed;
  gboolean unreadable;
} Trial;

static void
trial_clear (Trial *trial)
{
  sek_judge_clear (&trial->judge);
  sek_policy_state_free (trial->now);
  sek_policy_free (trial->then);
  g_clear_pointer (&trial->directory_now, sek_directory_keeper_free);
  g_clear_pointer (&trial->directory_then, sek_directory_keeper_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Trial, trial_clear)

/* The file as it will be when it was fetched: above all that is in force. */
static gboolean
put_on_top (Trial *trial, const char *path)
{
  g_autoptr (GError) error = NULL;
  SekPolicyDocument *document = sek_policy_document_load (path, SEK_OWNER_ANY, &error);
  if (document == NULL)
    {
      sek_cli_complain (error->message);
      return FALSE;
    }
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_policy_source_unref);
  for (guint i = 0; i < trial->now->sources->len; i++)
    g_ptr_array_add (sources, sek_policy_source_ref (trial->now->sources->pdata[i]));
  g_ptr_array_add (sources, sek_policy_source_new (SEK_AUTHORITY_SIGNED, document));
  for (guint i = 0; i < document->faults->len; i++)
    {
      g_autofree char *text = sek_policy_fault_to_string (document, document->faults->pdata[i]);
      g_printerr ("%s\n", text);
    }
  if (document->faults->len > 0)
    return FALSE;
  g_autoptr (GPtrArray) decisions = sek_policy_decide (sources);
  trial->then = sek_policy_from_decisions (decisions);
  return TRUE;
}

static void
try_mail (Trial *trial, const SekMail *mail)
{
  g_autoptr (SekFacts) facts = sek_judge_scan (&trial->judge, mail);
  if (facts == NULL)
    {
      trial->unreadable = TRUE;
      return;
    }
  g_autoptr (SekVerdict) now =
      sek_judge_verdict (&trial->judge, trial->now->policy, trial->directory_now, facts);
  g_autoptr (SekVerdict) then = sek_judge_verdict (&trial->judge, trial->then, trial->directory_then, facts);
  trial->counts_now[now->level]++;
  trial->counts_then[then->level]++;
  if (now->level == then->level)
    return;
  trial->changed++;
  g_autofree char *path = g_filename_display_name (mail->label);
  g_print ("%s → %s  %s  %s\n", sek_wording_level (now->level), sek_wording_level (then->level), path,
           then->subject);
}

static void
print_counts (const Trial *trial, guint mails)
{
  /* Translators: the end of “sekisho policy try”. %u is a number of mails. */
  g_print (ngettext ("%u mail, ", "%u mails, ", mails), mails);
  /* Translators: follows “%u mails, ”; of them, %u are judged otherwise. */
  g_print (ngettext ("%u judged otherwise", "%u judged otherwise", trial->changed), trial->changed);
  g_print ("\n");
  for (int level = SEK_LEVEL_CLEAR; level <= SEK_LEVEL_DANGER; level++)
    g_print ("  %s  %u → %u\n", sek_wording_level ((SekLevel) level), trial->counts_now[level],
             trial->counts_then[level]);
}

int
sek_cli_policy_try (int argc, char **argv)
{
  g_auto (Trial) trial = { 0 };
  g_autofree char *named = NULL, *history_path = NULL;
  const GOptionEntry entries[] = {
    { "policy", 'p', 0, G_OPTION_ARG_FILENAME, &named,
      N_ ("File or folder in the place of the system's folder"), N_ ("PATH") },
    { "me", 'm', 0, G_OPTION_ARG_STRING_ARRAY, &trial.judge.own_addresses,
      N_ ("An address of the reader; may be repeated"), N_ ("ADDR") },
    { "history", 'H', 0, G_OPTION_ARG_FILENAME, &history_path, N_ ("History to judge by"), N_ ("FILE") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) paths = NULL;
  if (!sek_cli_parse ("policy try", "FILE PATH…", entries, argc, argv, &paths))
    return SEK_EXIT_UNREADABLE;
  if (paths[1] == NULL)
    {
      sek_cli_complain (_ ("Name a policy file, and mails to try it on"));
      return SEK_EXIT_UNREADABLE;
    }
  trial.now = sek_policy_state_read (named, NULL);
  trial.directory_now = sek_directory_keeper_new ();
  trial.directory_then = sek_directory_keeper_new ();
  if (!put_on_top (&trial, paths[0]) ||
      !sek_judge_open (&trial.judge, history_path, FALSE, &trial.unreadable))
    return SEK_EXIT_UNREADABLE;
  g_autoptr (GPtrArray) mails = sek_cli_find_mails (paths + 1, &trial.unreadable);
  for (guint i = 0; i < mails->len; i++)
    try_mail (&trial, mails->pdata[i]);
  print_counts (&trial, mails->len);
  if (trial.unreadable)
    return SEK_EXIT_UNREADABLE;
  return trial.changed > 0 ? SEK_EXIT_WARNED : SEK_EXIT_CLEAR;
}
