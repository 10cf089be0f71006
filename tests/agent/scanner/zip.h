/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Archives written by hand, with every field as a test wants it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

enum
{
  ZIP_ENCRYPTED = 1 << 0,
  ZIP_DESCRIPTOR = 1 << 3, /* sizes only behind the content (APPNOTE §4.4.4) */
  ZIP_UTF8 = 1 << 11,
};

#define ZIP_STORED 0
#define ZIP_AES 99

typedef struct
{
  const char *name; /* bytes as they are written */
  guint16 flags;
  guint16 method;
  const char *content;
} ZipEntry;

/* entries ends with a NULL name. *directory (may be NULL): where the central directory begins. */
GByteArray *zip_new (const ZipEntry *entries, gsize *directory);

typedef struct
{
  const char *name; /* UTF-8 */
  guint size;
  gboolean encrypted;
  gboolean folder;
} Rar5File;

/* files ends with a NULL name; locked: with an encryption header in front, and nothing readable behind it. */
GByteArray *rar5_new (const Rar5File *files, gboolean locked);

G_END_DECLS
