/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A signature file: never good, as nobody can make one without the key. */
#include "tests/fuzz/fuzz.h"

#include "agent/policy/trust/trust.h"

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  return 0;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const char *const keys[] = { "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3", NULL };
  g_autoptr (GError) error = NULL;
  g_assert_null (sek_trust_verify ((const guint8 *) "x", 1, (const char *) data, size, keys, &error));
  g_assert_nonnull (error);
  return 0;
}
