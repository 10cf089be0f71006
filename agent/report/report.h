/* SPDX-License-Identifier: GPL-3.0-or-later */
/* agent/report: builds the report of one mail (RFC 5322, RFC 5965) and delivers it. Treats the original as
 * opaque bytes; knows neither the store nor the bus. */
#pragma once

#include <gio/gio.h>
#include "agent/core/core.h"

G_BEGIN_DECLS

#define SEK_REPORT_ERROR (sek_report_error_quark ())
GQuark sek_report_error_quark (void);
typedef enum
{
  SEK_REPORT_ERROR_CONFIG,    /* the policy names no usable way: waits for another policy */
  SEK_REPORT_ERROR_TEMPORARY, /* try again later */
  SEK_REPORT_ERROR_PERMANENT, /* the server refused this report for good */
  SEK_REPORT_ERROR_UNTRUSTED, /* the connection is not safe: a bad certificate, or no TLS where it must be */
  SEK_REPORT_ERROR_SECRET,    /* the login needs a secret that is not there, or the server refused it */
} SekReportError;

typedef struct
{
  GBytes *original;          /* the exact bytes of the mail */
  const SekVerdict *verdict; /* NULL: reported without a verdict */
  const SekPolicy *policy;
  const char *reporter;    /* addr-spec of the person; NULL when not known */
  const char *client;      /* e.g. "Claws Mail 4.1.1"; may be NULL */
  const char *folder;      /* may be NULL */
  gint64 now;              /* seconds since 1970 */
  gboolean is_feedback;    /* the person finds the mail harmless; FALSE: suspicious */
  const char *attachments; /* "held", "released" or "free" in the client; NULL when not known */
  gboolean rebuilt;        /* original is not what came, but what the client made of it */
  const char *proof;       /* of sek_report_proof; NULL: no answer will be believed by it */
} SekReportInput;

/* A stored report as a mail that any mail server takes: lines of a bearable length. A new reference. */
GBytes *sek_report_for_mail (GBytes *report);

/* Seconds that the server asked to be left alone, of an error of SEK_REPORT_ERROR; 0: it did not. */
gint64 sek_report_error_wait (const GError *error);

/* The report's id: 32 hex digits derived from the bytes of the mail. Newly allocated. */
char *sek_report_id (GBytes *original);

/* The same for what is no report but feedback: that the mail is harmless. */
char *sek_report_feedback_id (GBytes *original);

/* What the Message-ID of the report with this id ends with: whoever repeats it has had the report. key: this
 * installation's own, of which nobody else knows. 32 hex digits, newly allocated. */
char *sek_report_proof (GBytes *key, const char *id);

/* Whether message_id (without <>) is that of a report which this installation has made. */
gboolean sek_report_is_proven (GBytes *key, const char *message_id);

/* The whole report as a mail with CRLF line ends, by the policy's profile: multipart/report;
 * report-type=feedback-report with a text for the administrator, message/feedback-report, and the original as
 * message/rfc822; the same without the second; or one JSON object. Message-ID is derived from the id, so that
 * repeats fold. */
GBytes *sek_report_build (const SekReportInput *input);

/* What the policy's way asks for to log in. */
typedef enum
{
  SEK_REPORT_NO_LOGIN,
  SEK_REPORT_PASSWORD, /* of the policy's login */
  SEK_REPORT_TOKEN,    /* a header field of the policy's has room for it */
} SekReportLogin;
SekReportLogin sek_report_login (const SekPolicy *policy);

/* Delivers by the policy's transport. Blocks: call it in a thread. message: from sek_report_build. secret:
 * what belongs to the policy's login, NULL when nobody knows it. */
gboolean sek_report_deliver (const SekPolicy *policy,
                             const char *reporter,
                             const char *secret,
                             GBytes *message,
                             const char *report_id,
                             GCancellable *cancellable,
                             GError **error);

/* The Maildir that is the embedded default, $XDG_DATA_HOME/sekisho/reports; newly allocated. */
char *sek_report_default_maildir (void);

G_END_DECLS
