/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of every past format are brought up to date with all that was in them; what a past step does is never
 * changed. past/NNN.sql holds what format NNN could write that the ones before it could not. */
#include <gio/gio.h>
#include <string.h>

#include "agent/store/seen.h"
#include "agent/store/store-private.h"
#include "agent/store/warned.h"
#include "tests/agent/store/folder.h"

GResource *sek_store_get_resource (void);

#define STEPS "/io/github/sekisho/store/sql/"
#define MAIL "abababababababababababababababababababababababababababababababab"

typedef struct
{
  Folder folder;
  SekStore *store;
  SekHistory history;
} Past;

static int
compare (const void *a, const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char **
steps (void)
{
  char **names = g_resource_enumerate_children (sek_store_get_resource (), STEPS, 0, NULL);
  qsort (names, g_strv_length (names), sizeof *names, compare);
  return names;
}

static GBytes *
step_text (const char *name)
{
  g_autofree char *path = g_strconcat (STEPS, name, NULL);
  GBytes *text = g_resource_lookup_data (sek_store_get_resource (), path, 0, NULL);
  g_assert_nonnull (text);
  return text;
}

/* A file as a program of that format left it. */
static void
write_past (const Folder *folder, int format)
{
  g_auto (GStrv) names = steps ();
  g_autoptr (GString) sql = g_string_new (NULL);
  for (int i = 0; i < format; i++)
    {
      g_autoptr (GBytes) step = step_text (names[i]);
      g_autofree char *rows_path = g_strdup_printf ("%s/past/%03d.sql", SEK_TEST_DATA, i + 1), *rows = NULL;
      g_assert_true (g_file_get_contents (rows_path, &rows, NULL, NULL));
      g_string_append_len (sql, g_bytes_get_data (step, NULL), (gssize) g_bytes_get_size (step));
      g_string_append (sql, rows);
    }
  g_string_append_printf (sql, "PRAGMA application_id = %d; PRAGMA user_version = %d;",
                          SEK_STORE_APPLICATION_ID, format);
  folder_run_sql (folder, sql->str);
}

static void
check_history (const Past *past)
{
  SekHistory history = past->history;
  SekCorrespondent found;
  g_assert_cmpint (history.count_messages (history.self), ==, 1);
  g_assert_true (history.has_message (history.self, "1@kaede.example"));
  g_assert_true (history.find_correspondent (history.self, "ota@kaede.example", &found));
  g_assert_cmpint (found.received, ==, 1);
  g_assert_true (history.has_subject_with (history.self, "見積", "ota@kaede.example"));
  g_auto (GStrv) addresses = history.addresses_of_name (history.self, "太田道子");
  g_assert_cmpstr (addresses[0], ==, "ota@kaede.example");
}

static void
check_verdicts (const Past *past)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SekVerdict) verdict = sek_store_get_verdict (past->store, "aaaaaaaaaaaaaaaa", &error);
  g_assert_no_error (error);
  g_assert_cmpint (verdict->level, ==, SEK_LEVEL_DANGER);
  g_assert_cmpint (verdict->findings->len, ==, 1);
  g_autoptr (GPtrArray) warned = sek_store_list_warned (past->store, &error);
  g_assert_no_error (error);
  g_assert_cmpint (warned->len, ==, 1);
  const SekWarnedMail *mail = warned->pdata[0];
  g_assert_cmpstr (mail->mail, ==, MAIL);
  g_assert_cmpstr (mail->decision, ==, "reported");
}

static const SekOutboxEntry *
entry (const GPtrArray *entries, const char *id)
{
  for (guint i = 0; i < entries->len; i++)
    if (strcmp (((const SekOutboxEntry *) entries->pdata[i])->id, id) == 0)
      return entries->pdata[i];
  g_error ("no report %s", id);
}

static void
check_outbox (const Past *past)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = sek_store_outbox_list (past->store, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (entry (entries, "waits")->last_error, ==, "no server");
  g_assert_cmpint (entry (entries, "waits")->attempts, ==, 2);
  g_assert_cmpstr (entry (entries, "was-sent")->state, ==, "sent");
  g_autoptr (SekOutboxEntry) next = sek_store_outbox_next (past->store, 1700000100, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (next->id, ==, "waits");
  g_assert_cmpint (g_bytes_get_size (next->message), ==, strlen ("From: a@x"));
}

static void
check_locked (const Past *past)
{
  SekHistory history = past->history;
  SekLockedFile file = { 0 };
  g_assert_true (history.find_locked_file (history.self, "ota@kaede.example", &file));
  g_assert_cmpstr (file.file_name, ==, "見積.zip");
  sek_locked_file_clear (&file);
}

static void
check_learning (const Past *past)
{
  g_autoptr (GHashTable) learned = sek_store_list_learned (past->store, NULL);
  g_assert_cmpint (GPOINTER_TO_UINT (g_hash_table_lookup (learned, "#mh/inbox")), ==, 42);
}

static void
check_passwords (const Past *past)
{
  g_autoptr (GPtrArray) found = sek_store_passwords_of (past->store, "ota@kaede.example", "",
                                                        g_get_real_time () / G_USEC_PER_SEC, NULL);
  g_assert_cmpint (found->len, ==, 1);
}

static void
check_seen (const Past *past)
{
  gboolean announced = FALSE;
  g_autoptr (GPtrArray) seen = sek_store_seen_after (past->store, 0, 10, NULL);
  g_assert_cmpint (seen->len, ==, 1);
  g_assert_cmpstr (((const SekSeenMail *) seen->pdata[0])->subject, ==, "Re: 見積");
  g_autoptr (GPtrArray) moves = sek_store_moves (past->store, NULL);
  g_assert_cmpint (moves->len, ==, 1);
  g_assert_true (sek_store_is_announced (past->store, "advisory-1", &announced, NULL) && announced);
  g_assert_cmpint (sek_store_count_advised (past->store, "advisory-1", NULL), ==, 1);
}

static void
check_answers (const Past *past)
{
  g_autoptr (GPtrArray) entries = sek_store_outbox_list (past->store, NULL);
  g_assert_cmpstr (entry (entries, "was-sent")->answer, ==, "thanks");
  g_assert_cmpstr (entry (entries, "was-sent")->subject, ==, "見積");
}

static void
check_proofs (const Past *past)
{
  g_autoptr (GBytes) key = sek_store_report_key (past->store, NULL);
  const guint8 *bytes = g_bytes_get_data (key, NULL);
  g_assert_cmpint (g_bytes_get_size (key), ==, 32);
  g_assert_true (bytes[1] == 1 && bytes[31] == 31);
}

static void
check_held (const Past *past)
{
  g_autoptr (GPtrArray) entries = sek_store_outbox_list (past->store, NULL);
  g_assert_cmpstr (entry (entries, "held")->state, ==, "held");
}

static void
check_tried (const Past *past)
{
  g_autoptr (GPtrArray) entries = sek_store_outbox_list (past->store, NULL);
  g_assert_cmpint (entry (entries, "waits")->tried, ==, 1700000030);
}

static void
check_trusted (const Past *past)
{
  g_autoptr (GPtrArray) trusted = sek_store_list_trusted (past->store, NULL);
  g_assert_cmpint (trusted->len, ==, 1);
  g_assert_cmpstr (((const SekTrustedSender *) trusted->pdata[0])->address, ==, "ito@momiji.example");
}

static void
check_feedback (const Past *past)
{
  g_autoptr (GPtrArray) entries = sek_store_outbox_list (past->store, NULL);
  g_assert_true (entry (entries, "was-sent")->is_feedback);
}

/* checks[n - 1]: what format n added. */
static void (*const checks[]) (const Past *past) = {
  check_history,   check_verdicts, check_outbox,  check_locked,   check_learning,
  check_passwords, check_seen,     check_answers, check_proofs,   check_held,
  check_tried,     check_trusted,  NULL,          check_feedback,
};

static void
test_every_format (void)
{
  g_assert_cmpint (sek_store_newest_version (), ==, G_N_ELEMENTS (checks));
  for (int format = 1; format <= sek_store_newest_version (); format++)
    {
      Past past = { 0 };
      folder_init (&past.folder);
      write_past (&past.folder, format);
      past.store = folder_open (&past.folder);
      past.history = sek_store_history (past.store);
      for (int i = 0; i < format; i++)
        if (checks[i] != NULL)
          checks[i](&past);
      /* And it goes on as one that was made today. */
      g_assert_cmpint (folder_learn (past.store, folder_mail ("2@x", "S", "N", "n@x", 1, FALSE)), ==, 1);
      sek_store_free (past.store);
      folder_run_sql (
          &past.folder,
          "CREATE TEMP TABLE proof (said TEXT CHECK (said = 'ok')); INSERT INTO proof SELECT integrity_check "
          "FROM pragma_integrity_check; CREATE TEMP TABLE stray (n INTEGER CHECK (n = 0)); "
          "INSERT INTO stray SELECT count(*) FROM pragma_foreign_key_check");
      g_test_message ("format %d: everything is there", format);
      folder_clear (&past.folder);
    }
}

/* A file of the next format, with all of ours in it, is refused and left as it is; once the newer program is
 * back, it has everything. */
static void
test_downgrade (void)
{
  Past past = { 0 };
  int newest = sek_store_newest_version ();
  folder_init (&past.folder);
  write_past (&past.folder, newest);
  g_autofree char *mark =
      g_strdup_printf ("ALTER TABLE seen ADD COLUMN of_tomorrow TEXT; PRAGMA user_version = %d", newest + 1);
  folder_run_sql (&past.folder, mark);
  g_autofree char *before = NULL, *after = NULL, *said = NULL;
  gsize length_before = 0, length_after = 0;
  g_assert_true (g_file_get_contents (past.folder.database, &before, &length_before, NULL));
  for (int rebuild = 0; rebuild < 2; rebuild++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (rebuild ? sek_store_open_or_rebuild (past.folder.database, &said, &error)
                             : sek_store_open (past.folder.database, TRUE, &error));
      g_assert_error (error, SEK_STORE_ERROR, SEK_STORE_ERROR_NEWER);
    }
  g_assert_true (g_file_get_contents (past.folder.database, &after, &length_after, NULL));
  g_assert_cmpmem (before, length_before, after, length_after);
  g_autofree char *names = folder_names (&past.folder);
  g_assert_cmpstr (names, ==, "sekisho.db");
  folder_clear (&past.folder);
}

static void
test_steps_stay (void)
{
  g_autofree char *listed = NULL;
  g_auto (GStrv) names = steps ();
  g_autoptr (GString) found = g_string_new (NULL);
  g_assert_true (g_file_get_contents (SEK_TEST_DATA "/past/digests", &listed, NULL, NULL));
  for (gsize i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GBytes) text = step_text (names[i]);
      g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, text);
      g_string_append_printf (found, "%s  %s\n", names[i], digest);
    }
  g_assert_cmpstr (listed, ==, found->str);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/past/every-format", test_every_format);
  g_test_add_func ("/store/past/downgrade", test_downgrade);
  g_test_add_func ("/store/past/steps-stay", test_steps_stay);
  return g_test_run ();
}
