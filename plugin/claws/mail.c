/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mails of this session, by the files of Claws Mail. */
#include "plugin/claws/claws.h"

#include "account.h"
#include "folder.h"
#include "procmsg.h"

static void
on_changed (SekMail *mail, gpointer user_data)
{
  SekPlugin *plugin = user_data;
  sek_holds_apply (plugin, mail);
  if (plugin->arrivals != NULL)
    sek_arrivals_judged (plugin->arrivals, mail);
}

static gboolean
is_in_use (const SekMail *mail, gpointer user_data)
{
  SekPlugin *plugin = user_data;
  return sek_holds_find (plugin, mail) != NULL ||
         (plugin->arrivals != NULL && sek_arrivals_wait_for (plugin->arrivals, mail));
}

static void
on_forgotten (SekMail *mail, gpointer user_data)
{
  if (mail->dialog != NULL)
    gtk_widget_destroy (mail->dialog);
}

const SekMailsFuncs sek_plugin_mails_funcs = { on_changed, is_in_use, on_forgotten };

SekMail *
sek_plugin_mail_of_file (SekPlugin *self, const char *path)
{
  g_autofree char *key = sek_mail_key_of_file (path);
  return key != NULL ? sek_mails_get (self->mails, key) : NULL;
}

/* NULL when it lies on a server only: to fetch it for a question about it would keep the person waiting. */
static char *
path_if_here (MsgInfo *msginfo)
{
  FolderType type = FOLDER_TYPE (msginfo->folder->folder);
  if (type != F_IMAP && type != F_NEWS)
    return procmsg_get_message_file (msginfo);
  g_autofree char *folder = folder_item_get_path (msginfo->folder);
  g_autofree char *path = folder != NULL ? g_strdup_printf ("%s/%u", folder, msginfo->msgnum) : NULL;
  return path != NULL && g_file_test (path, G_FILE_TEST_EXISTS) ? g_steal_pointer (&path) : NULL;
}

SekMail *
sek_plugin_find_mail (SekPlugin *self, MsgInfo *msginfo)
{
  if (msginfo == NULL || msginfo->folder == NULL || sek_mails_is_empty (self->mails))
    return NULL;
  g_autofree char *path = path_if_here (msginfo);
  g_autofree char *key = path != NULL ? sek_mail_key_of_file (path) : NULL;
  return key != NULL ? sek_mails_find (self->mails, key) : NULL;
}

char **
sek_plugin_own_addresses (void)
{
  g_autoptr (GStrvBuilder) addresses = g_strv_builder_new ();
  for (GList *l = account_get_list (); l != NULL; l = l->next)
    {
      const PrefsAccount *account = l->data;
      if (account->address != NULL && *account->address != '\0')
        g_strv_builder_add (addresses, account->address);
    }
  return g_strv_builder_end (addresses);
}

void
sek_plugin_check (SekPlugin *self, SekMail *mail, const char *path, MsgInfo *msginfo)
{
  g_auto (GStrv) own = sek_plugin_own_addresses ();
  g_autofree char *folder = msginfo->folder != NULL ? folder_item_get_identifier (msginfo->folder) : NULL;
  sek_mails_check (self->mails, mail, path, folder, (const char *const *) own, NULL, NULL);
}
