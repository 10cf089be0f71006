/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the table of keys says, as a file to begin with and as a manual. */
#pragma once

#include "agent/policy/keys.h"

G_BEGIN_DECLS

/* A policy file that names every key with its meaning, in the language of the locale, and changes nothing:
 * the keys are comments. Newly allocated, UTF-8. */
char *sek_policy_sample (void);

/* The part of sekisho-policy(5) about groups and keys, as man(7), in English. Newly allocated. */
char *sek_policy_manual (void);

/* What is known of a row: its meaning, standing and default, one sentence each, translated. Newly allocated.
 */
char *sek_policy_key_about (const SekPolicyKey *row);

G_END_DECLS
