/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lets the agent send a harmless sample through its whole chain, and says how each step went. */
#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "agent/cli/cli.h"
#include "agent/core/core.h"

#define AGENT "io.github.sekisho.Agent1"
#define AGENT_PATH "/io/github/sekisho/Agent1"
#define ANSWER_MILLISECONDS 30000
#define REASON_CHARS_MAX 1000

int
sek_cli_self_test (int argc, char **argv)
{
  static const GOptionEntry entries[] = { G_OPTION_ENTRY_NULL };
  g_auto (GStrv) left = NULL;
  if (!sek_cli_parse_any ("self-test", NULL, entries, argc, argv, &left))
    return SEK_EXIT_UNREADABLE;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_autoptr (GVariant) reply =
      bus != NULL ? g_dbus_connection_call_sync (bus, AGENT, AGENT_PATH, AGENT, "SelfTest", NULL,
                                                 G_VARIANT_TYPE ("(a{sv})"), G_DBUS_CALL_FLAGS_NONE,
                                                 ANSWER_MILLISECONDS, NULL, &error)
                  : NULL;
  if (reply == NULL)
    {
      g_dbus_error_strip_remote_error (error);
      sek_cli_complain (error->message);
      return SEK_EXIT_UNREADABLE;
    }
  g_autoptr (GVariant) outcome = g_variant_get_child_value (reply, 0);
  g_autoptr (GVariantIter) steps = NULL;
  const char *title, *reason;
  gboolean well = FALSE, step_well;
  g_variant_lookup (outcome, "steps", "a(ssbs)", &steps);
  while (steps != NULL && g_variant_iter_next (steps, "(&s&sb&s)", NULL, &title, &step_well, &reason))
    {
      g_autofree char *shown = sek_text_show (reason, REASON_CHARS_MAX);
      /* Translators: the outcome of one step of the self-test. */
      g_print ("%s: %s%s%s\n", title, step_well ? _ ("well") : _ ("not well"), step_well ? "" : " – ", shown);
    }
  g_variant_lookup (outcome, "well", "b", &well);
  return well ? SEK_EXIT_CLEAR : SEK_EXIT_WARNED;
}
