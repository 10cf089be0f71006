/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The headers of locks, and the keys that passwords give. */
#include "agent/scanner/inspect/office-private.h"

#include <libxml/xmlreader.h>
#include <nettle/arcfour.h>
#include <string.h>

#include "agent/core/limits.h"
#include "agent/scanner/inspect/families.h"

#define STANDARD_SPINS 50000
#define BLOCK 16

static void
set_field (SekOfficeField *field, const void *bytes, gsize length)
{
  field->length = MIN (length, sizeof field->bytes);
  memcpy (field->bytes, bytes, field->length);
}

const struct nettle_hash *
sek_office_find_hash (const char *name)
{
  static const struct
  {
    const char *name;
    const struct nettle_hash *hash;
  } hashes[] = {
    { "SHA1", &nettle_sha1 },     { "SHA-1", &nettle_sha1 },    { "SHA256", &nettle_sha256 },
    { "SHA384", &nettle_sha384 }, { "SHA512", &nettle_sha512 }, { "MD5", &nettle_md5 },
  };
  for (gsize i = 0; name != NULL && i < G_N_ELEMENTS (hashes); i++)
    if (g_ascii_strcasecmp (name, hashes[i].name) == 0)
      return hashes[i].hash;
  return NULL;
}

void
sek_office_hash (
    const struct nettle_hash *hash, const void *a, gsize a_length, const void *b, gsize b_length, guint8 *out)
{
  /* Larger than any state of nettle's hashes. */
  union
  {
    guint64 align;
    guint8 bytes[512];
  } state;
  g_assert (hash->context_size <= sizeof state);
  hash->init (&state);
  hash->update (&state, a_length, a);
  hash->update (&state, b_length, b);
  hash->digest (&state, hash->digest_size, out);
}

/* --- headers --- */

/* EncryptionHeader and EncryptionVerifier (§2.3.2, §2.3.3), behind the version and the flags. */
static gboolean
read_binary_header (SekOfficeLock *lock, const guint8 *bytes, gsize length)
{
  if (length < 8)
    return FALSE;
  gsize header = sek_inspect_u32 (bytes);
  if (header < 32 || header > length - 4)
    return FALSE;
  guint32 algorithm = sek_inspect_u32 (bytes + 12), bits = sek_inspect_u32 (bytes + 20);
  gboolean rc4 = algorithm == 0x6801;
  const guint8 *verifier = bytes + 4 + header;
  gsize left = length - 4 - header, hash = rc4 ? 20 : 32;
  if (left < 4 + 16 + 16 + 4 + hash || sek_inspect_u32 (verifier) != 16)
    return FALSE;
  if (!rc4 && algorithm != 0x660e && algorithm != 0x660f && algorithm != 0x6610)
    return FALSE;
  lock->scheme = rc4 ? SEK_OFFICE_CRYPTOAPI : SEK_OFFICE_STANDARD;
  /* 0 means 40 (§2.3.5.1). */
  lock->key_bytes = bits == 0 ? 5 : bits / 8;
  if (lock->key_bytes > 32 ||
      (!rc4 && lock->key_bytes != 16 && lock->key_bytes != 24 && lock->key_bytes != 32))
    return FALSE;
  lock->spins = STANDARD_SPINS;
  set_field (&lock->salt, verifier + 4, 16);
  set_field (&lock->verifier, verifier + 20, 16);
  set_field (&lock->verifier_hash, verifier + 40, hash);
  return TRUE;
}

/* RC4 in both its forms, from the version on. */
static gboolean
read_rc4 (SekOfficeLock *lock, const guint8 *bytes, gsize length)
{
  if (length < 8)
    return FALSE;
  guint16 major = sek_inspect_u16 (bytes), minor = sek_inspect_u16 (bytes + 2);
  if (major >= 2 && minor == 2)
    return read_binary_header (lock, bytes + 8, length - 8) && lock->scheme == SEK_OFFICE_CRYPTOAPI;
  if (major != 1 || minor != 1 || length < 52)
    return FALSE;
  lock->scheme = SEK_OFFICE_RC4;
  set_field (&lock->salt, bytes + 4, 16);
  set_field (&lock->verifier, bytes + 20, 16);
  set_field (&lock->verifier_hash, bytes + 36, 16);
  return TRUE;
}

gboolean
sek_office_lock_of_record (SekOfficeLock *lock, const guint8 *bytes, gsize length)
{
  *lock = (SekOfficeLock){ .scheme = SEK_OFFICE_XOR };
  if (length < 6)
    return FALSE;
  if (sek_inspect_u16 (bytes) != 0)
    return read_rc4 (lock, bytes + 2, length - 2);
  lock->xor_verifier = sek_inspect_u16 (bytes + 4);
  return TRUE;
}

gboolean
sek_office_lock_of_table (SekOfficeLock *lock, const guint8 *bytes, gsize length)
{
  *lock = (SekOfficeLock){ .scheme = SEK_OFFICE_RC4 };
  return read_rc4 (lock, bytes, length);
}

static void
read_base64 (xmlTextReader *reader, const char *name, SekOfficeField *field)
{
  xmlChar *value = xmlTextReaderGetAttribute (reader, BAD_CAST name);
  gsize length = 0;
  g_autofree guchar *bytes = value != NULL ? g_base64_decode ((const char *) value, &length) : NULL;
  if (bytes != NULL)
    set_field (field, bytes, length);
  xmlFree (value);
}

static guint
read_number (xmlTextReader *reader, const char *name)
{
  xmlChar *value = xmlTextReaderGetAttribute (reader, BAD_CAST name);
  guint64 number = value != NULL ? g_ascii_strtoull ((const char *) value, NULL, 10) : 0;
  xmlFree (value);
  return (guint) MIN (number, G_MAXUINT32);
}

static const char *
read_hash (xmlTextReader *reader)
{
  xmlChar *value = xmlTextReaderGetAttribute (reader, BAD_CAST "hashAlgorithm");
  const struct nettle_hash *hash = sek_office_find_hash ((const char *) value);
  xmlFree (value);
  return hash != NULL ? hash->name : NULL;
}

static void
read_agile_element (SekOfficeLock *lock, xmlTextReader *reader)
{
  const char *name = (const char *) xmlTextReaderConstLocalName (reader);
  if (g_strcmp0 (name, "keyData") == 0)
    {
      read_base64 (reader, "saltValue", &lock->content_salt);
      lock->content_hash = read_hash (reader);
      lock->content_key_bytes = read_number (reader, "keyBits") / 8;
    }
  else if (g_strcmp0 (name, "encryptedKey") == 0)
    {
      read_base64 (reader, "saltValue", &lock->salt);
      read_base64 (reader, "encryptedVerifierHashInput", &lock->verifier);
      read_base64 (reader, "encryptedVerifierHashValue", &lock->verifier_hash);
      read_base64 (reader, "encryptedKeyValue", &lock->key);
      lock->hash = read_hash (reader);
      lock->key_bytes = read_number (reader, "keyBits") / 8;
      lock->spins = read_number (reader, "spinCount");
    }
}

static gboolean
is_aes_key (guint bytes)
{
  return bytes == 16 || bytes == 24 || bytes == 32;
}

static gboolean
read_agile (SekOfficeLock *lock, const guint8 *bytes, gsize length)
{
  xmlTextReader *reader =
      xmlReaderForMemory ((const char *) bytes, (int) MIN (length, SEK_LOCK_BYTES_MAX), NULL, NULL,
                          XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  lock->scheme = SEK_OFFICE_AGILE;
  /* Bounded by SEK_LOCK_BYTES_MAX. */
  while (reader != NULL && xmlTextReaderRead (reader) == 1)
    if (xmlTextReaderNodeType (reader) == XML_READER_TYPE_ELEMENT)
      read_agile_element (lock, reader);
  xmlFreeTextReader (reader);
  return lock->hash != NULL && lock->content_hash != NULL && is_aes_key (lock->key_bytes) &&
         is_aes_key (lock->content_key_bytes) && lock->spins <= SEK_LOCK_SPINS_MAX &&
         lock->salt.length >= BLOCK && lock->verifier.length >= BLOCK &&
         lock->verifier_hash.length >= BLOCK && lock->key.length >= lock->content_key_bytes;
}

gboolean
sek_office_lock_of_stream (SekOfficeLock *lock, const guint8 *bytes, gsize length)
{
  *lock = (SekOfficeLock){ .scheme = SEK_OFFICE_STANDARD };
  if (length < 8)
    return FALSE;
  guint16 major = sek_inspect_u16 (bytes), minor = sek_inspect_u16 (bytes + 2);
  if (major == 4 && minor == 4)
    return read_agile (lock, bytes + 8, length - 8);
  return major >= 2 && major <= 4 && minor == 2 && read_binary_header (lock, bytes + 8, length - 8) &&
         lock->scheme == SEK_OFFICE_STANDARD;
}

/* --- keys --- */

/* UTF-16LE, as all of them take passwords. Newly allocated. */
static GByteArray *
wide (const char *password)
{
  GByteArray *bytes = g_byte_array_new ();
  glong count = 0;
  g_autofree gunichar2 *text = g_utf8_to_utf16 (password, -1, NULL, &count, NULL);
  for (glong i = 0; text != NULL && i < count; i++)
    {
      const guint8 pair[] = { text[i] & 0xff, text[i] >> 8 };
      g_byte_array_append (bytes, pair, 2);
    }
  return bytes;
}

/* §2.3.7.1. */
static guint16
xor_verifier (const char *password)
{
  guint16 hash = 0;
  gsize length = strlen (password);
  for (gsize i = length; i > 0; i--)
    hash = (guint16) ((((hash ^ (guint8) password[i - 1]) >> 14) & 1) |
                      (((hash ^ (guint8) password[i - 1]) << 1) & 0x7fff));
  return (guint16) (hash ^ length ^ 0xce4b);
}

/* The lock's own proof: verifier and its hash, one behind the other. */
static gboolean
check_rc4 (const SekOfficeLock *lock, const struct nettle_hash *hash, const SekOfficeKey *key)
{
  guint8 block[16], plain[16 + 20], digest[SEK_OFFICE_HASH_MAX];
  struct arcfour_ctx rc4;
  gsize length = hash->digest_size;
  sek_office_block_key (lock, key, 0, block);
  arcfour_set_key (&rc4, sizeof block, block);
  arcfour_crypt (&rc4, 16, plain, lock->verifier.bytes);
  arcfour_crypt (&rc4, length, plain + 16, lock->verifier_hash.bytes);
  sek_office_hash (hash, plain, 16, "", 0, digest);
  return memcmp (digest, plain + 16, length) == 0;
}

/* §2.3.6.2. */
static gboolean
try_rc4 (const SekOfficeLock *lock, const GByteArray *password, SekOfficeKey *key)
{
  guint8 digest[16], many[16 * 21];
  sek_office_hash (&nettle_md5, password->data, password->len, "", 0, digest);
  for (guint i = 0; i < 16; i++)
    {
      memcpy (many + 21 * i, digest, 5);
      memcpy (many + 21 * i + 5, lock->salt.bytes, 16);
    }
  sek_office_hash (&nettle_md5, many, sizeof many, "", 0, digest);
  memcpy (key->bytes, digest, 5);
  key->length = 5;
  return check_rc4 (lock, &nettle_md5, key);
}

static gboolean
try_cryptoapi (const SekOfficeLock *lock, const GByteArray *password, SekOfficeKey *key)
{
  sek_office_hash (&nettle_sha1, lock->salt.bytes, lock->salt.length, password->data, password->len,
                   key->bytes);
  key->length = nettle_sha1.digest_size;
  return check_rc4 (lock, &nettle_sha1, key);
}

static void
put_u32 (guint8 *at, guint32 number)
{
  for (guint i = 0; i < 4; i++)
    at[i] = (guint8) (number >> (8 * i));
}

/* Salt and password, and the result over and over with the number of the round in front. */
static void
spin (const SekOfficeLock *lock, const struct nettle_hash *hash, const GByteArray *password, guint8 *digest)
{
  guint8 number[4];
  sek_office_hash (hash, lock->salt.bytes, lock->salt.length, password->data, password->len, digest);
  /* Bounded by SEK_LOCK_SPINS_MAX. */
  for (guint32 i = 0; i < lock->spins; i++)
    {
      put_u32 (number, i);
      sek_office_hash (hash, number, sizeof number, digest, hash->digest_size, digest);
    }
}

/* §2.3.4.7. */
static gboolean
try_standard (const SekOfficeLock *lock, const GByteArray *password, SekOfficeKey *key)
{
  guint8 digest[SEK_OFFICE_HASH_MAX], filled[64], plain[48];
  spin (lock, &nettle_sha1, password, digest);
  sek_office_hash (&nettle_sha1, digest, 20, "\0\0\0", 4, digest);
  for (guint half = 0; half < 2; half++)
    {
      memset (filled, half == 0 ? 0x36 : 0x5c, sizeof filled);
      for (guint i = 0; i < 20; i++)
        filled[i] ^= digest[i];
      sek_office_hash (&nettle_sha1, filled, sizeof filled, "", 0, key->bytes + 20 * half);
    }
  key->length = lock->key_bytes;
  sek_office_aes (key, NULL, plain, lock->verifier.bytes, 16);
  sek_office_aes (key, NULL, plain + 16, lock->verifier_hash.bytes, 32);
  sek_office_hash (&nettle_sha1, plain, 16, "", 0, digest);
  return memcmp (digest, plain + 16, 20) == 0;
}

/* What one of the fields says, opened with the key that is made for it (§2.3.4.13). */
static void
open_field (const SekOfficeLock *lock,
            const struct nettle_hash *hash,
            const guint8 *spun,
            const char *purpose,
            const SekOfficeField *field,
            guint8 *plain)
{
  SekOfficeKey key = { .length = lock->key_bytes };
  memset (key.bytes, 0x36, sizeof key.bytes);
  sek_office_hash (hash, spun, hash->digest_size, purpose, 8, key.bytes);
  sek_office_aes (&key, lock->salt.bytes, plain, field->bytes, field->length / BLOCK * BLOCK);
}

static gboolean
try_agile (const SekOfficeLock *lock, const GByteArray *password, SekOfficeKey *key)
{
  const struct nettle_hash *hash = sek_office_find_hash (lock->hash);
  guint8 spun[SEK_OFFICE_HASH_MAX], digest[SEK_OFFICE_HASH_MAX];
  guint8 input[SEK_OFFICE_FIELD_MAX] = { 0 }, value[SEK_OFFICE_FIELD_MAX] = { 0 },
         content[SEK_OFFICE_FIELD_MAX] = { 0 };
  spin (lock, hash, password, spun);
  open_field (lock, hash, spun, "\376\247\322\166\073\113\236\171", &lock->verifier, input);
  open_field (lock, hash, spun, "\327\252\017\155\060\141\064\116", &lock->verifier_hash, value);
  sek_office_hash (hash, input, MIN (lock->verifier.length, lock->salt.length), "", 0, digest);
  if (lock->verifier_hash.length < hash->digest_size || memcmp (digest, value, hash->digest_size) != 0)
    return FALSE;
  open_field (lock, hash, spun, "\024\156\013\347\253\254\320\326", &lock->key, content);
  memcpy (key->bytes, content, lock->content_key_bytes);
  key->length = lock->content_key_bytes;
  return TRUE;
}

gboolean
sek_office_lock_try (const SekOfficeLock *lock, const char *password, SekOfficeKey *key)
{
  g_autoptr (GByteArray) bytes = wide (password);
  *key = (SekOfficeKey){ 0 };
  switch (lock->scheme)
    {
    case SEK_OFFICE_RC4:
      return try_rc4 (lock, bytes, key);
    case SEK_OFFICE_CRYPTOAPI:
      return try_cryptoapi (lock, bytes, key);
    case SEK_OFFICE_STANDARD:
      return try_standard (lock, bytes, key);
    case SEK_OFFICE_AGILE:
      return try_agile (lock, bytes, key);
    case SEK_OFFICE_XOR:
      return lock->xor_verifier == xor_verifier (password);
    }
  return FALSE;
}
