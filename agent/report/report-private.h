/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside agent/report: the parts of a report and the ways it can go. */
#pragma once

#include "agent/report/original.h"
#include "agent/report/report.h"

G_BEGIN_DECLS

/* What the administrator reads first, in the language of this desktop: UTF-8, CRLF line ends. Newly
 * allocated. */
char *sek_report_summary (const SekReportInput *input, SekForm form);

/* sender and the policy's address: addr-specs that sek_header_is_plain_address accepts. The policy's target
 * is host:port. secret: for the policy's login, NULL when it names none. */
gboolean sek_report_deliver_smtp (const SekPolicy *policy,
                                  const char *sender,
                                  const char *secret,
                                  GBytes *message,
                                  GCancellable *cancellable,
                                  GError **error);

/* path: absolute, of the Maildir; made when missing. id: letters and digits. */
gboolean sek_report_deliver_maildir (const char *path, const char *id, GBytes *message, GError **error);

G_END_DECLS
