/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder a check, a mail a case: each .eml under checks/ goes through the real scanner and the engine, and
 * the whole outcome is compared with the .expected beside it. SEK_UPDATE_EXPECTED=1 writes them anew. A
 * folder "history" inside is learned first; a file "answers" beside it says of which mails the administrator
 * has said what, "FILE ANSWER" a line. */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "agent/engine/check.h"
#include "agent/policy/policy-file.h"
#include "agent/scanner/host/host.h"
#include "agent/store/store.h"

static const char *const me[] = { "taro.sato@kaede.example", NULL };

typedef struct
{
  SekScanner *scanner;
  SekPolicy *policy;
} Shared;

static Shared shared;

static SekFacts *
scan (const char *path)
{
  g_autoptr (GError) error = NULL;
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  g_assert_cmpint (fd, >=, 0);
  SekFacts *facts = sek_scanner_scan (shared.scanner, fd, NULL, &error);
  close (fd);
  g_assert_no_error (error);
  return facts;
}

static GPtrArray *
list (const char *folder, const char *suffix)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  for (const char *name = dir != NULL ? g_dir_read_name (dir) : NULL; name != NULL;
       name = g_dir_read_name (dir))
    if (g_str_has_suffix (name, suffix))
      g_ptr_array_add (names, g_build_filename (folder, name, NULL));
  return names;
}

static char *
outcome (const SekVerdict *verdict)
{
  GString *text = g_string_new (NULL);
  g_string_append_printf (text, "level %s\n", sek_level_to_string (verdict->level));
  if (verdict->training)
    g_string_append (text, "training mail, recognised\n");
  for (guint i = 0; i < verdict->findings->len; i++)
    {
      const SekFinding *finding = verdict->findings->pdata[i];
      g_string_append_printf (text, "%s%s%s %s\n", finding->check, *finding->code != '\0' ? "/" : "",
                              finding->code, sek_level_to_string (finding->level));
      for (guint j = 0; j < finding->evidence->len; j++)
        {
          const SekEvidence *evidence = finding->evidence->pdata[j];
          g_string_append_printf (text, "  %s: %s\n", evidence->key, evidence->value);
        }
    }
  return g_string_free (text, FALSE);
}

/* As if the mail had been reported and the report sent. */
static void
note_answer (SekStore *store, const char *path, const char *answer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SekFacts) facts = scan (path);
  g_autofree char *id = g_strndup (facts->sha256, SEK_REPORT_ID_DIGITS);
  g_autofree char *subject = NULL;
  const SekOutboxAbout about = { .mail = facts->sha256 };
  g_autoptr (GBytes) message = g_bytes_new_static ("", 0);
  gboolean done = sek_store_outbox_add (store, id, message, 1, NULL, &error) &&
                  sek_store_outbox_about (store, id, &about, &error) &&
                  sek_store_outbox_sent (store, id, &error) &&
                  sek_store_outbox_answered (store, id, answer, &subject, &error);
  g_assert_no_error (error);
  g_assert_true (done);
}

static void
note_answers (SekStore *store, const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "answers", NULL), *text = NULL;
  if (!g_file_get_contents (path, &text, NULL, NULL))
    return;
  g_auto (GStrv) lines = g_strsplit (g_strchomp (text), "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    {
      g_auto (GStrv) words = g_strsplit (*line, " ", 2);
      g_autofree char *mail = g_build_filename (folder, words[0], NULL);
      note_answer (store, mail, words[1]);
    }
}

static SekStore *
learn_history (const char *folder, char **state)
{
  g_autofree char *mails = g_build_filename (folder, "history", NULL);
  if (!g_file_test (mails, G_FILE_TEST_IS_DIR))
    return NULL;
  g_autoptr (GError) error = NULL;
  *state = g_dir_make_tmp ("sekisho-test-XXXXXX", &error);
  g_assert_no_error (error);
  g_autofree char *file = g_build_filename (*state, "history.db", NULL);
  SekStore *store = sek_store_open (file, TRUE, &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) summaries =
      g_ptr_array_new_with_free_func ((GDestroyNotify) sek_message_summary_free);
  g_autoptr (GPtrArray) paths = list (mails, ".eml");
  for (guint i = 0; i < paths->len; i++)
    {
      g_autoptr (SekFacts) facts = scan (paths->pdata[i]);
      g_ptr_array_add (summaries, sek_message_summary_from_facts (facts, me));
      sek_store_remember_locked (store, facts, g_get_real_time () / G_USEC_PER_SEC, &error);
      g_assert_no_error (error);
    }
  sek_store_learn (store, summaries, &error);
  g_assert_no_error (error);
  note_answers (store, folder);
  return store;
}

static void
remove_state (const char *state)
{
  if (state == NULL)
    return;
  g_autoptr (GPtrArray) files = list (state, "");
  for (guint i = 0; i < files->len; i++)
    if (!g_file_test (files->pdata[i], G_FILE_TEST_IS_DIR))
      unlink (files->pdata[i]);
  rmdir (state);
}

static void
judge_file (const char *path, const SekHistory *history)
{
  g_autoptr (SekFacts) facts = scan (path);
  g_auto (GStrv) organisations = sek_own_organisations (shared.policy, me);
  g_autoptr (SekDirectoryKeeper) keeper = sek_directory_keeper_new ();
  SekEngineInput input = {
    .facts = facts,
    .history = history,
    .policy = shared.policy,
    .own_addresses = me,
    .directory =
        sek_directory_keeper_get (keeper, shared.policy, history, (const char *const *) organisations),
  };
  g_autoptr (SekVerdict) verdict = sek_engine_judge (&input);
  g_autofree char *text = outcome (verdict);
  for (guint i = 0; i < verdict->findings->len; i++)
    {
      const SekFinding *finding = verdict->findings->pdata[i];
      g_assert_true (sek_wording_knows (finding->check, finding->code));
    }

  g_autofree char *stem = g_strndup (path, strlen (path) - strlen (".eml"));
  g_autofree char *expected_path = g_strconcat (stem, ".expected", NULL);
  if (g_strcmp0 (g_getenv ("SEK_UPDATE_EXPECTED"), "1") == 0)
    g_assert_true (g_file_set_contents (expected_path, text, -1, NULL));
  g_autofree char *expected = NULL;
  g_test_message ("%s", path);
  g_assert_true (g_file_get_contents (expected_path, &expected, NULL, NULL));
  g_assert_cmpstr (text, ==, expected);
  g_autofree char *name = g_path_get_basename (path);
  if (g_str_has_prefix (name, "honest-"))
    g_assert_cmpint (verdict->level, <=, SEK_LEVEL_NOTICE);
}

static void
test_folder (gconstpointer data)
{
  const char *folder = data;
  g_autofree char *state = NULL;
  g_autoptr (SekStore) store = learn_history (folder, &state);
  SekHistory history = { 0 };
  if (store != NULL)
    history = sek_store_history (store);
  g_autoptr (GPtrArray) paths = list (folder, ".eml");
  gboolean honest = FALSE, warned = FALSE;
  for (guint i = 0; i < paths->len; i++)
    {
      judge_file (paths->pdata[i], store != NULL ? &history : NULL);
      gboolean is_honest = strstr (paths->pdata[i], "/honest-") != NULL;
      honest = honest || is_honest;
      warned = warned || !is_honest;
    }
  /* A check is shown on both sides of its border. */
  g_assert_true (honest && warned);
  g_clear_pointer (&store, sek_store_free);
  remove_state (state);
}

static void
test_policy_has_the_last_word (void)
{
  g_autofree char *path = g_build_filename (SEK_TEST_DATA, "checks", "fake-reply", "outlook.eml", NULL);
  g_autoptr (SekFacts) facts = scan (path);
  static const struct
  {
    SekLevel set, level;
  } cases[] = { { SEK_LEVEL_CLEAR, SEK_LEVEL_CLEAR },
                { SEK_LEVEL_NOTICE, SEK_LEVEL_NOTICE },
                { SEK_LEVEL_DANGER, SEK_LEVEL_DANGER } };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SekPolicy) policy = sek_policy_new ();
      g_hash_table_insert (policy->check_levels, g_strdup ("fake-reply"), GINT_TO_POINTER (cases[i].set + 1));
      SekEngineInput input = { .facts = facts, .policy = policy };
      g_autoptr (SekVerdict) verdict = sek_engine_judge (&input);
      g_assert_cmpint (verdict->level, ==, cases[i].level);
      g_assert_cmpuint (verdict->findings->len, ==, cases[i].set == SEK_LEVEL_CLEAR ? 0 : 1);
    }
}

/* A company may add to the phrases and take from them. */
static void
test_words_of_the_policy (void)
{
  g_autofree char *path =
      g_build_filename (SEK_TEST_DATA, "checks", "prior-exchange-phrase", "english.eml", NULL);
  g_autoptr (SekFacts) facts = scan (path);
  g_autoptr (SekPolicy) policy = sek_policy_new ();
  SekEngineInput input = { .facts = facts, .policy = policy };
  g_autoptr (SekVerdict) built_in = sek_engine_judge (&input);
  g_strfreev (policy->exchange_phrases);
  policy->exchange_phrases = g_strsplit ("-as discussed", ";", -1);
  g_autoptr (SekVerdict) taken = sek_engine_judge (&input);
  g_free (facts->text);
  facts->text = g_strdup ("The usual matter, see the file.");
  g_strfreev (policy->exchange_phrases);
  policy->exchange_phrases = g_strsplit ("+the usual matter", ";", -1);
  g_autoptr (SekVerdict) added = sek_engine_judge (&input);
  const SekVerdict *const verdicts[] = { built_in, taken, added };
  static const gboolean wanted[] = { TRUE, FALSE, TRUE };
  for (gsize i = 0; i < G_N_ELEMENTS (verdicts); i++)
    {
      gboolean found = FALSE;
      for (guint j = 0; j < verdicts[i]->findings->len; j++)
        found = found || g_str_equal (((SekFinding *) verdicts[i]->findings->pdata[j])->check,
                                      "prior-exchange-phrase");
      g_assert_cmpint (found, ==, wanted[i]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autoptr (GError) error = NULL;
  shared.scanner = sek_scanner_new (&error);
  g_assert_no_error (error);
  g_autofree char *policy = g_build_filename (SEK_TEST_DATA, "checks", "policy.conf", NULL);
  shared.policy = sek_policy_load (policy, &error);
  g_assert_no_error (error);

  g_autoptr (GPtrArray) folders = g_ptr_array_new_with_free_func (g_free);
  /* Every row of the table has its folder. */
  for (const SekCheck *check = sek_checks; check->name != NULL; check++)
    g_ptr_array_add (folders, g_strdup (check->name));
  g_ptr_array_add (folders, g_strdup ("together"));
  g_ptr_array_add (folders, g_strdup ("fake-reply-long-history"));
  g_ptr_array_add (folders, g_strdup ("internal-name-from-history"));
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < folders->len; i++)
    {
      g_autofree char *name = g_strconcat ("/engine/checks/", folders->pdata[i], NULL);
      char *path = g_build_filename (SEK_TEST_DATA, "checks", folders->pdata[i], NULL);
      g_ptr_array_add (paths, path);
      g_test_add_data_func (name, path, test_folder);
    }
  g_test_add_func ("/engine/checks/words", test_words_of_the_policy);
  g_test_add_func ("/engine/checks/policy", test_policy_has_the_last_word);
  int result = g_test_run ();
  sek_scanner_free (shared.scanner);
  sek_policy_free (shared.policy);
  return result;
}
