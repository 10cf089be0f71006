/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugin/client/learn.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "plugin/client/parts.h"

#define LEARN_MILLISECONDS 60000
#define CONTACTS_MAX 10000

static void
on_reply (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GVariant *reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  if (reply != NULL)
    g_task_return_pointer (task, reply, (GDestroyNotify) g_variant_unref);
  else
    g_task_return_error (task, error);
}

/* parameters: floating. */
static void
call (SekClient *client,
      const char *method,
      GVariant *parameters,
      const char *reply_type,
      GCancellable *cancellable,
      GAsyncReadyCallback callback,
      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GVariant) held = g_variant_ref_sink (parameters);
  if (sek_client_connect (client))
    g_dbus_connection_call (client->bus, SEK_AGENT_NAME, SEK_AGENT_PATH, SEK_AGENT_INTERFACE, method, held,
                            G_VARIANT_TYPE (reply_type), G_DBUS_CALL_FLAGS_NONE, LEARN_MILLISECONDS,
                            cancellable, on_reply, g_steal_pointer (&task));
  else
    g_task_return_new_error (task, SEK_CLIENT_ERROR, SEK_CLIENT_ERROR_AGENT, "%s",
                             _ ("There is no connection to the agent yet"));
}

void
sek_client_learned (SekClient *client,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  call (client, "LearnedFolders", g_variant_new ("()"), "(a{su})", cancellable, callback, user_data);
}

GHashTable *
sek_client_learned_finish (SekClient *client, GAsyncResult *result, GError **error)
{
  g_autoptr (GVariant) reply = g_task_propagate_pointer (G_TASK (result), error);
  if (reply == NULL)
    return NULL;
  GHashTable *folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GVariantIter) iter = NULL;
  const char *name;
  guint32 up_to;
  g_variant_get (reply, "(a{su})", &iter);
  while (g_variant_iter_next (iter, "{&su}", &name, &up_to))
    g_hash_table_insert (folders, g_strdup (name), GUINT_TO_POINTER (up_to));
  return folders;
}

void
sek_client_learn (SekClient *client,
                  const char *folder,
                  guint32 up_to,
                  const GPtrArray *summaries,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  GVariantBuilder list;
  g_variant_builder_init (&list, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < summaries->len; i++)
    g_variant_builder_add_value (&list, sek_message_summary_to_variant (summaries->pdata[i]));
  call (client, "LearnFolder", g_variant_new ("(suaa{sv})", folder, up_to, &list), "(u)", cancellable,
        callback, user_data);
}

gint64
sek_client_learn_finish (SekClient *client, GAsyncResult *result, GError **error)
{
  g_autoptr (GVariant) reply = g_task_propagate_pointer (G_TASK (result), error);
  guint32 learned = 0;
  if (reply == NULL)
    return -1;
  g_variant_get (reply, "(u)", &learned);
  return learned;
}

gboolean
sek_client_learn_contacts (SekClient *client, const GPtrArray *contacts)
{
  if (!sek_client_connect (client))
    return FALSE;
  GVariantBuilder list;
  g_variant_builder_init (&list, G_VARIANT_TYPE ("a(ss)"));
  for (guint i = 0; i < contacts->len && i < CONTACTS_MAX; i++)
    {
      const SekMailbox *contact = contacts->pdata[i];
      if (contact->addr_spec == NULL || strchr (contact->addr_spec, '@') == NULL ||
          !g_utf8_validate (contact->addr_spec, -1, NULL))
        continue;
      g_autofree char *name =
          g_utf8_make_valid (contact->display_name != NULL ? contact->display_name : "", -1);
      g_variant_builder_add (&list, "(ss)", name, contact->addr_spec);
    }
  g_dbus_connection_call (client->bus, SEK_AGENT_NAME, SEK_AGENT_PATH, SEK_AGENT_INTERFACE, "LearnContacts",
                          g_variant_new ("(a(ss))", &list), NULL, G_DBUS_CALL_FLAGS_NONE, LEARN_MILLISECONDS,
                          NULL, NULL, NULL);
  return TRUE;
}

gboolean
sek_client_learns (const SekClient *client)
{
  return client->learns;
}

void
sek_client_watch_learning (SekClient *client, void (*changed) (gpointer user_data), gpointer user_data)
{
  client->learning = changed;
  client->learning_data = user_data;
}
