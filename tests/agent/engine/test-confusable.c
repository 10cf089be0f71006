/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "agent/engine/confusable.h"

#define NOT SEK_RESEMBLES_NOT

static const struct
{
  const char *foreign, *known;
  SekResemblance how;
} cases[] = {
  { "kaede.example", "kaede.example", NOT },
  { "mail.kaede.example", "kaede.example", NOT },
  { "Kaede.Example.", "kaede.example", NOT },

  /* Other scripts; Punycode and raw are the same. */
  { "xn--kede-53d.example", "kaede.example", SEK_RESEMBLES_HOMOGLYPH },
  { "kаede.example", "kaede.example", SEK_RESEMBLES_HOMOGLYPH },
  { "XN--KEDE-53D.EXAMPLE", "kaede.example", SEK_RESEMBLES_HOMOGLYPH },
  { "mail.kаede.example", "kaede.example", SEK_RESEMBLES_HOMOGLYPH },
  { "かえで.example", "かえて.example", NOT },
  { "力エデ.example", "カエデ.example", SEK_RESEMBLES_HOMOGLYPH },
  { "lumière.example", "lumiere.example", SEK_RESEMBLES_ACCENT },

  { "rninato-logi.example", "minato-logi.example", SEK_RESEMBLES_CONFUSABLE },
  { "minato-1ogi.example", "minato-logi.example", SEK_RESEMBLES_CONFUSABLE },
  { "minat0-logi.co.jp", "minato-logi.co.jp", SEK_RESEMBLES_CONFUSABLE },
  { "harbour-tradlng.example", "harbour-trading.example", SEK_RESEMBLES_CONFUSABLE },
  { "nordvvind.example", "nordwind.example", SEK_RESEMBLES_CONFUSABLE },
  { "norclwind.test", "nordwind.example", SEK_RESEMBLES_CONFUSABLE },
  { "gmai1.com", "gmail.com", SEK_RESEMBLES_CONFUSABLE },
  /* Short names meet by chance. */
  { "arn.example", "am.example", NOT },
  { "fiat.example", "flat.example", NOT },
  { "nec.co.jp", "ntc.co.jp", NOT },

  { "kaeede.example", "kaede.example", SEK_RESEMBLES_LETTER },
  { "keade.example", "kaede.example", SEK_RESEMBLES_LETTER },
  { "aoba-prints.example", "aoba-print.example", SEK_RESEMBLES_LETTER },
  { "aoba-pront.example", "aoba-print.example", SEK_RESEMBLES_LETTER },
  { "nordwnd.example", "nordwind.example", SEK_RESEMBLES_LETTER },
  { "kaere.example", "kaede.example", SEK_RESEMBLES_DISTANTLY },
  { "tanaka.example", "tanabe.example", NOT },
  { "hanaka.example", "tanaka.example", SEK_RESEMBLES_DISTANTLY },
  { "bordwind.example", "nordwind.example", SEK_RESEMBLES_DISTANTLY },
  { "harbor-tradin.example", "harbour-trading.example", SEK_RESEMBLES_DISTANTLY },
  { "aoba-pront.test", "aoba-print.example", SEK_RESEMBLES_DISTANTLY },
  { "tower1.example", "tower2.example", NOT },
  { "nishiki.example", "momiji.example", NOT },

  { "aobaprint.example", "aoba-print.example", SEK_RESEMBLES_HYPHEN },
  { "ka-ede.example", "kaede.example", SEK_RESEMBLES_HYPHEN },
  { "kaede-co.jp", "kaede.co.jp", SEK_RESEMBLES_HYPHEN },
  { "kaede.jp", "kaede.co.jp", SEK_RESEMBLES_SUFFIX },
  { "kaede.com", "kaede.co.jp", SEK_RESEMBLES_SUFFIX },
  { "abc.com", "abc.co.jp", NOT },

  { "kaede.example.attacker.test", "kaede.example", SEK_RESEMBLES_WHOLE },
  { "kaede-example.test", "kaede.example", SEK_RESEMBLES_WHOLE },
  { "abc-co-jp.com", "abc.co.jp", SEK_RESEMBLES_WHOLE },
  { "kaede-co-jp.test", "kaede.co.jp", SEK_RESEMBLES_WHOLE },
  /* Tenants of a service. */
  { "kaede.desk.test", "kaede.example", NOT },
  { "xkaede.example.test", "kaede.example", NOT },

  { "kaede-support.test", "kaede.example", SEK_RESEMBLES_WORD },
  { "kaedelogin.example", "kaede.example", SEK_RESEMBLES_WORD },
  { "secure-kaede.test", "kaede.example", SEK_RESEMBLES_WORD },
  /* Subsidiaries. */
  { "kaede-logistics.example", "kaede.example", NOT },
  { "kaede-kyushu.co.jp", "kaede.co.jp", NOT },
  { "fujikaede.example", "kaede.example", NOT },

  { "", "kaede.example", NOT },
  { "kaede.example", "", NOT },
  { "[192.0.2.1]", "[192.0.2.2]", NOT },
  { "localhost", "localhosts", SEK_RESEMBLES_NOT },
  { "xn--.example", "kaede.example", NOT },
  { "xn--\xff\xfe.example", "kaede.example", NOT },
  { "...", "kaede.example", NOT },
  { "kaeede..example.", "kaede.example", SEK_RESEMBLES_LETTER },
  { "ｋａｅｅｄｅ。example", "kaede.example", SEK_RESEMBLES_LETTER },
};

static void
test_resembles (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SekDomainName) foreign = sek_domain_name_new (cases[i].foreign);
      g_autoptr (SekDomainName) known = sek_domain_name_new (cases[i].known);
      g_test_message ("%s and %s (%s, %s)", cases[i].foreign, cases[i].known, foreign->skeleton,
                      known->skeleton);
      g_assert_cmpint (sek_domain_resembles (foreign, known), ==, cases[i].how);
    }
}

static void
test_mixed_scripts (void)
{
  static const struct
  {
    const char *domain;
    gboolean mixed;
  } domains[] = {
    { "kaede.example", FALSE },   { "xn--kede-53d.example", TRUE },
    { "楓web.example", FALSE },   { "かえでカエデ楓shop.example", FALSE },
    { "пример.example", FALSE },  { "пример.kaede.example", FALSE },
    { "한글abc.example", FALSE }, { "gооgle.example", TRUE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (domains); i++)
    {
      g_autoptr (SekDomainName) name = sek_domain_name_new (domains[i].domain);
      g_test_message ("%s", domains[i].domain);
      g_assert_cmpint (sek_domain_mixes_scripts (name), ==, domains[i].mixed);
    }
}

/* A name of any length and bytes is bounded. */
static void
test_long (void)
{
  static const char *const pieces[] = { "a", "a.", "あ", "xn--", "-", "rn", "\xf0\x9f", "." };
  g_autoptr (SekDomainName) known = sek_domain_name_new ("kaede.example");
  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      for (guint j = 0; j < 5000; j++)
        g_string_append (text, pieces[i]);
      g_string_append (text, ".kaede-support.test");
      g_autoptr (SekDomainName) foreign = sek_domain_name_new (text->str);
      g_assert_cmpuint (strlen (foreign->domain), <=, 253 * 4);
      g_assert_true (g_utf8_validate (foreign->domain, -1, NULL));
      g_assert_cmpint (sek_domain_resembles (foreign, known), ==, SEK_RESEMBLES_WORD);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/confusable/resembles", test_resembles);
  g_test_add_func ("/engine/confusable/mixed-scripts", test_mixed_scripts);
  g_test_add_func ("/engine/confusable/long", test_long);
  return g_test_run ();
}
