/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/fuzz.h"

#include "agent/core/wording.h"
#include "agent/engine/engine.h"
#include "agent/scanner/scanner.h"

/* Asked for so that every call has a history to ask: one that knows nothing. */
static const char *const own_addresses[] = { "taro.sato@kaede.example", NULL };

void
fuzz_warm_up (void)
{
  static GPtrArray *warm;
  if (warm == NULL)
    warm = sek_scan_warm_up ();
}

GVariant *
fuzz_variant (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  return g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE_VARDICT, bytes, FALSE));
}

void
fuzz_judge (const SekFacts *facts)
{
  g_autoptr (SekPolicy) policy = sek_policy_new ();
  g_autoptr (SekReader) reader = sek_reader_new ();
  g_autoptr (SekDirectory) directory = sek_directory_new (policy, NULL, NULL, reader);
  const SekEngineInput input = {
    .facts = facts, .policy = policy, .own_addresses = own_addresses, .directory = directory
  };
  g_autoptr (SekVerdict) verdict = sek_engine_judge (&input);
  for (guint i = 0; i < verdict->findings->len; i++)
    {
      g_autofree char *sentence = sek_wording_finding (verdict->findings->pdata[i]);
      g_assert_true (g_utf8_validate (sentence, -1, NULL));
    }
  g_autoptr (GVariant) variant = g_variant_ref_sink (sek_verdict_to_variant (verdict));
  g_autoptr (GError) error = NULL;
  g_autoptr (SekVerdict) back = sek_verdict_from_variant (variant, &error);
  g_assert_no_error (error);
}

void
fuzz_facts (SekFacts *facts)
{
  g_autoptr (SekFacts) made = facts;
  g_autoptr (GVariant) variant = g_variant_ref_sink (sek_facts_to_variant (made));
  g_assert_cmpuint (g_variant_get_size (variant), <=, SEK_FACTS_BYTES_MAX);
  g_autoptr (GError) error = NULL;
  g_autoptr (SekFacts) back = sek_facts_from_variant (variant, &error);
  g_assert_no_error (error);
  fuzz_judge (back);
}
