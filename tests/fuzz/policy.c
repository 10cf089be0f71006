/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The policy file: refused with a reason, or taken. */
#include "tests/fuzz/fuzz.h"

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
  return 0;
}
