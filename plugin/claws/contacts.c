/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The people of Claws Mail's address books. */
#include "plugin/claws/learn.h"

#include "addrindex.h"

#include "plugin/client/learn.h"

/* After the start, when the folders are read; the same again while there is no agent. */
#define SETTLE_SECONDS 3

struct SekContacts
{
  SekClient *client;
  guint timer; /* source id */
};

/* addrindex_load_completion hands nothing on to its callback. Main thread only, and set only while it runs.
 */
static GPtrArray *collected;

static gint
on_entry (const gchar *name, const gchar *address, const gchar *nick, const gchar *alias, GList *group)
{
  if (address != NULL && group == NULL)
    g_ptr_array_add (collected, sek_mailbox_new (name, address));
  return 0;
}

static gboolean
teach (gpointer user_data)
{
  SekContacts *self = user_data;
  g_autoptr (GPtrArray) contacts = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_mailbox_free);
  collected = contacts;
  addrindex_load_completion (on_entry, NULL);
  collected = NULL;
  if (contacts->len > 0 && !sek_client_learn_contacts (self->client, contacts))
    return G_SOURCE_CONTINUE;
  self->timer = 0;
  return G_SOURCE_REMOVE;
}

SekContacts *
sek_contacts_new (SekClient *client)
{
  SekContacts *self = g_new0 (SekContacts, 1);
  self->client = client;
  self->timer = g_timeout_add_seconds (SETTLE_SECONDS, teach, self);
  return self;
}

void
sek_contacts_free (SekContacts *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_free (self);
}
