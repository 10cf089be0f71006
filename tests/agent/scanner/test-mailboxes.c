/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/mailboxes.h"

#include "agent/core/limits.h"

/* "name|address" joined by newlines, with - for what is absent. */
static char *
read_all (const char *value)
{
  SekDecoding decoding = { 0 };
  g_autoptr (GPtrArray) mailboxes = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_mailbox_free);
  g_assert_true (sek_mailboxes_read (mailboxes, value, &decoding));
  GString *all = g_string_new (NULL);
  for (guint i = 0; i < mailboxes->len; i++)
    {
      const SekMailbox *mailbox = mailboxes->pdata[i];
      g_string_append_printf (all, "%s%s|%s", i > 0 ? "\n" : "",
                              mailbox->display_name != NULL ? mailbox->display_name : "-",
                              mailbox->addr_spec != NULL ? mailbox->addr_spec : "-");
    }
  return g_string_free (all, FALSE);
}

static void
test_forms (void)
{
  static const struct
  {
    const char *value, *expected;
  } cases[] = {
    { "", "" },
    { "a@kaede.example", "-|a@kaede.example" },
    { "<a@kaede.example>", "-|a@kaede.example" },
    { "Michiko Ota <a@kaede.example>", "Michiko Ota|a@kaede.example" },
    { "\"Ota, Michiko\" <a@kaede.example>", "Ota, Michiko|a@kaede.example" },
    { "a@kaede.example (Michiko Ota)", "Michiko Ota|a@kaede.example" },
    { "太田 道子 <a@kaede.example>, b@kaede.example", "太田 道子|a@kaede.example\n-|b@kaede.example" },
    { "楓商事 (営業部) 太田 <a@kaede.example>", "楓商事 (営業部) 太田|a@kaede.example" },
    { "Michiko [Kaede] Ota <a@kaede.example>", "Michiko [Kaede] Ota|a@kaede.example" },
    /* Without quotes, as Outlook's users write it. */
    { "Ota, Michiko <a@kaede.example>", "Ota, Michiko|a@kaede.example" },
    { "a@kaede.example, Michiko <b@kaede.example>", "-|a@kaede.example\nMichiko|b@kaede.example" },
    /* Encoded words: what they hide is no structure. */
    { "=?UTF-8?B?InhAeS5leGFtcGxlIiwgPGV2aWxAei5leGFtcGxlPg==?= <a@kaede.example>",
      "\"x@y.example\", <evil@z.example>|a@kaede.example" },
    { "\"=?UTF-8?B?5aSq55SwIOmBk+WtkA==?=\" <a@kaede.example>", "太田 道子|a@kaede.example" },
    { "=?UTF-8?B?5aSq55SwIOmBk+WtkA==?=<a@kaede.example>", "太田 道子|a@kaede.example" },
    { "=?UTF-8?B?5aSq55Sw?= =?UTF-8?B?6YGT5a2Q?= <a@kaede.example>", "太田道子|a@kaede.example" },
    /* Addresses in names, the evidence of a common trick. */
    { "\"ota@kaede.example\" <x@elsewhere.example>", "ota@kaede.example|x@elsewhere.example" },
    { "ota@kaede.example <x@elsewhere.example>", "ota@kaede.example|x@elsewhere.example" },
    { "Sakura＠Ota <a@kaede.example>", "Sakura＠Ota|a@kaede.example" },
    { "Michiko\u200b\u202eOta <a@kaede.example>", "Michiko\u200b\u202eOta|a@kaede.example" },
    /* Names without an address, and what is nearly one. */
    { "Michiko Ota", "Michiko Ota|-" },
    { "Michiko Ota <>", "Michiko Ota|-" },
    { "Michiko Ota ota@kaede.example", "Michiko Ota|ota@kaede.example" },
    { "..ota..m.@docomo.example", "-|..ota..m.@docomo.example" },
    { "a@b@kaede.example", "-|a@b@kaede.example" },
    { "<@relay.example,@other.example:a@kaede.example>", "-|a@kaede.example" },
    { "\"Michiko Ota <a@kaede.example>", "Michiko Ota|a@kaede.example" },
    { "Michiko Ota <a@kaede.example", "Michiko Ota|a@kaede.example" },
    { "Michiko (unclosed <a@kaede.example>", "Michiko (unclosed|a@kaede.example" },
    { "A <a@kaede.example> <b@kaede.example>", "A|a@kaede.example\n-|b@kaede.example" },
    { "<a@kaede.example> Michiko", "Michiko|a@kaede.example" },
    { "Kaede: Sales <a@kaede.example>", "Kaede: Sales|a@kaede.example" },
    /* Groups. */
    { "undisclosed-recipients:;", "" },
    { "Staff: a@kaede.example, B <b@kaede.example>;, c@kaede.example",
      "-|a@kaede.example\nB|b@kaede.example\n-|c@kaede.example" },
    { "a@kaede.example; b@kaede.example", "-|a@kaede.example\n-|b@kaede.example" },
    { ",,a@kaede.example,,", "-|a@kaede.example" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = read_all (cases[i].value);
      g_assert_cmpstr (found, ==, cases[i].expected);
    }
}

static void
test_bound (void)
{
  g_autoptr (GString) value = g_string_new (NULL);
  for (guint i = 0; i <= SEK_MAILBOXES_MAX; i++)
    g_string_append_printf (value, "u%u@kaede.example, ", i);
  SekDecoding decoding = { 0 };
  g_autoptr (GPtrArray) mailboxes = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_mailbox_free);
  g_assert_false (sek_mailboxes_read (mailboxes, value->str, &decoding));
  g_assert_cmpuint (mailboxes->len, ==, SEK_MAILBOXES_MAX);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scanner/mailboxes/forms", test_forms);
  g_test_add_func ("/scanner/mailboxes/bound", test_bound);
  return g_test_run ();
}
