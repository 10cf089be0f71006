/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

#include "agent/core/limits.h"
#include "agent/core/text.h"
#include "agent/scanner/charset.h"
#include "agent/scanner/magic.h"
#include "agent/scanner/rar5.h"

#define BLOCK_BYTES 65536

typedef struct archive Archive;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Archive, archive_read_free)

/* The state of one walk through a directory. */
typedef struct
{
  SekAttachment *attachment;
  guint *walk_left;
  gboolean
      content_types;  /* [Content_Types].xml: the mark of an Office Open XML package (ECMA-376 part 2 §10) */
  gboolean relations; /* _rels/.rels */
  gboolean manifest;  /* META-INF/manifest.xml of an Open Document */
  gboolean mimetype;
} Walk;

static void
set_problem (SekAttachment *attachment, const char *problem)
{
  if (attachment->problem == NULL)
    attachment->problem = g_strdup (problem);
}

/* Names without a declared charset come from Windows in Japan, or from DOS. Newly allocated. */
static char *
decode_name (const char *raw, gsize length)
{
  g_autofree char *name = sek_charset_guess (raw, MIN (length, SEK_NAME_CHARS_MAX * 4), NULL, "cp437");
  return sek_text_clip (name, -1, SEK_NAME_CHARS_MAX);
}

static char *
entry_name (struct archive_entry *entry)
{
  const char *raw = archive_entry_pathname (entry);
  if (raw == NULL)
    raw = archive_entry_pathname_utf8 (entry);
  return raw != NULL ? decode_name (raw, strlen (raw)) : g_strdup ("");
}

/* size: -1 when the directory does not say. */
static void
add_entry (Walk *walk, const char *name, gint64 size, gboolean encrypted)
{
  SekAttachment *attachment = walk->attachment;
  walk->content_types = walk->content_types || g_str_equal (name, "[Content_Types].xml");
  walk->relations = walk->relations || g_str_equal (name, "_rels/.rels");
  walk->manifest = walk->manifest || g_str_equal (name, "META-INF/manifest.xml");
  walk->mimetype = walk->mimetype || (attachment->entry_count == 0 && g_str_equal (name, "mimetype"));
  attachment->encrypted = attachment->encrypted || encrypted;
  attachment->entry_count++;
  if (attachment->entries->len < SEK_ARCHIVE_ENTRIES_MAX)
    g_ptr_array_add (attachment->entries, sek_archive_entry_new (name, size, encrypted));
  else
    set_problem (attachment, "too-many-entries");
}

/* FALSE when this mail has used up what may be walked. */
static gboolean
may_walk_on (Walk *walk)
{
  if (*walk->walk_left == 0)
    {
      set_problem (walk->attachment, "too-many-entries");
      return FALSE;
    }
  --*walk->walk_left;
  return TRUE;
}

static void
read_entry (Walk *walk, struct archive_entry *entry)
{
  if (archive_entry_is_metadata_encrypted (entry) > 0)
    walk->attachment->names_hidden = TRUE;
  if (archive_entry_filetype (entry) == AE_IFDIR)
    return;
  g_autofree char *name = entry_name (entry);
  add_entry (walk, name, archive_entry_size_is_set (entry) ? archive_entry_size (entry) : -1,
             archive_entry_is_encrypted (entry) > 0);
}

/* Why a directory could not be read to its end. A locked one says so in many ways, so the lock is asked for
 * first: libarchive knows of it although the header itself fails. */
static void
explain_failure (Walk *walk, struct archive *archive)
{
  SekAttachment *attachment = walk->attachment;
  const char *message = archive_error_string (archive);
  if (archive_read_has_encrypted_entries (archive) > 0)
    {
      attachment->encrypted = TRUE;
      attachment->names_hidden = attachment->names_hidden || attachment->entry_count == 0;
    }
  if (attachment->names_hidden)
    {
      /* Locked, not damaged. */
      g_clear_pointer (&attachment->problem, g_free);
      return;
    }
  gboolean unsupported =
      message != NULL && (strstr (message, "upported") != NULL || strstr (message, "upport") != NULL);
  if (archive_errno (archive) == ENOMEM)
    set_problem (attachment, "too-large");
  else
    set_problem (attachment, unsupported ? "archive-unsupported" : "archive-damaged");
}

static void
walk_directory (Walk *walk, struct archive *archive)
{
  struct archive_entry *entry = NULL;
  int result;
  while ((result = archive_read_next_header (archive, &entry)) != ARCHIVE_EOF)
    {
      if (result == ARCHIVE_FATAL || result == ARCHIVE_RETRY)
        {
          explain_failure (walk, archive);
          break;
        }
      if (!may_walk_on (walk))
        break;
      read_entry (walk, entry);
    }
  if (archive_read_has_encrypted_entries (archive) > 0)
    walk->attachment->encrypted = TRUE;
}

/* Which readers look at a format. Zip is read from its directory at the end: the local headers in front of
 * the contents may say something else, and with bit 3 (APPNOTE §4.4.4) they say nothing. */
static const struct
{
  const char *format;
  int (*support) (struct archive *archive);
} readers[] = {
  { "zip", archive_read_support_format_zip_seekable }, { "7z", archive_read_support_format_7zip },
  { "rar", archive_read_support_format_rar },          { "cab", archive_read_support_format_cab },
  { "lha", archive_read_support_format_lha },          { "iso", archive_read_support_format_iso9660 },
  { "tar", archive_read_support_format_tar },
};

/* FALSE when no reader of this format takes the bytes. */
static gboolean
list_as (Walk *walk, const char *format, const char *bytes, gsize length)
{
  g_autoptr (Archive) archive = archive_read_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (readers); i++)
    if (g_str_equal (readers[i].format, format))
      readers[i].support (archive);
  if (archive_read_open_memory (archive, bytes, length) != ARCHIVE_OK)
    return FALSE;
  walk_directory (walk, archive);
  return TRUE;
}

static void
list_rar5 (Walk *walk, SekRar5 *reader)
{
  SekRar5Entry entry;
  while (sek_rar5_next (reader, &entry) && may_walk_on (walk))
    if (!entry.folder)
      {
        g_autofree char *name = decode_name (entry.name, entry.name_length);
        add_entry (walk, name, entry.size, entry.encrypted);
      }
  walk->attachment->names_hidden = reader->names_hidden;
  walk->attachment->encrypted = walk->attachment->encrypted || reader->names_hidden;
  if (reader->damaged)
    set_problem (walk->attachment, "archive-damaged");
}

/* A zip of nothing but the end of its directory (APPNOTE §4.3.16), which the reader takes for no zip. */
static gboolean
is_empty_zip (const char *bytes, gsize length)
{
  static const char end[22] = "PK\005\006";
  return length == sizeof end && memcmp (bytes, end, sizeof end) == 0;
}

/* A zip whose directory is cut off: what the local headers say is better than nothing. */
static void
list_damaged_zip (Walk *walk, const char *bytes, gsize length)
{
  g_autoptr (Archive) archive = archive_read_new ();
  archive_read_support_format_zip_streamable (archive);
  set_problem (walk->attachment, "archive-damaged");
  if (archive_read_open_memory (archive, bytes, length) == ARCHIVE_OK)
    walk_directory (walk, archive);
}

/* The unpacked bytes of a compressed file on their way into the tar reader, so that no bomb is unpacked
 * further than SEK_UNPACKED_BYTES_MAX. */
typedef struct
{
  struct archive *packed;
  char *block;
  gsize unpacked;
  gboolean cut;
  gboolean broken;
} Unpacker;

static la_ssize_t
read_unpacked (struct archive *archive, void *user_data, const void **buffer)
{
  Unpacker *unpacker = user_data;
  if (unpacker->unpacked >= SEK_UNPACKED_BYTES_MAX)
    {
      unpacker->cut = TRUE;
      return 0;
    }
  la_ssize_t got = archive_read_data (unpacker->packed, unpacker->block, BLOCK_BYTES);
  if (got < 0)
    {
      unpacker->broken = TRUE;
      return 0;
    }
  unpacker->unpacked += (gsize) got;
  *buffer = unpacker->block;
  return got;
}

/* "report.csv.gz" holds "report.csv". */
static void
add_single_entry (Walk *walk, struct archive_entry *entry)
{
  const char *stored = archive_entry_pathname (entry);
  const char *name = walk->attachment->name;
  const char *dot = name != NULL ? strrchr (name, '.') : NULL;
  g_autofree char *shortened =
      dot != NULL && dot > name ? g_strndup (name, (gsize) (dot - name)) : g_strdup ("data");
  gboolean named = stored != NULL && *stored != '\0' && !g_str_equal (stored, "data");
  g_autofree char *inner = named ? entry_name (entry) : g_strdup (shortened);
  walk->attachment->entry_count = 1;
  g_ptr_array_add (walk->attachment->entries, sek_archive_entry_new (inner, -1, FALSE));
}

static void
list_compressed (Walk *walk, const char *bytes, gsize length)
{
  g_autoptr (Archive) packed = archive_read_new ();
  archive_read_support_filter_gzip (packed);
  archive_read_support_filter_bzip2 (packed);
  archive_read_support_filter_xz (packed);
  archive_read_support_format_raw (packed);
  struct archive_entry *entry = NULL;
  if (archive_read_open_memory (packed, bytes, length) != ARCHIVE_OK ||
      archive_read_next_header (packed, &entry) != ARCHIVE_OK)
    {
      explain_failure (walk, packed);
      return;
    }
  g_autofree char *block = g_malloc (BLOCK_BYTES);
  Unpacker unpacker = { .packed = packed, .block = block };
  g_autoptr (Archive) tar = archive_read_new ();
  archive_read_support_format_tar (tar);
  gboolean is_tar = archive_read_open (tar, &unpacker, NULL, read_unpacked, NULL) == ARCHIVE_OK;
  if (is_tar)
    walk_directory (walk, tar);
  if (unpacker.cut && is_tar)
    {
      /* The tar reader takes the cut for damage. */
      g_clear_pointer (&walk->attachment->problem, g_free);
      set_problem (walk->attachment, "too-large");
    }
  if (walk->attachment->entry_count == 0)
    {
      g_clear_pointer (&walk->attachment->problem, g_free);
      add_single_entry (walk, entry);
    }
  if (unpacker.broken)
    set_problem (walk->attachment, "archive-damaged");
}

/* Office documents are zip files that nobody calls archives. One with a lock, or called .zip, stays an
 * archive: a forged [Content_Types].xml must not hide it. */
static void
recognise_document (Walk *walk)
{
  SekAttachment *attachment = walk->attachment;
  gboolean ooxml = walk->content_types && walk->relations;
  gboolean odf = walk->mimetype && walk->manifest;
  if (attachment->encrypted || attachment->problem != NULL || sek_magic_name_is_archive (attachment->name) ||
      !(ooxml || odf))
    return;
  g_free (attachment->format);
  attachment->format = g_strdup (ooxml ? "ooxml" : "odf");
  attachment->is_archive = FALSE;
  attachment->entry_count = 0;
  g_ptr_array_set_size (attachment->entries, 0);
}

static gboolean
is_compressed (const char *format)
{
  static const char *const compressed[] = { "gzip", "bzip2", "xz", NULL };
  return g_strv_contains (compressed, format);
}

void
sek_archive_read (SekAttachment *attachment, const char *bytes, gsize length, guint *walk_left)
{
  Walk walk = { .attachment = attachment, .walk_left = walk_left };
  SekRar5 rar5;
  attachment->is_archive = TRUE;
  if (is_compressed (attachment->format))
    list_compressed (&walk, bytes, length);
  else if (g_str_equal (attachment->format, "zip"))
    {
      if (!is_empty_zip (bytes, length) && !list_as (&walk, "zip", bytes, length))
        list_damaged_zip (&walk, bytes, length);
      recognise_document (&walk);
    }
  else if (sek_rar5_open (&rar5, bytes, length))
    list_rar5 (&walk, &rar5);
  else if (*attachment->format != '\0')
    {
      if (!list_as (&walk, attachment->format, bytes, length))
        set_problem (attachment, "archive-damaged");
    }
  /* Called an archive without beginning like one: a zip may have bytes in front that every program skips. */
  else if (list_as (&walk, "zip", bytes, length))
    {
      g_free (attachment->format);
      attachment->format = g_strdup ("zip");
    }
  else
    set_problem (attachment, "archive-damaged");
}
