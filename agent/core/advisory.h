/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the administrator has said of mails that went around (groups [advisory ID] of the policy), and what a
 * mail leaves behind by which it is found again. */
#pragma once

#include "agent/core/level.h"

G_BEGIN_DECLS

/* The marks of one mail that an advisory may name. Arrays are never NULL. */
typedef struct
{
  char *message_id;    /* without <>; NULL when absent */
  char *subject;       /* normal form (SekSubject.normal); "" when absent */
  char **senders;      /* addr-specs of From, Sender, Reply-To in normal form */
  char **domains;      /* their domains, lower case */
  char **sha256s;      /* of the attachments, lower-case hex */
  char **link_domains; /* hosts that links lead to, lower case */
} SekTraces;

/* Everything empty. */
SekTraces *sek_traces_new (void);
void sek_traces_free (SekTraces *traces);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekTraces, sek_traces_free)

/* One [advisory ID]. A kind of mark that it does not name is NULL. */
typedef struct
{
  char *id;            /* a-z, 0-9 and - */
  gint64 published;    /* seconds since 1970 UTC; 0 when it does not say */
  SekLevel level;      /* of a mail that it means; SEK_LEVEL_CLEAR: judged harmless */
  GHashTable *texts;   /* language ("ja"; "" without one) -> what people are told, UTF-8 */
  gboolean quarantine; /* a mail that it means is moved to the Quarantine folder */
  char **senders;
  char **domains;     /* what is below one of them is meant as well */
  char **subjects;    /* normal form, with * and ? */
  char **message_ids; /* without <> */
  char **sha256s;
  char **link_domains; /* what is below one of them is meant as well */
} SekAdvisory;

/* Level danger, quarantine, no marks. id is copied. */
SekAdvisory *sek_advisory_new (const char *id);
void sek_advisory_free (SekAdvisory *advisory);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekAdvisory, sek_advisory_free)

/* What people are told, in the first of languages (g_get_language_names ()) that there is; "" when nothing is
 * said. Borrowed. */
const char *sek_advisory_text (const SekAdvisory *advisory, const char *const *languages);

/* TRUE when it names at least one kind of mark. */
gboolean sek_advisory_has_marks (const SekAdvisory *advisory);

/* TRUE when the mail has one of each kind of mark that the advisory names. One without any marks means no
 * mail.
 */
gboolean sek_advisory_means (const SekAdvisory *advisory, const SekTraces *traces);

G_END_DECLS
