/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/cli/cli.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "agent/cli/mails.h"
#include "agent/core/core.h"

void
sek_cli_complain (const char *message)
{
  g_printerr ("sekisho: %s\n", message);
}

gboolean
sek_cli_parse_any (
    const char *command, const char *usage, const GOptionEntry *entries, int argc, char **argv, char ***paths)
{
  GStrv left = NULL;
  const GOptionEntry rest[] = {
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &left, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (usage);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, rest, NULL);
  g_autofree char *program = g_strconcat ("sekisho ", command, NULL);
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_ptr_array_add (arguments, program);
  for (int i = 0; i < argc; i++)
    g_ptr_array_add (arguments, argv[i]);
  g_ptr_array_add (arguments, NULL);
  g_set_prgname (program);
  int count = (int) arguments->len - 1;
  char **vector = (char **) arguments->pdata;
  g_autoptr (GError) error = NULL;
  gboolean parsed = g_option_context_parse (context, &count, &vector, &error);
  g_set_prgname ("sekisho");
  if (!parsed)
    {
      sek_cli_complain (error->message);
      return FALSE;
    }
  *paths = left;
  return TRUE;
}

gboolean
sek_cli_parse (
    const char *command, const char *usage, const GOptionEntry *entries, int argc, char **argv, char ***paths)
{
  GStrv left = NULL;
  if (!sek_cli_parse_any (command, usage, entries, argc, argv, &left))
    return FALSE;
  if (left == NULL)
    {
      /* Translators: the person gave a command no file to work on. */
      sek_cli_complain (_ ("No mail is named; see sekisho --help"));
      return FALSE;
    }
  *paths = left;
  return TRUE;
}

GPtrArray *
sek_cli_find_mails (char **paths, gboolean *unreadable)
{
  GPtrArray *mails = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_mail_free);
  for (char **path = paths; *path != NULL; path++)
    {
      g_autoptr (GError) error = NULL;
      if (sek_mails_find (*path, mails, &error))
        continue;
      sek_cli_complain (error->message);
      *unreadable = TRUE;
    }
  return mails;
}

static void
print_help (void)
{
  g_print ("%s\n\n", _ ("Usage: sekisho COMMAND [OPTION…] PATH…"));
  g_print ("%s\n", _ ("Asks of a mail: is it what it says it is?"));
  g_print ("\n%s\n", _ ("Commands:"));
  g_print ("  check    %s\n", _ ("judge mails and say why"));
  g_print ("  learn    %s\n", _ ("read mails into the history"));
  g_print ("  history  %s\n", _ ("show ADDRESS, forget ADDRESS: what the history knows of somebody"));
  g_print ("  advisory %s\n", _ ("new --from MAIL, list: warnings to everyone"));
  g_print ("  policy   %s\n",
           _ ("lint, show, explain, diff, try, sign, publish, sample: the administrator's policy"));
  g_print ("  report   %s\n", _ ("list, retry ID: your reports to the administrator"));
  g_print ("  training %s\n", _ ("sign MAIL, check MAIL: the token of training mails"));
  g_print ("  setup    %s\n", _ ("puts the plugin into the mail client, and tries it"));
  g_print ("  status   %s\n", _ ("how the agent is, and what it could not do"));
  g_print ("  self-test %s\n", _ ("send a harmless sample through the whole chain"));
  g_print ("  window   %s\n", _ ("open Sekisho's window; without a command, too"));
  g_print ("\n%s\n", _ ("PATH is a mail file, a Maildir, an MH folder, an mbox, or - for standard input."));
  g_print ("%s\n", _ ("“sekisho COMMAND --help” lists the options of a command."));
  g_print ("\n%s\n", _ ("Exit status of check: 0 nothing above notice, 1 some caution or danger, 2 something "
                        "could not be read."));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    int (*run) (int argc, char **argv);
  } commands[] = { { "check", sek_cli_check },         { "learn", sek_cli_learn },
                   { "history", sek_cli_history },     { "advisory", sek_cli_advisory },
                   { "policy", sek_cli_policy },       { "report", sek_cli_report },
                   { "self-test", sek_cli_self_test }, { "training", sek_cli_training },
                   { "setup", sek_cli_setup },         { "status", sek_cli_status },
                   { "window", sek_cli_window } };

  setlocale (LC_ALL, "");
  sek_wording_init ();
  g_set_prgname ("sekisho");
  const char *command = argc > 1 ? argv[1] : sek_cli_has_display () ? "window" : "--help";
  if (g_str_equal (command, "--version"))
    {
      g_print ("sekisho %s\n", SEK_VERSION);
      return SEK_EXIT_CLEAR;
    }
  if (g_str_equal (command, "--help") || g_str_equal (command, "-h") || g_str_equal (command, "help"))
    {
      print_help ();
      return argc > 1 ? SEK_EXIT_CLEAR : SEK_EXIT_UNREADABLE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (command, commands[i].name))
      return commands[i].run (MAX (argc - 2, 0), argv + MIN (argc, 2));
  /* Translators: %s is what the person typed. */
  g_autofree char *message = g_strdup_printf (_ ("There is no command “%s”; see sekisho --help"), command);
  sek_cli_complain (message);
  return SEK_EXIT_UNREADABLE;
}
