/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sekisho training: the token that makes a mail a drill of the organisation's, and whether a mail has it. */
#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "agent/cli/cli.h"
#include "agent/cli/judge.h"
#include "agent/engine/training.h"
#include "agent/policy/sources.h"

/* attached: of a report the mail that it brings. NULL after the fault was said. */
static SekFacts *
read_mail (char **paths, gboolean attached)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SekScanner) scanner =
      attached ? sek_scanner_new_for_attached (&error) : sek_scanner_new (&error);
  g_autoptr (GPtrArray) mails = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_mail_free);
  gboolean found = scanner != NULL && paths[1] == NULL && sek_mails_find (paths[0], mails, &error);
  int fd = found && mails->len == 1 ? sek_mail_open (mails->pdata[0], &error) : -1;
  SekFacts *facts = fd >= 0 ? sek_scanner_scan (scanner, fd, NULL, &error) : NULL;
  if (fd >= 0)
    close (fd);
  if (facts == NULL)
    sek_cli_complain (error != NULL ? error->message : _ ("Name one mail"));
  return facts;
}

static int
print_token (const SekFacts *facts, const SekPolicy *policy)
{
  g_autofree char *token = sek_training_token (facts, policy->training_secrets[0]);
  if (token == NULL)
    {
      sek_cli_complain (_ ("A training mail needs a Message-ID, a Date and one address in From"));
      return SEK_EXIT_UNREADABLE;
    }
  g_print ("%s: %s\n", policy->training_header, token);
  return SEK_EXIT_CLEAR;
}

static int
print_outcome (const SekFacts *facts, const SekPolicy *policy)
{
  static const struct
  {
    const char *words;
    int exit_code;
  } outcomes[] = {
    [SEK_TRAINING_NONE] = { N_ ("The mail has no token of a training mail."), SEK_EXIT_WARNED },
    [SEK_TRAINING_RECOGNISED] = { N_ ("The token is right: this is a training mail."), SEK_EXIT_CLEAR },
    [SEK_TRAINING_FORGED] = { N_ ("The token is wrong: the mail imitates a training mail."),
                              SEK_EXIT_WARNED },
  };
  SekTraining outcome = sek_training_examine (facts, policy);
  g_print ("%s\n", _ (outcomes[outcome].words));
  return outcomes[outcome].exit_code;
}

int
sek_cli_training (int argc, char **argv)
{
  const char *command = argc > 0 ? argv[0] : "";
  gboolean sign = g_str_equal (command, "sign");
  if (!sign && !g_str_equal (command, "check"))
    {
      sek_cli_complain (_ ("Usage: sekisho training sign|check [--policy PATH] MAIL"));
      return SEK_EXIT_UNREADABLE;
    }
  g_autofree char *named = NULL;
  const GOptionEntry entries[] = {
    { "policy", 'p', 0, G_OPTION_ARG_FILENAME, &named,
      N_ ("File or folder in the place of the system's folder"), N_ ("PATH") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) paths = NULL;
  if (!sek_cli_parse (sign ? "training sign" : "training check", "MAIL", entries, argc - 1, argv + 1, &paths))
    return SEK_EXIT_UNREADABLE;
  g_autoptr (SekPolicyState) state = sek_policy_state_read (named, NULL);
  if (state->policy->training_secrets[0] == NULL)
    {
      sek_cli_complain (_ ("The policy has no secret in its group [training]"));
      return SEK_EXIT_UNREADABLE;
    }
  g_autoptr (SekFacts) facts = read_mail (paths, !sign);
  if (facts == NULL)
    return SEK_EXIT_UNREADABLE;
  return sign ? print_token (facts, state->policy) : print_outcome (facts, state->policy);
}
