/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/engine/check.h"

static void
test_registrable (void)
{
  static const char *const cases[][2] = {
    { "mail.kaede.example", "kaede.example" },
    { "kaede.co.jp", "kaede.co.jp" },
    { "a.b.kaede.co.jp", "kaede.co.jp" },
    { "Kaede.Example.", "kaede.example" },
    { "co.jp", "co.jp" },
    { "localhost", "localhost" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *registrable = sek_registrable_domain (cases[i][0]);
      g_assert_cmpstr (registrable, ==, cases[i][1]);
    }
  g_autofree char *none = sek_registrable_domain (NULL);
  g_assert_cmpstr (none, ==, "");
}

static void
test_same_organisation (void)
{
  g_assert_true (sek_same_organisation ("a@kaede.co.jp", "b@mail.kaede.co.jp"));
  g_assert_true (sek_same_organisation ("a@kaede.com", "b@kaede.co.jp"));
  g_assert_false (sek_same_organisation ("a@abc.com", "b@abc.co.jp"));
  g_assert_false (sek_same_organisation ("a@kaede.example", "b@momiji.example"));
  g_assert_false (sek_same_organisation ("kaede", "kaede"));
  g_assert_false (sek_same_organisation (NULL, "a@kaede.example"));
}

static void
test_service (void)
{
  g_assert_true (sek_is_service_address ("no-reply@suite.example"));
  g_assert_true (sek_is_service_address ("calendar-notification@suite.example"));
  g_assert_false (sek_is_service_address ("michiko.ota@noreply.example"));
  g_assert_false (sek_is_service_address ("nobody"));
  g_assert_true (sek_is_public_mail_domain ("GMAIL.com"));
  g_assert_false (sek_is_public_mail_domain ("kaede.example"));
  g_assert_false (sek_is_public_mail_domain (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/address/registrable", test_registrable);
  g_test_add_func ("/engine/address/same-organisation", test_same_organisation);
  g_test_add_func ("/engine/address/service", test_service);
  return g_test_run ();
}
