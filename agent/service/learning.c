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

/* How many were new; -1 with error. */
static gint64
learn (SekService *service, GVariant *summaries, GError **error)
{
  g_autoptr (GPtrArray) messages = NULL;
  if (sek_service_need_store (service, error))
    messages = read_summaries (summaries, error);
  if (messages == NULL)
    return -1;
  g_autoptr (GError) reason = NULL;
  gint64 learned = sek_store_learn (service->store, messages, &reason);
  if (reason != NULL)
    sek_service_store_error (error, reason);
  sek_service_note_batch (service, messages->len);
  return learned;
}

gboolean
sek_service_on_learn (SekDBusAgent1 *object,
                      GDBusMethodInvocation *invocation,
                      GVariant *summaries,
                      gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gint64 learned = learn (user_data, summaries, &error);
  if (error != NULL)
    g_dbus_method_invocation_return_gerror (invocation, error);
  else
    sek_dbus_agent1_complete_learn (object, invocation, (guint) learned);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

gboolean
sek_service_on_learn_folder (SekDBusAgent1 *object,
                             GDBusMethodInvocation *invocation,
                             const char *folder,
                             guint up_to,
                             GVariant *summaries,
                             gpointer user_data)
{
  SekService *service = user_data;
  g_autoptr (GError) error = NULL, reason = NULL;
  gint64 learned = sek_service_may_learn (service, &error) ? learn (service, summaries, &error) : -1;
  /* Cut off in between the same messages come again, and are known then. */
  if (error == NULL && !sek_store_put_learned (service->store, folder, up_to, &reason))
    sek_service_store_error (&error, reason);
  if (error != NULL)
    g_dbus_method_invocation_return_gerror (invocation, error);
  else
    sek_dbus_agent1_complete_learn_folder (object, invocation, (guint) learned);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

gboolean
sek_service_on_learned_folders (SekDBusAgent1 *object, GDBusMethodInvocation *invocation, gpointer user_data)
{
  SekService *service = user_data;
  g_autoptr (GError) error = NULL, reason = NULL;
  g_autoptr (GHashTable) folders = NULL;
  if (sek_service_need_store (service, &error))
    folders = sek_store_list_learned (service->store, &reason);
  if (reason != NULL)
    sek_service_store_error (&error, reason);
  if (error != NULL)
    {
      g_dbus_method_invocation_return_gerror (invocation, error);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }
  GVariantBuilder list;
  g_variant_builder_init (&list, G_VARIANT_TYPE ("a{su}"));
  GHashTableIter iter;
  gpointer name, up_to;
  g_hash_table_iter_init (&iter, folders);
  while (g_hash_table_iter_next (&iter, &name, &up_to))
    g_variant_builder_add (&list, "{su}", name, GPOINTER_TO_UINT (up_to));
  sek_dbus_agent1_complete_learned_folders (object, invocation, g_variant_builder_end (&list));
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
    {
      sek_dbus_agent1_complete_decide (object, invocation);
      sek_service_changed (service, "warned");
    }
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}
