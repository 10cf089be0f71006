/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Archives packed by libarchive, for tests. */
#pragma once

#include <archive.h>
#include <archive_entry.h>
#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  int (*set_format) (struct archive *);
  int (*add_filter) (struct archive *); /* NULL for none */
  const char *options;                  /* of libarchive, "zip:encryption=aes256"; NULL for none */
  const char *password;                 /* NULL for none */
} PackAs;

typedef struct
{
  const char *name; /* UTF-8 */
  gconstpointer bytes;
  gsize length;
  gsize padding; /* zeros behind them */
} PackFile;

/* count files in an archive. */
GByteArray *pack (const PackAs *as, const PackFile *files, gsize count);

/* One file in a zip without compression; takes and frees content. */
GByteArray *pack_into_zip (GByteArray *content, const char *name);

G_END_DECLS
