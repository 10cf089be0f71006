/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of somebody, for the person's window. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "agent/core/limits.h"
#include "agent/service/parts.h"

static GVariant *
address_to_variant (SekService *service, const char *address, GError **error)
{
  const SekHistory *history = &service->history;
  SekCorrespondent known;
  gboolean found = history->find_correspondent (history->self, address, &known);
  g_auto (GStrv) names = sek_store_names_of (service->store, address, error);
  if (names == NULL)
    return NULL;
  GVariantBuilder list;
  g_variant_builder_init (&list, G_VARIANT_TYPE ("as"));
  for (gsize i = 0; i < SEK_HISTORY_ADDRESSES_MAX && names[i] != NULL; i++)
    {
      g_autofree char *name = g_utf8_make_valid (names[i], -1);
      g_variant_builder_add (&list, "s", name);
    }
  GVariantDict dict;
  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "address", "s", address);
  g_variant_dict_insert_value (&dict, "names", g_variant_builder_end (&list));
  g_variant_dict_insert (&dict, "known", "b", found);
  g_variant_dict_insert (&dict, "received", "x", known.received);
  g_variant_dict_insert (&dict, "sent", "x", known.written_to);
  g_variant_dict_insert (&dict, "first-seen", "x", known.first_seen);
  g_variant_dict_insert (&dict, "last-seen", "x", known.last_seen);
  g_variant_dict_insert (&dict, "trusted", "b", history->is_trusted (history->self, address));
  return g_variant_dict_end (&dict);
}

/* An address is looked up as it is, a name by all addresses that it was seen with. */
static char **
addresses_of (SekService *service, const char *who)
{
  g_autofree char *clipped = sek_text_clip (who, -1, SEK_NAME_CHARS_MAX);
  if (strchr (clipped, '@') != NULL)
    {
      char **one = g_new0 (char *, 2);
      one[0] = sek_addr_spec_normal (g_strstrip (clipped));
      return one;
    }
  g_autofree char *key = sek_text_name_key (clipped);
  return service->history.addresses_of_name (service->history.self, key);
}

gboolean
sek_service_on_correspondent (SekDBusAgent1 *object,
                              GDBusMethodInvocation *invocation,
                              const char *who,
                              gpointer user_data)
{
  SekService *service = user_data;
  g_autoptr (GError) error = NULL, reason = NULL;
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));
  if (sek_service_need_store (service, &error))
    {
      g_auto (GStrv) addresses = addresses_of (service, who);
      for (gsize i = 0; i < SEK_HISTORY_ADDRESSES_MAX && addresses[i] != NULL && reason == NULL; i++)
        {
          GVariant *known = address_to_variant (service, addresses[i], &reason);
          if (known != NULL)
            g_variant_builder_add_value (&builder, known);
        }
    }
  if (reason != NULL)
    sek_service_store_error (&error, reason);
  if (error != NULL)
    g_dbus_method_invocation_return_gerror (invocation, error);
  else
    sek_dbus_agent1_complete_correspondent (object, invocation, g_variant_builder_end (&builder));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}
