/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugin/client/client.h"

#include "plugin/client/parts.h"

GQuark
sek_client_error_quark (void)
{
  return g_quark_from_static_string ("sek-client-error-quark");
}

SekClient *
sek_client_ref (SekClient *client)
{
  return g_rc_box_acquire (client);
}

static void
client_clear (gpointer data)
{
  SekClient *client = data;
  g_ptr_array_unref (client->calls);
  g_free (client->name);
  g_free (client->phone);
  g_free (client->recipient);
  g_free (client->advice);
  g_free (client->cache_path);
}

void
sek_client_unref (SekClient *client)
{
  g_rc_box_release_full (client, client_clear);
}

SekClient *
sek_client_new (const char *client_name)
{
  SekClient *client = g_rc_box_new0 (SekClient);
  client->name = g_strdup (client_name);
  client->calls = g_ptr_array_new ();
  client->cache_path = g_build_filename (g_get_user_cache_dir (), "sekisho", "client.ini", NULL);
  sek_client_load_policy (client);
  return client;
}

void
sek_client_free (SekClient *client)
{
  if (client == NULL)
    return;
  client->freed = TRUE;
  sek_calls_cancel (client);
  sek_client_disconnect (client);
  sek_client_unref (client);
}

void
sek_client_decide (SekClient *client, const char *verdict_id, const char *decision)
{
  /* A verdict came over the bus, so without a connection the bus itself is gone. */
  if (client->bus == NULL)
    return;
  g_dbus_connection_call (client->bus, SEK_AGENT_NAME, SEK_AGENT_PATH, SEK_AGENT_INTERFACE, "Decide",
                          g_variant_new ("(ss)", verdict_id, decision), NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                          NULL, NULL, NULL);
}

gboolean
sek_client_unavailable_holds (SekClient *client)
{
  return client->unavailable_holds;
}

gboolean
sek_client_quarantines (SekClient *client)
{
  return client->quarantines;
}

gboolean
sek_client_takes_feedback (const SekClient *client)
{
  return client->feedback;
}

const char *
sek_client_phone (const SekClient *client)
{
  return client->phone != NULL ? client->phone : "";
}

const char *
sek_client_recipient (const SekClient *client)
{
  return client->recipient != NULL ? client->recipient : "";
}

const char *
sek_client_advice (const SekClient *client)
{
  return client->advice != NULL ? client->advice : "";
}
