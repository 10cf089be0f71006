/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ways of a report. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "agent/policy/key-setting.h"
#include "agent/policy/values.h"

static gboolean
set_tls (SekPolicyReading *reading, const SekPolicyKey *row, const SekPolicyText *entry, char **reason)
{
  reading->policy->report_tls_wrapped = g_str_equal (entry->value, "wrapped");
  reading->policy->report_tls_required = !g_str_equal (entry->value, "offered");
  return !reading->policy->report_tls_required || reading->policy->report_tls_wrapped ||
         g_str_equal (entry->value, "required");
}

static gboolean
set_profile (SekPolicyReading *reading, const SekPolicyKey *row, const SekPolicyText *entry, char **reason)
{
  gboolean attachment = g_str_equal (entry->value, "attachment");
  FIELD (SekReportProfile, reading, row) = attachment ? SEK_PROFILE_ATTACHMENT : SEK_PROFILE_ARF;
  return attachment || g_str_equal (entry->value, "arf");
}

static gboolean
set_auth (SekPolicyReading *reading, const SekPolicyKey *row, const SekPolicyText *entry, char **reason)
{
  static const char *const words[] = {
    [SEK_AUTH_ANY] = "any",
    [SEK_AUTH_PLAIN] = "plain",
    [SEK_AUTH_LOGIN] = "login",
    [SEK_AUTH_XOAUTH2] = "xoauth2",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (entry->value, words[i]))
      {
        FIELD (SekAuth, reading, row) = (SekAuth) i;
        return TRUE;
      }
  return FALSE;
}

/* The four ways a report may take, of which a policy names one. */
static const struct
{
  const char *key;
  SekReportTransport transport;
} transports[] = {
  { "smtp", SEK_REPORT_SMTP },
  { "https", SEK_REPORT_HTTPS },
  { "maildir", SEK_REPORT_MAILDIR },
  { "client", SEK_REPORT_CLIENT },
};

static gboolean
set_transport (SekPolicyReading *reading, const SekPolicyText *entry, const char *target, char **reason)
{
  if (reading->has_transport)
    {
      /* Translators: keep [report], smtp, https, maildir and client as they are. */
      *reason = g_strdup (
          _ ("[report] names two ways for a report; it must be one of smtp, https, maildir, client"));
      return FALSE;
    }
  reading->has_transport = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (transports); i++)
    if (g_str_equal (entry->key, transports[i].key))
      reading->policy->report_transport = transports[i].transport;
  g_free (reading->policy->report_target);
  reading->policy->report_target = g_strdup (target);
  return TRUE;
}

static gboolean
set_smtp (SekPolicyReading *reading, const SekPolicyKey *row, const SekPolicyText *entry, char **reason)
{
  return sek_value_is_host_port (entry->value) && set_transport (reading, entry, entry->value, reason);
}

static gboolean
set_https (SekPolicyReading *reading, const SekPolicyKey *row, const SekPolicyText *entry, char **reason)
{
  return sek_value_is_https (entry->value) && set_transport (reading, entry, entry->value, reason);
}

static gboolean
set_maildir (SekPolicyReading *reading, const SekPolicyKey *row, const SekPolicyText *entry, char **reason)
{
  return g_path_is_absolute (entry->value) && set_transport (reading, entry, entry->value, reason);
}

static gboolean
set_client (SekPolicyReading *reading, const SekPolicyKey *row, const SekPolicyText *entry, char **reason)
{
  gboolean by_client = FALSE;
  if (!sek_value_boolean (entry->value, &by_client))
    return FALSE;
  return !by_client || set_transport (reading, entry, "", reason);
}

const SekPolicyType sek_type_smtp = { set_smtp, N_ ("host:port, such as mail.example:25") };
const SekPolicyType sek_type_report_https = { set_https, N_ ("a URL that begins with https://") };
const SekPolicyType sek_type_maildir = { set_maildir, N_ ("a path that begins with /") };
const SekPolicyType sek_type_client = { set_client, N_ ("yes or no") };
const SekPolicyType sek_type_profile = { set_profile, N_ ("arf or attachment") };
const SekPolicyType sek_type_tls = { set_tls, N_ ("offered, required or wrapped") };
const SekPolicyType sek_type_auth = { set_auth, N_ ("any, plain, login or xoauth2") };
