/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose words a mail says it quotes: the lines that mail programs write above a quotation. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *address; /* of the one who is quoted, normal form */
  char *subject; /* of the quoted mail as written; NULL when the attribution has none */
} SekAttribution;

void sek_attribution_free (SekAttribution *attribution);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekAttribution, sek_attribution_free)

/* Finds the attributions in a body text, outermost quotation only: lines such as "On … NAME <ADDRESS> wrote:"
 * and blocks "From: … / Sent: … / Subject: …" in the languages of the table. At most SEK_ATTRIBUTIONS_MAX
 * SekAttribution in order, newly allocated; text may be NULL. */
GPtrArray *sek_attributions_find (const char *text);

G_END_DECLS
