/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a file is by its name, as the shell of a desktop takes it on a double click. */
#pragma once

#include "agent/core/policy.h"

G_BEGIN_DECLS

/* The last extension in lower case, after NFKC and without what is not seen, or dropped by Windows, at its
 * end; "" when there is none. name may be NULL. Newly allocated. */
char *sek_name_extension (const char *name);

/* The kind of a file by its last extension: the built-in table as changed by [files] of the policy (may be
 * NULL). SEK_FILE_UNKNOWN when no row has it. name may be NULL. */
SekFileKind sek_file_kind (const SekPolicy *policy, const char *name);

/* TRUE for kinds that do something when they are opened: programs, scripts, shortcuts, disk images. */
gboolean sek_file_kind_is_active (SekFileKind kind);

G_END_DECLS
