/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The decoded content of one part, read once and as a stream: a digest, a size, the first bytes, and all of
 * it only where somebody needs it. */
#pragma once

#include "agent/core/facts.h"
#include "agent/scanner/gmime-auto.h"

G_BEGIN_DECLS

/* The bytes of an attachment that are kept. */
typedef struct
{
  SekAttachment *attachment; /* borrowed from the facts */
  char *bytes;
  gsize length;
} SekContent;

void sek_content_free (SekContent *content);

/* Fills size, sha256 and format of attachment from the decoded content of part. Returns the bytes
 * unless they are a picture or a sound, which hold nothing to look into. */
SekContent *sek_content_read (SekAttachment *attachment, GMimePart *part);

/* The same for an attached mail, which counts as it was sent. */
void sek_content_read_message (SekAttachment *attachment, GMimeMessage *message);

/* The decoded content of a text part, up to max_bytes; *cut becomes TRUE when there was more. */
GByteArray *sek_content_read_text (GMimePart *part, gsize max_bytes, gboolean *cut);

G_END_DECLS
