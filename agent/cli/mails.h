/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds the mails behind a path a person types: a file, an mbox, an MH folder, a Maildir, or standard input.
 * Frames them only; nothing is parsed. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  char *label; /* what it is called in the output: the path, with "#N" for the Nth mail of an mbox */
  char *file;  /* the file to read; NULL for standard input */
  goffset offset;
  goffset length; /* -1: the whole file */
} SekMail;

void sek_mail_free (SekMail *mail);

/* Appends the mails behind path to mails (SekMail), in the order a person would read them. FALSE when there
 * is nothing that can be read; what was found before stays. */
gboolean sek_mails_find (const char *path, GPtrArray *mails, GError **error);

/* A descriptor with exactly the bytes of mail, positioned at its start; the caller closes it. -1 on an error.
 */
int sek_mail_open (const SekMail *mail, GError **error);

G_END_DECLS
