/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/core/text.h"

static void
test_same (void)
{
  static const char *const same[][2] = {
    { "太田 道子", "太田道子" },
    { "太田　道子", "太田道子様" },
    { "太田 道子 部長", "太田道子" },
    { "太田道子（楓商事）", "太田道子" },
    { "株式会社楓", "楓" },
    { "Michiko OTA", "Ota, Michiko" },
    { "Mr. Michiko Ota", "michiko ota" },
    { "Ｍｉｃｈｉｋｏ　Ｏｔａ", "Michiko Ota" },
    { "太田\u200B 道子", "太田道子" },
    { "\"Michiko Ota\"", "Michiko Ota" },
    { "O'Neill, Ann", "Ann ONeill" },
    { "(太田 道子)", "太田道子" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autofree char *a = sek_text_name_key (same[i][0]);
      g_autofree char *b = sek_text_name_key (same[i][1]);
      g_assert_cmpstr (a, ==, b);
      g_assert_cmpstr (a, !=, "");
    }
}

static void
test_different (void)
{
  static const char *const different[][2] = {
    { "太田 道子", "太田 花子" },
    { "Michiko Ota", "Michiko Ito" },
    { "Ann Lee", "Lee" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (different); i++)
    {
      g_autofree char *a = sek_text_name_key (different[i][0]);
      g_autofree char *b = sek_text_name_key (different[i][1]);
      g_assert_cmpstr (a, !=, b);
    }
  g_autofree char *nothing = sek_text_name_key ("--- , .");
  g_assert_cmpstr (nothing, ==, "");
  g_autofree char *null = sek_text_name_key (NULL);
  g_assert_cmpstr (null, ==, "");
}

static void
test_keys (void)
{
  static const struct
  {
    const char *name, *key;
  } cases[] = {
    { "楓商事＠太田 道子", "太田道子" },
    { "太田 道子 / 楓商事", "太田道子" },
    { "Kaede Trading (Michiko Ota)", "michiko ota" },
    { "道子 太田", "太田道子" },
    { "太田道子", "太田道子" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) keys = sek_text_name_keys (cases[i].name);
      g_assert_true (g_strv_contains ((const char *const *) keys, cases[i].key));
    }
  g_autofree char *hostile = g_strnfill (100000, '@');
  g_auto (GStrv) none = sek_text_name_keys (hostile);
  g_assert_cmpuint (g_strv_length (none), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/name-key/same", test_same);
  g_test_add_func ("/core/name-key/different", test_different);
  g_test_add_func ("/core/name-key/keys", test_keys);
  return g_test_run ();
}
