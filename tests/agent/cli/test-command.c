/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The contract of the `sekisho` command, kept by the built program. */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "tests/agent/cli/run.h"

#define POLICY SEK_CHECKS "/policy.conf"
#define SEMINAR SEK_CHECKS "/together/seminar.eml"
#define HONEST SEK_CHECKS "/together/honest-partner-locked.eml"
#define CLEAR SEK_CHECKS "/uninspectable/honest-plain.eml"

static JsonObject *
parse (JsonParser *parser, const char *line)
{
  g_autoptr (GError) error = NULL;
  json_parser_load_from_data (parser, line, -1, &error);
  g_assert_no_error (error);
  return json_node_get_object (json_parser_get_root (parser));
}

static void
test_version_and_help (void)
{
  g_auto (Run) version = RUN ("--version");
  g_assert_cmpint (version.status, ==, 0);
  g_assert_true (g_str_has_prefix (version.out, "sekisho "));
  g_auto (Run) help = RUN ("--help");
  g_assert_cmpint (help.status, ==, 0);
  g_assert_nonnull (strstr (help.out, "check"));
  g_assert_nonnull (strstr (help.out, "learn"));
  g_auto (Run) nonsense = RUN ("chekc", "x");
  g_assert_cmpint (nonsense.status, ==, 2);
  g_assert_nonnull (strstr (nonsense.err, "chekc"));
  g_auto (Run) option = RUN ("check", "--no-such-option", CLEAR);
  g_assert_cmpint (option.status, ==, 2);
  g_auto (Run) nothing = RUN ("check");
  g_assert_cmpint (nothing.status, ==, 2);
}

static void
test_exit_status (void)
{
  g_auto (Run) clear = RUN ("check", CLEAR);
  g_assert_cmpint (clear.status, ==, 0);
  g_auto (Run) notice = RUN ("check", "--policy", POLICY, HONEST);
  g_assert_cmpint (notice.status, ==, 0);
  g_auto (Run) danger = RUN ("check", "--me", "taro.sato@kaede.example", "--policy", POLICY, CLEAR, SEMINAR);
  g_assert_cmpint (danger.status, ==, 1);
  g_assert_nonnull (strstr (danger.out, "Danger"));
  g_assert_nonnull (strstr (danger.out, "michiko.ota@kaede.example"));
  g_assert_nonnull (strstr (danger.out, "20221103.zip"));
  g_assert_null (strstr (danger.out, "\033"));
}

static void
test_json (void)
{
  g_auto (Run) result = RUN ("check", "--json", "--policy", POLICY, SEMINAR, CLEAR);
  g_assert_cmpint (result.status, ==, 1);
  g_auto (GStrv) lines = g_strsplit (g_strchomp (result.out), "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 2);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *object = parse (parser, lines[0]);
  static const char *const members[] = { "path", "message_id", "level", "findings", "microseconds" };
  g_assert_cmpuint (json_object_get_size (object), ==, G_N_ELEMENTS (members));
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    g_assert_true (json_object_has_member (object, members[i]));
  g_assert_cmpstr (json_object_get_string_member (object, "path"), ==, SEMINAR);
  g_assert_cmpstr (json_object_get_string_member (object, "level"), ==, "danger");
  g_assert_cmpint (json_object_get_int_member (object, "microseconds"), >, 0);
  JsonArray *findings = json_object_get_array_member (object, "findings");
  g_assert_cmpuint (json_array_get_length (findings), >=, 4);
  JsonObject *first = json_array_get_object_element (findings, 0);
  g_assert_cmpstr (json_object_get_string_member (first, "check"), ==, "internal-name-external-address");
  g_assert_cmpstr (json_object_get_string_member (first, "level"), ==, "caution");
  g_assert_nonnull (strstr (json_object_get_string_member (first, "text"), "太田 道子"));
  JsonObject *evidence = json_object_get_object_member (first, "evidence");
  g_assert_cmpstr (json_object_get_string_member (evidence, "known"), ==, "michiko.ota@kaede.example");
}

static void
test_unreadable (void)
{
  g_auto (Run) result = RUN ("check", "--json", "/nonexistent/mail.eml", CLEAR);
  g_assert_cmpint (result.status, ==, 2);
  g_assert_nonnull (strstr (result.err, "/nonexistent/mail.eml"));
  g_assert_nonnull (strstr (result.out, CLEAR));
}

static void
test_standard_input (void)
{
  g_autofree char *mail = NULL;
  g_assert_true (g_file_get_contents (SEMINAR, &mail, NULL, NULL));
  g_auto (Run) result = run (mail, (const char *const[]){ "check", "--json", "--policy", POLICY, "-", NULL });
  g_assert_cmpint (result.status, ==, 1);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_assert_cmpstr (json_object_get_string_member (parse (parser, result.out), "path"), ==, "-");
}

static void
test_broken_policy_and_history (void)
{
  g_autofree char *folder = g_dir_make_tmp ("sekisho-cli-XXXXXX", NULL);
  g_autofree char *policy = g_build_filename (folder, "policy.conf", NULL);
  g_autofree char *history = g_build_filename (folder, "history.db", NULL);
  g_assert_true (g_file_set_contents (policy, "[organisation]\nname=x\ncolour=red\n", -1, NULL));
  g_assert_true (g_file_set_contents (history, "this is no database, and stays as it is", -1, NULL));
  g_auto (Run) result = RUN ("check", "--json", "--policy", policy, "--history", history, CLEAR);
  g_assert_cmpint (result.status, ==, 2);
  g_assert_nonnull (strstr (result.err, "policy.conf:3"));
  g_assert_nonnull (strstr (result.err, "history.db"));
  g_assert_nonnull (strstr (result.out, "\"level\":\"clear\""));
  g_autofree char *left = NULL;
  g_assert_true (g_file_get_contents (history, &left, NULL, NULL));
  g_assert_cmpstr (left, ==, "this is no database, and stays as it is");
  g_unlink (policy);
  g_unlink (history);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_learn (void)
{
  g_autofree char *folder = g_dir_make_tmp ("sekisho-cli-XXXXXX", NULL);
  g_autofree char *history = g_build_filename (folder, "history.db", NULL);
  g_auto (Run) missing = RUN ("learn", CLEAR);
  g_assert_cmpint (missing.status, ==, 2);
  g_auto (Run) learned = RUN ("learn", "--me", "taro.sato@kaede.example", "--history", history,
                              SEK_CHECKS "/known-name-new-address/history");
  g_assert_cmpint (learned.status, ==, 0);
  g_assert_cmpstr (learned.out, ==, "Mails read: 7, new to the history: 7\n");
  g_auto (Run) without = RUN ("check", SEK_CHECKS "/known-name-new-address/correspondent.eml");
  g_assert_cmpint (without.status, ==, 0);
  g_auto (Run) with =
      RUN ("check", "--history", history, SEK_CHECKS "/known-name-new-address/correspondent.eml");
  g_assert_cmpint (with.status, ==, 1);
  g_auto (Run) again = RUN ("learn", "--history", history, SEK_CHECKS "/known-name-new-address/history");
  g_assert_cmpstr (again.out, ==, "Mails read: 7, new to the history: 0\n");

  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_unlink (path);
    }
  g_rmdir (folder);
}

static void
test_check_and_learn (void)
{
  g_autofree char *folder = g_dir_make_tmp ("sekisho-cli-XXXXXX", NULL);
  g_autofree char *history = g_build_filename (folder, "history.db", NULL);
  g_auto (Run) missing = RUN ("check", "--learn", CLEAR);
  g_assert_cmpint (missing.status, ==, 2);
  g_assert_nonnull (strstr (missing.err, "--history"));
  /* The attack teaches nothing; the exchange before it is what the one after it is judged by. */
  g_auto (Run) first = RUN ("check", "--learn", "--history", history, "--policy", POLICY, "--me",
                            "taro.sato@kaede.example", SEMINAR, SEK_CHECKS "/known-name-new-address/history",
                            SEK_CHECKS "/known-name-new-address/correspondent.eml");
  g_assert_cmpint (first.status, ==, 1);
  g_auto (Run) known =
      RUN ("learn", "--history", history, SEMINAR, CLEAR, SEK_CHECKS "/known-name-new-address/history");
  g_assert_cmpstr (known.out, ==, "Mails read: 9, new to the history: 2\n");
  g_auto (Run) last = RUN ("check", "--history", history, "--me", "taro.sato@kaede.example",
                           SEK_CHECKS "/known-name-new-address/correspondent.eml");
  g_assert_cmpint (last.status, ==, 1);

  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_unlink (path);
    }
  g_rmdir (folder);
}

static void
test_history (void)
{
  g_autofree char *folder = g_dir_make_tmp ("sekisho-cli-XXXXXX", NULL);
  g_autofree char *history = g_build_filename (folder, "history.db", NULL);
  g_auto (Run) nothing = RUN ("history");
  g_assert_cmpint (nothing.status, ==, 2);
  g_auto (Run) nobody = RUN ("history", "show", "--history", history);
  g_assert_cmpint (nobody.status, ==, 2);
  g_auto (Run) missing = RUN ("history", "forget", "--history", history, "x@y.example");
  g_assert_cmpint (missing.status, ==, 2);
  g_assert_false (g_file_test (history, G_FILE_TEST_EXISTS));
  g_auto (Run) both =
      RUN ("history", "forget", "--history", history, "--before", "2026-01-01", "x@y.example");
  g_assert_cmpint (both.status, ==, 2);
  g_auto (Run) day = RUN ("history", "forget", "--history", history, "--before", "yesterday");
  g_assert_cmpint (day.status, ==, 2);
  g_assert_nonnull (strstr (day.err, "2026-11-23"));

  g_auto (Run) learned = RUN ("learn", "--history", history, SEMINAR, CLEAR);
  g_assert_cmpint (learned.status, ==, 0);
  g_auto (Run) unknown = RUN ("history", "show", "--history", history, "x@y.example");
  g_assert_cmpint (unknown.status, ==, 1);
  g_autofree char *mail = NULL;
  g_assert_true (g_file_get_contents (SEMINAR, &mail, NULL, NULL));
  g_autoptr (GRegex) from = g_regex_new ("^From:.*<([^>]+)>", G_REGEX_MULTILINE, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_assert_true (g_regex_match (from, mail, 0, &match));
  g_autofree char *address = g_match_info_fetch (match, 1);
  g_auto (Run) shown = RUN ("history", "show", "--history", history, address);
  g_assert_cmpint (shown.status, ==, 0);
  g_assert_true (g_str_has_prefix (shown.out, address));
  g_assert_null (strstr (shown.out + 1, address));
  g_assert_nonnull (strstr (shown.out, "太田"));
  g_assert_nonnull (strstr (shown.out, "Mails from there: 1"));
  g_auto (Run) forgotten = RUN ("history", "forget", "--history", history, address);
  g_assert_cmpint (forgotten.status, ==, 0);
  g_assert_nonnull (strstr (forgotten.out, "mails: 1"));
  g_auto (Run) gone = RUN ("history", "show", "--history", history, address);
  g_assert_cmpint (gone.status, ==, 1);
  g_auto (Run) before = RUN ("history", "forget", "--history", history, "--before", "2099-01-01");
  g_assert_cmpstr (before.out, ==, "Mails forgotten: 1\n");

  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_unlink (path);
    }
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/command/version-and-help", test_version_and_help);
  g_test_add_func ("/cli/command/exit-status", test_exit_status);
  g_test_add_func ("/cli/command/json", test_json);
  g_test_add_func ("/cli/command/unreadable", test_unreadable);
  g_test_add_func ("/cli/command/standard-input", test_standard_input);
  g_test_add_func ("/cli/command/broken-policy-and-history", test_broken_policy_and_history);
  g_test_add_func ("/cli/command/learn", test_learn);
  g_test_add_func ("/cli/command/check-and-learn", test_check_and_learn);
  g_test_add_func ("/cli/command/history", test_history);
  return g_test_run ();
}
