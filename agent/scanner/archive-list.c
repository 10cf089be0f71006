/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The directory of an archive: names, sizes and locks. */
#include "agent/scanner/archive-layer.h"

#include <errno.h>
#include <string.h>

#include "agent/core/limits.h"
#include "agent/scanner/magic.h"
#include "agent/scanner/rar5.h"
#include "agent/scanner/tnef.h"

/* The marks of office documents, which are zip files too. */
typedef struct
{
  gboolean
      content_types;  /* [Content_Types].xml: the mark of an Office Open XML package (ECMA-376 part 2 §10) */
  gboolean relations; /* _rels/.rels */
  gboolean manifest;  /* META-INF/manifest.xml of an Open Document */
  gboolean mimetype;
} Marks;

typedef struct
{
  SekArchive *archive;
  Marks marks;
} Walk;

void
sek_archive_set_problem (SekArchive *archive, const char *problem)
{
  if (*archive->problem == NULL)
    *archive->problem = g_strdup (problem);
}

static void
replace_problem (SekArchive *archive, const char *problem)
{
  g_free (*archive->problem);
  *archive->problem = g_strdup (problem);
}

SekArchiveEntry *
sek_archive_entry (const SekArchive *archive, guint index)
{
  return archive->attachment->entries->pdata[archive->first + index];
}

/* size: -1 when the directory does not say. */
static void
add_entry (Walk *walk, const char *name, gint64 size, gboolean encrypted)
{
  SekArchive *archive = walk->archive;
  Marks *marks = &walk->marks;
  marks->content_types = marks->content_types || g_str_equal (name, "[Content_Types].xml");
  marks->relations = marks->relations || g_str_equal (name, "_rels/.rels");
  marks->manifest = marks->manifest || g_str_equal (name, "META-INF/manifest.xml");
  marks->mimetype = marks->mimetype || (archive->count == 0 && g_str_equal (name, "mimetype"));
  archive->encrypted = archive->encrypted || encrypted;
  archive->count++;
  if (archive->attachment->entries->len >= SEK_ARCHIVE_ENTRIES_MAX)
    {
      sek_archive_set_problem (archive, "too-many-entries");
      return;
    }
  SekArchiveEntry *entry = sek_archive_entry_new (name, size, encrypted);
  entry->parent = archive->parent;
  g_ptr_array_add (archive->attachment->entries, entry);
  archive->kept++;
}

/* FALSE when this mail has used up what may be walked. */
static gboolean
may_walk_on (SekArchive *archive)
{
  if (archive->budget->walk_left == 0)
    {
      sek_archive_set_problem (archive, "too-many-entries");
      return FALSE;
    }
  archive->budget->walk_left--;
  return TRUE;
}

static void
read_entry (Walk *walk, struct archive_entry *entry)
{
  if (archive_entry_is_metadata_encrypted (entry) > 0)
    walk->archive->names_hidden = TRUE;
  if (archive_entry_filetype (entry) == AE_IFDIR)
    return;
  g_autofree char *name = sek_archive_entry_path (entry);
  add_entry (walk, name, archive_entry_size_is_set (entry) ? archive_entry_size (entry) : -1,
             archive_entry_is_encrypted (entry) > 0);
}

const char *
sek_archive_problem_of (struct archive *archive)
{
  const char *message = archive_error_string (archive);
  if (archive_errno (archive) == ENOMEM)
    return "too-large";
  return message != NULL && strstr (message, "upport") != NULL ? "archive-unsupported" : "archive-damaged";
}

/* Why a directory could not be read to its end. A locked one says so in many ways, so the lock is asked for
 * first: libarchive knows of it although the header itself fails. */
static void
explain_failure (SekArchive *archive, struct archive *reader)
{
  if (archive_read_has_encrypted_entries (reader) > 0)
    {
      archive->encrypted = TRUE;
      archive->names_hidden = archive->names_hidden || archive->count == 0;
    }
  /* Locked, not damaged. */
  if (!archive->names_hidden)
    sek_archive_set_problem (archive, sek_archive_problem_of (reader));
}

static void
walk_directory (Walk *walk, SekArchiveReader *reader)
{
  struct archive_entry *entry = NULL;
  int result;
  while ((result = archive_read_next_header (reader->archive, &entry)) != ARCHIVE_EOF)
    {
      if (result == ARCHIVE_FATAL || result == ARCHIVE_RETRY)
        {
          explain_failure (walk->archive, reader->archive);
          break;
        }
      if (!may_walk_on (walk->archive))
        break;
      read_entry (walk, entry);
    }
  if (archive_read_has_encrypted_entries (reader->archive) > 0)
    walk->archive->encrypted = TRUE;
}

/* FALSE when no reader of this format takes the bytes. */
static gboolean
list_as (Walk *walk, const char *format)
{
  SekArchive *archive = walk->archive;
  g_autoptr (SekArchiveReader) reader =
      sek_archive_reader_new (format, archive->bytes, archive->length, NULL, archive->budget->deadline);
  if (reader == NULL)
    return FALSE;
  walk_directory (walk, reader);
  return TRUE;
}

static void
list_rar5 (Walk *walk, SekRar5 *reader)
{
  SekArchive *archive = walk->archive;
  SekRar5Entry entry;
  while (sek_rar5_next (reader, &entry) && may_walk_on (archive))
    if (!entry.folder)
      {
        g_autofree char *name = sek_archive_decode_name (entry.name, entry.name_length);
        add_entry (walk, name, entry.size, entry.encrypted);
      }
  archive->names_hidden = reader->names_hidden;
  archive->encrypted = archive->encrypted || reader->names_hidden;
  if (reader->damaged)
    sek_archive_set_problem (archive, "archive-damaged");
}

static void
list_tnef (Walk *walk, SekTnef *reader)
{
  g_auto (SekTnefFile) file = { 0 };
  while (sek_tnef_next (reader, &file) && may_walk_on (walk->archive))
    add_entry (walk, *file.name != '\0' ? file.name : "data", (gint64) file.length, FALSE);
  if (reader->damaged)
    sek_archive_set_problem (walk->archive, "archive-damaged");
}

/* A zip of nothing but the end of its directory (APPNOTE §4.3.16), which the reader takes for no zip. */
static gboolean
is_empty_zip (const SekArchive *archive)
{
  static const char end[22] = "PK\005\006";
  return archive->length == sizeof end && memcmp (archive->bytes, end, sizeof end) == 0;
}

/* A zip whose directory is cut off: what the local headers say is better than nothing. */
static void
list_damaged_zip (Walk *walk)
{
  SekArchive *archive = walk->archive;
  g_autoptr (SekArchiveReader) reader =
      sek_archive_reader_new_damaged_zip (archive->bytes, archive->length, archive->budget->deadline);
  archive->headless = TRUE;
  sek_archive_set_problem (archive, "archive-damaged");
  if (reader != NULL)
    walk_directory (walk, reader);
}

/* "report.csv.gz" holds "report.csv". */
static void
add_single_entry (Walk *walk, const char *stored)
{
  SekArchive *archive = walk->archive;
  const char *name = archive->name;
  const char *dot = name != NULL ? strrchr (name, '.') : NULL;
  g_autofree char *shortened =
      dot != NULL && dot > name ? g_strndup (name, (gsize) (dot - name)) : g_strdup ("data");
  archive->single = TRUE;
  add_entry (walk, stored != NULL ? stored : shortened, -1, FALSE);
}

static void
list_compressed (Walk *walk)
{
  SekArchive *archive = walk->archive;
  g_autoptr (SekArchiveReader) reader =
      sek_archive_reader_new (*archive->format, archive->bytes, archive->length, NULL,
                              archive->budget->deadline);
  if (reader == NULL)
    {
      sek_archive_set_problem (archive, "archive-damaged");
      return;
    }
  if (reader->is_tar)
    walk_directory (walk, reader);
  /* The tar reader takes the cut for damage. */
  if (reader->cut && archive->count > 0)
    replace_problem (archive, "too-large");
  if (archive->count == 0)
    {
      g_clear_pointer (archive->problem, g_free);
      add_single_entry (walk, reader->stored);
    }
  if (reader->broken)
    sek_archive_set_problem (archive, "archive-damaged");
}

/* Office documents are zip files that nobody calls archives. One with a lock, or called .zip, stays an
 * archive: a forged [Content_Types].xml must not hide it. */
static void
recognise_document (Walk *walk)
{
  SekArchive *archive = walk->archive;
  gboolean ooxml = walk->marks.content_types && walk->marks.relations;
  gboolean odf = walk->marks.mimetype && walk->marks.manifest;
  if (archive->encrypted || *archive->problem != NULL || sek_magic_name_is_archive (archive->name) ||
      !(ooxml || odf))
    return;
  g_free (*archive->format);
  *archive->format = g_strdup (ooxml ? "ooxml" : "odf");
  archive->document = TRUE;
  archive->count = 0;
  archive->kept = 0;
  g_ptr_array_set_size (archive->attachment->entries, (gint) archive->first);
}

/* Windows mounts the UDF part of an image that has both (ECMA-167 §3/9.1), and nobody here can read it. */
static gboolean
has_udf (const SekArchive *archive)
{
  enum
  {
    SECTOR = 2048,
    FIRST = 16,
    LAST = 64,
  };
  for (gsize at = FIRST * SECTOR + 1; at + 4 <= MIN (archive->length, LAST * SECTOR); at += SECTOR)
    if (memcmp (archive->bytes + at, "NSR0", 4) == 0)
      return TRUE;
  return FALSE;
}

static void
list_zip (Walk *walk)
{
  if (!is_empty_zip (walk->archive) && !list_as (walk, "zip"))
    list_damaged_zip (walk);
  recognise_document (walk);
}

void
sek_archive_list (SekArchive *archive)
{
  Walk walk = { .archive = archive };
  SekRar5 rar5;
  SekTnef tnef;
  archive->first = archive->attachment->entries->len;
  if (sek_archive_is_compressed (*archive->format))
    list_compressed (&walk);
  else if (g_str_equal (*archive->format, "zip"))
    list_zip (&walk);
  else if (sek_tnef_open (&tnef, archive->bytes, archive->length))
    list_tnef (&walk, &tnef);
  else if (sek_rar5_open (&rar5, archive->bytes, archive->length))
    list_rar5 (&walk, &rar5);
  else if (**archive->format != '\0')
    {
      if (!list_as (&walk, *archive->format))
        sek_archive_set_problem (archive, "archive-damaged");
      if (g_str_equal (*archive->format, "iso") && has_udf (archive))
        sek_archive_set_problem (archive, "archive-unsupported");
    }
  /* Called an archive without beginning like one: a zip may have bytes in front that every program skips. */
  else if (list_as (&walk, "zip"))
    {
      g_free (*archive->format);
      *archive->format = g_strdup ("zip");
    }
  else
    sek_archive_set_problem (archive, "archive-damaged");
}
