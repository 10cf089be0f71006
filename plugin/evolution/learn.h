/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Teaches the agent, in idle time, what lies in Evolution's folders. */
#pragma once

#include "plugin/client/client.h"

G_BEGIN_DECLS

typedef struct SekFolders SekFolders;

/* Begins after a while. client is borrowed and must live longer. */
SekFolders *sek_folders_new (SekClient *client);
/* Ends it. What was learned stays learned. */
void sek_folders_free (SekFolders *folders);

/* contacts.c: teaches the people of the address books once the client has settled. */
typedef struct SekContacts SekContacts;
SekContacts *sek_contacts_new (SekClient *client);
void sek_contacts_free (SekContacts *self);

G_END_DECLS
