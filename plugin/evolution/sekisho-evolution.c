/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The entry points of Evolution's module, and its main object. */
#include "plugin/evolution/evolution.h"

#include <libemail-engine/libemail-engine.h>
#include <mail/e-mail-backend.h>
#include <shell/e-shell.h>

#define PLUGIN_KEY "sekisho-plugin"

static void
on_changed (SekMail *mail, gpointer user_data)
{
  SekPlugin *plugin = user_data;
  sek_readers_apply (plugin, mail);
  sek_arrivals_judged (plugin->arrivals, mail);
}

static gboolean
is_in_use (const SekMail *mail, gpointer user_data)
{
  SekPlugin *plugin = user_data;
  return sek_readers_find (plugin, mail) != NULL || sek_arrivals_wait_for (plugin->arrivals, mail);
}

static void
on_forgotten (SekMail *mail, gpointer user_data)
{
  if (mail->dialog != NULL)
    gtk_widget_destroy (mail->dialog);
}

static const SekMailsFuncs mails_funcs = { on_changed, is_in_use, on_forgotten };

static void
plugin_free (gpointer data)
{
  SekPlugin *plugin = data;
  sek_folders_free (plugin->folders);
  sek_contacts_free (plugin->contacts);
  sek_advised_free (plugin->advised);
  sek_arrivals_free (plugin->arrivals);
  g_hash_table_unref (plugin->covered);
  sek_undos_free (plugin->undos);
  sek_mails_free (plugin->mails);
  sek_client_free (plugin->client);
  g_ptr_array_unref (plugin->readers);
  g_free (plugin);
}

/* It lives as long as the shell, which hands no pointer to extensions. */
SekPlugin *
sek_plugin_get (void)
{
  EShell *shell = e_shell_get_default ();
  SekPlugin *plugin = g_object_get_data (G_OBJECT (shell), PLUGIN_KEY);
  if (plugin == NULL)
    {
      sek_wording_init ();
      sek_ui_init ();
      plugin = g_new0 (SekPlugin, 1);
      plugin->client = sek_client_new ("Evolution " SEK_EVOLUTION_VERSION);
      plugin->mails = sek_mails_new (plugin->client, &mails_funcs, plugin);
      plugin->undos = sek_undos_new (plugin->client);
      plugin->readers = g_ptr_array_new ();
      plugin->arrivals = sek_arrivals_new (plugin->mails);
      plugin->folders = sek_folders_new (plugin->client);
      plugin->advised = sek_advised_new (plugin);
      sek_handovers_watch (plugin);
      plugin->contacts = sek_contacts_new (plugin->client);
      plugin->covered =
          g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) sek_mail_unref);
      sek_links_watch (plugin);
      sek_gate_open (plugin);
      g_object_set_data_full (G_OBJECT (shell), PLUGIN_KEY, plugin, plugin_free);
    }
  return plugin;
}

EMailSession *
sek_plugin_session (void)
{
  EShell *shell = e_shell_get_default ();
  EShellBackend *backend = shell != NULL ? e_shell_get_backend_by_name (shell, "mail") : NULL;
  return backend != NULL ? e_mail_backend_get_session (E_MAIL_BACKEND (backend)) : NULL;
}

gboolean
sek_plugin_has_mail (gpointer service)
{
  /* Some services are stores by their type alone. */
  return CAMEL_IS_STORE (service) && CAMEL_STORE_GET_CLASS (service)->get_folder_sync != NULL &&
         CAMEL_STORE_GET_CLASS (service)->get_folder_info_sync != NULL &&
         g_strcmp0 (camel_service_get_uid (service), E_MAIL_SESSION_VFOLDER_UID) != 0;
}

char **
sek_plugin_own_addresses (void)
{
  g_autoptr (GStrvBuilder) addresses = g_strv_builder_new ();
  EShell *shell = e_shell_get_default ();
  g_autolist (ESource) sources =
      shell != NULL
          ? e_source_registry_list_enabled (e_shell_get_registry (shell), E_SOURCE_EXTENSION_MAIL_IDENTITY)
          : NULL;
  for (GList *l = sources; l != NULL; l = l->next)
    {
      ESourceMailIdentity *identity = e_source_get_extension (l->data, E_SOURCE_EXTENSION_MAIL_IDENTITY);
      g_autofree char *address = e_source_mail_identity_dup_address (identity);
      if (address != NULL && *address != '\0')
        g_strv_builder_add (addresses, address);
      g_autoptr (GHashTable) aliases = e_source_mail_identity_get_aliases_as_hash_table (identity);
      GHashTableIter iter;
      gpointer alias;
      if (aliases == NULL)
        continue;
      g_hash_table_iter_init (&iter, aliases);
      while (g_hash_table_iter_next (&iter, &alias, NULL))
        g_strv_builder_add (addresses, alias);
    }
  return g_strv_builder_end (addresses);
}

G_MODULE_EXPORT void e_module_load (GTypeModule *module);
G_MODULE_EXPORT void e_module_unload (GTypeModule *module);

G_MODULE_EXPORT void
e_module_load (GTypeModule *module)
{
  sek_reader_type_register (module);
  sek_menu_types_register (module);
}

G_MODULE_EXPORT void
e_module_unload (GTypeModule *module)
{
}
