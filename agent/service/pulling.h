/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks from time to time whether there is a newer signed policy, and takes it over at once. */
#pragma once

#include "agent/service/policy-watch.h"

G_BEGIN_DECLS

typedef struct SekPulling SekPulling;

/* Does nothing while the policy names no url. policy must live longer. changed is called in the main loop
 * when there is something new to say. */
SekPulling *
sek_pulling_new (SekPolicyWatch *policy, void (*changed) (gpointer user_data), gpointer user_data);
/* Ends a look under way, and waits for its thread. */
void sek_pulling_free (SekPulling *pulling);

/* Looks now, or as soon as the look under way is over. */
void sek_pulling_now (SekPulling *pulling);
/* To be called when another policy is in force. */
void sek_pulling_policy_changed (SekPulling *pulling);

/* Adds "pull-url" s ("": nothing is fetched), "pulled" x (when the server last answered well; 0: never) and
 * "pull-error" s to the Policy property.
 */
void sek_pulling_add_to (const SekPulling *pulling, GVariantDict *dict);

G_END_DECLS
