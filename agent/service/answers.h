/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which mail is the administrator's answer to a report, and what it says. Knows neither store nor bus. */
#pragma once

#include "agent/core/core.h"

G_BEGIN_DECLS

/* The ids of reports (char *, lower-case hex) that this mail refers to by In-Reply-To, References or the
 * field X-Sekisho-Report. NULL when the mail can't be an answer: it is not from the policy's report address
 * and nobody else, a gateway of the policy says that its authentication failed, or it refers to no report.
 * Whether a report of such an id was ever sent is for the caller to find out. */
GPtrArray *sek_answer_reports (const SekFacts *facts, const SekPolicy *policy);

/* "dangerous", "harmless" or "thanks" by the field X-Sekisho-Verdict, else by the first line of the text;
 * "answered" when neither is clear. */
const char *sek_answer_judgement (const SekFacts *facts);

G_END_DECLS
