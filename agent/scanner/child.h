/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One mail's process: maps the mail and the place for the facts, seals itself, reads, and ends. */
#pragma once

#include "agent/scanner/seal.h"

G_BEGIN_DECLS

/* How a child ends by itself. */
enum
{
  SEK_CHILD_DONE = 0,
  SEK_CHILD_UNSEALED = 10,   /* the seal could not be laid; not a byte was read */
  SEK_CHILD_UNREADABLE = 11, /* the mail can not be mapped */
  SEK_CHILD_NO_MEMORY = 12,
};

/* What a child is given. */
typedef struct
{
  gint64 parent;
  int mail_fd; /* read from its start, its offset is left alone */
  int result_fd;
  int passwords_fd;  /* see SEK_SCAN_FD_PASSWORDS; -1: none */
  gboolean attached; /* read the first mail that hangs on it instead, where there is one */
} SekChildTask;

/* Never returns. To be called in a fresh child of parent. */
G_NORETURN void sek_child_run (const SekSeal *seal, const SekChildTask *task);

G_END_DECLS
