/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/agent/report/sample.h"

typedef struct
{
  char *root;
  char *path; /* the Maildir, which is not there yet */
  SekPolicy *policy;
} World;

static void
world_init (World *world)
{
  world->root = g_dir_make_tmp ("sek-maildir-XXXXXX", NULL);
  world->path = g_build_filename (world->root, "a", "報告 box", NULL);
  world->policy = sample_policy (SEK_REPORT_MAILDIR, world->path);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      remove_tree (child);
    }
  g_remove (path);
}

static void
world_clear (World *world)
{
  remove_tree (world->root);
  g_free (world->root);
  g_free (world->path);
  sek_policy_free (world->policy);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (World, world_clear)

/* The names in one of the three folders, joined. */
static char *
names (const World *world, const char *folder)
{
  g_autofree char *path = g_build_filename (world->path, folder, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  g_assert_nonnull (dir);
  GString *text = g_string_new (NULL);
  for (const char *name; (name = g_dir_read_name (dir)) != NULL;)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", name);
  return g_string_free (text, FALSE);
}

static char *
deliver (const World *world, GBytes *original)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) report = sample_report (original, NULL, world->policy);
  char *id = sek_report_id (original);
  g_assert_true (sek_report_deliver (world->policy, "ota@kaede.example", NULL, report, id, NULL, &error));
  g_assert_no_error (error);
  return id;
}

static void
test_shapes (void)
{
  g_auto (World) world = { 0 };
  world_init (&world);
  g_autoptr (GPtrArray) shapes = sample_shapes ();
  for (guint i = 0; i < shapes->len; i++)
    {
      const Shape *shape = shapes->pdata[i];
      g_autofree char *id = deliver (&world, shape->bytes);
      g_autofree char *name = g_strconcat (id, ".sekisho", NULL);
      g_autofree char *path = g_build_filename (world.path, "new", name, NULL);
      g_autofree char *data = NULL;
      gsize length = 0;
      g_assert_true (g_file_get_contents (path, &data, &length, NULL));
      g_autoptr (GBytes) back = sample_extract (data, length, NULL);
      sample_assert_bytes (back, shape->bytes, shape->name);
      /* Unless it had to be encoded, the mail stands in the file as it is. */
      gsize size = 0;
      const void *bytes = g_bytes_get_data (shape->bytes, &size);
      if (size > 0 && !g_str_equal (shape->form, "base64"))
        g_assert_nonnull (memmem (data, length, bytes, size));
    }
  g_autofree char *left = names (&world, "tmp");
  g_assert_cmpstr (left, ==, "");
}

static void
test_private (void)
{
  g_auto (World) world = { 0 };
  world_init (&world);
  g_autoptr (GBytes) original = g_bytes_new_static ("a\n", 2);
  g_autofree char *id = deliver (&world, original);
  g_autofree char *file = g_strdup_printf ("%s/new/%s.sekisho", world.path, id);
  g_autofree char *fresh = g_build_filename (world.path, "new", NULL);
  struct stat about;
  g_assert_cmpint (stat (world.path, &about), ==, 0);
  g_assert_cmpint (about.st_mode & 0777, ==, 0700);
  g_assert_cmpint (stat (fresh, &about), ==, 0);
  g_assert_cmpint (about.st_mode & 0777, ==, 0700);
  g_assert_cmpint (stat (file, &about), ==, 0);
  g_assert_cmpint (about.st_mode & 0777, ==, 0600);
  g_assert_cmpint (about.st_nlink, ==, 1);
}

static void
test_once (void)
{
  g_auto (World) world = { 0 };
  world_init (&world);
  g_autoptr (GBytes) original = g_bytes_new_static ("a\n", 2);
  g_autofree char *id = deliver (&world, original);
  g_autofree char *again = deliver (&world, original);
  g_autofree char *expected = g_strconcat (id, ".sekisho", NULL);
  g_autofree char *unread = names (&world, "new");
  g_assert_cmpstr (unread, ==, expected);

  /* The administrator has read it: it is in cur, with flags. */
  g_autofree char *from = g_build_filename (world.path, "new", expected, NULL);
  g_autofree char *flagged = g_strconcat (expected, ":2,S", NULL);
  g_autofree char *to = g_build_filename (world.path, "cur", flagged, NULL);
  g_assert_cmpint (g_rename (from, to), ==, 0);
  g_autofree char *third = deliver (&world, original);
  g_autofree char *none = names (&world, "new");
  g_assert_cmpstr (none, ==, "");

  /* Another mail is another report. */
  g_autoptr (GBytes) other = g_bytes_new_static ("b\n", 2);
  g_autofree char *other_id = deliver (&world, other);
  g_autofree char *other_name = g_strconcat (other_id, ".sekisho", NULL);
  g_autofree char *one = names (&world, "new");
  g_assert_cmpstr (one, ==, other_name);
}

static void
test_in_the_way (void)
{
  g_auto (World) world = { 0 };
  world_init (&world);
  g_autofree char *parent = g_path_get_dirname (world.path);
  g_assert_true (g_file_set_contents (parent, "a file, not a folder", -1, NULL));
  g_autoptr (GBytes) original = g_bytes_new_static ("a\n", 2);
  g_autoptr (GBytes) report = sample_report (original, NULL, world.policy);
  g_autofree char *id = sek_report_id (original);
  g_autoptr (GError) error = NULL;
  g_assert_false (sek_report_deliver (world.policy, NULL, NULL, report, id, NULL, &error));
  g_assert_error (error, SEK_REPORT_ERROR, SEK_REPORT_ERROR_TEMPORARY);
  g_assert_nonnull (strstr (error->message, world.path));
  g_assert_nonnull (strstr (error->message, g_strerror (ENOTDIR)));
}

/* A full disk leaves nothing behind, and the next try delivers. */
static void
test_full_disk (void)
{
  g_auto (World) world = { 0 };
  world_init (&world);
  gsize size = 1024 * 1024;
  g_autoptr (GBytes) original = g_bytes_new_take (memset (g_malloc (size), '\n', size), size);
  g_autoptr (GBytes) report = sample_report (original, NULL, world.policy);
  g_autofree char *id = sek_report_id (original);
  pid_t child = fork ();
  if (child == 0)
    {
      /* Files of this process end at 64 KiB, as if the disk were full there. */
      struct rlimit limit = { 65536, 65536 };
      signal (SIGXFSZ, SIG_IGN);
      setrlimit (RLIMIT_FSIZE, &limit);
      g_autoptr (GError) error = NULL;
      gboolean sent = sek_report_deliver (world.policy, NULL, NULL, report, id, NULL, &error);
      _exit (!sent && g_error_matches (error, SEK_REPORT_ERROR, SEK_REPORT_ERROR_TEMPORARY) ? 0 : 1);
    }
  int status = -1;
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
  g_autofree char *unread = names (&world, "new"), *left = names (&world, "tmp");
  g_assert_cmpstr (unread, ==, "");
  g_assert_cmpstr (left, ==, "");
  g_autofree char *again = deliver (&world, original);
  g_autofree char *there = names (&world, "new");
  g_assert_true (g_str_has_prefix (there, again));
}

static void
test_two_at_once (void)
{
  g_auto (World) world = { 0 };
  world_init (&world);
  g_autoptr (GBytes) original = g_bytes_new_static ("a\n", 2);
  g_autoptr (GBytes) report = sample_report (original, NULL, world.policy);
  g_autofree char *id = sek_report_id (original);
  pid_t children[8];
  for (gsize i = 0; i < G_N_ELEMENTS (children); i++)
    {
      children[i] = fork ();
      if (children[i] == 0)
        _exit (sek_report_deliver (world.policy, NULL, NULL, report, id, NULL, NULL) ? 0 : 1);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (children); i++)
    {
      int status = -1;
      g_assert_cmpint (waitpid (children[i], &status, 0), ==, children[i]);
      g_assert_cmpint (status, ==, 0);
    }
  g_autofree char *expected = g_strconcat (id, ".sekisho", NULL);
  g_autofree char *there = names (&world, "new"), *left = names (&world, "tmp");
  g_assert_cmpstr (there, ==, expected);
  g_assert_cmpstr (left, ==, "");
}

static void
test_no_way (void)
{
  static const struct
  {
    SekReportTransport transport;
    const char *target;
    const char *reason;
  } cases[] = {
    { SEK_REPORT_MAILDIR, "relative/path", "begins with /" },
    { SEK_REPORT_HTTPS, "http://report.example/", "begins with https://" },
    { SEK_REPORT_HTTPS, "", "begins with https://" },
    { SEK_REPORT_CLIENT, "", "own account" },
    { SEK_REPORT_SMTP, "", "no mail server" },
    { SEK_REPORT_SMTP, "mail.example:25/../x", "no mail server" },
  };
  g_autoptr (GBytes) original = g_bytes_new_static ("a\n", 2);
  g_autofree char *id = sek_report_id (original);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SekPolicy) policy = sample_policy (cases[i].transport, cases[i].target);
      g_autoptr (GBytes) report = sample_report (original, NULL, policy);
      g_autoptr (GError) error = NULL;
      g_assert_false (sek_report_deliver (policy, NULL, NULL, report, id, NULL, &error));
      g_assert_error (error, SEK_REPORT_ERROR, SEK_REPORT_ERROR_CONFIG);
      g_assert_nonnull (strstr (error->message, cases[i].reason));
    }
  g_autoptr (SekPolicy) nobody = sample_policy (SEK_REPORT_SMTP, "mail.example:25");
  g_free (nobody->report_address);
  nobody->report_address = g_strdup ("");
  g_autoptr (GBytes) report = sample_report (original, NULL, nobody);
  g_autoptr (GError) error = NULL;
  g_assert_false (sek_report_deliver (nobody, "ota@kaede.example", NULL, report, id, NULL, &error));
  g_assert_error (error, SEK_REPORT_ERROR, SEK_REPORT_ERROR_CONFIG);
}

static void
test_default_path (void)
{
  g_autofree char *path = sek_report_default_maildir ();
  g_assert_true (g_str_has_suffix (path, "/sekisho/reports"));
  g_assert_true (g_str_has_prefix (path, g_get_user_data_dir ()));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/maildir/shapes", test_shapes);
  g_test_add_func ("/report/maildir/private", test_private);
  g_test_add_func ("/report/maildir/once", test_once);
  g_test_add_func ("/report/maildir/in-the-way", test_in_the_way);
  g_test_add_func ("/report/maildir/full-disk", test_full_disk);
  g_test_add_func ("/report/maildir/two-at-once", test_two_at_once);
  g_test_add_func ("/report/maildir/no-way", test_no_way);
  g_test_add_func ("/report/maildir/default-path", test_default_path);
  return g_test_run ();
}
