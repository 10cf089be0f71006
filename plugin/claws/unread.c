/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A mail that nobody has seen stays unread. Claws Mail marks a mail as read once it was rendered, at once or
 * some seconds later, and asks no one; so the mark is taken back, once, and set when the mail is shown after
 * all. A mark that the person sets later stays. */
#include "plugin/claws/claws.h"

#include "folder.h"
#include "procmsg.h"
#include "summaryview.h"

#define WAIT_MILLISECONDS 50
#define TRIES_MAX 200

typedef struct
{
  SekPlugin *plugin;
  SekMail *mail;
  char *folder; /* identifier: the folder itself may be gone by then */
  gint number;
  guint tries;
} Mark;

static void
mark_free (gpointer user_data)
{
  Mark *mark = user_data;
  g_object_unref (mark->plugin);
  sek_mail_unref (mark->mail);
  g_free (mark->folder);
  g_free (mark);
}

static void
correct (const Mark *mark)
{
  SekMail *mail = mark->mail;
  FolderItem *item = folder_find_item_from_identifier (mark->folder);
  MsgInfo *msginfo = item != NULL ? folder_item_get_msginfo (item, mark->number) : NULL;
  if (msginfo == NULL)
    return;
  if (mail->unseen && !MSG_IS_UNREAD (msginfo->flags))
    {
      mail->unseen = FALSE;
      mail->unread_again = TRUE;
      procmsg_msginfo_set_flags (msginfo, MSG_UNREAD, 0);
    }
  else if (mail->unread_again && !mail->unseen && sek_holds_find (mark->plugin, mail) != NULL &&
           sek_mail_access (mail, sek_client_unavailable_holds (mark->plugin->client)) == SEK_ACCESS_SHOWN)
    {
      mail->unread_again = FALSE;
      procmsg_msginfo_unset_flags (msginfo, MSG_NEW | MSG_UNREAD, 0);
    }
  procmsg_msginfo_free (&msginfo);
}

static gboolean
correct_now (gpointer user_data)
{
  Mark *mark = user_data;
  SummaryView *summary = mainwindow_get_mainwindow ()->summaryview;
  if (g_cancellable_is_cancelled (mark->plugin->cancellable))
    return G_SOURCE_REMOVE;
  /* On a server it is a command, during which Claws Mail runs the main loop. */
  if ((g_main_depth () > 1 || (summary != NULL && summary_is_locked (summary))) && ++mark->tries < TRIES_MAX)
    return G_SOURCE_CONTINUE;
  correct (mark);
  return G_SOURCE_REMOVE;
}

static void
correct_soon (SekHold *hold)
{
  const MsgInfo *msginfo = hold->view->msginfo;
  if (msginfo == NULL || msginfo->folder == NULL)
    return;
  Mark *mark = g_new0 (Mark, 1);
  mark->plugin = g_object_ref (hold->plugin);
  mark->mail = sek_mail_ref (hold->mail);
  mark->folder = folder_item_get_identifier (msginfo->folder);
  mark->number = (gint) msginfo->msgnum;
  g_timeout_add_full (G_PRIORITY_DEFAULT, WAIT_MILLISECONDS, correct_now, mark, mark_free);
}

void
sek_unread_arrive (SekHold *hold)
{
  hold->was_unread = hold->view->msginfo != NULL && MSG_IS_UNREAD (hold->view->msginfo->flags);
}

void
sek_unread_apply (SekHold *hold, SekAccess access)
{
  SekMail *mail = hold->mail;
  if (hold->was_unread && access != SEK_ACCESS_SHOWN)
    mail->unseen = TRUE;
  hold->was_unread = FALSE;
  if (access == SEK_ACCESS_SHOWN)
    mail->unseen = FALSE;
  if (access != SEK_ACCESS_WAIT && (mail->unseen || mail->unread_again))
    correct_soon (hold);
}

gboolean
sek_unread_on_update (gpointer source, gpointer user_data)
{
  const MsgInfoUpdate *update = source;
  SekPlugin *plugin = user_data;
  if ((update->flags & MSGINFO_UPDATE_FLAGS) == 0 || MSG_IS_UNREAD (update->msginfo->flags))
    return FALSE;
  for (guint i = 0; i < plugin->holds->len; i++)
    {
      SekHold *hold = g_ptr_array_index (plugin->holds, i);
      const MsgInfo *shown = sek_hold_is_alive (hold) && hold->mail != NULL ? hold->view->msginfo : NULL;
      if (shown == NULL || shown->msgnum != update->msginfo->msgnum ||
          shown->folder != update->msginfo->folder)
        continue;
      if (hold->mail->unseen && sek_mail_access (hold->mail, FALSE) != SEK_ACCESS_WAIT)
        correct_soon (hold);
    }
  return FALSE;
}
