/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every key a policy file may have: one table, which reading, manual, sample and explanation share. */
#pragma once

#include "agent/policy/key-types.h"

G_BEGIN_DECLS

/* Who has the last word. A person's own setting always counts where no file of the administrator says
 * anything. */
typedef enum
{
  SEK_STANDING_MANDATORY,   /* the administrator */
  SEK_STANDING_RECOMMENDED, /* the person; the administrator's word is where he or she begins */
} SekStanding;

enum
{
  SEK_KEY_ROOT_ONLY = 1 << 0,  /* counts in files of root only, never in one that came over the network */
  SEK_KEY_LANGUAGES = 1 << 1,  /* may also be written key[ja] */
  SEK_KEY_WHOLE_FILE = 1 << 2, /* a bad value refuses the file: to go on without it is not safe */
  SEK_KEY_WAY = 1 << 3,        /* one of the ways a report may take, of which one counts */
};

struct SekPolicyKey
{
  const char *group; /* a name, or a word and "*" for any name: "check *" */
  const char *key;   /* NULL: any */
  const SekPolicyType *type;
  gssize offset; /* of the field in SekPolicy or, in "advisory *", in SekAdvisory; -1: none */
  SekStanding standing;
  guint flags;
  const char *preset;  /* what holds when nothing is said, as it would be written; "" when nothing */
  const char *example; /* for the sample file */
  const char *meaning; /* one or more sentences, to be translated */
};

typedef struct
{
  const char *group;   /* as in SekPolicyKey */
  const char *example; /* the group's name in the sample file */
  const char *meaning; /* to be translated */
} SekPolicyGroup;

/* The tables, in the order in which manual and sample show them. */
const SekPolicyKey *sek_policy_keys (gsize *count);
const SekPolicyGroup *sek_policy_groups (gsize *count);

/* TRUE when there is such a group. */
gboolean sek_policy_group_is_known (const char *group);

/* The row of a key; NULL when there is none. */
const SekPolicyKey *sek_policy_key_find (const char *group, const char *key);

/* Takes one value over. FALSE with *reason, a newly allocated part of a sentence, when the value is bad. */
gboolean sek_policy_key_read (SekPolicyReading *reading,
                              const SekPolicyKey *key,
                              const SekPolicyText *text,
                              char **reason);

/* What a person reads of the standing: "mandatory". Translated, static. */
const char *sek_standing_to_string (SekStanding standing);

G_END_DECLS
