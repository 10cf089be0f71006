/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Teaches the agent what lies in Evolution's folders. Everything that Camel does may wait for a disk or a
 * server, so it is done in a thread; nothing is fetched from a server for it. */
#include "plugin/evolution/evolution.h"

#include <libemail-engine/libemail-engine.h>
#include <mail/e-mail-backend.h>
#include <shell/e-shell.h>
#include <string.h>

#include "plugin/client/learner.h"

/* The agent keeps the folders of all clients. */
#define PREFIX "evolution:"
/* Two mails of one second are told in one batch, as its number is the second: at most so many. */
#define BATCH_MAX (4 * SEK_LEARNER_BATCH)

struct SekFolders
{
  SekLearner *learner;
  EActivity *activity; /* NULL while nothing is learned */
  gboolean stopped;    /* by the person, or because Evolution quits */
  char *folder;        /* the one whose mails are held; NULL when none */
  GArray *mails;       /* Known, by date; a job that reads has it meanwhile */
  guint next;          /* index in mails */
};

/* A mail of a folder, before its summary is read. */
typedef struct
{
  char *uid;
  guint32 date; /* received, seconds since 1970: what counts how far a folder was learned */
} Known;

typedef struct
{
  EMailSession *session;
  ESourceRegistry *registry;
  GHashTable *learned; /* a copy; only for list */
  char *folder;        /* only for read, as the rest */
  guint32 up_to;
  GArray *mails;
  guint next;
} Job;

/* What a job gives. */
typedef struct
{
  GPtrArray *folders; /* of list */
  guint total;
  GPtrArray *summaries; /* of read */
  GArray *mails;
  guint next, passed;
  guint32 up_to;
  gboolean sent;
} Outcome;

static void
clear_known (gpointer data)
{
  g_free (((Known *) data)->uid);
}

static void
job_free (gpointer data)
{
  Job *job = data;
  g_object_unref (job->session);
  g_object_unref (job->registry);
  g_clear_pointer (&job->learned, g_hash_table_unref);
  g_clear_pointer (&job->mails, g_array_unref);
  g_free (job->folder);
  g_free (job);
}

static void
outcome_free (gpointer data)
{
  Outcome *outcome = data;
  g_clear_pointer (&outcome->folders, g_ptr_array_unref);
  g_clear_pointer (&outcome->summaries, g_ptr_array_unref);
  g_clear_pointer (&outcome->mails, g_array_unref);
  g_free (outcome);
}

/* --- which folders --- */

static void
add_folders (Outcome *outcome, const Job *job, CamelStore *store, const CamelFolderInfo *info)
{
  for (; info != NULL; info = info->next)
    {
      CamelFolderInfoFlags type = info->flags & CAMEL_FOLDER_TYPE_MASK;
      gboolean left_out = (info->flags & (CAMEL_FOLDER_NOSELECT | CAMEL_FOLDER_VIRTUAL)) != 0 ||
                          type == CAMEL_FOLDER_TYPE_TRASH || type == CAMEL_FOLDER_TYPE_JUNK ||
                          type == CAMEL_FOLDER_TYPE_OUTBOX;
      g_autofree char *uri = e_mail_folder_uri_build (store, info->full_name);
      g_autofree char *key = g_strconcat (PREFIX, uri, NULL);
      if (!left_out && GPOINTER_TO_UINT (g_hash_table_lookup (job->learned, key)) != SEK_LEARNER_FINISHED)
        {
          g_ptr_array_add (outcome->folders, g_steal_pointer (&key));
          outcome->total += (guint) MAX (info->total, 0);
        }
      add_folders (outcome, job, store, info->child);
    }
}

static void
list_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Job *job = task_data;
  Outcome *outcome = g_new0 (Outcome, 1);
  outcome->folders = g_ptr_array_new_with_free_func (g_free);
  GList *services = camel_session_list_services (CAMEL_SESSION (job->session));
  for (GList *l = services; l != NULL; l = l->next)
    {
      if (!sek_plugin_has_mail (l->data))
        continue;
      CamelFolderInfo *info =
          camel_store_get_folder_info_sync (l->data, NULL,
                                            CAMEL_STORE_FOLDER_INFO_FAST | CAMEL_STORE_FOLDER_INFO_RECURSIVE |
                                                CAMEL_STORE_FOLDER_INFO_SUBSCRIBED,
                                            cancellable, NULL);
      add_folders (outcome, job, l->data, info);
      if (info != NULL)
        camel_folder_info_free (info);
    }
  g_list_free_full (services, g_object_unref);
  g_task_return_pointer (task, outcome, outcome_free);
}

/* --- what is in them --- */

static SekMailbox *
mailbox_at (CamelInternetAddress *addresses, int index)
{
  const char *name = NULL, *address = NULL;
  if (!camel_internet_address_get (addresses, index, &name, &address) || address == NULL)
    return NULL;
  g_autofree char *clean_name = name != NULL ? sek_text_clip (name, -1, SEK_SUBJECT_CHARS_MAX) : NULL;
  g_autofree char *clean_address = sek_text_clip (address, -1, SEK_SUBJECT_CHARS_MAX);
  return sek_mailbox_new (clean_name != NULL && *clean_name != '\0' ? clean_name : NULL, clean_address);
}

static void
add_mailboxes (const char *field, SekMailbox **first, GPtrArray *all)
{
  g_autoptr (CamelInternetAddress) addresses = camel_internet_address_new ();
  int count = field != NULL ? camel_address_unformat (CAMEL_ADDRESS (addresses), field) : 0;
  for (int i = 0; i < MIN (count, SEK_MAILBOXES_MAX); i++)
    {
      SekMailbox *mailbox = mailbox_at (addresses, i);
      if (mailbox != NULL && first != NULL && *first == NULL)
        *first = mailbox;
      else if (mailbox != NULL && all != NULL)
        g_ptr_array_add (all, mailbox);
      else if (mailbox != NULL)
        sek_mailbox_free (mailbox);
    }
}

static void
add_ids (GPtrArray *ids, CamelMimeMessage *message, const char *field)
{
  const char *value = camel_medium_get_header (CAMEL_MEDIUM (message), field);
  GSList *decoded = value != NULL ? camel_header_references_decode (value) : NULL;
  for (GSList *l = decoded; l != NULL && ids->len < SEK_REFERENCES_MAX; l = l->next)
    g_ptr_array_add (ids, sek_text_clip (l->data, -1, SEK_SUBJECT_CHARS_MAX));
  g_slist_free_full (decoded, g_free);
}

static gboolean
is_local (CamelFolder *folder)
{
  CamelStore *store = camel_folder_get_parent_store (folder);
  CamelProvider *provider = store != NULL ? camel_service_get_provider (CAMEL_SERVICE (store)) : NULL;
  return provider != NULL && (provider->flags & CAMEL_PROVIDER_IS_LOCAL) != 0;
}

/* Camel's summary keeps hashes of the ids only; the mail itself is read where it lies here. */
static void
add_thread (SekMessageSummary *summary, CamelFolder *folder, const char *uid, GCancellable *cancellable)
{
  g_autoptr (CamelMimeMessage) message = is_local (folder)
                                             ? camel_folder_get_message_sync (folder, uid, cancellable, NULL)
                                             : camel_folder_get_message_cached (folder, uid, cancellable);
  if (message == NULL)
    return;
  const char *id = camel_mime_message_get_message_id (message);
  if (id != NULL)
    summary->message_id = sek_text_clip (id, -1, SEK_SUBJECT_CHARS_MAX);
  add_ids (summary->references, message, "References");
  add_ids (summary->references, message, "In-Reply-To");
}

/* NULL for what nobody has opened yet, which was not judged yet either, and for what is no correspondence. */
static SekMessageSummary *
summary_of (CamelFolder *folder, const char *uid, gboolean sent, GCancellable *cancellable)
{
  g_autoptr (CamelMessageInfo) info = camel_folder_get_message_info (folder, uid);
  guint32 flags = info != NULL ? camel_message_info_get_flags (info) : CAMEL_MESSAGE_JUNK;
  if ((flags & (CAMEL_MESSAGE_JUNK | CAMEL_MESSAGE_DELETED | CAMEL_MESSAGE_DRAFT)) != 0 ||
      (!sent && (flags & CAMEL_MESSAGE_SEEN) == 0))
    return NULL;
  SekMessageSummary *summary = sek_message_summary_new ();
  const char *subject = camel_message_info_get_subject (info);
  if (subject != NULL)
    summary->subject = sek_text_clip (subject, -1, SEK_SUBJECT_CHARS_MAX);
  summary->date = camel_message_info_get_date_sent (info);
  summary->sent_by_us = sent;
  add_mailboxes (camel_message_info_get_from (info), &summary->from, NULL);
  add_mailboxes (camel_message_info_get_to (info), NULL, summary->recipients);
  add_mailboxes (camel_message_info_get_cc (info), NULL, summary->recipients);
  add_thread (summary, folder, uid, cancellable);
  return summary;
}

static int
compare_dates (gconstpointer a, gconstpointer b)
{
  const Known *first = a, *second = b;
  return first->date < second->date ? -1 : first->date > second->date;
}

static void
read_uids (Outcome *outcome, const Job *job, CamelFolder *folder)
{
  outcome->mails = g_array_new (FALSE, FALSE, sizeof (Known));
  g_array_set_clear_func (outcome->mails, clear_known);
  GPtrArray *uids = camel_folder_get_uids (folder);
  for (guint i = 0; i < uids->len; i++)
    {
      g_autoptr (CamelMessageInfo) info = camel_folder_get_message_info (folder, uids->pdata[i]);
      gint64 received = info != NULL ? camel_message_info_get_date_received (info) : 0;
      Known known = { .date = (guint32) CLAMP (received, 1, G_MAXUINT32 - 1) };
      if (info == NULL || known.date <= job->up_to)
        {
          outcome->passed++;
          continue;
        }
      known.uid = g_strdup (uids->pdata[i]);
      g_array_append_val (outcome->mails, known);
    }
  camel_folder_free_uids (folder, uids);
  g_array_sort (outcome->mails, compare_dates);
}

static gboolean
is_left_out (const Job *job, CamelFolder *folder)
{
  return em_utils_folder_is_drafts (job->registry, folder) ||
         em_utils_folder_is_templates (job->registry, folder) ||
         em_utils_folder_is_outbox (job->registry, folder);
}

static void
read_batch (Outcome *outcome, CamelFolder *folder, GCancellable *cancellable)
{
  const Known *mails = (const Known *) (gpointer) outcome->mails->data;
  guint count = 0;
  for (; outcome->next < outcome->mails->len && count < BATCH_MAX; outcome->next++, count++)
    {
      const Known *known = &mails[outcome->next];
      if (count >= SEK_LEARNER_BATCH && known->date != outcome->up_to)
        break;
      SekMessageSummary *summary = summary_of (folder, known->uid, outcome->sent, cancellable);
      if (summary != NULL)
        g_ptr_array_add (outcome->summaries, summary);
      outcome->up_to = known->date;
      outcome->passed++;
    }
}

static void
read_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;
  Outcome *outcome = g_new0 (Outcome, 1);
  outcome->summaries = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_message_summary_free);
  outcome->up_to = job->up_to;
  outcome->next = job->next;
  outcome->mails = g_steal_pointer (&job->mails);
  g_autoptr (CamelFolder) folder =
      e_mail_session_uri_to_folder_sync (job->session, job->folder + strlen (PREFIX), 0, cancellable, NULL);
  gboolean wanted = folder != NULL && !is_left_out (job, folder);
  outcome->sent = wanted && em_utils_folder_is_sent (job->registry, folder);
  if (wanted && outcome->mails == NULL)
    read_uids (outcome, job, folder);
  if (wanted)
    read_batch (outcome, folder, cancellable);
  g_task_return_pointer (task, outcome, outcome_free);
}

/* --- between the two --- */

/* NULL when there is nothing left to read: the learner goes on waiting, and goes with Evolution. */
static Job *
job_new (void)
{
  EMailSession *session = sek_plugin_session ();
  if (session == NULL)
    return NULL;
  Job *job = g_new0 (Job, 1);
  job->session = g_object_ref (session);
  job->registry = g_object_ref (e_mail_session_get_registry (session));
  return job;
}

static void
forget_mails (SekFolders *self)
{
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->mails, g_array_unref);
  self->next = 0;
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = g_task_propagate_pointer (G_TASK (result), NULL);
  if (outcome == NULL)
    return; /* the learner is gone */
  SekFolders *self = user_data;
  sek_learner_listed (self->learner, g_steal_pointer (&outcome->folders), outcome->total);
  outcome_free (outcome);
}

static void
list_folders (SekLearner *learner, GHashTable *learned, gpointer user_data)
{
  SekFolders *self = user_data;
  forget_mails (self);
  Job *job = job_new ();
  if (job == NULL)
    return;
  job->learned = g_hash_table_ref (learned);
  g_autoptr (GTask) task = g_task_new (NULL, sek_learner_get_cancellable (learner), on_listed, self);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, list_in_thread);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = g_task_propagate_pointer (G_TASK (result), NULL);
  if (outcome == NULL)
    return; /* the learner is gone */
  SekFolders *self = user_data;
  gboolean more = outcome->mails != NULL && outcome->next < outcome->mails->len;
  self->next = outcome->next;
  self->mails = g_steal_pointer (&outcome->mails);
  if (!more)
    forget_mails (self);
  sek_learner_read (self->learner, outcome->summaries, outcome->up_to, outcome->passed, more, outcome->sent);
  outcome_free (outcome);
}

static void
read_folder (SekLearner *learner, const char *folder, guint32 up_to, gpointer user_data)
{
  SekFolders *self = user_data;
  if (g_strcmp0 (folder, self->folder) != 0)
    forget_mails (self);
  g_free (self->folder);
  self->folder = g_strdup (folder);
  Job *job = job_new ();
  if (job == NULL)
    return;
  job->folder = g_strdup (folder);
  job->up_to = up_to;
  job->mails = g_steal_pointer (&self->mails);
  job->next = self->next;
  g_autoptr (GTask) task = g_task_new (NULL, sek_learner_get_cancellable (learner), on_read, self);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, read_in_thread);
}

static void
end_activity (SekFolders *self, EActivityState state)
{
  EActivity *activity = g_steal_pointer (&self->activity);
  if (activity == NULL)
    return;
  g_signal_handlers_disconnect_by_data (e_activity_get_cancellable (activity), self);
  e_activity_set_state (activity, state);
  g_object_unref (activity);
}

/* Evolution shows activities in its status bar, with a button that stops them. When it quits it stops them
 * all, and waits until the last one is gone. */
static void
on_stop (GCancellable *cancellable, SekFolders *self)
{
  self->stopped = TRUE;
  sek_learner_set_paused (self->learner, TRUE);
}

static void
show (const char *text, gpointer user_data)
{
  SekFolders *self = user_data;
  if (text == NULL || self->stopped)
    {
      end_activity (self, text == NULL ? E_ACTIVITY_COMPLETED : E_ACTIVITY_CANCELLED);
      return;
    }
  EShell *shell = e_shell_get_default ();
  if (shell == NULL)
    return;
  if (self->activity == NULL)
    {
      EShellBackend *backend = e_shell_get_backend_by_name (shell, "mail");
      g_autoptr (GCancellable) stop = camel_operation_new ();
      self->activity = e_activity_new ();
      e_activity_set_cancellable (self->activity, stop);
      g_signal_connect (stop, "cancelled", G_CALLBACK (on_stop), self);
      e_shell_backend_add_activity (backend, self->activity);
    }
  e_activity_set_text (self->activity, text);
}

static const SekLearnerFuncs learner_funcs = { list_folders, read_folder, show };

SekFolders *
sek_folders_new (SekClient *client)
{
  SekFolders *self = g_new0 (SekFolders, 1);
  self->learner = sek_learner_new (client, &learner_funcs, self);
  return self;
}

void
sek_folders_free (SekFolders *self)
{
  sek_learner_free (self->learner);
  end_activity (self, E_ACTIVITY_CANCELLED);
  forget_mails (self);
  g_free (self);
}
