/* SPDX-License-Identifier: GPL-3.0-or-later */
/* agent/engine: FACTS + history + policy → VERDICT. Pure: no clock, no file, no bus, no parser, no locale. */
#pragma once

#include "agent/core/core.h"
#include "agent/directory/directory.h"

G_BEGIN_DECLS

typedef struct
{
  const SekFacts *facts;
  const SekHistory *history; /* NULL: no history yet */
  const SekPolicy *policy;
  const char *const *own_addresses; /* the reader's addresses, NULL-terminated; may be NULL */
  const SekDirectory *directory;    /* whom the organisation has; NULL: only the policy's people, unread */
} SekEngineInput;

/* Runs every check of the table and the level rule. Never NULL; id is "" and microseconds 0. */
SekVerdict *sek_engine_judge (const SekEngineInput *input);

/* The groups "check NAME" and "rule NAME" of the policy whose NAME nothing here has, so that a slip of the
 * pen does not stay unnoticed. NULL-terminated, newly allocated, never NULL. */
char **sek_engine_unknown_groups (const SekPolicy *policy);

/* The registrable domains of the policy's own domains and of own_addresses (may be NULL), without those where
 * everybody can have an address. NULL-terminated, newly allocated. */
char **sek_own_organisations (const SekPolicy *policy, const char *const *own_addresses);

/* The organisation that an address belongs to, as its registrable domain; "" when everybody can have an
 * address there. addr_spec may be NULL. Newly allocated. */
char *sek_organisation_of (const char *addr_spec);

G_END_DECLS
