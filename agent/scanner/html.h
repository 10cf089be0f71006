/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HTML as a person reads it, and the links in it. */
#pragma once

#include "agent/core/facts.h"

G_BEGIN_DECLS

/* Appends the visible text of html (valid UTF-8) to the facts' html_text and its links to their links. What
 * is hidden is left out; inline elements do not part words, blocks do. */
void sek_html_read (SekFacts *facts, const char *html);

G_END_DECLS
