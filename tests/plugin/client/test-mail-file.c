/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugin/client/mail-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plugin/client/client.h"

static char *
make_file (const char *bytes, gsize length)
{
  char *path = NULL;
  int fd = g_file_open_tmp ("sekisho-mail-XXXXXX", &path, NULL);
  g_assert_cmpint (write (fd, bytes, length), ==, (gssize) length);
  close (fd);
  return path;
}

static void
test_exact_and_sealed (void)
{
  static const char bytes[] = "Subject: \xff\xfe\r\n\r\n\0bare\rlf\n.";
  g_autofree char *path = make_file (bytes, sizeof bytes);
  g_autoptr (GError) error = NULL;
  int fd = sek_mail_file_copy (path, NULL, &error);
  g_assert_no_error (error);
  char copy[sizeof bytes + 1];
  g_assert_cmpint (pread (fd, copy, sizeof copy, 0), ==, (gssize) sizeof bytes);
  g_assert_cmpmem (copy, sizeof bytes, bytes, sizeof bytes);
  g_assert_cmpint (fcntl (fd, F_GET_SEALS) & (F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE), ==,
                   F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE);
  close (fd);
  g_remove (path);
}

static void
test_several_pieces (void)
{
  gsize length = 3 * 1024 * 1024 + 17;
  g_autofree char *bytes = g_malloc (length);
  for (gsize i = 0; i < length; i++)
    bytes[i] = (char) (i * 7 + i / 251);
  g_autofree char *path = make_file (bytes, length);
  int fd = sek_mail_file_copy (path, NULL, NULL);
  g_autofree char *copy = g_malloc (length);
  g_assert_cmpint (lseek (fd, 0, SEEK_END), ==, (off_t) length);
  g_assert_cmpint (pread (fd, copy, length, 0), ==, (gssize) length);
  g_assert_cmpint (memcmp (copy, bytes, length), ==, 0);
  close (fd);
  g_remove (path);
}

static void
test_refused (void)
{
  g_autofree char *folder = g_dir_make_tmp ("sekisho-XXXXXX", NULL);
  g_autofree char *fifo = g_build_filename (folder, "fifo", NULL);
  g_autofree char *missing = g_build_filename (folder, "missing", NULL);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  const char *paths[] = { folder, fifo, missing, "/dev/zero" };
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_cmpint (sek_mail_file_copy (paths[i], NULL, &error), ==, -1);
      g_assert_error (error, SEK_CLIENT_ERROR, SEK_CLIENT_ERROR_FILE);
      g_assert_nonnull (strstr (error->message, paths[i]));
    }
  g_remove (fifo);
  g_rmdir (folder);
}

static void
test_too_large (void)
{
  g_autofree char *path = make_file ("", 0);
  g_assert_cmpint (truncate (path, (off_t) SEK_MAIL_BYTES_MAX + 4096), ==, 0);
  int fd = sek_mail_file_copy (path, NULL, NULL);
  g_assert_cmpint (lseek (fd, 0, SEEK_END), ==, (off_t) SEK_MAIL_BYTES_MAX + 1);
  close (fd);
  g_remove (path);
}

static void
test_cancelled (void)
{
  g_autofree char *path = make_file ("x", 1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_cancellable_cancel (cancellable);
  g_autoptr (GError) error = NULL;
  g_assert_cmpint (sek_mail_file_copy (path, cancellable, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_remove (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client/mail-file/exact-and-sealed", test_exact_and_sealed);
  g_test_add_func ("/client/mail-file/several-pieces", test_several_pieces);
  g_test_add_func ("/client/mail-file/refused", test_refused);
  g_test_add_func ("/client/mail-file/too-large", test_too_large);
  g_test_add_func ("/client/mail-file/cancelled", test_cancelled);
  return g_test_run ();
}
