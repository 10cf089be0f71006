/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The HTML of a mail. */
#include "tests/fuzz/fuzz.h"

#include "agent/scanner/html.h"

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  return 0;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *html = g_utf8_make_valid ((const char *) data, (gssize) size);
  SekFacts *facts = sek_facts_new ();
  sek_html_read (facts, html);
  g_assert_cmpuint (facts->links->len, <=, SEK_LINKS_MAX);
  fuzz_facts (facts);
  return 0;
}
