/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Training mails (drills): recognised by a token that holds for one mail only, never by a mere header field.
 */
#pragma once

#include "agent/core/core.h"

G_BEGIN_DECLS

typedef enum
{
  SEK_TRAINING_NONE,       /* no token, or the policy has no secret */
  SEK_TRAINING_RECOGNISED, /* the token is right */
  SEK_TRAINING_FORGED,     /* there is one, and it is not */
} SekTraining;

/* HMAC-SHA256 (RFC 2104) under secret, in lower-case hex, of what sekisho-policy(5) calls the mail's marks:
 * its Message-ID, the address in From, its Date, what is attached and where its links lead. So a token that
 * somebody took from a drill recommends no other file or link. NULL when the mail lacks one of the first
 * three or has several authors. Newly allocated. */
char *sek_training_token (const SekFacts *facts, const char *secret);

/* Whether the mail has a token, and a right one. */
SekTraining sek_training_examine (const SekFacts *facts, const SekPolicy *policy);

G_END_DECLS
