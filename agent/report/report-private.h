/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside agent/report: the parts of a report and the ways it can go. */
#pragma once

#include "agent/report/original.h"
#include "agent/report/report.h"

G_BEGIN_DECLS

/* What the administrator reads first, in the language of this desktop: UTF-8, CRLF line ends. Newly
 * allocated. */
char *sek_report_summary (const SekReportInput *input, SekForm form);

/* The sentence of a finding in this desktop's language, in one line, without the isolates that are for
 * widgets. Newly allocated. */
char *sek_report_sentence (const SekFinding *finding);

/* error: of SEK_REPORT_ERROR. */
void sek_report_error_set_wait (GError *error, gint64 seconds);

/* The fields of a stored report's header that are looked for later. */
#define SEK_MESSAGE_ID_FIELD "Message-ID"
#define SEK_CONTENT_TYPE_FIELD "Content-Type"

/* The value of a field in the header of message, which sek_report_build made; "" when it is not there. Newly
 * allocated. */
char *sek_stored_field (GBytes *message, const char *name);

/* What is behind the header of message. */
GBytes *sek_stored_body (GBytes *message);

/* message, with a body in base64 where its lines are too long for mail servers. A new reference. */
GBytes *sek_stored_in_lines (GBytes *message);

/* sender and the policy's address: addr-specs that sek_header_is_plain_address accepts. The policy's target
 * is host:port. secret: for the policy's login, NULL when it names none. */
gboolean sek_report_deliver_smtp (const SekPolicy *policy,
                                  const char *sender,
                                  const char *secret,
                                  GBytes *message,
                                  GCancellable *cancellable,
                                  GError **error);

/* The policy's target is a URL. secret: for the policy's token or login, NULL when it names none. */
gboolean sek_report_deliver_https (
    const SekPolicy *policy, const char *secret, GBytes *message, GCancellable *cancellable, GError **error);

/* path: absolute, of the Maildir; made when missing. id: letters and digits. */
gboolean sek_report_deliver_maildir (const char *path, const char *id, GBytes *message, GError **error);

G_END_DECLS
