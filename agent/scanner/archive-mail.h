/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A mail in an archive: the files that hang on it. */
#pragma once

#include "agent/scanner/parts.h"

G_BEGIN_DECLS

typedef struct
{
  SekFacts *facts; /* of that mail alone */
  SekParts *parts; /* its contents are the files */
} SekArchiveMail;

/* TRUE when a file of this name is to be read as a mail. */
gboolean sek_archive_mail_is_name (const char *name);

/* NULL when name and bytes, which are borrowed until the free, are no mail's. */
SekArchiveMail *sek_archive_mail_new (const char *name, const guint8 *bytes, gsize length);
void sek_archive_mail_free (SekArchiveMail *mail);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekArchiveMail, sek_archive_mail_free)

/* Why not all of it could be read, as a SekProblem code; NULL when all was. Static. */
const char *sek_archive_mail_problem (const SekArchiveMail *mail);

G_END_DECLS
