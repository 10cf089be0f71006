/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be told of an address without asking anybody. */
#include "agent/engine/check.h"

#include <libpsl.h>
#include <string.h>

char *
sek_registrable_domain (const char *domain)
{
  if (domain == NULL)
    return g_strdup ("");
  g_autofree char *lower = g_utf8_strdown (domain, -1);
  gsize length = strlen (lower);
  if (length > 0 && lower[length - 1] == '.')
    lower[length - 1] = '\0';
  const char *registrable = psl_registrable_domain (psl_builtin (), lower);
  return g_strdup (registrable != NULL ? registrable : lower);
}

/* The label that somebody registered: "kaede" of "kaede.co.jp". Newly allocated. */
static char *
owner_label (const char *address)
{
  g_autofree char *registrable = sek_registrable_domain (sek_addr_spec_domain (address));
  char *dot = strchr (registrable, '.');
  if (dot != NULL)
    *dot = '\0';
  return g_steal_pointer (&registrable);
}

gboolean
sek_same_organisation (const char *address_a, const char *address_b)
{
  const char *domain_a = sek_addr_spec_domain (address_a), *domain_b = sek_addr_spec_domain (address_b);
  if (domain_a == NULL || domain_b == NULL)
    return FALSE;
  g_autofree char *a = sek_registrable_domain (domain_a);
  g_autofree char *b = sek_registrable_domain (domain_b);
  if (g_str_equal (a, b))
    return TRUE;
  g_autofree char *label_a = owner_label (address_a);
  g_autofree char *label_b = owner_label (address_b);
  /* Short labels ("abc") are registered by different people under each suffix. */
  return strlen (label_a) > 3 && g_str_equal (label_a, label_b);
}

gboolean
sek_is_own_address (const SekCheckInput *input, const char *address)
{
  if (sek_policy_is_own_domain (input->policy, sek_addr_spec_domain (address)))
    return TRUE;
  g_autofree char *registrable = sek_registrable_domain (sek_addr_spec_domain (address));
  for (char **own = input->own_organisations; *own != NULL; own++)
    if (g_str_equal (*own, registrable))
      return TRUE;
  for (gsize i = 0; input->own_addresses[i] != NULL; i++)
    if (sek_addr_spec_equal (address, input->own_addresses[i]))
      return TRUE;
  return FALSE;
}

static const char *const public_mail_domains[] = {
  "gmail.com",      "googlemail.com", "yahoo.com",
  "yahoo.co.jp",    "ymail.ne.jp",    "outlook.com",
  "outlook.jp",     "hotmail.com",    "hotmail.co.jp",
  "live.com",       "live.jp",        "msn.com",
  "icloud.com",     "me.com",         "mac.com",
  "aol.com",        "gmx.de",         "gmx.net",
  "gmx.at",         "web.de",         "t-online.de",
  "freenet.de",     "orange.fr",      "wanadoo.fr",
  "free.fr",        "laposte.net",    "libero.it",
  "virgilio.it",    "alice.it",       "proton.me",
  "protonmail.com", "zoho.com",       "mail.ru",
  "yandex.ru",      "qq.com",         "163.com",
  "126.com",        "naver.com",      "daum.net",
  "hanmail.net",    "docomo.ne.jp",   "ezweb.ne.jp",
  "au.com",         "softbank.ne.jp", "i.softbank.jp",
  "nifty.com",      "biglobe.ne.jp",  "ocn.ne.jp",
  "so-net.ne.jp",   "plala.or.jp",    "dion.ne.jp",
  "infoseek.jp",    "excite.co.jp",   "goo.jp",
  "comcast.net",    "verizon.net",    NULL,
};

const char *const *
sek_public_mail_domains (void)
{
  return public_mail_domains;
}

gboolean
sek_is_public_mail_domain (const char *domain)
{
  for (gsize i = 0; domain != NULL && public_mail_domains[i] != NULL; i++)
    if (g_ascii_strcasecmp (domain, public_mail_domains[i]) == 0)
      return TRUE;
  return FALSE;
}

gboolean
sek_is_service_address (const char *address)
{
  static const char *const words[] = {
    "noreply",      "no-reply",  "no_reply",   "donotreply", "do-not-reply", "do_not_reply", "notification",
    "notify",       "calendar",  "invitation", "mailer",     "bounce",       "alert",        "automat",
    "drive-shares", "comments-", "newsletter", "postmaster", "daemon",       "bugzilla",     "jira",
    "redmine",      "gitlab",    "github",     "listserv",   "majordomo",    "webmaster",    "helpdesk",
    "messages-",    "feedback",  "updates",    "reply+",     "support+",     "account-",     "system",
  };
  const char *domain = sek_addr_spec_domain (address);
  if (domain == NULL)
    return FALSE;
  g_autofree char *local = g_ascii_strdown (address, domain - address - 1);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (local, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

char *
sek_organisation_of (const char *addr_spec)
{
  const char *at = addr_spec != NULL ? strrchr (addr_spec, '@') : NULL;
  g_autofree char *domain = sek_registrable_domain (at != NULL ? at + 1 : NULL);
  return g_strdup (sek_is_public_mail_domain (domain) ? "" : domain);
}
