/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugin/client/handover.h"

#include <string.h>

#define REST "\r\nTo: <soc@kaede.example>\r\n\r\nFrom: <c@kaede.example>\r\nbody"

/* The report as it is after From was set. */
static void
assert_from (const char *message, const char *address, const char *expected)
{
  g_autoptr (SekHandover) handover = g_new0 (SekHandover, 1);
  handover->message = g_bytes_new (message, strlen (message));
  sek_handover_set_from (handover, address);
  gsize length = 0;
  const char *data = g_bytes_get_data (handover->message, &length);
  g_assert_cmpmem (data, length, expected, strlen (expected));
}

static void
test_from (void)
{
  assert_from ("From: <a@kaede.example>" REST, "b@kaede.example", "From: <b@kaede.example>" REST);
}

static void
test_no_address (void)
{
  static const char *const addresses[] = { "",
                                           "b",
                                           "b@kaede.example\r\nBcc: x@evil.example",
                                           "b@kaede.example>",
                                           "b @kaede.example",
                                           "佐藤@kaede.example" };
  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    assert_from ("From: <a@kaede.example>" REST, addresses[i], "From: <a@kaede.example>" REST);
  assert_from ("From: <a@kaede.example>" REST, NULL, "From: <a@kaede.example>" REST);
}

static void
test_other_mail (void)
{
  static const char *const messages[] = { "", "From: ", "From: <a@kaede.example>", ("Date: now" REST) };
  for (gsize i = 0; i < G_N_ELEMENTS (messages); i++)
    assert_from (messages[i], "b@kaede.example", messages[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/handover/from", test_from);
  g_test_add_func ("/handover/no-address", test_no_address);
  g_test_add_func ("/handover/other-mail", test_other_mail);
  return g_test_run ();
}
