/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/policy/fetch/fetch.h"

#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CONNECT_SECONDS 15L
/* A server that sends less than this many bytes a second for so long is given up. */
#define SLOW_BYTES 200L
#define SLOW_SECONDS 20L
#define OVERALL_SECONDS 120L
#define REDIRECTS_MAX 3L
#define ETAG_BYTES_MAX 200
#define FIRST_RETRY_SECONDS 60
#define LONGEST_RETRY_SECONDS (6 * 60 * 60)

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CURL, curl_easy_cleanup)
typedef struct curl_slist SekFetchHeaders;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekFetchHeaders, curl_slist_free_all)

typedef struct
{
  GByteArray *body;
  gsize bytes_max;
  gboolean too_large;
  char *etag; /* of the last answer; NULL when it has none */
  GCancellable *cancellable;
  char fault[CURL_ERROR_SIZE];
} Download;

static void
download_clear (Download *download)
{
  g_byte_array_unref (download->body);
  g_free (download->etag);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Download, download_clear)

GQuark
sek_fetch_error_quark (void)
{
  return g_quark_from_static_string ("sek-fetch-error-quark");
}

void
sek_fetch_answer_clear (SekFetchAnswer *answer)
{
  g_clear_pointer (&answer->data, g_bytes_unref);
  g_clear_pointer (&answer->signature, g_bytes_unref);
  g_clear_pointer (&answer->etag, g_free);
}

gint64
sek_fetch_delay (gint64 minutes, guint failures, double chance)
{
  gint64 usual = minutes * 60;
  gint64 wait = usual;
  if (failures > 0)
    {
      gint64 retry = (gint64) FIRST_RETRY_SECONDS << MIN (failures - 1, 10);
      wait = MIN (retry, MAX (usual, LONGEST_RETRY_SECONDS));
    }
  return wait - wait / 10 + (gint64) (chance * (double) wait / 5);
}

static gboolean
fail (const char *url, SekFetchError code, const char *reason, GError **error)
{
  /* Translators: %s is a URL, the second %s the reason. */
  g_set_error (error, SEK_FETCH_ERROR, code, _ ("%s could not be fetched: %s"), url, reason);
  return FALSE;
}

static size_t
on_body (char *data, size_t size, size_t count, void *user_data)
{
  Download *download = user_data;
  if (download->body->len + size * count > download->bytes_max)
    {
      download->too_large = TRUE;
      return 0;
    }
  g_byte_array_append (download->body, (const guint8 *) data, (guint) (size * count));
  return size * count;
}

/* Of several answers, after a redirect, the last one counts. */
static size_t
on_header (char *data, size_t size, size_t count, void *user_data)
{
  Download *download = user_data;
  g_autofree char *line = g_strndup (data, size * count);
  if (g_str_has_prefix (line, "HTTP/"))
    g_clear_pointer (&download->etag, g_free);
  if (g_ascii_strncasecmp (line, "etag:", strlen ("etag:")) == 0)
    {
      g_free (download->etag);
      download->etag = g_strstrip (g_strdup (line + strlen ("etag:")));
      /* It is sent back, so it must be one harmless word (RFC 9110 §8.8.3). */
      if (strlen (download->etag) > ETAG_BYTES_MAX || !g_str_is_ascii (download->etag) ||
          strpbrk (download->etag, "\r\n") != NULL)
        g_clear_pointer (&download->etag, g_free);
    }
  return size * count;
}

static int
on_progress (void *user_data, curl_off_t to_get, curl_off_t got, curl_off_t to_put, curl_off_t put)
{
  const Download *download = user_data;
  return g_cancellable_is_cancelled (download->cancellable);
}

/* What holds for every server: https, verified, and an end to everything. */
static void
set_bounds (CURL *curl, const char *url, Download *download)
{
  curl_easy_setopt (curl, CURLOPT_URL, url);
  curl_easy_setopt (curl, CURLOPT_ERRORBUFFER, download->fault);
  curl_easy_setopt (curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (curl, CURLOPT_PROTOCOLS_STR, "https");
  curl_easy_setopt (curl, CURLOPT_REDIR_PROTOCOLS_STR, "https");
  curl_easy_setopt (curl, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt (curl, CURLOPT_MAXREDIRS, REDIRECTS_MAX);
  curl_easy_setopt (curl, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt (curl, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt (curl, CURLOPT_SSLVERSION, (long) CURL_SSLVERSION_TLSv1_2);
  curl_easy_setopt (curl, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS);
  curl_easy_setopt (curl, CURLOPT_LOW_SPEED_LIMIT, SLOW_BYTES);
  curl_easy_setopt (curl, CURLOPT_LOW_SPEED_TIME, SLOW_SECONDS);
  curl_easy_setopt (curl, CURLOPT_TIMEOUT, OVERALL_SECONDS);
  curl_easy_setopt (curl, CURLOPT_NETRC, (long) CURL_NETRC_IGNORED);
  curl_easy_setopt (curl, CURLOPT_USERAGENT, "sekisho/" SEK_VERSION);
  curl_easy_setopt (curl, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t) download->bytes_max);
  curl_easy_setopt (curl, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt (curl, CURLOPT_WRITEDATA, download);
  curl_easy_setopt (curl, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt (curl, CURLOPT_HEADERDATA, download);
  curl_easy_setopt (curl, CURLOPT_XFERINFOFUNCTION, on_progress);
  curl_easy_setopt (curl, CURLOPT_XFERINFODATA, download);
  curl_easy_setopt (curl, CURLOPT_NOPROGRESS, 0L);
}

static void
set_way (CURL *curl, const SekFetchRequest *request)
{
  if (*request->ca != '\0')
    {
      curl_easy_setopt (curl, CURLOPT_CAINFO, request->ca);
      curl_easy_setopt (curl, CURLOPT_CAPATH, NULL);
    }
  if (*request->proxy != '\0')
    curl_easy_setopt (curl, CURLOPT_PROXY, request->proxy);
  if (*request->certificate != '\0')
    {
      const char *key = *request->certificate_key != '\0' ? request->certificate_key : request->certificate;
      curl_easy_setopt (curl, CURLOPT_SSLCERT, request->certificate);
      curl_easy_setopt (curl, CURLOPT_SSLKEY, key);
    }
  if (*request->login != '\0')
    {
      curl_easy_setopt (curl, CURLOPT_HTTPAUTH, (long) CURLAUTH_BASIC);
      curl_easy_setopt (curl, CURLOPT_USERNAME, request->login);
      curl_easy_setopt (curl, CURLOPT_PASSWORD, request->secret);
    }
}

static CURL *
start (const char *url, GError **error)
{
  static gsize ready = 0;
  if (g_once_init_enter (&ready))
    g_once_init_leave (&ready, curl_global_init (CURL_GLOBAL_DEFAULT) == CURLE_OK ? 1 : 2);
  CURL *curl = ready == 1 ? curl_easy_init () : NULL;
  if (curl == NULL)
    fail (url, SEK_FETCH_ERROR_NETWORK, _ ("libcurl could not be started"), error);
  return curl;
}

/* Why a download failed, by libcurl's result; what is not here is the network's fault. */
static const struct
{
  CURLcode result;
  SekFetchError code;
  const char *reason; /* NULL: libcurl's own words */
} faults[] = {
  { CURLE_PEER_FAILED_VERIFICATION, SEK_FETCH_ERROR_UNTRUSTED, NULL },
  { CURLE_SSL_CACERT_BADFILE, SEK_FETCH_ERROR_UNTRUSTED, NULL },
  { CURLE_UNSUPPORTED_PROTOCOL, SEK_FETCH_ERROR_UNTRUSTED, N_ ("it leads to a place that is not https") },
  { CURLE_TOO_MANY_REDIRECTS, SEK_FETCH_ERROR_REFUSED, N_ ("it leads from place to place") },
  { CURLE_FILESIZE_EXCEEDED, SEK_FETCH_ERROR_TOO_LARGE, N_ ("it is too large") },
  { CURLE_PARTIAL_FILE, SEK_FETCH_ERROR_NETWORK, N_ ("it ended too early") },
  { CURLE_OPERATION_TIMEDOUT, SEK_FETCH_ERROR_NETWORK, N_ ("the server is too slow") },
};

static gboolean
judge (const char *url, const Download *download, CURLcode result, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (download->cancellable, error))
    return FALSE;
  if (download->too_large)
    return fail (url, SEK_FETCH_ERROR_TOO_LARGE, _ ("it is too large"), error);
  const char *words = *download->fault != '\0' ? download->fault : curl_easy_strerror (result);
  g_autofree char *shown = g_utf8_make_valid (words, -1);
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    if (faults[i].result == result)
      return fail (url, faults[i].code, faults[i].reason != NULL ? _ (faults[i].reason) : shown, error);
  return fail (url, SEK_FETCH_ERROR_NETWORK, shown, error);
}

/* *status: the answer's, 200 or 304. */
static gboolean
download (CURL *curl,
          const SekFetchRequest *request,
          const char *url,
          const char *etag,
          Download *into,
          long *status,
          GError **error)
{
  set_bounds (curl, url, into);
  set_way (curl, request);
  g_autoptr (SekFetchHeaders) headers = NULL;
  if (*etag != '\0')
    {
      g_autofree char *field = g_strconcat ("If-None-Match: ", etag, NULL);
      headers = curl_slist_append (NULL, field);
      curl_easy_setopt (curl, CURLOPT_HTTPHEADER, headers);
    }
  CURLcode result = curl_easy_perform (curl);
  curl_easy_getinfo (curl, CURLINFO_RESPONSE_CODE, status);
  /* Nothing of into stays in it, but the connection, for the signature: half of what a look costs is TLS. */
  curl_easy_reset (curl);
  if (result != CURLE_OK)
    return judge (url, into, result, error);
  if (*status == 200 || (*status == 304 && *etag != '\0'))
    return TRUE;
  /* Translators: %ld is the number of an HTTP answer, such as 404. */
  g_autofree char *reason = g_strdup_printf (_ ("the server answers %ld"), *status);
  return fail (url, SEK_FETCH_ERROR_REFUSED, reason, error);
}

static gboolean
fetch_https (CURL *curl,
             const SekFetchRequest *request,
             const char *url,
             const char *etag,
             gsize bytes_max,
             GCancellable *cancellable,
             GBytes **data,
             char **new_etag,
             GError **error)
{
  g_auto (Download)
      into = { .body = g_byte_array_new (), .bytes_max = bytes_max, .cancellable = cancellable };
  long status = 0;
  if (!download (curl, request, url, etag, &into, &status, error))
    return FALSE;
  *data = status == 304 ? NULL : g_bytes_new (into.body->data, into.body->len);
  if (new_etag != NULL)
    *new_etag = g_strdup (into.etag != NULL ? into.etag : "");
  return TRUE;
}

/* Never more than is allowed, whatever grows under our hands. */
static GBytes *
fetch_file (const char *url, gsize bytes_max, GError **error)
{
  g_autofree char *path = g_filename_from_uri (url, NULL, error);
  if (path == NULL)
    return NULL;
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  struct stat about;
  if (fd < 0 || fstat (fd, &about) != 0 || !S_ISREG (about.st_mode))
    {
      fail (url, SEK_FETCH_ERROR_NETWORK, fd < 0 ? g_strerror (errno) : _ ("it is not a file"), error);
      if (fd >= 0)
        close (fd);
      return NULL;
    }
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 block[64 * 1024];
  gssize got = 1;
  while (got > 0 && bytes->len <= bytes_max)
    {
      got = read (fd, block, sizeof block);
      if (got > 0)
        g_byte_array_append (bytes, block, (guint) got);
    }
  int fault = errno;
  close (fd);
  if (got >= 0 && bytes->len <= bytes_max)
    return g_bytes_new (bytes->data, bytes->len);
  fail (url, got < 0 ? SEK_FETCH_ERROR_NETWORK : SEK_FETCH_ERROR_TOO_LARGE,
        got < 0 ? g_strerror (fault) : _ ("it is too large"), error);
  return NULL;
}

gboolean
sek_fetch (const SekFetchRequest *request, GCancellable *cancellable, SekFetchAnswer *answer, GError **error)
{
  g_autofree char *signature_url = g_strconcat (request->url, request->suffix, NULL);
  if (g_str_has_prefix (request->url, "file:///"))
    {
      answer->etag = g_strdup ("");
      answer->data = fetch_file (request->url, request->bytes_max, error);
      if (answer->data != NULL)
        answer->signature = fetch_file (signature_url, request->signature_bytes_max, error);
      return answer->signature != NULL;
    }
  g_autoptr (CURL) curl = start (request->url, error);
  if (curl == NULL || !fetch_https (curl, request, request->url, request->etag, request->bytes_max,
                                    cancellable, &answer->data, &answer->etag, error))
    return FALSE;
  return answer->data == NULL || fetch_https (curl, request, signature_url, "", request->signature_bytes_max,
                                              cancellable, &answer->signature, NULL, error);
}
