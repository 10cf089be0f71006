/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a link leads and whom a domain or a name can be taken for: each line is read as a link, as the text
 * of one, as a domain and as a display name, and held against the line before. */
#include "tests/fuzz/fuzz.h"

#include "agent/engine/known-domains.h"
#include "agent/engine/name-addresses.h"
#include "agent/engine/url.h"

#define LINES_MAX 60

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  return 0;
}

static void
read_link (const char *text)
{
  g_autoptr (SekUrl) url = sek_url_new (text);
  g_autoptr (SekUrl) inside = sek_url_unwrap (url);
  g_autoptr (SekUrl) shown = sek_url_shown (text);
  g_assert_true (g_utf8_validate (url->host, -1, NULL));
  sek_url_is_shortener (url);
  sek_url_is_click_counter (url);
}

static void
read_name (const char *text)
{
  g_auto (GStrv) addresses = sek_addresses_in_name (text);
  g_autofree char *domain = sek_domain_in_name (text);
  for (char **address = addresses; *address != NULL; address++)
    sek_is_alias_for (text, *address);
}

/* The quick ways find what the slow one finds. */
static void
compare (const char *text, const char *other)
{
  g_autoptr (SekDomainName) foreign = sek_domain_name_new (text);
  g_autoptr (SekDomainName) known = sek_domain_name_new (other);
  char *domains[] = { (char *) other, NULL };
  g_autoptr (SekKnownDomains) ordered = sek_known_domains_new (domains);
  SekResemblance how = sek_domain_resembles (foreign, known);
  gboolean is_double = how == SEK_RESEMBLES_HOMOGLYPH || how == SEK_RESEMBLES_CONFUSABLE;
  g_assert_true (how == SEK_RESEMBLES_NOT || sek_domain_may_resemble (foreign, other));
  g_assert_true ((sek_known_domains_find_double (ordered, foreign) != NULL) == is_double);
  sek_domain_mixes_scripts (foreign);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_utf8_make_valid ((const char *) data, (gssize) size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", LINES_MAX);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      read_link (lines[i]);
      read_name (lines[i]);
      if (i > 0)
        compare (lines[i], lines[i - 1]);
    }
  return 0;
}
