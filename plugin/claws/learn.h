/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Teaches the agent, in idle time, what lies in the client's folders, from the summaries that it keeps
 * anyway. */
#pragma once

#include "mainwindow.h"
#include "plugin/client/learner.h"

G_BEGIN_DECLS

typedef struct SekFolders SekFolders;

/* Begins after a while. client is borrowed and must live longer. Adds the entry that pauses it to the menu
 * Tools.
 */
SekFolders *sek_folders_new (SekClient *client, MainWindow *main_window);
/* Ends it; main_window is NULL when it is gone. What was learned stays learned. */
void sek_folders_free (SekFolders *folders, MainWindow *main_window);

/* contacts.c: teaches the people of the address books once the client has settled. */
typedef struct SekContacts SekContacts;
SekContacts *sek_contacts_new (SekClient *client);
void sek_contacts_free (SekContacts *self);

G_END_DECLS
