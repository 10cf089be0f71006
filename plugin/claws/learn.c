/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugin/claws/learn.h"

#include <glib/gi18n-lib.h>

#include "defs.h"
#include "folder.h"
#include "procmsg.h"
#include "utils.h"

#define BEGIN_SECONDS 5  /* after the start, when the client has drawn its window */
#define RETRY_SECONDS 60 /* the agent did not answer */
#define BATCH 200        /* mails handed over at a time */
#define REST_MILLISECONDS 50
#define AGAIN_SECONDS 600 /* then what was sent meanwhile is learned */
/* A folder that was walked to its end: mail that comes into it is learned when it is opened and was judged.
 * Only what we send is never opened, so outboxes have no end. */
#define FINISHED G_MAXUINT32
#define ACTION "Tools/SekishoLearn"
/* The agent keeps the folders of all clients. */
#define PREFIX "claws-mail:"

struct SekLearner
{
  SekClient *client;
  GCancellable *cancellable;
  GtkWidget *statusbar; /* borrowed */
  guint status_context;
  guint menu_merge;
  guint timer;
  gboolean paused;
  gboolean waiting;    /* for the agent's answer */
  GHashTable *learned; /* folder → highest number; NULL: not asked yet */
  GPtrArray *folders;  /* char *, identifiers of those to do, the last one first */
  char *folder;        /* the one that is being learned; NULL when none */
  GPtrArray *mails;    /* MsgInfo of it, by number */
  guint next;          /* index in mails */
  guint done, total;
};

static void schedule (SekLearner *self, guint milliseconds);

static void
show (SekLearner *self)
{
  gtk_statusbar_remove_all (GTK_STATUSBAR (self->statusbar), self->status_context);
  if (self->done >= self->total)
    return;
  g_autofree char *text =
      g_strdup_printf (self->paused
                           /* Translators: in the status bar of the mail client; numbers of mails */
                           ? _ ("Sekisho: learning who writes to you is paused, %u of %u mails")
                           : _ ("Sekisho learns who writes to you: %u of %u mails"),
                       self->done, self->total);
  gtk_statusbar_push (GTK_STATUSBAR (self->statusbar), self->status_context, text);
}

static void
free_mail (gpointer data)
{
  MsgInfo *mail = data;
  procmsg_msginfo_free (&mail);
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  const MsgInfo *first = *(MsgInfo *const *) a, *second = *(MsgInfo *const *) b;
  return first->msgnum < second->msgnum ? -1 : first->msgnum > second->msgnum;
}

/* A cache may hold any bytes, and the bus takes nothing but UTF-8. NULL for NULL; newly allocated. */
static char *
clean (const char *text)
{
  return text != NULL ? sek_text_clip (text, -1, SEK_SUBJECT_CHARS_MAX) : NULL;
}

/* Names and addresses as Claws Mail splits a field of them. */
static void
add_recipients (SekMessageSummary *summary, const char *field)
{
  GSList *list = field != NULL ? address_list_append_with_comments (NULL, field) : NULL;
  for (GSList *l = list; l != NULL && summary->recipients->len < SEK_MAILBOXES_MAX; l = l->next)
    {
      g_autofree char *address = clean (l->data);
      g_autofree char *name = g_strdup (address);
      extract_address (address);
      char *end = strrchr (name, '<');
      if (end != NULL)
        *end = '\0';
      g_strstrip (name);
      g_strdelimit (name, "\"", ' ');
      g_strstrip (name);
      g_ptr_array_add (summary->recipients,
                       sek_mailbox_new (end != NULL && *name != '\0' ? name : NULL, address));
    }
  slist_free_strings_full (list);
}

static SekMessageSummary *
summary_of (const MsgInfo *mail, gboolean sent)
{
  SekMessageSummary *summary = sek_message_summary_new ();
  summary->message_id = clean (mail->msgid);
  summary->subject = clean (mail->subject);
  summary->date = mail->date_t;
  summary->sent_by_us = sent;
  for (const GSList *l = mail->references; l != NULL && summary->references->len < SEK_REFERENCES_MAX;
       l = l->next)
    g_ptr_array_add (summary->references, clean (l->data));
  if (mail->inreplyto != NULL)
    g_ptr_array_add (summary->references, clean (mail->inreplyto));
  if (mail->from != NULL)
    {
      g_autofree char *address = clean (mail->from), *name = clean (mail->fromname);
      extract_address (address);
      /* fromname is the address again where there is no name. */
      gboolean named = name != NULL && strchr (name, '@') == NULL;
      summary->from = sek_mailbox_new (named ? name : NULL, address);
    }
  add_recipients (summary, mail->to);
  add_recipients (summary, mail->cc);
  return summary;
}

/* Reading the list of a folder on a server that has none here yet would go to that server. */
static gboolean
has_summaries (FolderItem *item)
{
  if (item->cache != NULL || FOLDER_TYPE (item->folder) == F_MH)
    return TRUE;
  g_autofree char *path = folder_item_get_path (item);
  g_autofree char *cache = path != NULL ? g_build_filename (path, CACHE_FILE, NULL) : NULL;
  return cache != NULL && g_file_test (cache, G_FILE_TEST_EXISTS);
}

static gboolean
is_outbox (FolderItem *item)
{
  return item->stype == F_OUTBOX || folder_has_parent_of_type (item, F_OUTBOX);
}

static gboolean
is_left_out (FolderItem *item)
{
  static const SpecialFolderItemType types[] = { F_DRAFT, F_QUEUE, F_TRASH };
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (item->stype == types[i] || folder_has_parent_of_type (item, types[i]))
      return TRUE;
  return item->no_select || item->path == NULL || !has_summaries (item);
}

static void
add_folder (FolderItem *item, gpointer user_data)
{
  SekLearner *self = user_data;
  if (is_left_out (item))
    return;
  g_autofree char *identifier = folder_item_get_identifier (item);
  g_autofree char *key = g_strconcat (PREFIX, identifier, NULL);
  guint up_to = GPOINTER_TO_UINT (g_hash_table_lookup (self->learned, key));
  if (up_to == FINISHED || (item->last_num > 0 && (guint) item->last_num <= up_to))
    return;
  g_ptr_array_add (self->folders, g_steal_pointer (&identifier));
  self->total += (guint) MAX (item->total_msgs, 0);
}

/* FALSE when all folders are done. */
static gboolean
begin_folder (SekLearner *self)
{
  g_clear_pointer (&self->folder, g_free);
  g_ptr_array_set_size (self->mails, 0);
  self->next = 0;
  if (self->folders->len == 0)
    return FALSE;
  self->folder = g_ptr_array_steal_index (self->folders, self->folders->len - 1);
  FolderItem *item = folder_find_item_from_identifier (self->folder);
  g_autofree char *key = g_strconcat (PREFIX, self->folder, NULL);
  guint from = GPOINTER_TO_UINT (g_hash_table_lookup (self->learned, key));
  GSList *list = item != NULL ? folder_item_get_msg_list (item) : NULL;
  for (GSList *l = list; l != NULL; l = l->next)
    {
      MsgInfo *mail = l->data;
      if (mail->msgnum > from)
        g_ptr_array_add (self->mails, mail);
      else
        {
          self->done++;
          procmsg_msginfo_free (&mail);
        }
    }
  g_slist_free (list);
  g_ptr_array_sort (self->mails, compare_numbers);
  return TRUE;
}

static void
on_learned (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean failed = sek_client_learn_finish (NULL, result, &error) < 0;
  /* The learner may be gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  SekLearner *self = user_data;
  self->waiting = FALSE;
  if (failed)
    {
      g_warning ("Could not teach the history: %s", error->message);
      /* Asked again, it says how far it got. */
      g_clear_pointer (&self->learned, g_hash_table_unref);
      schedule (self, RETRY_SECONDS * 1000);
      return;
    }
  show (self);
  schedule (self, REST_MILLISECONDS);
}

static void
finish_folder (SekLearner *self)
{
  g_autofree char *folder = g_steal_pointer (&self->folder);
  FolderItem *item = folder_find_item_from_identifier (folder);
  if (item == NULL || is_outbox (item))
    {
      schedule (self, REST_MILLISECONDS);
      return;
    }
  g_autofree char *key = g_strconcat (PREFIX, folder, NULL);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  self->waiting = TRUE;
  sek_client_learn (self->client, key, FINISHED, none, self->cancellable, on_learned, self);
}

static void
send_batch (SekLearner *self)
{
  FolderItem *item = folder_find_item_from_identifier (self->folder);
  gboolean sent = item != NULL && is_outbox (item);
  g_autoptr (GPtrArray) summaries =
      g_ptr_array_new_with_free_func ((GDestroyNotify) sek_message_summary_free);
  guint32 up_to = 0;
  for (guint i = 0; i < BATCH && self->next < self->mails->len; i++)
    {
      const MsgInfo *mail = self->mails->pdata[self->next++];
      up_to = mail->msgnum;
      self->done++;
      /* What nobody has opened yet was not judged yet either. */
      if (!MSG_IS_SPAM (mail->flags) && !MSG_IS_UNREAD (mail->flags) && !MSG_IS_NEW (mail->flags))
        g_ptr_array_add (summaries, summary_of (mail, sent));
    }
  g_autofree char *key = g_strconcat (PREFIX, self->folder, NULL);
  g_hash_table_insert (self->learned, g_strdup (key), GUINT_TO_POINTER (up_to));
  self->waiting = TRUE;
  sek_client_learn (self->client, key, up_to, summaries, self->cancellable, on_learned, self);
}

static void
on_known (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) learned = sek_client_learned_finish (NULL, result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  SekLearner *self = user_data;
  self->waiting = FALSE;
  if (learned == NULL)
    {
      schedule (self,
                (g_error_matches (error, SEK_CLIENT_ERROR, SEK_CLIENT_ERROR_AGENT) ? 2 : RETRY_SECONDS) *
                    1000);
      return;
    }
  self->learned = g_steal_pointer (&learned);
  self->done = self->total = 0;
  g_clear_pointer (&self->folder, g_free);
  g_ptr_array_set_size (self->folders, 0);
  g_ptr_array_set_size (self->mails, 0);
  self->next = 0;
  folder_func_to_all_folders (add_folder, self);
  schedule (self, REST_MILLISECONDS);
}

static gboolean
on_timer (gpointer user_data)
{
  SekLearner *self = user_data;
  self->timer = 0;
  if (self->paused || self->waiting)
    return G_SOURCE_REMOVE;
  if (self->learned == NULL)
    {
      self->waiting = TRUE;
      sek_client_learned (self->client, self->cancellable, on_known, self);
    }
  else if (self->next < self->mails->len)
    send_batch (self);
  else if (self->folder != NULL)
    finish_folder (self);
  else if (begin_folder (self))
    schedule (self, REST_MILLISECONDS);
  else
    {
      self->done = self->total;
      show (self);
      g_clear_pointer (&self->learned, g_hash_table_unref);
      schedule (self, AGAIN_SECONDS * 1000);
    }
  return G_SOURCE_REMOVE;
}

/* Below redrawing and everything the person does. */
static void
schedule (SekLearner *self, guint milliseconds)
{
  if (self->timer == 0)
    self->timer = g_timeout_add_full (G_PRIORITY_LOW, milliseconds, on_timer, self, NULL);
}

static void
on_pause (GtkAction *action, gpointer user_data)
{
  SekLearner *self = user_data;
  self->paused = gtk_toggle_action_get_active (GTK_TOGGLE_ACTION (action));
  show (self);
  g_clear_handle_id (&self->timer, g_source_remove);
  if (!self->paused)
    schedule (self, REST_MILLISECONDS);
}

SekLearner *
sek_learner_new (SekClient *client, MainWindow *main_window)
{
  SekLearner *self = g_new0 (SekLearner, 1);
  self->client = client;
  self->cancellable = g_cancellable_new ();
  self->folders = g_ptr_array_new_with_free_func (g_free);
  self->mails = g_ptr_array_new_with_free_func (free_mail);
  self->statusbar = main_window->statusbar;
  self->status_context = gtk_statusbar_get_context_id (GTK_STATUSBAR (self->statusbar), "Sekisho");
  const GtkToggleActionEntry entry = { ACTION, NULL,
                                       /* Translators: menu entry with a check mark, in Tools */
                                       _ ("Pause Sekisho's learning"), NULL, NULL, G_CALLBACK (on_pause),
                                       FALSE };
  gtk_action_group_add_toggle_actions (main_window->action_group, &entry, 1, self);
  self->menu_merge = gtk_ui_manager_new_merge_id (main_window->ui_manager);
  gtk_ui_manager_add_ui (main_window->ui_manager, self->menu_merge, "/Menu/Tools", "SekishoLearn", ACTION,
                         GTK_UI_MANAGER_MENUITEM, FALSE);
  schedule (self, BEGIN_SECONDS * 1000);
  return self;
}

void
sek_learner_free (SekLearner *self, MainWindow *main_window)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
  if (main_window != NULL)
    {
      gtk_statusbar_remove_all (GTK_STATUSBAR (self->statusbar), self->status_context);
      gtk_ui_manager_remove_ui (main_window->ui_manager, self->menu_merge);
      GtkAction *action = gtk_action_group_get_action (main_window->action_group, ACTION);
      if (action != NULL)
        gtk_action_group_remove_action (main_window->action_group, action);
    }
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->learned, g_hash_table_unref);
  g_ptr_array_unref (self->folders);
  g_ptr_array_unref (self->mails);
  g_free (self->folder);
  g_free (self);
}
