/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which links of a mail lead out of it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* TRUE unless url names another place in the mail, a part of it, an address to write to, or something inside
 * the mail client. What nobody knows leads away. */
gboolean sek_link_leads_away (const char *url);

G_END_DECLS
