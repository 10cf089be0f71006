/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Header fields of RFC 5322 and RFC 2047 from text that strangers wrote: no value can end its field. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Appends "name: literal text" folded, with CRLF. literal (may be NULL) is ASCII of ours and stays readable;
 * text (UTF-8, may be NULL) becomes encoded words (RFC 2047 §2) when it is more than plain ASCII words. */
void sek_header_add (GString *out, const char *name, const char *literal, const char *text);
void sek_header_add_int (GString *out, const char *name, gint64 value);

/* Appends Date: of seconds since 1970 (RFC 5322 §3.3), in UTC. */
void sek_header_add_date (GString *out, gint64 seconds);

/* TRUE for an addr-spec that can stand in a header and in an SMTP command as it is: ASCII, no space, no
 * bracket. NULL gives FALSE. */
gboolean sek_header_is_plain_address (const char *address);

/* Appends data in base64, lines of 76 with CRLF (RFC 2045 §6.8). */
void sek_header_append_base64 (GString *out, const guint8 *data, gsize length);

G_END_DECLS
