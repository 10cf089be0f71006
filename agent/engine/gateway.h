/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What our own mail gateway wrote into a mail, told from what came with it. */
#pragma once

#include "agent/core/core.h"

G_BEGIN_DECLS

/* The trace fields ("Name: value") that were written by a gateway of the policy or by hosts of ours behind
 * it: those above the lowest Received or Authentication-Results that it wrote when it took the mail over from
 * outside. A mail passes through a gateway's filter between two such fields, so hops of the gateway to itself
 * are followed down. NULL when the mail did not come through a gateway; else borrowed strings of facts. */
GPtrArray *sek_gateway_fields (const SekFacts *facts, const SekPolicy *policy);

/* The value when field has this name, without leading space; NULL otherwise. Borrowed. */
const char *sek_gateway_value (const char *field, const char *name);

G_END_DECLS
