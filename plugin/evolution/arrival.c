/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Only bytes that lie here are read: what a server still has is checked when it is opened. */
#include "plugin/evolution/arrival.h"

#include <libemail-engine/libemail-engine.h>
#include <mail/e-mail-backend.h>
#include <mail/e-mail-ui-session.h>
#include <shell/e-shell.h>

#include "plugin/evolution/evolution.h"

#define BEGIN_SECONDS 3
#define AGAIN_SECONDS 600 /* accounts are added */
#define QUEUE_MAX 500     /* mails that wait; of more at once the rest is checked when it is opened */
#define UNREAD_MAX 100    /* mails that lay there unread when the inbox was found */
#define AT_ONCE 2         /* mails being checked */

static const struct
{
  const char *tag; /* an IMAP keyword: an atom */
  const char *colour;
} labels[SEK_LEVEL_DANGER + 1] = {
  [SEK_LEVEL_CAUTION] = { "$Labelsekisho-caution", "#b84300" },
  [SEK_LEVEL_DANGER] = { "$Labelsekisho-danger", "#c01c28" },
};

/* One mail on its way. */
typedef struct
{
  SekArrivals *arrivals;
  CamelFolder *folder;
  char *uid;
  SekMail *mail; /* NULL until its bytes are known */
} Arrival;

/* An inbox, and what is unread in it. */
typedef struct
{
  CamelFolder *folder;
  GPtrArray *unread; /* char *, newest last; NULL when it can't be told */
} Inbox;

struct SekArrivals
{
  SekMails *mails;
  GCancellable *cancellable;
  GPtrArray *inboxes; /* CamelFolder, watched */
  GQueue waiting;     /* Arrival */
  GPtrArray *asked;   /* Arrival, those being checked */
  guint timer;
};

static void next (SekArrivals *self);

static void
arrival_free (gpointer data)
{
  Arrival *arrival = data;
  g_object_unref (arrival->folder);
  g_clear_pointer (&arrival->mail, sek_mail_unref);
  g_free (arrival->uid);
  g_free (arrival);
}

static void
inbox_free (gpointer data)
{
  Inbox *inbox = data;
  if (inbox->unread != NULL)
    camel_folder_search_free (inbox->folder, inbox->unread);
  g_object_unref (inbox->folder);
  g_free (inbox);
}

/* Evolution knows labels by their tags. */
static void
make_label (SekLevel level)
{
  EMailSession *session = sek_plugin_session ();
  if (session == NULL)
    return;
  EMailLabelListStore *store = e_mail_ui_session_get_label_store (E_MAIL_UI_SESSION (session));
  GtkTreeIter iter;
  GdkColor colour;
  if (!e_mail_label_list_store_lookup (store, labels[level].tag, &iter) &&
      gdk_color_parse (labels[level].colour, &colour))
    e_mail_label_list_store_set_with_tag (store, NULL, labels[level].tag, sek_wording_tag (level), &colour);
}

static void
set_label (const Arrival *arrival)
{
  SekLevel level = arrival->mail->verdict->level;
  if (labels[level].tag == NULL)
    return;
  make_label (level);
  camel_folder_set_message_user_flag (arrival->folder, arrival->uid, labels[level].tag, TRUE);
}

static void
done (SekArrivals *self, Arrival *arrival)
{
  g_ptr_array_remove_fast (self->asked, arrival);
  next (self);
}

void
sek_arrivals_judged (SekArrivals *self, const SekMail *mail)
{
  if (mail->state != SEK_MAIL_CHECKED && mail->state != SEK_MAIL_FAILED)
    return;
  for (guint i = self->asked->len; i > 0; i--)
    {
      Arrival *arrival = self->asked->pdata[i - 1];
      if (arrival->mail != mail)
        continue;
      if (mail->state == SEK_MAIL_CHECKED)
        set_label (arrival);
      done (self, arrival);
    }
}

gboolean
sek_arrivals_wait_for (SekArrivals *self, const SekMail *mail)
{
  for (guint i = 0; i < self->asked->len; i++)
    if (((const Arrival *) self->asked->pdata[i])->mail == mail)
      return TRUE;
  return FALSE;
}

static void
on_content (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SekContent) content = sek_content_finish (result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* everything is gone */
  Arrival *arrival = user_data;
  SekArrivals *self = arrival->arrivals;
  if (content == NULL)
    {
      done (self, arrival);
      return;
    }
  arrival->mail = sek_mails_get (self->mails, content->key);
  g_auto (GStrv) own = sek_plugin_own_addresses ();
  g_autofree char *folder = e_mail_folder_uri_from_folder (arrival->folder);
  g_autoptr (SekMail) mail = sek_mail_ref (arrival->mail);
  const char *path = content->path;
  sek_mails_check (self->mails, mail, path, folder, (const char *const *) own, g_steal_pointer (&content),
                   (GDestroyNotify) sek_content_free);
  /* It may have been met before. */
  sek_arrivals_judged (self, mail);
}

static void
next (SekArrivals *self)
{
  while (self->asked->len < AT_ONCE)
    {
      Arrival *arrival = g_queue_pop_head (&self->waiting);
      if (arrival == NULL)
        return;
      g_ptr_array_add (self->asked, arrival);
      sek_content_get_local (arrival->folder, arrival->uid, self->cancellable, on_content, arrival);
    }
}

static gboolean
is_unread (CamelFolder *folder, const char *uid)
{
  g_autoptr (CamelMessageInfo) info = camel_folder_get_message_info (folder, uid);
  return info != NULL && (camel_message_info_get_flags (info) &
                          (CAMEL_MESSAGE_SEEN | CAMEL_MESSAGE_JUNK | CAMEL_MESSAGE_DELETED)) == 0;
}

static void
add_arrivals (SekArrivals *self, CamelFolder *folder, const GPtrArray *uids, guint first)
{
  for (guint i = first; i < uids->len && g_queue_get_length (&self->waiting) < QUEUE_MAX; i++)
    {
      if (!is_unread (folder, uids->pdata[i]))
        continue;
      Arrival *arrival = g_new0 (Arrival, 1);
      arrival->arrivals = self;
      arrival->folder = g_object_ref (folder);
      arrival->uid = g_strdup (uids->pdata[i]);
      g_queue_push_tail (&self->waiting, arrival);
    }
  next (self);
}

static void
on_changed (CamelFolder *folder, CamelFolderChangeInfo *changes, SekArrivals *self)
{
  if (changes != NULL)
    add_arrivals (self, folder, changes->uid_added, 0);
}

static void
find_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GPtrArray *inboxes = g_ptr_array_new_with_free_func (inbox_free);
  GList *services = camel_session_list_services (task_data);
  for (GList *l = services; l != NULL; l = l->next)
    {
      CamelFolder *folder = NULL;
      if (sek_plugin_has_mail (l->data))
        folder = camel_store_get_inbox_folder_sync (l->data, cancellable, NULL);
      if (folder == NULL)
        continue;
      Inbox *inbox = g_new0 (Inbox, 1);
      inbox->folder = folder;
      inbox->unread = camel_folder_search_by_expression (folder, "(match-all (not (system-flag \"Seen\")))",
                                                         cancellable, NULL);
      g_ptr_array_add (inboxes, inbox);
    }
  g_list_free_full (services, g_object_unref);
  g_task_return_pointer (task, inboxes, (GDestroyNotify) g_ptr_array_unref);
}

static gboolean find_inboxes (gpointer user_data);

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GPtrArray) inboxes = g_task_propagate_pointer (G_TASK (result), NULL);
  if (inboxes == NULL)
    return; /* everything is gone */
  SekArrivals *self = user_data;
  for (guint i = 0; i < inboxes->len; i++)
    {
      const Inbox *inbox = inboxes->pdata[i];
      if (g_ptr_array_find (self->inboxes, inbox->folder, NULL))
        continue;
      g_ptr_array_add (self->inboxes, g_object_ref (inbox->folder));
      g_signal_connect (inbox->folder, "changed", G_CALLBACK (on_changed), self);
      guint count = inbox->unread != NULL ? inbox->unread->len : 0;
      if (count > 0)
        add_arrivals (self, inbox->folder, inbox->unread, count > UNREAD_MAX ? count - UNREAD_MAX : 0);
    }
  self->timer = g_timeout_add_seconds (AGAIN_SECONDS, find_inboxes, self);
}

static gboolean
find_inboxes (gpointer user_data)
{
  SekArrivals *self = user_data;
  self->timer = 0;
  EMailSession *session = sek_plugin_session ();
  if (session == NULL)
    return G_SOURCE_REMOVE;
  g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, on_found, self);
  g_task_set_task_data (task, g_object_ref (session), g_object_unref);
  g_task_run_in_thread (task, find_in_thread);
  return G_SOURCE_REMOVE;
}

SekArrivals *
sek_arrivals_new (SekMails *mails)
{
  SekArrivals *self = g_new0 (SekArrivals, 1);
  self->mails = mails;
  self->cancellable = g_cancellable_new ();
  self->inboxes = g_ptr_array_new_with_free_func (g_object_unref);
  self->asked = g_ptr_array_new_with_free_func (arrival_free);
  g_queue_init (&self->waiting);
  self->timer = g_timeout_add_seconds (BEGIN_SECONDS, find_inboxes, self);
  return self;
}

void
sek_arrivals_free (SekArrivals *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
  for (guint i = 0; i < self->inboxes->len; i++)
    g_signal_handlers_disconnect_by_data (self->inboxes->pdata[i], self);
  g_ptr_array_unref (self->inboxes);
  g_queue_clear_full (&self->waiting, arrival_free);
  g_ptr_array_unref (self->asked);
  g_object_unref (self->cancellable);
  g_free (self);
}
