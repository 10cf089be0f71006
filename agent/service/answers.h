/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which mail is the administrator's answer to a report, and what it says. Knows neither store nor bus. */
#pragma once

#include "agent/core/core.h"

G_BEGIN_DECLS

/* The ids of reports (char *, lower-case hex) that this mail refers to by In-Reply-To, References or the
 * field X-Sekisho-Report. NULL when the mail can't be an answer: it is not from the policy's report address
 * and nobody else, or it refers to no report. An id is the beginning of a mail's digest, and so no secret: it
 * counts when the reference is the whole Message-ID of the report, which only its receiver knows, or when a
 * gateway of the policy says that the writer's domain is proven. key: of sek_store_report_key. Whether a
 * report of such an id was ever sent is for the caller to find out. */
GPtrArray *sek_answer_reports (const SekFacts *facts, const SekPolicy *policy, GBytes *key);

/* "dangerous", "harmless" or "thanks" by the field X-Sekisho-Verdict, else by the first line of the text;
 * "answered" when neither is clear. */
const char *sek_answer_judgement (const SekFacts *facts);

G_END_DECLS
