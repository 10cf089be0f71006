/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every key a policy file may have, and what it sets. */
#pragma once

#include "agent/core/core.h"

G_BEGIN_DECLS

/* The policy while it is being read. */
typedef struct
{
  SekPolicy *policy;
  gboolean has_transport; /* [report] has named a way already */
} SekPolicyReading;

/* TRUE when there is such a group. */
gboolean sek_policy_group_is_known (const char *group);

/* Takes one value over into reading->policy. value: UTF-8, trimmed. FALSE with *reason, a newly allocated
 * part of a sentence, when there is no such key or the value is bad. */
gboolean sek_policy_read_key (
    SekPolicyReading *reading, const char *group, const char *key, const char *value, char **reason);

G_END_DECLS
