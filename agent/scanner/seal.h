/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The seal: what a process gives up before it sees the first byte of a mail. Afterwards it has no descriptor
 * and can open none, reach no network, start nothing and signal nobody; it can compute, allocate, and end. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SEK_SEAL_ERROR (sek_seal_error_quark ())
GQuark sek_seal_error_quark (void);
typedef enum
{
  SEK_SEAL_ERROR_FILTER, /* the system call filter can not be made */
} SekSealError;

typedef struct SekSeal SekSeal;

/* Makes the system call filter and, where the kernel knows Landlock, a rule set without rules. Once a
 * process: a child then seals itself in microseconds. */
SekSeal *sek_seal_new (GError **error);
void sek_seal_free (SekSeal *seal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekSeal, sek_seal_free)

/* Seals the calling, single-threaded process for good and closes all its descriptors. FALSE when some part of
 * the seal could not be laid (Landlock alone may be missing): the caller must end then. */
gboolean sek_seal_apply (const SekSeal *seal);

G_END_DECLS
