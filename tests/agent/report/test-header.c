/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/report/header.h"

#include <string.h>

#include "agent/report/report.h"

/* What every field must be: lines of at most 78 with CRLF, ASCII, each but the first starting with a space.
 */
static void
assert_field (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);
  guint count = g_strv_length (lines);
  g_assert_cmpuint (count, >=, 2);
  g_assert_cmpstr (lines[count - 1], ==, "");
  for (guint i = 0; i + 1 < count; i++)
    {
      g_assert_cmpuint (strlen (lines[i]), <=, 78);
      g_assert_true (i == 0 ? lines[i][0] != ' ' : lines[i][0] == ' ' && lines[i][1] > ' ');
      for (const char *p = lines[i]; *p != '\0'; p++)
        g_assert_true (*p >= ' ' && *p <= '~');
    }
}

static char *
add (const char *literal, const char *text)
{
  g_autoptr (GString) out = g_string_new ("Before: x\r\n");
  sek_header_add (out, "Subject", literal, text);
  g_assert_true (g_str_has_prefix (out->str, "Before: x\r\nSubject:"));
  assert_field (out->str + strlen ("Before: x\r\n"));
  return g_strdup (out->str + strlen ("Before: x\r\n"));
}

static void
test_plain (void)
{
  g_autofree char *plain = add ("[Sekisho] danger:", "Your  invoice");
  g_assert_cmpstr (plain, ==, "Subject: [Sekisho] danger: Your invoice\r\n");
  g_autofree char *none = add ("[Sekisho] danger:", NULL);
  g_assert_cmpstr (none, ==, "Subject: [Sekisho] danger:\r\n");
  g_autofree char *folded =
      add (NULL, "eleven letter words fill the line until it is full and has to go on in another "
                 "line, and in yet another one, as it should");
  g_assert_cmpstr (folded, ==,
                   "Subject: eleven letter words fill the line until it is full and has to go on\r\n"
                   " in another line, and in yet another one, as it should\r\n");
}

/* Decodes what append_encoded made, knowing RFC 2047 only. */
static char *
decode (const char *field)
{
  GString *text = g_string_new (NULL);
  for (const char *p = strstr (field, "=?"); p != NULL; p = strstr (p, "=?"))
    {
      g_assert_true (g_str_has_prefix (p, "=?UTF-8?B?"));
      const char *end = strstr (p, "?=");
      g_assert_nonnull (end);
      g_assert_cmpint (end + 2 - p, <=, 75);
      g_autofree char *base64 = g_strndup (p + 10, (gsize) (end - p - 10));
      gsize length = 0;
      g_autofree guchar *bytes = g_base64_decode (base64, &length);
      /* §5 (3): each word holds whole characters. */
      g_assert_true (g_utf8_validate_len ((const char *) bytes, length, NULL));
      g_string_append_len (text, (const char *) bytes, (gssize) length);
      p = end + 2;
    }
  return g_string_free (text, FALSE);
}

static void
test_encoded (void)
{
  static const char *const texts[] = {
    "請求書の件",
    "=?UTF-8?B?eA==?= forged",
    "café",
    "長い件名がここに入りますので、折り返しがどのように行われるかを確かめることができます。さらに続きます。",
    "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀",
    "averyveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryverylongword",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    for (int literal = 0; literal < 2; literal++)
      {
        g_autofree char *field = add (literal ? "[Sekisho] danger:" : NULL, texts[i]);
        g_autofree char *decoded = decode (field);
        g_assert_cmpstr (decoded, ==, texts[i]);
      }
}

static void
test_injection (void)
{
  static const char *const texts[] = {
    "x\r\nBcc: victim@example.net",
    "x\nBcc: a",
    "x\rBcc: a",
    "\r\n\r\nbody",
    "x\xe2\x80\xa8"
    "Bcc: a",
    "x\xc2\x85"
    "Bcc: a",
    "x\x0b\x0c\x1b"
    "Bcc: a",
    "\xff\xfe\r\nBcc: a",
    "=?UTF-8?B?eA0KQmNjOiBh?=",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *field = add (NULL, texts[i]);
      g_assert_null (strstr (field, "\nBcc"));
      g_assert_null (strstr (field, "\r\n\r\n"));
    }
  g_autofree char *huge = g_strnfill (1024 * 1024, 'a');
  g_autofree char *bounded = add (NULL, huge);
  g_assert_cmpuint (strlen (bounded), <, 20000);
}

static void
test_date (void)
{
  static const struct
  {
    gint64 seconds;
    const char *expected;
  } cases[] = {
    { 0, "Date: Thu, 1 Jan 1970 00:00:00 +0000\r\n" },
    { 1795392000, "Date: Mon, 23 Nov 2026 00:00:00 +0000\r\n" },
    { G_MAXINT64, "Date: Thu, 1 Jan 1970 00:00:00 +0000\r\n" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);
      sek_header_add_date (out, cases[i].seconds);
      g_assert_cmpstr (out->str, ==, cases[i].expected);
    }
}

static void
test_address (void)
{
  static const char *const good[] = { "a@b", "o'hara+x=1@mail.example" };
  static const char *const bad[] = { "",      "a",      "@b",         "a@",      "a b@c",   "a@b\r\nX: y",
                                     "<a@b>", "あ@b.c", "a@b>, <c@d", "a,b@c.d", "a@b;c@d", "a@b\t" };
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (sek_header_is_plain_address (good[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (sek_header_is_plain_address (bad[i]));
  g_assert_false (sek_header_is_plain_address (NULL));
}

static void
test_base64 (void)
{
  guint8 data[1000];
  for (gsize i = 0; i < sizeof data; i++)
    data[i] = (guint8) (i * 37);
  for (gsize length = 0; length < sizeof data; length++)
    {
      g_autoptr (GString) out = g_string_new (NULL);
      sek_header_append_base64 (out, data, length);
      g_autofree char *expected = g_base64_encode (data, length);
      g_auto (GStrv) lines = g_strsplit (out->str, "\r\n", -1);
      for (char **line = lines; *line != NULL; line++)
        g_assert_cmpuint (strlen (*line), <=, 76);
      g_autofree char *joined = g_strjoinv ("", lines);
      g_assert_cmpstr (joined, ==, expected);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/header/plain", test_plain);
  g_test_add_func ("/report/header/encoded", test_encoded);
  g_test_add_func ("/report/header/injection", test_injection);
  g_test_add_func ("/report/header/date", test_date);
  g_test_add_func ("/report/header/address", test_address);
  g_test_add_func ("/report/header/base64", test_base64);
  return g_test_run ();
}
