/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What commands that judge mails share: scanner, history and the reader's addresses. */
#pragma once

#include "agent/cli/mails.h"
#include "agent/directory/directory.h"
#include "agent/scanner/host/host.h"
#include "agent/store/store.h"

G_BEGIN_DECLS

typedef struct
{
  SekScanner *scanner;
  SekStore *store; /* NULL: without history */
  SekHistory history;
  char **own_addresses; /* may be NULL */
} SekJudge;

/* Opens the history (NULL: none) and starts the scanner. A history that can't be opened is said and sets
 * *unreadable. FALSE after it was said that there is no scanner. */
gboolean sek_judge_open (SekJudge *judge, const char *history_path, gboolean may_write, gboolean *unreadable);
void sek_judge_clear (SekJudge *judge);

/* The facts of a mail, scanned once more with the passwords of earlier mails when something of it stays
 * locked. NULL after the fault was said. */
SekFacts *sek_judge_scan (const SekJudge *judge, const SekMail *mail);

/* keeper belongs to this policy alone. Never NULL. */
SekVerdict *sek_judge_verdict (const SekJudge *judge,
                               const SekPolicy *policy,
                               SekDirectoryKeeper *keeper,
                               const SekFacts *facts);

G_END_DECLS
