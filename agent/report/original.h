/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reported mail as bytes: in which form it can travel so that every byte can be had back. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  SEK_FORM_LF,     /* lines that end with LF: travels with CRLF, turned back gives the exact bytes */
  SEK_FORM_CRLF,   /* lines that end with CRLF: travels as it is */
  SEK_FORM_BASE64, /* anything else: NUL, a bare CR, mixed line ends, a line above 998 bytes */
  SEK_FORM_HEAD,   /* too large for the policy: only the header, in base64 */
} SekForm;

typedef struct
{
  SekForm form;
  gboolean eight_bit;     /* some byte is above 127 */
  gboolean final_newline; /* the last line has its line end */
} SekOriginal;

SekOriginal sek_original_examine (const guint8 *data, gsize length);

/* "exact-lines-lf", "exact-lines-crlf", "base64", "head-only"; static. */
const char *sek_form_to_string (SekForm form);

/* The field, in the report's header and in its feedback part, that says the form. */
#define SEK_FORM_FIELD "X-Sekisho-Original-Form"

/* Appends lines, each with the line end it travels with. form: not SEK_FORM_BASE64. */
void sek_original_append_lines (GString *out, const guint8 *data, gsize length, SekForm form);

G_END_DECLS
