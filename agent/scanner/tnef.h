/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The attachments in a winmail.dat (TNEF, [MS-OXTNEF]). libytnef is no reader for hostile ones: it gives up
 * the whole file over one wrong checksum, which Outlook does not look at, and allocates what the file says.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const guint8 *at; /* the next attribute */
  const guint8 *end;
  gboolean damaged; /* after the last: the file ends within an attribute */
} SekTnef;

typedef struct
{
  char *name; /* UTF-8; "" when it has none */
  const guint8 *bytes;
  gsize length;
} SekTnefFile;

/* FALSE when bytes are no TNEF. They must outlive the reader. */
gboolean sek_tnef_open (SekTnef *reader, const char *bytes, gsize length);

/* The next attachment; FALSE behind the last. file, empty or of the call before, is cleared first. */
gboolean sek_tnef_next (SekTnef *reader, SekTnefFile *file);

void sek_tnef_file_clear (SekTnefFile *file);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SekTnefFile, sek_tnef_file_clear)

G_END_DECLS
