/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a file is by its first bytes, whatever it is called. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* As many first bytes as the table looks at: an ISO image says what it is at 32769. */
#define SEK_MAGIC_BYTES 32776

/* The format of a file that begins with bytes; "" when not recognised. Static. */
const char *sek_magic_format (const guint8 *bytes, gsize length);

/* TRUE for formats that hold files and whose directory can be listed. */
gboolean sek_magic_is_archive (const char *format);

/* TRUE for archives that nobody here can list. */
gboolean sek_magic_is_foreign_archive (const char *format);

/* TRUE for pictures, sounds and films. */
gboolean sek_magic_is_media (const char *format);

/* TRUE when a file of this name claims to be an archive. name may be NULL. */
gboolean sek_magic_name_is_archive (const char *name);

G_END_DECLS
