/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the scanner's tests share: mails made in memory, and ways to have them read. */
#pragma once

#include "agent/core/core.h"
#include "agent/scanner/host/host.h"

G_BEGIN_DECLS

/* A memfd with these bytes. */
int test_memfd (const char *bytes, gsize length);

/* Reads a mail through the real, sealed sekisho-scanner; fails the test when there are no facts. */
SekFacts *test_scan (SekScanner *scanner, const char *bytes, gsize length);

/* A mail with a text and one attachment, base64. name goes into the header as it is. Newly allocated. */
GString *test_mail_with_attachment (const char *name, gconstpointer bytes, gsize length);

/* TRUE when the facts have this problem. */
gboolean test_has_problem (const SekFacts *facts, const char *code);

/* The attachment of this index; fails the test when there is none. */
const SekAttachment *test_attachment (const SekFacts *facts, guint index);

/* Asserts entry index of an archive. */
void test_assert_entry (
    const SekAttachment *attachment, guint index, const char *name, gint64 size, gboolean encrypted);

G_END_DECLS
