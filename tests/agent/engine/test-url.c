/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "agent/engine/url.h"

static const struct
{
  const char *text;
  SekUrlKind kind;
  const char *host, *registrable, *userinfo;
} reads[] = {
  { "https://www.kaede.example/a?b", SEK_URL_WEB, "www.kaede.example", "kaede.example", "" },
  { "  HTTPS://WWW.Kaede.EXAMPLE:8443", SEK_URL_WEB, "www.kaede.example", "kaede.example", "" },
  { "www.kaede.example/x", SEK_URL_WEB, "www.kaede.example", "kaede.example", "" },
  { "//cdn.kaede.example/x", SEK_URL_WEB, "cdn.kaede.example", "kaede.example", "" },
  { "http:\\\\evil.test\\@kaede.example", SEK_URL_WEB, "evil.test", "evil.test", "" },
  { "https://kaede.example@evil.test/", SEK_URL_WEB, "evil.test", "evil.test", "kaede.example" },
  { "https://a@b@evil.test", SEK_URL_WEB, "evil.test", "evil.test", "a@b" },
  { "https://evil.test#@kaede.example", SEK_URL_WEB, "evil.test", "evil.test", "" },
  { "https://evil.test?@kaede.example", SEK_URL_WEB, "evil.test", "evil.test", "" },
  { "ht\ntps://ev\til.test/", SEK_URL_WEB, "evil.test", "evil.test", "" },
  { "https:evil.test", SEK_URL_WEB, "evil.test", "evil.test", "" },
  { "https:////evil.test", SEK_URL_WEB, "evil.test", "evil.test", "" },
  { "https://%65vil.test", SEK_URL_WEB, "evil.test", "evil.test", "" },
  { "https://ｋａｅｄｅ。example", SEK_URL_WEB, "kaede.example", "kaede.example", "" },
  { "https://xn--kede-53d.example", SEK_URL_WEB, "kаede.example", "kаede.example", "" },
  { "https://kaede.example.", SEK_URL_WEB, "kaede.example", "kaede.example", "" },
  { "http://3405803777/", SEK_URL_WEB, "203.0.113.1", "203.0.113.1", "" },
  { "http://0xCB007101/", SEK_URL_WEB, "203.0.113.1", "203.0.113.1", "" },
  { "http://0313.0.0161.1/", SEK_URL_WEB, "203.0.113.1", "203.0.113.1", "" },
  { "http://203.0.28929", SEK_URL_WEB, "203.0.113.1", "203.0.113.1", "" },
  { "http://1.2.3.4.5/", SEK_URL_WEB, "1.2.3.4.5", "4.5", "" },
  { "http://256.1.1.1/", SEK_URL_WEB, "256.1.1.1", "1.1", "" },
  { "http://[2001:db8::1]:80/x", SEK_URL_WEB, "2001:db8::1", "2001:db8::1", "" },
  { "https://shop.kaede.co.jp", SEK_URL_WEB, "shop.kaede.co.jp", "kaede.co.jp", "" },
  { "java\nscript:alert(1)", SEK_URL_CODE, "", "", "" },
  { "DATA:text/html;base64,AA", SEK_URL_CODE, "", "", "" },
  { "vbscript:x", SEK_URL_CODE, "", "", "" },
  { "file://files.evil.test/x", SEK_URL_LOCAL, "files.evil.test", "evil.test", "" },
  { "file:///C:/x", SEK_URL_LOCAL, "", "", "" },
  { "\\\\files.evil.test\\x", SEK_URL_LOCAL, "files.evil.test", "evil.test", "" },
  { "search-ms:query=x", SEK_URL_LOCAL, "", "", "" },
  { "mailto:a@b.example", SEK_URL_OTHER, "", "", "" },
  { "tel:+810000", SEK_URL_OTHER, "", "", "" },
  { "cid:image1", SEK_URL_OTHER, "", "", "" },
  { "page.html", SEK_URL_OTHER, "", "", "" },
  { "", SEK_URL_OTHER, "", "", "" },
  { "//", SEK_URL_WEB, "", "", "" },
  { "https://", SEK_URL_WEB, "", "", "" },
};

static void
test_read (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (reads); i++)
    {
      g_autoptr (SekUrl) url = sek_url_new (reads[i].text);
      g_test_message ("%s", reads[i].text);
      g_assert_cmpint (url->kind, ==, reads[i].kind);
      g_assert_cmpstr (url->host, ==, reads[i].host);
      g_assert_cmpstr (url->registrable, ==, reads[i].registrable);
      g_assert_cmpstr (url->userinfo, ==, reads[i].userinfo);
    }
}

static void
test_long (void)
{
  g_autoptr (GString) text = g_string_new ("https://");
  for (guint i = 0; i < 100000; i++)
    g_string_append (text, "a@%41.");
  g_autoptr (SekUrl) url = sek_url_new (text->str);
  g_assert_cmpint (url->kind, ==, SEK_URL_WEB);
  g_assert_cmpuint (strlen (url->host), <, 30000);
}

static void
test_addresses (void)
{
  static const struct
  {
    const char *text;
    gboolean address, private;
  } cases[] = {
    { "http://203.0.113.7/", TRUE, FALSE },
    { "http://192.168.1.1/", TRUE, TRUE },
    { "http://10.1.2.3/", TRUE, TRUE },
    { "http://2130706433/", TRUE, TRUE },
    { "http://172.31.0.1/", TRUE, TRUE },
    { "http://172.32.0.1/", TRUE, FALSE },
    { "http://[::1]/", TRUE, TRUE },
    { "http://[fd00::1]/", TRUE, TRUE },
    { "http://[2001:db8::1]/", TRUE, FALSE },
    { "http://[::ffff:10.0.0.1]/", TRUE, TRUE },
    { "https://kaede.example/", FALSE, FALSE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SekUrl) url = sek_url_new (cases[i].text);
      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (url->is_address, ==, cases[i].address);
      g_assert_cmpint (url->is_private, ==, cases[i].private);
    }
}

static void
test_unwrap (void)
{
  static const struct
  {
    const char *text, *host;
  } cases[] = {
    { "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.kaede.example%2F&data=05",
      "www.kaede.example" },
    { "https://urldefense.proofpoint.com/v2/url?u=https-3A__www.kaede.example_a&d=Dw", "www.kaede.example" },
    { "https://urldefense.com/v3/__https://www.kaede.example/a__;!!x", "www.kaede.example" },
    { "https://www.google.com/url?q=https://evil.test/&sa=D", "evil.test" },
    { "https://www.google.com/"
      "url?q=https%3A%2F%2Feur01.safelinks.protection.outlook.com%2F%3Furl%3Dhttps%253A"
      "%252F%252Fevil.test",
      "evil.test" },
    { "https://www.google.com/search?q=kaede", "www.google.com" },
    { "https://www.kaede.example/?url=https://evil.test/", "www.kaede.example" },
    { "https://evil.test/safelinks.protection.outlook.com?url=https://kaede.example", "evil.test" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SekUrl) url = sek_url_new (cases[i].text);
      g_autoptr (SekUrl) inner = sek_url_unwrap (url);
      g_assert_cmpstr (inner->host, ==, cases[i].host);
    }
}

static void
test_shown (void)
{
  static const struct
  {
    const char *text, *host;
  } cases[] = {
    { "https://www.kaede.example/login", "www.kaede.example" },
    { "Sign in at https://www.kaede.example/ now", "www.kaede.example" },
    { "www.kaede.example", "www.kaede.example" },
    { "ｗｗｗ．ｋａｅｄｅ．ｅｘａｍｐｌｅ", "www.kaede.example" },
    { "ht\u200Btps://kae\u200Bde.example", "kaede.example" },
    { "詳細はこちら（https://www.kaede.example/x）", "www.kaede.example" },
    { "<https://www.kaede.example>", "www.kaede.example" },
    { "example.com", "example.com" },
    { "Example.co.jp/login", "example.co.jp" },
    { "example.com.", "example.com" },
    { "Sign in", NULL },
    { "", NULL },
    { "README.md", NULL },
    { "ASP.NET", NULL },
    { "Node.js", NULL },
    { "setup.sh", NULL },
    { "main.rs", NULL },
    { "invoice.pdf", NULL },
    { "archive.zip", NULL },
    { "1.2.3", NULL },
    { "v2.10", NULL },
    { "e.g.", NULL },
    { "U.S.A.", NULL },
    { "co.jp", NULL },
    { "info@example.com", NULL },
    { "info@www.example.com", NULL },
    { "Write to example.com today", NULL },
    { "https://www.exam…", NULL },
    { "https://www.kaede.example/a…", "www.kaede.example" },
    { "https://localhost/", NULL },
    { "see.Also", NULL },
    { "http://", NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SekUrl) url = sek_url_shown (cases[i].text);
      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (url != NULL ? url->host : NULL, ==, cases[i].host);
    }
  g_autofree char *prose = g_strnfill (1000, 'x');
  g_autofree char *text = g_strconcat ("https://www.kaede.example/ ", prose, NULL);
  g_autoptr (SekUrl) url = sek_url_shown (text);
  g_assert_null (url);
  g_assert_null (sek_url_shown (NULL));
}

static void
test_hosts (void)
{
  g_autoptr (SekUrl) shortener = sek_url_new ("https://bit.ly/x");
  g_autoptr (SekUrl) counter = sek_url_new ("https://kaede.us1.list-manage.com/track");
  g_autoptr (SekUrl) other = sek_url_new ("https://rabbit.ly/");
  g_assert_true (sek_url_is_shortener (shortener));
  g_assert_true (sek_url_is_click_counter (counter));
  g_assert_false (sek_url_is_shortener (other));
  g_assert_false (sek_url_is_click_counter (other));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/url/read", test_read);
  g_test_add_func ("/url/long", test_long);
  g_test_add_func ("/url/addresses", test_addresses);
  g_test_add_func ("/url/unwrap", test_unwrap);
  g_test_add_func ("/url/shown", test_shown);
  g_test_add_func ("/url/hosts", test_hosts);
  return g_test_run ();
}
