/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mails that the administrator speaks of after they were opened: judged anew where they are seen now, and put
 * into Quarantine. One at a time. */
#include "plugin/evolution/evolution.h"

#include <libemail-engine/libemail-engine.h>
#include <mail/e-mail-backend.h>
#include <shell/e-shell.h>
#include <string.h>

#include "plugin/client/advised.h"

/* Of one Message-ID there are a few copies at most. */
#define CANDIDATES_MAX 20

struct SekAdvisedMails
{
  SekPlugin *plugin;
  GQueue waiting;          /* SekAdvisedMail */
  SekAdvisedMail *current; /* NULL: none under way */
  CamelFolder *folder;     /* that it was seen in */
  GPtrArray *uids;         /* those that could be it, still to be looked at */
  GCancellable *cancellable;
};

static void next (SekAdvisedMails *self);

static void
end_current (SekAdvisedMails *self, gboolean done)
{
  if (self->current->move && done)
    sek_client_moved (self->plugin->client, self->current->mail);
  g_clear_pointer (&self->current, sek_advised_mail_free);
  g_clear_object (&self->folder);
  g_clear_pointer (&self->uids, g_ptr_array_unref);
  next (self);
}

static void
on_quarantined (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SekAdvisedMails *self = user_data;
  gboolean moved = g_task_propagate_boolean (G_TASK (result), NULL);
  if (!g_cancellable_is_cancelled (self->cancellable))
    end_current (self, moved);
}

static void
judge_anew (SekAdvisedMails *self, SekContent *content)
{
  SekMails *mails = self->plugin->mails;
  g_autoptr (SekMail) mail = sek_mails_find (mails, content->key);
  if (mail == NULL)
    {
      sek_content_free (content);
      return;
    }
  g_auto (GStrv) own = sek_plugin_own_addresses ();
  sek_mail_forget_verdict (mail);
  g_autofree char *path = g_strdup (content->path);
  sek_mails_check (mails, mail, path, self->current->folder, (const char *const *) own, content,
                   (GDestroyNotify) sek_content_free);
}

static void look_at_next (SekAdvisedMails *self);

static void
on_content (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SekAdvisedMails *self = user_data;
  SekContent *content = sek_content_finish (result, NULL);
  if (g_cancellable_is_cancelled (self->cancellable) || content == NULL ||
      !g_str_equal (content->key, self->current->mail))
    {
      sek_content_free (content);
      if (!g_cancellable_is_cancelled (self->cancellable))
        look_at_next (self);
      return;
    }
  g_autofree char *uid = g_strdup (g_ptr_array_index (self->uids, 0));
  judge_anew (self, content);
  if (self->current->move)
    sek_quarantine_move (self->folder, uid, on_quarantined, self);
  else
    end_current (self, TRUE);
}

/* The one that was looked at last is the first of uids. */
static void
look_at_next (SekAdvisedMails *self)
{
  g_ptr_array_remove_index (self->uids, 0);
  if (self->uids->len == 0)
    end_current (self, TRUE);
  else
    sek_content_get_local (self->folder, g_ptr_array_index (self->uids, 0), self->cancellable, on_content,
                           self);
}

/* --- where it may be --- */

typedef struct
{
  EMailSession *session;
  char *folder_uri;
  char *message_id;
  CamelFolder *folder;
  GPtrArray *uids;
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;
  g_object_unref (search->session);
  g_free (search->folder_uri);
  g_free (search->message_id);
  g_clear_object (&search->folder);
  g_clear_pointer (&search->uids, g_ptr_array_unref);
  g_free (search);
}

/* What Camel's summaries keep of a Message-ID: the first eight bytes of its MD5. */
static guint64
hash_of (const char *message_id)
{
  guint64 hash = 0;
  guint8 digest[16];
  gsize length = sizeof digest;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_MD5);
  g_checksum_update (checksum, (const guchar *) message_id, -1);
  g_checksum_get_digest (checksum, digest, &length);
  memcpy (&hash, digest, sizeof hash);
  return hash;
}

static void
search_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Search *search = task_data;
  guint64 wanted = hash_of (search->message_id);
  search->folder =
      e_mail_session_uri_to_folder_sync (search->session, search->folder_uri, 0, cancellable, NULL);
  GPtrArray *uids = search->folder != NULL ? camel_folder_get_uids (search->folder) : NULL;
  for (guint i = 0; uids != NULL && i < uids->len && search->uids->len < CANDIDATES_MAX; i++)
    {
      g_autoptr (CamelMessageInfo) info = camel_folder_get_message_info (search->folder, uids->pdata[i]);
      if (info != NULL && camel_message_info_get_message_id (info) == wanted)
        g_ptr_array_add (search->uids, g_strdup (uids->pdata[i]));
    }
  if (uids != NULL)
    camel_folder_free_uids (search->folder, uids);
  g_task_return_boolean (task, search->folder != NULL);
}

static void
on_searched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SekAdvisedMails *self = user_data;
  Search *search = g_task_get_task_data (G_TASK (result));
  gboolean found = g_task_propagate_boolean (G_TASK (result), NULL);
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (!found || search->uids->len == 0)
    {
      /* Without the folder, of an account that is away, the mail is looked for with the next start. */
      end_current (self, found);
      return;
    }
  self->folder = g_steal_pointer (&search->folder);
  self->uids = g_steal_pointer (&search->uids);
  sek_content_get_local (self->folder, g_ptr_array_index (self->uids, 0), self->cancellable, on_content,
                         self);
}

static void
next (SekAdvisedMails *self)
{
  EMailSession *session = sek_plugin_session ();
  if (session == NULL || self->current != NULL || (self->current = g_queue_pop_head (&self->waiting)) == NULL)
    return;
  Search *search = g_new0 (Search, 1);
  search->session = g_object_ref (session);
  search->folder_uri = g_strdup (self->current->folder);
  search->message_id = g_strdup (self->current->message_id);
  search->uids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, on_searched, self);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, search, search_free);
  g_task_run_in_thread (task, search_in_thread);
}

static void
on_advised (const SekAdvisedMail *mail, gpointer user_data)
{
  SekAdvisedMails *self = user_data;
  if (*mail->message_id == '\0' || *mail->folder == '\0')
    {
      sek_client_moved (self->plugin->client, mail->mail);
      return;
    }
  g_queue_push_tail (&self->waiting, sek_advised_mail_copy (mail));
  next (self);
}

SekAdvisedMails *
sek_advised_new (SekPlugin *plugin)
{
  SekAdvisedMails *self = g_new0 (SekAdvisedMails, 1);
  self->plugin = plugin;
  self->cancellable = g_cancellable_new ();
  g_queue_init (&self->waiting);
  sek_client_watch_advised (plugin->client, on_advised, self);
  return self;
}

/* A thread under way still points here; its callback looks at the cancellable first, and there is one such
 * object a process. */
void
sek_advised_free (SekAdvisedMails *self)
{
  sek_client_watch_advised (self->plugin->client, NULL, NULL);
  g_cancellable_cancel (self->cancellable);
  g_queue_clear_full (&self->waiting, (GDestroyNotify) sek_advised_mail_free);
}
