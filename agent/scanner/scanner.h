/* SPDX-License-Identifier: GPL-3.0-or-later */
/* agent/scanner: hostile bytes in, facts out. These are the functions themselves, without a seal: for the
 * sealed child, for tests and for fuzzers. Everybody else asks agent/scanner/host. */
#pragma once

#include "agent/core/core.h"

G_BEGIN_DECLS

/* Gets what is known so far, each time something is added that a later step might take down. */
typedef void (*SekScanPublish) (const SekFacts *facts, gpointer user_data);

/* Reads one mail. bytes: the exact mail, or its first SEK_HEAD_BYTES when size, its true size, is above
 * SEK_MAIL_BYTES_MAX. passwords: those that the agent offers for what is locked, UTF-8, NULL-terminated; may
 * be NULL. publish may be NULL. Never fails: what can not be read is in the facts' problems. */
SekFacts *sek_scan_bytes (const char *bytes,
                          gsize length,
                          gint64 size,
                          const char *const *passwords,
                          SekScanPublish publish,
                          gpointer user_data);

/* Loads everything that the libraries would load later, when the seal forbids it. What comes back keeps it
 * loaded until it is unreferenced. Call once in a process, before the first scan. */
GPtrArray *sek_scan_warm_up (void);
/* Reads a mail of our own. After a fork it gives the process its own copies of what any mail would write to.
 */
void sek_scan_once (void);

G_END_DECLS
