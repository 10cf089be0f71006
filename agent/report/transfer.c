/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/report/transfer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define CONNECT_SECONDS 20L
/* A server may look through the mail for minutes before it takes it (RFC 5321 §4.5.3.2.6). */
#define RESPONSE_SECONDS 300L
/* 25 MB over a line of 256 kbit/s. */
#define OVERALL_SECONDS 1200L

void
sek_transfer_clear (SekTransfer *transfer)
{
  g_free (transfer->refusal);
}

static size_t
on_read (char *buffer, size_t size, size_t count, void *user_data)
{
  SekTransfer *transfer = user_data;
  gsize take = MIN (size * count, transfer->length - transfer->sent);
  memcpy (buffer, transfer->data + transfer->sent, take);
  transfer->sent += take;
  return take;
}

static int
on_progress (void *user_data, curl_off_t to_get, curl_off_t got, curl_off_t to_put, curl_off_t put)
{
  const SekTransfer *transfer = user_data;
  return g_cancellable_is_cancelled (transfer->cancellable);
}

gboolean
sek_transfer_fail (const SekTransfer *transfer, SekReportError code, const char *reason, GError **error)
{
  /* Translators: “%s” is a server with its port or a URL, the second %s the reason, often the server's own
   * words. */
  g_set_error (error, SEK_REPORT_ERROR, code, _ ("The server “%s” did not take the report: %s"),
               transfer->target, reason);
  return FALSE;
}

/* Never switched off: there is no key for it in the policy either. */
static void
verify (CURL *curl, const SekPolicy *policy)
{
  curl_easy_setopt (curl, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt (curl, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt (curl, CURLOPT_SSLVERSION, (long) CURL_SSLVERSION_TLSv1_2);
  /* Instead of the system's: who has an authority of his own wants no other to vouch for his server. */
  if (*policy->report_ca != '\0')
    {
      curl_easy_setopt (curl, CURLOPT_CAINFO, policy->report_ca);
      curl_easy_setopt (curl, CURLOPT_CAPATH, NULL);
    }
}

CURL *
sek_transfer_start (SekTransfer *transfer, const SekPolicy *policy, GError **error)
{
  static gsize ready = 0;
  if (g_once_init_enter (&ready))
    g_once_init_leave (&ready, curl_global_init (CURL_GLOBAL_DEFAULT) == CURLE_OK ? 1 : 2);
  CURL *curl = ready == 1 ? curl_easy_init () : NULL;
  if (curl == NULL)
    {
      sek_transfer_fail (transfer, SEK_REPORT_ERROR_TEMPORARY, _ ("libcurl could not be started"), error);
      return NULL;
    }
  verify (curl, policy);
  curl_easy_setopt (curl, CURLOPT_ERRORBUFFER, transfer->fault);
  curl_easy_setopt (curl, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS);
  curl_easy_setopt (curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, RESPONSE_SECONDS);
  curl_easy_setopt (curl, CURLOPT_TIMEOUT, OVERALL_SECONDS);
  /* Called from a thread: no signals. The policy names the server; neither a proxy of the environment nor a
   * .netrc may change where the report goes or who sends it. */
  curl_easy_setopt (curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (curl, CURLOPT_PROXY, "");
  curl_easy_setopt (curl, CURLOPT_NETRC, (long) CURL_NETRC_IGNORED);
  curl_easy_setopt (curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt (curl, CURLOPT_READFUNCTION, on_read);
  curl_easy_setopt (curl, CURLOPT_READDATA, transfer);
  curl_easy_setopt (curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t) transfer->length);
  curl_easy_setopt (curl, CURLOPT_XFERINFOFUNCTION, on_progress);
  curl_easy_setopt (curl, CURLOPT_XFERINFODATA, transfer);
  curl_easy_setopt (curl, CURLOPT_NOPROGRESS, 0L);
  return curl;
}

/* Why a certificate was refused, for a person. libcurl gives OpenSSL's number (X509_V_ERR_*); its own words
 * come behind the sentence for the administrator. */
static const struct
{
  long number;
  const char *sentence;
} certificate_faults[] = {
  { 9, N_ ("its certificate is not valid yet; is the clock of this computer right?") },
  { 10, N_ ("its certificate has expired") },
  { 18, N_ ("its certificate was made by itself, nobody vouches for it") },
  { 19, N_ ("its certificate comes from an authority that this computer does not trust") },
  { 20, N_ ("its certificate comes from an authority that this computer does not trust") },
  { 21, N_ ("its certificate comes from an authority that this computer does not trust") },
  { 23, N_ ("its certificate was revoked") },
  /* libcurl looks at the name first, and the number is then still what it began with. */
  { 1, N_ ("its certificate is for another server, not for this name") },
  { 62, N_ ("its certificate is for another server, not for this name") },
};

static gboolean
fail_trust (const SekTransfer *transfer, CURL *curl, GError **error)
{
  long number = -1;
  curl_easy_getinfo (curl, CURLINFO_SSL_VERIFYRESULT, &number);
  const char *sentence = N_ ("its certificate could not be verified");
  for (gsize i = 0; i < G_N_ELEMENTS (certificate_faults); i++)
    if (certificate_faults[i].number == number)
      sentence = certificate_faults[i].sentence;
  g_autofree char *shown = sek_text_show (transfer->fault, SEK_EVIDENCE_CHARS_MAX);
  g_autofree char *reason = g_strdup_printf ("%s (%s)", _ (sentence), shown);
  return sek_transfer_fail (transfer, SEK_REPORT_ERROR_UNTRUSTED, reason, error);
}

#define WANTS_CERTIFICATE                                                                                    \
  N_ ("it wants a certificate of this computer, and the policy names none that it takes")
#define DISTRUSTS_CERTIFICATE N_ ("it does not trust the certificate of this computer")

/* How a server ends a handshake (RFC 8446 §6.2), in OpenSSL's words. */
static const struct
{
  const char *alert;
  SekReportError code;
  const char *sentence;
} alerts[] = {
  { "alert protocol version", SEK_REPORT_ERROR_UNTRUSTED,
    N_ ("it knows only versions of TLS that are too old to be safe") },
  { "unsupported protocol", SEK_REPORT_ERROR_UNTRUSTED,
    N_ ("it knows only versions of TLS that are too old to be safe") },
  { "alert certificate required", SEK_REPORT_ERROR_CONFIG, WANTS_CERTIFICATE },
  { "alert handshake failure", SEK_REPORT_ERROR_CONFIG, WANTS_CERTIFICATE },
  { "alert certificate expired", SEK_REPORT_ERROR_CONFIG,
    N_ ("the certificate of this computer has expired") },
  /* libcurl's words for the same before TLS 1.3: a server's certificate is blamed in others. */
  { "SSL certificate verification failed", SEK_REPORT_ERROR_CONFIG,
    N_ ("the certificate of this computer has expired") },
  { "alert certificate revoked", SEK_REPORT_ERROR_CONFIG,
    N_ ("the certificate of this computer was revoked") },
  { "alert certificate unknown", SEK_REPORT_ERROR_CONFIG, DISTRUSTS_CERTIFICATE },
  { "alert bad certificate", SEK_REPORT_ERROR_CONFIG, DISTRUSTS_CERTIFICATE },
  { "alert unknown ca", SEK_REPORT_ERROR_CONFIG, DISTRUSTS_CERTIFICATE },
};

gboolean
sek_transfer_judge (const SekTransfer *transfer, CURL *curl, CURLcode result, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (transfer->cancellable, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (alerts); i++)
    if (strstr (transfer->fault, alerts[i].alert) != NULL)
      return sek_transfer_fail (transfer, alerts[i].code, _ (alerts[i].sentence), error);
  if (result == CURLE_PEER_FAILED_VERIFICATION)
    return fail_trust (transfer, curl, error);
  if (result == CURLE_USE_SSL_FAILED)
    return sek_transfer_fail (transfer, SEK_REPORT_ERROR_UNTRUSTED,
                              _ ("it offers no encrypted connection, which the policy wants"), error);
  if (result == CURLE_SSL_CACERT_BADFILE)
    return sek_transfer_fail (transfer, SEK_REPORT_ERROR_CONFIG,
                              _ ("the file of certificate authorities that the policy names can't be read"),
                              error);
  if (result == CURLE_LOGIN_DENIED)
    return sek_transfer_fail (transfer, SEK_REPORT_ERROR_SECRET,
                              _ ("it knows none of the ways to log in that the policy allows"), error);
  g_autofree char *shown =
      sek_text_show (*transfer->fault != '\0' ? transfer->fault : curl_easy_strerror (result), 200);
  return sek_transfer_fail (transfer, SEK_REPORT_ERROR_TEMPORARY, shown, error);
}
