/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents made here, looked into by the real scanner behind its seal: what each would do, and what broken
 * ones give. */
#include "tests/agent/scanner/support.h"

#include <string.h>

#include "agent/core/trait-codes.h"

/* code NULL: nothing remarkable. */
static const struct
{
  const char *name, *content, *code, *detail;
} texts[] = {
  { "a.url", "[InternetShortcut]\r\nURL=file://203.0.113.5/a/b.exe\r\n", SEK_TRAIT_SHORTCUT,
    "file://203.0.113.5/a/b.exe" },
  { "a.rdp", "full address:s:desk.stranger.example\r\n", SEK_TRAIT_SHORTCUT, "desk.stranger.example" },
  { "a.txt", "Our shop has an [Internet] section.\n", NULL, NULL },
  { "a.rtf", "{\\rtf1{\\*\\template https://stranger.example/t.dot}}", SEK_TRAIT_EXTERNAL_TEMPLATE,
    "https://stranger.example/t.dot" },
  { "a.rtf", "{\\rtf1{\\*\\template C:\\\\Templates\\\\Letter.dot}}", NULL, NULL },
  { "a.rtf", "{\\rtf1{\\field{\\*\\fldinst DDEAUTO c:\\\\\\\\cmd \"/k x\"}}}", SEK_TRAIT_DDE, NULL },
  { "a.rtf", "{\\rtf1{\\field{\\*\\fldinst HYPERLINK \"https://kaede.example/\"}}}", NULL, NULL },
  { "a.rtf",
    "{\\rtf1{\\object\\objemb{\\*\\objdata 01050000{\\*\\x}02000000\n08000000 5061636b61676500 00000000"
    "00000000 20000000 0200 612e76627300 433a5c612e76627300 00000300 00000000 02000000 7878}}}",
    SEK_TRAIT_EMBEDDED_FILE, "a.vbs" },
  { "a.pdf",
    "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/OpenAction<</S/Launch/Win<</F(cmd.exe)/P(/c x)>>>>>>\n"
    "endobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\ntrailer\n<</Root 1 0 R/Size 3>>\n%%EOF\n",
    SEK_TRAIT_LAUNCH, "cmd.exe /c x" },
  { "a.pdf",
    "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert)>>>>\nendobj\n"
    "2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\ntrailer\n<</Root 1 0 R/Size 3>>\n%%EOF\n",
    SEK_TRAIT_JAVASCRIPT, NULL },
  { "a.pdf",
    "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\n"
    "endobj\ntrailer\n<</Root 1 0 R/Size 3>>\n%%EOF\n",
    NULL, NULL },
};

static SekFacts *
scan (SekScanner *scanner, const char *name, const void *bytes, gsize length)
{
  g_autoptr (GString) mail = test_mail_with_attachment (name, bytes, length);
  return test_scan (scanner, mail->str, mail->len);
}

static void
assert_trait (const SekFacts *facts, const char *code, const char *detail)
{
  const SekAttachment *attachment = test_attachment (facts, 0);
  if (code == NULL)
    {
      g_assert_cmpuint (attachment->traits->len, ==, 0);
      return;
    }
  const SekTrait *trait = sek_traits_find (attachment->traits, code);
  g_assert_nonnull (trait);
  if (detail != NULL)
    g_assert_cmpstr (trait->detail, ==, detail);
}

static void
test_texts (void)
{
  g_autoptr (SekScanner) scanner = sek_scanner_new (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_test_message ("%" G_GSIZE_FORMAT " %s", i, texts[i].name);
      g_autoptr (SekFacts) facts = scan (scanner, texts[i].name, texts[i].content, strlen (texts[i].content));
      assert_trait (facts, texts[i].code, texts[i].detail);
    }
}

/* Every beginning of each gives an answer, too. */
static void
test_cut (void)
{
  g_autoptr (SekScanner) scanner = sek_scanner_new (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    for (gsize length = 1; length < strlen (texts[i].content); length += 17)
      {
        g_autoptr (SekFacts) facts = scan (scanner, texts[i].name, texts[i].content, length);
        g_assert_false (test_has_problem (facts, "crashed"));
        g_assert_false (test_has_problem (facts, "timed-out"));
      }
}

/* An attached document is padded by what stands behind it; a table of numbers is as long as it is. */
static void
test_padded (void)
{
  static const struct
  {
    const char *name, *begin;
    gsize padding;
    gboolean padded;
  } cases[] = {
    { "a.rtf", "{\\rtf1 Please see below.}", 12000000, TRUE },
    { "a.rtf", "{\\rtf1 Please see below.}", 4000000, FALSE },
    { "a.csv", "1;2;3\n", 12000000, FALSE },
  };
  g_autoptr (SekScanner) scanner = sek_scanner_new (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *bytes = g_malloc0 (cases[i].padding);
      memcpy (bytes, cases[i].begin, strlen (cases[i].begin));
      g_autoptr (SekFacts) facts = scan (scanner, cases[i].name, bytes, cases[i].padding);
      const SekTrait *trait = sek_traits_find (test_attachment (facts, 0)->traits, SEK_TRAIT_PADDED);
      g_assert_cmpint (trait != NULL, ==, cases[i].padded);
      if (trait != NULL)
        g_assert_cmpint (g_ascii_strtoll (trait->detail, NULL, 10) + (gint64) strlen (cases[i].begin), ==,
                         (gint64) cases[i].padding);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scanner/inspect/texts", test_texts);
  g_test_add_func ("/scanner/inspect/cut", test_cut);
  g_test_add_func ("/scanner/inspect/padded", test_padded);
  return g_test_run ();
}
