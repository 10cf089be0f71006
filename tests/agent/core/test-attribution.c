/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/core/attribution.h"

#include "agent/core/limits.h"

static const struct
{
  const char *text, *address, *subject;
} cases[] = {
  { NULL, NULL, NULL },
  { "On Tue, 1 Nov 2022 Taro <t@kaede.example> wrote:\n> a", "t@kaede.example", NULL },
  { "On Tue, 1 Nov 2022 at 10:12, Taro\n<t@kaede.example>\nwrote:", "t@kaede.example", NULL },
  { "2022年11月1日(火) 10:12 佐藤 太郎 <t@kaede.example>:", "t@kaede.example", NULL },
  { "From: T <t@kaede.example>\nSent: today\nSubject: a b", "t@kaede.example", "a b" },
  { "*From:* T <t@kaede.example>\n*Sent:* today\n*Subject:* a b", "t@kaede.example", "a b" },
  { "差出人： T <t@kaede.example>\n日時： 今日\n件名： 件", "t@kaede.example", "件" },
  { "> On 1 Nov Taro <t@kaede.example> wrote:", NULL, NULL },
  { "From: T <t@kaede.example>\nis what he said", NULL, NULL },
  { "Taro <t@kaede.example> wrote:", NULL, NULL },
  { "On 1 Nov Taro wrote:", NULL, NULL },
};

static void
test_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].text != NULL ? cases[i].text : "NULL");
      g_autoptr (GPtrArray) found = sek_attributions_find (cases[i].text);
      g_assert_cmpuint (found->len, ==, cases[i].address != NULL);
      if (found->len == 0)
        continue;
      const SekAttribution *first = found->pdata[0];
      g_assert_cmpstr (first->address, ==, cases[i].address);
      g_assert_cmpstr (first->subject, ==, cases[i].subject);
    }
}

static void
test_bounds (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < 20000; i++)
    g_string_append (text, "1 T <t@kaede.example> wrote:\n\xff\n");
  g_autoptr (GPtrArray) found = sek_attributions_find (text->str);
  g_assert_cmpuint (found->len, <=, SEK_ATTRIBUTIONS_MAX);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/attribution/cases", test_cases);
  g_test_add_func ("/core/attribution/bounds", test_bounds);
  return g_test_run ();
}
