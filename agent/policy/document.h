/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One policy file as it was read: what it says, each with its place, and every fault. */
#pragma once

#include "agent/policy/keys.h"

G_BEGIN_DECLS

typedef struct
{
  const SekPolicyKey *row;
  char *group;
  char *key;
  char *value; /* trimmed, without escapes */
  guint line;
} SekPolicyEntry;

typedef struct
{
  guint line;
  guint column; /* in characters, counted from 1 */
  char *reason;
} SekPolicyFault;

typedef struct
{
  char *name;         /* of the file, for messages */
  GPtrArray *entries; /* SekPolicyEntry, those without fault */
  GPtrArray *faults;  /* SekPolicyFault, in the order of lines */
  gboolean usable;    /* what is left of it can be gone by: nothing stands in another light than was meant */
} SekPolicyDocument;

/* Reads a file's bytes. Never NULL. A file that is no key file, says something twice, or has a fault in what
 * carries the reports or counts the versions is not usable; of another one the faulty lines are left out, and
 * an [advisory ID] with a fault whole. */
SekPolicyDocument *sek_policy_document_parse (const char *data, gsize length, const char *name);

/* Whose file it may be. */
typedef enum
{
  SEK_OWNER_ANY,
  SEK_OWNER_ROOT,       /* root's, and nobody else may write into it */
  SEK_OWNER_ROOT_OR_ME, /* or the same of the user who runs the program */
} SekPolicyOwner;

/* The same from a file. NULL and SEK_POLICY_ERROR_READ when it can't be read or is somebody else's. */
SekPolicyDocument *sek_policy_document_load (const char *path, SekPolicyOwner owner, GError **error);

void sek_policy_document_free (SekPolicyDocument *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekPolicyDocument, sek_policy_document_free)

/* "FILE:LINE:COLUMN: reason", as compilers say it. Newly allocated. */
char *sek_policy_fault_to_string (const SekPolicyDocument *document, const SekPolicyFault *fault);

G_END_DECLS
