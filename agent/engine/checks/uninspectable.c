/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the scanner could not look into is said, never passed as clean. */
#include "agent/engine/check.h"

#include <string.h>

#define REPORTED_MAX 5

static const struct
{
  const char *code;
  SekLevel level;
} levels[] = {
  /* Something may hide where nobody has looked. */
  { "crashed", SEK_LEVEL_CAUTION },
  { "timed-out", SEK_LEVEL_CAUTION },
  { "too-large", SEK_LEVEL_CAUTION },
  { "too-many-parts", SEK_LEVEL_CAUTION },
  { "nested-too-deep", SEK_LEVEL_CAUTION },
  { "too-many-attachments", SEK_LEVEL_CAUTION },
  { "too-many-entries", SEK_LEVEL_CAUTION },
  { "not-a-mail", SEK_LEVEL_CAUTION },
  /* Odd, but seen in honest mail. */
  { "nul-bytes", SEK_LEVEL_NOTICE },
  { "malformed", SEK_LEVEL_NOTICE },
  { "empty", SEK_LEVEL_NOTICE },
  { "text-cut", SEK_LEVEL_NOTICE },
  { "unknown-charset", SEK_LEVEL_NOTICE },
  { "archive-damaged", SEK_LEVEL_NOTICE },
  { "archive-unsupported", SEK_LEVEL_NOTICE },
};

static void
report (GPtrArray *findings, const char *code, const char *detail)
{
  SekLevel level = SEK_LEVEL_CAUTION;
  gboolean known = FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (levels) && !known; i++)
    if (g_str_equal (levels[i].code, code))
      {
        level = levels[i].level;
        known = TRUE;
      }
  SekFinding *finding = sek_findings_add (findings, "uninspectable", known ? code : "", level);
  sek_finding_add (finding, "detail", detail);
}

void
sek_check_uninspectable (const SekCheckInput *input, GPtrArray *findings)
{
  guint reported = 0;
  for (guint i = 0; i < input->facts->problems->len && reported < REPORTED_MAX; i++, reported++)
    {
      const SekProblem *problem = input->facts->problems->pdata[i];
      report (findings, problem->code, problem->detail);
    }
  for (guint i = 0; i < input->facts->attachments->len && reported < REPORTED_MAX; i++)
    {
      const SekAttachment *attachment = input->facts->attachments->pdata[i];
      if (attachment->problem == NULL)
        continue;
      report (findings, attachment->problem, sek_attachment_label (attachment));
      reported++;
    }
}
