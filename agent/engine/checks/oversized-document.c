/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document blown up with nothing, so that scanners on the way pass it by unread (the wave of March 2023).
 */
#include "agent/engine/check.h"

#include "agent/core/trait-codes.h"

#define REPORTED_MAX 5

void
sek_check_oversized_document (const SekCheckInput *input, GPtrArray *findings)
{
  guint reported = 0;
  for (guint i = 0; i < input->files->len && reported < REPORTED_MAX; i++)
    {
      const SekFile *file = &g_array_index (input->files, SekFile, i);
      const SekTrait *padded = sek_traits_find (file->traits, SEK_TRAIT_PADDED);
      if (padded == NULL)
        continue;
      g_autofree char *path = sek_file_path (file);
      guint64 bytes = padded->detail != NULL ? g_ascii_strtoull (padded->detail, NULL, 10) : 0;
      g_autofree char *size = g_strdup_printf ("%" G_GUINT64_FORMAT " MB", MAX (bytes / 1000000, 1));
      SekFinding *finding = sek_findings_add (findings, "oversized-document", NULL, SEK_LEVEL_CAUTION);
      sek_finding_add (finding, "file", path);
      sek_finding_add (finding, "detail", size);
      reported++;
    }
}
