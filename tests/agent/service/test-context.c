/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/service/context.h"

#include <gio/gio.h>
#include <string.h>

static SekContext *
parse (const char *text, gboolean for_report, GError **error)
{
  g_autoptr (GError) syntax = NULL;
  g_autoptr (GVariant) variant = g_variant_parse (G_VARIANT_TYPE_VARDICT, text, NULL, NULL, &syntax);
  g_assert_no_error (syntax);
  return sek_context_parse (variant, for_report, error);
}

static void
test_all_keys (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SekContext) context =
      parse ("{'client': <'Claws Mail 4.1.1'>, 'folder': <'#mh/受信'>, 'own-addresses':"
             " <['a@kaede.example', 'b@kaede.example']>, 'verdict-id': <'12'>, 'attachments': <'held'>, "
             "'rebuilt': <true>}",
             TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (context->client, ==, "Claws Mail 4.1.1");
  g_assert_cmpstr (context->folder, ==, "#mh/受信");
  g_assert_cmpuint (g_strv_length (context->own_addresses), ==, 2);
  g_assert_cmpstr (context->own_addresses[1], ==, "b@kaede.example");
  g_assert_cmpstr (context->verdict_id, ==, "12");
  g_assert_cmpstr (context->attachments, ==, "held");
  g_assert_true (context->rebuilt);
  g_autoptr (SekContext) odd = parse ("{'attachments': <'eaten'>}", TRUE, &error);
  g_assert_no_error (error);
  g_assert_null (odd->attachments);
}

static void
test_nothing (void)
{
  g_autoptr (SekContext) context = parse ("{}", FALSE, NULL);
  g_assert_nonnull (context);
  g_assert_null (context->client);
  g_assert_null (context->folder);
  g_assert_null (context->verdict_id);
  g_assert_cmpuint (g_strv_length (context->own_addresses), ==, 0);
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text;
    gboolean for_report;
    const char *says;
  } cases[] = {
    { "{'colour': <'red'>}", TRUE, "*“colour”*not known*" },
    { "{'client': <1>}", TRUE, "*“client”*type s*" },
    { "{'own-addresses': <'a@b.example'>}", TRUE, "*“own-addresses”*type as*" },
    { "{'verdict-id': <'12'>}", FALSE, "*“verdict-id”*not known*" },
    { "{'a': <1>, 'b': <1>, 'c': <1>, 'd': <1>, 'e': <1>, 'f': <1>, 'g': <1>, 'h': <1>}", TRUE,
      "*more than 7 keys*" },
    { "{'attachments': <'held'>}", FALSE, "*“attachments”*not known*" },
    { "{'rebuilt': <'yes'>}", TRUE, "*“rebuilt”*type b*" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (parse (cases[i].text, cases[i].for_report, &error));
      g_assert_error (error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS);
      g_assert_true (g_pattern_match_simple (cases[i].says, error->message));
    }
}

static void
test_bounds (void)
{
  GVariantBuilder addresses;
  g_variant_builder_init (&addresses, G_VARIANT_TYPE_STRING_ARRAY);
  for (int i = 0; i < SEK_MAILBOXES_MAX + 10; i++)
    g_variant_builder_add (&addresses, "s", "a@kaede.example");
  g_autofree char *folder = g_strnfill (100000, 'f');
  GVariantDict dict;
  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "folder", "s", folder);
  g_variant_dict_insert_value (&dict, "own-addresses", g_variant_builder_end (&addresses));
  g_autoptr (GVariant) variant = g_variant_ref_sink (g_variant_dict_end (&dict));
  g_autoptr (SekContext) context = sek_context_parse (variant, FALSE, NULL);
  g_assert_nonnull (context);
  g_assert_cmpuint (strlen (context->folder), ==, SEK_NAME_CHARS_MAX);
  g_assert_cmpuint (g_strv_length (context->own_addresses), ==, SEK_MAILBOXES_MAX);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/context/all-keys", test_all_keys);
  g_test_add_func ("/service/context/nothing", test_nothing);
  g_test_add_func ("/service/context/refused", test_refused);
  g_test_add_func ("/service/context/bounds", test_bounds);
  return g_test_run ();
}
