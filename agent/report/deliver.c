/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "agent/report/header.h"
#include "agent/report/report-private.h"

static gboolean
refuse (GError **error, const char *reason)
{
  g_set_error (error, SEK_REPORT_ERROR, SEK_REPORT_ERROR_CONFIG, _ ("The report can't be sent: %s"), reason);
  return FALSE;
}

SekReportLogin
sek_report_login (const SekPolicy *policy)
{
  gboolean https = policy->report_transport == SEK_REPORT_HTTPS;
  if (https && *policy->report_header_value != '\0')
    return SEK_REPORT_TOKEN;
  return (https || policy->report_transport == SEK_REPORT_SMTP) && *policy->report_login != '\0'
             ? SEK_REPORT_PASSWORD
             : SEK_REPORT_NO_LOGIN;
}

/* It becomes part of a header field. */
static gboolean
can_travel (const char *token)
{
  for (const char *p = token; *p != '\0'; p++)
    if ((guchar) *p < ' ' || *p == 0x7f)
      return FALSE;
  return TRUE;
}

static gboolean
wait_for_secret (GError **error, char *reason)
{
  g_autofree char *words = reason;
  g_set_error (error, SEK_REPORT_ERROR, SEK_REPORT_ERROR_SECRET, _ ("The report waits: %s"), words);
  return FALSE;
}

/* TRUE when secret is what the policy's way needs. */
static gboolean
has_secret (const SekPolicy *policy, const char *secret, GError **error)
{
  SekReportLogin login = sek_report_login (policy);
  gboolean there = secret != NULL && *secret != '\0';
  if (login == SEK_REPORT_PASSWORD && !there)
    /* Translators: ends “The report waits: …”. %s is the name a person logs in with at a server. */
    return wait_for_secret (error, g_strdup_printf (_ ("the password of %s is not known on this computer"),
                                                    policy->report_login));
  if (login == SEK_REPORT_TOKEN && !there)
    /* Translators: ends “The report waits: …”. %s is a URL. */
    return wait_for_secret (error,
                            g_strdup_printf (_ ("the access token for %s is not known on this computer"),
                                             policy->report_target));
  if (login == SEK_REPORT_TOKEN && !can_travel (secret))
    /* Translators: ends “The report waits: …”. %s is a URL. */
    return wait_for_secret (
        error, g_strdup_printf (_ ("the access token for %s holds a character that no token has"),
                                policy->report_target));
  return TRUE;
}

static gboolean
by_smtp (const SekPolicy *policy,
         const char *reporter,
         const char *secret,
         GBytes *message,
         GCancellable *cancellable,
         GError **error)
{
  const char *recipient = policy->report_address;
  if (!sek_header_is_plain_address (recipient))
    return refuse (error, _ ("the policy names no address of an administrator"));
  /* The target becomes part of a URL. */
  if (*policy->report_target == '\0' || strpbrk (policy->report_target, "/@?# \t\r\n\\") != NULL)
    return refuse (error, _ ("the policy names no mail server"));
  if (!has_secret (policy, secret, error))
    return FALSE;
  const char *sender = sek_header_is_plain_address (reporter) ? reporter : recipient;
  g_autoptr (GBytes) lines = sek_stored_in_lines (message);
  return sek_report_deliver_smtp (policy, sender, secret, lines, cancellable, error);
}

static gboolean
by_https (
    const SekPolicy *policy, const char *secret, GBytes *message, GCancellable *cancellable, GError **error)
{
  if (!g_str_has_prefix (policy->report_target, "https://"))
    return refuse (error, _ ("the policy names no URL that begins with https://"));
  if (!has_secret (policy, secret, error))
    return FALSE;
  const char *used = sek_report_login (policy) != SEK_REPORT_NO_LOGIN ? secret : NULL;
  return sek_report_deliver_https (policy, used, message, cancellable, error);
}

static gboolean
by_maildir (const SekPolicy *policy, const char *report_id, GBytes *message, GError **error)
{
  g_autofree char *path =
      *policy->report_target != '\0' ? g_strdup (policy->report_target) : sek_report_default_maildir ();
  if (!g_path_is_absolute (path))
    return refuse (error, _ ("the policy's Maildir is not a path that begins with /"));
  g_autoptr (GBytes) lines = sek_stored_in_lines (message);
  return sek_report_deliver_maildir (path, report_id, lines, error);
}

/* The report is on its way already, so nothing that fails here is a reason to send it again. */
static void
keep_copy (const SekPolicy *policy, const char *report_id, GBytes *message)
{
  if (!policy->report_keep_copy || policy->report_transport == SEK_REPORT_MAILDIR)
    return;
  g_autofree char *path = sek_report_default_maildir ();
  g_autoptr (GBytes) lines = sek_stored_in_lines (message);
  g_autoptr (GError) error = NULL;
  if (!sek_report_deliver_maildir (path, report_id, lines, &error))
    g_warning ("No copy of the report %s was kept: %s", report_id, error->message);
}

gboolean
sek_report_deliver (const SekPolicy *policy,
                    const char *reporter,
                    const char *secret,
                    GBytes *message,
                    const char *report_id,
                    GCancellable *cancellable,
                    GError **error)
{
  /* It becomes a file name. */
  g_return_val_if_fail (*report_id != '\0' && strspn (report_id, "0123456789abcdef") == strlen (report_id),
                        FALSE);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  switch (policy->report_transport)
    {
    case SEK_REPORT_SMTP:
      if (!by_smtp (policy, reporter, secret, message, cancellable, error))
        return FALSE;
      keep_copy (policy, report_id, message);
      return TRUE;
    case SEK_REPORT_MAILDIR:
      return by_maildir (policy, report_id, message, error);
    case SEK_REPORT_HTTPS:
      if (!by_https (policy, secret, message, cancellable, error))
        return FALSE;
      keep_copy (policy, report_id, message);
      return TRUE;
    case SEK_REPORT_CLIENT:
      /* Handed over by the outbox, never delivered by us. */
      return refuse (error, _ ("it goes by way of the mail program's own account"));
    }
  g_assert_not_reached ();
}

GBytes *
sek_report_for_mail (GBytes *report)
{
  return sek_stored_in_lines (report);
}
