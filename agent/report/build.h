/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside agent/report: what the parts of one report share while it is being built. */
#pragma once

#include "agent/report/report-private.h"

G_BEGIN_DECLS

typedef struct
{
  const SekReportInput *input;
  const guint8 *data;
  gsize length;
  SekOriginal original;
  char *id;
  char *sha256;
  char *boundary;
} SekBuild;

/* The subject as the policy's template or the profile wants it: one line. *kind (may be NULL): how many bytes
 * of it, from the start, are ASCII of ours; 0 when nobody can say. Newly allocated. */
char *sek_build_subject (const SekBuild *build, gsize *kind);

/* The Message-ID without <>. Newly allocated. */
char *sek_build_message_id (const SekBuild *build);

/* Bytes of the header and the empty line behind it. */
gsize sek_build_head_length (const SekBuild *build);

/* The report as one JSON object (UTF-8), for the profile json: what README calls its fields. */
char *sek_build_json (const SekBuild *build, gsize *length);

G_END_DECLS
