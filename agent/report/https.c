/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Posts a report to the policy's URL. No redirect is followed: it would carry mail and token to a place that
 * the policy does not name. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "agent/report/transfer.h"

/* Named to the person in the server's refusal. */
#define REASON_BYTES_MAX 2048

/* One post and the server's answer. */
typedef struct
{
  SekTransfer transfer;
  const char *secret; /* as it travels; NULL: none */
  GString *answer;    /* the body's beginning */
  gsize body_bytes;
  char *status_line; /* "413 Payload Too Large", without the version */
  gboolean is_page;  /* the body is HTML, which says nothing in one line */
} Post;

/* libcurl's list, with the token in it. */
typedef struct curl_slist Fields;
static void
fields_free (Fields *fields)
{
  for (struct curl_slist *field = fields; field != NULL; field = field->next)
    explicit_bzero (field->data, strlen (field->data));
  curl_slist_free_all (fields);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fields, fields_free)

static void
post_clear (Post *post)
{
  sek_transfer_clear (&post->transfer);
  if (post->answer != NULL)
    g_string_free (post->answer, TRUE);
  g_free (post->status_line);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Post, post_clear)

/* An answer may be endless; what is behind the bound is read by nobody. */
static size_t
on_body (char *data, size_t size, size_t count, void *user_data)
{
  Post *post = user_data;
  gsize bytes = size * count;
  post->body_bytes += bytes;
  gsize kept = MIN (bytes, REASON_BYTES_MAX - post->answer->len);
  g_string_append_len (post->answer, data, (gssize) kept);
  return post->body_bytes <= SEK_REPORT_ANSWER_BYTES_MAX ? bytes : 0;
}

/* Of several answers (100 Continue) the last one counts. */
static size_t
on_header (char *data, size_t size, size_t count, void *user_data)
{
  Post *post = user_data;
  g_autofree char *line = g_strndup (data, size * count);
  if (g_str_has_prefix (line, "HTTP/"))
    {
      g_free (post->status_line);
      post->status_line = g_strstrip (g_strdup (line + strcspn (line, " ")));
      post->is_page = FALSE;
    }
  if (g_ascii_strncasecmp (line, "content-type:", strlen ("content-type:")) == 0)
    post->is_page = strstr (line, "html") != NULL;
  return size * count;
}

/* What the server said, fit to be shown. Servers like to quote the token that they refuse. */
static char *
words_of (const Post *post)
{
  g_autoptr (GString) words = g_string_new (post->status_line != NULL ? post->status_line : "");
  if (!post->is_page && post->answer->len > 0)
    g_string_append_printf (words, ": %s", post->answer->str);
  if (post->secret != NULL && *post->secret != '\0')
    g_string_replace (words, post->secret, "…", 0);
  return sek_text_show (words->str, SEK_EVIDENCE_CHARS_MAX);
}

/* Whose turn it is after an answer (RFC 9110 §15, RFC 6585 §4, RFC 8470 §5.2). The first row that fits. */
static const struct
{
  long first, last;
  SekReportError code;
} answers[] = {
  { 300, 399, SEK_REPORT_ERROR_CONFIG },    { 401, 401, SEK_REPORT_ERROR_SECRET },
  { 403, 403, SEK_REPORT_ERROR_SECRET },    { 408, 408, SEK_REPORT_ERROR_TEMPORARY },
  { 421, 421, SEK_REPORT_ERROR_TEMPORARY }, { 425, 425, SEK_REPORT_ERROR_TEMPORARY },
  { 429, 429, SEK_REPORT_ERROR_TEMPORARY }, { 400, 499, SEK_REPORT_ERROR_PERMANENT },
};

static gboolean
judge_answer (const Post *post, CURL *curl, long status, GError **error)
{
  if (status >= 200 && status <= 299)
    return TRUE;
  SekReportError code = SEK_REPORT_ERROR_TEMPORARY;
  for (gsize i = G_N_ELEMENTS (answers); i > 0; i--)
    if (status >= answers[i - 1].first && status <= answers[i - 1].last)
      code = answers[i - 1].code;
  g_autofree char *words = words_of (post);
  if (code == SEK_REPORT_ERROR_SECRET && post->secret == NULL)
    {
      g_autofree char *reason =
          /* Translators: %s is what the server says. */
          g_strdup_printf (_ ("it wants to know who asks, and the policy names neither token nor login (%s)"),
                           words);
      return sek_transfer_fail (&post->transfer, SEK_REPORT_ERROR_CONFIG, reason, error);
    }
  if (code == SEK_REPORT_ERROR_CONFIG)
    {
      g_autofree char *reason =
          /* Translators: %s is what the server says. */
          g_strdup_printf (_ ("it sends reports elsewhere, and the policy must name that place itself (%s)"),
                           words);
      return sek_transfer_fail (&post->transfer, code, reason, error);
    }
  curl_off_t wait = 0;
  curl_easy_getinfo (curl, CURLINFO_RETRY_AFTER, &wait);
  sek_transfer_fail (&post->transfer, code, words, error);
  if (error != NULL && code == SEK_REPORT_ERROR_TEMPORARY)
    sek_report_error_set_wait (*error, (gint64) wait);
  return FALSE;
}

static gboolean
judge (const Post *post, CURL *curl, CURLcode result, GError **error)
{
  const SekTransfer *transfer = &post->transfer;
  long status = 0;
  curl_easy_getinfo (curl, CURLINFO_RESPONSE_CODE, &status);
  /* More words than anybody reads are no reason to doubt the first of them. */
  if (result == CURLE_OK || post->body_bytes > SEK_REPORT_ANSWER_BYTES_MAX)
    return judge_answer (post, curl, status, error);
  if (result == CURLE_SSL_CERTPROBLEM)
    return sek_transfer_fail (
        transfer, SEK_REPORT_ERROR_CONFIG,
        _ ("the certificate of this computer that the policy names, or its key, can't be used"), error);
  return sek_transfer_judge (transfer, curl, result, error);
}

static void
add_field (Fields **fields, const char *name, const char *value)
{
  char *line = g_strdup_printf ("%s: %s", name, value);
  *fields = curl_slist_append (*fields, line);
  explicit_bzero (line, strlen (line));
  g_free (line);
}

/* The Message-ID and not the report's id alone names what may be folded: two people who report the same mail
 * make two reports. In quotes: a string of structured fields (draft-ietf-httpapi-idempotency-key-header). */
static Fields *
make_fields (const SekPolicy *policy, const Post *post, GBytes *message, const char *content_type)
{
  Fields *fields = NULL;
  g_autofree char *message_id = sek_stored_field (message, SEK_MESSAGE_ID_FIELD);
  g_autofree char *key = g_strdup_printf ("\"%.*s\"", (int) strcspn (message_id + 1, ">"), message_id + 1);
  add_field (&fields, "Content-Type", content_type);
  add_field (&fields, "Idempotency-Key", key);
  if (post->secret != NULL && *policy->report_header_value != '\0')
    {
      g_auto (GStrv) around = g_strsplit (policy->report_header_value, "%s", 2);
      char *value = g_strconcat (around[0], post->secret, around[1], NULL);
      add_field (&fields, policy->report_header_name, value);
      explicit_bzero (value, strlen (value));
      g_free (value);
    }
  return fields;
}

static void
set_certificate (CURL *curl, const SekPolicy *policy)
{
  if (*policy->report_certificate == '\0')
    return;
  const char *key =
      *policy->report_certificate_key != '\0' ? policy->report_certificate_key : policy->report_certificate;
  curl_easy_setopt (curl, CURLOPT_SSLCERT, policy->report_certificate);
  curl_easy_setopt (curl, CURLOPT_SSLKEY, key);
  /* Else OpenSSL asks for it on the terminal the agent was started from, and waits. */
  curl_easy_setopt (curl, CURLOPT_KEYPASSWD, "");
}

static void
set_options (CURL *curl, Post *post, const SekPolicy *policy, Fields *fields)
{
  curl_easy_setopt (curl, CURLOPT_URL, policy->report_target);
  curl_easy_setopt (curl, CURLOPT_PROTOCOLS_STR, "https");
  curl_easy_setopt (curl, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt (curl, CURLOPT_UPLOAD, 0L);
  curl_easy_setopt (curl, CURLOPT_POST, 1L);
  curl_easy_setopt (curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t) post->transfer.length);
  curl_easy_setopt (curl, CURLOPT_HTTPHEADER, fields);
  curl_easy_setopt (curl, CURLOPT_USERAGENT, "sekisho/" SEK_VERSION);
  curl_easy_setopt (curl, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt (curl, CURLOPT_WRITEDATA, post);
  curl_easy_setopt (curl, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt (curl, CURLOPT_HEADERDATA, post);
  if (post->secret != NULL && *policy->report_header_value == '\0')
    {
      curl_easy_setopt (curl, CURLOPT_HTTPAUTH, (long) CURLAUTH_BASIC);
      curl_easy_setopt (curl, CURLOPT_USERNAME, policy->report_login);
      curl_easy_setopt (curl, CURLOPT_PASSWORD, post->secret);
    }
  set_certificate (curl, policy);
}

gboolean
sek_report_deliver_https (
    const SekPolicy *policy, const char *secret, GBytes *message, GCancellable *cancellable, GError **error)
{
  g_autofree char *type = sek_stored_field (message, SEK_CONTENT_TYPE_FIELD);
  gboolean is_json = g_str_equal (type, "application/json");
  g_autoptr (GBytes) body = is_json ? sek_stored_body (message) : g_bytes_ref (message);
  g_auto (Post) post = { .transfer = { .target = policy->report_target, .cancellable = cancellable },
                         .secret = secret,
                         .answer = g_string_new (NULL) };
  post.transfer.data = g_bytes_get_data (body, &post.transfer.length);
  g_autoptr (CURL) curl = sek_transfer_start (&post.transfer, policy, error);
  if (curl == NULL)
    return FALSE;
  g_autoptr (Fields) fields = make_fields (policy, &post, message, is_json ? type : "message/rfc822");
  set_options (curl, &post, policy, fields);
  CURLcode result = curl_easy_perform (curl);
  return judge (&post, curl, result, error);
}
