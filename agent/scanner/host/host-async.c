/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "agent/scanner/host/private.h"

/* A scan in a worker thread; nearly all of its time is spent waiting. */
typedef struct
{
  SekScanner *scanner;
  int fd;
  char **passwords;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;
  sek_scanner_unref (job->scanner);
  if (job->fd >= 0)
    close (job->fd);
  g_strfreev (job->passwords);
  g_free (job);
}

static void
run (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  g_autoptr (GError) error = NULL;
  SekFacts *facts = sek_scanner_scan (job->scanner, job->fd, (const char *const *) job->passwords, &error);
  if (facts != NULL)
    g_task_return_pointer (task, facts, (GDestroyNotify) sek_facts_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
sek_scanner_scan_async (SekScanner *scanner,
                        int fd,
                        const char *const *passwords,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, sek_scanner_scan_async);
  g_task_set_return_on_cancel (task, TRUE);
  /* Somebody waits at the screen for it. */
  g_task_set_priority (task, G_PRIORITY_HIGH);
  Job *job = g_new0 (Job, 1);
  job->scanner = sek_scanner_ref (scanner);
  job->fd = fcntl (fd, F_DUPFD_CLOEXEC, 0);
  job->passwords = g_strdupv ((char **) passwords);
  g_task_set_task_data (task, job, job_free);
  if (job->fd < 0)
    g_task_return_new_error (task, SEK_SCANNER_ERROR, SEK_SCANNER_ERROR_READ, "The mail cannot be read: %s",
                             g_strerror (errno));
  else
    g_task_run_in_thread (task, run);
}

SekFacts *
sek_scanner_scan_finish (SekScanner *scanner, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
