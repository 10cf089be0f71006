/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Labels, supersets and guessing, without the seal. test-sealed-charsets.c has each set behind it. */
#include "agent/scanner/charset.h"

#include <string.h>

static void
assert_decodes (const char *charset, const char *bytes, const char *expected)
{
  gboolean unknown = TRUE;
  g_autofree char *text = sek_charset_decode (charset, NULL, bytes, strlen (bytes), &unknown);
  g_assert_cmpstr (text, ==, expected);
  g_assert_false (unknown);
}

static void
test_supersets (void)
{
  /* NEC row 13 and half-width kana, which the standards behind the labels do not have. */
  assert_decodes ("iso-2022-jp", "\033$B-!-j\033(B", "①㈱");
  assert_decodes ("ISO-2022-JP", "\033(I1234\033(B", "ｱｲｳｴ");
  assert_decodes ("iso-2022-jp", "\016123\017x", "ｱｲｳx");
  assert_decodes ("Shift_JIS", "\207\100\207\212\261", "①㈱ｱ");
  assert_decodes ("x-sjis", "\356\357\356\360", "ⅰⅱ");
  assert_decodes ("EUC-JP", "\255\241\255\352\216\261", "①㈱ｱ");
  assert_decodes ("gb2312", "\212\131", "奩");
  assert_decodes ("euc-kr", "\201\101", "갂");
  assert_decodes ("iso-8859-1", "\223x\224 \200", "“x” €");
  assert_decodes ("ISO_8859-1:1987", "caf\351", "café");
  assert_decodes ("hz-gb-2312", "~{VPND~} ~~", "中文 ~");
}

static void
test_broken (void)
{
  assert_decodes ("utf-8", "a\377b", "a\357\277\275b");
  assert_decodes ("shift_jis", "\223\372\377x", "日\357\277\275x");
  /* Shift_JIS under the label of ISO-2022-JP, as old programs send it. */
  assert_decodes ("iso-2022-jp", "\223\372\226\173\214\352\202\305\202\267", "日本語です");
  /* A line ends two-byte text although nothing says so. */
  assert_decodes ("iso-2022-jp", "\033$BF|K\\\nabc", "日本\nabc");
}

static void
test_nul (void)
{
  gboolean unknown;
  g_autofree char *text = sek_charset_decode ("utf-8", NULL, "a\0b", 3, &unknown);
  g_assert_cmpstr (text, ==, "ab");
  g_autofree char *wide = sek_charset_decode ("utf-16le", NULL, "a\0\0\0b\0", 6, &unknown);
  g_assert_cmpstr (wide, ==, "ab");
  g_autofree char *empty = sek_charset_decode ("utf-8", NULL, NULL, 0, &unknown);
  g_assert_cmpstr (empty, ==, "");
}

static void
test_unknown (void)
{
  gboolean unknown = FALSE;
  g_autofree char *text = sek_charset_decode ("x-no-such-set", NULL, "\346\227\245", 3, &unknown);
  g_assert_true (unknown);
  g_assert_cmpstr (text, ==, "日");
  /* These labels say nothing, so there is nothing to be said about them. */
  static const char *const silent[] = { "", "us-ascii", "unknown-8bit", "X-UNKNOWN", "8bit" };
  for (gsize i = 0; i < G_N_ELEMENTS (silent); i++)
    {
      g_autofree char *guessed = sek_charset_decode (silent[i], NULL, "\346\227\245", 3, &unknown);
      g_assert_false (unknown);
      g_assert_cmpstr (guessed, ==, "日");
    }
}

static void
test_guess (void)
{
  static const struct
  {
    const char *bytes, *hint, *expected;
  } cases[] = {
    { "plain", NULL, "plain" },
    { "\346\227\245\346\234\254", NULL, "日本" },
    { "\033$BF|K\\\033(B", NULL, "日本" },
    { "\202\261\202\361\202\311\202\277\202\315", NULL, "こんにちは" },
    { "\244\263\244\363\244\313\244\301\244\317", NULL, "こんにちは" },
    { "\317\302\304\311", "euc-jp", "和追" },
    { "Caf\351 cr\350me", NULL, "Café crème" },
    { "M\374ller", NULL, "Müller" },
    { "Bj\344rne", NULL, "Bjärne" },
    { "\317\360\350\342\345\362", "windows-1251", "Привет" },
    { "\304\343\272\303", "gb2312", "你好" },
    { "\276\310\263\347", "euc-kr", "안녕" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text =
          sek_charset_guess (cases[i].bytes, strlen (cases[i].bytes), cases[i].hint, "windows-1252");
      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

/* Debian's glibc has every set of the table; one that is missing would be read as nonsense in silence. */
static void
test_nothing_missing (void)
{
  g_autoptr (GPtrArray) missing = g_ptr_array_new ();
  g_autoptr (GPtrArray) warm = sek_charset_warm_up (missing);
  for (guint i = 0; i < missing->len; i++)
    g_test_message ("missing: %s", (const char *) missing->pdata[i]);
  g_assert_cmpuint (missing->len, ==, 0);
  g_assert_cmpuint (warm->len, >, 40);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scanner/charset/supersets", test_supersets);
  g_test_add_func ("/scanner/charset/broken", test_broken);
  g_test_add_func ("/scanner/charset/nul", test_nul);
  g_test_add_func ("/scanner/charset/unknown", test_unknown);
  g_test_add_func ("/scanner/charset/guess", test_guess);
  g_test_add_func ("/scanner/charset/nothing-missing", test_nothing_missing);
  return g_test_run ();
}
