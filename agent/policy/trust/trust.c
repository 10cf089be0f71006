/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/policy/trust/trust.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "agent/core/limits.h"

#define ID_BYTES 8
#define COMMENT "trusted comment: "

/* "Ed" signs the bytes themselves, "ED" their BLAKE2b digest; a public key always says "Ed". */
typedef struct
{
  guint8 algorithm[2];
  guint8 id[ID_BYTES];
  guint8 key[crypto_sign_PUBLICKEYBYTES];
} PublicKey;

typedef struct
{
  guint8 algorithm[2];
  guint8 id[ID_BYTES];
  guint8 bytes[crypto_sign_BYTES];
} Signature;

/* A signature file taken apart. */
typedef struct
{
  Signature signature;
  const char *comment; /* in lines */
  guint8 global[crypto_sign_BYTES];
  char **lines;
} SignatureFile;

static void
signature_file_clear (SignatureFile *file)
{
  g_strfreev (file->lines);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SignatureFile, signature_file_clear)

GQuark
sek_trust_error_quark (void)
{
  return g_quark_from_static_string ("sek-trust-error-quark");
}

/* Exactly size bytes, in the one way base64 writes them. */
static gboolean
decode (const char *text, void *bytes, gsize size)
{
  gsize length = 0;
  const char *end = NULL;
  return sodium_base642bin (bytes, size, text, strlen (text), NULL, &length, &end,
                            sodium_base64_VARIANT_ORIGINAL) == 0 &&
         length == size && *end == '\0';
}

static gboolean
read_file (SignatureFile *file, const char *text, gsize length)
{
  if (length == 0 || length > SEK_SIGNATURE_BYTES_MAX || memchr (text, '\0', length) != NULL)
    return FALSE;
  g_autofree char *copy = g_strndup (text, length);
  file->lines = g_strsplit (copy, "\n", 6);
  for (char **line = file->lines; *line != NULL; line++)
    if (g_str_has_suffix (*line, "\r"))
      (*line)[strlen (*line) - 1] = '\0';
  guint count = g_strv_length (file->lines);
  if (count < 4 || count > 5 || (count == 5 && *file->lines[4] != '\0') ||
      !g_str_has_prefix (file->lines[0], "untrusted comment:") || !g_str_has_prefix (file->lines[2], COMMENT))
    return FALSE;
  file->comment = file->lines[2] + strlen (COMMENT);
  return decode (file->lines[1], &file->signature, sizeof file->signature) &&
         decode (file->lines[3], file->global, sizeof file->global) &&
         (memcmp (file->signature.algorithm, "Ed", 2) == 0 ||
          memcmp (file->signature.algorithm, "ED", 2) == 0);
}

static gboolean
is_signed (const SignatureFile *file, const PublicKey *key, const guint8 *data, gsize length)
{
  guint8 digest[crypto_generichash_BYTES_MAX];
  if (file->signature.algorithm[1] == 'D')
    {
      crypto_generichash (digest, sizeof digest, data, length, NULL, 0);
      data = digest;
      length = sizeof digest;
    }
  if (crypto_sign_verify_detached (file->signature.bytes, data, length, key->key) != 0)
    return FALSE;
  g_autoptr (GByteArray) all = g_byte_array_new ();
  g_byte_array_append (all, file->signature.bytes, sizeof file->signature.bytes);
  g_byte_array_append (all, (const guint8 *) file->comment, (guint) strlen (file->comment));
  return crypto_sign_verify_detached (file->global, all->data, all->len, key->key) == 0;
}

const char *
sek_trust_verify (const guint8 *data,
                  gsize length,
                  const char *signature,
                  gsize signature_length,
                  const char *const *keys,
                  GError **error)
{
  g_auto (SignatureFile) file = { 0 };
  if (sodium_init () < 0 || !read_file (&file, signature, signature_length))
    {
      g_set_error_literal (error, SEK_TRUST_ERROR, SEK_TRUST_ERROR_MALFORMED,
                           _ ("the signature is not one of minisign"));
      return NULL;
    }
  gboolean is_known = FALSE;
  for (const char *const *text = keys; *text != NULL; text++)
    {
      PublicKey key;
      if (!decode (*text, &key, sizeof key) || memcmp (key.algorithm, "Ed", 2) != 0 ||
          memcmp (key.id, file.signature.id, ID_BYTES) != 0)
        continue;
      is_known = TRUE;
      if (is_signed (&file, &key, data, length))
        return *text;
    }
  if (is_known)
    g_set_error_literal (error, SEK_TRUST_ERROR, SEK_TRUST_ERROR_BROKEN,
                         _ ("the signature does not belong to this file, or the file was changed"));
  else
    g_set_error_literal (error, SEK_TRUST_ERROR, SEK_TRUST_ERROR_STRANGER,
                         _ ("it was signed with a key that is not among the keys of this computer"));
  return NULL;
}
