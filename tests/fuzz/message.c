/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A whole mail, all the way to the sentences that are shown of it. */
#include "tests/fuzz/fuzz.h"

#include "agent/scanner/scanner.h"

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  fuzz_warm_up ();
  return 0;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const char *const passwords[] = { "kaede2026", NULL };
  fuzz_facts (sek_scan_bytes ((const char *) data, size, (gint64) size, passwords, NULL, NULL));
  return 0;
}
