/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "agent/engine/confusable.h"
#include "agent/engine/known-domains.h"

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
      /* The quick look misses nothing. */
      g_assert_true (cases[i].how == NOT || sek_domain_may_resemble (foreign, cases[i].known));
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

static char *
random_label (GRand *rand)
{
  GString *label = g_string_new (NULL);
  for (gint32 left = g_rand_int_range (rand, 3, 16); left > 0; left--)
    g_string_append_c (label, "abcdegilmnrsuvw015-"[g_rand_int_range (rand, 0, 19)]);
  return g_string_free (label, FALSE);
}

/* One or two letters of a label changed, left out, put in or swapped. */
static void
change (GRand *rand, GString *label)
{
  for (gint32 edits = g_rand_int_range (rand, 1, 3); edits > 0 && label->len > 1; edits--)
    {
      gsize at = (gsize) g_rand_int_range (rand, 0, (gint32) label->len - 1);
      char letter = "abcrnlv1i-"[g_rand_int_range (rand, 0, 10)], left = label->str[at];
      switch (g_rand_int_range (rand, 0, 4))
        {
        case 0:
          label->str[at] = letter;
          break;
        case 1:
          g_string_erase (label, (gssize) at, 1);
          break;
        case 2:
          g_string_insert_c (label, (gssize) at, letter);
          break;
        default:
          label->str[at] = label->str[at + 1];
          label->str[at + 1] = left;
        }
    }
}

/* The same for thousands of pairs that nobody thought of. */
static void
test_quick_look (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  guint alike = 0, passed_over = 0;
  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *label = random_label (rand);
      g_autoptr (GString) changed = g_string_new (label);
      if (i % 2 == 0)
        change (rand, changed);
      else
        {
          g_autofree char *other = random_label (rand);
          g_string_assign (changed, other);
        }
      g_autofree char *known = g_strdup_printf ("mail.%s.co.jp", label);
      g_autofree char *domain = g_strdup_printf ("%s.%s", changed->str, i % 3 == 0 ? "com" : "co.jp");
      g_autoptr (SekDomainName) a = sek_domain_name_new (domain);
      g_autoptr (SekDomainName) b = sek_domain_name_new (known);
      gboolean may = sek_domain_may_resemble (a, known);
      gboolean does = sek_domain_resembles (a, b) != NOT;
      g_test_message ("%s %s", domain, known);
      g_assert_true (may || !does);
      alike += does;
      passed_over += !may;
    }
  g_assert_cmpuint (alike, >, 3000);
  g_assert_cmpuint (passed_over, >, 8000);
}

static const char *
find_slowly (char **domains, const SekDomainName *foreign)
{
  for (; *domains != NULL; domains++)
    {
      g_autoptr (SekDomainName) known = sek_domain_name_new (*domains);
      SekResemblance how = sek_domain_resembles (foreign, known);
      if (how == SEK_RESEMBLES_HOMOGLYPH || how == SEK_RESEMBLES_CONFUSABLE)
        return *domains;
    }
  return NULL;
}

/* Put in order or one after the other: the same is found, also where several fit. */
static void
test_known_domains (void)
{
  static const char *const swaps[][2] = { { "m", "rn" }, { "l", "1" }, { "o", "0" }, { "a", "а" } };
  static const char *const suffixes[] = { "co.jp", "example", "com" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *label = random_label (rand);
      g_autofree char *domain =
          g_strconcat (i % 5 == 0 ? "Mail." : "", label, i % 7 == 0 ? "-m" : "", ".", suffixes[i % 3], NULL);
      g_strv_builder_add (builder, i % 50 == 0 ? "xn--kede-53d.example" : domain);
      if (i % 10 == 0)
        g_strv_builder_add (builder, domain);
    }
  g_auto (GStrv) domains = g_strv_builder_end (builder);
  g_autoptr (SekKnownDomains) ordered = sek_known_domains_new (domains);
  guint found = 0;
  for (guint i = 0; domains[i] != NULL; i++)
    for (gsize j = 0; j < G_N_ELEMENTS (swaps); j++)
      {
        g_autoptr (GString) text = g_string_new (domains[i]);
        g_string_replace (text, swaps[j][0], swaps[j][1], 1);
        g_autoptr (SekDomainName) foreign = sek_domain_name_new (text->str);
        const char *wanted = find_slowly (domains, foreign);
        g_assert_true (sek_known_domains_find_double (ordered, foreign) == wanted);
        found += wanted != NULL;
      }
  g_assert_cmpuint (found, >, 100);
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
  g_test_add_func ("/engine/confusable/quick-look", test_quick_look);
  g_test_add_func ("/engine/confusable/known-domains", test_known_domains);
  g_test_add_func ("/engine/confusable/long", test_long);
  return g_test_run ();
}
