/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The passwords at hand for the locked files of one mail. */
#pragma once

#include "agent/core/password.h"

G_BEGIN_DECLS

/* What the mail gives away in subject, texts and file names, then what the agent offers from earlier mails
 * (UTF-8, NULL-terminated; may be NULL): surest first, without repeats, at most SEK_PASSWORDS_MAX. The facts'
 * texts must have been read. SekPassword, newly allocated. */
GPtrArray *sek_passwords_gather (const SekFacts *facts, const char *const *offered);

G_END_DECLS
