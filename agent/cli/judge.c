/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/cli/judge.h"

#include <unistd.h>

#include "agent/cli/cli.h"
#include "agent/engine/engine.h"

gboolean
sek_judge_open (SekJudge *judge, const char *history_path, gboolean may_write, gboolean *unreadable)
{
  g_autoptr (GError) error = NULL;
  if (history_path != NULL)
    judge->store = sek_store_open (history_path, may_write, &error);
  if (error != NULL)
    {
      sek_cli_complain (error->message);
      *unreadable = TRUE;
      g_clear_error (&error);
    }
  if (judge->store != NULL)
    judge->history = sek_store_history (judge->store);
  judge->scanner = sek_scanner_new (&error);
  if (judge->scanner == NULL)
    sek_cli_complain (error->message);
  return judge->scanner != NULL;
}

void
sek_judge_clear (SekJudge *judge)
{
  sek_scanner_free (judge->scanner);
  sek_store_free (judge->store);
  g_strfreev (judge->own_addresses);
}

static SekFacts *
scan (const SekJudge *judge, int fd, GError **error)
{
  SekFacts *facts = sek_scanner_scan (judge->scanner, fd, NULL, error);
  const SekMailbox *author = facts != NULL ? sek_facts_author (facts) : NULL;
  if (author == NULL || author->addr_spec == NULL || judge->store == NULL ||
      !sek_passwords_are_wanted (facts))
    return facts;
  g_autofree char *organisation = sek_organisation_of (author->addr_spec);
  g_autoptr (GPtrArray) offered = sek_store_passwords_of (judge->store, author->addr_spec, organisation,
                                                          g_get_real_time () / G_USEC_PER_SEC, NULL);
  if (offered == NULL || offered->len == 0)
    return facts;
  g_auto (GStrv) passwords = sek_passwords_to_strv (offered);
  sek_facts_free (facts);
  facts = sek_scanner_scan (judge->scanner, fd, (const char *const *) passwords, error);
  if (facts != NULL)
    sek_passwords_name_sources (facts, offered);
  return facts;
}

SekFacts *
sek_judge_scan (const SekJudge *judge, const SekMail *mail)
{
  g_autoptr (GError) error = NULL;
  int fd = sek_mail_open (mail, &error);
  if (fd < 0)
    {
      sek_cli_complain (error->message);
      return NULL;
    }
  SekFacts *facts = scan (judge, fd, &error);
  close (fd);
  if (facts != NULL)
    return facts;
  g_autofree char *message = g_strdup_printf ("%s: %s", mail->label, error->message);
  sek_cli_complain (message);
  return NULL;
}

SekVerdict *
sek_judge_verdict (const SekJudge *judge,
                   const SekPolicy *policy,
                   SekDirectoryKeeper *keeper,
                   const SekFacts *facts)
{
  const SekHistory *history = judge->store != NULL ? &judge->history : NULL;
  const char *const *own_addresses = (const char *const *) judge->own_addresses;
  g_auto (GStrv) organisations = sek_own_organisations (policy, own_addresses);
  SekEngineInput input = {
    .facts = facts,
    .history = history,
    .policy = policy,
    .own_addresses = own_addresses,
    .directory = sek_directory_keeper_get (keeper, policy, history, (const char *const *) organisations),
  };
  return sek_engine_judge (&input);
}
