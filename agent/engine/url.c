/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/engine/url.h"

#include <arpa/inet.h>
#include <string.h>
#include <unicode/uidna.h>

#include "agent/core/limits.h"
#include "agent/engine/check.h"

static const struct
{
  const char *scheme;
  SekUrlKind kind;
} schemes[] = {
  { "http", SEK_URL_WEB },
  { "https", SEK_URL_WEB },
  { "ftp", SEK_URL_WEB },
  { "data", SEK_URL_CODE },
  { "javascript", SEK_URL_CODE },
  { "vbscript", SEK_URL_CODE },
  { "livescript", SEK_URL_CODE },
  { "file", SEK_URL_LOCAL },
  { "smb", SEK_URL_LOCAL },
  { "mhtml", SEK_URL_LOCAL },
  /* Handlers of Windows that were used to run things from elsewhere. */
  { "search", SEK_URL_LOCAL },
  { "search-ms", SEK_URL_LOCAL },
  { "ms-msdt", SEK_URL_LOCAL },
  { "ms-appinstaller", SEK_URL_LOCAL },
  { "ms-officecmd", SEK_URL_LOCAL },
  { "ms-cxh-full", SEK_URL_LOCAL },
  { "ms-cxh", SEK_URL_LOCAL },
};

/* Bytes of a URL that are read; the scanner keeps no longer ones. */
#define URL_BYTES_MAX (SEK_NAME_CHARS_MAX * 6)
#define IPV4_PARTS 4

void
sek_url_free (SekUrl *url)
{
  g_free (url->scheme);
  g_free (url->userinfo);
  g_free (url->host);
  g_free (url->registrable);
  g_free (url->path);
  g_free (url->query);
  g_free (url);
}

/* Percent-decoded and valid UTF-8. Newly allocated. */
static char *
decode (const char *text, gsize length)
{
  g_autoptr (GString) out = g_string_new (NULL);
  for (gsize i = 0; i < length; i++)
    {
      gboolean coded = text[i] == '%' && i + 2 < length && g_ascii_isxdigit (text[i + 1]) &&
                       g_ascii_isxdigit (text[i + 2]);
      char c = coded ? (char) (g_ascii_xdigit_value (text[i + 1]) * 16 + g_ascii_xdigit_value (text[i + 2]))
                     : text[i];
      if (c != '\0')
        g_string_append_c (out, c);
      i += coded ? 2 : 0;
    }
  return g_utf8_make_valid (out->str, (gssize) out->len);
}

/* WHATWG "IPv4 number parser": decimal, 0 octal, 0x hexadecimal. */
static gboolean
ipv4_number (const char *part, guint64 *value)
{
  guint base = 10;
  if (g_ascii_strncasecmp (part, "0x", 2) == 0)
    {
      base = 16;
      part += 2;
    }
  else if (part[0] == '0' && part[1] != '\0')
    {
      base = 8;
      part++;
    }
  char *end = NULL;
  *value = 0;
  if (*part == '\0')
    return base == 16;
  if (!g_ascii_isxdigit (*part))
    return FALSE;
  *value = g_ascii_strtoull (part, &end, base);
  return *end == '\0' && *value <= G_MAXUINT32;
}

/* WHATWG "IPv4 parser": one to four numbers, the last one filling what is left. Newly allocated; NULL when
 * host is no such address. */
static char *
ipv4_of (const char *host)
{
  g_auto (GStrv) parts = g_strsplit (host, ".", IPV4_PARTS + 2);
  guint count = g_strv_length (parts);
  if (count > 1 && *parts[count - 1] == '\0')
    count--;
  if (count == 0 || count > IPV4_PARTS)
    return NULL;
  guint64 address = 0;
  for (guint i = 0; i < count; i++)
    {
      guint64 value;
      gboolean last = i + 1 == count;
      guint left = IPV4_PARTS - i;
      if (*parts[i] == '\0' || !ipv4_number (parts[i], &value) ||
          value > (last ? (G_GUINT64_CONSTANT (1) << (8 * left)) - 1 : 255))
        return NULL;
      address |= last ? value : value << (8 * (left - 1));
    }
  return g_strdup_printf ("%u.%u.%u.%u", (guint) (address >> 24) & 255, (guint) (address >> 16) & 255,
                          (guint) (address >> 8) & 255, (guint) address & 255);
}

static const struct
{
  guint32 network, mask;
} private_networks[] = {
  { 0x0A000000, 0xFF000000 },                                                         /* RFC 1918 */
  { 0xAC100000, 0xFFF00000 }, { 0xC0A80000, 0xFFFF0000 }, { 0x7F000000, 0xFF000000 }, /* loopback */
  { 0xA9FE0000, 0xFFFF0000 },                                                         /* RFC 3927 */
  { 0x64400000, 0xFFC00000 },                                                         /* RFC 6598 */
  { 0x00000000, 0xFF000000 },
};

static gboolean
ipv4_is_private (guint32 address)
{
  for (gsize i = 0; i < G_N_ELEMENTS (private_networks); i++)
    if ((address & private_networks[i].mask) == private_networks[i].network)
      return TRUE;
  return FALSE;
}

static void
read_address (SekUrl *url)
{
  struct in_addr v4;
  struct in6_addr v6;
  if (inet_pton (AF_INET, url->host, &v4) == 1)
    {
      url->is_address = TRUE;
      url->is_private = ipv4_is_private (g_ntohl (v4.s_addr));
    }
  else if (inet_pton (AF_INET6, url->host, &v6) == 1)
    {
      guint32 inner;
      memcpy (&inner, v6.s6_addr + 12, sizeof inner);
      url->is_address = TRUE;
      url->is_private = IN6_IS_ADDR_LOOPBACK (&v6) || IN6_IS_ADDR_LINKLOCAL (&v6) ||
                        (v6.s6_addr[0] & 0xFE) == 0xFC ||
                        (IN6_IS_ADDR_V4MAPPED (&v6) && ipv4_is_private (g_ntohl (inner)));
    }
}

/* The one form of a host name: UTS 46 maps full-width letters and dots, case and Punycode. Newly allocated.
 */
static char *
normal_host (const char *written, gsize length)
{
  g_autofree char *decoded = decode (written, length);
  UErrorCode status = U_ZERO_ERROR;
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  UIDNA *idna = uidna_openUTS46 (UIDNA_NONTRANSITIONAL_TO_UNICODE, &status);
  char out[URL_BYTES_MAX + 1];
  int32_t got = 0;
  if (U_SUCCESS (status))
    got = uidna_nameToUnicodeUTF8 (idna, decoded, -1, out, sizeof out, &info, &status);
  uidna_close (idna);
  char *host = U_SUCCESS (status) && got > 0 ? g_strndup (out, (gsize) got) : g_utf8_strdown (decoded, -1);
  gsize end = strlen (host);
  if (end > 1 && host[end - 1] == '.')
    host[end - 1] = '\0';
  char *address = ipv4_of (host);
  if (address != NULL)
    {
      g_free (host);
      host = address;
    }
  return host;
}

/* "user:password@host:port" */
static void
read_authority (SekUrl *url, const char *authority, gsize length)
{
  const char *host = authority;
  const char *end = authority + length;
  for (const char *p = authority; p < end; p++)
    if (*p == '@')
      host = p + 1;
  if (host > authority)
    {
      g_free (url->userinfo);
      url->userinfo = decode (authority, (gsize) (host - 1 - authority));
    }
  g_free (url->host);
  const char *bracket = *host == '[' ? memchr (host, ']', (gsize) (end - host)) : NULL;
  if (bracket != NULL)
    url->host = g_ascii_strdown (host + 1, bracket - host - 1);
  else
    {
      const char *colon = memchr (host, ':', (gsize) (end - host));
      url->host = normal_host (host, (gsize) ((colon != NULL ? colon : end) - host));
    }
  read_address (url);
  g_free (url->registrable);
  url->registrable = url->is_address ? g_strdup (url->host) : sek_registrable_domain (url->host);
}

/* What stands behind the scheme, from its slashes on. */
static void
read_hierarchy (SekUrl *url, const char *rest)
{
  const char *authority = rest + strspn (rest, "/\\");
  gsize length = strcspn (authority, "/\\?#");
  read_authority (url, authority, length);
  const char *path = authority + length;
  gsize path_length = strcspn (path, "?#");
  g_free (url->path);
  url->path = decode (path, path_length);
  g_strdelimit (url->path, "\\", '/');
  if (path[path_length] == '?')
    {
      g_free (url->query);
      url->query = g_strndup (path + path_length + 1, strcspn (path + path_length + 1, "#"));
    }
}

/* Without what browsers drop: control characters and spaces around, tabs and line breaks inside. */
static char *
without_breaks (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) MIN (strlen (text), URL_BYTES_MAX));
  g_autoptr (GString) out = g_string_new (NULL);
  for (const char *p = valid; *p != '\0'; p++)
    if (strchr ("\t\r\n", *p) == NULL && ((guchar) *p > ' ' || out->len > 0))
      g_string_append_c (out, *p);
  return g_strchomp (g_strdup (out->str));
}

static gsize
scheme_length (const char *text)
{
  gsize length = g_ascii_isalpha (*text) ? 1 : 0;
  while (length > 0 &&
         (g_ascii_isalnum (text[length]) || (text[length] != '\0' && strchr ("+-.", text[length]))))
    length++;
  return length > 0 && text[length] == ':' ? length : 0;
}

SekUrl *
sek_url_new (const char *text)
{
  SekUrl *url = g_new0 (SekUrl, 1);
  url->scheme = g_strdup ("");
  url->userinfo = g_strdup ("");
  url->host = g_strdup ("");
  url->registrable = g_strdup ("");
  url->path = g_strdup ("");
  url->query = g_strdup ("");
  g_autofree char *plain = without_breaks (text);
  gsize length = scheme_length (plain);
  if (length == 0)
    {
      gboolean slashes =
          strchr ("/\\", plain[0]) != NULL && plain[0] != '\0' && strchr ("/\\", plain[1]) != NULL;
      if ((slashes && plain[1] != '\0') || g_ascii_strncasecmp (plain, "www.", 4) == 0)
        {
          url->kind = g_str_has_prefix (plain, "\\\\") ? SEK_URL_LOCAL : SEK_URL_WEB;
          read_hierarchy (url, plain);
        }
      return url;
    }
  g_free (url->scheme);
  url->scheme = g_ascii_strdown (plain, (gssize) length);
  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_str_equal (url->scheme, schemes[i].scheme))
      url->kind = schemes[i].kind;
  const char *rest = plain + length + 1;
  gboolean has_host = url->kind == SEK_URL_WEB || (url->kind == SEK_URL_LOCAL && strspn (rest, "/\\") == 2) ||
                      (url->kind == SEK_URL_LOCAL && strspn (rest, "/\\") >= 4);
  if (has_host)
    read_hierarchy (url, rest);
  else
    {
      g_free (url->path);
      url->path = decode (rest, strlen (rest));
    }
  return url;
}

gboolean
sek_url_host_is_below (const char *host, const char *domain)
{
  gsize length = strlen (host), tail = strlen (domain);
  return length >= tail && g_str_equal (host + length - tail, domain) &&
         (length == tail || host[length - tail - 1] == '.');
}
