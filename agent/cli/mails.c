/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/cli/mails.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define FOLDER_DEPTH_MAX 8

void
sek_mail_free (SekMail *mail)
{
  g_free (mail->label);
  g_free (mail->file);
  g_free (mail);
}

static void
add_mail (GPtrArray *mails, char *label, const char *file, goffset offset, goffset length)
{
  SekMail *mail = g_new0 (SekMail, 1);
  mail->label = label;
  mail->file = g_strdup (file);
  mail->offset = offset;
  mail->length = length;
  g_ptr_array_add (mails, mail);
}

/* A separator of an mbox (RFC 4155): "From ", an address, and a date with a time in it, after an empty line.
 */
static gboolean
is_separator (const char *data, gsize length, gsize at)
{
  if (length - at < 5 || memcmp (data + at, "From ", 5) != 0)
    return FALSE;
  if (at > 0 && !(at >= 2 && data[at - 1] == '\n' && (data[at - 2] == '\n' || data[at - 2] == '\r')))
    return FALSE;
  const char *end = memchr (data + at, '\n', length - at);
  gsize line = end != NULL ? (gsize) (end - data) - at : length - at;
  for (gsize i = 1; at > 0 && i + 1 < line; i++)
    if (data[at + i] == ':' && g_ascii_isdigit (data[at + i - 1]) && g_ascii_isdigit (data[at + i + 1]))
      return TRUE;
  return at == 0;
}

static gsize
skip_line (const char *data, gsize length, gsize at)
{
  const char *end = memchr (data + at, '\n', length - at);
  return end != NULL ? (gsize) (end - data) + 1 : length;
}

static void
add_mbox (const char *path, const char *data, gsize length, GPtrArray *mails)
{
  g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  for (gsize at = 0; at < length; at = skip_line (data, length, at))
    if (is_separator (data, length, at))
      g_array_append_val (starts, at);
  for (guint i = 0; i < starts->len; i++)
    {
      gsize begin = skip_line (data, length, g_array_index (starts, gsize, i));
      gsize end = i + 1 < starts->len ? g_array_index (starts, gsize, i + 1) : length;
      char *label = starts->len == 1 ? g_strdup (path) : g_strdup_printf ("%s#%u", path, i + 1);
      add_mail (mails, label, path, (goffset) begin, (goffset) (end - begin));
    }
}

static gboolean
find_in_file (const char *path, GPtrArray *mails, GError **error)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, error);
  if (file == NULL)
    return FALSE;
  const char *data = g_mapped_file_get_contents (file);
  gsize length = g_mapped_file_get_length (file);
  if (length >= 5 && memcmp (data, "From ", 5) == 0)
    add_mbox (path, data, length, mails);
  else
    add_mail (mails, g_strdup (path), path, 0, -1);
  return TRUE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const char *first = *(const char *const *) a, *second = *(const char *const *) b;
  gint64 number_a = g_ascii_strtoll (first, NULL, 10), number_b = g_ascii_strtoll (second, NULL, 10);
  return number_a != number_b ? (number_a < number_b ? -1 : 1) : strcmp (first, second);
}

/* The names in a folder, numbers in their order, without those that begin with a dot. */
static GPtrArray *
list_folder (const char *path, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, error);
  if (dir == NULL)
    return NULL;
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return names;
}

static gboolean
is_number (const char *name)
{
  return *name != '\0' && strspn (name, "0123456789") == strlen (name);
}

static gboolean find_in_folder (const char *path, guint depth, GPtrArray *mails, GError **error);

static gboolean
add_entry (
    const char *folder, const char *name, gboolean all_files, guint depth, GPtrArray *mails, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      gboolean subfolder = !g_file_test (path, G_FILE_TEST_IS_SYMLINK) && !g_str_equal (name, "tmp") &&
                           !all_files && depth < FOLDER_DEPTH_MAX;
      return !subfolder || find_in_folder (path, depth + 1, mails, error);
    }
  if (*name != '.' && (all_files || is_number (name) || g_str_has_suffix (name, ".eml")))
    add_mail (mails, g_steal_pointer (&path), NULL, 0, -1);
  return TRUE;
}

static gboolean
find_in_folder (const char *path, guint depth, GPtrArray *mails, GError **error)
{
  g_autofree char *new_mail = g_build_filename (path, "new", NULL);
  g_autofree char *seen_mail = g_build_filename (path, "cur", NULL);
  gboolean maildir =
      g_file_test (new_mail, G_FILE_TEST_IS_DIR) && g_file_test (seen_mail, G_FILE_TEST_IS_DIR);
  const char *const folders[] = { maildir ? seen_mail : path, maildir ? new_mail : NULL };
  for (gsize i = 0; i < G_N_ELEMENTS (folders) && folders[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) names = list_folder (folders[i], error);
      if (names == NULL)
        return FALSE;
      for (guint j = 0; j < names->len; j++)
        if (!add_entry (folders[i], names->pdata[j], maildir, depth, mails, error))
          return FALSE;
    }
  /* The folders of a Maildir++ lie beside cur and new, with a dot in front. */
  g_autoptr (GPtrArray) names = maildir ? list_folder (path, error) : g_ptr_array_new ();
  for (guint i = 0; names != NULL && i < names->len; i++)
    if (*(const char *) names->pdata[i] == '.' &&
        !add_entry (path, names->pdata[i], FALSE, depth, mails, error))
      return FALSE;
  return names != NULL;
}

gboolean
sek_mails_find (const char *path, GPtrArray *mails, GError **error)
{
  if (g_str_equal (path, "-"))
    {
      add_mail (mails, g_strdup ("-"), NULL, 0, -1);
      return TRUE;
    }
  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    return find_in_file (path, mails, error);
  guint before = mails->len;
  if (!find_in_folder (path, 0, mails, error))
    return FALSE;
  for (guint i = before; i < mails->len; i++)
    {
      SekMail *mail = mails->pdata[i];
      mail->file = mail->file != NULL ? mail->file : g_strdup (mail->label);
    }
  if (mails->len > before)
    return TRUE;
  g_autofree char *cur = g_build_filename (path, "cur", NULL);
  if (g_file_test (cur, G_FILE_TEST_IS_DIR))
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
               "Folder “%s” holds no mail: it is no Maildir, and no file in it is named by a number or *.eml",
               path);
  return FALSE;
}

static int
copy_to_memfd (int from, goffset length, const char *label, GError **error)
{
  int memfd = memfd_create ("sekisho-mail", MFD_CLOEXEC);
  char buffer[65536];
  goffset left = length;
  while (memfd >= 0 && left != 0)
    {
      gsize wanted = left < 0 ? sizeof buffer : (gsize) MIN (left, (goffset) sizeof buffer);
      ssize_t got = read (from, buffer, wanted);
      if (got < 0 && errno == EINTR)
        continue;
      if (got == 0)
        break;
      if (got < 0 || write (memfd, buffer, (gsize) got) != got)
        {
          int saved = errno;
          close (memfd);
          memfd = -1;
          errno = saved;
          break;
        }
      left = left < 0 ? left : left - got;
    }
  if (memfd < 0)
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "Can't read “%s”: %s", label,
                 g_strerror (errno));
  else
    lseek (memfd, 0, SEEK_SET);
  return memfd;
}

int
sek_mail_open (const SekMail *mail, GError **error)
{
  if (mail->file == NULL)
    return copy_to_memfd (STDIN_FILENO, -1, mail->label, error);
  /* O_NONBLOCK: a FIFO of that name must not hang us. */
  int fd = open (mail->file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat info = { 0 };
  if (fd < 0 || fstat (fd, &info) < 0 || !S_ISREG (info.st_mode))
    {
      const char *reason = fd < 0 ? g_strerror (errno) : "it is not a regular file";
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "Can't read “%s”: %s", mail->label, reason);
      if (fd >= 0)
        close (fd);
      return -1;
    }
  if (mail->length < 0)
    return fd;
  lseek (fd, mail->offset, SEEK_SET);
  int memfd = copy_to_memfd (fd, mail->length, mail->label, error);
  close (fd);
  return memfd;
}
