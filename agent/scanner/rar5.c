/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/rar5.h"

#include <string.h>

/* Numbers from the RAR 5.0 archive format (rarlab technote). */
enum
{
  BLOCK_FILE = 2,
  BLOCK_ENCRYPTION = 4,
  BLOCK_END = 5,
  FLAG_EXTRA = 1,
  FLAG_DATA = 2,
  FILE_FOLDER = 1,
  FILE_TIME = 2,
  FILE_CRC = 4,
  FILE_SIZE_UNKNOWN = 8,
  EXTRA_ENCRYPTION = 1,
};

#define CRC_BYTES 4
/* A number takes at most 10 bytes of 7 bits. */
#define NUMBER_BYTES_MAX 10

gboolean
sek_rar5_open (SekRar5 *reader, const char *bytes, gsize length)
{
  static const char signature[] = "Rar!\032\007\001";
  *reader =
      (SekRar5){ .at = (const guint8 *) bytes + sizeof signature, .end = (const guint8 *) bytes + length };
  /* The zero that ends the string is the signature's last byte. */
  return length >= sizeof signature && memcmp (bytes, signature, sizeof signature) == 0;
}

/* A number of variable length; *ok becomes FALSE when it does not end before end. */
static guint64
read_number (const guint8 **p, const guint8 *end, gboolean *ok)
{
  guint64 number = 0;
  for (guint i = 0; i < NUMBER_BYTES_MAX && *p < end; i++)
    {
      guint8 byte = *(*p)++;
      number |= (guint64) (byte & 0x7F) << (7 * i);
      if ((byte & 0x80) == 0)
        return number;
    }
  *ok = FALSE;
  return 0;
}

/* Moves on by bytes, which comes from the archive and may be anything. */
static void
skip (const guint8 **p, const guint8 *end, guint64 bytes, gboolean *ok)
{
  if (bytes > (guint64) (end - *p))
    *ok = FALSE;
  else
    *p += bytes;
}

static gboolean
has_encryption (const guint8 *p, const guint8 *end)
{
  gboolean ok = TRUE;
  while (ok && p < end)
    {
      guint64 size = read_number (&p, end, &ok);
      const guint8 *record = p;
      if (ok && read_number (&record, end, &ok) == EXTRA_ENCRYPTION && ok)
        return TRUE;
      skip (&p, end, size, &ok);
    }
  return FALSE;
}

static gboolean
read_file (const guint8 *p, const guint8 *end, SekRar5Entry *entry)
{
  gboolean ok = TRUE;
  guint64 flags = read_number (&p, end, &ok);
  guint64 size = read_number (&p, end, &ok);
  read_number (&p, end, &ok);
  skip (&p, end, ((flags & FILE_TIME) != 0 ? 4 : 0) + ((flags & FILE_CRC) != 0 ? 4 : 0), &ok);
  read_number (&p, end, &ok);
  read_number (&p, end, &ok);
  guint64 name_length = read_number (&p, end, &ok);
  entry->name = (const char *) p;
  entry->name_length = (gsize) name_length;
  skip (&p, end, name_length, &ok);
  entry->folder = (flags & FILE_FOLDER) != 0;
  entry->size = (flags & FILE_SIZE_UNKNOWN) != 0 || size > G_MAXINT64 ? -1 : (gint64) size;
  return ok;
}

gboolean
sek_rar5_next (SekRar5 *reader, SekRar5Entry *entry)
{
  /* Every turn takes a block of at least CRC_BYTES off the bytes left. */
  while (reader->at < reader->end)
    {
      gboolean ok = TRUE;
      const guint8 *p = reader->at;
      skip (&p, reader->end, CRC_BYTES, &ok);
      guint64 header_size = read_number (&p, reader->end, &ok);
      const guint8 *header_end = p;
      skip (&header_end, reader->end, header_size, &ok);
      guint64 type = read_number (&p, header_end, &ok);
      guint64 flags = read_number (&p, header_end, &ok);
      guint64 extra = (flags & FLAG_EXTRA) != 0 ? read_number (&p, header_end, &ok) : 0;
      guint64 data = (flags & FLAG_DATA) != 0 ? read_number (&p, header_end, &ok) : 0;
      ok = ok && extra <= (guint64) (header_end - p);
      reader->names_hidden = ok && type == BLOCK_ENCRYPTION;
      if (!ok || type == BLOCK_ENCRYPTION || type == BLOCK_END)
        {
          reader->damaged = !ok;
          return FALSE;
        }
      gboolean is_file = type == BLOCK_FILE;
      if (is_file)
        {
          *entry = (SekRar5Entry){ .encrypted = has_encryption (header_end - extra, header_end) };
          ok = read_file (p, header_end - extra, entry);
        }
      reader->at = header_end;
      gboolean whole = TRUE;
      skip (&reader->at, reader->end, data, &whole);
      if (!ok || !whole)
        {
          reader->damaged = TRUE;
          reader->at = reader->end;
          return is_file && ok;
        }
      if (is_file)
        return TRUE;
    }
  /* Without its last block something is missing. */
  reader->damaged = TRUE;
  return FALSE;
}
