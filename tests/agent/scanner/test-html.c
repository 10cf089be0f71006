/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/html.h"
#include "agent/scanner/links.h"

#include "agent/core/limits.h"

static void
assert_text (const char *html, const char *expected)
{
  g_autoptr (SekFacts) facts = sek_facts_new ();
  sek_html_read (facts, html);
  g_assert_cmpstr (facts->html_text, ==, expected);
}

static void
test_text (void)
{
  assert_text ("", "");
  assert_text ("plain", "plain");
  assert_text ("<p>one</p><p>two</p>", "one\ntwo");
  assert_text ("one<br>two<br/>three", "one\ntwo\nthree");
  assert_text ("<div>a<div>b</div>c</div>", "a\nb\nc");
  assert_text ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc");
  assert_text ("<ul><li>a<li>b</ul>", "a\nb");
  assert_text ("  a \n\t b  ", "a b");
  assert_text ("a&nbsp;&nbsp;b &amp; &lt;c&gt; &#12354; &copy;", "a b & <c> あ ©");
  assert_text ("<pre>a\n  b</pre>c", "a\n  b\nc");
  assert_text ("<!DOCTYPE html><html><head><title>t</title></head><body>x</body></html>", "x");
}

/* A password taken apart by tags is one word to the reader, and must be one to the checks. */
static void
test_inline_does_not_part (void)
{
  assert_text ("パスワード：<b>8</b><span>8</span><i></i><!-- x -->1<font color=red>2</font>",
               "パスワード：8812");
  assert_text ("pa<wbr>ss<span style=\"color:#f00\">wo</span>rd", "password");
}

static void
test_hidden (void)
{
  static const char *const hidden[] = {
    "<script>x</script>",
    "<style>x</style>",
    "<!-- x -->",
    "<!--[if mso]>x<![endif]-->",
    "<div style=\"display:none\">x</div>",
    "<div style=\"color:red; DISPLAY : NONE !important;\">x</div>",
    "<span style='visibility:hidden'>x</span>",
    "<span style='font-size:0px;line-height:1'>x</span>",
    "<span style='opacity:0'>x</span>",
    "<span style='max-height:0'>x<b>y</b></span>",
    "<span style='font-size:12px;font-size:1px'>x</span>",
    "<span style='font-size:0'>x<i style='color:red'>y</i></span>",
    "<div style='text-indent:-9999px'>x</div>",
    "<div style='position:absolute;left:-5000px'>x</div>",
    "<font color=#ffffff>x</font>",
    "<font color=white>x</font>",
    "<span style='color:#FEFEFE'>x</span>",
    "<span style='color: rgb(255, 255, 255)'>x</span>",
    "<div style='background:#123'><span style='color:#112233'>x</span></div>",
    "<span style='color:black;background-color:#000'>x</span>",
    "<p hidden>x</p>",
    "<template>x</template>",
    "<iframe>x</iframe>",
    "<div style=\"display:none\"><a href=\"https://x.example/\">x</a></div>",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (hidden); i++)
    {
      g_autoptr (SekFacts) facts = sek_facts_new ();
      g_autofree char *html = g_strdup_printf ("a%sb", hidden[i]);
      sek_html_read (facts, html);
      g_assert_true (g_str_equal (facts->html_text, "ab") || g_str_equal (facts->html_text, "a\nb"));
      g_assert_cmpuint (facts->links->len, ==, 0);
    }
  /* These only look as if they hid something. */
  assert_text ("<span style='font-size:0.9em'>x</span>", "x");
  assert_text ("<span style='opacity:0.5'>x</span>", "x");
  assert_text ("<span style='line-height:0;max-width:0'>x</span>", "x");
  assert_text ("<noscript>x</noscript>", "x");
  assert_text ("<span style='font-size:12px'>x</span>", "x");
  assert_text ("<span style='text-indent:-1em'>x</span>", "x");
  assert_text ("<table bgcolor=navy><tr><td bgcolor='#003366'><font color=white>x</font></table>", "x");
  assert_text ("<div style='background:#036'><span style='color:#fff'>x</span></div>", "x");
  assert_text ("<div style='background:url(a)'><span style='color:#fff'>x</span></div>", "x");
  assert_text ("<table background='a.png'><tr><td><font color=white>x</font></table>", "x");
  assert_text ("<style>.a{background:#036}</style><p class=a><font color=white>x</font></p>", "x");
  assert_text ("<span style='color:#fff'><b style='color:#000'>x</b></span>", "x");
  assert_text ("<span style='color:#fff'>a</span>x", "x");
  assert_text ("<a href='https://kaede.example/' style='color:#fff'>x</a>", "x");
}

static void
assert_link (const SekFacts *facts, guint index, const char *target, const char *text)
{
  g_assert_cmpuint (index, <, facts->links->len);
  const SekLink *link = facts->links->pdata[index];
  g_assert_cmpstr (link->target, ==, target);
  g_assert_cmpstr (link->text, ==, text);
}

static void
test_links_in_html (void)
{
  g_autoptr (SekFacts) facts = sek_facts_new ();
  sek_html_read (
      facts, "<a href=\" https://a.exa\nmple/ \">go <b>th</b>ere<br>now</a>"
             "<a href=\"#top\">top</a><a name=x>no</a>"
             "<a href=\"mailto:a@kaede.example\">mail</a>"
             "<a href='https://b.example/'><img alt='picture'></a>"
             "<map><area href='https://c.example/' alt=c></map>"
             "<form action='https://d.example/post'><button formaction='https://e.example/'>x</button></form>"
             "<a href='https://a.example/'>go there now</a>");
  g_assert_cmpuint (facts->links->len, ==, 6);
  assert_link (facts, 0, "https://a.example/", "go there now");
  assert_link (facts, 1, "mailto:a@kaede.example", "mail");
  assert_link (facts, 2, "https://b.example/", "picture");
  assert_link (facts, 3, "https://c.example/", "c");
  assert_link (facts, 4, "https://e.example/", NULL);
  assert_link (facts, 5, "https://d.example/post", NULL);
  g_assert_cmpstr (((SekLink *) facts->links->pdata[3])->kind, ==, "link");
  g_assert_cmpstr (((SekLink *) facts->links->pdata[4])->kind, ==, "form");
  g_assert_cmpstr (((SekLink *) facts->links->pdata[5])->kind, ==, "form");
}

static void
test_base (void)
{
  g_autoptr (SekFacts) facts = sek_facts_new ();
  sek_html_read (facts, "<head><base href='https://base.example/x/'></head><a href='y?z'>a</a>"
                        "<a href='https://other.example/'>b</a>");
  assert_link (facts, 0, "https://base.example/x/y?z", "a");
  assert_link (facts, 1, "https://other.example/", "b");
}

static void
test_links_in_text (void)
{
  static const struct
  {
    const char *text, *target;
  } cases[] = {
    { "see https://kaede.example/a?b=c#d.", "https://kaede.example/a?b=c#d" },
    { "(https://kaede.example/a_(b))", "https://kaede.example/a_(b)" },
    { "<http://kaede.example/>", "http://kaede.example/" },
    { "HTTPS://Kaede.Example", "HTTPS://Kaede.Example" },
    { "www.kaede.example/x,", "www.kaede.example/x" },
    { "こちらhttps://kaede.example/をご覧ください", "https://kaede.example/" },
    { "https://kaede.exampleをご覧", "https://kaede.example" },
    { "https://例え.example/x", "https://例え.example/x" },
    { "https://ka\u0435de.example/x", "https://ka\u0435de.example/x" },
    { "ftp://kaede.example/f 。", "ftp://kaede.example/f" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SekFacts) facts = sek_facts_new ();
      sek_links_from_text (facts, cases[i].text);
      g_assert_cmpuint (facts->links->len, ==, 1);
      assert_link (facts, 0, cases[i].target, NULL);
    }
  static const char *const none[] = {
    "", "https://", "http:// x", "awww.kaede.example", "a@www.kaede.example", "www."
  };
  for (gsize i = 0; i < G_N_ELEMENTS (none); i++)
    {
      g_autoptr (SekFacts) facts = sek_facts_new ();
      sek_links_from_text (facts, none[i]);
      g_assert_cmpuint (facts->links->len, ==, 0);
    }
}

static gboolean
has_problem (const SekFacts *facts, const char *code)
{
  for (guint i = 0; i < facts->problems->len; i++)
    if (g_str_equal (((const SekProblem *) facts->problems->pdata[i])->code, code))
      return TRUE;
  return FALSE;
}

static void
test_bounds (void)
{
  g_autoptr (GString) html = g_string_new ("first ");
  for (guint i = 0; i < 200000; i++)
    g_string_append (html, "<div>");
  g_autoptr (SekFacts) deep = sek_facts_new ();
  sek_html_read (deep, html->str);
  g_assert_true (has_problem (deep, "nested-too-deep"));
  g_assert_cmpstr (deep->html_text, ==, "first");

  g_string_truncate (html, 0);
  for (guint i = 0; i < 100000; i++)
    g_string_append (html, "<p>text");
  g_autoptr (SekFacts) longer = sek_facts_new ();
  sek_html_read (longer, html->str);
  g_assert_true (has_problem (longer, "text-cut"));
  g_assert_cmpuint (strlen (longer->html_text), <=, SEK_TEXT_BYTES_MAX);

  g_string_truncate (html, 0);
  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (html, "<a href=\"https://kaede.example/%u\">x</a>", i);
  g_autoptr (SekFacts) linked = sek_facts_new ();
  sek_html_read (linked, html->str);
  g_assert_true (has_problem (linked, "text-cut"));
  g_assert_cmpuint (linked->links->len, ==, SEK_LINKS_MAX);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scanner/html/text", test_text);
  g_test_add_func ("/scanner/html/inline", test_inline_does_not_part);
  g_test_add_func ("/scanner/html/hidden", test_hidden);
  g_test_add_func ("/scanner/html/links", test_links_in_html);
  g_test_add_func ("/scanner/html/base", test_base);
  g_test_add_func ("/scanner/html/bounds", test_bounds);
  g_test_add_func ("/scanner/links/text", test_links_in_text);
  return g_test_run ();
}
