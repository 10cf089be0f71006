/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugin/evolution/evolution.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  CamelFolder *folder;
  char *uid;
  CamelMimeMessage *message;
  gboolean local; /* nothing is fetched */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;
  g_object_unref (job->folder);
  g_free (job->uid);
  g_clear_object (&job->message);
  g_free (job);
}

void
sek_content_free (SekContent *content)
{
  if (content == NULL)
    return;
  if (content->fd >= 0)
    close (content->fd);
  g_free (content->path);
  g_free (content->key);
  g_free (content);
}

/* Camel's IMAP 3.46 names a file below "cache", where it has none, and keeps the mail, as the server sent it,
 * below "cur". */
static char *
find_kept (const char *path)
{
  const char *place = path != NULL ? g_strrstr (path, "/cache/") : NULL;
  if (place == NULL)
    return NULL;
  return g_strdup_printf ("%.*s/cur/%s", (int) (place - path), path, place + strlen ("/cache/"));
}

/* Folders of one file for many mails answer "path!offset" (mbox), others with nothing. */
static char *
find_file (CamelFolder *folder, const char *uid)
{
  g_autofree char *path = camel_folder_get_filename (folder, uid, NULL);
  g_autofree char *kept = find_kept (path);
  if (kept != NULL && !g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_free (path);
      path = g_steal_pointer (&kept);
    }
  return path != NULL && g_file_test (path, G_FILE_TEST_IS_REGULAR) ? g_steal_pointer (&path) : NULL;
}

static gboolean
use_path (SekContent *content, const char *path)
{
  content->key = sek_mail_key_of_file (path);
  if (content->key == NULL)
    return FALSE;
  content->path = g_strdup (path);
  content->exact = TRUE;
  return TRUE;
}

static gboolean
use_file (SekContent *content, const Job *job)
{
  g_autofree char *path = find_file (job->folder, job->uid);
  return path != NULL && use_path (content, path);
}

/* Evolution marks where a mail comes from in a header field of its own; it was not in the mail. */
static gboolean
write_message (CamelMimeMessage *message, int fd, GCancellable *cancellable, GError **error)
{
  g_autoptr (CamelMimeMessage) copy = NULL;
  g_autoptr (CamelStream) stream = camel_stream_mem_new ();
  if (camel_data_wrapper_write_to_stream_sync (CAMEL_DATA_WRAPPER (message), stream, cancellable, error) < 0)
    return FALSE;
  g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_SET, NULL, NULL);
  copy = camel_mime_message_new ();
  if (!camel_data_wrapper_construct_from_stream_sync (CAMEL_DATA_WRAPPER (copy), stream, cancellable, error))
    return FALSE;
  camel_medium_remove_header (CAMEL_MEDIUM (copy), "X-Evolution-Source");
  g_autoptr (CamelStream) out = camel_stream_fs_new_with_fd (dup (fd));
  return camel_data_wrapper_write_to_stream_sync (CAMEL_DATA_WRAPPER (copy), out, cancellable, error) >= 0 &&
         camel_stream_flush (out, cancellable, error) == 0;
}

static gboolean
is_local (CamelFolder *folder)
{
  CamelStore *store = camel_folder_get_parent_store (folder);
  CamelProvider *provider = store != NULL ? camel_service_get_provider (CAMEL_SERVICE (store)) : NULL;
  return provider != NULL && (provider->flags & CAMEL_PROVIDER_IS_LOCAL) != 0;
}

static gboolean
use_message (SekContent *content, Job *job, GCancellable *cancellable, GError **error)
{
  if (job->message == NULL && job->local && !is_local (job->folder))
    job->message = camel_folder_get_message_cached (job->folder, job->uid, cancellable);
  else if (job->message == NULL)
    job->message = camel_folder_get_message_sync (job->folder, job->uid, cancellable, error);
  if (job->message == NULL)
    return FALSE;
  content->fd = memfd_create ("mail", MFD_CLOEXEC);
  if (content->fd < 0)
    {
      /* Translators: the system could not make room for a copy of the mail. */
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("There is no memory to read the mail"));
      return FALSE;
    }
  if (!write_message (job->message, content->fd, cancellable, error))
    {
      g_prefix_error (error, "%s: ", _ ("The mail could not be read"));
      return FALSE;
    }
  content->path = g_strdup_printf ("/proc/self/fd/%d", content->fd);
  content->key = sek_mail_key_of_file (content->path);
  return content->key != NULL;
}

static void
get_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SekContent) content = g_new0 (SekContent, 1);
  content->fd = -1;
  if (use_file (content, job) || use_message (content, job, cancellable, &error))
    g_task_return_pointer (task, g_steal_pointer (&content), (GDestroyNotify) sek_content_free);
  else if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", _ ("The mail could not be read"));
}

static void
get (Job *job, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, get_in_thread);
}

SekContent *
sek_content_get_small (CamelFolder *folder, const char *uid)
{
  g_autoptr (SekContent) content = g_new0 (SekContent, 1);
  content->fd = -1;
  g_autofree char *path = find_file (folder, uid);
  struct stat status;
  gboolean small = path != NULL && stat (path, &status) == 0 && status.st_size <= SEK_SMALL_MAIL_BYTES;
  return small && use_path (content, path) ? g_steal_pointer (&content) : NULL;
}

void
sek_content_get (CamelFolder *folder,
                 const char *uid,
                 CamelMimeMessage *message,
                 GCancellable *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer user_data)
{
  Job *job = g_new0 (Job, 1);
  job->folder = g_object_ref (folder);
  job->uid = g_strdup (uid);
  job->message = message != NULL ? g_object_ref (message) : NULL;
  get (job, cancellable, callback, user_data);
}

void
sek_content_get_local (CamelFolder *folder,
                       const char *uid,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  Job *job = g_new0 (Job, 1);
  job->folder = g_object_ref (folder);
  job->uid = g_strdup (uid);
  job->local = TRUE;
  get (job, cancellable, callback, user_data);
}

SekContent *
sek_content_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
