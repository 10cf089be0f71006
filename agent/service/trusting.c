/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Trust this sender", and taking it back. The engine has said in the verdict whether it may be. */
#include <glib/gi18n-lib.h>

#include "agent/service/parts.h"

static SekVerdict *
find_verdict (SekService *service, const char *verdict_id, GError **error)
{
  g_autoptr (GError) reason = NULL;
  if (!sek_service_need_store (service, error))
    return NULL;
  SekVerdict *verdict = sek_store_get_verdict (service->store, verdict_id, &reason);
  if (reason != NULL)
    sek_service_store_error (error, reason);
  else if (verdict == NULL)
    g_set_error_literal (error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS, _ ("No verdict has this id"));
  return verdict;
}

/* A verdict is kept for long, and the policy of today counts. */
static gboolean
may_trust (SekService *service, const SekVerdict *verdict, GError **error)
{
  if (!sek_policy_watch_get (service->policy)->may_trust)
    g_set_error_literal (error, G_DBUS_ERROR, G_DBUS_ERROR_ACCESS_DENIED,
                         _ ("Your administrator has chosen that nobody can be trusted by hand"));
  else if (!verdict->may_trust)
    g_set_error_literal (error, G_DBUS_ERROR, G_DBUS_ERROR_ACCESS_DENIED,
                         _ ("The reasons of this warning do not go away by trusting its sender"));
  else
    return TRUE;
  return FALSE;
}

gboolean
sek_service_on_trust (SekDBusAgent1 *object,
                      GDBusMethodInvocation *invocation,
                      const char *verdict_id,
                      gpointer user_data)
{
  SekService *service = user_data;
  g_autoptr (GError) error = NULL, reason = NULL;
  g_autoptr (SekVerdict) verdict = find_verdict (service, verdict_id, &error);
  if (verdict != NULL && may_trust (service, verdict, &error) &&
      !sek_store_put_trusted (service->store, verdict->sender_address, verdict->claimed_name,
                              g_get_real_time () / G_USEC_PER_SEC, &reason))
    sek_service_store_error (&error, reason);
  if (error != NULL)
    g_dbus_method_invocation_return_gerror (invocation, error);
  else if (verdict != NULL)
    {
      sek_service_changed (service, "trusted");
      sek_dbus_agent1_complete_trust (object, invocation, verdict->sender_address);
    }
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

gboolean
sek_service_on_untrust (SekDBusAgent1 *object,
                        GDBusMethodInvocation *invocation,
                        const char *address,
                        gpointer user_data)
{
  SekService *service = user_data;
  g_autoptr (GError) error = NULL, reason = NULL;
  int dropped = sek_service_need_store (service, &error)
                    ? sek_store_drop_trusted (service->store, address, &reason)
                    : -1;
  if (reason != NULL)
    sek_service_store_error (&error, reason);
  else if (dropped == 0)
    g_set_error_literal (&error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS, _ ("This sender is not trusted"));
  if (error != NULL)
    g_dbus_method_invocation_return_gerror (invocation, error);
  else
    {
      sek_service_changed (service, "trusted");
      sek_dbus_agent1_complete_untrust (object, invocation);
    }
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static GVariant *
sender_to_variant (const SekTrustedSender *sender)
{
  GVariantDict dict;
  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "address", "s", sender->address);
  g_variant_dict_insert (&dict, "name", "s", sender->name);
  g_variant_dict_insert (&dict, "since", "x", sender->since);
  return g_variant_dict_end (&dict);
}

gboolean
sek_service_on_trusted (SekDBusAgent1 *object, GDBusMethodInvocation *invocation, gpointer user_data)
{
  SekService *service = user_data;
  g_autoptr (GError) error = NULL, reason = NULL;
  g_autoptr (GPtrArray) senders =
      sek_service_need_store (service, &error) ? sek_store_list_trusted (service->store, &reason) : NULL;
  if (reason != NULL)
    sek_service_store_error (&error, reason);
  if (senders == NULL)
    {
      g_dbus_method_invocation_return_gerror (invocation, error);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < senders->len; i++) /* at most SEK_TRUSTED_MAX */
    g_variant_builder_add_value (&builder, sender_to_variant (senders->pdata[i]));
  sek_dbus_agent1_complete_trusted (object, invocation, g_variant_builder_end (&builder));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}
