/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/service/message.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "agent/core/limits.h"
#include "agent/service/service.h"

#define MAIL "From: a@kaede.example\n\nhello\n"

static int
open_memfd (const char *bytes)
{
  int fd = memfd_create ("mail", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  g_assert_cmpint (write (fd, bytes, strlen (bytes)), ==, (gssize) strlen (bytes));
  return fd;
}

/* What the service would take of fd, which is closed. */
static int
take (int fd, GError **error)
{
  g_autoptr (GUnixFDList) list = g_unix_fd_list_new_from_array (&fd, 1);
  g_autoptr (GVariant) handle = g_variant_ref_sink (g_variant_new_handle (0));
  return sek_message_take_fd (list, handle, error);
}

static void
test_refused (void)
{
  int pipes[2];
  g_assert_cmpint (pipe2 (pipes, O_CLOEXEC), ==, 0);
  int fds[] = { pipes[0], pipes[1], open ("/", O_RDONLY | O_CLOEXEC),
                open ("/dev/null", O_RDONLY | O_CLOEXEC), open ("/etc/passwd", O_PATH | O_CLOEXEC) };
  for (gsize i = 0; i < G_N_ELEMENTS (fds); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_cmpint (fds[i], >=, 0);
      g_assert_cmpint (take (fds[i], &error), ==, -1);
      g_assert_error (error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS);
    }
}

static void
test_write_only (void)
{
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("sekisho-XXXXXX", &path, NULL);
  close (fd);
  g_autoptr (GError) error = NULL;
  g_assert_cmpint (take (open (path, O_WRONLY | O_CLOEXEC), &error), ==, -1);
  g_assert_error (error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS);
  unlink (path);
}

static void
test_handle_out_of_list (void)
{
  static const int handles[] = { 1, -1, G_MAXINT32, G_MININT32 };
  for (gsize i = 0; i < G_N_ELEMENTS (handles); i++)
    {
      int fd = open_memfd (MAIL);
      g_autoptr (GUnixFDList) list = g_unix_fd_list_new_from_array (&fd, 1);
      g_autoptr (GVariant) handle = g_variant_ref_sink (g_variant_new_handle (handles[i]));
      g_autoptr (GError) error = NULL;
      g_assert_cmpint (sek_message_take_fd (list, handle, &error), ==, -1);
      g_assert_error (error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS);
    }
  g_autoptr (GVariant) handle = g_variant_ref_sink (g_variant_new_handle (0));
  g_assert_cmpint (sek_message_take_fd (NULL, handle, NULL), ==, -1);
}

static void
test_copy_is_fixed (void)
{
  int fd = open_memfd (MAIL);
  g_assert_false (sek_message_is_fixed (fd));
  g_autoptr (GError) error = NULL;
  int copy = sek_message_copy (fd, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (sek_message_is_fixed (copy));
  g_assert_cmpint (ftruncate (fd, 3), ==, 0);
  g_assert_cmpint (ftruncate (copy, 3), ==, -1);
  g_assert_cmpint (errno, ==, EPERM);
  g_autoptr (GBytes) bytes = sek_message_read (copy, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), MAIL, strlen (MAIL));
  close (fd);
  close (copy);
}

static void
test_offset_does_not_matter (void)
{
  int fd = open_memfd (MAIL);
  g_assert_cmpint (lseek (fd, 5, SEEK_SET), ==, 5);
  g_autoptr (GBytes) bytes = sek_message_read (fd, NULL, NULL);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, strlen (MAIL));
  g_assert_cmpint (lseek (fd, 0, SEEK_CUR), ==, 5);
  close (fd);
}

static void
test_too_large (void)
{
  int fd = memfd_create ("mail", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  g_assert_cmpint (ftruncate (fd, (off_t) SEK_MAIL_BYTES_MAX + 4096), ==, 0);
  g_autoptr (GError) error = NULL;
  g_assert_null (sek_message_read (fd, NULL, &error));
  g_assert_error (error, SEK_SERVICE_ERROR, SEK_SERVICE_ERROR_MAIL);
  int copy = sek_message_copy (fd, NULL, NULL);
  g_assert_cmpint (lseek (copy, 0, SEEK_END), ==, (off_t) SEK_MAIL_BYTES_MAX + 1);
  close (copy);
  close (fd);
}

static void
test_cancelled (void)
{
  int fd = open_memfd (MAIL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_cancellable_cancel (cancellable);
  g_autoptr (GError) error = NULL;
  g_assert_cmpint (sek_message_copy (fd, cancellable, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  close (fd);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/message/refused", test_refused);
  g_test_add_func ("/service/message/write-only", test_write_only);
  g_test_add_func ("/service/message/handle-out-of-list", test_handle_out_of_list);
  g_test_add_func ("/service/message/copy-is-fixed", test_copy_is_fixed);
  g_test_add_func ("/service/message/offset-does-not-matter", test_offset_does_not_matter);
  g_test_add_func ("/service/message/too-large", test_too_large);
  g_test_add_func ("/service/message/cancelled", test_cancelled);
  return g_test_run ();
}
