/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a link leads, read as a browser reads it (WHATWG URL), and what a text promises about it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  SEK_URL_OTHER, /* leads to no host: relative, mailto:, tel:, cid: … */
  SEK_URL_WEB,   /* http, https, ftp */
  SEK_URL_CODE,  /* holds what it opens: data:, javascript:, vbscript: */
  SEK_URL_LOCAL, /* starts something on the computer: file: on another host, search-ms: … */
} SekUrlKind;

typedef struct
{
  SekUrlKind kind;
  char *scheme;        /* lower case; "" when none */
  char *userinfo;      /* decoded; "" when none */
  char *host;          /* lower case, Unicode, IPv4 as four numbers, IPv6 without brackets; "" when none */
  char *registrable;   /* the part of host that somebody registered; host itself where it has none */
  char *path;          /* decoded; "" when none */
  char *query;         /* as written, without the ?; "" when none */
  gboolean is_address; /* host is an IP address */
  gboolean is_private; /* and one of a local network (RFC 1918, RFC 4193, loopback, link-local) */
} SekUrl;

/* Reads text as an address bar would: white space and line breaks dropped, backslashes as slashes, userinfo
 * up to the last @, the host decoded and in one form. "www.…" and "//host" count as http. Never NULL. */
SekUrl *sek_url_new (const char *text);
void sek_url_free (SekUrl *url);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekUrl, sek_url_free)

/* The address that a link checker or redirector carries in its own (Safe Links, urldefense, google.com/url
 * …), through as many as stand in each other; a copy of url when it is none. Newly allocated. */
SekUrl *sek_url_unwrap (const SekUrl *url);

/* The address that a link's text shows to its reader: a URL in it, or a domain that is all of it. NULL when
 * it shows none: names with a dot (ASP.NET, README.md), mail addresses, very long texts. */
SekUrl *sek_url_shown (const char *text);

/* TRUE when the host hides the goal of its links by its nature: a shortener (bit.ly), or the click counter of
 * a mailing service (list-manage.com). */
gboolean sek_url_is_shortener (const SekUrl *url);
gboolean sek_url_is_click_counter (const SekUrl *url);

/* TRUE when host is domain or below it. Both lower case. */
gboolean sek_url_host_is_below (const char *host, const char *domain);

G_END_DECLS
