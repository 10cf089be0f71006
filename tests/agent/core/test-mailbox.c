/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/core/mailbox.h"

static void
test_to_string (void)
{
  g_autoptr (SekMailbox) both = sek_mailbox_new ("太田", "ota@kaede.example");
  g_autoptr (SekMailbox) address = sek_mailbox_new (NULL, "ota@kaede.example");
  g_autoptr (SekMailbox) name = sek_mailbox_new ("太田", NULL);
  g_autofree char *a = sek_mailbox_to_string (both), *b = sek_mailbox_to_string (address),
                  *c = sek_mailbox_to_string (name);
  g_assert_cmpstr (a, ==, "太田 <ota@kaede.example>");
  g_assert_cmpstr (b, ==, "ota@kaede.example");
  g_assert_cmpstr (c, ==, "太田");
}

static void
test_addr_spec (void)
{
  g_assert_cmpstr (sek_addr_spec_domain ("a@b@kaede.example"), ==, "kaede.example");
  g_assert_null (sek_addr_spec_domain ("nobody"));
  g_assert_null (sek_addr_spec_domain ("nobody@"));
  g_assert_null (sek_addr_spec_domain (NULL));
  g_assert_true (sek_addr_spec_equal ("<Ota@Kaede.EXAMPLE>", " ota@kaede.example"));
  g_assert_false (sek_addr_spec_equal ("ota@kaede.example", "oto@kaede.example"));
  g_assert_false (sek_addr_spec_equal (NULL, NULL));
}

static void
test_find_all (void)
{
  static const struct
  {
    const char *text, *found;
  } cases[] = {
    { NULL, "" },
    { "太田 道子", "" },
    { "ota@kaede.example", "ota@kaede.example" },
    { "太田（Ota＠Kaede．example）様", "ota@kaede.example" },
    { "'ota@kaede.example' via list", "ota@kaede.example" },
    { "a@kaede.example b@x.example", "a@kaede.example b@x.example" },
    { "Bugzilla@Mozilla", "" },
    { "楓商事＠太田", "" },
    { "太田道子ota@kaede.example様", "ota@kaede.example" },
    { "o\u200Bta@kaede.example", "ota@kaede.example" },
    { "fooo@foo.fo- private", "fooo@foo.fo" },
    { "user@xn--r8jz45g.xn--zckzah", "user@xn--r8jz45g.xn--zckzah" },
    { "@@@@....", "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) found = sek_addr_spec_find_all (cases[i].text);
      g_autofree char *joined = g_strjoinv (" ", found);
      g_assert_cmpstr (joined, ==, cases[i].found);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/mailbox/to-string", test_to_string);
  g_test_add_func ("/core/mailbox/addr-spec", test_addr_spec);
  g_test_add_func ("/core/mailbox/find-all", test_find_all);
  return g_test_run ();
}
