/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The administrator has answered this person's report of this very mail, byte for byte. */
#include "agent/engine/check.h"

void
sek_check_administrator_answer (const SekCheckInput *input, GPtrArray *findings)
{
  const SekHistory *history = input->history;
  if (history == NULL || history->answer_about == NULL || input->facts->sha256 == NULL)
    return;
  const char *answer = history->answer_about (history->self, input->facts->sha256);
  if (answer == NULL)
    return;
  gboolean harmless = g_str_equal (answer, "harmless");
  sek_findings_add (findings, "administrator-answer", answer, harmless ? SEK_LEVEL_NOTICE : SEK_LEVEL_DANGER);
}
