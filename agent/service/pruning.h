/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps the history within the limits of the policy, a few messages at a time while nothing else is to do. */
#pragma once

#include "agent/service/policy-watch.h"
#include "agent/store/store.h"

G_BEGIN_DECLS

typedef struct SekPruning SekPruning;

/* store and policy are borrowed and must live longer. Begins in idle time, then looks again once an hour. */
SekPruning *sek_pruning_new (SekStore *store, const SekPolicyWatch *policy);
void sek_pruning_free (SekPruning *pruning);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekPruning, sek_pruning_free)

/* Another policy may keep less: looks now. */
void sek_pruning_policy_changed (SekPruning *pruning);

G_END_DECLS
