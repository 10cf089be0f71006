/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files blown up with nothing, so that what looks into files passes them over. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where the content ends and one byte repeated begins. */
gsize sek_padding_start (const guint8 *bytes, gsize length);

/* Adds the trait to traits when the file is padded and of a kind that is small by nature; size: its true one,
 * which may be above length. TRUE when it was. */
gboolean
sek_padding_note (const char *format, const guint8 *bytes, gsize length, gint64 size, GPtrArray *traits);

G_END_DECLS
