/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every file that came with a mail, also those inside others, as checks look at them. */
#pragma once

#include "agent/core/facts.h"

G_BEGIN_DECLS

/* An attachment, or a file inside one. Everything is borrowed from the facts. */
typedef struct
{
  const SekAttachment *attachment;
  const SekArchiveEntry *entry; /* NULL: the attachment itself */
  const char *name;             /* "" when it has none */
  const char *format;           /* "" when not recognised or not opened */
  const GPtrArray *traits;      /* SekTrait */
  const char *problem;          /* NULL when it could be inspected */
  gint64 size;                  /* -1 when not known */
  gboolean behind_lock;         /* it, or a file that holds it, was locked */
} SekFile;

/* In order, each attachment before what it holds. GArray of SekFile, newly allocated. */
GArray *sek_files_of (const SekFacts *facts);

/* How a person finds the file: "subject of the attached mail › 20221103.zip › inner.zip › 請求書.xls". Newly
 * allocated. */
char *sek_file_path (const SekFile *file);

/* TRUE when the name ends in one of these extensions (lower case, without the dot; NULL-terminated), after
 * NFKC and without what is not seen at its end. name may be NULL. */
gboolean sek_name_has_extension (const char *name, const char *const *extensions);

G_END_DECLS
