/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/readings/readings.h"

#include <string.h>

static void
test_spellings (void)
{
  /* Each row sounds the same. */
  static const char *const rows[][5] = {
    { "おおた", "オオタ", "ohta", "oota", "ota" },
    { "さとう", "satou", "satoh", "sato", "sato" },
    { "しんいち", "シンイチ", "shinichi", "sin'iti", "shin-ichi" },
    { "ふじい", "fujii", "huzii", "fuji", "huzi" },
    { "つじ", "ツジ", "tsuji", "tuzi", "tsuzi" },
    { "ほんま", "honma", "homma", "ホンマ", "honma" },
    { "しゅんぺい", "shunpei", "shumpei", "syunpei", "シュンペイ" },
    { "じゅん", "ジュン", "jun", "zyun", "jyun" },
    { "ゆうき", "yuuki", "yuki", "ユウキ", "yûki" },
    { "はっとり", "hattori", "ハットリ", "hatori", "hattori" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *first = sek_reading_key (rows[i][0]);
      for (gsize k = 1; k < G_N_ELEMENTS (rows[i]); k++)
        {
          g_autofree char *key = sek_reading_key (rows[i][k]);
          g_assert_cmpstr (key, ==, first);
        }
    }
}

static void
test_different (void)
{
  static const char *const pairs[][2] = {
    { "sato", "seto" }, { "ohara", "ogawa" }, { "kenta", "kento" }, { "ohashi", "oashi" },
    { "yoko", "yuko" }, { "おの", "うの" },   { "jun", "shun" },    { "tohyama", "tamaya" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *a = sek_reading_key (pairs[i][0]);
      g_autofree char *b = sek_reading_key (pairs[i][1]);
      g_assert_cmpstr (a, !=, b);
    }
}

static void
test_words (void)
{
  g_autofree char *key = sek_reading_key_of_words ("Michiko Ohta");
  g_autofree char *same = sek_reading_key_of_words ("oota michiko");
  g_assert_cmpstr (same, ==, "mitiko ota");
  g_assert_cmpstr (key, ==, "mitiko ota");
}

static gboolean
reads (SekReader *reader, const char *name, const char *family, const char *given)
{
  const GPtrArray *readings = sek_reader_read (reader, name);
  g_assert_nonnull (readings);
  for (guint i = 0; i < readings->len; i++)
    {
      const SekReading *reading = readings->pdata[i];
      if (g_str_equal (reading->family, family) && g_str_equal (reading->given, given))
        return TRUE;
    }
  return FALSE;
}

static void
test_kanji (void)
{
  g_autoptr (SekReader) reader = sek_reader_new ();
  g_assert_true (reads (reader, "太田道子", "ota", "mitiko"));
  g_assert_true (reads (reader, "佐藤太郎", "sato", "taro"));
  g_assert_true (reads (reader, "佐々木翔太", "sasaki", "syota"));
  g_assert_true (reads (reader, "中田英寿", "nakata", "hidetosi"));
  g_assert_true (reads (reader, "中田英寿", "nakada", "hidetosi"));
  g_assert_true (reads (reader, "鈴木一郎", "suzuki", "itiro"));
  /* Kept, so asked twice it says the same. */
  g_assert_true (reads (reader, "太田道子", "ota", "mitiko"));
}

static void
test_no_names (void)
{
  g_autoptr (SekReader) reader = sek_reader_new ();
  static const char *const names[] = {
    "", "営業部", "michiko ota", "請求書送付のご案内", "楓商事株式会社", "\xf0\xa0\xae\xb7\xf0\xa0\xae\xb7",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const GPtrArray *readings = sek_reader_read (reader, names[i]);
      g_assert_nonnull (readings);
      for (guint k = 0; k < readings->len; k++)
        g_assert_false (((const SekReading *) readings->pdata[k])->proper);
    }
}

static void
test_hostile (void)
{
  g_autoptr (SekReader) reader = sek_reader_new ();
  g_autoptr (GString) longest = g_string_new (NULL);
  for (guint i = 0; i < 10000; i++)
    g_string_append (longest, "太");
  g_assert_cmpuint (sek_reader_read (reader, longest->str)->len, ==, 0);
  g_autofree char *key = sek_reading_key (longest->str);
  g_assert_cmpstr (key, ==, "");
  /* More names than are kept. */
  for (guint i = 0; i < 9000; i++)
    {
      g_autofree char *name =
          g_strdup_printf ("太田%s%s", i % 2 == 0 ? "道子" : "太郎", i % 3 == 0 ? "" : "子");
      g_assert_nonnull (sek_reader_read (reader, name));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/readings/spellings", test_spellings);
  g_test_add_func ("/readings/different", test_different);
  g_test_add_func ("/readings/words", test_words);
  g_test_add_func ("/readings/kanji", test_kanji);
  g_test_add_func ("/readings/no-names", test_no_names);
  g_test_add_func ("/readings/hostile", test_hostile);
  return g_test_run ();
}
