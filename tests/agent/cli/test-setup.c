/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The administrator's files, written into a folder that stands for a system. */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "tests/agent/cli/run.h"

#define FOLDER SEK_SYSCONFDIR "/sekisho"
#define KEY "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"
#define URL "https://intranet.kaede.example/sekisho/policy.conf"

typedef struct
{
  void (*func) (void);
} Test;

static char *root;

static char *
path_of (const char *name)
{
  return g_build_filename (root, name, NULL);
}

/* What is written there, readable by everybody whatever the umask is; NULL when nothing is. */
static char *
text_of (const char *name)
{
  g_autofree char *path = path_of (name);
  char *text = NULL;
  GStatBuf info;
  if (!g_file_get_contents (path, &text, NULL, NULL))
    return NULL;
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0644);
  g_autofree char *folder = g_path_get_dirname (path);
  g_assert_cmpint (g_stat (folder, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0755);
  return text;
}

static void
test_sample (void)
{
  g_auto (Run) first = RUN ("setup", "--system", "--root", root);
  g_assert_cmpint (first.status, ==, 0);
  g_assert_cmpstr (first.err, ==, "");
  g_autofree char *sample = text_of (FOLDER "/policy.conf");
  g_assert_nonnull (sample);
  g_assert_nonnull (strstr (sample, "#address="));
  g_autofree char *entry = text_of ("etc/xdg/autostart/io.github.sekisho.Setup.desktop");
  g_assert_null (entry);

  g_autofree char *path = path_of (FOLDER "/policy.conf");
  g_assert_true (g_file_set_contents (path, "[organisation]\nname=Kaede\n", -1, NULL));
  g_assert_cmpint (g_chmod (path, 0644), ==, 0);
  g_auto (Run) again = RUN ("setup", "--system", "--root", root);
  g_assert_cmpint (again.status, ==, 0);
  g_assert_nonnull (strstr (again.out, "stays as it is"));
  g_autofree char *kept = text_of (FOLDER "/policy.conf");
  g_assert_cmpstr (kept, ==, "[organisation]\nname=Kaede\n");
}

static void
test_fetched (void)
{
  g_auto (Run) done = RUN ("setup", "--system", "--root", root, "--url", URL, "--key", KEY);
  g_assert_cmpint (done.status, ==, 0);
  g_autofree char *text = text_of (FOLDER "/policy.d/10-fetched.conf");
  g_assert_nonnull (text);
  g_assert_nonnull (strstr (text, URL));
  g_autofree char *folder = path_of (FOLDER);
  g_auto (Run) shown = RUN ("policy", "show", "--policy", folder);
  g_assert_nonnull (strstr (shown.out, KEY));
}

/* Nothing of it is written. */
static void
test_refused (void)
{
  g_auto (Run) keyless = RUN ("setup", "--system", "--root", root, "--url", URL);
  g_auto (Run) plain =
      RUN ("setup", "--system", "--root", root, "--url", "http://kaede.example/p", "--key", KEY);
  g_auto (Run) false_key = RUN ("setup", "--system", "--root", root, "--url", URL, "--key", "no\nkey");
  g_auto (Run) unasked = RUN ("setup", "--everyone");
  g_assert_cmpint (keyless.status, ==, 2);
  g_assert_cmpint (plain.status, ==, 2);
  g_assert_cmpint (false_key.status, ==, 2);
  g_assert_cmpint (unasked.status, ==, 2);
  g_assert_nonnull (strstr (plain.err, "10-fetched.conf:"));
  g_autofree char *text = text_of (FOLDER "/policy.d/10-fetched.conf");
  g_assert_null (text);
}

static void
test_everyone (void)
{
  g_auto (Run) done = RUN ("setup", "--system", "--everyone", "--root", root);
  g_assert_cmpint (done.status, ==, 0);
  g_autofree char *path = path_of ("etc/xdg/autostart/io.github.sekisho.Setup.desktop");
  g_autoptr (GKeyFile) entry = g_key_file_new ();
  g_autofree char *text = text_of ("etc/xdg/autostart/io.github.sekisho.Setup.desktop");
  g_assert_true (g_key_file_load_from_file (entry, path, G_KEY_FILE_NONE, NULL));
  g_autofree char *command = g_key_file_get_string (entry, "Desktop Entry", "Exec", NULL);
  g_assert_cmpstr (command, ==, "sekisho setup --quiet");
}

/* A faulty file of the administrator's is named, and nothing is done to it. */
static void
test_faulty (void)
{
  g_autofree char *folder = path_of (FOLDER);
  g_autofree char *path = g_build_filename (folder, "policy.conf", NULL);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_assert_true (g_file_set_contents (path, "[report]\nadress=soc@kaede.example\n", -1, NULL));
  g_auto (Run) done = RUN ("setup", "--system", "--root", root);
  g_assert_cmpint (done.status, ==, 1);
  g_assert_nonnull (strstr (done.err, "policy.conf:2:"));
}

static void
test_nothing_to_protect (void)
{
  g_setenv ("PATH", root, TRUE);
  g_auto (Run) done = RUN ("setup", "--quiet");
  g_assert_cmpint (done.status, ==, 1);
  g_assert_cmpstr (done.out, ==, "");
}

/* Each test has a system of its own. */
static void
in_folder (gconstpointer user_data)
{
  const Test *test = user_data;
  root = g_dir_make_tmp ("sekisho-setup-XXXXXX", NULL);
  test->func ();
  const char *const remove[] = { "/bin/rm", "-rf", root, NULL };
  g_assert_true (g_spawn_sync (NULL, (char **) remove, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL));
  g_free (root);
}

static void
add (const char *path, void (*func) (void))
{
  Test *test = g_new (Test, 1);
  test->func = func;
  g_test_add_data_func_full (path, test, in_folder, g_free);
}

int
main (int argc, char **argv)
{
  umask (077);
  g_test_init (&argc, &argv, NULL);
  add ("/cli/setup/sample", test_sample);
  add ("/cli/setup/fetched", test_fetched);
  add ("/cli/setup/refused", test_refused);
  add ("/cli/setup/everyone", test_everyone);
  add ("/cli/setup/faulty", test_faulty);
  add ("/cli/setup/nothing-to-protect", test_nothing_to_protect);
  return g_test_run ();
}
