/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is behind the locks. */
#include <nettle/aes.h>
#include <nettle/arcfour.h>
#include <nettle/cbc.h>
#include <string.h>

#include "agent/scanner/inspect/families.h"
#include "agent/scanner/inspect/office-private.h"

#define WORD_BLOCK 512 /* bytes of a Word document under one key ([MS-DOC] §2.2.6.2) */
#define RC4_BLOCK 1024 /* bytes of a workbook under one key ([MS-XLS] §2.2.10) */
#define SEGMENT 4096   /* of a package under one start (§2.3.4.15) */
#define BLOCK 16
#define RECORDS_MAX 2000000

enum
{
  RECORD_PASSWORD = 0x2f,
  RECORD_SHEET = 0x85,
  RECORD_UNKNOWN = 0x7fff,
};

/* Records that stay as they are ([MS-XLS] §2.2.10). */
static const guint16 open_records[] = { 0x809, RECORD_PASSWORD, 0xe1, 0x194, 0x195, 0x196, 0x138 };

void
sek_office_block_key (const SekOfficeLock *lock, const SekOfficeKey *key, guint32 block, guint8 out[16])
{
  const struct nettle_hash *hash = lock->scheme == SEK_OFFICE_RC4 ? &nettle_md5 : &nettle_sha1;
  const guint8 number[] = { block & 0xff, block >> 8 & 0xff, block >> 16 & 0xff, block >> 24 };
  guint8 digest[SEK_OFFICE_HASH_MAX];
  sek_office_hash (hash, key->bytes, key->length, number, sizeof number, digest);
  gsize length = lock->scheme == SEK_OFFICE_RC4 ? 16 : MIN (lock->key_bytes, 16);
  /* 40 bits are filled up with zeros (§2.3.5.2). */
  memset (out, 0, 16);
  memcpy (out, digest, length);
}

void
sek_office_aes (const SekOfficeKey *key, const guint8 *start, guint8 *out, const guint8 *in, gsize length)
{
  union
  {
    struct aes128_ctx aes128;
    struct aes192_ctx aes192;
    struct aes256_ctx aes256;
  } context;
  nettle_cipher_func *decrypt = (nettle_cipher_func *) aes256_decrypt;
  guint8 vector[BLOCK];
  if (key->length == 16)
    {
      aes128_set_decrypt_key (&context.aes128, key->bytes);
      decrypt = (nettle_cipher_func *) aes128_decrypt;
    }
  else if (key->length == 24)
    {
      aes192_set_decrypt_key (&context.aes192, key->bytes);
      decrypt = (nettle_cipher_func *) aes192_decrypt;
    }
  else
    aes256_set_decrypt_key (&context.aes256, key->bytes);
  if (start == NULL)
    {
      decrypt (&context, length, out, in);
      return;
    }
  memcpy (vector, start, BLOCK);
  cbc_decrypt (&context, decrypt, BLOCK, vector, length, out, in);
}

/* The stream of a key's bytes, at any place of a document. */
typedef struct
{
  const SekOfficeLock *lock;
  const SekOfficeKey *key;
  gsize size; /* of a block, RC4_BLOCK at most */
  guint32 block;
  guint8 bytes[RC4_BLOCK];
} KeyStream;

static void
fill (KeyStream *stream, guint32 block)
{
  struct arcfour_ctx rc4;
  guint8 key[16];
  sek_office_block_key (stream->lock, stream->key, block, key);
  arcfour_set_key (&rc4, sizeof key, key);
  memset (stream->bytes, 0, sizeof stream->bytes);
  arcfour_crypt (&rc4, sizeof stream->bytes, stream->bytes, stream->bytes);
  stream->block = block;
}

static void
open_bytes (KeyStream *stream, guint8 *bytes, gsize at, gsize length)
{
  for (gsize i = at; i < at + length; i++)
    {
      if (i / stream->size != stream->block)
        fill (stream, (guint32) (i / stream->size));
      bytes[i] ^= stream->bytes[i % stream->size];
    }
}

static gboolean
is_open (guint16 type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (open_records); i++)
    if (type == open_records[i])
      return TRUE;
  return FALSE;
}

void
sek_office_open_workbook (const SekOfficeLock *lock, const SekOfficeKey *key, guint8 *bytes, gsize length)
{
  KeyStream stream = { .lock = lock, .key = key, .size = RC4_BLOCK, .block = G_MAXUINT32 };
  gboolean locked = FALSE;
  gsize at = 0;
  for (guint i = 0; i < RECORDS_MAX && at + 4 <= length; i++)
    {
      guint16 type = sek_inspect_u16 (bytes + at);
      gsize size = MIN (sek_inspect_u16 (bytes + at + 2), length - at - 4);
      /* Where a sheet begins is left open (§2.4.28). */
      gsize skipped = type == RECORD_SHEET ? MIN (size, 4) : 0;
      if (locked && !is_open (type))
        open_bytes (&stream, bytes, at + 4 + skipped, size - skipped);
      if (type == RECORD_PASSWORD && !locked)
        {
          locked = TRUE;
          bytes[at] = RECORD_UNKNOWN & 0xff;
          bytes[at + 1] = RECORD_UNKNOWN >> 8;
        }
      at += 4 + size;
    }
}

void
sek_office_open_stream (
    const SekOfficeLock *lock, const SekOfficeKey *key, guint8 *bytes, gsize length, gsize first)
{
  KeyStream stream = { .lock = lock, .key = key, .size = WORD_BLOCK, .block = G_MAXUINT32 };
  if (first < length)
    open_bytes (&stream, bytes, first, length - first);
}

gsize
sek_office_open_package (const SekOfficeLock *lock, const SekOfficeKey *key, guint8 *bytes, gsize length)
{
  if (length < 8 + BLOCK)
    return 0;
  gsize told = sek_inspect_u32 (bytes), room = (length - 8) / BLOCK * BLOCK;
  guint8 *content = bytes + 8;
  if (lock->scheme == SEK_OFFICE_STANDARD)
    sek_office_aes (key, NULL, content, content, room);
  for (gsize at = 0; lock->scheme == SEK_OFFICE_AGILE && at < room; at += SEGMENT)
    {
      guint32 segment = (guint32) (at / SEGMENT);
      const guint8 number[] = { segment & 0xff, segment >> 8 & 0xff, segment >> 16 & 0xff, segment >> 24 };
      guint8 start[SEK_OFFICE_HASH_MAX];
      sek_office_hash (sek_office_find_hash (lock->content_hash), lock->content_salt.bytes,
                       lock->content_salt.length, number, sizeof number, start);
      sek_office_aes (key, start, content + at, content + at, MIN (SEGMENT, room - at));
    }
  return MIN (told, room);
}
