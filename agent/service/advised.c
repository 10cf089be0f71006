/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What mail clients hear of advisories. */
#include "agent/service/parts.h"

/* client and folder came from a client as they are. */
static void
add_mail (GVariantDict *dict, const SekSeenMail *mail)
{
  g_variant_dict_init (dict, NULL);
  g_variant_dict_insert (dict, "mail", "s", mail->mail);
  g_variant_dict_insert (dict, "message-id", "s",
                         mail->traces->message_id != NULL ? mail->traces->message_id : "");
  g_variant_dict_insert (dict, "client", "s", mail->client);
  g_variant_dict_insert (dict, "folder", "s", mail->folder);
}

void
sek_service_advised (const SekSeenMail *mail, const SekAdvisory *advisory, gboolean move, gpointer user_data)
{
  SekService *service = user_data;
  GVariantDict dict;
  add_mail (&dict, mail);
  g_variant_dict_insert (&dict, "advisory", "s", advisory->id);
  g_variant_dict_insert (&dict, "level", "s", sek_level_to_string (advisory->level));
  g_variant_dict_insert (&dict, "move", "b", move);
  sek_dbus_agent1_emit_advised (service->object, g_variant_dict_end (&dict));
  sek_service_note_advisory (service, mail->mail, advisory);
}

gboolean
sek_service_on_moves (SekDBusAgent1 *object, GDBusMethodInvocation *invocation, gpointer user_data)
{
  SekService *service = user_data;
  g_autoptr (GError) error = NULL, reason = NULL;
  g_autoptr (GPtrArray) mails =
      sek_service_need_store (service, &error) ? sek_store_moves (service->store, &reason) : NULL;
  if (reason != NULL)
    sek_service_store_error (&error, reason);
  if (mails == NULL)
    {
      g_dbus_method_invocation_return_gerror (invocation, error);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }
  GVariantBuilder builder;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < mails->len; i++)
    {
      GVariantDict dict;
      add_mail (&dict, mails->pdata[i]);
      g_variant_builder_add_value (&builder, g_variant_dict_end (&dict));
    }
  sek_dbus_agent1_complete_moves (object, invocation, g_variant_builder_end (&builder));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

gboolean
sek_service_on_moved (SekDBusAgent1 *object,
                      GDBusMethodInvocation *invocation,
                      const char *mail,
                      gpointer user_data)
{
  SekService *service = user_data;
  g_autoptr (GError) error = NULL, reason = NULL;
  if (sek_service_need_store (service, &error) && !sek_store_moved (service->store, mail, &reason))
    sek_service_store_error (&error, reason);
  if (error != NULL)
    g_dbus_method_invocation_return_gerror (invocation, error);
  else
    sek_dbus_agent1_complete_moved (object, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}
