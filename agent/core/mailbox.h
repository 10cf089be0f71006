/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A mailbox as RFC 5322 §3.4 names it: an optional display name and an addr-spec. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *display_name; /* decoded UTF-8 as it would be shown; NULL when there is none */
  char *addr_spec;    /* local-part@domain as sent, UTF-8; NULL when the field held none */
} SekMailbox;

/* Copies both strings; either may be NULL. */
SekMailbox *sek_mailbox_new (const char *display_name, const char *addr_spec);
void sek_mailbox_free (SekMailbox *mailbox);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekMailbox, sek_mailbox_free)

/* "Name <addr>", "addr" or "Name", whichever parts there are; newly allocated. For people, not for a header.
 */
char *sek_mailbox_to_string (const SekMailbox *mailbox);

/* The domain after the last @, borrowed from addr_spec; NULL when addr_spec is NULL or has none. */
const char *sek_addr_spec_domain (const char *addr_spec);

/* addr_spec ready for comparing: trimmed, without <>, folded to lower case. NULL for NULL; newly allocated.
 */
char *sek_addr_spec_normal (const char *addr_spec);

/* TRUE when both name the same mailbox (case ignored, as every receiving system in practice does). */
gboolean sek_addr_spec_equal (const char *a, const char *b);

/* Finds every address written in free text such as a display name, also with full-width signs (＠ ．), around
 * brackets and with "(at)"-free spelling only. Returns a newly allocated, NULL-terminated array in order of
 * appearance, in normal form; empty when there is none. text may be NULL. */
char **sek_addr_spec_find_all (const char *text);

G_END_DECLS
