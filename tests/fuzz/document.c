/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One file of any format, whole and with its end cut off, under the names that people give such files. */
#include "tests/fuzz/fuzz.h"

#include "agent/scanner/inspect.h"
#include "agent/scanner/magic.h"

static const char *const names[] = {
  "",         "請求書.xls",  "quote.docm", "report.pdf", "memo.rtf",    "notes.one",
  "page.htm", "picture.svg", "link.url",   "open.lnk",   "library.txt", "invoice.pdf.exe",
};

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  fuzz_warm_up ();
  return 0;
}

static void
inspect (const char *name, const guint8 *data, gsize length, gsize size)
{
  SekAttachment *attachment = sek_attachment_new ();
  GPtrArray *traits = attachment->traits;
  g_autofree char *format = g_strdup (sek_magic_format (data, length));
  g_autofree char *problem = NULL;
  const SekInspectInput input = { name, data, length, (gint64) size };
  /* One that the seeds are locked with. Without a deadline: the same input gives the same each time. */
  SekPassword password = { (char *) "kaede#2026", "body" };
  g_autoptr (GPtrArray) passwords = g_ptr_array_new ();
  g_ptr_array_add (passwords, &password);
  SekInspectBudget budget = SEK_INSPECT_BUDGET (passwords, 0);
  const SekInspectResult result = { &format, &problem, traits, &budget };
  sek_inspect (&input, &result);
  g_assert_nonnull (format);
  g_assert_cmpuint (traits->len, <=, SEK_TRAITS_MAX);
  for (guint i = 0; i < traits->len; i++)
    {
      const SekTrait *trait = traits->pdata[i];
      g_assert_true (g_utf8_validate (trait->code, -1, NULL));
      g_assert_true (trait->detail == NULL || g_utf8_validate (trait->detail, -1, NULL));
    }
  sek_attachment_free (attachment);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  /* Copies of their exact size, so that a read behind the end is seen. */
  inspect (names[size % G_N_ELEMENTS (names)], data, size, size);
  if (size > 1)
    {
      g_autofree guint8 *half = g_memdup2 (data, size / 2);
      inspect ("", half, size / 2, size);
    }
  return 0;
}
