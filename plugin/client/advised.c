/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugin/client/advised.h"

#include <string.h>

#include "plugin/client/parts.h"

SekAdvisedMail *
sek_advised_mail_copy (const SekAdvisedMail *mail)
{
  SekAdvisedMail *copy = g_new0 (SekAdvisedMail, 1);
  *copy = (SekAdvisedMail){ g_strdup (mail->mail), g_strdup (mail->message_id), g_strdup (mail->folder),
                            mail->move };
  return copy;
}

void
sek_advised_mail_free (SekAdvisedMail *mail)
{
  if (mail == NULL)
    return;
  g_free (mail->mail);
  g_free (mail->message_id);
  g_free (mail->folder);
  g_free (mail);
}

/* The version may have changed since: "Claws Mail 4.1.1" is "Claws Mail". */
static gboolean
is_ours (const SekClient *client, const char *name)
{
  const char *space = strrchr (client->name, ' ');
  gsize length = space != NULL ? (gsize) (space - client->name) : strlen (client->name);
  return strncmp (client->name, name, length) == 0 && (name[length] == ' ' || name[length] == '\0');
}

static void
hear (SekClient *client, GVariant *dict, gboolean move)
{
  const char *name = "", *mail = "", *message_id = "", *folder = "";
  g_variant_lookup (dict, "client", "&s", &name);
  g_variant_lookup (dict, "mail", "&s", &mail);
  g_variant_lookup (dict, "message-id", "&s", &message_id);
  g_variant_lookup (dict, "folder", "&s", &folder);
  g_variant_lookup (dict, "move", "b", &move);
  const SekAdvisedMail advised = { (char *) mail, (char *) message_id, (char *) folder, move };
  if (client->advised != NULL && is_ours (client, name) && *mail != '\0')
    client->advised (&advised, client->advised_data);
}

static void
on_moves (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SekClient *client = user_data;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  g_autoptr (GVariant) mails = reply != NULL ? g_variant_get_child_value (reply, 0) : NULL;
  for (gsize i = 0; mails != NULL && !client->freed && i < g_variant_n_children (mails) && i < SEK_MOVES_MAX;
       i++)
    {
      g_autoptr (GVariant) mail = g_variant_get_child_value (mails, i);
      hear (client, mail, TRUE);
    }
  sek_client_unref (client);
}

void
sek_client_ask_moves (SekClient *client, const char *owner)
{
  if (client->advised != NULL)
    g_dbus_connection_call (client->bus, owner, SEK_AGENT_PATH, SEK_AGENT_INTERFACE, "Moves", NULL,
                            G_VARIANT_TYPE ("(aa{sv})"), G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, on_moves,
                            sek_client_ref (client));
}

void
sek_client_on_advised (GDBusConnection *bus,
                       const char *sender,
                       const char *path,
                       const char *interface,
                       const char *signal,
                       GVariant *parameters,
                       gpointer user_data)
{
  SekClient *client = user_data;
  if (client->freed || !g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(a{sv})")))
    return;
  g_autoptr (GVariant) mail = g_variant_get_child_value (parameters, 0);
  hear (client, mail, FALSE);
}

void
sek_client_watch_advised (SekClient *client, SekClientAdvisedFunc func, gpointer user_data)
{
  client->advised = func;
  client->advised_data = user_data;
  /* Those that wait are asked for when the agent is seen. */
  sek_client_connect (client);
}

void
sek_client_moved (SekClient *client, const char *mail)
{
  if (client->bus != NULL)
    g_dbus_connection_call (client->bus, SEK_AGENT_NAME, SEK_AGENT_PATH, SEK_AGENT_INTERFACE, "Moved",
                            g_variant_new ("(s)", mail), NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL,
                            NULL, NULL);
}
