/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several policy files put together: whose word counts for each key. */
#pragma once

#include "agent/policy/document.h"

G_BEGIN_DECLS

/* From the lowest to the highest. A person's own file fills what is left free. */
typedef enum
{
  SEK_AUTHORITY_PERSON,
  SEK_AUTHORITY_SYSTEM, /* files of root on this machine */
  SEK_AUTHORITY_SIGNED, /* fetched, and signed with a key that a file of root names */
} SekPolicyAuthority;

typedef struct
{
  SekPolicyAuthority authority;
  SekPolicyDocument *document;
} SekPolicySource;

/* Counted references. document is taken. */
SekPolicySource *sek_policy_source_new (SekPolicyAuthority authority, SekPolicyDocument *document);
SekPolicySource *sek_policy_source_ref (SekPolicySource *source);
void sek_policy_source_unref (SekPolicySource *source);

/* What one source says of a key. */
typedef struct
{
  const SekPolicySource *source;
  const SekPolicyEntry *entry;
  const char *lost; /* why it does not count: translated, static; NULL when it does */
} SekPolicyVoice;

typedef struct
{
  char *group;
  char *key;
  GPtrArray *voices; /* SekPolicyVoice, the one that counts (if any) first */
} SekPolicyDecision;

/* Decides every key that a source names. sources: SekPolicySource, of equal authority the later one counts;
 * they and their documents must outlive what is returned. What is not usable is passed over.
 * SekPolicyDecision in the order of the files. */
GPtrArray *sek_policy_decide (const GPtrArray *sources);

/* The policy that follows. */
SekPolicy *sek_policy_from_decisions (const GPtrArray *decisions);

/* The decision on a key; NULL when no source names it. Borrowed. */
const SekPolicyDecision *
sek_policy_decision_find (const GPtrArray *decisions, const char *group, const char *key);
/* TRUE when an administrator has the last word on the key, and has said it. policy: what follows of
 * decisions. */
gboolean sek_policy_is_locked (const GPtrArray *decisions,
                               const SekPolicy *policy,
                               const char *group,
                               const char *key);
/* The voice that counts; NULL when none does. Borrowed. */
const SekPolicyVoice *sek_policy_decision_winner (const SekPolicyDecision *decision);

G_END_DECLS
