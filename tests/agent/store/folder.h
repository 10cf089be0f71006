/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder of its own for each test of the store, and what is left in it. */
#pragma once

#include "agent/store/store.h"

typedef struct
{
  char *path;     /* the folder */
  char *database; /* a file name in it */
} Folder;

void folder_init (Folder *folder);
/* Takes the folder and all in it away. */
void folder_clear (Folder *folder);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Folder, folder_clear)

/* The names in the folder, sorted, joined with a space. Newly allocated. */
char *folder_names (const Folder *folder);

/* Runs SQL on the file with SQLite itself, past agent/store. */
void folder_run_sql (const Folder *folder, const char *sql);

/* Opens for writing, or fails the test. */
SekStore *folder_open (const Folder *folder);

/* One mail from or (sent) to address. */
SekMessageSummary *folder_mail (const char *message_id,
                                const char *subject,
                                const char *name,
                                const char *address,
                                gint64 date,
                                gboolean sent);

/* Learns one mail, which is freed, and returns how many were new. */
gint64 folder_learn (SekStore *store, SekMessageSummary *mail);
