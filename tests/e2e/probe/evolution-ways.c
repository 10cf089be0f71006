/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ways to a mail that no menu, key or button of Evolution has, and the network. */
#include "tests/e2e/probe/evolution.h"

#include <libemail-engine/libemail-engine.h>
#include <mail/e-mail-reader-utils.h>
#include <mail/message-list.h>
#include <shell/e-shell.h>
#include <string.h>

/* Several mails at once: their uids, with blanks between. */
void
probe_select (const char *uids, GString *json)
{
  g_auto (GStrv) words = g_strsplit (uids, " ", -1);
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (list, words[i]);
  message_list_set_selected (MESSAGE_LIST (e_mail_reader_get_message_list (probe_main_reader ())), list);
}

static gboolean
reply_now (gpointer unused)
{
  e_mail_reader_reply_to_message (probe_main_reader (), NULL, E_MAIL_REPLY_TO_SENDER);
  return G_SOURCE_REMOVE;
}

/* A reply as a module may make it, past every action. */
void
probe_reply_behind (const char *unused, GString *json)
{
  g_idle_add (reply_now, NULL);
}

/* Evolution 3.46 can put selected mails into the clipboard, but has no menu or key for it. */
void
probe_copy_list (const char *unused, GString *json)
{
  message_list_copy (MESSAGE_LIST (e_mail_reader_get_message_list (probe_main_reader ())), FALSE);
}

/* Another program asks for all that the clipboard has: how many bytes that is, with those of the files named.
 */
static gsize
count_clipboard (GtkClipboard *clipboard, GdkAtom target)
{
  gsize count = 0;
  GtkSelectionData *data = gtk_clipboard_wait_for_contents (clipboard, target);
  if (data == NULL)
    return 0;
  count = (gsize) MAX (gtk_selection_data_get_length (data), 0);
  g_auto (GStrv) uris = gtk_selection_data_get_uris (data);
  for (guint i = 0; uris != NULL && uris[i] != NULL; i++)
    {
      g_autofree char *path = g_filename_from_uri (uris[i], NULL, NULL);
      g_autofree char *text = NULL;
      gsize length = 0;
      if (path != NULL && g_file_get_contents (path, &text, &length, NULL))
        count += length;
    }
  gtk_selection_data_free (data);
  return count;
}

void
probe_count_clipboard (const char *unused, GString *json)
{
  GtkClipboard *clipboard = gtk_clipboard_get (GDK_SELECTION_CLIPBOARD);
  g_autofree GdkAtom *targets = NULL;
  int n = 0;
  gsize count = 0;
  if (gtk_clipboard_wait_for_targets (clipboard, &targets, &n))
    for (int i = 0; i < n; i++)
      {
        g_autofree char *name = gdk_atom_name (targets[i]);
        if (strcmp (name, "TIMESTAMP") != 0 && strcmp (name, "TARGETS") != 0 &&
            strcmp (name, "MULTIPLE") != 0)
          count += count_clipboard (clipboard, targets[i]);
      }
  g_string_append_printf (json, "%" G_GSIZE_FORMAT, count);
}

/* As the button in the corner does. */
void
probe_set_online (const char *online, GString *json)
{
  e_shell_set_online (e_shell_get_default (), strcmp (online, "yes") == 0);
}
