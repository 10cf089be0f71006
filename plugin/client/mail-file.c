/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugin/client/mail-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plugin/client/client.h"

#define CHUNK_BYTES (256u * 1024)

static void
set_error (GError **error, const char *path, const char *reason)
{
  g_autofree char *name = g_filename_display_name (path);
  /* Translators: a file name and the reason why it can't be read. */
  g_set_error (error, SEK_CLIENT_ERROR, SEK_CLIENT_ERROR_FILE, _ ("The mail in %s could not be read: %s"),
               name, reason);
}

/* One piece from one to the other: its size, 0 at the end, -1 with errno. */
static gssize
copy_piece (int from, int to, guint8 *buffer, gsize length)
{
  gssize got;
  do
    got = read (from, buffer, length);
  while (got < 0 && errno == EINTR);
  for (gssize done = 0; done < got;)
    {
      gssize written = write (to, buffer + done, (gsize) (got - done));
      if (written < 0 && errno != EINTR)
        return -1;
      done += MAX (written, 0);
    }
  return got;
}

static gboolean
copy_all (int from, int to, const char *path, GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *buffer = g_malloc (CHUNK_BYTES);
  for (gsize left = (gsize) SEK_MAIL_BYTES_MAX + 1; left > 0;)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      gssize got = copy_piece (from, to, buffer, MIN (left, CHUNK_BYTES));
      if (got < 0)
        {
          set_error (error, path, g_strerror (errno));
          return FALSE;
        }
      if (got == 0)
        break;
      left -= (gsize) got;
    }
  if (fcntl (to, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) == 0)
    return TRUE;
  set_error (error, path, g_strerror (errno));
  return FALSE;
}

int
sek_mail_file_copy (const char *path, GCancellable *cancellable, GError **error)
{
  /* O_NONBLOCK: a FIFO under that name must not hold the thread for ever. */
  int from = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (from < 0)
    {
      set_error (error, path, g_strerror (errno));
      return -1;
    }
  int to = -1;
  struct stat status;
  if (fstat (from, &status) != 0)
    set_error (error, path, g_strerror (errno));
  else if (!S_ISREG (status.st_mode))
    set_error (error, path, _ ("it is not an ordinary file"));
  else if ((to = memfd_create ("sekisho-mail", MFD_CLOEXEC | MFD_ALLOW_SEALING)) < 0)
    set_error (error, path, g_strerror (errno));
  else if (!copy_all (from, to, path, cancellable, error))
    {
      close (to);
      to = -1;
    }
  close (from);
  return to;
}
