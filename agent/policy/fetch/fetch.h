/* SPDX-License-Identifier: GPL-3.0-or-later */
/* agent/policy/fetch: brings a file and its signature from a web server or a shared folder. Knows nothing of
 * what is in them; whether they are to be trusted is for agent/policy/trust. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SEK_FETCH_ERROR (sek_fetch_error_quark ())
GQuark sek_fetch_error_quark (void);
typedef enum
{
  SEK_FETCH_ERROR_NETWORK,   /* nobody answers, too slowly, or only half */
  SEK_FETCH_ERROR_UNTRUSTED, /* the server's certificate, or a way that is not encrypted */
  SEK_FETCH_ERROR_REFUSED,   /* the server answers, but not with the file */
  SEK_FETCH_ERROR_TOO_LARGE,
} SekFetchError;

/* What is wanted. Strings are never NULL, but may be "". */
typedef struct
{
  const char *url;             /* https:// or file:/// */
  const char *suffix;          /* the signature is at url and this */
  const char *ca;              /* path of the authorities (PEM) that count instead of the system's; "" */
  const char *etag;            /* the file that is here already; "" */
  const char *proxy;           /* host:port; "": what the environment says */
  const char *certificate;     /* path (PEM) of what this computer shows of itself; "" */
  const char *certificate_key; /* path of its private key; "": in the same file */
  const char *login;           /* name at the server; "" */
  const char *secret;          /* that belongs to it; "" */
  gsize bytes_max;             /* a larger file is not taken */
  gsize signature_bytes_max;
} SekFetchRequest;

typedef struct
{
  GBytes *data; /* NULL when the file is still the one of etag */
  GBytes *signature;
  char *etag; /* "" when the server names none */
} SekFetchAnswer;

void sek_fetch_answer_clear (SekFetchAnswer *answer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SekFetchAnswer, sek_fetch_answer_clear)

/* Blocks; call it in a thread. Certificates are always verified, redirects lead to https only. FALSE with
 * SEK_FETCH_ERROR, a sentence for people, or G_IO_ERROR_CANCELLED. */
gboolean
sek_fetch (const SekFetchRequest *request, GCancellable *cancellable, SekFetchAnswer *answer, GError **error);

/* Seconds until the next look. failures: how many looks have failed since one went well. chance: 0 to 1, so
 * that a building full of computers does not ask in the same second. */
gint64 sek_fetch_delay (gint64 minutes, guint failures, double chance);

G_END_DECLS
