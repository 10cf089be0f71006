/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose the domains are that links lead to. */
#pragma once

#include "agent/engine/check.h"
#include "agent/engine/url.h"

G_BEGIN_DECLS

/* TRUE when host is of the reader's organisation. */
gboolean sek_link_is_own (const SekCheckInput *input, const char *host);

/* TRUE when host is of the organisation that the mail says it is from; never for a domain where everybody can
 * have an address. */
gboolean sek_link_is_senders (const SekCheckInput *input, const char *host);

/* TRUE when both hosts belong to one organisation: the same registrable domain, the same name under another
 * suffix, or two domains that are known to be one house's (youtu.be and youtube.com). */
gboolean sek_link_is_same (const char *host_a, const char *host_b);

/* TRUE when the history knows mail from or to the registrable domain. */
gboolean sek_link_is_dealt_with (const SekCheckInput *input, const char *registrable);

/* TRUE when the reader has written to the author or heard of him several times. */
gboolean sek_link_author_is_known (const SekCheckInput *input);

G_END_DECLS
