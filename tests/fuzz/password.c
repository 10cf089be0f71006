/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The grammar of passwords in texts, and the other readers of texts that people write. */
#include "tests/fuzz/fuzz.h"

#include "agent/core/password.h"
#include "agent/core/subject.h"
#include "agent/core/text.h"

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  return 0;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_utf8_make_valid ((const char *) data, (gssize) size);
  g_auto (GStrv) found = sek_password_candidates (text, 1667482200);
  g_auto (GStrv) in_name = sek_password_candidates_in_name (text);
  g_assert_cmpuint (g_strv_length (in_name), <=, SEK_PASSWORDS_MAX);
  sek_password_comes_separately (text);
  g_assert_cmpuint (g_strv_length (found), <=, SEK_PASSWORDS_MAX);
  for (guint i = 0; found[i] != NULL; i++)
    {
      g_assert_true (g_utf8_validate (found[i], -1, NULL));
      g_assert_cmpuint (strlen (found[i]), >, 0);
      for (guint j = 0; j < i; j++)
        g_assert_cmpstr (found[j], !=, found[i]);
    }
  g_autoptr (SekSubject) subject = sek_subject_parse (text);
  g_assert_nonnull (subject);
  g_autofree char *key = sek_text_name_key (text);
  g_assert_true (g_utf8_validate (key, -1, NULL));
  return 0;
}
