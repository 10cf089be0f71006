/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/secrets/secrets.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>
#include <string.h>

typedef GList SecretItems;
static void
secret_items_free (SecretItems *items)
{
  g_list_free_full (items, g_object_unref);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SecretItems, secret_items_free)

GQuark
sek_secret_error_quark (void)
{
  return g_quark_from_static_string ("sek-secret-error-quark");
}

static const SecretSchema *
get_schema (void)
{
  static const SecretSchema schema = {
    .name = "io.github.sekisho.Report",
    .flags = SECRET_SCHEMA_NONE,
    .attributes = { { "server", SECRET_SCHEMA_ATTRIBUTE_STRING },
                    { "login", SECRET_SCHEMA_ATTRIBUTE_STRING } },
  };
  return &schema;
}

static GHashTable *
attributes_of (const char *server, const char *login)
{
  return secret_attributes_build (get_schema (), "server", server, "login", login, NULL);
}

char *
sek_secret_look_up (const char *server, const char *login, GCancellable *cancellable, GError **error)
{
  g_autoptr (SecretService) service =
      secret_service_get_sync (SECRET_SERVICE_OPEN_SESSION, cancellable, error);
  if (service == NULL)
    return NULL;
  g_autoptr (GHashTable) attributes = attributes_of (server, login);
  g_autoptr (GError) fault = NULL;
  /* Without SECRET_SEARCH_UNLOCK: a question for the keyring's password that no click of the person's brought
   * up would look like an attack. */
  g_autoptr (SecretItems) items =
      secret_service_search_sync (service, get_schema (), attributes, SECRET_SEARCH_LOAD_SECRETS, cancellable,
                                  &fault);
  if (fault != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&fault));
      return NULL;
    }
  if (items != NULL && secret_item_get_locked (items->data))
    {
      g_set_error_literal (error, SEK_SECRET_ERROR, SEK_SECRET_ERROR_LOCKED, _ ("the keyring is locked"));
      return NULL;
    }
  g_autoptr (SecretValue) value = items != NULL ? secret_item_get_secret (items->data) : NULL;
  const char *text = value != NULL ? secret_value_get_text (value) : NULL;
  gboolean there = text != NULL && *text != '\0';
  if (!there && *login == '\0')
    g_set_error (error, SEK_SECRET_ERROR, SEK_SECRET_ERROR_MISSING,
                 /* Translators: %s is a server. */
                 _ ("the keyring holds no access token for %s"), server);
  else if (!there)
    g_set_error (error, SEK_SECRET_ERROR, SEK_SECRET_ERROR_MISSING,
                 /* Translators: %s is a name that a person logs in with. */
                 _ ("the keyring holds no password of %s"), login);
  return there ? g_strdup (text) : NULL;
}

gboolean
sek_secret_keep (const char *server, const char *login, const char *secret, GError **error)
{
  g_autoptr (GHashTable) attributes = attributes_of (server, login);
  /* Translators: the name of an entry in the desktop's keyring; %s is a server. */
  g_autofree char *label = g_strdup_printf (_ ("Sekisho: reports by way of %s"), server);
  return secret_password_storev_sync (get_schema (), attributes, SECRET_COLLECTION_DEFAULT, label, secret,
                                      NULL, error);
}

void
sek_secret_free (char *secret)
{
  if (secret == NULL)
    return;
  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}
