/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/directory/directory.h"

#include <string.h>

/* Two colleagues and what is no person, as a history may have them. */
static GPtrArray *
people_of_domain (gpointer self, const char *domain)
{
  static const char *const rows[][2] = {
    { "高橋 健太", "k-takahashi@kaede.example" }, { "Hanako Mori", "hanako.mori@kaede.example" },
    { "東日本営業部", "eigyo@kaede.example" },    { "Sales Team", "sales.team@kaede.example" },
    { "Kaede News", "kaede.news@kaede.example" }, { "Printer 4", "printer4@kaede.example" },
    { "Blue Sky", "project@kaede.example" },
  };
  guint *asked = self;
  (*asked)++;
  GPtrArray *people = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_person_free);
  for (gsize i = 0; i < G_N_ELEMENTS (rows) && g_str_equal (domain, "kaede.example"); i++)
    {
      const char *addresses[] = { rows[i][1], NULL };
      g_ptr_array_add (people, sek_person_new (rows[i][0], addresses));
    }
  return people;
}

static gint64 messages;
static gint64
count_messages (gpointer self)
{
  return messages;
}

static const char *const domains[] = { "kaede.example", NULL };

static SekPolicy *
make_policy (void)
{
  SekPolicy *policy = sek_policy_new ();
  static const char *const ota[] = { "michiko.ota@kaede.example", NULL };
  static const char *const john[] = { "john@kaede.example", NULL };
  g_ptr_array_add (policy->people, sek_person_new ("太田 道子", ota));
  g_ptr_array_add (policy->people, sek_person_new ("Jun Ohno", john));
  return policy;
}

static void
test_find (void)
{
  static const struct
  {
    const char *shown;
    const char *person; /* NULL: nobody */
    gboolean listed;
    SekNameMatch match;
  } rows[] = {
    { "太田 道子", "太田 道子", TRUE, SEK_NAME_SAME },
    { "道子 太田", "太田 道子", TRUE, SEK_NAME_SAME },
    { "楓商事 太田道子", "太田 道子", TRUE, SEK_NAME_PART },
    { "Michiko Ota", "太田 道子", TRUE, SEK_NAME_PART },
    { "Michiko Ohta", "太田 道子", TRUE, SEK_NAME_READ },
    { "おおたみちこ", "太田 道子", TRUE, SEK_NAME_READ },
    { "みちこ おおた", "太田 道子", TRUE, SEK_NAME_READ },
    { "オオタ　ミチコ様", "太田 道子", TRUE, SEK_NAME_READ },
    { "大野 潤", "Jun Ohno", TRUE, SEK_NAME_READ },
    { "おおの じゅん", "Jun Ohno", TRUE, SEK_NAME_READ },
    { "太田 路子", NULL, FALSE, 0 },
    { "太田", NULL, FALSE, 0 },
    { "おおた", NULL, FALSE, 0 },
    { "Ota", NULL, FALSE, 0 },
    { "高橋 健太", "高橋 健太", FALSE, SEK_NAME_SAME },
    { "Takahashi Kenta", "高橋 健太", FALSE, SEK_NAME_READ },
    { "高橋健太郎", NULL, FALSE, 0 },
    { "Mori, Hanako", "Hanako Mori", FALSE, SEK_NAME_SAME },
    { "森 花子", "Hanako Mori", FALSE, SEK_NAME_READ },
    { "東日本営業部", NULL, FALSE, 0 },
    { "Sales Team", NULL, FALSE, 0 },
    { "Kaede News", NULL, FALSE, 0 },
    { "Blue Sky", NULL, FALSE, 0 },
    { "", NULL, FALSE, 0 },
  };
  g_autoptr (SekPolicy) policy = make_policy ();
  g_autoptr (SekReader) reader = sek_reader_new ();
  guint asked = 0;
  SekHistory history = { .self = &asked, .people_of_domain = people_of_domain };
  g_autoptr (SekDirectory) directory = sek_directory_new (policy, &history, domains, reader);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      SekColleague found = { 0 };
      g_test_message ("%s", rows[i].shown);
      gboolean is = sek_directory_find (directory, rows[i].shown, "x@elsewhere.example", &found);
      g_assert_cmpint (is, ==, rows[i].person != NULL);
      if (!is)
        continue;
      g_assert_cmpstr (found.person->name, ==, rows[i].person);
      g_assert_cmpint (found.listed, ==, rows[i].listed);
      g_assert_cmpint (found.match, ==, rows[i].match);
    }
}

static void
test_own_address (void)
{
  g_autoptr (SekPolicy) policy = make_policy ();
  g_autoptr (SekDirectory) directory = sek_directory_new (policy, NULL, NULL, NULL);
  SekColleague found;
  g_assert_false (sek_directory_find (directory, "太田 道子", "Michiko.Ota@kaede.example", &found));
  g_assert_false (sek_directory_find (directory, "太田 道子", "john@kaede.example", &found));
  g_assert_true (sek_directory_find (directory, "太田 道子", "michiko.ota@kaede.example.net", &found));
}

static void
test_keeper (void)
{
  g_autoptr (SekPolicy) policy = make_policy ();
  guint asked = 0;
  SekHistory history = { .self = &asked,
                         .people_of_domain = people_of_domain,
                         .count_messages = count_messages };
  g_autoptr (SekDirectoryKeeper) keeper = sek_directory_keeper_new ();
  messages = 10;
  const SekDirectory *first = sek_directory_keeper_get (keeper, policy, &history, domains);
  messages = 20;
  g_assert_true (sek_directory_keeper_get (keeper, policy, &history, domains) == first);
  g_assert_cmpuint (asked, ==, 1);
  messages = 100;
  sek_directory_keeper_get (keeper, policy, &history, domains);
  g_assert_cmpuint (asked, ==, 2);
  sek_directory_keeper_forget (keeper);
  sek_directory_keeper_get (keeper, policy, &history, domains);
  g_assert_cmpuint (asked, ==, 3);
  static const char *const others[] = { "other.example", NULL };
  SekColleague found;
  const SekDirectory *other = sek_directory_keeper_get (keeper, policy, &history, others);
  g_assert_false (sek_directory_find (other, "高橋 健太", "x@elsewhere.example", &found));
  const SekDirectory *alone = sek_directory_keeper_get (keeper, policy, NULL, NULL);
  g_assert_true (sek_directory_find (alone, "太田 道子", "x@elsewhere.example", &found));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/directory/find", test_find);
  g_test_add_func ("/directory/own-address", test_own_address);
  g_test_add_func ("/directory/keeper", test_keeper);
  return g_test_run ();
}
