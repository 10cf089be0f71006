/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person may choose: keys of the policy that stand in the person's own file, unless the administrator
 * has decided them. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "agent/policy/personal.h"
#include "agent/service/parts.h"

/* In the order of the window; each is a key of type yes or no. */
static const struct
{
  const char *group, *key;
} choices[] = {
  { "client", "learn" },
  { "report", "quarantine" },
  { "report", "keep-copy" },
};

static gboolean
is_locked (const SekService *service, gsize choice)
{
  const SekPolicyState *state = sek_policy_watch_state (service->policy);
  return sek_policy_is_locked (state->decisions, state->policy, choices[choice].group, choices[choice].key);
}

static GVariant *
choice_to_variant (const SekService *service, gsize choice)
{
  const SekPolicyKey *row = sek_policy_key_find (choices[choice].group, choices[choice].key);
  const SekPolicy *policy = sek_policy_watch_get (service->policy);
  g_autofree char *name = g_strconcat (choices[choice].group, ".", choices[choice].key, NULL);
  GVariantDict dict;
  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "key", "s", name);
  g_variant_dict_insert (&dict, "value", "b", G_STRUCT_MEMBER (gboolean, policy, row->offset));
  g_variant_dict_insert (&dict, "locked", "b", is_locked (service, choice));
  return g_variant_dict_end (&dict);
}

gboolean
sek_service_on_settings (SekDBusAgent1 *object, GDBusMethodInvocation *invocation, gpointer user_data)
{
  g_auto (GVariantBuilder) list = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));
  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    g_variant_builder_add_value (&list, choice_to_variant (user_data, i));
  sek_dbus_agent1_complete_settings (object, invocation, g_variant_builder_end (&list));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* The row of choices; -1 with error. */
static gssize
find_choice (const SekService *service, const char *name, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      gsize length = strlen (choices[i].group);
      if (strncmp (name, choices[i].group, length) != 0 || name[length] != '.' ||
          !g_str_equal (name + length + 1, choices[i].key))
        continue;
      if (!is_locked (service, i))
        return (gssize) i;
      g_set_error_literal (error, G_DBUS_ERROR, G_DBUS_ERROR_ACCESS_DENIED,
                           _ ("Your administrator has decided this"));
      return -1;
    }
  g_set_error_literal (error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS, _ ("There is no such setting"));
  return -1;
}

gboolean
sek_service_on_set_setting (SekDBusAgent1 *object,
                            GDBusMethodInvocation *invocation,
                            const char *key,
                            gboolean value,
                            gpointer user_data)
{
  SekService *service = user_data;
  g_autoptr (GError) error = NULL, reason = NULL;
  gssize choice = find_choice (service, key, &error);
  g_autofree char *path = sek_policy_personal_path ();
  if (choice >= 0 && !sek_policy_personal_set (path, choices[choice].group, choices[choice].key,
                                               value ? "yes" : "no", &reason))
    g_set_error_literal (&error, G_DBUS_ERROR, G_DBUS_ERROR_FAILED, reason->message);
  if (error != NULL)
    {
      g_dbus_method_invocation_return_gerror (invocation, error);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }
  /* Not only when the change of the file is noticed: the next call has to find it. */
  sek_policy_watch_reload (service->policy);
  sek_dbus_agent1_complete_set_setting (object, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

gboolean
sek_service_may_learn (const SekService *service, GError **error)
{
  gboolean may = sek_policy_watch_get (service->policy)->learn_folders;
  if (!may)
    g_set_error_literal (error, G_DBUS_ERROR, G_DBUS_ERROR_ACCESS_DENIED,
                         _ ("Learning from the folders of mail is switched off"));
  return may;
}
