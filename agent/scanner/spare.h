/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A child that waits for its mail: forked, and with its own copies of the pages that reading a mail writes
 * to, before somebody waits for it. It reads one mail, as any child. */
#pragma once

#include "agent/scanner/child.h"

#include <sys/types.h>

G_BEGIN_DECLS

typedef struct
{
  pid_t pid;  /* 0: there is none */
  int socket; /* to it */
} SekSpare;

/* Forks one. closed: descriptors of the server that a child has no use for. spare->pid is 0 when it could not
 * be. */
void sek_spare_start (SekSpare *spare, const SekSeal *seal, const int *closed, gsize closed_count);
/* Gives it the mail of task, whose parent is not looked at. From now on it is a child as others, returned is
 * its pid, and there is no spare any more; -1 when there was none, or it is dead and was waited for. */
pid_t sek_spare_use (SekSpare *spare, const SekChildTask *task);
/* Forgets one that is dead, after SIGCHLD. */
void sek_spare_reap (SekSpare *spare);

G_END_DECLS
