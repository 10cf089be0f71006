/* SPDX-License-Identifier: GPL-3.0-or-later */
/* VERDICT: the level of one mail and the findings that led to it. Codes and parameters only; sentences are
 * made in wording.h. */
#pragma once

#include "agent/core/details.h"
#include "agent/core/level.h"

G_BEGIN_DECLS

typedef struct
{
  char *key;   /* fixed word, e.g. "shown", "address", "file" */
  char *value; /* UTF-8, from sek_text_show: safe in one line */
} SekEvidence;

/* One check's opinion. */
typedef struct
{
  char *check; /* name of the check, e.g. "fake-reply" */
  char *code;  /* which of the check's sentences, e.g. "no-headers"; "" for its only one */
  SekLevel level;
  GPtrArray *evidence; /* SekEvidence, in order */
} SekFinding;

/* check and code are copied; code may be NULL. */
SekFinding *sek_finding_new (const char *check, const char *code, SekLevel level);
void sek_finding_free (SekFinding *finding);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekFinding, sek_finding_free)

/* Appends a pair; value is passed through sek_text_show and may be NULL (nothing is added). */
void sek_finding_add (SekFinding *finding, const char *key, const char *value);
void sek_finding_add_int (SekFinding *finding, const char *key, gint64 value);
/* Borrowed; NULL when there is no such key. */
const char *sek_finding_get (const SekFinding *finding, const char *key);

typedef struct
{
  char *id; /* names this verdict on the bus; "" when it was never on it */
  SekLevel level;
  GPtrArray *findings;  /* SekFinding, gravest first */
  char *subject;        /* as shown in one line; "" when absent */
  char *claimed_name;   /* who the mail says it is from: the display name; "" when there is none */
  char *sender_address; /* the address that sent it; "" when there is none */
  char *known_address;  /* an address this name is known to write from; "" when not known */
  char *telephone;      /* the number of who writes from known_address, by the policy; "" when not known */
  char *message_id;     /* without <>; "" when absent */
  gboolean training;    /* a drill of the organisation's: for the report, and for the person after it */
  gboolean may_trust;   /* "Trust this sender" may be offered: it would quiet this warning, and can't hurt */
  SekDetails *details;  /* of a warning, for people who know mail; NULL when there are none. Never stored */
  gint64 microseconds;  /* scanner plus engine */
} SekVerdict;

/* Clear, all strings "", no findings. */
SekVerdict *sek_verdict_new (void);
SekVerdict *sek_verdict_copy (const SekVerdict *verdict);
void sek_verdict_free (SekVerdict *verdict);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekVerdict, sek_verdict_free)

/* a{sv}, floating. */
GVariant *sek_verdict_to_variant (const SekVerdict *verdict);
/* Checks type and bounds; NULL and SEK_CORE_ERROR_FORMAT when it is not a verdict. */
SekVerdict *sek_verdict_from_variant (GVariant *variant, GError **error);

G_END_DECLS
