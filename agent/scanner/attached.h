/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mail that hangs on a report or on a forwarding mail. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The bytes of the first attached mail (message/rfc822); NULL when there is none. */
GBytes *sek_attached_mail (const char *bytes, gsize length);

G_END_DECLS
