/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/archive.h"

#include <string.h>

#include "agent/core/limits.h"
#include "agent/scanner/archive-layer.h"
#include "agent/scanner/archive-mail.h"
#include "agent/scanner/content.h"
#include "agent/scanner/inspect.h"
#include "agent/scanner/magic.h"
#include "agent/scanner/padding.h"
#include "agent/scanner/tnef.h"
#include "agent/scanner/unpack.h"

/* Bytes that still stand behind the last one that differs: the end of a zip's directory ends with zeros. */
#define PADDING_KEPT 64

void
sek_archive_budget_start (SekArchiveBudget *budget, const GPtrArray *passwords)
{
  *budget = (SekArchiveBudget){ .walk_left = SEK_ARCHIVE_WALK_MAX,
                                .inside_left = SEK_INSIDE_BYTES_MAX,
                                .skip_left = SEK_SKIPPED_BYTES_MAX,
                                .deadline = g_get_monotonic_time () + SEK_INSIDE_MILLISECONDS * 1000,
                                .passwords = passwords };
}

gboolean
sek_archive_has_time (const SekArchive *archive)
{
  return g_get_monotonic_time () < archive->budget->deadline;
}

SekArchiveReader *
sek_archive_reopen (const SekArchive *archive, const char *password)
{
  gint64 deadline = archive->budget->deadline;
  if (archive->single)
    return sek_archive_reader_new_single (archive->bytes, archive->length, deadline);
  if (archive->headless)
    return sek_archive_reader_new_damaged_zip (archive->bytes, archive->length, deadline);
  return sek_archive_reader_new (*archive->format, archive->bytes, archive->length, password, deadline);
}

int
sek_archive_next (SekArchiveReader *reader, struct archive_entry **entry)
{
  int result;
  /* Bounded by SEK_ARCHIVE_WALK_MAX: the directory was walked before, and to that. */
  do
    result = archive_read_next_header (reader->archive, entry);
  while ((result == ARCHIVE_OK || result == ARCHIVE_WARN) && archive_entry_filetype (*entry) == AE_IFDIR);
  return result == ARCHIVE_WARN ? ARCHIVE_OK : result;
}

static void open_archive (SekArchive *archive);

/* An archive in an archive. */
static void
open_inner (const SekArchive *outer, SekArchiveEntry *entry, gint64 index, const SekUnpacked *unpacked)
{
  SekArchive inner = { .attachment = outer->attachment,
                       .budget = outer->budget,
                       .parent = index,
                       .depth = outer->depth + 1,
                       .name = entry->name,
                       .format = &entry->format,
                       .problem = &entry->problem,
                       .bytes = (const char *) unpacked->bytes,
                       .length = MIN (unpacked->length,
                                      sek_padding_start (unpacked->bytes, unpacked->length) + PADDING_KEPT) };
  if (inner.depth > SEK_ARCHIVE_DEPTH_MAX)
    {
      sek_archive_set_problem (&inner, "nested-too-deep");
      return;
    }
  sek_archive_list (&inner);
  outer->attachment->entry_count += inner.count;
  outer->attachment->encrypted = outer->attachment->encrypted || inner.encrypted || inner.names_hidden;
  open_archive (&inner);
}

static void
set_entry_problem (SekArchiveEntry *entry, const char *problem)
{
  if (entry->problem == NULL)
    entry->problem = g_strdup (problem);
}

static void examine (const SekArchive *archive, gint64 index, const SekUnpacked *unpacked);

/* What hangs on a mail in an archive. */
static void
open_mail (const SekArchive *outer, gint64 index, const SekArchiveMail *mail)
{
  GPtrArray *entries = outer->attachment->entries;
  SekArchive inner = *outer;
  inner.parent = index;
  inner.depth = outer->depth + 1;
  const char *problem =
      inner.depth > SEK_ARCHIVE_DEPTH_MAX ? "nested-too-deep" : sek_archive_mail_problem (mail);
  if (problem != NULL)
    set_entry_problem (entries->pdata[index], problem);
  /* Bounded by SEK_ATTACHMENTS_MAX for each mail. */
  for (guint i = 0; i < mail->parts->contents->len && inner.depth <= SEK_ARCHIVE_DEPTH_MAX; i++)
    {
      const SekContent *content = mail->parts->contents->pdata[i];
      const char *name = content->attachment->name != NULL ? content->attachment->name : "data";
      outer->attachment->entry_count++;
      if (entries->len >= SEK_ARCHIVE_ENTRIES_MAX || !sek_archive_has_time (outer))
        {
          set_entry_problem (entries->pdata[index],
                             sek_archive_has_time (outer) ? "too-many-entries" : "timed-out");
          return;
        }
      SekArchiveEntry *entry = sek_archive_entry_new (name, (gint64) content->length, FALSE);
      entry->parent = index;
      g_ptr_array_add (entries, entry);
      const SekUnpacked unpacked = { .bytes = (guint8 *) content->bytes,
                                     .length = content->length,
                                     .whole = TRUE };
      examine (&inner, (gint64) entries->len - 1, &unpacked);
    }
}

/* What was unpacked of an entry goes into the facts. */
static void
examine (const SekArchive *archive, gint64 index, const SekUnpacked *unpacked)
{
  SekArchiveEntry *entry = archive->attachment->entries->pdata[index];
  /* What a wrong password makes of a locked file is noise. */
  entry->opened = unpacked->whole || (unpacked->length > 0 && !(unpacked->failed && entry->encrypted));
  if (!entry->opened)
    return;
  if (unpacked->whole && entry->size < 0)
    entry->size = (gint64) unpacked->length;
  /* More than the directory says: programs that believe the one see another file than those that believe the
   * other. */
  if (entry->size >= 0 && (gint64) unpacked->length > entry->size)
    set_entry_problem (entry, "archive-damaged");
  g_free (entry->format);
  entry->format = g_strdup (sek_magic_format (unpacked->bytes, unpacked->length));
  const SekInspectInput input = { entry->name, unpacked->bytes, unpacked->length,
                                  MAX (entry->size, (gint64) unpacked->length) };
  SekInspectBudget budget = SEK_INSPECT_BUDGET (archive->budget->passwords, archive->budget->deadline);
  const SekInspectResult result = { &entry->format, &entry->problem, entry->traits, &budget };
  sek_inspect (&input, &result);
  /* What was not unpacked is more of the same. */
  if (sek_padding_note (entry->format, unpacked->bytes, unpacked->length, input.size, entry->traits) &&
      g_strcmp0 (entry->problem, "unpacks-too-large") == 0)
    g_clear_pointer (&entry->problem, g_free);
  if (sek_magic_is_archive (entry->format) ||
      (*entry->format == '\0' && sek_magic_name_is_archive (entry->name)))
    open_inner (archive, entry, index, unpacked);
  else if (sek_magic_is_foreign_archive (entry->format))
    set_entry_problem (entry, "archive-unsupported");
  else if (*entry->format == '\0')
    {
      g_autoptr (SekArchiveMail) mail = sek_archive_mail_new (entry->name, unpacked->bytes, unpacked->length);
      if (mail != NULL)
        open_mail (archive, index, mail);
    }
}

/* FALSE when nothing more can be read from this archive. */
static gboolean
read_entry (SekArchive *archive, SekArchiveReader *reader, guint at)
{
  gint64 index = archive->first + at;
  SekArchiveEntry *entry = sek_archive_entry (archive, at);
  gboolean all = sek_magic_name_is_archive (entry->name) || sek_archive_mail_is_name (entry->name);
  g_autoptr (SekUnpacked) unpacked = sek_unpack (reader->archive, entry->size, all, archive->budget);
  /* Of locked files, each may have its own password. */
  if (unpacked->failed)
    set_entry_problem (entry,
                       entry->encrypted ? "archive-unsupported" : sek_archive_problem_of (reader->archive));
  else if (unpacked->problem != NULL)
    set_entry_problem (entry, unpacked->problem);
  examine (archive, index, unpacked);
  if (at + 1 == archive->kept || unpacked->whole || unpacked->failed ||
      !sek_archive_is_solid (*archive->format))
    return TRUE;
  const char *problem = sek_unpack_rest (reader->archive, archive->budget);
  if (problem != NULL)
    sek_archive_set_problem (archive, problem);
  return problem == NULL;
}

/* Moves on to the entry that was listed under this name. Some readers give folders as files, and nobody
 * vouches that two readings of the same hostile bytes give the same. */
static int
find_entry (const SekArchive *archive, SekArchiveReader *reader, const SekArchiveEntry *entry)
{
  struct archive_entry *header = NULL;
  int result = ARCHIVE_OK;
  /* Bounded as in sek_archive_next. */
  while (!archive->single && (result = sek_archive_next (reader, &header)) == ARCHIVE_OK)
    {
      g_autofree char *name = sek_archive_entry_path (header);
      if (g_str_equal (name, entry->name))
        break;
    }
  return result;
}

/* The entries that were listed, in the order of the directory. */
static void
read_entries (SekArchive *archive, SekArchiveReader *reader, gboolean unlocked)
{
  for (guint at = 0; at < archive->kept; at++)
    {
      const SekArchiveEntry *entry = sek_archive_entry (archive, at);
      if (!sek_archive_has_time (archive) || archive->budget->inside_left == 0)
        {
          sek_archive_set_problem (archive,
                                   sek_archive_has_time (archive) ? "unpacks-too-large" : "timed-out");
          return;
        }
      if (find_entry (archive, reader, entry) != ARCHIVE_OK)
        {
          sek_archive_set_problem (archive, sek_archive_problem_of (reader->archive));
          return;
        }
      if ((!entry->encrypted || unlocked) && !read_entry (archive, reader, at))
        return;
    }
}

/* Nothing is compressed or locked in here. */
static void
read_tnef (const SekArchive *archive, SekTnef *reader)
{
  g_auto (SekTnefFile) file = { 0 };
  for (guint at = 0; at < archive->kept && sek_tnef_next (reader, &file); at++)
    {
      const SekUnpacked unpacked = { .bytes = (guint8 *) file.bytes, .length = file.length, .whole = TRUE };
      if (!sek_archive_has_time (archive))
        {
          set_entry_problem (sek_archive_entry (archive, at), "timed-out");
          return;
        }
      examine (archive, archive->first + at, &unpacked);
    }
}

static void
open_archive (SekArchive *archive)
{
  SekTnef tnef;
  if (g_str_equal (*archive->format, "tnef") && sek_tnef_open (&tnef, archive->bytes, archive->length))
    {
      read_tnef (archive, &tnef);
      return;
    }
  const SekPassword *password =
      archive->encrypted || archive->names_hidden ? sek_archive_find_password (archive) : NULL;
  SekAttachment *attachment = archive->attachment;
  if (password != NULL)
    {
      attachment->unlocked = TRUE;
      if (attachment->password == NULL)
        {
          attachment->password = g_strdup (password->password);
          attachment->password_source = g_strdup (password->source);
        }
    }
  /* A directory too long to be walked to its end would have to be read a second time. */
  if (archive->kept == 0 || archive->budget->walk_left == 0)
    return;
  g_autoptr (SekArchiveReader) reader =
      sek_archive_reopen (archive, password != NULL ? password->password : NULL);
  if (reader == NULL)
    sek_archive_set_problem (archive, "archive-damaged");
  else
    read_entries (archive, reader, password != NULL);
}

SekArchive *
sek_archive_read (SekAttachment *attachment, const char *bytes, gsize length, SekArchiveBudget *budget)
{
  SekArchive *archive = g_new0 (SekArchive, 1);
  *archive = (SekArchive){ .attachment = attachment,
                           .budget = budget,
                           .parent = -1,
                           .depth = 1,
                           .name = attachment->name,
                           .format = &attachment->format,
                           .problem = &attachment->problem,
                           .bytes = bytes,
                           .length = length };
  sek_archive_list (archive);
  /* Outlook's envelope is none to a person. */
  attachment->is_archive = !archive->document && !g_str_equal (attachment->format, "tnef");
  attachment->encrypted = archive->encrypted;
  attachment->names_hidden = archive->names_hidden;
  attachment->entry_count = archive->count;
  return archive;
}

void
sek_archive_open (SekArchive *archive)
{
  open_archive (archive);
  /* A lock inside counts like one outside. */
  archive->attachment->is_archive =
      archive->attachment->is_archive || archive->attachment->encrypted || archive->attachment->names_hidden;
}

void
sek_archive_free (SekArchive *archive)
{
  g_free (archive);
}
