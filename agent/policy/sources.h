/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The policy files of this machine: where they are, and what they say together. */
#pragma once

#include "agent/policy/layers.h"

G_BEGIN_DECLS

/* What was found, and what follows. */
typedef struct
{
  GPtrArray *sources;   /* SekPolicySource */
  GPtrArray *decisions; /* SekPolicyDecision, of these sources */
  SekPolicy *policy;
  GPtrArray
      *problems; /* char *: each fault as "FILE:LINE:COLUMN: reason", and each file that can't be used */
} SekPolicyState;

void sek_policy_state_free (SekPolicyState *state);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekPolicyState, sek_policy_state_free)

/* The folder of the system's files, policy.conf and policy.d/NAME.conf: static. */
const char *sek_policy_system_folder (void);
/* The person's own file, newly allocated. */
char *sek_policy_personal_path (void);

/* Files and folders whose change makes it worth while to read again. named: NULL for the system's folder; a
 * folder like it, or one file, that takes its place. NULL-terminated, newly allocated. */
char **sek_policy_watched_paths (const char *named);

/* Reads all files. named: as above; a named one may be the user's as well as root's, and has to be there.
 * before: what was in force, NULL at the start; of a file that has become unusable its last word stands. */
SekPolicyState *sek_policy_state_read (const char *named, const SekPolicyState *before);

G_END_DECLS
