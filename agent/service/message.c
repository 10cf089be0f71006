/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/service/message.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "agent/service/service.h"

#define CHUNK_BYTES (256u * 1024)
#define FULL_SEALS (F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE)

int
sek_message_take_fd (GUnixFDList *list, GVariant *handle, GError **error)
{
  gint32 index = g_variant_get_handle (handle);
  if (list == NULL || index < 0 || index >= g_unix_fd_list_get_length (list))
    {
      g_set_error (error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS,
                   "The call names a descriptor it did not send");
      return -1;
    }
  int fd = g_unix_fd_list_get (list, index, error);
  if (fd < 0)
    return -1;
  struct stat status;
  int flags = fcntl (fd, F_GETFL);
  gboolean readable = flags >= 0 && (flags & O_PATH) == 0 && (flags & O_ACCMODE) != O_WRONLY;
  if (readable && fstat (fd, &status) == 0 && S_ISREG (status.st_mode))
    return fd;
  close (fd);
  g_set_error (error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS,
               "The descriptor of the mail must be a regular file or a memfd that is open for reading");
  return -1;
}

gboolean
sek_message_is_fixed (int fd)
{
  int seals = fcntl (fd, F_GET_SEALS);
  /* Ordinary files have no seals (EINVAL); files on a tmpfs do, and are copied like an open memfd. */
  return seals < 0 || (seals & FULL_SEALS) == FULL_SEALS;
}

static void
set_errno_error (GError **error, const char *what, int code)
{
  g_set_error (error, SEK_SERVICE_ERROR, SEK_SERVICE_ERROR_MAIL, "%s: %s", what, g_strerror (code));
}

static gboolean
write_all (int fd, const guint8 *data, gsize length, GError **error)
{
  while (length > 0)
    {
      gssize written = write (fd, data, length);
      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        {
          set_errno_error (error, "The mail could not be copied into memory", errno);
          return FALSE;
        }
      data += written;
      length -= (gsize) written;
    }
  return TRUE;
}

/* The next piece at offset: 0 at the end, -1 with error. */
static gssize
read_piece (int fd, guint8 *buffer, gsize length, goffset offset, GCancellable *cancellable, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return -1;
  gssize got;
  do
    got = pread (fd, buffer, length, offset);
  while (got < 0 && errno == EINTR);
  if (got < 0)
    set_errno_error (error, "The mail could not be read", errno);
  return got;
}

int
sek_message_copy (int fd, GCancellable *cancellable, GError **error)
{
  int copy = memfd_create ("sekisho-mail", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (copy < 0)
    {
      set_errno_error (error, "No memory for a copy of the mail", errno);
      return -1;
    }
  g_autofree guint8 *buffer = g_malloc (CHUNK_BYTES);
  gssize got = 1;
  for (goffset offset = 0; offset <= SEK_MAIL_BYTES_MAX; offset += got)
    {
      gsize want = MIN (CHUNK_BYTES, SEK_MAIL_BYTES_MAX + 1 - offset);
      got = read_piece (fd, buffer, want, offset, cancellable, error);
      if (got == 0)
        break;
      if (got < 0 || !write_all (copy, buffer, (gsize) got, error))
        {
          close (copy);
          return -1;
        }
    }
  if (fcntl (copy, F_ADD_SEALS, FULL_SEALS | F_SEAL_SEAL) == 0)
    return copy;
  set_errno_error (error, "The copy of the mail could not be sealed", errno);
  close (copy);
  return -1;
}

GBytes *
sek_message_read (int fd, GCancellable *cancellable, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree guint8 *buffer = g_malloc (CHUNK_BYTES);
  while (bytes->len <= SEK_MAIL_BYTES_MAX)
    {
      gssize got = read_piece (fd, buffer, CHUNK_BYTES, bytes->len, cancellable, error);
      if (got < 0)
        return NULL;
      if (got == 0)
        return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
      g_byte_array_append (bytes, buffer, (guint) got);
    }
  g_set_error (error, SEK_SERVICE_ERROR, SEK_SERVICE_ERROR_MAIL,
               "The mail is larger than %u MiB, the most that can be reported",
               SEK_MAIL_BYTES_MAX / (1024 * 1024));
  return NULL;
}
