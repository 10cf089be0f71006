/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the agent of this session is: for the person who wonders, and for scripts of the administrator. */
#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "agent/cli/cli.h"
#include "agent/core/core.h"

#define AGENT "io.github.sekisho.Agent1"
#define AGENT_PATH "/io/github/sekisho/Agent1"
#define ANSWER_MILLISECONDS 30000
#define FAULT_CHARS_MAX 1000
#define FAULT_LINES_MAX 50

/* NULL after the fault was said. */
static GVariant *
read_properties (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_autoptr (GVariant) reply =
      bus != NULL
          ? g_dbus_connection_call_sync (bus, AGENT, AGENT_PATH, "org.freedesktop.DBus.Properties", "GetAll",
                                         g_variant_new ("(s)", AGENT), G_VARIANT_TYPE ("(a{sv})"),
                                         G_DBUS_CALL_FLAGS_NONE, ANSWER_MILLISECONDS, NULL, &error)
          : NULL;
  if (reply != NULL)
    return g_variant_get_child_value (reply, 0);
  g_dbus_error_strip_remote_error (error);
  sek_cli_complain (error->message);
  return NULL;
}

/* What a server or file had its part in may hold anything. */
static void
print_faults (const char *label, const char *text, gboolean *faulty)
{
  if (*text == '\0')
    return;
  *faulty = TRUE;
  g_print ("%s\n", label);
  g_auto (GStrv) lines = g_strsplit (text, "\n", FAULT_LINES_MAX);
  for (char **line = lines; *line != NULL; line++)
    {
      g_autofree char *shown = sek_text_show (*line, FAULT_CHARS_MAX);
      g_print ("    %s\n", shown);
    }
}

static char *
time_of (gint64 seconds)
{
  g_autoptr (GDateTime) time = seconds > 0 ? g_date_time_new_from_unix_local (seconds) : NULL;
  /* Translators: stands where a time would: it has not happened yet. */
  return time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M") : g_strdup (_ ("never yet"));
}

static void
print_policy (GVariant *policy, gboolean *faulty)
{
  const char *organisation = "", *url = "", *error = "", *pull_error = "";
  gint64 serial = 0, pulled = 0;
  g_variant_lookup (policy, "organisation", "&s", &organisation);
  g_variant_lookup (policy, "serial", "x", &serial);
  g_variant_lookup (policy, "error", "&s", &error);
  g_variant_lookup (policy, "pull-url", "&s", &url);
  g_variant_lookup (policy, "pulled", "x", &pulled);
  g_variant_lookup (policy, "pull-error", "&s", &pull_error);
  g_autofree char *name = sek_text_show (organisation, FAULT_CHARS_MAX);
  /* Translators: %s is the organisation's name, which may be empty, then the number of the policy. */
  g_print (_ ("Policy: %s, serial %lld"), *name != '\0' ? name : "–", (long long) serial);
  g_print ("\n");
  print_faults (_ ("The policy has faults:"), error, faulty);
  if (*url == '\0')
    return;
  g_autofree char *from = sek_text_show (url, FAULT_CHARS_MAX), *time = time_of (pulled);
  /* Translators: %s is a URL, then a time or “never yet”. */
  g_print (_ ("Fetched from: %s, last reached: %s"), from, time);
  g_print ("\n");
  print_faults (_ ("The policy was not renewed:"), pull_error, faulty);
}

static void
print_outbox (GVariant *outbox, gboolean *faulty)
{
  const char *last_error = "";
  gint64 queued = 0, sent = 0;
  g_variant_lookup (outbox, "queued", "x", &queued);
  g_variant_lookup (outbox, "sent", "x", &sent);
  g_variant_lookup (outbox, "last-error", "&s", &last_error);
  /* Translators: how many reports to the administrator wait, and how many were sent. */
  g_print (_ ("Reports: %lld waiting, %lld sent"), (long long) queued, (long long) sent);
  g_print ("\n");
  if (queued > 0)
    print_faults (_ ("A report could not be delivered yet:"), last_error, faulty);
}

int
sek_cli_status (int argc, char **argv)
{
  static const GOptionEntry entries[] = { G_OPTION_ENTRY_NULL };
  g_auto (GStrv) left = NULL;
  if (!sek_cli_parse_any ("status", NULL, entries, argc, argv, &left))
    return SEK_EXIT_UNREADABLE;
  g_autoptr (GVariant) properties = read_properties ();
  if (properties == NULL)
    return SEK_EXIT_UNREADABLE;
  gboolean faulty = FALSE;
  const char *version = "", *state_error = "", *notice = "";
  g_autoptr (GVariant) policy = g_variant_lookup_value (properties, "Policy", G_VARIANT_TYPE_VARDICT);
  g_autoptr (GVariant) outbox = g_variant_lookup_value (properties, "Outbox", G_VARIANT_TYPE_VARDICT);
  g_variant_lookup (properties, "Version", "&s", &version);
  g_variant_lookup (properties, "StateError", "&s", &state_error);
  g_variant_lookup (properties, "HistoryNotice", "&s", &notice);
  g_print ("sekisho-agent %s\n", version);
  if (policy != NULL)
    print_policy (policy, &faulty);
  if (outbox != NULL)
    print_outbox (outbox, &faulty);
  print_faults (_ ("Mails are checked without what is known of earlier mail:"), state_error, &faulty);
  print_faults (_ ("What was known of earlier mail was begun anew:"), notice, &faulty);
  return faulty ? SEK_EXIT_WARNED : SEK_EXIT_CLEAR;
}
