/* SPDX-License-Identifier: GPL-3.0-or-later */
/* As many desktops as asked for look once whether there is a newer policy, each over a connection of its own:
 * polls URL AUTHORITIES COUNT. Started by poll-nginx, which measures the server. */
#include <stdlib.h>

#include "agent/policy/fetch/fetch.h"

#define AT_ONCE 8

typedef struct
{
  SekFetchRequest request;
  gint failed; /* atomic */
} Polls;

static SekFetchRequest
request_of (const char *url, const char *ca)
{
  return (SekFetchRequest){
    .url = url,
    .suffix = ".minisig",
    .ca = ca,
    .etag = "",
    .proxy = "",
    .certificate = "",
    .certificate_key = "",
    .login = "",
    .secret = "",
    .bytes_max = 8 * 1024 * 1024,
    .signature_bytes_max = 16384,
  };
}

static void
poll_once (gpointer data, gpointer user_data)
{
  Polls *polls = user_data;
  g_auto (SekFetchAnswer) answer = { 0 };
  g_autoptr (GError) error = NULL;
  if (!sek_fetch (&polls->request, NULL, &answer, &error))
    g_error ("%s", error->message);
  if (answer.data != NULL)
    g_atomic_int_inc (&polls->failed);
}

int
main (int argc, char **argv)
{
  if (argc != 4)
    g_error ("polls URL AUTHORITIES COUNT");
  Polls polls = { .request = request_of (argv[1], argv[2]) };
  g_auto (SekFetchAnswer) first = { 0 };
  g_autoptr (GError) error = NULL;
  if (!sek_fetch (&polls.request, NULL, &first, &error))
    g_error ("%s", error->message);
  polls.request.etag = first.etag;
  GThreadPool *pool = g_thread_pool_new (poll_once, &polls, AT_ONCE, TRUE, &error);
  if (pool == NULL)
    g_error ("%s", error->message);
  int count = atoi (argv[3]);
  for (int i = 1; i <= count; i++)
    g_thread_pool_push (pool, GINT_TO_POINTER (i), NULL);
  g_thread_pool_free (pool, FALSE, TRUE);
  if (polls.failed > 0)
    g_error ("%d of %d were given the whole file", polls.failed, count);
  return 0;
}
