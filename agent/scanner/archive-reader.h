/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Archives opened with libarchive, in memory and bounded: which readers look at which format. It knows
 * nothing of facts. */
#pragma once

#include <archive.h>
#include <archive_entry.h>
#include <glib.h>

G_BEGIN_DECLS

typedef struct archive Archive;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Archive, archive_read_free)

/* An archive, or a compressed file with perhaps a tar in it, on its way through libarchive. */
typedef struct
{
  Archive *archive; /* where entries are read from */
  Archive *packed;  /* the compressed file whose content archive reads; NULL for others */
  char *block;
  char *stored;    /* the name that a compressed file has written in itself; NULL when none */
  gboolean is_tar; /* what packed holds is a tar; else archive can not be read from */
  gsize unpacked;  /* bytes taken from packed */
  gint64 deadline; /* monotonic, microseconds: nothing is unpacked from packed behind it */
  gboolean cut;    /* unpacking was ended before the end */
  gboolean broken; /* unpacking failed */
} SekArchiveReader;

/* TRUE for one compressed file, without a directory. */
gboolean sek_archive_is_compressed (const char *format);

/* TRUE when going on to the next file means unpacking what is in between. */
gboolean sek_archive_is_solid (const char *format);

/* Opens bytes, which are borrowed until the free, as this format (of magic.h). password may be NULL. NULL
 * when no reader of this format takes them; else newly allocated. */
SekArchiveReader *sek_archive_reader_new (
    const char *format, const char *bytes, gsize length, const char *password, gint64 deadline);

/* A zip read from its local headers, for when its directory is cut off. */
SekArchiveReader *sek_archive_reader_new_damaged_zip (const char *bytes, gsize length, gint64 deadline);

/* The content of a compressed file that holds no tar. */
SekArchiveReader *sek_archive_reader_new_single (const char *bytes, gsize length, gint64 deadline);

void sek_archive_reader_free (SekArchiveReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekArchiveReader, sek_archive_reader_free)

/* A name as UTF-8: those without a declared charset come from Windows in Japan, or from DOS. Newly allocated.
 */
char *sek_archive_decode_name (const char *raw, gsize length);

/* The path of an entry as UTF-8. Newly allocated. */
char *sek_archive_entry_path (struct archive_entry *entry);

G_END_DECLS
