/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a single value may look like: words, dates, domains, addresses. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* yes, no, true, false. FALSE when it is none of them. */
gboolean sek_value_boolean (const char *text, gboolean *value);
/* 2026-11-23 or 2026-11-23T09:00:00+09:00 (ISO 8601). *seconds: since 1970 UTC; untouched when it is none. */
gboolean sek_value_date (const char *text, gint64 *seconds);
/* A host or domain name, also one with letters beyond ASCII. */
gboolean sek_value_is_domain (const char *text);
/* local-part@domain without quotes. */
gboolean sek_value_is_address (const char *text);
/* host:port, the host also as [IPv6]. */
gboolean sek_value_is_host_port (const char *text);
/* An https:// URL with a host. */
gboolean sek_value_is_https (const char *text);
/* 64 hex digits. */
gboolean sek_value_is_sha256 (const char *text);

/* The items of "a; b;" trimmed, without empty ones. Newly allocated. */
char **sek_value_list (const char *text);

G_END_DECLS
