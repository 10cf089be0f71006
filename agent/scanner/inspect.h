/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One file's content examined: what it is, and what it would do when a person opens it. */
#pragma once

#include "agent/core/limits.h"
#include "agent/core/password.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name; /* as a person sees it; "" when none */
  const guint8 *bytes;
  gsize length;
  gint64 size; /* true size; above length when only the beginning could be had */
} SekInspectInput;

/* What a document and all documents inside it may take together. */
typedef struct
{
  gsize room;  /* bytes that may still be read */
  guint depth; /* compound files that are open */
  /* To try on locked documents, NULL for none; not behind deadline (monotonic, microseconds; 0 for none). */
  const GPtrArray *passwords; /* SekPassword */
  gint64 deadline;
  const SekPassword *opened_by; /* set to the one that opened one; NULL */
} SekInspectBudget;

typedef struct
{
  char **format;            /* replaced when more is found than the first bytes say ("zip" that is "ooxml") */
  char **problem;           /* a SekProblem code, set when NULL and something could not be inspected */
  GPtrArray *traits;        /* SekTrait, appended */
  SekInspectBudget *budget; /* NULL: a new one for this file */
} SekInspectResult;

/* A new one, to try these passwords. */
#define SEK_INSPECT_BUDGET(keys, until)                                                                      \
  ((SekInspectBudget){ .room = SEK_DOCUMENT_BYTES_MAX, .passwords = (keys), .deadline = (until) })

/* Examines one file, whether attached or unpacked. *result->format is what sek_magic_format says of it. */
void sek_inspect (const SekInspectInput *input, const SekInspectResult *result);

G_END_DECLS
