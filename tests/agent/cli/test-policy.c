/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The contract of `sekisho policy`, kept by the built program. */
#include <glib/gstdio.h>
#include <string.h>

#include "tests/agent/cli/run.h"

#define POLICY SEK_CHECKS "/policy.conf"
#define HONEST SEK_CHECKS "/uninspectable/honest-plain.eml"
#define SEMINAR SEK_CHECKS "/together/seminar.eml"

/* Files of one test. */
static char *folder;

static char *
file (const char *name, const char *text)
{
  char *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;
  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return path;
}

static void
test_lint (void)
{
  g_auto (Run) good = RUN ("policy", "lint", POLICY);
  g_assert_cmpint (good.status, ==, 0);
  g_assert_cmpstr (good.err, ==, "");

  g_autofree char *path =
      file ("bad.conf",
            "[policy]\nserial=1\nserail=2\n[check fake-replay]\nlevel=off\n[client]\nmay-trust=x\n");
  g_auto (Run) bad = RUN ("policy", "lint", POLICY, path);
  g_autofree char *first = g_strconcat (path, ":3:1: ", NULL), *second = g_strconcat (path, ":7:11: ", NULL);
  g_assert_cmpint (bad.status, ==, 1);
  g_assert_true (g_str_has_prefix (bad.err, first));
  g_assert_nonnull (strstr (bad.err, second));
  g_assert_nonnull (strstr (bad.err, "[check fake-replay]"));
  g_auto (Run) gone = RUN ("policy", "lint", "/nowhere/policy.conf");
  g_assert_cmpint (gone.status, ==, 2);
  g_auto (Run) nothing = RUN ("policy", "lint");
  g_assert_cmpint (nothing.status, ==, 2);
}

/* A folder as the system's: what lies in policy.d is said later. */
static void
test_show_and_explain (void)
{
  g_autofree char *main_file =
      file ("etc/policy.conf", "[organisation]\nname=Kaede\n[client]\nunavailable=show\n");
  g_autofree char *drop_in = file ("etc/policy.d/50-hold.conf", "[client]\nunavailable=hold\n");
  g_autofree char *ignored = file ("etc/policy.d/60-old.conf.bak", "[client]\nunavailable=show\n");
  g_autofree char *etc = g_build_filename (folder, "etc", NULL);
  g_auto (Run) show = RUN ("policy", "show", "--policy", etc);
  g_autofree char *place = g_strconcat ("# ", drop_in, ":2\nunavailable=hold\n", NULL);
  g_assert_cmpint (show.status, ==, 0);
  g_assert_nonnull (strstr (show.out, "[organisation]\n"));
  g_assert_nonnull (strstr (show.out, place));
  g_assert_null (strstr (show.out, "unavailable=show"));

  g_auto (Run) explain = RUN ("policy", "explain", "--policy", etc, "client.unavailable");
  g_assert_cmpint (explain.status, ==, 0);
  const char *won = strstr (explain.out, drop_in), *lost = strstr (explain.out, main_file);
  g_assert_true (won != NULL && lost > won);
  g_assert_nonnull (strstr (explain.out, "mandatory"));
  g_assert_null (strstr (explain.out, ignored));
  g_auto (Run) unset = RUN ("policy", "explain", "--policy", etc, "history.keep-days");
  g_assert_nonnull (strstr (unset.out, "1826"));
  g_auto (Run) nonsense = RUN ("policy", "explain", "--policy", etc, "client.colour");
  g_assert_cmpint (nonsense.status, ==, 2);
}

static void
test_diff (void)
{
  g_autofree char *old =
      file ("old.conf", "[organisation]\nname=A\ndomains=a.example\n[report]\nquarantine=yes\n");
  g_autofree char *new =
      file ("new.conf", "[organisation]\nname=B\ndomains=a.example\n[client]\nmay-trust=no\n");
  g_auto (Run) diff = RUN ("policy", "diff", old, new);
  g_assert_cmpint (diff.status, ==, 1);
  g_assert_cmpstr (diff.out, ==,
                   "- [organisation] name=A\n+ [organisation] name=B\n- [report] quarantine=yes\n"
                   "+ [client] may-trust=no\n");
  g_auto (Run) same = RUN ("policy", "diff", old, old);
  g_assert_cmpint (same.status, ==, 0);
  g_assert_cmpstr (same.out, ==, "");
  g_auto (Run) one = RUN ("policy", "diff", old);
  g_assert_cmpint (one.status, ==, 2);
}

static void
test_try (void)
{
  g_autofree char *quiet =
      file ("quiet.conf",
            "[organisation]\ndomains=nobody.example\n[check encrypted-archive]\nlevel=off\n"
            "[check password-in-body]\nlevel=off\n[check internal-name-external-address]\nlevel=off\n"
            "[check fake-reply]\nlevel=off\n[check macro-document]\nlevel=off\n");
  g_auto (Run) some = RUN ("policy", "try", "--policy", POLICY, quiet, HONEST, SEMINAR);
  g_assert_cmpint (some.status, ==, 1);
  g_assert_nonnull (strstr (some.out, "seminar.eml"));
  g_assert_null (strstr (some.out, "honest-plain.eml"));
  g_assert_nonnull (strstr (some.out, "2 mails, 1 judged otherwise"));
  g_auto (Run) none = RUN ("policy", "try", "--policy", POLICY, POLICY, SEMINAR);
  g_assert_cmpint (none.status, ==, 0);
  g_auto (Run) nothing = RUN ("policy", "try", POLICY);
  g_assert_cmpint (nothing.status, ==, 2);
}

static void
test_sample (void)
{
  g_auto (Run) sample = RUN ("policy", "sample");
  g_assert_cmpint (sample.status, ==, 0);
  g_autofree char *path = file ("sample.conf", sample.out);
  g_auto (Run) lint = RUN ("policy", "lint", path);
  g_assert_cmpint (lint.status, ==, 0);
}

static void
test_help (void)
{
  g_auto (Run) help = RUN ("policy", "--help");
  g_assert_cmpint (help.status, ==, 0);
  g_assert_nonnull (strstr (help.out, "explain GROUP.KEY"));
  g_auto (Run) nonsense = RUN ("policy", "lnit");
  g_assert_cmpint (nonsense.status, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autoptr (GError) error = NULL;
  folder = g_dir_make_tmp ("sekisho-XXXXXX", &error);
  g_assert_no_error (error);
  g_setenv ("XDG_CONFIG_HOME", folder, TRUE);
  g_test_add_func ("/cli/policy/lint", test_lint);
  g_test_add_func ("/cli/policy/show-and-explain", test_show_and_explain);
  g_test_add_func ("/cli/policy/diff", test_diff);
  g_test_add_func ("/cli/policy/try", test_try);
  g_test_add_func ("/cli/policy/sample", test_sample);
  g_test_add_func ("/cli/policy/help", test_help);
  int status = g_test_run ();
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", folder);
  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
  g_free (folder);
  return status;
}
