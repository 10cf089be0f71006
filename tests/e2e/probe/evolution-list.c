/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <libebook/libebook.h>
#include "tests/e2e/probe/evolution.h"

#include <libemail-engine/libemail-engine.h>
#include <mail/e-mail-backend.h>
#include <mail/e-mail-browser.h>
#include <mail/message-list.h>
#include <shell/e-shell-window.h>
#include <stdlib.h>

/* $SEK_PROBE_ACCOUNT: the uid of an account; "On This Computer" when it is not set. */
CamelFolder *
probe_open_folder (const char *name)
{
  EMailReader *reader = probe_main_reader ();
  EMailSession *session = e_mail_backend_get_session (e_mail_reader_get_backend (reader));
  const char *account = g_getenv ("SEK_PROBE_ACCOUNT");
  g_autoptr (CamelService) service =
      account != NULL ? camel_session_ref_service (CAMEL_SESSION (session), account)
                      : g_object_ref (CAMEL_SERVICE (e_mail_session_get_local_store (session)));
  CamelProvider *provider = service != NULL ? camel_service_get_provider (service) : NULL;
  gboolean remote = provider != NULL && (provider->flags & CAMEL_PROVIDER_IS_REMOTE) != 0;
  gboolean inbox = remote && g_ascii_strcasecmp (name, "inbox") == 0;
  /* To connect from here would wait for a password that is asked for in this very loop. */
  if (service == NULL || (remote && camel_service_get_connection_status (service) != CAMEL_SERVICE_CONNECTED))
    return NULL;
  return inbox
             ? camel_store_get_inbox_folder_sync (CAMEL_STORE (service), NULL, NULL)
             : camel_store_get_folder_sync (CAMEL_STORE (service), name, CAMEL_STORE_FOLDER_NONE, NULL, NULL);
}

void
probe_where_row (const char *index, GString *json)
{
  GtkWidget *list = e_mail_reader_get_message_list (probe_main_reader ());
  int x = 0, y = 0, width = 0, height = 0, left = 0, top = 0;
  e_tree_get_cell_geometry (E_TREE (list), atoi (index), 3, &x, &y, &width, &height);
  gdk_window_get_origin (gtk_widget_get_window (list), &left, &top);
  /* The line with the names of the columns is as high as a row. */
  g_string_append_printf (json, "[%d,%d]", left + x + 40, top + y + height + height / 2);
}

/* Names of all actions that could be activated now, by whatever menu, key or button. */
void
probe_list_sensitive (const char *where, GString *json)
{
  EMailReader *reader = *where != '\0' ? probe_window_reader () : probe_main_reader ();
  GtkWindow *window = e_mail_reader_get_window (reader);
  GtkUIManager *manager = E_IS_MAIL_BROWSER (window)
                              ? e_mail_browser_get_ui_manager (E_MAIL_BROWSER (window))
                              : e_shell_window_get_ui_manager (E_SHELL_WINDOW (window));
  g_string_append_c (json, '[');
  for (GList *l = gtk_ui_manager_get_action_groups (manager); l != NULL; l = l->next)
    {
      g_autoptr (GList) actions = gtk_action_group_list_actions (l->data);
      for (GList *a = actions; a != NULL; a = a->next)
        {
          if (!gtk_action_is_sensitive (a->data))
            continue;
          probe_separate (json);
          probe_json_string (json, gtk_action_get_name (a->data));
        }
    }
  g_string_append_c (json, ']');
}

static gsize dropped;

static void
on_dropped (GtkWidget *window,
            GdkDragContext *context,
            int x,
            int y,
            GtkSelectionData *data,
            guint info,
            guint time,
            gpointer unused)
{
  dropped += (gsize) MAX (gtk_selection_data_get_length (data), 0);
}

/* A window that takes what a file manager or an editor would take. Answers where it is. */
void
probe_open_target (const char *unused, GString *json)
{
  GtkTargetEntry targets[] = { { (char *) "message/rfc822", 0, 0 }, { (char *) "text/uri-list", 0, 1 } };
  GtkWidget *window = gtk_window_new (GTK_WINDOW_POPUP);
  gtk_window_set_default_size (GTK_WINDOW (window), 200, 200);
  gtk_window_move (GTK_WINDOW (window), 800, 500);
  gtk_drag_dest_set (window, GTK_DEST_DEFAULT_ALL, targets, G_N_ELEMENTS (targets),
                     GDK_ACTION_COPY | GDK_ACTION_MOVE);
  g_signal_connect (window, "drag-data-received", G_CALLBACK (on_dropped), NULL);
  gtk_widget_show (window);
  dropped = 0;
  g_string_append (json, "[900,600]");
}

void
probe_count_dropped (const char *unused, GString *json)
{
  g_string_append_printf (json, "%" G_GSIZE_FORMAT, dropped);
}

/* As Evolution's own menu does it: its mails first. */
void
probe_delete_folder (const char *name, GString *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CamelFolder) folder = probe_open_folder (name);
  if (folder == NULL || !e_mail_folder_remove_sync (folder, NULL, &error))
    probe_fail (json, error != NULL ? error->message : "no such folder", name);
}

/* what: "ADDRESS NAME", into the address book that everybody has. */
void
probe_add_contact (const char *what, GString *json)
{
  ESourceRegistry *registry = e_shell_get_registry (e_shell_get_default ());
  g_autoptr (ESource) book = e_source_registry_ref_builtin_address_book (registry);
  g_autoptr (GError) error = NULL;
  g_autoptr (EClient) client = e_book_client_connect_sync (book, (guint32) -1, NULL, &error);
  EContact *contact = e_contact_new ();
  g_auto (GStrv) words = g_strsplit (what, " ", 2);
  e_contact_set (contact, E_CONTACT_EMAIL_1, words[0]);
  e_contact_set (contact, E_CONTACT_FULL_NAME, words[1]);
  if (client == NULL || !e_book_client_add_contact_sync (E_BOOK_CLIENT (client), contact,
                                                         E_BOOK_OPERATION_FLAG_NONE, NULL, NULL, &error))
    probe_fail (json, error->message, what);
  g_object_unref (contact);
}

static void
find_password (GtkWidget *widget, gpointer user_data)
{
  GtkWidget **found = user_data;
  if (GTK_IS_ENTRY (widget) && gtk_widget_get_mapped (widget) &&
      !gtk_entry_get_visibility (GTK_ENTRY (widget)))
    *found = widget;
  else if (GTK_IS_CONTAINER (widget))
    gtk_container_forall (GTK_CONTAINER (widget), find_password, found);
}

static gboolean
respond_now (gpointer dialog)
{
  gtk_dialog_response (dialog, GTK_RESPONSE_OK);
  return G_SOURCE_REMOVE;
}

static gboolean
answer_questions (gpointer password)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  for (GList *l = windows; l != NULL; l = l->next)
    {
      GtkWidget *entry = NULL;
      if (GTK_IS_DIALOG (l->data))
        find_password (l->data, &entry);
      if (entry == NULL || *gtk_entry_get_text (GTK_ENTRY (entry)) != '\0')
        continue;
      gtk_entry_set_text (GTK_ENTRY (entry), password);
      g_idle_add (respond_now, l->data);
    }
  return G_SOURCE_CONTINUE;
}

/* Answers the question for a password whenever it is put, from now on. */
void
probe_give_password (const char *password, GString *json)
{
  g_timeout_add_full (G_PRIORITY_DEFAULT, 50, answer_questions, g_strdup (password), g_free);
}
