/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the probe for Evolution share. */
#pragma once

#include "tests/e2e/probe/probe.h"

#include <mail/e-mail-reader.h>

/* Of the main window; NULL while there is none. */
EMailReader *probe_main_reader (void);
/* Of the last window with one mail; NULL when there is none. */
EMailReader *probe_window_reader (void);
/* A folder of the account that the tests use; NULL when it is not there. */
CamelFolder *probe_open_folder (const char *name);

/* --- evolution-list.c: the list of mails, its selection, its menus; each answers with a JSON value --- */
void probe_where_row (const char *index, GString *json);
void probe_list_sensitive (const char *where, GString *json);
void probe_open_target (const char *unused, GString *json);
void probe_count_dropped (const char *unused, GString *json);
void probe_delete_folder (const char *name, GString *json);
void probe_add_contact (const char *what, GString *json);
void probe_give_password (const char *password, GString *json);

/* --- evolution-ways.c --- */
void probe_select (const char *uids, GString *json);
void probe_copy_list (const char *unused, GString *json);
void probe_reply_behind (const char *unused, GString *json);
void probe_count_clipboard (const char *unused, GString *json);
void probe_set_online (const char *online, GString *json);
