/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Links that a person can click. */
#pragma once

#include "agent/core/facts.h"

G_BEGIN_DECLS

/* Appends the bare URLs of plain text (http, https, ftp, www.) to the facts' links, without what punctuation
 * follows. */
void sek_links_from_text (SekFacts *facts, const char *text);

/* Appends one link, bounded; the same one is not added twice. text may be NULL; both are copied and cut to
 * SEK_NAME_CHARS_MAX. */
void sek_links_add (SekFacts *facts, const char *target, const char *text);

/* Appends where a form is sent, bounded. asked is what it asks for, "password", or NULL when nothing secret.
 */
void sek_links_add_form (SekFacts *facts, const char *target, const char *asked);

/* The links from index known on stand in the attached mail of this subject. */
void sek_links_mark (SekFacts *facts, guint known, const char *where);

G_END_DECLS
