/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The directory of an archive: names, sizes and locks. Nothing is unpacked but a compressed tar, to see its
 * names. */
#pragma once

#include "agent/core/facts.h"

G_BEGIN_DECLS

/* Fills is_archive, encrypted, names_hidden, entries, entry_count, problem and, for office documents, format
 * of attachment, whose name, format and size are set. bytes: its content. *walk_left: entries that may still
 * be walked in this mail; counted down. Folders are not listed. */
void sek_archive_read (SekAttachment *attachment, const char *bytes, gsize length, guint *walk_left);

G_END_DECLS
