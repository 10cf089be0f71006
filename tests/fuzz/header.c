/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Header fields: the block, and each value read as everything that a value can be. */
#include "tests/fuzz/fuzz.h"

#include "agent/scanner/header.h"
#include "agent/scanner/mailboxes.h"

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  fuzz_warm_up ();
  return 0;
}

static void
read_value (const SekField *field)
{
  static const char *const parameters[] = { "charset", "name", "boundary" };
  SekDecoding decoding = { "iso-2022-jp", NULL };
  g_autofree char *shown = sek_header_decode (field, &decoding);
  g_assert_true (g_utf8_validate (shown, -1, NULL));
  g_autofree char *value = sek_header_unfold (field->value, field->length, &decoding);
  g_autofree char *token = sek_header_token (value);
  for (gsize i = 0; i < G_N_ELEMENTS (parameters); i++)
    {
      g_autofree char *parameter = sek_header_parameter (value, parameters[i], &decoding);
      g_assert_true (parameter == NULL || g_utf8_validate (parameter, -1, NULL));
    }
  g_autoptr (GPtrArray) mailboxes = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_mailbox_free);
  g_assert_nonnull (token);
  sek_mailboxes_read (mailboxes, value, &decoding);
  g_assert_cmpuint (mailboxes->len, <=, SEK_MAILBOXES_MAX);
  g_free (decoding.unknown);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  gsize body = 0;
  g_autoptr (GArray) fields = sek_fields_split ((const char *) data, size, &body);
  g_assert_cmpuint (body, <=, size);
  for (guint i = 0; i < fields->len; i++)
    read_value (&g_array_index (fields, SekField, i));
  return 0;
}
