/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <curl/curl.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "agent/report/report-private.h"

#define CONNECT_SECONDS 20L
/* A server may look through the mail for minutes before it takes it (RFC 5321 §4.5.3.2.6). */
#define RESPONSE_SECONDS 300L
/* 25 MB over a line of 256 kbit/s. */
#define OVERALL_SECONDS 1200L

/* One conversation. */
typedef struct
{
  const char *target;
  const guint8 *data;
  gsize length;
  gsize sent;
  GCancellable *cancellable;
  char *refusal; /* what the server said when it refused; NULL while it has not */
} Conversation;

static void
conversation_clear (Conversation *conversation)
{
  g_free (conversation->refusal);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Conversation, conversation_clear)

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CURL, curl_easy_cleanup)
typedef struct curl_slist CurlList;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CurlList, curl_slist_free_all)

static size_t
on_read (char *buffer, size_t size, size_t count, void *user_data)
{
  Conversation *conversation = user_data;
  gsize take = MIN (size * count, conversation->length - conversation->sent);
  memcpy (buffer, conversation->data + conversation->sent, take);
  conversation->sent += take;
  return take;
}

/* Keeps all lines of a refusal. A later yes wipes it (EHLO refused, HELO taken), the good-bye 221 does not:
 * libcurl says QUIT after each refusal, and its own response code is then 221. */
static size_t
on_answer (char *line, size_t size, size_t count, void *user_data)
{
  Conversation *conversation = user_data;
  g_autofree char *text = g_strndup (line, size * count);
  gboolean refuses = text[0] == '4' || text[0] == '5';
  if (!refuses && g_str_has_prefix (text, "221"))
    return size * count;
  g_autofree char *before = g_steal_pointer (&conversation->refusal);
  if (refuses)
    {
      g_autofree char *all =
          g_strconcat (before != NULL ? before : "", before != NULL ? " " : "", text, NULL);
      conversation->refusal = sek_text_show (all, SEK_EVIDENCE_CHARS_MAX);
    }
  return size * count;
}

static int
on_progress (void *user_data, curl_off_t to_get, curl_off_t got, curl_off_t to_put, curl_off_t put)
{
  const Conversation *conversation = user_data;
  return g_cancellable_is_cancelled (conversation->cancellable);
}

static gboolean
fail (const Conversation *conversation, SekReportError code, const char *reason, GError **error)
{
  /* Translators: “%s” is a mail server with its port, the second %s the reason, often the server's own words.
   */
  g_set_error (error, SEK_REPORT_ERROR, code, _ ("The mail server “%s” did not take the report: %s"),
               conversation->target, reason);
  return FALSE;
}

/* The server's answer decides (RFC 5321 §4.2.1); without one it is the network's fault. */
static gboolean
judge (const Conversation *conversation, CURLcode result, const char *fault, GError **error)
{
  if (result == CURLE_OK)
    return TRUE;
  if (g_cancellable_set_error_if_cancelled (conversation->cancellable, error))
    return FALSE;
  if (conversation->refusal == NULL)
    {
      g_autofree char *shown = sek_text_show (*fault != '\0' ? fault : curl_easy_strerror (result), 200);
      return fail (conversation, SEK_REPORT_ERROR_TEMPORARY, shown, error);
    }
  SekReportError code =
      conversation->refusal[0] == '5' ? SEK_REPORT_ERROR_PERMANENT : SEK_REPORT_ERROR_TEMPORARY;
  /* It wants a login or TLS first (RFC 4954 §6, RFC 3207 §4): another policy may help, another try can't. */
  static const char *const wants_more[] = { "530", "534", "535", "538" };
  for (gsize i = 0; i < G_N_ELEMENTS (wants_more); i++)
    if (g_str_has_prefix (conversation->refusal, wants_more[i]))
      code = SEK_REPORT_ERROR_CONFIG;
  return fail (conversation, code, conversation->refusal, error);
}

static void
set_options (CURL *curl, Conversation *conversation, char *fault)
{
  curl_easy_setopt (curl, CURLOPT_ERRORBUFFER, fault);
  curl_easy_setopt (curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  /* Where the server offers TLS it is used, and then the certificate must be right: curl does not fall back
   * to plain text when it is not. */
  curl_easy_setopt (curl, CURLOPT_USE_SSL, (long) CURLUSESSL_TRY);
  curl_easy_setopt (curl, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt (curl, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt (curl, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS);
  curl_easy_setopt (curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, RESPONSE_SECONDS);
  curl_easy_setopt (curl, CURLOPT_TIMEOUT, OVERALL_SECONDS);
  /* Called from a thread: no signals. The policy names the server; no proxy of the environment may change
   * that. */
  curl_easy_setopt (curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (curl, CURLOPT_PROXY, "");
  curl_easy_setopt (curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt (curl, CURLOPT_READFUNCTION, on_read);
  curl_easy_setopt (curl, CURLOPT_READDATA, conversation);
  curl_easy_setopt (curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t) conversation->length);
  curl_easy_setopt (curl, CURLOPT_HEADERFUNCTION, on_answer);
  curl_easy_setopt (curl, CURLOPT_HEADERDATA, conversation);
  curl_easy_setopt (curl, CURLOPT_XFERINFOFUNCTION, on_progress);
  curl_easy_setopt (curl, CURLOPT_XFERINFODATA, conversation);
  curl_easy_setopt (curl, CURLOPT_NOPROGRESS, 0L);
}

gboolean
sek_report_deliver_smtp (const char *target,
                         const char *sender,
                         const char *recipient,
                         GBytes *message,
                         GCancellable *cancellable,
                         GError **error)
{
  static gsize ready = 0;
  if (g_once_init_enter (&ready))
    g_once_init_leave (&ready, curl_global_init (CURL_GLOBAL_DEFAULT) == CURLE_OK ? 1 : 2);

  g_auto (Conversation) conversation = { .target = target, .cancellable = cancellable };
  conversation.data = g_bytes_get_data (message, &conversation.length);
  g_autoptr (CURL) curl = ready == 1 ? curl_easy_init () : NULL;
  if (curl == NULL)
    return fail (&conversation, SEK_REPORT_ERROR_TEMPORARY, _ ("libcurl could not be started"), error);

  char fault[CURL_ERROR_SIZE] = "";
  /* 465 speaks TLS from the first byte (RFC 8314 §3.3). */
  g_autofree char *url =
      g_strdup_printf ("%s://%s", g_str_has_suffix (target, ":465") ? "smtps" : "smtp", target);
  g_autofree char *mail_from = g_strdup_printf ("<%s>", sender);
  g_autofree char *rcpt_to = g_strdup_printf ("<%s>", recipient);
  g_autoptr (CurlList) recipients = curl_slist_append (NULL, rcpt_to);
  set_options (curl, &conversation, fault);
  curl_easy_setopt (curl, CURLOPT_URL, url);
  curl_easy_setopt (curl, CURLOPT_MAIL_FROM, mail_from);
  curl_easy_setopt (curl, CURLOPT_MAIL_RCPT, recipients);
  CURLcode result = curl_easy_perform (curl);
  return judge (&conversation, result, fault, error);
}
