/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/agent/scanner/zip.h"

#include <string.h>

static void
put16 (GByteArray *bytes, guint value)
{
  const guint8 le[] = { value & 0xFF, value >> 8 & 0xFF };
  g_byte_array_append (bytes, le, sizeof le);
}

static void
put32 (GByteArray *bytes, guint value)
{
  put16 (bytes, value & 0xFFFF);
  put16 (bytes, value >> 16);
}

static void
put_text (GByteArray *bytes, const char *text)
{
  g_byte_array_append (bytes, (const guint8 *) text, (guint) strlen (text));
}

/* IEEE 802.3, as zip and RAR use it. */
static guint32
crc32_of (const guint8 *bytes, gsize length)
{
  guint32 crc = 0xFFFFFFFF;
  for (gsize i = 0; i < length; i++)
    {
      crc ^= bytes[i];
      for (int bit = 0; bit < 8; bit++)
        crc = crc >> 1 ^ (0xEDB88320 & -(crc & 1));
    }
  return ~crc;
}

/* What the local header and the directory have in common (APPNOTE §4.3.7, §4.3.12). */
static void
put_entry (GByteArray *zip, const ZipEntry *entry, gboolean in_directory)
{
  guint size = (guint) strlen (entry->content);
  gboolean later = (entry->flags & ZIP_DESCRIPTOR) != 0 && !in_directory;
  guint packed = size + ((entry->flags & ZIP_ENCRYPTED) != 0 ? 12 : 0);
  put16 (zip, 20);
  put16 (zip, entry->flags);
  put16 (zip, entry->method);
  put32 (zip, 0x5B6A0000);
  put32 (zip, later ? 0 : crc32_of ((const guint8 *) entry->content, size));
  put32 (zip, later ? 0 : packed);
  put32 (zip, later ? 0 : size);
  put16 (zip, (guint) strlen (entry->name));
  put16 (zip, entry->method == ZIP_AES ? 11 : 0);
}

static void
put_aes_extra (GByteArray *zip, const ZipEntry *entry)
{
  if (entry->method != ZIP_AES)
    return;
  put16 (zip, 0x9901);
  put16 (zip, 7);
  put16 (zip, 2);
  put_text (zip, "AE\003");
  put16 (zip, 0);
}

GByteArray *
zip_new (const ZipEntry *entries, gsize *directory)
{
  GByteArray *zip = g_byte_array_new ();
  guint offsets[64];
  guint count = 0;
  for (; entries[count].name != NULL; count++)
    {
      const ZipEntry *entry = &entries[count];
      g_assert_cmpuint (count, <, G_N_ELEMENTS (offsets));
      offsets[count] = zip->len;
      put32 (zip, 0x04034B50);
      put_entry (zip, entry, FALSE);
      put_text (zip, entry->name);
      put_aes_extra (zip, entry);
      if ((entry->flags & ZIP_ENCRYPTED) != 0)
        put_text (zip, "twelve bytes");
      put_text (zip, entry->content);
      if ((entry->flags & ZIP_DESCRIPTOR) != 0)
        {
          put32 (zip, 0x08074B50);
          put32 (zip, crc32_of ((const guint8 *) entry->content, strlen (entry->content)));
          put32 (zip, (guint) strlen (entry->content));
          put32 (zip, (guint) strlen (entry->content));
        }
    }
  guint start = zip->len;
  if (directory != NULL)
    *directory = start;
  for (guint i = 0; i < count; i++)
    {
      put32 (zip, 0x02014B50);
      put16 (zip, 20);
      put_entry (zip, &entries[i], TRUE);
      put16 (zip, 0);
      put16 (zip, 0);
      put16 (zip, 0);
      put32 (zip, 0);
      put32 (zip, offsets[i]);
      put_text (zip, entries[i].name);
      put_aes_extra (zip, &entries[i]);
    }
  guint size = zip->len - start;
  put32 (zip, 0x06054B50);
  put32 (zip, 0);
  put16 (zip, count);
  put16 (zip, count);
  put32 (zip, size);
  put32 (zip, start);
  put16 (zip, 0);
  return zip;
}

/* A block of a RAR 5 archive; body begins with its type. All numbers here are below 128: one byte. */
static void
put_block (GByteArray *rar, const GByteArray *body)
{
  g_autoptr (GByteArray) sized = g_byte_array_new ();
  g_assert_cmpuint (body->len, <, 128);
  const guint8 size = (guint8) body->len;
  g_byte_array_append (sized, &size, 1);
  g_byte_array_append (sized, body->data, body->len);
  put32 (rar, crc32_of (sized->data, sized->len));
  g_byte_array_append (rar, sized->data, sized->len);
}

static void
put_bytes (GByteArray *bytes, const guint8 *values, guint count)
{
  g_byte_array_append (bytes, values, count);
}

GByteArray *
rar5_new (const Rar5File *files, gboolean locked)
{
  GByteArray *rar = g_byte_array_new ();
  put_text (rar, "Rar!\032\007\001");
  put_bytes (rar, (const guint8[]){ 0 }, 1);
  g_autoptr (GByteArray) first = g_byte_array_new ();
  if (locked)
    put_bytes (first, (const guint8[]){ 4, 0, 0, 0, 15, 1, 2, 3, 4, 5, 6, 7, 8 }, 13);
  else
    put_bytes (first, (const guint8[]){ 1, 0, 0 }, 3);
  put_block (rar, first);
  if (locked)
    {
      put_text (rar, "sixteen bytes of initialisation and blocks that nobody can read");
      return rar;
    }
  for (; files->name != NULL; files++)
    {
      g_autoptr (GByteArray) body = g_byte_array_new ();
      /* Type 2 with data; an encryption record of 3 bytes as extra area. */
      const guint8 flags = files->encrypted ? 3 : 2;
      put_bytes (body, (const guint8[]){ 2, flags }, 2);
      if (files->encrypted)
        put_bytes (body, (const guint8[]){ 4 }, 1);
      put_bytes (body, (const guint8[]){ (guint8) files->size }, 1);
      put_bytes (body,
                 (const guint8[]){ files->folder ? 1 : 0, (guint8) files->size, 0, 0, 1,
                                   (guint8) strlen (files->name) },
                 6);
      put_text (body, files->name);
      if (files->encrypted)
        put_bytes (body, (const guint8[]){ 3, 1, 0, 0 }, 4);
      put_block (rar, body);
      for (guint i = 0; i < files->size; i++)
        put_text (rar, "x");
    }
  g_autoptr (GByteArray) end = g_byte_array_new ();
  put_bytes (end, (const guint8[]){ 5, 0, 0 }, 3);
  put_block (rar, end);
  return rar;
}
