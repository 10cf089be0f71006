/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mail bears the mark of the organisation's training mails, and it is not theirs. One that is theirs
 * makes no finding: people must see it as they would see the real thing (SekVerdict.training). */
#include "agent/engine/check.h"
#include "agent/engine/training.h"

void
sek_check_training_mail (const SekCheckInput *input, GPtrArray *findings)
{
  if (sek_training_examine (input->facts, input->policy) != SEK_TRAINING_FORGED)
    return;
  SekFinding *finding = sek_findings_add (findings, "training-mail", "", SEK_LEVEL_CAUTION);
  sek_finding_add (finding, "detail", input->policy->training_header);
}
