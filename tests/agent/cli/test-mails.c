/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/cli/mails.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  char *root;
  GPtrArray *mails;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->root = g_dir_make_tmp ("sekisho-mails-XXXXXX", NULL);
  fixture->mails = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_mail_free);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  for (const char *name = dir != NULL ? g_dir_read_name (dir) : NULL; name != NULL;
       name = g_dir_read_name (dir))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_tree (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  remove_tree (fixture->root);
  g_free (fixture->root);
  g_ptr_array_unref (fixture->mails);
}

static char *
put (Fixture *fixture, const char *name, const char *content)
{
  char *path = g_build_filename (fixture->root, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (path, content, -1, NULL));
  return path;
}

static char *
read_mail (const SekMail *mail)
{
  g_autoptr (GError) error = NULL;
  int fd = sek_mail_open (mail, &error);
  g_assert_no_error (error);
  char buffer[4096] = { 0 };
  g_assert_cmpint (read (fd, buffer, sizeof buffer - 1), >=, 0);
  close (fd);
  return g_strdup (buffer);
}

/* The labels below the root, joined by a space. */
static char *
labels (Fixture *fixture)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < fixture->mails->len; i++)
    {
      const SekMail *mail = fixture->mails->pdata[i];
      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", mail->label + strlen (fixture->root) + 1);
    }
  return g_string_free (text, FALSE);
}

static void
find_root (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (sek_mails_find (fixture->root, fixture->mails, &error));
  g_assert_no_error (error);
}

static void
test_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = put (fixture, "a.eml", "Subject: a\n\nFrom here on.\n");
  g_assert_true (sek_mails_find (path, fixture->mails, NULL));
  g_assert_cmpuint (fixture->mails->len, ==, 1);
  g_autofree char *content = read_mail (fixture->mails->pdata[0]);
  g_assert_cmpstr (content, ==, "Subject: a\n\nFrom here on.\n");
}

static void
test_mbox (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path =
      put (fixture, "box",
           "From a@kaede.example Thu Nov  3 09:00:00 2022\nSubject: a\n\nFrom here: on\nx\n\n"
           "From b@kaede.example Thu Nov  3 09:00:00 2022\nSubject: b\n\n>From y\n");
  g_assert_true (sek_mails_find (path, fixture->mails, NULL));
  g_autofree char *names = labels (fixture);
  g_assert_cmpstr (names, ==, "box#1 box#2");
  g_autofree char *first = read_mail (fixture->mails->pdata[0]),
                  *second = read_mail (fixture->mails->pdata[1]);
  g_assert_cmpstr (first, ==, "Subject: a\n\nFrom here: on\nx\n\n");
  g_assert_cmpstr (second, ==, "Subject: b\n\n>From y\n");
}

static void
test_mh (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = {
    "10", "9", "1", "sub/2", ".mh_sequences", ".claws_cache", "notes.txt"
  };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_free (put (fixture, names[i], "Subject: a\n\nx\n"));
  find_root (fixture);
  g_autofree char *found = labels (fixture);
  g_assert_cmpstr (found, ==, "sub/2 1 9 10");
}

static void
test_maildir (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "cur/1.a:2,S",       "new/2.b",       "tmp/3.c",
                                       ".Sent/cur/4.d:2,S", ".Sent/new/5.e", "dovecot.index" };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_free (put (fixture, names[i], "Subject: a\n\nx\n"));
  find_root (fixture);
  g_autofree char *found = labels (fixture);
  g_assert_cmpstr (found, ==, "cur/1.a:2,S new/2.b .Sent/cur/4.d:2,S .Sent/new/5.e");
}

static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_assert_false (sek_mails_find (fixture->root, fixture->mails, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_autofree char *missing = g_build_filename (fixture->root, "missing", NULL);
  g_assert_false (sek_mails_find (missing, fixture->mails, &error));
  g_assert_nonnull (error);
}

static void
test_empty_maildir (Fixture *fixture, gconstpointer data)
{
  g_autofree char *cur = g_build_filename (fixture->root, "cur", NULL),
                  *new = g_build_filename (fixture->root, "new", NULL);
  g_mkdir (cur, 0700);
  g_mkdir (new, 0700);
  find_root (fixture);
  g_assert_cmpuint (fixture->mails->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/cli/mails/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("file", test_file);
  ADD ("mbox", test_mbox);
  ADD ("mh", test_mh);
  ADD ("maildir", test_maildir);
  ADD ("nothing", test_nothing);
  ADD ("empty-maildir", test_empty_maildir);
  return g_test_run ();
}
