/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugin/client/trust.h"

#include <glib/gi18n-lib.h>

#include "plugin/client/parts.h"

typedef struct
{
  SekClient *client; /* counted */
  SekMail *mail;
  gboolean trust;
  SekClientTrustFunc func;
  gpointer user_data;
  GDestroyNotify free_func;
} Trust;

static void
finish (Trust *trust, const GError *error)
{
  if (error == NULL)
    trust->mail->trusted = trust->trust;
  if (!trust->client->freed)
    trust->func (trust->mail, error, trust->user_data);
  if (trust->free_func != NULL)
    trust->free_func (trust->user_data);
  sek_mail_unref (trust->mail);
  sek_client_unref (trust->client);
  g_free (trust);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  if (error != NULL)
    g_dbus_error_strip_remote_error (error);
  finish (user_data, error);
}

static gboolean
on_no_bus (gpointer user_data)
{
  g_autoptr (GError) error =
      g_error_new_literal (SEK_CLIENT_ERROR, SEK_CLIENT_ERROR_AGENT,
                           /* Translators: why a mail could not be checked or reported. */
                           _ ("Sekisho's agent is not there, or can't be started."));
  finish (user_data, error);
  return G_SOURCE_REMOVE;
}

void
sek_client_trust (SekClient *client,
                  SekMail *mail,
                  gboolean trust,
                  SekClientTrustFunc func,
                  gpointer user_data,
                  GDestroyNotify free_func)
{
  g_return_if_fail (mail->verdict != NULL);
  Trust *call = g_new0 (Trust, 1);
  call->client = sek_client_ref (client);
  call->mail = sek_mail_ref (mail);
  call->trust = trust;
  call->func = func;
  call->user_data = user_data;
  call->free_func = free_func;
  if (client->bus == NULL)
    {
      g_idle_add (on_no_bus, call);
      return;
    }
  g_dbus_connection_call (client->bus, SEK_AGENT_NAME, SEK_AGENT_PATH, SEK_AGENT_INTERFACE,
                          trust ? "Trust" : "Untrust",
                          g_variant_new ("(s)", trust ? mail->verdict->id : mail->verdict->sender_address),
                          NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, on_answered, call);
}
