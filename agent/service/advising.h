/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The warning that comes back: what the administrator says of mails is shown once, and those who have such a
 * mail already are told, though it was opened before. */
#pragma once

#include "agent/service/policy-watch.h"
#include "agent/store/seen.h"

G_BEGIN_DECLS

typedef struct SekAdvising SekAdvising;

/* A mail that was seen before and is meant by an advisory. move: a mail client is to put it into Quarantine.
 */
typedef void (*SekAdvisedFunc) (const SekSeenMail *mail,
                                const SekAdvisory *advisory,
                                gboolean move,
                                gpointer user_data);

/* Begins with what is in force. store and policy must live longer. */
SekAdvising *
sek_advising_new (SekStore *store, SekPolicyWatch *policy, SekAdvisedFunc advised, gpointer user_data);
void sek_advising_free (SekAdvising *advising);

/* To be called when another policy is in force. */
void sek_advising_policy_changed (SekAdvising *advising);

/* How many mails of this person an advisory of the policy in force means; 0 when that can't be read. */
gint64 sek_advising_count (SekAdvising *advising, const SekAdvisory *advisory);

/* Keeps a mail for the advisories to come, and notes which of those in force have judged it already. */
void sek_advising_saw (SekAdvising *advising,
                       const SekFacts *facts,
                       const SekVerdict *verdict,
                       const char *client,
                       const char *folder);

G_END_DECLS
