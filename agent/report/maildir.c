/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "agent/report/report-private.h"

/* Folders above the Maildir that may have to be made. */
#define FOLDERS_MAX 20

static gboolean
fail (const char *path, const char *reason, GError **error)
{
  /* Translators: “%s” is a folder, the second %s the reason. */
  g_set_error (error, SEK_REPORT_ERROR, SEK_REPORT_ERROR_TEMPORARY,
               _ ("The report could not be put into the Maildir “%s”: %s"), path, reason);
  return FALSE;
}

static gboolean
make_folders (const char *path, GError **error)
{
  static const char *const names[] = { "tmp", "new", "cur" };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *folder = g_build_filename (path, names[i], NULL);
      int result = g_mkdir_with_parents (folder, 0700);
      /* GLib 2.74 fails when another process makes one of the folders in the same moment; once per folder. */
      for (int tries = 0; result != 0 && errno == EEXIST && tries < FOLDERS_MAX; tries++)
        result = g_mkdir_with_parents (folder, 0700);
      if (result != 0)
        return fail (path, g_strerror (errno), error);
    }
  return TRUE;
}

/* Once read, the file moves from new to cur and gets ":2," and flags behind its name. */
static gboolean
is_there (const char *path, const char *name)
{
  g_autofree char *unread = g_build_filename (path, "new", name, NULL);
  if (g_file_test (unread, G_FILE_TEST_EXISTS))
    return TRUE;
  g_autofree char *cur = g_build_filename (path, "cur", NULL);
  g_autoptr (GDir) folder = g_dir_open (cur, 0, NULL);
  gsize length = strlen (name);
  for (const char *entry; folder != NULL && (entry = g_dir_read_name (folder)) != NULL;)
    if (strncmp (entry, name, length) == 0 && (entry[length] == '\0' || entry[length] == ':'))
      return TRUE;
  return FALSE;
}

/* TRUE when the report's own header says that the original has CRLF line ends. */
static gboolean
keeps_crlf (const char *message, gsize length)
{
  const char *end = g_strstr_len (message, (gssize) length, "\r\n\r\n");
  const char *field = g_strstr_len (message, (gssize) length, "\r\n" SEK_FORM_FIELD ": exact-lines-crlf\r\n");
  return end != NULL && field != NULL && field < end;
}

/* A Maildir holds lines that end with LF, unless that would change the original. */
static GBytes *
local_form (GBytes *message)
{
  gsize length = 0;
  const char *data = g_bytes_get_data (message, &length);
  if (keeps_crlf (data, length))
    return g_bytes_ref (message);
  GString *out = g_string_sized_new (length);
  for (gsize at = 0; at < length;)
    {
      const char *end = memchr (data + at, '\n', length - at);
      gsize bytes = end != NULL ? (gsize) (end - data) - at : length - at;
      gsize kept = end != NULL && bytes > 0 && data[at + bytes - 1] == '\r' ? bytes - 1 : bytes;
      g_string_append_len (out, data + at, (gssize) kept);
      if (end != NULL)
        g_string_append_c (out, '\n');
      at += bytes + (end != NULL);
    }
  return g_string_free_to_bytes (out);
}

/* 0 or an errno. */
static int
write_all (int fd, GBytes *bytes)
{
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  for (gsize at = 0; at < length;)
    {
      gssize wrote = write (fd, data + at, length - at);
      if (wrote < 0 && errno != EINTR)
        return errno;
      at += wrote > 0 ? (gsize) wrote : 0;
    }
  return fsync (fd) == 0 ? 0 : errno;
}

/* 0 or an errno. */
static int
sync_folder (const char *folder)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0)
    return errno;
  int fault = fsync (fd) == 0 ? 0 : errno;
  close (fd);
  return fault;
}

/* link and not rename: it never replaces a report that another process put there meanwhile. */
static int
move_into_new (const char *path, const char *temporary, const char *name)
{
  g_autofree char *folder = g_build_filename (path, "new", NULL);
  g_autofree char *final = g_build_filename (folder, name, NULL);
  if (link (temporary, final) != 0 && errno != EEXIST)
    return errno;
  return sync_folder (folder);
}

gboolean
sek_report_deliver_maildir (const char *path, const char *id, GBytes *message, GError **error)
{
  g_autofree char *name = g_strdup_printf ("%s.sekisho", id);
  if (!make_folders (path, error))
    return FALSE;
  if (is_there (path, name))
    return TRUE;
  g_autofree char *random = g_uuid_string_random ();
  /* The process too: after a fork GLib's random numbers go on alike on both sides. */
  g_autofree char *unique = g_strdup_printf ("%s.%d.%s", name, (int) getpid (), random);
  g_autofree char *temporary = g_build_filename (path, "tmp", unique, NULL);
  int fd = open (temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0)
    return fail (path, g_strerror (errno), error);
  g_autoptr (GBytes) bytes = local_form (message);
  int fault = write_all (fd, bytes);
  if (close (fd) != 0 && fault == 0)
    fault = errno;
  if (fault == 0)
    fault = move_into_new (path, temporary, name);
  g_unlink (temporary);
  return fault == 0 || fail (path, g_strerror (fault), error);
}
