/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The people of Evolution's address books. Only those on this computer or already fetched are asked quickly,
 * so it is done in a thread. */
#include "plugin/evolution/learn.h"

#include <libebook/libebook.h>
#include <shell/e-shell.h>

#include "plugin/client/learn.h"

#define SETTLE_SECONDS 3
/* A book on a server that is away is asked the next time. */
#define DO_NOT_WAIT ((guint32) -1)

struct SekContacts
{
  SekClient *client;
  guint timer;       /* source id */
  GPtrArray *people; /* SekMailbox, still to be taught; NULL before they were read */
  GCancellable *cancellable;
};

static void
add_contact (GPtrArray *people, EContact *contact)
{
  const char *name = e_contact_get_const (contact, E_CONTACT_FULL_NAME);
  GList *addresses = e_contact_get (contact, E_CONTACT_EMAIL);
  for (const GList *l = addresses; l != NULL; l = l->next)
    g_ptr_array_add (people, sek_mailbox_new (name, l->data));
  g_list_free_full (addresses, g_free);
}

static void
add_book (GPtrArray *people, ESource *source, GCancellable *cancellable)
{
  g_autoptr (EClient) client = e_book_client_connect_sync (source, DO_NOT_WAIT, cancellable, NULL);
  GSList *contacts = NULL;
  if (client == NULL || !e_book_client_get_contacts_sync (E_BOOK_CLIENT (client), "(exists \"email\")",
                                                          &contacts, cancellable, NULL))
    return;
  for (const GSList *l = contacts; l != NULL; l = l->next)
    add_contact (people, l->data);
  g_slist_free_full (contacts, g_object_unref);
}

static void
read_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GPtrArray *people = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_mailbox_free);
  GList *books = e_source_registry_list_enabled (task_data, E_SOURCE_EXTENSION_ADDRESS_BOOK);
  for (const GList *l = books; l != NULL && !g_cancellable_is_cancelled (cancellable); l = l->next)
    add_book (people, l->data, cancellable);
  g_list_free_full (books, g_object_unref);
  g_task_return_pointer (task, people, (GDestroyNotify) g_ptr_array_unref);
}

static gboolean
teach (gpointer user_data)
{
  SekContacts *self = user_data;
  if (self->people->len > 0 && !sek_client_learn_contacts (self->client, self->people))
    return G_SOURCE_CONTINUE;
  g_clear_pointer (&self->people, g_ptr_array_unref);
  self->timer = 0;
  return G_SOURCE_REMOVE;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GPtrArray *people = g_task_propagate_pointer (G_TASK (result), NULL);
  if (people == NULL)
    return; /* everything is gone */
  SekContacts *self = user_data;
  self->people = people;
  self->timer = g_timeout_add_seconds (1, teach, self);
}

static gboolean
read_books (gpointer user_data)
{
  SekContacts *self = user_data;
  self->timer = 0;
  /* The timer may still run while the shell goes. */
  EShell *shell = e_shell_get_default ();
  if (shell == NULL)
    return G_SOURCE_REMOVE;
  g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, on_read, self);
  g_task_set_task_data (task, g_object_ref (e_shell_get_registry (shell)), g_object_unref);
  g_task_run_in_thread (task, read_in_thread);
  return G_SOURCE_REMOVE;
}

SekContacts *
sek_contacts_new (SekClient *client)
{
  SekContacts *self = g_new0 (SekContacts, 1);
  self->client = client;
  self->cancellable = g_cancellable_new ();
  self->timer = g_timeout_add_seconds (SETTLE_SECONDS, read_books, self);
  return self;
}

void
sek_contacts_free (SekContacts *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_object_unref (self->cancellable);
  g_free (self);
}
