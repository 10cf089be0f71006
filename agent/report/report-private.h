/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside agent/report: the parts of a report and the ways it can go. */
#pragma once

#include "agent/report/original.h"
#include "agent/report/report.h"

G_BEGIN_DECLS

/* What the administrator reads first, in the language of this desktop: UTF-8, CRLF line ends. Newly
 * allocated. */
char *sek_report_summary (const SekReportInput *input, SekForm form);

/* sender and recipient: addr-specs that sek_header_is_plain_address accepts. target: host:port. */
gboolean sek_report_deliver_smtp (const char *target,
                                  const char *sender,
                                  const char *recipient,
                                  GBytes *message,
                                  GCancellable *cancellable,
                                  GError **error);

/* path: absolute, of the Maildir; made when missing. id: letters and digits. */
gboolean sek_report_deliver_maildir (const char *path, const char *id, GBytes *message, GError **error);

G_END_DECLS
