/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sekisho-window [--page PAGE]: the application's window. One runs in a session; a second start only raises
 * it. */
#include <glib/gi18n-lib.h>
#include <gtk/gtk.h>
#include <locale.h>

#include "agent/core/core.h"
#include "ui/ui.h"
#include "ui/window/agent-link.h"
#include "ui/window/window.h"

#define APPLICATION_ID "io.github.sekisho.Sekisho"

static void
add_style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, "/io/github/sekisho/window/window.css");
  gtk_style_context_add_provider_for_screen (gdk_screen_get_default (), GTK_STYLE_PROVIDER (provider),
                                             GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static void
on_page (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkApplication *application = user_data;
  g_application_activate (G_APPLICATION (application));
  sek_window_show_page (SEK_WINDOW (gtk_application_get_active_window (application)),
                        g_variant_get_string (parameter, NULL));
}

static void
on_quit (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_application_quit (user_data);
}

static void
on_startup (GApplication *application, gpointer user_data)
{
  static const GActionEntry actions[] = {
    { .name = "page", .activate = on_page, .parameter_type = "s" },
    { .name = "quit", .activate = on_quit },
  };
  static const char *const quit_keys[] = { "<Primary>q", "<Primary>w", NULL };
  sek_ui_init ();
  add_style ();
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), application);
  gtk_application_set_accels_for_action (GTK_APPLICATION (application), "app.quit", quit_keys);
}

static void
on_activate (GApplication *application, gpointer user_data)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));
  if (window == NULL)
    {
      g_autoptr (SekAgentLink) agent = sek_agent_link_new ();
      window = GTK_WINDOW (sek_window_new (GTK_APPLICATION (application), agent));
    }
  gtk_window_present (window);
}

/* Runs in the first process and in every later one: what was asked for goes to the first. */
static int
on_options (GApplication *application, GVariantDict *options, gpointer user_data)
{
  const char *page = NULL;
  if (!g_variant_dict_lookup (options, "page", "&s", &page))
    return -1;
  g_autoptr (GError) error = NULL;
  if (!g_application_register (application, NULL, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  g_application_activate (application);
  g_action_group_activate_action (G_ACTION_GROUP (application), "page", g_variant_new_string (page));
  return -1;
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  sek_wording_init ();
  /* Translators: the name of the program. */
  g_set_application_name (_ ("Sekisho"));
  /* Wayland compositors find icon and desktop file by it. */
  g_set_prgname (APPLICATION_ID);
  g_autoptr (GtkApplication) application = gtk_application_new (APPLICATION_ID, G_APPLICATION_DEFAULT_FLAGS);
  g_application_add_main_option (
      G_APPLICATION (application), "page", 'p', G_OPTION_FLAG_NONE,
      /* Translators: help of an option of the command sekisho-window. */
      G_OPTION_ARG_STRING, _ ("show this page: today, mails, reports, advisories, correspondents, settings"),
      /* Translators: stands for a word in the help of an option. */
      _ ("PAGE"));
  g_signal_connect (application, "startup", G_CALLBACK (on_startup), NULL);
  g_signal_connect (application, "activate", G_CALLBACK (on_activate), NULL);
  g_signal_connect (application, "handle-local-options", G_CALLBACK (on_options), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
