/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a reported mail to a group of the policy that finds its wave and nobody else's mail. */
#include <glib/gstdio.h>
#include <string.h>

#include "tests/agent/cli/run.h"

#define CASES SEK_CHECKS "/advisory-match/"

static char *folder;

static char *
file (const char *name, const char *text)
{
  char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return path;
}

/* The mail as a report of ours brings it. */
static char *
reported (const char *mail)
{
  g_autofree char *original = NULL;
  g_assert_true (g_file_get_contents (mail, &original, NULL, NULL));
  g_autofree char *report = g_strconcat (
      "From: ota@kaede.example\nTo: soc@kaede.example\nSubject: [Sekisho] danger: it\nMIME-Version: 1.0\n"
      "Content-Type: multipart/report; report-type=feedback-report; boundary=\"=_r\"\n\n--=_r\n"
      "Content-Type: text/plain; charset=utf-8\n\nReported.\n--=_r\nContent-Type: message/feedback-report\n\n"
      "Feedback-Type: fraud\nVersion: 1\n\n--=_r\nContent-Type: message/rfc822\n\n",
      original, "\n--=_r--\n", NULL);
  return file ("report.eml", report);
}

/* How the mail is judged by a policy that is this group. */
static int
judged_by (const char *group, const char *mail)
{
  g_autofree char *policy = file ("advisory.conf", group);
  g_auto (Run) lint = RUN ("policy", "lint", policy);
  g_assert_cmpstr (lint.err, ==, "");
  g_auto (Run) check = RUN ("check", "--json", "--policy", policy, mail);
  return strstr (check.out, "\"check\":\"advisory-match\"") != NULL;
}

static void
test_round_trip (void)
{
  static const struct
  {
    const char *reported, *same, *other;
  } cases[] = {
    { CASES "attachment.eml", CASES "attachment.eml", CASES "honest-other-attachment.eml" },
    { CASES "link.eml", CASES "link-behind-checker.eml", CASES "honest-other-domain.eml" },
    { CASES "wave.eml", CASES "wave.eml", CASES "honest-subject-only.eml" },
    { CASES "wave.eml", CASES "wave.eml", CASES "honest-domain-only.eml" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *report = reported (cases[i].reported);
      g_auto (Run) from_report = RUN ("advisory", "new", "--from", report);
      g_assert_cmpint (from_report.status, ==, 0);
      g_assert_true (judged_by (from_report.out, cases[i].same));
      g_assert_false (judged_by (from_report.out, cases[i].other));
      /* Of the report itself nothing gets into the group. */
      g_assert_null (strstr (from_report.out, "ota@kaede.example"));
      g_auto (Run) from_mail = RUN ("advisory", "new", "--from", cases[i].reported);
      g_assert_true (judged_by (from_mail.out, cases[i].same));
    }
}

/* The next mail of the wave bears another date. */
static void
test_same_wave (void)
{
  g_auto (Run) group = RUN ("advisory", "new", "--from", CASES "wave.eml", "--by", "subject");
  g_autofree char *next = file ("next.eml", "From: a@b.example\nSubject: 請求書の件（12月7日分）\n\nx\n");
  g_autofree char *other = file ("other.eml", "From: a@b.example\nSubject: 請求書の件（取消）\n\nx\n");
  g_assert_true (judged_by (group.out, next));
  g_assert_false (judged_by (group.out, other));
}

static void
test_words (void)
{
  g_auto (Run) group =
      RUN ("advisory", "new", "--from", CASES "link.eml", "--id", "a-1", "--level", "caution", "--text",
           "Back\\slash\nand line", "--text-ja", "注意", "--by", "sender");
  g_assert_nonnull (strstr (group.out, "[advisory a-1]\n"));
  g_assert_nonnull (strstr (group.out, "\nlevel=caution\n"));
  g_assert_nonnull (strstr (group.out, "\ntext=Back\\\\slash"));
  g_assert_nonnull (strstr (group.out, "\ntext[ja]=注意\n"));
  g_assert_nonnull (strstr (group.out, "\nsender=it@help.example\n"));
  g_assert_nonnull (strstr (group.out, "\n#link-domain="));
  g_assert_true (judged_by (group.out, CASES "link.eml"));
  g_autofree char *policy = file ("list.conf", group.out);
  g_auto (Run) listed = RUN ("advisory", "list", "--policy", policy);
  g_assert_nonnull (strstr (listed.out, "a-1"));
}

static void
test_wrong_use (void)
{
  static const char *const uses[][6] = {
    { "advisory", NULL },
    { "advisory", "new", NULL },
    { "advisory", "new", "--from", "/nowhere.eml", NULL },
    { "advisory", "new", "--level=high", "--from", CASES "link.eml", NULL },
    { "advisory", "new", "--by=colour", "--from", CASES "link.eml", NULL },
    { "advisory", "new", "--id=A B", "--from", CASES "link.eml", NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (uses); i++)
    {
      g_auto (Run) wrong = run (NULL, uses[i]);
      g_assert_cmpint (wrong.status, ==, 2);
      g_assert_cmpstr (wrong.out, ==, "");
      g_assert_cmpstr (wrong.err, !=, "");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autoptr (GError) error = NULL;
  folder = g_dir_make_tmp ("sekisho-XXXXXX", &error);
  g_assert_no_error (error);
  g_setenv ("XDG_CONFIG_HOME", folder, TRUE);
  g_test_add_func ("/cli/advisory/round-trip", test_round_trip);
  g_test_add_func ("/cli/advisory/same-wave", test_same_wave);
  g_test_add_func ("/cli/advisory/words", test_words);
  g_test_add_func ("/cli/advisory/wrong-use", test_wrong_use);
  int status = g_test_run ();
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", folder);
  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
  g_free (folder);
  return status;
}
