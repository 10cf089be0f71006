/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hosts that stand between a link and its goal. */
#include <string.h>

#include "agent/core/limits.h"
#include "agent/core/text.h"
#include "agent/engine/url.h"

#define UNWRAPPED_MAX 4 /* redirectors inside each other */

typedef enum
{
  CARRIES_PARAMETER, /* ?name=https%3A… */
  CARRIES_PATH,      /* …/https%3A%2F%2F… or …/https://… */
  CARRIES_DEFENSE_2, /* urldefense v2: - for %, _ for / */
} Carries;

/* Link checkers of mail gateways and well-known "you are leaving" pages. */
static const struct
{
  const char *host; /* or below it */
  Carries how;
  const char *parameter;
} redirectors[] = {
  { "safelinks.protection.outlook.com", CARRIES_PARAMETER, "url" },
  { "urldefense.proofpoint.com", CARRIES_DEFENSE_2, "u" },
  { "urldefense.com", CARRIES_PATH, NULL },
  { "urldefense.us", CARRIES_PATH, NULL },
  { "google.com", CARRIES_PARAMETER, "q" },
  { "google.com", CARRIES_PARAMETER, "url" },
  { "google.co.jp", CARRIES_PARAMETER, "q" },
  { "google.co.jp", CARRIES_PARAMETER, "url" },
  { "youtube.com", CARRIES_PARAMETER, "q" },
  { "facebook.com", CARRIES_PARAMETER, "u" },
  { "instagram.com", CARRIES_PARAMETER, "u" },
  { "linkedin.com", CARRIES_PARAMETER, "url" },
  { "slack-redir.net", CARRIES_PARAMETER, "url" },
  { "linkprotect.cudasvc.com", CARRIES_PARAMETER, "a" },
  { "clicktime.symantec.com", CARRIES_PARAMETER, "u" },
  { "protect2.fireeye.com", CARRIES_PARAMETER, "u" },
  { "scanmail.trustwave.com", CARRIES_PARAMETER, "u" },
  { "urlsand.esvalabs.com", CARRIES_PARAMETER, "u" },
  { "trendmicro.com", CARRIES_PARAMETER, "url" },
  { "secure-web.cisco.com", CARRIES_PATH, NULL },
  { "duckduckgo.com", CARRIES_PARAMETER, "uddg" },
  { "web.archive.org", CARRIES_PATH, NULL },
  { "checkpoint.url-protection.com", CARRIES_PARAMETER, "o" },
  { "avanan.click", CARRIES_PARAMETER, "o" },
};

static const char *const shorteners[] = {
  "bit.ly",
  "bitly.com",
  "j.mp",
  "tinyurl.com",
  "t.co",
  "goo.gl",
  "ow.ly",
  "is.gd",
  "v.gd",
  "buff.ly",
  "rebrand.ly",
  "cutt.ly",
  "rb.gy",
  "shorturl.at",
  "tiny.cc",
  "s.id",
  "t.ly",
  "ux.nu",
  "x.gd",
  "dlvr.it",
  "lnkd.in",
  "amzn.to",
  "amzn.asia",
  "fb.me",
  "youtu.be",
  "qr.ae",
  "soo.gd",
  "bl.ink",
  "short.io",
  "urx.nu",
  "onl.tw",
  "reurl.cc",
  "ift.tt",
  "aka.ms",
  "g.co",
  "forms.gle",
  "maps.app.goo.gl",
  "trib.al",
  "shorturl.asia",
  "qrco.de",
  "linktr.ee",
  "00m.in",
  "bit.do",
  "adf.ly",
  "mcaf.ee",
  "tr.ee",
  "wp.me",
  "db.tt",
  "spoti.fi",
  "nico.ms",
  "htn.to",
  "a.r10.to",
  "u0u1.net",
  "urlgeni.us",
};

/* What mailing services, and gateways that tell nothing in their addresses, put in front of every link. */
static const char *const click_counters[] = {
  "list-manage.com",
  "mailchimp.com",
  "mcusercontent.com",
  "sendgrid.net",
  "mailgun.org",
  "mailgun.net",
  "mandrillapp.com",
  "amazonses.com",
  "awstrack.me",
  "sparkpostmail.com",
  "rs6.net",
  "constantcontact.com",
  "ctctcdn.com",
  "exacttarget.com",
  "exct.net",
  "mktoweb.com",
  "mkt.com",
  "marketo.com",
  "mktomail.com",
  "pardot.com",
  "hubspot.com",
  "hubspotlinks.com",
  "hubspotemail.net",
  "hs-sales-engage.com",
  "hubspotstarter.net",
  "sendinblue.com",
  "sibautomation.com",
  "brevo.com",
  "sendibm1.com",
  "mailjet.com",
  "mjt.lu",
  "createsend.com",
  "cmail19.com",
  "cmail20.com",
  "createsend1.com",
  "klclick.com",
  "klaviyomail.com",
  "customeriomail.com",
  "intercom-mail.com",
  "intercom-clicks.com",
  "activehosted.com",
  "acemlnc.com",
  "emlnk.com",
  "getresponse.com",
  "aweber.com",
  "convertkit-mail.com",
  "ck.page",
  "substack.com",
  "beehiiv.com",
  "responsys.net",
  "eloqua.com",
  "en25.com",
  "emarsys.net",
  "cordial.io",
  "braze.com",
  "ablink.com",
  "iterable.com",
  "doubleclick.net",
  "salesforce.com",
  "sfmc-content.com",
  "mimecast.com",
  "mimecastprotect.com",
  "emailprotection.link",
  "hornetsecurity.com",
  "spamgourmet.com",
  "benchmarkemail.com",
  "blastmail.jp",
  "bme.jp",
  "cuenote.jp",
  "mailpublisher.jp",
  "emberpoint.com",
  "wise-cast.jp",
  "haihaimail.jp",
  "r.bme.jp",
  "mpse.jp",
  "mpme.jp",
  "satori.marketing",
  "shanon.co.jp",
  "smp.ne.jp",
  "postmarkapp.com",
  "pstmrk.it",
  "inkyphishfence.com",
  "cirrusinsight.com",
  "yesware.com",
  "mixmax.com",
  "sidekickopen01.com",
  "outreach.io",
  "salesloft.com",
  "rapidmail.de",
  "inxmail.com",
  "cleverreach.com",
  "mailup.com",
  "musvc2.net",
  "evanced.com",
  "egoiapp2.com",
};

static gboolean
is_in (const char *const *hosts, gsize count, const SekUrl *url)
{
  for (gsize i = 0; i < count; i++)
    if (sek_url_host_is_below (url->host, hosts[i]))
      return TRUE;
  return FALSE;
}

gboolean
sek_url_is_shortener (const SekUrl *url)
{
  return is_in (shorteners, G_N_ELEMENTS (shorteners), url);
}

gboolean
sek_url_is_click_counter (const SekUrl *url)
{
  return is_in (click_counters, G_N_ELEMENTS (click_counters), url);
}

/* The value of a parameter in a query, as written. Newly allocated; NULL when there is none. */
static char *
parameter_of (const char *query, const char *name)
{
  gsize length = strlen (name);
  for (const char *p = query; p != NULL && *p != '\0'; p = strchr (p, '&'))
    {
      p += *p == '&';
      if (g_str_has_prefix (p, "amp;"))
        p += strlen ("amp;");
      if (strncmp (p, name, length) == 0 && p[length] == '=')
        return g_strndup (p + length + 1, strcspn (p + length + 1, "&"));
    }
  return NULL;
}

static gboolean
has_web_scheme (const char *text)
{
  return g_ascii_strncasecmp (text, "http:/", 6) == 0 || g_ascii_strncasecmp (text, "https:/", 7) == 0;
}

/* The URL that url carries, decoded. Newly allocated; NULL when there is none. */
static char *
carried (const SekUrl *url, Carries how, const char *parameter)
{
  if (how == CARRIES_PATH)
    {
      const char *found = url->path;
      while (*found != '\0' && !has_web_scheme (found))
        found++;
      return *found != '\0' ? g_strdup (found) : NULL;
    }
  g_autofree char *value = parameter_of (url->query, parameter);
  if (value != NULL && how == CARRIES_DEFENSE_2)
    {
      g_strdelimit (value, "-", '%');
      g_strdelimit (value, "_", '/');
    }
  g_autofree char *decoded = value != NULL ? g_uri_unescape_string (value, NULL) : NULL;
  return decoded != NULL && has_web_scheme (decoded) ? g_steal_pointer (&decoded) : NULL;
}

static char *
carried_by_redirector (const SekUrl *url)
{
  for (gsize i = 0; i < G_N_ELEMENTS (redirectors) && url->kind == SEK_URL_WEB; i++)
    if (sek_url_host_is_below (url->host, redirectors[i].host))
      {
        char *inner = carried (url, redirectors[i].how, redirectors[i].parameter);
        if (inner != NULL)
          return inner;
      }
  return NULL;
}

static SekUrl *
url_copy (const SekUrl *url)
{
  SekUrl *copy = g_memdup2 (url, sizeof *url);
  copy->scheme = g_strdup (url->scheme);
  copy->userinfo = g_strdup (url->userinfo);
  copy->host = g_strdup (url->host);
  copy->registrable = g_strdup (url->registrable);
  copy->path = g_strdup (url->path);
  copy->query = g_strdup (url->query);
  return copy;
}

SekUrl *
sek_url_unwrap (const SekUrl *url)
{
  SekUrl *inner = url_copy (url);
  for (guint i = 0; i < UNWRAPPED_MAX; i++)
    {
      g_autofree char *text = carried_by_redirector (inner);
      if (text == NULL)
        break;
      sek_url_free (inner);
      inner = sek_url_new (text);
    }
  return inner;
}
