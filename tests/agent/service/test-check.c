/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/agent/service/world.h"

#include <fcntl.h>
#include <gio/gunixfdlist.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define CLEAN "uninspectable/honest-plain.eml"
#define BAD "together/seminar.eml"
#define POLICY                                                                                               \
  "[organisation]\nname=楓商事\ndomains=kaede.example\n[people]\n太田 道子=michiko.ota@kaede.example\n"

static int
example_fd (const char *name)
{
  g_autoptr (GBytes) bytes = example_mail (name);
  return sealed_mail (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static GVariant *
check (const World *world, const char *name)
{
  int fd = example_fd (name);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = world_call (world, "Check", fd, NULL, &error);
  g_assert_no_error (error);
  close (fd);
  return g_variant_get_child_value (reply, 0);
}

static char *
text_of (GVariant *verdict, const char *key)
{
  char *text = NULL;
  g_assert_true (g_variant_lookup (verdict, key, "s", &text));
  return text;
}

static void
test_clean (void)
{
  g_autoptr (World) world = world_new (POLICY, TRUE);
  g_autoptr (GVariant) verdict = check (world, CLEAN);
  g_autofree char *level = text_of (verdict, "level"), *id = text_of (verdict, "id");
  g_autofree char *message_id = text_of (verdict, "message-id");
  gint64 microseconds = 0;
  g_assert_true (g_variant_lookup (verdict, "microseconds", "x", &microseconds));
  g_assert_cmpint (microseconds, >, 0);
  g_assert_cmpstr (level, ==, "clear");
  g_assert_cmpstr (message_id, ==, "fixture-70@sakura-denki.example");
  g_assert_cmpuint (strlen (id), ==, 32);
  g_assert_cmpuint (strspn (id, "0123456789abcdef"), ==, 32);
}

static void
test_bad (void)
{
  g_autoptr (World) world = world_new (POLICY, TRUE);
  g_autoptr (GVariant) verdict = check (world, BAD);
  g_autofree char *level = text_of (verdict, "level"), *sender = text_of (verdict, "sender-address");
  g_assert_cmpstr (level, ==, "danger");
  g_assert_cmpstr (sender, ==, "info@yamabuki-kogyo.example");
  g_autoptr (GVariant) findings = g_variant_lookup_value (verdict, "findings", NULL);
  g_assert_cmpuint (g_variant_n_children (findings), >, 1);
  g_autoptr (GVariant) again = check (world, BAD);
  g_autofree char *first = text_of (verdict, "id"), *second = text_of (again, "id");
  g_assert_cmpstr (first, !=, second);
}

static void
test_refused_context (void)
{
  static const char *const contexts[] = { "{'colour': <'red'>}", "{'client': <1>}",
                                          "{'verdict-id': <'12'>}" };
  g_autoptr (World) world = world_new (NULL, TRUE);
  int fd = example_fd (CLEAN);
  for (gsize i = 0; i < G_N_ELEMENTS (contexts); i++)
    {
      g_autoptr (GError) error = NULL;
      GVariant *context = g_variant_parse (G_VARIANT_TYPE_VARDICT, contexts[i], NULL, NULL, NULL);
      g_autoptr (GVariant) reply = world_call (world, "Check", fd, context, &error);
      g_variant_unref (context);
      g_assert_null (reply);
      g_assert_error (error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS);
    }
  close (fd);
}

static void
test_refused_descriptor (void)
{
  g_autoptr (World) world = world_new (NULL, TRUE);
  int pipes[2];
  g_assert_cmpint (pipe2 (pipes, O_CLOEXEC), ==, 0);
  int fds[] = { pipes[0], pipes[1], open ("/", O_RDONLY | O_CLOEXEC) };
  for (gsize i = 0; i < G_N_ELEMENTS (fds); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) reply = world_call (world, "Check", fds[i], NULL, &error);
      g_assert_null (reply);
      g_assert_error (error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS);
      close (fds[i]);
    }
}

/* The owner of an open memfd goes on writing: what was there when the call came is judged. */
static void
test_unsealed (void)
{
  g_autoptr (World) world = world_new (POLICY, TRUE);
  g_autoptr (GBytes) mail = example_mail (BAD);
  int fd = memfd_create ("mail", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  g_assert_cmpint (write (fd, g_bytes_get_data (mail, NULL), g_bytes_get_size (mail)), ==,
                   (gssize) g_bytes_get_size (mail));
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = world_call (world, "Check", fd, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (GVariant) verdict = g_variant_get_child_value (reply, 0);
  g_autofree char *level = text_of (verdict, "level");
  g_assert_cmpstr (level, ==, "danger");
  close (fd);
}

static void
test_regular_file (void)
{
  g_autoptr (World) world = world_new (POLICY, TRUE);
  g_autofree char *path = world_path (world, "mail.eml");
  g_autoptr (GBytes) mail = example_mail (BAD);
  g_assert_true (
      g_file_set_contents (path, g_bytes_get_data (mail, NULL), (gssize) g_bytes_get_size (mail), NULL));
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = world_call (world, "Check", fd, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (GVariant) verdict = g_variant_get_child_value (reply, 0);
  g_autofree char *level = text_of (verdict, "level");
  g_assert_cmpstr (level, ==, "danger");
  close (fd);
}

static void
test_empty (void)
{
  g_autoptr (World) world = world_new (NULL, TRUE);
  int fd = sealed_mail ("", 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = world_call (world, "Check", fd, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (GVariant) verdict = g_variant_get_child_value (reply, 0);
  g_autoptr (GVariant) findings = g_variant_lookup_value (verdict, "findings", NULL);
  g_assert_cmpuint (g_variant_n_children (findings), ==, 1);
  close (fd);
}

/* --- several calls under way --- */

typedef struct
{
  guint verdicts;
  guint refused;
  guint no_reply;
  guint answers;
  guint wanted;
  GHashTable *ids;
} Tally;

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Tally *tally = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_with_unix_fd_list_finish (G_DBUS_CONNECTION (source), NULL, result, &error);
  tally->answers++;
  if (reply != NULL)
    {
      g_autoptr (GVariant) verdict = g_variant_get_child_value (reply, 0);
      tally->verdicts++;
      g_hash_table_add (tally->ids, text_of (verdict, "id"));
    }
  else if (g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_LIMITS_EXCEEDED))
    tally->refused++;
  else if (g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY))
    tally->no_reply++;
  else
    g_assert_no_error (error);
}

static gboolean
all_answered (gpointer user_data)
{
  const Tally *tally = user_data;
  return tally->answers == tally->wanted;
}

static void
call_many (const World *world, Tally *tally, guint count)
{
  tally->wanted = count;
  tally->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  int fd = example_fd (BAD);
  for (guint i = 0; i < count; i++)
    {
      g_autoptr (GUnixFDList) list = g_unix_fd_list_new ();
      g_unix_fd_list_append (list, fd, NULL);
      g_dbus_connection_call_with_unix_fd_list (world->connection, AGENT_NAME, AGENT_PATH, AGENT_NAME,
                                                "Check", g_variant_new ("(ha{sv})", 0, NULL), NULL,
                                                G_DBUS_CALL_FLAGS_NONE, 60000, list, NULL, on_answer, tally);
    }
  close (fd);
  g_assert_true (g_dbus_connection_flush_sync (world->connection, NULL, NULL));
}

static void
test_twenty_at_once (void)
{
  g_autoptr (World) world = world_new (POLICY, TRUE);
  Tally tally = { 0 };
  call_many (world, &tally, 20);
  world_wait (all_answered, &tally, "twenty verdicts");
  g_assert_cmpuint (tally.verdicts, ==, 20);
  g_assert_cmpuint (g_hash_table_size (tally.ids), ==, 20);
  g_hash_table_unref (tally.ids);
}

static void
test_too_many_at_once (void)
{
  g_autoptr (World) world = world_new (POLICY, TRUE);
  int pid = world_start_agent (world);
  Tally tally = { 0 };
  g_assert_cmpint (kill (pid, SIGSTOP), ==, 0);
  call_many (world, &tally, 200);
  g_assert_cmpint (kill (pid, SIGCONT), ==, 0);
  world_wait (all_answered, &tally, "all answers");
  g_assert_cmpuint (tally.verdicts, >=, 64);
  g_assert_cmpuint (tally.verdicts + tally.refused, ==, 200);
  g_hash_table_unref (tally.ids);
  g_autoptr (GVariant) verdict = check (world, CLEAN);
  g_assert_nonnull (verdict);
}

static void
test_killed (void)
{
  g_autoptr (World) world = world_new (POLICY, TRUE);
  int pid = world_start_agent (world);
  Tally tally = { 0 };
  g_assert_cmpint (kill (pid, SIGSTOP), ==, 0);
  call_many (world, &tally, 3);
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  world_wait (all_answered, &tally, "three errors");
  g_assert_cmpuint (tally.no_reply, ==, 3);
  g_hash_table_unref (tally.ids);
  g_autoptr (GVariant) verdict = check (world, CLEAN);
  g_assert_nonnull (verdict);
}

/* Process id of the agent's scanner, its only child. */
static int
scanner_pid (int agent_pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/task/%d/children", agent_pid, agent_pid);
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return atoi (text);
}

static void
test_killed_while_scanning (void)
{
  g_autoptr (World) world = world_new (POLICY, TRUE);
  int pid = world_start_agent (world);
  int scanner = scanner_pid (pid);
  g_assert_cmpint (scanner, >, 1);
  Tally tally = { 0 };
  g_assert_cmpint (kill (scanner, SIGSTOP), ==, 0);
  call_many (world, &tally, 1);
  /* Its answer to another call shows that the agent has taken the check. */
  g_autoptr (GVariant) version = world_property (world, "Version", NULL);
  g_assert_nonnull (version);
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  g_assert_cmpint (kill (scanner, SIGCONT), ==, 0);
  world_wait (all_answered, &tally, "the error");
  g_assert_cmpuint (tally.no_reply, ==, 1);
  g_hash_table_unref (tally.ids);
  g_autoptr (GVariant) verdict = check (world, CLEAN);
  g_assert_nonnull (verdict);
}

/* The scanner's server is killed: it is started again, and no mail is waved through. */
static void
test_scanner_killed (void)
{
  g_autoptr (World) world = world_new (POLICY, TRUE);
  int pid = world_start_agent (world);
  g_assert_cmpint (kill (scanner_pid (pid), SIGKILL), ==, 0);
  g_autoptr (GVariant) first = check (world, BAD);
  g_autofree char *level = text_of (first, "level");
  g_assert_cmpstr (level, !=, "clear");
  g_autoptr (GVariant) second = check (world, BAD);
  g_autofree char *later = text_of (second, "level");
  g_assert_cmpstr (later, ==, "danger");
}

static void
test_no_scanner (void)
{
  g_autofree char *folder = g_dir_make_tmp ("sekisho-lonely-XXXXXX", NULL);
  g_autofree char *built = g_build_filename (g_getenv ("SEK_BIN_DIR"), "sekisho-agent", NULL);
  g_autofree char *lonely = g_build_filename (folder, "sekisho-agent", NULL);
  g_autoptr (GFile) from = g_file_new_for_path (built), to = g_file_new_for_path (lonely);
  g_autoptr (GError) error = NULL;
  g_assert_true (g_file_copy (from, to, G_FILE_COPY_ALL_METADATA, NULL, NULL, NULL, &error));
  g_autofree char *bin = g_strdup (g_getenv ("SEK_BIN_DIR"));
  g_setenv ("SEK_BIN_DIR", folder, TRUE);
  g_autoptr (World) world = world_new (POLICY, TRUE);
  int fd = example_fd (CLEAN);
  g_autoptr (GVariant) reply = world_call (world, "Check", fd, NULL, &error);
  close (fd);
  g_assert_null (reply);
  g_autofree char *name = g_dbus_error_get_remote_error (error);
  g_assert_cmpstr (name, ==, "io.github.sekisho.Error.Scanner");
  g_assert_nonnull (strstr (error->message, "sekisho-scanner"));
  g_setenv ("SEK_BIN_DIR", bin, TRUE);
  g_file_delete (to, NULL, NULL);
  rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/check/clean", test_clean);
  g_test_add_func ("/service/check/bad", test_bad);
  g_test_add_func ("/service/check/refused-context", test_refused_context);
  g_test_add_func ("/service/check/refused-descriptor", test_refused_descriptor);
  g_test_add_func ("/service/check/unsealed", test_unsealed);
  g_test_add_func ("/service/check/regular-file", test_regular_file);
  g_test_add_func ("/service/check/empty", test_empty);
  g_test_add_func ("/service/check/twenty-at-once", test_twenty_at_once);
  g_test_add_func ("/service/check/too-many-at-once", test_too_many_at_once);
  g_test_add_func ("/service/check/killed", test_killed);
  g_test_add_func ("/service/check/killed-while-scanning", test_killed_while_scanning);
  g_test_add_func ("/service/check/scanner-killed", test_scanner_killed);
  g_test_add_func ("/service/check/no-scanner", test_no_scanner);
  return g_test_run ();
}
