/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/links.h"

#include <string.h>

#include "agent/core/limits.h"
#include "agent/core/text.h"

static const char *const schemes[] = { "https://", "http://", "ftp://", "www." };

static void
add (SekFacts *facts, const char *target, const char *text, const char *kind)
{
  if (facts->links->len >= SEK_LINKS_MAX)
    {
      sek_facts_add_problem (facts, "text-cut", NULL);
      return;
    }
  g_autofree char *kept_target = sek_text_clip (target, -1, SEK_NAME_CHARS_MAX);
  g_autofree char *kept_text = text != NULL ? sek_text_clip (text, -1, SEK_NAME_CHARS_MAX) : NULL;
  for (guint i = 0; i < facts->links->len; i++)
    {
      const SekLink *link = facts->links->pdata[i];
      if (strcmp (link->target, kept_target) == 0 && strcmp (link->kind, kind) == 0 &&
          g_strcmp0 (link->text, kept_text) == 0)
        return;
    }
  SekLink *link = sek_link_new (kept_target, kept_text);
  g_free (link->kind);
  link->kind = g_strdup (kind);
  g_ptr_array_add (facts->links, link);
}

void
sek_links_add (SekFacts *facts, const char *target, const char *text)
{
  add (facts, target, text, text != NULL ? "link" : "text");
}

void
sek_links_add_form (SekFacts *facts, const char *target, const char *asked)
{
  add (facts, target, asked, "form");
}

/* Length of the scheme at p, 0 when no link begins there. */
static gsize
scheme_at (const char *p)
{
  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      gsize length = strlen (schemes[i]);
      if (g_ascii_strncasecmp (p, schemes[i], length) == 0)
        return length;
    }
  return 0;
}

/* RFC 3986 §2, and what browsers accept besides. */
static gboolean
is_url_char (char c)
{
  return c > 0x20 && c < 0x7F && strchr ("<>\"`{}|\\^", c) == NULL;
}

/* Letters of other scripts belong to an internationalised host name. Chinese and Japanese ones do only when
 * the name begins with one: such text follows an address without a space. */
static gboolean
is_host_letter (gunichar c, gboolean begins_foreign)
{
  if (c < 0x80 || !g_unichar_isalnum (c))
    return FALSE;
  gboolean cjk = (c >= 0x2E80 && c <= 0xD7AF) || (c >= 0xF900 && c <= 0xFFEF) || c >= 0x20000;
  return !cjk || begins_foreign;
}

static const char *
url_end (const char *start, gsize scheme)
{
  const char *p = start + scheme;
  gboolean in_host = TRUE;
  gboolean foreign = (guchar) *p >= 0x80;
  while (*p != '\0')
    {
      in_host = in_host && strchr ("/?#", *p) == NULL;
      if (is_url_char (*p))
        p++;
      else if (in_host && is_host_letter (g_utf8_get_char (p), foreign))
        p = g_utf8_next_char (p);
      else
        break;
    }
  return p;
}

static gsize
count (const char *start, const char *end, char c)
{
  gsize n = 0;
  for (const char *p = start; p < end; p++)
    n += *p == c;
  return n;
}

/* Punctuation of the sentence is not part of the URL, nor is a bracket that it did not open. */
static const char *
trim_punctuation (const char *start, const char *end)
{
  /* Bounded: brackets are counted in at most this much. */
  if (end - start > SEK_NAME_CHARS_MAX * 6)
    return end;
  while (end > start)
    {
      char c = end[-1];
      gboolean unopened = (c == ')' && count (start, end, '(') < count (start, end, ')')) ||
                          (c == ']' && count (start, end, '[') < count (start, end, ']'));
      if (!unopened && strchr (".,;:!?'*_~", c) == NULL)
        break;
      end--;
    }
  return end;
}

void
sek_links_from_text (SekFacts *facts, const char *text)
{
  const char *p = text;
  while (*p != '\0' && facts->links->len < SEK_LINKS_MAX)
    {
      gboolean inside_word = p > text && (g_ascii_isalnum (p[-1]) || p[-1] == '@' || p[-1] == '.');
      gsize scheme = inside_word ? 0 : scheme_at (p);
      const char *end = scheme > 0 ? trim_punctuation (p, url_end (p, scheme)) : p;
      if (end <= p + scheme)
        {
          p++;
          continue;
        }
      g_autofree char *url = g_strndup (p, (gsize) (end - p));
      sek_links_add (facts, url, NULL);
      p = end;
    }
}

void
sek_links_mark (SekFacts *facts, guint known, const char *where)
{
  for (guint i = known; i < facts->links->len; i++)
    {
      SekLink *link = facts->links->pdata[i];
      g_free (link->where);
      link->where = g_strdup (where);
    }
}
