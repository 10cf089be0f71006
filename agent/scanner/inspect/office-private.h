/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the two halves of the locks of office documents share: hashes and ciphers. */
#pragma once

#include <nettle/nettle-meta.h>

#include "agent/scanner/inspect/office-lock.h"

#define SEK_OFFICE_HASH_MAX 64

/* By the name that a document or nettle has for it; NULL when nobody knows it. */
const struct nettle_hash *sek_office_find_hash (const char *name);

/* The hash of two pieces, one behind the other, into out, which has room for it. */
void sek_office_hash (const struct nettle_hash *hash,
                      const void *a,
                      gsize a_length,
                      const void *b,
                      gsize b_length,
                      guint8 *out);

/* The key of one block of an RC4 stream (§2.3.6.2, §2.3.5.2). */
void sek_office_block_key (const SekOfficeLock *lock, const SekOfficeKey *key, guint32 block, guint8 out[16]);

/* Decrypts whole blocks of AES, chained from start on, or each for itself when start is NULL; out may be in.
 */
void
sek_office_aes (const SekOfficeKey *key, const guint8 *start, guint8 *out, const guint8 *in, gsize length);
