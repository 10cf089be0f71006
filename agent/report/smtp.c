/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "agent/report/transfer.h"

/* Keeps all lines of a refusal. A later yes wipes it (EHLO refused, HELO taken), the good-bye 221 does not:
 * libcurl says QUIT after each refusal, and its own response code is then 221. */
static size_t
on_answer (char *line, size_t size, size_t count, void *user_data)
{
  SekTransfer *transfer = user_data;
  g_autofree char *text = g_strndup (line, size * count);
  gboolean refuses = text[0] == '4' || text[0] == '5';
  if (!refuses && g_str_has_prefix (text, "221"))
    return size * count;
  g_autofree char *before = g_steal_pointer (&transfer->refusal);
  if (refuses)
    {
      g_autofree char *all =
          g_strconcat (before != NULL ? before : "", before != NULL ? " " : "", text, NULL);
      transfer->refusal = sek_text_show (all, SEK_EVIDENCE_CHARS_MAX);
    }
  return size * count;
}

/* What a refusal begins with, and whose turn it is then (RFC 4954 §6, RFC 3207 §4); else RFC 5321 §4.2.1. */
static const struct
{
  const char *prefix;
  SekReportError code;
} refusals[] = {
  { "454 4.7.0", SEK_REPORT_ERROR_TEMPORARY }, { "530", SEK_REPORT_ERROR_CONFIG },
  { "534", SEK_REPORT_ERROR_CONFIG },          { "538", SEK_REPORT_ERROR_CONFIG },
  { "535", SEK_REPORT_ERROR_SECRET },          { "4", SEK_REPORT_ERROR_TEMPORARY },
  { "5", SEK_REPORT_ERROR_PERMANENT },
};

/* The server's answer decides; without one it is the network's fault. */
static gboolean
judge (const SekTransfer *transfer, CURL *curl, CURLcode result, GError **error)
{
  if (result == CURLE_OK)
    return TRUE;
  if (transfer->refusal == NULL || g_cancellable_is_cancelled (transfer->cancellable))
    return sek_transfer_judge (transfer, curl, result, error);
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    if (g_str_has_prefix (transfer->refusal, refusals[i].prefix))
      return sek_transfer_fail (transfer, refusals[i].code, transfer->refusal, error);
  g_assert_not_reached ();
}

/* A login never travels in plain text, whatever the policy says. */
static void
set_login (CURL *curl, const SekPolicy *policy, const char *secret)
{
  static const char *const options[] = {
    [SEK_AUTH_ANY] = "AUTH=*",
    [SEK_AUTH_PLAIN] = "AUTH=PLAIN",
    [SEK_AUTH_LOGIN] = "AUTH=LOGIN",
    [SEK_AUTH_XOAUTH2] = "AUTH=XOAUTH2",
  };
  if (*policy->report_login == '\0')
    return;
  curl_easy_setopt (curl, CURLOPT_USERNAME, policy->report_login);
  curl_easy_setopt (curl, policy->report_auth == SEK_AUTH_XOAUTH2 ? CURLOPT_XOAUTH2_BEARER : CURLOPT_PASSWORD,
                    secret);
  curl_easy_setopt (curl, CURLOPT_LOGIN_OPTIONS, options[policy->report_auth]);
}

static void
set_options (CURL *curl, SekTransfer *transfer, const SekPolicy *policy)
{
  curl_easy_setopt (curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  /* 587 is for people who log in, and encrypted (RFC 8314 §3.3). Elsewhere TLS is used where the server
   * offers it, and then the certificate must be right: curl does not fall back to plain text. */
  gboolean required = policy->report_tls_required || *policy->report_login != '\0' ||
                      g_str_has_suffix (transfer->target, ":587");
  curl_easy_setopt (curl, CURLOPT_USE_SSL, (long) (required ? CURLUSESSL_ALL : CURLUSESSL_TRY));
  curl_easy_setopt (curl, CURLOPT_HEADERFUNCTION, on_answer);
  curl_easy_setopt (curl, CURLOPT_HEADERDATA, transfer);
}

gboolean
sek_report_deliver_smtp (const SekPolicy *policy,
                         const char *sender,
                         const char *secret,
                         GBytes *message,
                         GCancellable *cancellable,
                         GError **error)
{
  const char *target = policy->report_target;
  g_auto (SekTransfer) transfer = { .target = target, .cancellable = cancellable };
  transfer.data = g_bytes_get_data (message, &transfer.length);
  g_autoptr (CURL) curl = sek_transfer_start (&transfer, policy, error);
  if (curl == NULL)
    return FALSE;
  /* 465 speaks TLS from the first byte (RFC 8314 §3.3). */
  gboolean wrapped = policy->report_tls_wrapped || g_str_has_suffix (target, ":465");
  g_autofree char *url = g_strdup_printf ("%s://%s", wrapped ? "smtps" : "smtp", target);
  g_autofree char *mail_from = g_strdup_printf ("<%s>", sender);
  g_autofree char *rcpt_to = g_strdup_printf ("<%s>", policy->report_address);
  g_autoptr (SekCurlList) recipients = curl_slist_append (NULL, rcpt_to);
  set_options (curl, &transfer, policy);
  set_login (curl, policy, secret);
  curl_easy_setopt (curl, CURLOPT_URL, url);
  curl_easy_setopt (curl, CURLOPT_MAIL_FROM, mail_from);
  curl_easy_setopt (curl, CURLOPT_MAIL_RCPT, recipients);
  CURLcode result = curl_easy_perform (curl);
  return judge (&transfer, curl, result, error);
}
