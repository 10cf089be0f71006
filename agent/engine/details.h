/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The technical side of a verdict, for people who know mail. */
#pragma once

#include "agent/core/core.h"

G_BEGIN_DECLS

/* The way of the mail, the results of authentication and the header fields, those marked that a finding of
 * verdict is about. Newly allocated. */
SekDetails *sek_engine_details (const SekFacts *facts, const SekPolicy *policy, const SekVerdict *verdict);

G_END_DECLS
