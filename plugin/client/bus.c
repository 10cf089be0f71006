/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugin/client/parts.h"

#include <errno.h>
#include <glib/gstdio.h>

#define CONNECT_SECONDS 10
#define CACHE_GROUP "policy"

/* --- the policy as last known --- */

void
sek_client_load_policy (SekClient *client)
{
  g_autoptr (SekPolicy) defaults = sek_policy_new ();
  client->quarantines = defaults->quarantine;
  client->unavailable_holds = defaults->unavailable_holds;
  client->feedback = defaults->report_feedback;
  client->learns = defaults->learn_folders;
  g_autoptr (GKeyFile) file = g_key_file_new ();
  if (!g_key_file_load_from_file (file, client->cache_path, G_KEY_FILE_NONE, NULL))
    return;
  g_autoptr (GError) error = NULL;
  gboolean quarantine = g_key_file_get_boolean (file, CACHE_GROUP, "quarantine", &error);
  if (error == NULL)
    client->quarantines = quarantine;
  g_autofree char *unavailable = g_key_file_get_string (file, CACHE_GROUP, "unavailable", NULL);
  if (unavailable != NULL)
    client->unavailable_holds = g_str_equal (unavailable, "hold");
}

typedef struct
{
  char *path;
  char *text;
} CacheJob;

static void
cache_job_free (gpointer data)
{
  CacheJob *job = data;
  g_free (job->path);
  g_free (job->text);
  g_free (job);
}

static void
save_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const CacheJob *job = task_data;
  g_autofree char *folder = g_path_get_dirname (job->path);
  GError *error = NULL;
  if (g_mkdir_with_parents (folder, 0700) != 0)
    g_task_return_new_error (task, G_FILE_ERROR, (int) g_file_error_from_errno (errno), "%s",
                             g_strerror (errno));
  else if (!g_file_set_contents (job->path, job->text, -1, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void save_policy (SekClient *client);

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SekClient *client = user_data;
  g_autoptr (GError) error = NULL;
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_warning ("The policy could not be kept in %s: %s", client->cache_path, error->message);
  client->cache_writing = FALSE;
  if (client->cache_stale && !client->freed)
    save_policy (client);
  sek_client_unref (client);
}

/* One writer at a time, so that the last word is what stays. */
static void
save_policy (SekClient *client)
{
  client->cache_stale = client->cache_writing;
  if (client->cache_writing)
    return;
  client->cache_writing = TRUE;
  CacheJob *job = g_new0 (CacheJob, 1);
  job->path = g_strdup (client->cache_path);
  job->text =
      g_strdup_printf ("[" CACHE_GROUP "]\nquarantine=%s\nunavailable=%s\n",
                       client->quarantines ? "true" : "false", client->unavailable_holds ? "hold" : "show");
  g_autoptr (GTask) task = g_task_new (NULL, NULL, on_saved, sek_client_ref (client));
  g_task_set_task_data (task, job, cache_job_free);
  g_task_run_in_thread (task, save_in_thread);
}

/* policy: the Policy property, a{sv}. */
static void
use_policy (SekClient *client, GVariant *policy)
{
  gboolean quarantines = client->quarantines, holds = client->unavailable_holds;
  const char *unavailable, *phone = "", *advice = "", *recipient = "";
  g_variant_lookup (policy, "phone", "&s", &phone);
  g_variant_lookup (policy, "advice", "&s", &advice);
  g_variant_lookup (policy, "report-address", "&s", &recipient);
  g_free (client->recipient);
  client->recipient = g_strdup (recipient);
  g_free (client->phone);
  client->phone = g_strdup (phone);
  g_free (client->advice);
  client->advice = g_strdup (advice);
  g_variant_lookup (policy, "quarantine", "b", &client->quarantines);
  g_variant_lookup (policy, "feedback", "b", &client->feedback);
  gboolean learned = client->learns;
  g_variant_lookup (policy, "learn", "b", &client->learns);
  if (client->learns != learned && client->learning != NULL)
    client->learning (client->learning_data);
  gint64 undo = 0;
  g_variant_lookup (policy, "undo-seconds", "x", &undo);
  client->undo_seconds = (guint) CLAMP (undo, 0, SEK_UNDO_SECONDS_MAX);
  if (g_variant_lookup (policy, "unavailable", "&s", &unavailable))
    client->unavailable_holds = g_str_equal (unavailable, "hold");
  if (client->quarantines != quarantines || client->unavailable_holds != holds ||
      !g_file_test (client->cache_path, G_FILE_TEST_EXISTS))
    save_policy (client);
}

static void
on_policy (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SekClient *client = user_data;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  g_autoptr (GVariant) boxed = NULL, policy = NULL;
  /* Without an answer what is known stays. */
  if (reply != NULL)
    g_variant_get (reply, "(@v)", &boxed);
  if (boxed != NULL)
    policy = g_variant_get_variant (boxed);
  if (policy != NULL && !client->freed && g_variant_is_of_type (policy, G_VARIANT_TYPE_VARDICT))
    use_policy (client, policy);
  sek_client_unref (client);
}

static void
on_agent_appeared (GDBusConnection *bus, const char *name, const char *owner, gpointer user_data)
{
  SekClient *client = user_data;
  if (client->freed)
    return;
  g_dbus_connection_call (bus, owner, SEK_AGENT_PATH, "org.freedesktop.DBus.Properties", "Get",
                          g_variant_new ("(ss)", SEK_AGENT_INTERFACE, "Policy"), G_VARIANT_TYPE ("(v)"),
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, on_policy, sek_client_ref (client));
  sek_client_ask_moves (client, owner);
  /* Another agent knows of no report that an earlier one has lent. */
  client->sending = FALSE;
  sek_client_take_report (client);
}

static void
on_properties_changed (GDBusConnection *bus,
                       const char *sender,
                       const char *path,
                       const char *interface,
                       const char *signal,
                       GVariant *parameters,
                       gpointer user_data)
{
  SekClient *client = user_data;
  if (client->freed || !g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(sa{sv}as)")))
    return;
  g_autoptr (GVariant) changed = g_variant_get_child_value (parameters, 1);
  g_autoptr (GVariant) policy = g_variant_lookup_value (changed, "Policy", G_VARIANT_TYPE_VARDICT);
  if (policy != NULL)
    use_policy (client, policy);
}

/* --- the connection --- */

static void
connect_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  /* May start a program to ask where the bus is, so not in the main loop. The connection is our own: the one
   * that g_bus_get () shares ends the program when the bus goes. */
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, cancellable, &error);
  GDBusConnection *bus = NULL;
  if (address != NULL)
    bus = g_dbus_connection_new_for_address_sync (address,
                                                  G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                      G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                  NULL, cancellable, &error);
  if (bus != NULL)
    g_task_return_pointer (task, bus, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
drop_bus (SekClient *client)
{
  if (client->bus == NULL)
    return;
  g_bus_unwatch_name (client->name_watch);
  g_dbus_connection_signal_unsubscribe (client->bus, client->subscription);
  g_dbus_connection_signal_unsubscribe (client->bus, client->advised_subscription);
  g_dbus_connection_signal_unsubscribe (client->bus, client->waits_subscription);
  g_clear_object (&client->bus);
}

static void
use_bus (SekClient *client, GDBusConnection *bus)
{
  client->bus = bus;
  client->subscription =
      g_dbus_connection_signal_subscribe (bus, SEK_AGENT_NAME, "org.freedesktop.DBus.Properties",
                                          "PropertiesChanged", SEK_AGENT_PATH, SEK_AGENT_INTERFACE,
                                          G_DBUS_SIGNAL_FLAGS_NONE, on_properties_changed,
                                          sek_client_ref (client), (GDestroyNotify) sek_client_unref);
  client->advised_subscription =
      g_dbus_connection_signal_subscribe (bus, SEK_AGENT_NAME, SEK_AGENT_INTERFACE, "Advised", SEK_AGENT_PATH,
                                          NULL, G_DBUS_SIGNAL_FLAGS_NONE, sek_client_on_advised,
                                          sek_client_ref (client), (GDestroyNotify) sek_client_unref);
  client->waits_subscription =
      g_dbus_connection_signal_subscribe (bus, SEK_AGENT_NAME, SEK_AGENT_INTERFACE, "ReportWaits",
                                          SEK_AGENT_PATH, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
                                          sek_client_on_report_waits, sek_client_ref (client),
                                          (GDestroyNotify) sek_client_unref);
  client->name_watch =
      g_bus_watch_name_on_connection (bus, SEK_AGENT_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE, on_agent_appeared,
                                      NULL, sek_client_ref (client), (GDestroyNotify) sek_client_unref);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SekClient *client = user_data;
  g_autoptr (GError) error = NULL;
  GDBusConnection *bus = g_task_propagate_pointer (G_TASK (result), &error);
  g_clear_handle_id (&client->connect_timer, g_source_remove);
  g_clear_object (&client->connecting);
  if (bus != NULL && client->freed)
    g_object_unref (bus);
  else if (bus != NULL)
    use_bus (client, bus);
  sek_calls_on_bus (client, error);
  sek_client_unref (client);
}

static gboolean
on_connect_timer (gpointer user_data)
{
  SekClient *client = user_data;
  client->connect_timer = 0;
  g_cancellable_cancel (client->connecting);
  return G_SOURCE_REMOVE;
}

gboolean
sek_client_connect (SekClient *client)
{
  if (client->bus != NULL && g_dbus_connection_is_closed (client->bus))
    drop_bus (client);
  if (client->bus != NULL || client->connecting != NULL)
    return client->bus != NULL;
  client->connecting = g_cancellable_new ();
  client->connect_timer = g_timeout_add_seconds (CONNECT_SECONDS, on_connect_timer, client);
  g_autoptr (GTask) task = g_task_new (NULL, client->connecting, on_connected, sek_client_ref (client));
  g_task_run_in_thread (task, connect_in_thread);
  return FALSE;
}

void
sek_client_disconnect (SekClient *client)
{
  g_clear_handle_id (&client->connect_timer, g_source_remove);
  if (client->connecting != NULL)
    g_cancellable_cancel (client->connecting);
  drop_bus (client);
}
