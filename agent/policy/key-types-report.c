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

/* *index: of value among words. */
static gboolean
find_word (const char *const *words, gsize count, const char *value, gsize *index)
{
  for (gsize i = 0; i < count; i++)
    if (g_str_equal (value, words[i]))
      {
        *index = i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
set_profile (SekPolicyReading *reading, const SekPolicyKey *row, const SekPolicyText *entry, char **reason)
{
  static const char *const words[] = {
    [SEK_PROFILE_ARF] = "arf",
    [SEK_PROFILE_ATTACHMENT] = "attachment",
    [SEK_PROFILE_JSON] = "json",
  };
  gsize index = SEK_PROFILE_ARF;
  gboolean known = find_word (words, G_N_ELEMENTS (words), entry->value, &index);
  FIELD (SekReportProfile, reading, row) = (SekReportProfile) index;
  return known;
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
  gsize index = SEK_AUTH_ANY;
  gboolean known = find_word (words, G_N_ELEMENTS (words), entry->value, &index);
  FIELD (SekAuth, reading, row) = (SekAuth) index;
  return known;
}

static void
set_string (SekPolicyReading *reading, const SekPolicyKey *row, const char *value)
{
  char **field = &FIELD (char *, reading, row);
  g_free (*field);
  *field = g_strdup (value);
}

/* Fields that say how a request is to be read, and those that are Sekisho's own. */
static const char *const taken_fields[] = { "host",           "connection",       "content-type",
                                            "content-length", "content-encoding", "transfer-encoding",
                                            "expect",         "upgrade",          "user-agent",
                                            "idempotency-key" };

static gboolean
set_token_field (SekPolicyReading *reading,
                 const SekPolicyKey *row,
                 const SekPolicyText *entry,
                 char **reason)
{
  g_autofree char *lower = g_ascii_strdown (entry->value, -1);
  gsize index;
  if (find_word (taken_fields, G_N_ELEMENTS (taken_fields), lower, &index))
    return FALSE;
  for (const char *p = lower; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != '-' && *p != '_')
      return FALSE;
  set_string (reading, row, entry->value);
  return *lower != '\0';
}

static gboolean
set_token_template (SekPolicyReading *reading,
                    const SekPolicyKey *row,
                    const SekPolicyText *entry,
                    char **reason)
{
  const char *room = strstr (entry->value, "%s");
  if (room == NULL || strchr (entry->value, '%') != room || strchr (room + 1, '%') != NULL)
    return FALSE;
  for (const char *p = entry->value; *p != '\0'; p++)
    if (*p < ' ' || *p > '~')
      return FALSE;
  set_string (reading, row, entry->value);
  return TRUE;
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
  g_autoptr (GUri) uri = g_uri_parse (entry->value, G_URI_FLAGS_NONE, NULL);
  if (uri != NULL && g_uri_get_userinfo (uri) != NULL)
    {
      /* Translators: keep login and header-value as they are. */
      *reason = g_strdup (_ ("a policy is no place for a password: name a login or a header-value, and it is "
                             "asked for"));
      return FALSE;
    }
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
const SekPolicyType sek_type_profile = { set_profile, N_ ("arf, attachment or json") };
const SekPolicyType sek_type_tls = { set_tls, N_ ("offered, required or wrapped") };
const SekPolicyType sek_type_auth = { set_auth, N_ ("any, plain, login or xoauth2") };
const SekPolicyType sek_type_token_field = { set_token_field,
                                             N_ ("the name of a header field that is free for a token") };
/* Translators: keep %s as it is; it is not replaced here. */
const SekPolicyType sek_type_token_template = { set_token_template, N_ ("a text with one %s for the token") };
