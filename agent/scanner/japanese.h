/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The East Asian encodings that iconv does not read as mail uses them, and telling the Japanese ones apart.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* TRUE when bytes hold an escape that begins two-byte text (RFC 1468: ESC $ B, ESC $ @, ESC $ ( D) or
 * half-width kana (ESC ( I). */
gboolean sek_japanese_has_escape (const char *bytes, gsize length);

/* ISO-2022-JP, with the half-width kana and the NEC and IBM rows that mail puts into it (what Windows calls
 * CP50221), as EUC-JP-MS, which iconv can read. Newly allocated, *out_length bytes. */
char *sek_japanese_from_iso2022 (const char *bytes, gsize length, gsize *out_length);

/* HZ (RFC 1843) as GB2312. Newly allocated, *out_length bytes. */
char *sek_chinese_from_hz (const char *bytes, gsize length, gsize *out_length);

/* "shiftjis", "eucjp" or NULL when bytes are not plausible Japanese in either. */
const char *sek_japanese_guess (const char *bytes, gsize length);

G_END_DECLS
