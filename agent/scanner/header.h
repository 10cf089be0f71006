/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Header fields as they come: found in the bytes of a mail, unfolded and decoded the way mail clients do it,
 * broken encodings included. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is known about the character set of raw bytes, and what was not. */
typedef struct
{
  const char *hint; /* charset of the mail's text, for bytes without a label; NULL when it names none */
  char *unknown;    /* the first label that is not known; NULL so far; owned */
} SekDecoding;

/* One field, borrowed from the bytes of the mail. */
typedef struct
{
  const char *name;
  gsize name_length;
  const char *value; /* raw, still folded */
  gsize length;
} SekField;

/* The fields of the header block at the start of bytes (a line of an mbox, a byte order mark and empty lines
 * in front of it are skipped). *body_offset (may be NULL): where the body begins. Array of SekField, newly
 * allocated. */
GArray *sek_fields_split (const char *bytes, gsize length, gsize *body_offset);

/* TRUE when field has this name, in any case. */
gboolean sek_field_is (const SekField *field, const char *name);

/* The first field of this name, NULL when there is none. Borrowed. */
const SekField *sek_fields_find (const GArray *fields, const char *name);

/* The value unfolded, raw eight-bit and ISO-2022-JP bytes decoded, encoded words left as they are: what a
 * structured field is taken apart in. Bytes above SEK_HEADER_BYTES_MAX are left out. Newly allocated, valid
 * UTF-8. */
char *sek_header_unfold (const char *value, gsize length, SekDecoding *decoding);

/* Every encoded word of text decoded (RFC 2047), also inside of quotes or words, unspaced, or with a
 * character split between two words. Newly allocated, valid UTF-8. */
char *sek_header_decode_words (const char *text, SekDecoding *decoding);

/* Both of the above, trimmed: a field that is text for people. Newly allocated. */
char *sek_header_decode (const SekField *field, SekDecoding *decoding);

/* The parameter name of a structured field such as Content-Type (value as from sek_header_unfold): plain, RFC
 * 2231 with continuations, or with encoded words. NULL when it is not there. Newly allocated. */
char *sek_header_parameter (const char *value, const char *name, SekDecoding *decoding);

/* The value in front of the parameters, lower case without spaces or comments. Newly allocated. */
char *sek_header_token (const char *value);

G_END_DECLS
