/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugin/client/link.h"

static void
test_leads_away (void)
{
  static const struct
  {
    const char *url;
    gboolean away;
  } rows[] = {
    { "https://kaede.example/", TRUE },
    { "HTTP://kaede.example", TRUE },
    { "file://server.example/share/invoice.lnk", TRUE },
    { "search-ms:query=invoice", TRUE },
    { "javascript:alert(1)", TRUE },
    { "data:text/html,hello", TRUE },
    { "www.kaede.example/form", TRUE },
    { "//kaede.example/form", TRUE },
    { " #top", TRUE },
    { "evolution-like://kaede.example", TRUE },
    { "#top", FALSE },
    { "", FALSE },
    { NULL, FALSE },
    { "mailto:taro.sato@kaede.example", FALSE },
    { "MAILTO:taro.sato@kaede.example", FALSE },
    { "cid:logo@kaede.example", FALSE },
    { "sc://open_attachment", FALSE },
    { "evo-file:///usr/share/icon.png", FALSE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].url);
      g_assert_cmpint (sek_link_leads_away (rows[i].url), ==, rows[i].away);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client/link/leads-away", test_leads_away);
  return g_test_run ();
}
