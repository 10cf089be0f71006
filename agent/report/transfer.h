/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One conversation of libcurl with a server: what every way shares, above all that certificates are verified.
 */
#pragma once

#include <curl/curl.h>

#include "agent/report/report-private.h"

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CURL, curl_easy_cleanup)
typedef struct curl_slist SekCurlList;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekCurlList, curl_slist_free_all)

typedef struct
{
  const char *target; /* as the policy names it */
  const guint8 *data; /* what is sent */
  gsize length;
  gsize sent;
  GCancellable *cancellable;
  char *refusal; /* the server's words, fit to be shown; NULL while it has refused nothing */
  char fault[CURL_ERROR_SIZE];
} SekTransfer;

void sek_transfer_clear (SekTransfer *transfer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SekTransfer, sek_transfer_clear)

/* A handle with everything set that does not depend on the protocol. NULL with error. transfer must live as
 * long as the handle. */
CURL *sek_transfer_start (SekTransfer *transfer, const SekPolicy *policy, GError **error);

/* Sets error with the sentence "The server “target” did not take the report: reason"; returns FALSE. */
gboolean
sek_transfer_fail (const SekTransfer *transfer, SekReportError code, const char *reason, GError **error);

/* Judges a result where the server itself said nothing: cancelled, an untrusted certificate, no TLS, the
 * network. Returns FALSE with error. */
gboolean sek_transfer_judge (const SekTransfer *transfer, CURL *curl, CURLcode result, GError **error);

G_END_DECLS
