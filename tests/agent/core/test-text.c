/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/core/text.h"

#include <string.h>

static void
test_fold (void)
{
  static const struct
  {
    const char *text, *folded;
  } cases[] = {
    { NULL, "" },
    { "", "" },
    { "  A\tB\r\n c ", "a b c" },
    { "ＡＢＣ　１２３", "abc 123" },
    { "ﾊﾟｽﾜｰﾄﾞ", "パスワード" },
    { "a\u200Bb\u202Ec", "abc" },
    { "㈱楓", "(株)楓" },
    { "bad\xFFutf", "bad\uFFFDutf" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *folded = sek_text_fold (cases[i].text);
      g_assert_cmpstr (folded, ==, cases[i].folded);
    }
}

static void
test_show (void)
{
  g_autofree char *bidi = sek_text_show ("fdp\u202Eexe", 100);
  g_assert_cmpstr (bidi, ==, "fdp[U+202E]exe");
  g_autofree char *lines = sek_text_show ("a\r\nBcc: x\ty", 100);
  g_assert_cmpstr (lines, ==, "a Bcc: x y");
  g_autofree char *cut = sek_text_show ("太田道子さん", 3);
  g_assert_cmpstr (cut, ==, "太田道…");
  g_autofree char *exact = sek_text_show ("太田道", 3);
  g_assert_cmpstr (exact, ==, "太田道");
  g_autofree char *nothing = sek_text_show (NULL, 3);
  g_assert_cmpstr (nothing, ==, "");
  g_autofree char *huge = g_strnfill (5000000, 'x');
  g_autofree char *bounded = sek_text_show (huge, 200);
  g_assert_cmpint (g_utf8_strlen (bounded, -1), ==, 201);
}

static void
test_clip (void)
{
  g_autofree char *between = sek_text_clip ("あいう", -1, 4);
  g_assert_cmpstr (between, ==, "あ");
  g_autofree char *whole = sek_text_clip ("あいう", -1, 9);
  g_assert_cmpstr (whole, ==, "あいう");
  g_autofree char *part = sek_text_clip ("abcdef", 3, 100);
  g_assert_cmpstr (part, ==, "abc");
  g_autofree char *broken = sek_text_clip ("\x80\x80\x80\x80\x80", -1, 3);
  g_assert_true (g_utf8_validate (broken, -1, NULL));
}

static void
test_hidden_and_cjk (void)
{
  g_assert_true (sek_text_is_hidden_char (0x200B));
  g_assert_true (sek_text_is_hidden_char (0x2066));
  g_assert_true (sek_text_is_hidden_char (0xE0041));
  g_assert_false (sek_text_is_hidden_char ('a'));
  g_assert_false (sek_text_is_hidden_char (0x3042));
  g_assert_true (sek_text_has_cjk ("abc太"));
  g_assert_true (sek_text_has_cjk ("カナ"));
  g_assert_true (sek_text_has_cjk ("김"));
  g_assert_false (sek_text_has_cjk ("Müller"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/text/fold", test_fold);
  g_test_add_func ("/core/text/show", test_show);
  g_test_add_func ("/core/text/clip", test_clip);
  g_test_add_func ("/core/text/hidden-and-cjk", test_hidden_and_cjk);
  return g_test_run ();
}
