/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/store/store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* SQLite file format §1.3: where the header keeps what we look at. Integers are big-endian. */
#define HEADER_BYTES 100
#define MAGIC "SQLite format 3"
#define VERSION_AT 60
#define APPLICATION_ID_AT 68
/* Folders above the file that may have to be made. */
#define FOLDERS_MAX 20

static gboolean
refuse (const char *path, SekStoreError code, const char *reason, GError **error)
{
  /* Translators: “%s” is a file name, the second %s the reason. */
  g_set_error (error, SEK_STORE_ERROR, code, _ ("Could not open the history “%s”: %s"), path, reason);
  return FALSE;
}

static guint32
read_number (const guint8 *header, gsize at)
{
  guint32 number;
  memcpy (&number, header + at, sizeof number);
  return GUINT32_FROM_BE (number);
}

static gboolean
check_header (const char *path, const guint8 *header, gsize length, GError **error)
{
  if (length < HEADER_BYTES || memcmp (header, MAGIC, sizeof MAGIC) != 0)
    return refuse (path, SEK_STORE_ERROR_BROKEN, _ ("the file is not a database"), error);
  if (read_number (header, APPLICATION_ID_AT) != SEK_STORE_APPLICATION_ID)
    return refuse (path, SEK_STORE_ERROR_BROKEN, _ ("the file is the database of another program"), error);
  guint32 version = read_number (header, VERSION_AT);
  if (version > (guint32) sek_store_newest_version ())
    {
      g_autofree char *reason = g_strdup_printf (
          /* Translators: %u and %d are the version numbers of a file format. */
          _ ("a newer version of Sekisho wrote it (format %u, this one knows up to %d)"), version,
          sek_store_newest_version ());
      return refuse (path, SEK_STORE_ERROR_NEWER, reason, error);
    }
  return TRUE;
}

static int
open_file (const char *path, gboolean create)
{
  /* O_NONBLOCK: a pipe of that name must not hold us up. */
  int flags = O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
  if (!create)
    return open (path, O_RDONLY | flags);
  int fd = open (path, O_RDWR | O_CREAT | flags, 0600);
  /* SQLite says better than we why an existing file can't be written. */
  return fd >= 0 || errno == ENOENT ? fd : open (path, O_RDONLY | flags);
}

gboolean
sek_store_preflight (const char *path, gboolean create, gboolean *empty, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int made = create ? g_mkdir_with_parents (folder, 0700) : 0;
  /* GLib 2.74 fails when another process makes one of the folders in the same moment; once per folder. */
  for (int tries = 0; made != 0 && errno == EEXIST && tries < FOLDERS_MAX; tries++)
    made = g_mkdir_with_parents (folder, 0700);
  if (made != 0)
    return refuse (path, SEK_STORE_ERROR_OPEN, g_strerror (errno), error);
  int fd = open_file (path, create);
  if (fd < 0)
    return refuse (path, SEK_STORE_ERROR_OPEN, g_strerror (errno), error);

  struct stat about;
  guint8 header[HEADER_BYTES];
  gssize length = -1;
  int fault = 0;
  if (fstat (fd, &about) != 0)
    fault = errno;
  else if (S_ISREG (about.st_mode) && (length = pread (fd, header, sizeof header, 0)) < 0)
    fault = errno;
  /* Closing drops every POSIX lock this process has on the file: hence one open store a file and process
   * (store.h). */
  close (fd);
  if (fault != 0)
    return refuse (path, SEK_STORE_ERROR_OPEN, g_strerror (fault), error);
  if (!S_ISREG (about.st_mode))
    return refuse (path, SEK_STORE_ERROR_BROKEN, _ ("it is not a file"), error);
  *empty = length == 0;
  return *empty || check_header (path, header, (gsize) length, error);
}
