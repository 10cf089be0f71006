/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/service/parts.h"

static GPtrArray *
read_summaries (GVariant *variant, GError **error)
{
  if (g_variant_n_children (variant) > SEK_SERVICE_SUMMARIES_MAX)
    {
      g_set_error (error, G_DBUS_ERROR, G_DBUS_ERROR_LIMITS_EXCEEDED,
                   "At most %d messages can be learned in one call", SEK_SERVICE_SUMMARIES_MAX);
      return NULL;
    }
  g_autoptr (GPtrArray) summaries =
      g_ptr_array_new_with_free_func ((GDestroyNotify) sek_message_summary_free);
  GVariantIter iter;
  GVariant *child;
  g_variant_iter_init (&iter, variant);
  while ((child = g_variant_iter_next_value (&iter)) != NULL)
    {
      g_autoptr (GVariant) held = child;
      SekMessageSummary *summary = sek_message_summary_from_variant (held, error);
      if (summary == NULL)
        {
          g_prefix_error (error, "Summary %u: ", summaries->len);
          return NULL;
        }
      g_ptr_array_add (summaries, summary);
    }
  return g_steal_pointer (&summaries);
}

gboolean
sek_service_on_learn (SekDBusAgent1 *object,
                      GDBusMethodInvocation *invocation,
                      GVariant *summaries,
                      gpointer user_data)
{
  SekService *service = user_data;
  g_autoptr (GError) error = NULL, reason = NULL;
  g_autoptr (GPtrArray) messages = NULL;
  if (sek_service_need_store (service, &error))
    messages = read_summaries (summaries, &error);
  gint64 learned = messages != NULL ? sek_store_learn (service->store, messages, &reason) : -1;
  if (reason != NULL)
    sek_service_store_error (&error, reason);
  if (error != NULL)
    g_dbus_method_invocation_return_gerror (invocation, error);
  else
    sek_dbus_agent1_complete_learn (object, invocation, (guint) learned);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

gboolean
sek_service_on_decide (SekDBusAgent1 *object,
                       GDBusMethodInvocation *invocation,
                       const char *verdict_id,
                       const char *decision,
                       gpointer user_data)
{
  static const char *const decisions[] = { "shown", "closed", "reported", NULL };
  SekService *service = user_data;
  g_autoptr (GError) error = NULL, reason = NULL;
  g_autoptr (SekVerdict) verdict = NULL;
  if (!g_strv_contains (decisions, decision))
    g_set_error (&error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS,
                 "A decision must be shown, closed or reported");
  else if (sek_service_need_store (service, &error))
    {
      verdict = sek_store_get_verdict (service->store, verdict_id, &reason);
      if (verdict == NULL && reason == NULL)
        g_set_error (&error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS, "There is no verdict of this id");
      else if (verdict != NULL)
        sek_store_put_decision (service->store, verdict_id, decision, &reason);
    }
  if (reason != NULL)
    sek_service_store_error (&error, reason);
  if (error != NULL)
    g_dbus_method_invocation_return_gerror (invocation, error);
  else
    sek_dbus_agent1_complete_decide (object, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}
