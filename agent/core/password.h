/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Passwords that a mail gives away. */
#pragma once

#include "agent/core/facts.h"

G_BEGIN_DECLS

typedef struct
{
  char *password;
  const char *source; /* as SekAttachment's password_source; static */
} SekPassword;
void sek_password_free (SekPassword *password);

/* The tokens that text names as a password, surest first, without repeats, at most SEK_PASSWORDS_MAX:
 * "パスワード： abc123", "Password: abc", a token alone on the line after; also what it only describes
 * ("today's date", from date, seconds since 1970; 0 when not known). What is said to be sent separately gives
 * none. text may be NULL. NULL-terminated, newly allocated. */
char **sek_password_candidates (const char *text, gint64 date);

/* The same for a file name, "report_pw1234.zip", "請求書(パスワード1103).zip". */
char **sek_password_candidates_in_name (const char *file_name);

/* TRUE when text says that the password comes another way or later. text may be NULL. */
gboolean sek_password_comes_separately (const char *text);

/* Everything that a mail gives away in texts, subject and file names, surest first, without repeats, at most
 * SEK_PASSWORDS_MAX. SekPassword, newly allocated. */
GPtrArray *sek_passwords_in_mail (const SekFacts *facts);

/* Appends password unless it is there already, empty, too long, or there are SEK_PASSWORDS_MAX. */
void sek_passwords_add (GPtrArray *passwords, const char *password, const char *source);

/* The passwords alone; NULL-terminated, newly allocated. */
char **sek_passwords_to_strv (const GPtrArray *passwords);

/* TRUE when something of the mail is locked that no password has opened. */
gboolean sek_passwords_are_wanted (const SekFacts *facts);

/* Each attachment that one of these opened, being offered, says where it is from. */
void sek_passwords_name_sources (SekFacts *facts, const GPtrArray *offered);

G_END_DECLS
