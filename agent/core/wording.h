/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one place where findings become sentences, in the reader's language. */
#pragma once

#include "agent/core/verdict.h"

G_BEGIN_DECLS

/* Binds the translations (SEKISHO_LOCALEDIR or the installed folder). Call once in a program; in a plugin
 * after the host has set its locale. */
void sek_wording_init (void);

/* One or two plain sentences with the evidence in them. Newly allocated plain text, no markup. */
char *sek_wording_finding (const SekFinding *finding);

/* The headline of a verdict: what to think of this mail in one short sentence, by its level and what its
 * gravest finding speaks of. Static, translated. */
const char *sek_wording_headline (const SekVerdict *verdict);

/* "Clear", "Notice", "Caution", "Danger". Static, translated. */
const char *sek_wording_level (SekLevel level);

/* What a mail that came in is labelled with in the list of mails; NULL when it is not. */
const char *sek_wording_tag (SekLevel level);

/* A short label for a key of evidence, e.g. "Address". Static, translated; the key itself when unknown. */
const char *sek_wording_evidence_key (const char *key);

/* TRUE when (check, code) has a sentence of its own: what a test walks the check table with. */
gboolean sek_wording_knows (const char *check, const char *code);

G_END_DECLS
