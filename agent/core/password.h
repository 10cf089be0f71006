/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Passwords that a text gives away. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The tokens that text names as a password, in order of appearance, without repeats, at most
 * SEK_PASSWORDS_MAX: "パスワード： abc123", "Password: abc", a token alone on the line after. "Sent
 * separately" gives none. text may be NULL. NULL-terminated, newly allocated. */
char **sek_password_candidates (const char *text);

G_END_DECLS
