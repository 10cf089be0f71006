/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the person's window asks for. */
#include "agent/service/parts.h"
#include "agent/store/warned.h"

void
sek_service_changed (SekService *service, const char *what)
{
  sek_dbus_agent1_emit_changed (service->object, what);
}

static GVariant *
warned_to_variant (const SekWarnedMail *mail)
{
  GVariantDict dict;
  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "mail", "s", mail->mail);
  g_variant_dict_insert (&dict, "created", "x", mail->created);
  g_variant_dict_insert_value (&dict, "verdict", sek_verdict_to_variant (mail->verdict));
  g_variant_dict_insert (&dict, "decision", "s", mail->decision);
  g_variant_dict_insert (&dict, "decided", "x", mail->decided);
  g_variant_dict_insert (&dict, "client", "s", mail->client);
  g_variant_dict_insert (&dict, "folder", "s", mail->folder);
  return g_variant_dict_end (&dict);
}

gboolean
sek_service_on_warned (SekDBusAgent1 *object, GDBusMethodInvocation *invocation, gpointer user_data)
{
  SekService *service = user_data;
  g_autoptr (GError) error = NULL, reason = NULL;
  g_autoptr (GPtrArray) mails =
      sek_service_need_store (service, &error) ? sek_store_list_warned (service->store, &reason) : NULL;
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
    g_variant_builder_add_value (&builder, warned_to_variant (mails->pdata[i]));
  sek_dbus_agent1_complete_warned (object, invocation, g_variant_builder_end (&builder));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static int
compare_published (gconstpointer a, gconstpointer b)
{
  const SekAdvisory *one = *(const SekAdvisory *const *) a, *other = *(const SekAdvisory *const *) b;
  return one->published > other->published ? -1 : one->published < other->published;
}

static GVariant *
advisory_to_variant (SekService *service, const SekAdvisory *advisory)
{
  GVariantDict dict;
  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "id", "s", advisory->id);
  g_variant_dict_insert (&dict, "published", "x", advisory->published);
  g_variant_dict_insert (&dict, "level", "s", sek_level_to_string (advisory->level));
  g_variant_dict_insert (&dict, "text", "s", sek_advisory_text (advisory, g_get_language_names ()));
  g_variant_dict_insert (&dict, "mails", "x",
                         service->advising != NULL ? sek_advising_count (service->advising, advisory)
                                                   : (gint64) 0);
  return g_variant_dict_end (&dict);
}

/* Works without a store, too: what the administrator says matters most when something is broken. */
gboolean
sek_service_on_advisories (SekDBusAgent1 *object, GDBusMethodInvocation *invocation, gpointer user_data)
{
  SekService *service = user_data;
  g_autoptr (SekHeldPolicy) held = sek_policy_watch_hold (service->policy);
  const GPtrArray *advisories = sek_held_policy_get (held)->advisories;
  g_autoptr (GPtrArray) sorted = g_ptr_array_sized_new (advisories->len);
  for (guint i = 0; i < advisories->len; i++)
    g_ptr_array_add (sorted, advisories->pdata[i]);
  g_ptr_array_sort (sorted, compare_published);
  GVariantBuilder builder;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < sorted->len; i++)
    g_variant_builder_add_value (&builder, advisory_to_variant (service, sorted->pdata[i]));
  sek_dbus_agent1_complete_advisories (object, invocation, g_variant_builder_end (&builder));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}
