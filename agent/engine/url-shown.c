/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The address that a text shows to its reader. */
#include <libpsl.h>
#include <string.h>

#include "agent/core/text.h"
#include "agent/engine/file-kinds.h"
#include "agent/engine/url.h"

#define SHOWN_CHARS_MAX 200 /* a longer text is prose in which nobody looks for the goal */

/* Suffixes of files of programmers that are top-level domains as well. */
static const char *const file_suffixes[] = { "md", "rs", "sh", "py", "pl", "cc", "so", "ps", "ai", "am",
                                             "in", "pm", "ts", "cs", "la", "mk", "st", "gz", "io", NULL };
/* Names of products. */
static const char *const names[] = { "asp.net", "ado.net", "vb.net",    "ml.net",    "node.js",
                                     "next.js", "vue.js",  "socket.io", "paint.net", NULL };

static gboolean
is_url_start (const char *p)
{
  return g_str_has_prefix (p, "http:/") || g_str_has_prefix (p, "https:/") || g_str_has_prefix (p, "ftp:/") ||
         g_str_has_prefix (p, "www.");
}

/* Where a URL with a scheme or www. begins in text; NULL when nowhere. */
static const char *
find_url (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      gboolean inside_word = p > text && (g_ascii_isalnum (p[-1]) || strchr ("@.-/_", p[-1]) != NULL);
      if (!inside_word && is_url_start (p))
        return p;
    }
  return NULL;
}

/* A host that could be looked up: two labels at least, and not one cut by an ellipsis. */
static gboolean
is_whole_host (const SekUrl *url)
{
  gsize length = strlen (url->host);
  return length > 0 && strstr (url->host, "..") == NULL && url->host[length - 1] != '.' &&
         (url->is_address || (strchr (url->host, '.') != NULL && *url->host != '.'));
}

/* A domain as it stands on business cards. Only under a suffix that is really given out: many words with a
 * dot have the form of one. */
static gboolean
is_bare_domain (const SekUrl *url, const char *token)
{
  const char *suffix = strrchr (url->host, '.');
  if (suffix == NULL || url->is_address || strlen (suffix) < 3 || g_strv_contains (names, url->host))
    return FALSE;
  for (const char *p = url->host; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isalnum (g_utf8_get_char (p)) && strchr (".-", *p) == NULL)
      return FALSE;
  if (!psl_is_public_suffix2 (psl_builtin (), suffix + 1, PSL_TYPE_ICANN | PSL_TYPE_NO_STAR_RULE) ||
      strcspn (url->registrable, ".") < 2 || psl_is_public_suffix (psl_builtin (), url->host) ||
      g_str_equal (url->registrable, suffix + 1))
    return FALSE;
  gboolean alone = strpbrk (token, "/?#") == NULL;
  return !alone || (!g_strv_contains (file_suffixes, suffix + 1) &&
                    (sek_file_kind (NULL, url->host) == SEK_FILE_UNKNOWN || g_str_equal (suffix, ".com")));
}

SekUrl *
sek_url_shown (const char *text)
{
  g_autofree char *folded = text != NULL ? sek_text_fold (text) : g_strdup ("");
  if (*folded == '\0' || g_utf8_strlen (folded, -1) > SHOWN_CHARS_MAX)
    return NULL;
  const char *start = find_url (folded);
  gboolean bare = start == NULL;
  if (bare)
    start = folded + strspn (folded, "<([\"'»›> ");
  g_autofree char *token = g_strndup (start, strcspn (start, " <>\"'()[]「」"));
  gsize length = strlen (token);
  /* An ellipsis is three dots in compatible form, and cuts what it follows. */
  gboolean cut = g_str_has_suffix (token, "...");
  while (length > 0 && strchr (".,;:!?", token[length - 1]) != NULL)
    token[--length] = '\0';
  if (bare)
    {
      const char *rest = start + strcspn (start, " <>\"'()[]「」");
      if (strchr (token, '@') != NULL || strchr (token, ':') != NULL ||
          rest[strspn (rest, " <>\"')]»›")] != '\0')
        return NULL;
    }
  g_autofree char *address = bare ? g_strconcat ("//", token, NULL) : g_strdup (token);
  g_autoptr (SekUrl) url = sek_url_new (address);
  if (url->kind != SEK_URL_WEB || !is_whole_host (url) || (cut && *url->path == '\0') ||
      (bare && !is_bare_domain (url, token)))
    return NULL;
  return g_steal_pointer (&url);
}
