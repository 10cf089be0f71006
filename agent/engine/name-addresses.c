/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/engine/name-addresses.h"

#include <string.h>

#include "agent/core/core.h"
#include "agent/core/regex.h"
#include "agent/engine/check.h"

/* What stands for a sign, in folded text. A word alone ("taro at kaede.example") does so only between what
 * can be a local part and a domain. */
static const struct
{
  const char *pattern;
  const char *sign;
} writings[] = {
  { "\\s*[\\[({<〔《「【]\\s*(?:at|@|a|アット|アットマーク|あっと)\\s*[\\])}>〕》」】]\\s*", "@" },
  { "\\s*[\\[({<〔《「【]\\s*(?:dot|\\.|ドット|点)\\s*[\\])}>〕》」】]\\s*", "." },
  { "(?<=[a-z0-9])\\s*(?:_at_|-at-|アットマーク)\\s*(?=[a-z0-9])", "@" },
  { "(?<=[a-z0-9])\\s+at\\s+(?=[a-z0-9-]{2,}(?:\\.| dot )[a-z])", "@" },
  { "(?<=[a-z0-9])\\s+dot\\s+(?=[a-z]{2})", "." },
  { "(?<=[a-z0-9])[。・](?=[a-z0-9])", "." },
  { "(?<=[a-z0-9])%(?=[a-z0-9-]+\\.[a-z])", "@" },
};

/* Services that give out addresses and pass on what comes, naming the writer in the display name. */
static const char *const alias_services[] = {
  "33mail.com",
  "8alias.com",
  "8shield.net",
  "addy.io",
  "addymail.com",
  "aleeas.com",
  "anonaddy.com",
  "anonaddy.me",
  "dralias.com",
  "duck.com",
  "erine.email",
  "forwardemail.net",
  "mozmail.com",
  "passinbox.com",
  "passmail.com",
  "passmail.net",
  "privaterelay.appleid.com",
  "relay.firefox.com",
  "simplelogin.co",
  "simplelogin.com",
  "simplelogin.fr",
  "simplelogin.io",
  "simplelogin.net",
  "slmail.me",
  "slmails.com",
  "sneakemail.com",
  "spamgourmet.com",
};

/* Japanese goes on without a space behind the domain. */
#define DOMAIN_PATTERN "(?<![a-z0-9@.-])(?:[a-z0-9][a-z0-9-]{0,62}\\.){1,10}[a-z]{2,24}(?![a-z0-9@-])"

static char *
with_signs (const char *folded)
{
  static GRegex *regexes[G_N_ELEMENTS (writings)];
  char *text = g_strdup (folded);
  for (gsize i = 0; i < G_N_ELEMENTS (writings); i++)
    {
      GRegex *regex = sek_regex_once (&regexes[i], writings[i].pattern);
      char *next = g_regex_replace_literal (regex, text, -1, 0, writings[i].sign, 0, NULL);
      if (next == NULL)
        continue;
      g_free (text);
      text = next;
    }
  return text;
}

static char *
fold_name (const char *display_name)
{
  g_autofree char *clipped = sek_text_clip (display_name, -1, SEK_NAME_CHARS_MAX);
  return sek_text_fold (clipped);
}

char **
sek_addresses_in_name (const char *display_name)
{
  char **plain = sek_addr_spec_find_all (display_name);
  if (plain[0] != NULL)
    return plain;
  g_strfreev (plain);
  g_autofree char *folded = fold_name (display_name);
  g_autofree char *read = with_signs (folded);
  return sek_addr_spec_find_all (read);
}

char *
sek_domain_in_name (const char *display_name)
{
  g_autofree char *folded = fold_name (display_name);
  static GRegex *regex;
  g_autoptr (GMatchInfo) match = NULL;
  g_regex_match (sek_regex_once (&regex, DOMAIN_PATTERN), folded, 0, &match);
  return g_match_info_matches (match) ? g_match_info_fetch (match, 0) : NULL;
}

gboolean
sek_is_alias_for (const char *sender, const char *shown)
{
  const char *domain = sek_addr_spec_domain (sender);
  g_autofree char *registrable = sek_registrable_domain (domain);
  for (gsize i = 0; i < G_N_ELEMENTS (alias_services); i++)
    if (g_str_equal (registrable, alias_services[i]) || g_strcmp0 (domain, alias_services[i]) == 0)
      return TRUE;
  const char *claimed = sek_addr_spec_domain (shown);
  g_autofree char *local = g_ascii_strdown (sender, (gssize) strcspn (sender, "@"));
  return claimed != NULL && strstr (local, claimed) != NULL;
}
