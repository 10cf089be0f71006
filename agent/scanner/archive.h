/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is inside of an archive: first its directory, then the files themselves, unpacked in memory, also out
 * of archives in archives and from behind a lock whose password is at hand. */
#pragma once

#include "agent/core/facts.h"

G_BEGIN_DECLS

/* What all archives of one mail may use up together. */
typedef struct
{
  guint walk_left;            /* directory entries that may still be walked */
  gsize inside_left;          /* bytes that may still be unpacked to be looked at */
  gsize skip_left;            /* bytes that may still be unpacked only to be passed over */
  gint64 deadline;            /* monotonic, microseconds: nothing more is unpacked behind it */
  const GPtrArray *passwords; /* SekPassword, to try on locked files; NULL for none */
} SekArchiveBudget;

/* The bounds of limits.h, the clock starting now. passwords is borrowed. */
void sek_archive_budget_start (SekArchiveBudget *budget, const GPtrArray *passwords);

/* An archive whose directory has been read. */
typedef struct SekArchive SekArchive;

/* Fills is_archive, encrypted, names_hidden, entries, entry_count, problem and, for office documents, format
 * of attachment, whose name, format and size are set. bytes: its content. Nothing is unpacked but a
 * compressed tar, to see its names. Folders are not listed. Everything is borrowed until the free. */
SekArchive *
sek_archive_read (SekAttachment *attachment, const char *bytes, gsize length, SekArchiveBudget *budget);

/* Unpacks what was listed, one file after the other, and examines each; fills opened, format, traits, problem
 * of the entries, appends those of archives inside, and sets unlocked, password and password_source. */
void sek_archive_open (SekArchive *archive);

void sek_archive_free (SekArchive *archive);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekArchive, sek_archive_free)

G_END_DECLS
