/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text that strangers wrote, made fit for comparing and for showing. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* NFKC of valid UTF-8, in time that grows with the length and no faster. Newly allocated. */
char *sek_text_compatible (const char *text);

/* For comparing: NFKC, case folded, zero-width and bidi control characters dropped, runs of white space
 * (U+3000 too) made one space, ends trimmed. text may be NULL (gives "") or broken UTF-8. Newly allocated. */
char *sek_text_fold (const char *text);

/* For showing in one line: valid UTF-8, control characters and line breaks as a space, bidi controls and
 * zero-width characters as visible [U+202E], cut to max_chars characters with "…". Newly allocated. */
char *sek_text_show (const char *text, gsize max_chars);

/* Valid UTF-8 of at most max_bytes, cut between characters; NULs end the text. Newly allocated.
 * length is in bytes, or -1 for a NUL-terminated text. */
char *sek_text_clip (const char *text, gssize length, gsize max_bytes);

/* UTF-16LE up to its first NUL or max_bytes of UTF-8, with U+FFFD for what is no character; length in bytes.
 * Newly allocated. */
char *sek_text_of_utf16le (gconstpointer bytes, gsize length, gsize max_bytes);

/* TRUE for characters that are never seen: zero width, bidi embedding, override and isolate, soft hyphen,
 * tags. */
gboolean sek_text_is_hidden_char (gunichar c);

/* TRUE when a name has a Han, kana or hangul character, where two characters are a name already. */
gboolean sek_text_has_cjk (const char *text);

/* A person's name for comparing: sek_text_fold, honorifics, titles and company words stripped (様, 部長, (株)
 * …), brackets and what they hold dropped, punctuation and spaces removed. "Ota, Michiko" and "Michiko Ota"
 * give the same key, as the words of a Latin name are sorted. Empty when nothing is left. Newly allocated. */
char *sek_text_name_key (const char *name);

/* Every key a display name may stand for: the whole name, each side of a separator ("Sakura＠Ota", "Ota
 * (Sakura)"), and two Japanese words in swapped order. NULL-terminated, without repeats, newly allocated. */
char **sek_text_name_keys (const char *name);

/* The text in the first of languages (as of g_get_language_names ()) that texts has, else the one under "";
 * "" when there is none. texts: language -> UTF-8. Borrowed. */
const char *sek_text_in_languages (GHashTable *texts, const char *const *languages);

G_END_DECLS
