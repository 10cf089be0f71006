/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signatures made by the minisign tool of the system. */
#include "agent/policy/trust/trust.h"

#include <string.h>

#include "tests/agent/policy/signing.h"

#define POLICY "[policy]\nserial=1\n"

static char *folder;

static char *
make_key (const char *name)
{
  return signing_make_key (folder, name);
}

static char *
sign (const char *name, const char *text, const char *option)
{
  return signing_sign (folder, name, text, option);
}

static const char *
verify (const char *text, const char *signature, const char *const *keys, GError **error)
{
  return sek_trust_verify ((const guint8 *) text, strlen (text), signature, strlen (signature), keys, error);
}

static void
test_good (void)
{
  static const char *const options[] = { NULL, "-l" };
  g_autofree char *old = make_key ("old"), *new = make_key ("new");
  const char *const both[] = { "nonsense", old, new, NULL };
  for (gsize i = 0; i < G_N_ELEMENTS (options); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *by_old = sign ("old", POLICY, options[i]), *by_new = sign ("new", POLICY, options[i]);
      g_assert_cmpstr (verify (POLICY, by_old, both, &error), ==, old);
      g_assert_cmpstr (verify (POLICY, by_new, both, &error), ==, new);
      g_assert_no_error (error);
    }
}

static void
assert_refused (const char *text, const char *signature, const char *const *keys, int code)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (verify (text, signature, keys, &error));
  g_assert_error (error, SEK_TRUST_ERROR, code);
}

static void
test_refused (void)
{
  g_autofree char *mine = make_key ("mine"), *other = make_key ("other");
  const char *const keys[] = { mine, NULL }, *const none[] = { NULL };
  g_autofree char *good = sign ("mine", POLICY, NULL), *strange = sign ("other", POLICY, NULL);
  assert_refused (POLICY "#", good, keys, SEK_TRUST_ERROR_BROKEN);
  assert_refused ("", good, keys, SEK_TRUST_ERROR_BROKEN);
  assert_refused (POLICY, strange, keys, SEK_TRUST_ERROR_STRANGER);
  assert_refused (POLICY, good, none, SEK_TRUST_ERROR_STRANGER);
  assert_refused (POLICY, "", keys, SEK_TRUST_ERROR_MALFORMED);
  assert_refused (POLICY, POLICY, keys, SEK_TRUST_ERROR_MALFORMED);
}

/* The trusted comment is part of what was signed. */
static void
test_comment (void)
{
  g_autofree char *mine = make_key ("mine");
  const char *const keys[] = { mine, NULL };
  g_autofree char *good = sign ("mine", POLICY, NULL);
  g_autoptr (GString) changed = g_string_new (good);
  g_assert_cmpuint (g_string_replace (changed, "a trusted comment", "another comment", 1), ==, 1);
  assert_refused (POLICY, changed->str, keys, SEK_TRUST_ERROR_BROKEN);
}

/* No byte of a signature but those of the first line and of line ends can be another. */
static void
test_every_byte (void)
{
  g_autofree char *mine = make_key ("mine");
  const char *const keys[] = { mine, NULL };
  g_autofree char *good = sign ("mine", POLICY, NULL);
  const char *second = strchr (good, '\n') + 1;
  gsize length = strlen (good);
  for (gsize i = (gsize) (second - good); i < length; i++)
    {
      g_autofree char *changed = g_strdup (good);
      changed[i] = (char) (changed[i] == 'A' ? 'B' : 'A');
      g_autoptr (GError) error = NULL;
      gboolean is_end = good[i] == '\n' && i == length - 1;
      if (!is_end)
        g_assert_null (verify (POLICY, changed, keys, &error));
    }
  for (gsize cut = 0; cut < length - 1; cut++)
    {
      g_autofree char *part = g_strndup (good, cut);
      g_autoptr (GError) error = NULL;
      g_assert_null (verify (POLICY, part, keys, &error));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autoptr (GError) error = NULL;
  folder = g_dir_make_tmp ("sekisho-XXXXXX", &error);
  g_assert_no_error (error);
  g_test_add_func ("/policy/trust/good", test_good);
  g_test_add_func ("/policy/trust/refused", test_refused);
  g_test_add_func ("/policy/trust/comment", test_comment);
  g_test_add_func ("/policy/trust/every-byte", test_every_byte);
  int status = g_test_run ();
  const char *const remove[] = { "rm", "-rf", folder, NULL };
  signing_run (remove);
  g_free (folder);
  return status;
}
