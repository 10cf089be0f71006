/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Claws Mail's entry points. */
#include "tests/e2e/probe/probe.h"

#include <gmodule.h>

#include "plugin.h"

G_MODULE_EXPORT gint
plugin_init (gchar **error)
{
  g_autoptr (GError) failure = NULL;
  if (!probe_serve (&failure))
    {
      *error = g_strdup (failure->message);
      return -1;
    }
  probe_draws_start ();
  return 0;
}

G_MODULE_EXPORT gboolean
plugin_done (void)
{
  probe_serve_end ();
  probe_draws_stop ();
  return TRUE;
}

G_MODULE_EXPORT const gchar *
plugin_name (void)
{
  return "Sekisho test probe";
}

G_MODULE_EXPORT const gchar *
plugin_desc (void)
{
  return "Tells tests what is on the screen";
}

G_MODULE_EXPORT const gchar *
plugin_type (void)
{
  return "GTK3";
}

G_MODULE_EXPORT const gchar *
plugin_licence (void)
{
  return "GPL3+";
}

G_MODULE_EXPORT const gchar *
plugin_version (void)
{
  return SEK_VERSION;
}

G_MODULE_EXPORT struct PluginFeature *
plugin_provides (void)
{
  static struct PluginFeature features[] = { { PLUGIN_OTHER, "Sekisho test probe" },
                                             { PLUGIN_NOTHING, NULL } };
  return features;
}
