/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the history remembers of one message: ids, people, date. No body, no file. */
#pragma once

#include "agent/core/facts.h"
#include "agent/core/level.h"

G_BEGIN_DECLS

typedef struct
{
  char *message_id;      /* without <>; NULL when absent */
  GPtrArray *references; /* char *, ids without <>: References and In-Reply-To together */
  char *subject;         /* as decoded; the store brings it into normal form */
  SekMailbox *from;      /* NULL when absent */
  GPtrArray *recipients; /* SekMailbox: To and Cc */
  gint64 date;           /* seconds since 1970; 0 when unknown */
  gboolean sent_by_us;
} SekMessageSummary;

SekMessageSummary *sek_message_summary_new (void);
void sek_message_summary_free (SekMessageSummary *summary);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekMessageSummary, sek_message_summary_free)

/* sent_by_us is TRUE when the author is one of own_addresses (NULL-terminated, may be NULL). */
SekMessageSummary *sek_message_summary_from_facts (const SekFacts *facts, const char *const *own_addresses);

/* What a mail that was judged may teach; NULL when it may not: only a mail that gave no reason for caution
 * becomes part of what later mails are compared with. A mail that came through a server is never sent_by_us.
 */
SekMessageSummary *
sek_message_summary_from_judged (const SekFacts *facts, SekLevel level, const char *const *own_addresses);

/* a{sv}, floating; keys: message-id s, references as, subject s, from (ss) (display name, addr-spec),
 * recipients a(ss), date x, sent b. What Learn on the bus takes. */
GVariant *sek_message_summary_to_variant (const SekMessageSummary *summary);
SekMessageSummary *sek_message_summary_from_variant (GVariant *variant, GError **error);

G_END_DECLS
