/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The policy file: refused with a reason, or taken. */
#include "tests/fuzz/fuzz.h"

#include "agent/policy/layers.h"
#include "agent/policy/policy-file.h"

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  return 0;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SekPolicy) policy = sek_policy_parse ((const char *) data, size, "fuzzed", &error);
  g_assert_true ((policy == NULL) == (error != NULL));
  g_assert_true (error == NULL || g_utf8_validate (error->message, -1, NULL));
  /* A desktop goes by what is left of it. */
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_policy_source_unref);
  for (int authority = SEK_AUTHORITY_PERSON; authority <= SEK_AUTHORITY_SIGNED; authority++)
    {
      SekPolicyDocument *document = sek_policy_document_parse ((const char *) data, size, "fuzzed");
      g_ptr_array_add (sources, sek_policy_source_new ((SekPolicyAuthority) authority, document));
    }
  g_autoptr (GPtrArray) decisions = sek_policy_decide (sources);
  g_autoptr (SekPolicy) left = sek_policy_from_decisions (decisions);
  g_assert_nonnull (left);
  return 0;
}
