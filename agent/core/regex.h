/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Regular expressions of our own that are compiled once. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* pattern, which must be right, compiled when it is first asked for and kept in *place, a static variable
 * that begins as NULL. From any thread. Not made into machine code: the agent's unit forbids that, and what
 * is searched is short. Borrowed. */
GRegex *sek_regex_once (GRegex **place, const char *pattern);

G_END_DECLS
