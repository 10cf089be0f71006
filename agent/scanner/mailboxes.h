/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mailbox lists (RFC 5322 §3.4) read from what is really sent: nothing a person would see in the field is
 * dropped, since it may be the evidence. */
#pragma once

#include "agent/core/mailbox.h"
#include "agent/scanner/header.h"

G_BEGIN_DECLS

/* Appends the SekMailboxes of one field (value as from sek_header_unfold) in order, groups flattened. A
 * mailbox without an address keeps its name. FALSE when SEK_MAILBOXES_MAX cut the list. */
gboolean sek_mailboxes_read (GPtrArray *mailboxes, const char *value, SekDecoding *decoding);

G_END_DECLS
