/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes of any character set into UTF-8, as mail clients read them: a label stands for the superset people
 * really send (Shift_JIS is CP932), a missing label is guessed. Knows nothing of mail. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Decodes length bytes labelled charset (any spelling, may be NULL or ""). hint: the charset to try when
 * charset is missing or says nothing ("unknown-8bit"); may be NULL. Never fails: bytes that do not belong
 * become U+FFFD, NULs are dropped. *unknown (may be NULL) becomes TRUE when the label is not known, and the
 * text is guessed. Newly allocated, valid UTF-8. */
char *sek_charset_decode (
    const char *charset, const char *hint, const char *bytes, gsize length, gboolean *unknown);

/* Decodes bytes without a label: UTF-8, ISO-2022-JP, hint, CP932 or EUC-JP by plausibility, else fallback, a
 * label such as "windows-1252". Newly allocated, valid UTF-8. */
char *sek_charset_guess (const char *bytes, gsize length, const char *hint, const char *fallback);

/* Opens every character set, so that glibc has loaded what it needs before the seal. The descriptors stay
 * open until the array is freed, and with them the tables. names (may be NULL) gets those this system does
 * not have. */
GPtrArray *sek_charset_warm_up (GPtrArray *missing);

G_END_DECLS
