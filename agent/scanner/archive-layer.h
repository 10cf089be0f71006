/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One archive of a mail, at whatever depth: shared by the files that list, unlock and unpack it. */
#pragma once

#include "agent/scanner/archive-reader.h"
#include "agent/scanner/archive.h"
#include "agent/scanner/passwords.h"

G_BEGIN_DECLS

struct SekArchive
{
  SekAttachment *attachment; /* what came with the mail; its entries are those of all depths */
  SekArchiveBudget *budget;
  gint64 parent; /* index of the entry that is this archive; -1: the attachment */
  guint depth;   /* 1: the attachment */
  /* Of the attachment or the entry that is this archive. */
  const char *name;
  char **format;
  char **problem;
  const char *bytes;
  gsize length;

  guint first; /* where its own entries begin */
  guint kept;  /* how many of them there are */
  gint64 count;
  gboolean encrypted;    /* at least one of its own entries is locked */
  gboolean names_hidden; /* its directory is */
  gboolean single;       /* a compressed file without a tar in it */
  gboolean headless;     /* a zip that only its local headers tell of */
  gboolean document;     /* an office document after all; lists nothing */
};

/* Sets the problem unless there is one. */
void sek_archive_set_problem (SekArchive *archive, const char *problem);

/* The entry of this index in the archive, below kept. Borrowed. */
SekArchiveEntry *sek_archive_entry (const SekArchive *archive, guint index);

/* Reads the directory; afterwards first, kept and all below are set. */
void sek_archive_list (SekArchive *archive);

/* What a failed call of libarchive says, as a SekProblem code. */
const char *sek_archive_problem_of (struct archive *archive);

/* Opens the archive as it was listed, at its first header. password may be NULL. NULL when it cannot be. */
SekArchiveReader *sek_archive_reopen (const SekArchive *archive, const char *password);

/* The next entry that is not a folder: ARCHIVE_OK, ARCHIVE_EOF, or what went wrong. */
int sek_archive_next (SekArchiveReader *reader, struct archive_entry **entry);

/* The password that opens the locked entries, tried on the smallest of them. NULL when none does; sets the
 * archive's problem when nothing could be tried. Borrowed from the budget. */
const SekPassword *sek_archive_find_password (SekArchive *archive);

/* TRUE when there is still time to unpack something. */
gboolean sek_archive_has_time (const SekArchive *archive);

G_END_DECLS
