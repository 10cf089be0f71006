/* SPDX-License-Identifier: GPL-3.0-or-later */
/* agent/cli: the `sekisho` command. The same scanner and engine as the agent's, without the bus. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Exit codes, a contract with scripts. */
enum
{
  SEK_EXIT_CLEAR = 0,
  SEK_EXIT_WARNED = 1,
  SEK_EXIT_UNREADABLE = 2
};

/* argv without the command's own name; each returns an exit code. */
int sek_cli_check (int argc, char **argv);
int sek_cli_learn (int argc, char **argv);
int sek_cli_history (int argc, char **argv);
int sek_cli_advisory (int argc, char **argv);
int sek_cli_policy (int argc, char **argv);
int sek_cli_report (int argc, char **argv);
int sek_cli_training (int argc, char **argv);
int sek_cli_self_test (int argc, char **argv);
int sek_cli_setup (int argc, char **argv);
int sek_cli_status (int argc, char **argv);
int sek_cli_window (int argc, char **argv);
/* TRUE when a window could be shown. */
gboolean sek_cli_has_display (void);

/* What "setup --system" shall write. */
typedef struct
{
  const char *root;        /* of the system that is set up; "/" is this one */
  const char *url;         /* where the policy is fetched; NULL: nowhere, and keys is NULL too */
  const char *const *keys; /* that may sign it */
  gboolean everyone;       /* the plugin is put in place when a person logs in */
} SekSystemSetup;
/* Says each step. Returns an exit code. */
int sek_cli_setup_system (const SekSystemSetup *setup);

/* Commands below policy; argv without the command's own name. */
int sek_cli_policy_diff (int argc, char **argv);
int sek_cli_policy_publish (int argc, char **argv);
int sek_cli_policy_sign (int argc, char **argv);
int sek_cli_policy_try (int argc, char **argv);

/* Says a message on standard error, with the program's name in front. */
void sek_cli_complain (const char *message);

/* Parses the options of a command; what is left is *paths (newly allocated). FALSE after the fault was said.
 * usage is the line after "Usage: ". */
gboolean sek_cli_parse (const char *command,
                        const char *usage,
                        const GOptionEntry *entries,
                        int argc,
                        char **argv,
                        char ***paths);

/* The same where nothing may be left: *paths is NULL then. */
gboolean sek_cli_parse_any (const char *command,
                            const char *usage,
                            const GOptionEntry *entries,
                            int argc,
                            char **argv,
                            char ***paths);

/* Finds the mails behind all paths (SekMail); what can't be read is said and sets *unreadable. */
GPtrArray *sek_cli_find_mails (char **paths, gboolean *unreadable);

G_END_DECLS
