/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sekisho policy: faults, what is in force, and why. */
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "agent/cli/cli.h"
#include "agent/engine/engine.h"
#include "agent/policy/policy-file.h"
#include "agent/policy/sample.h"
#include "agent/policy/sources.h"

/* Names of checks and rules that nothing here has. TRUE when there is one. */
static gboolean
print_unknown_groups (const GPtrArray *sources, const char *path)
{
  g_autoptr (GPtrArray) decisions = sek_policy_decide (sources);
  g_autoptr (SekPolicy) policy = sek_policy_from_decisions (decisions);
  g_auto (GStrv) unknown = sek_engine_unknown_groups (policy);
  for (char **group = unknown; *group != NULL; group++)
    {
      /* Translators: [%s] is a group of the policy file, such as [check fake-reply]. */
      g_autofree char *warning =
          g_strdup_printf (_ ("[%s] in the policy names nothing that is known"), *group);
      g_printerr ("%s: %s\n", path, warning);
    }
  return unknown[0] != NULL;
}

/* Without the program's name in front: editors jump to FILE:LINE:COLUMN at the start of a line. */
static int
lint_one (const char *path)
{
  g_autoptr (GError) error = NULL;
  SekPolicyDocument *document = sek_policy_document_load (path, SEK_OWNER_ANY, &error);
  if (document == NULL)
    {
      sek_cli_complain (error->message);
      return SEK_EXIT_UNREADABLE;
    }
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_policy_source_unref);
  g_ptr_array_add (sources, sek_policy_source_new (SEK_AUTHORITY_SYSTEM, document));
  for (guint i = 0; i < document->faults->len; i++)
    {
      g_autofree char *text = sek_policy_fault_to_string (document, document->faults->pdata[i]);
      g_printerr ("%s\n", text);
    }
  gboolean is_unknown = print_unknown_groups (sources, path);
  return is_unknown || document->faults->len > 0 ? SEK_EXIT_WARNED : SEK_EXIT_CLEAR;
}

static int
lint (int argc, char **argv)
{
  const GOptionEntry entries[] = { G_OPTION_ENTRY_NULL };
  g_auto (GStrv) paths = NULL;
  if (!sek_cli_parse_any ("policy lint", "FILE…", entries, argc, argv, &paths))
    return SEK_EXIT_UNREADABLE;
  if (paths == NULL)
    {
      /* Translators: the person gave “sekisho policy lint” no file to work on. */
      sek_cli_complain (_ ("No policy file is named; see sekisho policy --help"));
      return SEK_EXIT_UNREADABLE;
    }
  int status = SEK_EXIT_CLEAR;
  for (char **path = paths; *path != NULL; path++)
    status = MAX (status, lint_one (*path));
  return status;
}

/* What is in force here; problems are said. NULL when the options are wrong. */
static SekPolicyState *
read_state (const char *command, const char *usage, int argc, char **argv, char ***rest)
{
  g_autofree char *named = NULL;
  const GOptionEntry entries[] = {
    { "policy", 'p', 0, G_OPTION_ARG_FILENAME, &named,
      N_ ("File or folder in the place of the system's folder"), N_ ("PATH") },
    G_OPTION_ENTRY_NULL,
  };
  if (!sek_cli_parse_any (command, usage, entries, argc, argv, rest))
    return NULL;
  SekPolicyState *state = sek_policy_state_read (named, NULL);
  for (guint i = 0; i < state->problems->len; i++)
    g_printerr ("%s\n", (const char *) state->problems->pdata[i]);
  return state;
}

static int
show (int argc, char **argv)
{
  g_auto (GStrv) rest = NULL;
  g_autoptr (SekPolicyState) state = read_state ("policy show", "", argc, argv, &rest);
  if (state == NULL)
    return SEK_EXIT_UNREADABLE;
  const char *group = "";
  for (guint i = 0; i < state->decisions->len; i++)
    {
      const SekPolicyVoice *winner = sek_policy_decision_winner (state->decisions->pdata[i]);
      if (winner == NULL)
        continue;
      if (!g_str_equal (group, winner->entry->group))
        g_print ("%s[%s]\n", *group != '\0' ? "\n" : "", winner->entry->group);
      group = winner->entry->group;
      g_autofree char *name = g_filename_display_name (winner->source->document->name);
      g_print ("# %s:%u\n%s=%s\n", name, winner->entry->line, winner->entry->key, winner->entry->value);
    }
  if (*group == '\0')
    g_print ("# %s\n", _ ("No policy file says anything; the defaults hold."));
  return state->problems->len > 0 ? SEK_EXIT_WARNED : SEK_EXIT_CLEAR;
}

static void
print_voice (const SekPolicyVoice *voice)
{
  g_autofree char *name = g_filename_display_name (voice->source->document->name);
  if (voice->lost == NULL)
    /* Translators: “%s” is a value of the policy, %s:%u the file and line that has decided it. */
    g_print (_ ("“%s” by %s:%u"), voice->entry->value, name, voice->entry->line);
  else
    /* Translators: “%s” is a value of the policy that does not count, %s:%u its file and line, %s why. */
    g_print (_ ("Not “%s” by %s:%u: %s"), voice->entry->value, name, voice->entry->line, voice->lost);
  g_print ("\n");
}

static void
print_decision (const char *group, const char *key, const SekPolicyState *state)
{
  const SekPolicyKey *row = sek_policy_key_find (group, key);
  const SekPolicyDecision *decision = sek_policy_decision_find (state->decisions, group, key);
  g_autofree char *about = sek_policy_key_about (row);
  g_print ("[%s] %s (%s)\n%s\n\n", group, key, sek_standing_to_string (row->standing), about);
  if (decision == NULL || sek_policy_decision_winner (decision) == NULL)
    {
      if (*row->preset != '\0')
        /* Translators: %s is the value of a key that no policy file names. */
        g_print (_ ("No file decides it; “%s” holds."), row->preset);
      else
        g_print ("%s", _ ("No file decides it."));
      g_print ("\n");
    }
  for (guint i = 0; decision != NULL && i < decision->voices->len; i++)
    print_voice (decision->voices->pdata[i]);
}

static int
explain (int argc, char **argv)
{
  g_auto (GStrv) names = NULL;
  g_autoptr (SekPolicyState) state = read_state ("policy explain", "GROUP.KEY", argc, argv, &names);
  if (state == NULL)
    return SEK_EXIT_UNREADABLE;
  const char *name = names != NULL && names[1] == NULL ? names[0] : "";
  const char *dot = strrchr (name, '.');
  g_autofree char *group = g_strndup (name, dot != NULL ? (gsize) (dot - name) : 0);
  if (dot == NULL || sek_policy_key_find (group, dot + 1) == NULL)
    {
      /* Translators: GROUP.KEY is what the person is to type, such as client.unavailable. */
      sek_cli_complain (_ ("Name one key as GROUP.KEY; “sekisho policy sample” has them all"));
      return SEK_EXIT_UNREADABLE;
    }
  print_decision (group, dot + 1, state);
  return SEK_EXIT_CLEAR;
}

static int
sample (int argc, char **argv)
{
  const GOptionEntry entries[] = { G_OPTION_ENTRY_NULL };
  g_auto (GStrv) rest = NULL;
  if (!sek_cli_parse_any ("policy sample", "", entries, argc, argv, &rest))
    return SEK_EXIT_UNREADABLE;
  g_autofree char *text = sek_policy_sample ();
  /* A policy file is UTF-8 whatever the terminal is. */
  return fputs (text, stdout) >= 0 ? SEK_EXIT_CLEAR : SEK_EXIT_UNREADABLE;
}

static const struct
{
  const char *name;
  const char *arguments;
  const char *meaning;
  int (*run) (int argc, char **argv);
} commands[] = {
  { "lint", "FILE…", N_ ("name every fault of policy files, with line and column"), lint },
  { "show", "", N_ ("print what is in force here, and which file says so"), show },
  { "explain", "GROUP.KEY", N_ ("say what a key means, who decided it, and who was not heard"), explain },
  { "diff", "OLD NEW", N_ ("print what changes from one policy file to another"), sek_cli_policy_diff },
  { "try", "FILE PATH…", N_ ("judge mails by a policy file and say which would be judged otherwise"),
    sek_cli_policy_try },
  { "sign", "FILE", N_ ("sign a policy file with minisign, once it has no fault"), sek_cli_policy_sign },
  { "publish", "FILE FOLDER", N_ ("put a signed policy file where desktops fetch it"),
    sek_cli_policy_publish },
  { "sample", "", N_ ("print a file to begin with, with the meaning of every key"), sample },
};

static void
print_help (void)
{
  g_print ("%s\n\n", _ ("Usage: sekisho policy COMMAND [OPTION…]"));
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *words = g_strdup_printf ("%s %s", commands[i].name, commands[i].arguments);
      g_print ("  %-18s %s\n", words, _ (commands[i].meaning));
    }
}

int
sek_cli_policy (int argc, char **argv)
{
  const char *name = argc > 0 ? argv[0] : "--help";
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (name, commands[i].name))
      return commands[i].run (argc - 1, argv + 1);
  print_help ();
  gboolean asked = g_str_equal (name, "--help") || g_str_equal (name, "-h");
  return asked && argc > 0 ? SEK_EXIT_CLEAR : SEK_EXIT_UNREADABLE;
}
