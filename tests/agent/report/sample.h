/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mails of every shape, a verdict that a stranger had his hands in, and how the original is had back from a
 * report by somebody who knows nothing but RFC 2046. */
#pragma once

#include "agent/report/report.h"

typedef struct
{
  const char *name;
  const char *form; /* X-Sekisho-Original-Form */
  GBytes *bytes;
} Shape;

/* Shape; two of them have 25 MB. */
GPtrArray *sample_shapes (void);

/* Danger, with two findings. subject: as it would be shown. */
SekVerdict *sample_verdict (const char *subject);

/* Policy that reports to security@kaede.example. */
SekPolicy *sample_policy (SekReportTransport transport, const char *target);

/* The report of original from ota@kaede.example. */
GBytes *sample_report (GBytes *original, const SekVerdict *verdict, const SekPolicy *policy);

/* The mail inside a report with CRLF or LF line ends, byte for byte. *form (may be NULL): newly allocated. */
GBytes *sample_extract (const char *report, gsize length, char **form);

void sample_assert_bytes (GBytes *got, GBytes *expected, const char *name);
