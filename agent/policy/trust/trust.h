/* SPDX-License-Identifier: GPL-3.0-or-later */
/* agent/policy/trust: tells whether a key of minisign has signed these bytes. Knows no files and no network;
 * the only folder that knows libsodium. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SEK_TRUST_ERROR (sek_trust_error_quark ())
GQuark sek_trust_error_quark (void);
typedef enum
{
  SEK_TRUST_ERROR_MALFORMED, /* the signature is not one of minisign's */
  SEK_TRUST_ERROR_STRANGER,  /* it was made with a key that is not among keys */
  SEK_TRUST_ERROR_BROKEN,    /* it does not belong to these bytes */
} SekTrustError;

/* Which of keys has signed data. signature: the text of a .minisig file; both of minisign's algorithms count,
 * and the trusted comment must be signed as well (jedisct1.github.io/minisign, "Signature format"). keys:
 * base64 as in the second line of a .pub file, NULL-terminated; what is no key is passed over. One of keys,
 * borrowed; NULL with error. */
const char *sek_trust_verify (const guint8 *data,
                              gsize length,
                              const char *signature,
                              gsize signature_length,
                              const char *const *keys,
                              GError **error);

G_END_DECLS
