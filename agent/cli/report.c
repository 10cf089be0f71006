/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "agent/cli/cli.h"
#include "agent/core/core.h"

#define AGENT "io.github.sekisho.Agent1"
#define AGENT_PATH "/io/github/sekisho/Agent1"
#define ANSWER_MILLISECONDS 30000

/* The one command that asks the agent: it alone sends, and must hear of it at once. NULL after the fault was
 * said. */
static GVariant *
call (const char *method, GVariant *arguments, const GVariantType *answer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  GVariant *reply =
      bus != NULL ? g_dbus_connection_call_sync (bus, AGENT, AGENT_PATH, AGENT, method, arguments, answer,
                                                 G_DBUS_CALL_FLAGS_NONE, ANSWER_MILLISECONDS, NULL, &error)
                  : NULL;
  if (reply == NULL)
    {
      g_dbus_error_strip_remote_error (error);
      sek_cli_complain (error->message);
    }
  return reply;
}

static const char *
state_of (const char *state, const char *answer, const char *last_error)
{
  static const char *const answers[][2] = {
    /* Translators: the next four are the state of a report, by what the administrator has answered. */
    { "dangerous", N_ ("answered: dangerous") },
    { "harmless", N_ ("answered: harmless") },
    { "thanks", N_ ("answered: thank you") },
    { "answered", N_ ("answered") },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    if (g_str_equal (answer, answers[i][0]))
      return _ (answers[i][1]);
  if (g_str_equal (state, "sent"))
    /* Translators: the state of a report. */
    return _ ("sent");
  /* Translators: the state of a report: its delivery has failed and is tried again. */
  return *last_error != '\0' ? _ ("waits") : _ ("queued");
}

static int
list (void)
{
  g_autoptr (GVariant) reply = call ("Reports", NULL, G_VARIANT_TYPE ("(aa{sv})"));
  if (reply == NULL)
    return SEK_EXIT_UNREADABLE;
  g_autoptr (GVariant) reports = g_variant_get_child_value (reply, 0);
  for (gsize i = 0; i < g_variant_n_children (reports) && i < SEK_OUTBOX_LISTED_MAX; i++)
    {
      g_autoptr (GVariant) report = g_variant_get_child_value (reports, i);
      const char *id = "", *state = "", *answer = "", *last_error = "";
      gint64 created = 0;
      g_variant_lookup (report, "id", "&s", &id);
      g_variant_lookup (report, "state", "&s", &state);
      g_variant_lookup (report, "answer", "&s", &answer);
      g_variant_lookup (report, "last-error", "&s", &last_error);
      g_variant_lookup (report, "created", "x", &created);
      g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (created);
      g_autofree char *day = time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M") : NULL;
      g_print ("%s  %s  %s\n", id, day != NULL ? day : "–", state_of (state, answer, last_error));
      g_autofree char *reason = sek_text_show (last_error, SEK_EVIDENCE_CHARS_MAX);
      if (*reason != '\0')
        g_print ("    %s\n", reason);
    }
  return SEK_EXIT_CLEAR;
}

static int
retry (const char *id)
{
  g_autoptr (GVariant) reply = call ("SendAgain", g_variant_new ("(s)", id), NULL);
  if (reply == NULL)
    return SEK_EXIT_UNREADABLE;
  g_print ("%s\n", _ ("The report is being sent again; “sekisho report list” says how it goes."));
  return SEK_EXIT_CLEAR;
}

static int
withdraw (const char *id)
{
  g_autoptr (GVariant) reply = call ("Withdraw", g_variant_new ("(s)", id), NULL);
  if (reply == NULL)
    return SEK_EXIT_UNREADABLE;
  g_print ("%s\n", _ ("The report was taken back. Nothing was sent."));
  return SEK_EXIT_CLEAR;
}

int
sek_cli_report (int argc, char **argv)
{
  static const GOptionEntry entries[] = { G_OPTION_ENTRY_NULL };
  g_auto (GStrv) words = NULL;
  if (!sek_cli_parse_any ("report", _ ("list | retry ID | withdraw ID"), entries, argc, argv, &words))
    return SEK_EXIT_UNREADABLE;
  guint count = words != NULL ? g_strv_length (words) : 0;
  if (count == 1 && g_str_equal (words[0], "list"))
    return list ();
  if (count == 2 && g_str_equal (words[0], "retry") && g_utf8_validate (words[1], -1, NULL))
    return retry (words[1]);
  if (count == 2 && g_str_equal (words[0], "withdraw") && g_utf8_validate (words[1], -1, NULL))
    return withdraw (words[1]);
  sek_cli_complain (_ ("What should be done? See sekisho report --help"));
  return SEK_EXIT_UNREADABLE;
}
