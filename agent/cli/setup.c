/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sekisho setup: from installed packages to a desktop whose mail is checked. */
#include <glib/gi18n-lib.h>

#include "agent/cli/cli.h"
#include "agent/setup/setup.h"

/* FALSE when something is left to do for the person. */
static gboolean
set_up_client (const SekSetupClient *client, gboolean quiet)
{
  g_autoptr (GError) error = NULL;
  const char *outcome;
  if (!client->has_plugin)
    outcome = _ ("Sekisho's package for it is not installed");
  else if (client->enabled)
    outcome = _ ("checks mail already");
  else if (sek_setup_enable (NULL, client->id, TRUE, &error))
    outcome = _ ("will check mail from its next start on");
  else
    outcome = error->message;
  if (!quiet)
    /* Translators: the name of a mail client, then what is so with it. */
    g_print (_ ("%s: %s"), client->title, outcome), g_print ("\n");
  return client->has_plugin && error == NULL;
}

/* TRUE when there is a mail client to protect, and nothing is left to do with any. */
static gboolean
set_up_clients (gboolean quiet)
{
  g_autoptr (GPtrArray) clients = sek_setup_clients (NULL);
  gboolean any = FALSE, done = TRUE;
  for (guint i = 0; i < clients->len; i++)
    {
      const SekSetupClient *client = clients->pdata[i];
      if (!client->installed)
        continue;
      any = TRUE;
      done = set_up_client (client, quiet) && done;
    }
  if (!any && !quiet)
    sek_cli_complain (
        _ ("No mail client is installed for which Sekisho has a plugin: Claws Mail, Evolution"));
  return any && done;
}

int
sek_cli_setup (int argc, char **argv)
{
  SekSystemSetup system = { 0 };
  gboolean is_system = FALSE, quiet = FALSE;
  g_autofree char *url = NULL, *root = NULL;
  g_auto (GStrv) keys = NULL;
  const GOptionEntry entries[] = {
    { "system", 0, 0, G_OPTION_ARG_NONE, &is_system, N_ ("As root: the administrator's files"), NULL },
    { "url", 0, 0, G_OPTION_ARG_STRING, &url, N_ ("With --system: where the signed policy is fetched"),
      "URL" },
    { "key", 0, 0, G_OPTION_ARG_STRING_ARRAY, &keys,
      N_ ("With --system: a public key of minisign that may sign it"), N_ ("KEY") },
    { "everyone", 0, 0, G_OPTION_ARG_NONE, &system.everyone,
      N_ ("With --system: puts the plugin in place for each person who logs in"), NULL },
    { "root", 0, 0, G_OPTION_ARG_FILENAME, &root, N_ ("With --system: the system that lies in this folder"),
      N_ ("FOLDER") },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &quiet,
      N_ ("Only puts the plugin in place, and says nothing; for the start of a session"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) left = NULL;
  if (!sek_cli_parse_any ("setup", NULL, entries, argc, argv, &left))
    return SEK_EXIT_UNREADABLE;
  if (!is_system && (url != NULL || keys != NULL || root != NULL || system.everyone))
    {
      sek_cli_complain (_ ("These options go together with --system"));
      return SEK_EXIT_UNREADABLE;
    }
  if (is_system)
    {
      system.url = url;
      system.keys = (const char *const *) keys;
      system.root = root != NULL ? root : "/";
      return sek_cli_setup_system (&system);
    }
  gboolean done = set_up_clients (quiet);
  if (quiet)
    return done ? SEK_EXIT_CLEAR : SEK_EXIT_WARNED;
  int tested = sek_cli_self_test (0, NULL);
  if (done && tested == SEK_EXIT_CLEAR)
    g_print ("%s\n", _ ("Everything is in place."));
  else if (tested == SEK_EXIT_CLEAR)
    g_print ("%s\n", _ ("The checks work. What is left to do stands above."));
  return tested != SEK_EXIT_CLEAR ? tested : done ? SEK_EXIT_CLEAR : SEK_EXIT_WARNED;
}
