/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What another program of the same person could answer a mail client in the agent's place: bytes that claim
 * to be a verdict, put into words where they are taken for one. */
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
  g_autoptr (SekVerdict) verdict = sek_verdict_from_variant (variant, NULL);
  if (verdict == NULL)
    return 0;
  g_assert_nonnull (sek_wording_headline (verdict));
  g_assert_cmpuint (verdict->findings->len, <=, SEK_FINDINGS_MAX);
  for (guint i = 0; i < verdict->findings->len; i++)
    {
      g_autofree char *sentence = sek_wording_finding (verdict->findings->pdata[i]);
      g_assert_true (g_utf8_validate (sentence, -1, NULL));
    }
  g_autoptr (SekVerdict) copy = sek_verdict_copy (verdict);
  g_autoptr (GVariant) again = g_variant_ref_sink (sek_verdict_to_variant (copy));
  g_autoptr (GError) error = NULL;
  g_autoptr (SekVerdict) back = sek_verdict_from_variant (again, &error);
  g_assert_no_error (error);
  return 0;
}
