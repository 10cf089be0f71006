/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/cli/cli.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "agent/cli/judge.h"
#include "agent/engine/engine.h"
#include "agent/policy/policy-file.h"

typedef struct
{
  SekJudge judge;
  SekPolicy *policy;
  gboolean learn;
  gboolean json;
  gboolean colour;
  SekLevel gravest;
  gboolean unreadable;
  SekDirectoryKeeper *directory;
} Session;

static void
session_clear (Session *session)
{
  sek_judge_clear (&session->judge);
  g_clear_pointer (&session->directory, sek_directory_keeper_free);
  sek_policy_free (session->policy);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Session, session_clear)

/* The isolates around values are for widgets; a terminal or a script wants the plain sentence. */
static char *
plain_sentence (const SekFinding *finding)
{
  g_autofree char *sentence = sek_wording_finding (finding);
  GString *plain = g_string_new (sentence);
  g_string_replace (plain, "\u2068", "", 0);
  g_string_replace (plain, "\u2069", "", 0);
  return g_string_free (plain, FALSE);
}

static void
build_finding (JsonBuilder *builder, const SekFinding *finding)
{
  g_autofree char *text = plain_sentence (finding);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "check");
  json_builder_add_string_value (builder, finding->check);
  json_builder_set_member_name (builder, "level");
  json_builder_add_string_value (builder, sek_level_to_string (finding->level));
  json_builder_set_member_name (builder, "text");
  json_builder_add_string_value (builder, text);
  json_builder_set_member_name (builder, "evidence");
  json_builder_begin_object (builder);
  for (guint i = 0; i < finding->evidence->len; i++)
    {
      const SekEvidence *evidence = finding->evidence->pdata[i];
      json_builder_set_member_name (builder, evidence->key);
      json_builder_add_string_value (builder, evidence->value);
    }
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

static void
print_json (const char *label, const SekVerdict *verdict)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  /* A file name may be any bytes; JSON may not. */
  g_autofree char *path = g_utf8_make_valid (label, -1);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "path");
  json_builder_add_string_value (builder, path);
  json_builder_set_member_name (builder, "message_id");
  json_builder_add_string_value (builder, verdict->message_id);
  json_builder_set_member_name (builder, "level");
  json_builder_add_string_value (builder, sek_level_to_string (verdict->level));
  json_builder_set_member_name (builder, "findings");
  json_builder_begin_array (builder);
  for (guint i = 0; i < verdict->findings->len; i++)
    build_finding (builder, verdict->findings->pdata[i]);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "microseconds");
  json_builder_add_int_value (builder, verdict->microseconds);
  json_builder_end_object (builder);
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *line = json_to_string (root, FALSE);
  g_print ("%s\n", line);
}

static void
print_block (const Session *session, const char *label, const SekVerdict *verdict)
{
  static const char *const colours[] = { "\033[32m", "\033[36m", "\033[33m", "\033[1;31m" };
  g_autofree char *path = g_filename_display_name (label);
  const char *on = session->colour ? colours[verdict->level] : "", *off = session->colour ? "\033[0m" : "";
  g_print ("%s%s%s  %s\n", on, sek_wording_level (verdict->level), off, path);
  /* Translators: labels in the output of “sekisho check”, in front of a sender and of a subject. */
  if (*verdict->claimed_name != '\0')
    g_print ("  %s %s <%s>\n", _ ("From:"), verdict->claimed_name, verdict->sender_address);
  else
    g_print ("  %s %s\n", _ ("From:"), verdict->sender_address);
  g_print ("  %s %s\n", _ ("Subject:"), verdict->subject);
  for (guint i = 0; i < verdict->findings->len; i++)
    {
      const SekFinding *finding = verdict->findings->pdata[i];
      g_autofree char *text = plain_sentence (finding);
      g_print ("  • %s  [%s: %s]\n", text, finding->check, sek_wording_level (finding->level));
    }
  g_print ("\n");
}

/* The mail was judged by what came before it; the next one is judged by it, too. */
static void
learn_from (Session *session, const SekFacts *facts, const SekVerdict *verdict)
{
  g_autoptr (GError) problem = NULL;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  if (!sek_store_remember_locked (session->judge.store, facts, now, &problem) ||
      !sek_store_remember_passwords (session->judge.store, facts, now, &problem))
    {
      sek_cli_complain (problem->message);
      session->unreadable = TRUE;
    }
  SekMessageSummary *summary =
      sek_message_summary_from_judged (facts, verdict->level,
                                       (const char *const *) session->judge.own_addresses);
  if (summary == NULL)
    return;
  g_autoptr (GPtrArray) summaries =
      g_ptr_array_new_with_free_func ((GDestroyNotify) sek_message_summary_free);
  g_ptr_array_add (summaries, summary);
  g_autoptr (GError) error = NULL;
  if (sek_store_learn (session->judge.store, summaries, &error) >= 0)
    return;
  sek_cli_complain (error->message);
  session->unreadable = TRUE;
}

static void
check_mail (Session *session, const SekMail *mail)
{
  gint64 before = g_get_monotonic_time ();
  g_autoptr (SekFacts) facts = sek_judge_scan (&session->judge, mail);
  if (facts == NULL)
    {
      session->unreadable = TRUE;
      return;
    }
  g_autoptr (SekVerdict) verdict =
      sek_judge_verdict (&session->judge, session->policy, session->directory, facts);
  verdict->microseconds = g_get_monotonic_time () - before;
  session->gravest = MAX (session->gravest, verdict->level);
  if (session->json)
    print_json (mail->label, verdict);
  else
    print_block (session, mail->label, verdict);
  if (session->learn && session->judge.store != NULL)
    learn_from (session, facts, verdict);
}

static void
warn_of_unknown_groups (const SekPolicy *policy)
{
  g_auto (GStrv) unknown = sek_engine_unknown_groups (policy);
  for (char **group = unknown; *group != NULL; group++)
    {
      /* Translators: [%s] is a group of the policy file, such as [check fake-reply]. */
      g_autofree char *warning =
          g_strdup_printf (_ ("[%s] in the policy names nothing that is known"), *group);
      sek_cli_complain (warning);
    }
}

/* A broken policy or history is said, and the check goes on without it. */
static gboolean
open_session (Session *session, const char *policy_path, const char *history_path)
{
  g_autoptr (GError) error = NULL;
  if (policy_path != NULL)
    session->policy = sek_policy_load (policy_path, &error);
  if (error != NULL)
    {
      sek_cli_complain (error->message);
      session->unreadable = TRUE;
      g_clear_error (&error);
    }
  if (session->policy == NULL)
    session->policy = sek_policy_new ();
  session->directory = sek_directory_keeper_new ();
  warn_of_unknown_groups (session->policy);
  return sek_judge_open (&session->judge, history_path, session->learn, &session->unreadable);
}

int
sek_cli_check (int argc, char **argv)
{
  g_auto (Session) session = { 0 };
  g_autofree char *policy_path = NULL, *history_path = NULL;
  const GOptionEntry entries[] = {
    { "json", 'j', 0, G_OPTION_ARG_NONE, &session.json, N_ ("One JSON object a line"), NULL },
    { "me", 'm', 0, G_OPTION_ARG_STRING_ARRAY, &session.judge.own_addresses,
      N_ ("An address of the reader; may be repeated"), N_ ("ADDR") },
    { "policy", 'p', 0, G_OPTION_ARG_FILENAME, &policy_path, N_ ("Policy file to judge by"), N_ ("FILE") },
    { "history", 'H', 0, G_OPTION_ARG_FILENAME, &history_path, N_ ("History to judge by"), N_ ("FILE") },
    { "learn", 'l', 0, G_OPTION_ARG_NONE, &session.learn,
      N_ ("Learn each mail that is not above notice once it is judged"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) paths = NULL;
  if (!sek_cli_parse ("check", "PATH…", entries, argc, argv, &paths))
    return SEK_EXIT_UNREADABLE;
  if (session.learn && history_path == NULL)
    {
      sek_cli_complain (_ ("--learn needs --history FILE"));
      return SEK_EXIT_UNREADABLE;
    }
  session.colour = !session.json && isatty (STDOUT_FILENO) && g_getenv ("NO_COLOR") == NULL;
  if (!open_session (&session, policy_path, history_path))
    return SEK_EXIT_UNREADABLE;

  g_autoptr (GPtrArray) mails = sek_cli_find_mails (paths, &session.unreadable);
  for (guint i = 0; i < mails->len; i++)
    check_mail (&session, mails->pdata[i]);
  if (session.unreadable)
    return SEK_EXIT_UNREADABLE;
  return session.gravest > SEK_LEVEL_NOTICE ? SEK_EXIT_WARNED : SEK_EXIT_CLEAR;
}
