/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs the built `sekisho` command. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  int status;
  char *out, *err;
} Run;

void run_clear (Run *run);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

/* Runs "sekisho ARGUMENTS…"; input may be NULL. */
Run run (const char *input, const char *const *arguments);

#define RUN(...) run (NULL, (const char *const[]){ __VA_ARGS__, NULL })

G_END_DECLS
