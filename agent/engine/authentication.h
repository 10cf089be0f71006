/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What our own mail gateway said of a mail's authentication (RFC 8601). */
#pragma once

#include "agent/core/core.h"

G_BEGIN_DECLS

typedef struct
{
  char *method; /* "spf", "dkim", "dmarc", "arc" …, lower case */
  char *result; /* "pass", "fail", "none" …, lower case */
  char *domain; /* whom it is about, lower case: smtp.mailfrom, header.d or header.from; "" when not said */
} SekAuthResult;

/* Reads one Authentication-Results field. *authserv_id is set to the host that speaks, in lower case and
 * newly allocated, or to NULL when the field names none (Exchange Online leaves it out). Returns
 * SekAuthResult, never NULL; what can't be read is left out. */
GPtrArray *sek_authentication_parse (const char *field, char **authserv_id);

/* The results in the topmost field that a gateway of the policy wrote: a gateway writes above what it found,
 * and fields below it may be anybody's. NULL when there is no such field. */
GPtrArray *sek_authentication_of_gateway (const SekFacts *facts, const SekPolicy *policy);

G_END_DECLS
