/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Up to a thousand known domains, put in order once for a mail, so that each of its many links need not be
 * held against each of them. */
#pragma once

#include "agent/engine/confusable.h"

G_BEGIN_DECLS

typedef struct SekKnownDomains SekKnownDomains;

/* domains: NULL-terminated, as in addresses; borrowed, they must outlive this. */
SekKnownDomains *sek_known_domains_new (char **domains);
void sek_known_domains_free (SekKnownDomains *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekKnownDomains, sek_known_domains_free)

/* The first of the domains that can't be told from foreign by its letters (SEK_RESEMBLES_HOMOGLYPH or
 * SEK_RESEMBLES_CONFUSABLE); borrowed, NULL when there is none. */
const char *sek_known_domains_find_double (const SekKnownDomains *self, const SekDomainName *foreign);

G_END_DECLS
