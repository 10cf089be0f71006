/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mails that the administrator speaks of after they were opened: judged anew where they are seen now, and put
 * into Quarantine. One at a time, between what Claws Mail does itself. */
#include "plugin/claws/claws.h"
#include "plugin/client/advised.h"

#include "folder.h"
#include "procmsg.h"
#include "summaryview.h"

#define TURN_MILLISECONDS 100
/* While Claws Mail is busy a mail must not be moved under it; what was not moved is asked for with the next
 * start. */
#define TURNS_MAX 3000

struct SekAdvisedMails
{
  SekPlugin *plugin;
  GQueue waiting; /* SekAdvisedMail */
  guint timer;    /* source id */
  guint turns;
};

/* The mail with these bytes in item; NULL when it is not there. To be freed with procmsg_msginfo_free. */
static MsgInfo *
find_in (FolderItem *item, const SekAdvisedMail *advised)
{
  if (item == NULL || item->no_select || *advised->message_id == '\0')
    return NULL;
  MsgInfo *found = NULL;
  GSList *list = folder_item_get_msg_list (item);
  for (GSList *l = list; l != NULL && found == NULL; l = l->next)
    {
      MsgInfo *msginfo = l->data;
      if (g_strcmp0 (msginfo->msgid, advised->message_id) != 0)
        continue;
      g_autofree char *path = procmsg_get_message_file (msginfo);
      g_autofree char *key = path != NULL ? sek_mail_key_of_file (path) : NULL;
      if (g_strcmp0 (key, advised->mail) == 0)
        found = procmsg_msginfo_new_ref (msginfo);
    }
  procmsg_msg_list_free (list);
  return found;
}

typedef struct
{
  const SekAdvisedMail *advised;
  const FolderItem *looked_through;
  MsgInfo *found;
} Search;

static void
look_through (FolderItem *item, gpointer user_data)
{
  Search *search = user_data;
  if (search->found == NULL && item != search->looked_through &&
      item->folder == search->looked_through->folder)
    search->found = find_in (item, search->advised);
}

/* Where it was seen, else anywhere in the same mailbox: people move their mail. */
static MsgInfo *
find (const SekAdvisedMail *advised)
{
  FolderItem *item = folder_find_item_from_identifier (advised->folder);
  if (item == NULL || item->folder == NULL)
    return NULL;
  Search search = { advised, item, find_in (item, advised) };
  if (search.found == NULL)
    folder_func_to_all_folders (look_through, &search);
  return search.found;
}

static void
judge_anew (SekPlugin *plugin, MsgInfo *msginfo)
{
  g_autoptr (SekMail) mail = sek_plugin_find_mail (plugin, msginfo);
  g_autofree char *path = mail != NULL ? procmsg_get_message_file (msginfo) : NULL;
  if (path == NULL)
    return;
  sek_mail_forget_verdict (mail);
  sek_plugin_check (plugin, mail, path, msginfo);
}

static void
attend_to (SekAdvisedMails *self, const SekAdvisedMail *advised)
{
  MsgInfo *msginfo = find (advised);
  gboolean done = msginfo == NULL;
  if (msginfo != NULL)
    judge_anew (self->plugin, msginfo);
  if (msginfo != NULL && advised->move)
    {
      FolderItem *target = sek_quarantine_of (msginfo->folder);
      done = target == msginfo->folder || (target != NULL && folder_item_move_msg (target, msginfo) >= 0);
    }
  if (advised->move && done)
    sek_client_moved (self->plugin->client, advised->mail);
  if (msginfo != NULL)
    procmsg_msginfo_free (&msginfo);
}

static gboolean
on_turn (gpointer user_data)
{
  SekAdvisedMails *self = user_data;
  MainWindow *window = mainwindow_get_mainwindow ();
  SummaryView *summary = window != NULL ? window->summaryview : NULL;
  gboolean busy = g_main_depth () > 1 || summary == NULL || summary_is_locked (summary);
  if (busy && ++self->turns < TURNS_MAX)
    return G_SOURCE_CONTINUE;
  self->turns = 0;
  g_autoptr (SekAdvisedMail) advised = g_queue_pop_head (&self->waiting);
  if (advised != NULL && !busy)
    attend_to (self, advised);
  if (!g_queue_is_empty (&self->waiting))
    return G_SOURCE_CONTINUE;
  self->timer = 0;
  return G_SOURCE_REMOVE;
}

static void
on_advised (const SekAdvisedMail *mail, gpointer user_data)
{
  SekAdvisedMails *self = user_data;
  g_queue_push_tail (&self->waiting, sek_advised_mail_copy (mail));
  if (self->timer == 0)
    self->timer = g_timeout_add (TURN_MILLISECONDS, on_turn, self);
}

SekAdvisedMails *
sek_advised_new (SekPlugin *plugin)
{
  SekAdvisedMails *self = g_new0 (SekAdvisedMails, 1);
  self->plugin = plugin;
  g_queue_init (&self->waiting);
  sek_client_watch_advised (plugin->client, on_advised, self);
  return self;
}

void
sek_advised_free (SekAdvisedMails *self)
{
  if (self == NULL)
    return;
  sek_client_watch_advised (self->plugin->client, NULL, NULL);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_queue_clear_full (&self->waiting, (GDestroyNotify) sek_advised_mail_free);
  g_free (self);
}
