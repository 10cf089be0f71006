/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a scanner that was taken over could hand to the agent: bytes that claim to be facts. Those that are
 * taken for facts are judged. */
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  return 0;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GVariant) variant = fuzz_variant (data, size);
  g_autoptr (SekFacts) facts = sek_facts_from_variant (variant, NULL);
  if (facts != NULL)
    fuzz_judge (facts);
  return 0;
}
