/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Claws Mail says of each mail that it lays into a folder, in the middle of its work, so that only its place
 * is noted then. It does so for what it fetches into folders of its own, not for what lies on an IMAP server:
 * that is checked when it is opened. */
#include "plugin/claws/arrival.h"

#include "folder.h"
#include "hooks.h"
#include "plugin/claws/claws.h"
#include "procmsg.h"
#include "summaryview.h"
#include "tags.h"

#define REST_MILLISECONDS 20
#define BUSY_MILLISECONDS 200 /* a mail is being drawn */
#define QUEUE_MAX 500         /* mails that wait; of more at once the rest is checked when it is opened */

/* A mail on its way. */
typedef struct
{
  char *folder;
  int number;
  SekMail *mail; /* NULL until it is asked about */
} Arrival;

struct SekArrivals
{
  SekPlugin *plugin;
  gulong hook;
  guint timer;
  GQueue waiting; /* Arrival */
  Arrival *asked; /* the one being checked; NULL when none */
};

static void schedule (SekArrivals *self, guint milliseconds);

static void
arrival_free (gpointer data)
{
  Arrival *arrival = data;
  g_clear_pointer (&arrival->mail, sek_mail_unref);
  g_free (arrival->folder);
  g_free (arrival);
}

static MsgInfo *
find_message (const Arrival *arrival)
{
  FolderItem *item = folder_find_item_from_identifier (arrival->folder);
  return item != NULL ? folder_item_get_msginfo (item, arrival->number) : NULL;
}

static void
set_tag (const Arrival *arrival)
{
  const char *name = sek_wording_tag (arrival->mail->verdict->level);
  MsgInfo *message = name != NULL ? find_message (arrival) : NULL;
  if (message == NULL)
    return;
  int id = tags_get_id_for_str (name);
  if (id < 0)
    {
      id = tags_add_tag (name);
      tags_write_tags ();
    }
  if (id >= 0)
    procmsg_msginfo_update_tags (message, TRUE, id);
  procmsg_msginfo_free (&message);
}

static void
ask (SekArrivals *self, Arrival *arrival)
{
  MsgInfo *message = find_message (arrival);
  g_autofree char *path = NULL;
  if (message != NULL && MSG_IS_UNREAD (message->flags) && !sek_is_own_folder (message))
    path = procmsg_get_message_file (message);
  arrival->mail = path != NULL ? sek_plugin_mail_of_file (self->plugin, path) : NULL;
  if (arrival->mail != NULL)
    sek_plugin_check (self->plugin, arrival->mail, path, message);
  if (message != NULL)
    procmsg_msginfo_free (&message);
}

static gboolean
on_timer (gpointer user_data)
{
  SekArrivals *self = user_data;
  MainWindow *main_window = mainwindow_get_mainwindow ();
  self->timer = 0;
  if (main_window == NULL || summary_is_locked (main_window->summaryview))
    {
      schedule (self, BUSY_MILLISECONDS);
      return G_SOURCE_REMOVE;
    }
  if (self->asked == NULL)
    {
      self->asked = g_queue_pop_head (&self->waiting);
      if (self->asked != NULL)
        ask (self, self->asked);
    }
  const SekMail *mail = self->asked != NULL ? self->asked->mail : NULL;
  if (mail != NULL && mail->state != SEK_MAIL_CHECKED && mail->state != SEK_MAIL_FAILED)
    return G_SOURCE_REMOVE; /* the answer goes on */
  if (mail != NULL && mail->state == SEK_MAIL_CHECKED)
    set_tag (self->asked);
  g_clear_pointer (&self->asked, arrival_free);
  if (!g_queue_is_empty (&self->waiting))
    schedule (self, REST_MILLISECONDS);
  return G_SOURCE_REMOVE;
}

static void
schedule (SekArrivals *self, guint milliseconds)
{
  if (self->timer == 0)
    self->timer = g_timeout_add_full (G_PRIORITY_LOW, milliseconds, on_timer, self, NULL);
}

static gboolean
on_arrived (gpointer source, gpointer user_data)
{
  SekArrivals *self = user_data;
  const MsgInfo *message = source;
  if (message == NULL || message->folder == NULL || !MSG_IS_UNREAD (message->flags) ||
      g_queue_get_length (&self->waiting) >= QUEUE_MAX)
    return FALSE;
  Arrival *arrival = g_new0 (Arrival, 1);
  arrival->folder = folder_item_get_identifier (message->folder);
  arrival->number = (int) message->msgnum;
  g_queue_push_tail (&self->waiting, arrival);
  schedule (self, REST_MILLISECONDS);
  return FALSE; /* others hear of it, too */
}

void
sek_arrivals_judged (SekArrivals *self, const SekMail *mail)
{
  if (self->asked != NULL && self->asked->mail == mail)
    schedule (self, REST_MILLISECONDS);
}

gboolean
sek_arrivals_wait_for (SekArrivals *self, const SekMail *mail)
{
  return self->asked != NULL && self->asked->mail == mail;
}

SekArrivals *
sek_arrivals_new (gpointer plugin)
{
  SekArrivals *self = g_new0 (SekArrivals, 1);
  self->plugin = plugin;
  g_queue_init (&self->waiting);
  self->hook = hooks_register_hook (MAIL_POSTFILTERING_HOOKLIST, on_arrived, self);
  return self;
}

void
sek_arrivals_free (SekArrivals *self)
{
  hooks_unregister_hook (MAIL_POSTFILTERING_HOOKLIST, self->hook);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_queue_clear_full (&self->waiting, arrival_free);
  g_clear_pointer (&self->asked, arrival_free);
  g_free (self);
}
