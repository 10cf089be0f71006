/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The directory of a RAR 5 archive. libarchive 3.6 reads these too, but passes locked files off as open ones.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const guint8 *at; /* the next block */
  const guint8 *end;
  gboolean names_hidden; /* after the last: the directory itself is locked */
  gboolean damaged;      /* after the last: the archive ends within a block */
} SekRar5;

typedef struct
{
  const char *name; /* borrowed, not terminated, UTF-8 as written */
  gsize name_length;
  gint64 size; /* -1 when not known */
  gboolean encrypted;
  gboolean folder;
} SekRar5Entry;

/* FALSE when bytes are not a RAR 5 archive. They must outlive the reader. */
gboolean sek_rar5_open (SekRar5 *reader, const char *bytes, gsize length);

/* The next file or folder; FALSE behind the last. */
gboolean sek_rar5_next (SekRar5 *reader, SekRar5Entry *entry);

G_END_DECLS
