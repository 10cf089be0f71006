/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/header.h"

#include <string.h>

static void
test_split (void)
{
  static const char mail[] = ">From someone Tue Nov 24\nFrom: a\nX-Folded: one\n two\nnonsense line\nEmpty:\n"
                             "Spaced : x\r\n\r\nBody: no";
  gsize body = 0;
  g_autoptr (GArray) fields = sek_fields_split (mail, strlen (mail), &body);
  g_assert_cmpuint (fields->len, ==, 4);
  g_assert_cmpstr (mail + body, ==, "Body: no");
  SekDecoding decoding = { 0 };
  g_autofree char *folded = sek_header_decode (sek_fields_find (fields, "x-folded"), &decoding);
  g_assert_cmpstr (folded, ==, "one two");
  g_autofree char *spaced = sek_header_decode (sek_fields_find (fields, "SPACED"), &decoding);
  g_assert_cmpstr (spaced, ==, "x");
  g_assert_null (sek_fields_find (fields, "Body"));
}

/* Encoded words as they are really sent (RFC 2047 and what came of it). */
static void
test_words (void)
{
  static const struct
  {
    const char *raw, *expected;
  } cases[] = {
    { "plain text", "plain text" },
    { "=?UTF-8?B?5pel5pys?=", "日本" },
    { "=?utf-8?q?a=5Fb_c?=", "a_b c" },
    { "=?ISO-2022-JP?B?GyRCRnxLXBsoQg==?=", "日本" },
    /* White space between two words is not text, between word and text it is. */
    { "=?UTF-8?B?5pel?= =?UTF-8?B?5pys?= x", "日本 x" },
    { "a =?UTF-8?B?5pel?= b", "a 日 b" },
    /* A character cut in two, and a base64 group cut in two. */
    { "=?UTF-8?B?5pc=?= =?UTF-8?B?peacrA==?=", "日本" },
    { "=?UTF-8?B?5pel5p?= =?UTF-8?B?ys?=", "日本" },
    { "=?UTF-8?Q?=E6=97?= =?UTF-8?Q?=A5?=", "日" },
    /* No white space where there should be some, quotes around, a language tag. */
    { "Re:=?UTF-8?B?5pel5pys?=x", "Re:日本x" },
    { "\"=?UTF-8?B?5pel5pys?=\"", "\"日本\"" },
    { "=?UTF-8*ja?B?5pel5pys?=", "日本" },
    { "=?UTF-8?B?5pel5pys?==?UTF-8?B?6Kqe?=", "日本語" },
    /* Spaces in the encoded text. */
    { "=?UTF-8?Q?a b?=", "a b" },
    /* Not encoded words. */
    { "=?UTF-8?X?abc?=", "=?UTF-8?X?abc?=" },
    { "=?UTF-8?B?abc", "=?UTF-8?B?abc" },
    { "1 =? 2 ?= 3", "1 =? 2 ?= 3" },
    /* A line break inside of a word starts no line. */
    { "=?UTF-8?Q?a=0D=0ABcc:_b?=", "a  Bcc: b" },
    /* Two sets beside each other. */
    { "=?Shift_JIS?B?k/o=?= =?EUC-JP?B?y9w=?=", "日本" },
    { "=?iso-2022-jp?B?GyRCLSEtahsoQg==?=", "①㈱" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      SekDecoding decoding = { 0 };
      g_autofree char *text = sek_header_decode_words (cases[i].raw, &decoding);
      g_assert_cmpstr (text, ==, cases[i].expected);
      g_assert_null (decoding.unknown);
    }
}

static void
test_unknown_charset (void)
{
  SekDecoding decoding = { 0 };
  g_autofree char *text = sek_header_decode_words ("=?x-foo?Q?=E6=97=A5?= and =?x-bar?Q?b?=", &decoding);
  g_assert_cmpstr (text, ==, "日 and b");
  g_assert_cmpstr (decoding.unknown, ==, "x-foo");
  g_free (decoding.unknown);
}

static void
test_raw_bytes (void)
{
  static const struct
  {
    const char *raw, *expected;
  } cases[] = {
    { "\346\227\245\346\234\254", "日本" },
    { "\033$BF|K\\\033(B", "日本" },
    { "\223\372\226\173\202\314", "日本の" },
    { "\306\374\313\334\244\316", "日本の" },
    { "caf\351", "café" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      SekDecoding decoding = { 0 };
      g_autofree char *text = sek_header_unfold (cases[i].raw, strlen (cases[i].raw), &decoding);
      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

static void
test_parameters (void)
{
  static const struct
  {
    const char *value, *name, *expected;
  } cases[] = {
    { "text/plain; charset=utf-8", "charset", "utf-8" },
    { "text/plain; CHARSET=\"utf-8\"", "charset", "utf-8" },
    { "text/plain", "charset", NULL },
    { "attachment; filename=my file.pdf; size=3", "filename", "my file.pdf" },
    { "attachment; filename=\"a \\\"b\\\" c.pdf\"", "filename", "a \"b\" c.pdf" },
    { "attachment; filename=\"C:\\temp\\a.pdf\"", "filename", "C:\\temp\\a.pdf" },
    { "attachment; filename=\"open.pdf", "filename", "open.pdf" },
    { "attachment; filename=\"a;b=c.pdf\"; x=y", "filename", "a;b=c.pdf" },
    { "attachment; filename*=utf-8''%E6%97%A5%E6%9C%AC.zip", "filename", "日本.zip" },
    { "attachment; filename*=iso-2022-jp'ja'%1B%24B-!%1B%28B.zip", "filename", "①.zip" },
    { "attachment; filename*=Shift_JIS''%93%FA%96%7B.zip", "filename", "日本.zip" },
    { "attachment; filename*0*=utf-8''%E6%97; filename*1*=%A5; filename*2=.zip", "filename", "日.zip" },
    { "attachment; filename*1=b.zip; filename*0=a", "filename", "ab.zip" },
    { "attachment; filename=plain.zip; filename*=utf-8''%E6%97%A5.zip", "filename", "日.zip" },
    { "attachment; filename=\"=?UTF-8?B?5pel5pys?=.zip\"", "filename", "日本.zip" },
    { "attachment; filename=\"=?UTF-8?B?5pel?= =?UTF-8?B?5pys?=.zip\"", "filename", "日本.zip" },
    { "attachment; filename==?UTF-8?B?5pel5pys?=", "filename", "日本" },
    { "attachment; filenames=x; filename=y", "filename", "y" },
    { "attachment;;; filename = y ;", "filename", "y" },
    { "attachment; filename", "filename", NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      SekDecoding decoding = { 0 };
      g_autofree char *found = sek_header_parameter (cases[i].value, cases[i].name, &decoding);
      g_assert_cmpstr (found, ==, cases[i].expected);
    }
}

static void
test_token (void)
{
  g_autofree char *type = sek_header_token (" Text/ HTML (comment); charset=x");
  g_assert_cmpstr (type, ==, "text/html");
  g_autofree char *empty = sek_header_token ("");
  g_assert_cmpstr (empty, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scanner/header/split", test_split);
  g_test_add_func ("/scanner/header/words", test_words);
  g_test_add_func ("/scanner/header/unknown-charset", test_unknown_charset);
  g_test_add_func ("/scanner/header/raw-bytes", test_raw_bytes);
  g_test_add_func ("/scanner/header/parameters", test_parameters);
  g_test_add_func ("/scanner/header/token", test_token);
  return g_test_run ();
}
