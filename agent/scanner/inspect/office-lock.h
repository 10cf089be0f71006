/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Locks of office documents ([MS-OFFCRYPTO]): is this the password, and what is behind it? */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SEK_OFFICE_SALT_MAX 64
#define SEK_OFFICE_FIELD_MAX 128
#define SEK_OFFICE_KEY_MAX 64

typedef enum
{
  SEK_OFFICE_XOR,       /* §2.3.7: only recognised */
  SEK_OFFICE_RC4,       /* §2.3.6, 40 bits */
  SEK_OFFICE_CRYPTOAPI, /* §2.3.5 */
  SEK_OFFICE_STANDARD,  /* §2.3.4.7, AES */
  SEK_OFFICE_AGILE,     /* §2.3.4.10 */
} SekOfficeScheme;

/* Bytes of a header, as far as they fit. */
typedef struct
{
  guint8 bytes[SEK_OFFICE_FIELD_MAX];
  gsize length;
} SekOfficeField;

/* What stands in front of a locked document: enough to tell the right password from a wrong one. */
typedef struct
{
  SekOfficeScheme scheme;
  SekOfficeField salt;
  SekOfficeField verifier;
  SekOfficeField verifier_hash;
  SekOfficeField key;          /* agile: the locked key of the content */
  SekOfficeField content_salt; /* agile */
  guint key_bytes;
  guint content_key_bytes; /* agile */
  guint spins;             /* rounds for each password */
  const char *hash;        /* of nettle's hashes, by name; agile */
  const char *content_hash;
  guint16 xor_verifier;
} SekOfficeLock;

/* The key that a password gives. */
typedef struct
{
  guint8 bytes[SEK_OFFICE_KEY_MAX];
  gsize length;
} SekOfficeKey;

/* From the record FilePass of a workbook ([MS-XLS] §2.4.117), the beginning of a Word document's table stream
 * ([MS-DOC] §2.2.6) and the stream EncryptionInfo. FALSE for what is broken or of a kind that nobody here
 * knows. */
gboolean sek_office_lock_of_record (SekOfficeLock *lock, const guint8 *bytes, gsize length);
gboolean sek_office_lock_of_table (SekOfficeLock *lock, const guint8 *bytes, gsize length);
gboolean sek_office_lock_of_stream (SekOfficeLock *lock, const guint8 *bytes, gsize length);

/* TRUE when password (UTF-8) opens the lock; key is set then. */
gboolean sek_office_lock_try (const SekOfficeLock *lock, const char *password, SekOfficeKey *key);

/* Opens a workbook stream in place: what stands behind the record FilePass, which becomes an unknown one. */
void
sek_office_open_workbook (const SekOfficeLock *lock, const SekOfficeKey *key, guint8 *bytes, gsize length);

/* Opens a stream of a Word document in place, but for its first bytes. */
void sek_office_open_stream (
    const SekOfficeLock *lock, const SekOfficeKey *key, guint8 *bytes, gsize length, gsize first);

/* Opens the stream EncryptedPackage in place; the content begins at the ninth byte. Returns its length, 0
 * when nothing is in it. */
gsize
sek_office_open_package (const SekOfficeLock *lock, const SekOfficeKey *key, guint8 *bytes, gsize length);

G_END_DECLS
