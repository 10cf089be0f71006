/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugin/claws/learn.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "defs.h"
#include "folder.h"
#include "procmsg.h"
#include "utils.h"

#define ACTION "Tools/SekishoLearn"
/* The agent keeps the folders of all clients. */
#define PREFIX "claws-mail:"

struct SekFolders
{
  SekLearner *learner;
  GtkWidget *statusbar; /* borrowed */
  guint status_context;
  guint menu_merge;
  char *folder;     /* the one whose mails are held; NULL when none */
  GPtrArray *mails; /* MsgInfo of it, by number */
  guint next;       /* index in mails */
};

/* What is being listed. */
typedef struct
{
  GHashTable *learned; /* borrowed */
  GPtrArray *folders;
  guint total;
} Listing;

static void
show (const char *text, gpointer user_data)
{
  SekFolders *self = user_data;
  gtk_statusbar_remove_all (GTK_STATUSBAR (self->statusbar), self->status_context);
  if (text != NULL)
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
  Listing *listing = user_data;
  if (is_left_out (item))
    return;
  g_autofree char *identifier = folder_item_get_identifier (item);
  g_autofree char *key = g_strconcat (PREFIX, identifier, NULL);
  guint up_to = GPOINTER_TO_UINT (g_hash_table_lookup (listing->learned, key));
  if (up_to == SEK_LEARNER_FINISHED || (item->last_num > 0 && (guint) item->last_num <= up_to))
    return;
  g_ptr_array_add (listing->folders, g_steal_pointer (&key));
  listing->total += (guint) MAX (item->total_msgs, 0);
}

static void
forget_mails (SekFolders *self)
{
  g_clear_pointer (&self->folder, g_free);
  g_ptr_array_set_size (self->mails, 0);
  self->next = 0;
}

static void
list_folders (SekLearner *learner, GHashTable *learned, gpointer user_data)
{
  forget_mails (user_data);
  Listing listing = { learned, g_ptr_array_new_with_free_func (g_free), 0 };
  folder_func_to_all_folders (add_folder, &listing);
  sek_learner_listed (learner, listing.folders, listing.total);
}

/* Number of mails that were learned before. */
static guint
open_folder (SekFolders *self, const char *folder, FolderItem *item, guint32 up_to)
{
  forget_mails (self);
  self->folder = g_strdup (folder);
  guint passed = 0;
  GSList *list = item != NULL ? folder_item_get_msg_list (item) : NULL;
  for (GSList *l = list; l != NULL; l = l->next)
    {
      MsgInfo *mail = l->data;
      if (mail->msgnum > up_to)
        g_ptr_array_add (self->mails, mail);
      else
        {
          passed++;
          procmsg_msginfo_free (&mail);
        }
    }
  g_slist_free (list);
  g_ptr_array_sort (self->mails, compare_numbers);
  return passed;
}

static void
read_folder (SekLearner *learner, const char *folder, guint32 up_to, gpointer user_data)
{
  SekFolders *self = user_data;
  FolderItem *item = folder_find_item_from_identifier (folder + strlen (PREFIX));
  guint passed = g_strcmp0 (folder, self->folder) == 0 ? 0 : open_folder (self, folder, item, up_to);
  gboolean sent = item != NULL && is_outbox (item);
  g_autoptr (GPtrArray) summaries =
      g_ptr_array_new_with_free_func ((GDestroyNotify) sek_message_summary_free);
  for (guint i = 0; i < SEK_LEARNER_BATCH && self->next < self->mails->len; i++)
    {
      const MsgInfo *mail = self->mails->pdata[self->next++];
      up_to = mail->msgnum;
      passed++;
      /* What nobody has opened yet was not judged yet either. */
      if (!MSG_IS_SPAM (mail->flags) && !MSG_IS_UNREAD (mail->flags) && !MSG_IS_NEW (mail->flags))
        g_ptr_array_add (summaries, summary_of (mail, sent));
    }
  gboolean more = self->next < self->mails->len;
  if (!more)
    forget_mails (self);
  sek_learner_read (learner, summaries, up_to, passed, more, sent);
}

static const SekLearnerFuncs learner_funcs = { list_folders, read_folder, show };

static void
on_pause (GtkAction *action, gpointer user_data)
{
  SekFolders *self = user_data;
  sek_learner_set_paused (self->learner, gtk_toggle_action_get_active (GTK_TOGGLE_ACTION (action)));
}

SekFolders *
sek_folders_new (SekClient *client, MainWindow *main_window)
{
  SekFolders *self = g_new0 (SekFolders, 1);
  self->mails = g_ptr_array_new_with_free_func (free_mail);
  self->statusbar = main_window->statusbar;
  self->status_context = gtk_statusbar_get_context_id (GTK_STATUSBAR (self->statusbar), "Sekisho");
  self->learner = sek_learner_new (client, &learner_funcs, self);
  const GtkToggleActionEntry entry = { ACTION, NULL,
                                       /* Translators: menu entry with a check mark, in Tools */
                                       _ ("Pause Sekisho's learning"), NULL, NULL, G_CALLBACK (on_pause),
                                       FALSE };
  gtk_action_group_add_toggle_actions (main_window->action_group, &entry, 1, self);
  self->menu_merge = gtk_ui_manager_new_merge_id (main_window->ui_manager);
  gtk_ui_manager_add_ui (main_window->ui_manager, self->menu_merge, "/Menu/Tools", "SekishoLearn", ACTION,
                         GTK_UI_MANAGER_MENUITEM, FALSE);
  return self;
}

void
sek_folders_free (SekFolders *self, MainWindow *main_window)
{
  sek_learner_free (self->learner);
  if (main_window != NULL)
    {
      gtk_statusbar_remove_all (GTK_STATUSBAR (self->statusbar), self->status_context);
      gtk_ui_manager_remove_ui (main_window->ui_manager, self->menu_merge);
      GtkAction *action = gtk_action_group_get_action (main_window->action_group, ACTION);
      if (action != NULL)
        gtk_action_group_remove_action (main_window->action_group, action);
    }
  forget_mails (self);
  g_ptr_array_unref (self->mails);
  g_free (self);
}
