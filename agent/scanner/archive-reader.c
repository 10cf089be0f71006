/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/archive-reader.h"

#include <string.h>

#include "agent/core/limits.h"
#include "agent/core/text.h"
#include "agent/scanner/charset.h"

#define BLOCK_BYTES 65536

/* Which readers look at a format. Zip is read from its directory at the end: the local headers in front of
 * the contents may say something else, and with bit 3 (APPNOTE §4.4.4) they say nothing. */
static const struct
{
  const char *format;
  int (*support) (struct archive *archive);
  gboolean solid;
} readers[] = {
  { "zip", archive_read_support_format_zip_seekable, FALSE },
  { "7z", archive_read_support_format_7zip, TRUE },
  { "rar", archive_read_support_format_rar, TRUE },
  { "rar", archive_read_support_format_rar5, TRUE },
  { "cab", archive_read_support_format_cab, TRUE },
  { "lha", archive_read_support_format_lha, FALSE },
  { "iso", archive_read_support_format_iso9660, FALSE },
  { "tar", archive_read_support_format_tar, FALSE },
};

static const struct
{
  const char *format;
  int (*support) (struct archive *archive);
} filters[] = {
  { "gzip", archive_read_support_filter_gzip },
  { "bzip2", archive_read_support_filter_bzip2 },
  { "xz", archive_read_support_filter_xz },
  { "zstd", archive_read_support_filter_zstd },
  { "lzip", archive_read_support_filter_lzip },
  { "lz4", archive_read_support_filter_lz4 },
  { "compress", archive_read_support_filter_compress },
};

gboolean
sek_archive_is_compressed (const char *format)
{
  for (gsize i = 0; i < G_N_ELEMENTS (filters); i++)
    if (g_str_equal (filters[i].format, format))
      return TRUE;
  return FALSE;
}

gboolean
sek_archive_is_solid (const char *format)
{
  for (gsize i = 0; i < G_N_ELEMENTS (readers); i++)
    if (g_str_equal (readers[i].format, format))
      return readers[i].solid;
  return FALSE;
}

char *
sek_archive_decode_name (const char *raw, gsize length)
{
  g_autofree char *name = sek_charset_guess (raw, MIN (length, SEK_NAME_CHARS_MAX * 4), NULL, "cp437");
  return sek_text_clip (name, -1, SEK_NAME_CHARS_MAX);
}

char *
sek_archive_entry_path (struct archive_entry *entry)
{
  const char *raw = archive_entry_pathname (entry);
  if (raw == NULL)
    raw = archive_entry_pathname_utf8 (entry);
  return raw != NULL ? sek_archive_decode_name (raw, strlen (raw)) : g_strdup ("");
}

/* The unpacked bytes of a compressed file on their way into the tar reader, so that no bomb is unpacked
 * further than SEK_UNPACKED_BYTES_MAX. */
static la_ssize_t
read_unpacked (struct archive *archive, void *user_data, const void **buffer)
{
  SekArchiveReader *reader = user_data;
  if (reader->unpacked >= SEK_UNPACKED_BYTES_MAX || g_get_monotonic_time () >= reader->deadline)
    {
      reader->cut = TRUE;
      return 0;
    }
  la_ssize_t got = archive_read_data (reader->packed, reader->block, BLOCK_BYTES);
  if (got < 0)
    {
      reader->broken = TRUE;
      return 0;
    }
  reader->unpacked += (gsize) got;
  *buffer = reader->block;
  return got;
}

/* *stored (may be NULL) gets the name that the file has written in itself, as gzip does. */
static Archive *
open_packed (const char *bytes, gsize length, char **stored)
{
  g_autoptr (Archive) packed = archive_read_new ();
  struct archive_entry *entry = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (filters); i++)
    filters[i].support (packed);
  archive_read_support_format_raw (packed);
  if (archive_read_open_memory (packed, bytes, length) != ARCHIVE_OK ||
      archive_read_next_header (packed, &entry) != ARCHIVE_OK)
    return NULL;
  /* "data" is what libarchive calls a file without a name. */
  const char *name = archive_entry_pathname (entry);
  if (stored != NULL && name != NULL && *name != '\0' && !g_str_equal (name, "data"))
    *stored = sek_archive_entry_path (entry);
  return g_steal_pointer (&packed);
}

static gboolean
open_compressed (SekArchiveReader *reader, const char *bytes, gsize length)
{
  reader->packed = open_packed (bytes, length, &reader->stored);
  if (reader->packed == NULL)
    return FALSE;
  reader->block = g_malloc (BLOCK_BYTES);
  archive_read_support_format_tar (reader->archive);
  reader->is_tar = archive_read_open (reader->archive, reader, NULL, read_unpacked, NULL) == ARCHIVE_OK;
  return TRUE;
}

static SekArchiveReader *
reader_new (gint64 deadline)
{
  SekArchiveReader *reader = g_new0 (SekArchiveReader, 1);
  reader->archive = archive_read_new ();
  reader->deadline = deadline;
  return reader;
}

SekArchiveReader *
sek_archive_reader_new (
    const char *format, const char *bytes, gsize length, const char *password, gint64 deadline)
{
  g_autoptr (SekArchiveReader) reader = reader_new (deadline);
  if (password != NULL)
    archive_read_add_passphrase (reader->archive, password);
  if (sek_archive_is_compressed (format))
    return open_compressed (reader, bytes, length) ? g_steal_pointer (&reader) : NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (readers); i++)
    if (g_str_equal (readers[i].format, format))
      readers[i].support (reader->archive);
  if (archive_read_open_memory (reader->archive, bytes, length) != ARCHIVE_OK)
    return NULL;
  return g_steal_pointer (&reader);
}

SekArchiveReader *
sek_archive_reader_new_damaged_zip (const char *bytes, gsize length, gint64 deadline)
{
  g_autoptr (SekArchiveReader) reader = reader_new (deadline);
  archive_read_support_format_zip_streamable (reader->archive);
  if (archive_read_open_memory (reader->archive, bytes, length) != ARCHIVE_OK)
    return NULL;
  return g_steal_pointer (&reader);
}

SekArchiveReader *
sek_archive_reader_new_single (const char *bytes, gsize length, gint64 deadline)
{
  g_autoptr (SekArchiveReader) reader = reader_new (deadline);
  g_clear_pointer (&reader->archive, archive_read_free);
  reader->archive = open_packed (bytes, length, NULL);
  return reader->archive != NULL ? g_steal_pointer (&reader) : NULL;
}

void
sek_archive_reader_free (SekArchiveReader *reader)
{
  if (reader == NULL)
    return;
  /* The one that reads from the other goes first. */
  if (reader->archive != NULL)
    archive_read_free (reader->archive);
  if (reader->packed != NULL)
    archive_read_free (reader->packed);
  g_free (reader->block);
  g_free (reader->stored);
  g_free (reader);
}
