/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One file unpacked out of an archive: as much of it as is needed and allowed. */
#pragma once

#include "agent/scanner/archive.h"

struct archive;

G_BEGIN_DECLS

typedef struct
{
  guint8 *bytes;
  gsize length;
  gboolean whole;      /* these are all bytes of it */
  gboolean failed;     /* libarchive gave up: its error says why */
  const char *problem; /* why more was needed and is not there, as a SekProblem code; NULL when it was not */
} SekUnpacked;

/* Unpacks the entry that archive stands at. size: as the directory says, -1 when it does not. all: however it
 * begins, all of it is needed. */
SekUnpacked *sek_unpack (struct archive *archive, gint64 size, gboolean all, SekArchiveBudget *budget);
void sek_unpacked_free (SekUnpacked *unpacked);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekUnpacked, sek_unpacked_free)

/* Unpacks the rest of the entry to nowhere. NULL, or why it was not done to the end, as a SekProblem code. */
const char *sek_unpack_rest (struct archive *archive, SekArchiveBudget *budget);

G_END_DECLS
