/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/store/store.h"
#include "tests/agent/service/world.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#define POLICY                                                                                               \
  "[organisation]\nname=楓商事\ndomains=kaede.example\n[people]\n太田 道子=michiko.ota@kaede.example\n"

static GVariant *
check (const World *world, const char *mail, gsize length, const char *own_address)
{
  int fd = sealed_mail (mail, length);
  g_autoptr (GError) error = NULL;
  GVariantDict context;
  g_variant_dict_init (&context, NULL);
  const char *const own[] = { own_address, NULL };
  if (own_address != NULL)
    g_variant_dict_insert_value (&context, "own-addresses", g_variant_new_strv (own, -1));
  g_autoptr (GVariant) reply = world_call (world, "Check", fd, g_variant_dict_end (&context), &error);
  g_assert_no_error (error);
  close (fd);
  return g_variant_get_child_value (reply, 0);
}

static GVariant *
check_example (const World *world, const char *name)
{
  g_autoptr (GBytes) mail = example_mail (name);
  return check (world, g_bytes_get_data (mail, NULL), g_bytes_get_size (mail), NULL);
}

/* Teaches one message; how many were new. */
static guint
learn (const World *world, const char *summaries)
{
  g_autoptr (GError) error = NULL;
  GVariant *list = g_variant_new_parsed (summaries);
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_sync (world->connection, AGENT_NAME, AGENT_PATH, AGENT_NAME, "Learn",
                                   g_variant_new ("(@aa{sv})", list), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL,
                                   &error);
  g_assert_no_error (error);
  guint learned = 0;
  g_variant_get (reply, "(u)", &learned);
  return learned;
}

static gboolean
decide (const World *world, const char *id, const char *decision, GError **error)
{
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_sync (world->connection, AGENT_NAME, AGENT_PATH, AGENT_NAME, "Decide",
                                   g_variant_new ("(ss)", id, decision), NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                                   NULL, error);
  return reply != NULL;
}

static void
test_learn (void)
{
  static const char summaries[] =
      "[{'message-id': <'1@a.example'>, 'from': <('A', 'a@a.example')>, 'date': <int64 5>},"
      " {'message-id': <'2@a.example'>, 'from': <('A', 'a@a.example')>}]";
  g_autoptr (World) world = world_new (NULL, TRUE);
  g_assert_cmpuint (learn (world, summaries), ==, 2);
  g_assert_cmpuint (learn (world, summaries), ==, 0);
  g_assert_cmpuint (learn (world, "@aa{sv} []"), ==, 0);
}

static void
test_learn_too_much (void)
{
  g_autoptr (World) world = world_new (NULL, TRUE);
  GVariantBuilder many;
  g_variant_builder_init (&many, G_VARIANT_TYPE ("aa{sv}"));
  for (int i = 0; i < 10001; i++)
    g_variant_builder_add_value (&many, g_variant_new ("a{sv}", NULL));
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_sync (world->connection, AGENT_NAME, AGENT_PATH, AGENT_NAME, "Learn",
                                   g_variant_new ("(aa{sv})", &many), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL,
                                   &error);
  g_assert_error (error, G_DBUS_ERROR, G_DBUS_ERROR_LIMITS_EXCEEDED);
}

/* A mail that was let pass is known afterwards, one that was not teaches nothing. */
static void
test_check_teaches (void)
{
  g_autoptr (World) world = world_new (POLICY, TRUE);
  g_autoptr (GVariant) clean = check_example (world, "uninspectable/honest-plain.eml");
  g_autoptr (GVariant) bad = check_example (world, "together/seminar.eml");
  g_assert_cmpuint (learn (world, "[{'message-id': <'fixture-70@sakura-denki.example'>,"
                                  " 'from': <('', 'jiro.tanaka@sakura-denki.example')>}]"),
                    ==, 0);
  g_assert_cmpuint (learn (world, "[{'message-id': <'fixture-72@yamabuki-kogyo.example'>,"
                                  " 'from': <('', 'info@yamabuki-kogyo.example')>}]"),
                    ==, 0);
}

static gboolean
has_finding (GVariant *verdict, const char *wanted)
{
  g_autoptr (GVariantIter) findings = NULL;
  g_assert_true (g_variant_lookup (verdict, "findings", "a(sssa(ss))", &findings));
  const char *name;
  gboolean found = FALSE;
  while (g_variant_iter_loop (findings, "(&s&s&s@a(ss))", &name, NULL, NULL, NULL))
    found = found || g_str_equal (name, wanted);
  return found;
}

/* What learned history is for: the same answer is a fake one to who never wrote. */
static void
test_history_counts (void)
{
  static const char bare[] =
      "From: Ann <ann@partner.example>\nTo: taro.sato@kaede.example\nSubject: Re: contract\n"
      "Date: Thu, 3 Nov 2022 10:02:11 +0900\nMessage-ID: <a@partner.example>\n"
      "User-Agent: Mozilla Thunderbird 102\n\nSee you.\n";
  g_autoptr (World) world = world_new (POLICY, TRUE);
  g_autoptr (GVariant) before = check (world, bare, strlen (bare), "taro.sato@kaede.example");
  g_assert_true (has_finding (before, "fake-reply"));
  world_end_agent (world, SIGTERM);
  g_autofree char *state = world_path (world, "state/sekisho/sekisho.db");
  g_assert_cmpint (g_remove (state), ==, 0);
  g_assert_cmpuint (learn (world,
                           "[{'message-id': <'q@kaede.example'>, 'subject': <'contract'>, 'from': <('',"
                           " 'taro.sato@kaede.example')>, 'recipients': <[('Ann', 'ann@partner.example')]>,"
                           " 'sent': <true>}]"),
                    ==, 1);
  g_autoptr (GVariant) after = check (world, bare, strlen (bare), "taro.sato@kaede.example");
  g_assert_false (has_finding (after, "fake-reply"));
}

/* A locked attachment waits for its password, unless one in the mail has opened it. */
static void
test_locked_waits (void)
{
  g_autoptr (World) world = world_new (POLICY, TRUE);
  g_autoptr (GVariant) clean = check_example (world, "uninspectable/honest-plain.eml");
  g_autoptr (GVariant) opened = check_example (world, "together/seminar.eml");
  g_autoptr (GVariant) waits = check_example (world, "encrypted-archive/wrong-password.eml");
  world_end_agent (world, SIGTERM);
  g_autofree char *path = world_path (world, "state/sekisho/sekisho.db");
  g_autoptr (GError) error = NULL;
  g_autoptr (SekStore) store = sek_store_open (path, FALSE, &error);
  g_assert_no_error (error);
  SekHistory history = sek_store_history (store);
  g_auto (SekLockedFile) file = { 0 }, none = { 0 };
  g_assert_true (history.find_locked_file (history.self, "jiro.tanaka@sakura-denki.example", &file));
  g_assert_cmpstr (file.file_name, ==, "見積書.zip");
  g_assert_false (history.find_locked_file (history.self, "info@yamabuki-kogyo.example", &none));
}

static gboolean
has_code (GVariant *verdict, const char *check, const char *code)
{
  g_autoptr (SekVerdict) read = sek_verdict_from_variant (verdict, NULL);
  for (guint i = 0; i < read->findings->len; i++)
    {
      const SekFinding *finding = read->findings->pdata[i];
      if (g_str_equal (finding->check, check) && g_strcmp0 (finding->code, code) == 0)
        return TRUE;
    }
  return FALSE;
}

/* The password comes first, the file second; then the same password once more, by now a usual one. */
static void
test_password_first (void)
{
  g_autoptr (World) world = world_new (POLICY, TRUE);
  g_autoptr (GVariant) before = check_example (world, "password-in-next-mail/history/1.eml");
  g_assert_false (has_code (before, "encrypted-archive", "opened-earlier"));
  g_autoptr (GVariant) password = check_example (world, "password-in-next-mail/usual.eml");
  g_assert_true (has_finding (password, "password-in-next-mail"));
  g_autoptr (GVariant) file = check_example (world, "password-in-next-mail/history/1.eml");
  g_assert_true (has_code (file, "encrypted-archive", "opened-earlier"));
  g_autoptr (GVariant) again = check_example (world, "password-in-next-mail/history/1.eml");
  g_assert_true (has_code (again, "encrypted-archive", "opened-usual"));
}

static void
test_decide (void)
{
  g_autoptr (World) world = world_new (POLICY, TRUE);
  g_autoptr (GVariant) verdict = check_example (world, "together/seminar.eml");
  g_autofree char *id = NULL;
  g_assert_true (g_variant_lookup (verdict, "id", "s", &id));
  g_autoptr (GError) error = NULL;
  g_assert_true (decide (world, id, "shown", &error));
  g_assert_true (decide (world, id, "closed", &error));
  g_assert_no_error (error);
  g_assert_false (decide (world, id, "eaten", &error));
  g_assert_error (error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS);
  g_clear_error (&error);
  g_assert_false (decide (world, "0123456789abcdef0123456789abcdef", "shown", &error));
  g_assert_error (error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS);
}

/* A broken history is set aside, said, and begun anew; mails are checked and learned all the same. */
static void
test_broken_history (void)
{
  g_autoptr (World) world = world_new (POLICY, TRUE);
  g_autofree char *folder = world_path (world, "state/sekisho");
  g_autofree char *path = g_build_filename (folder, "sekisho.db", NULL);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "this is no database, and longer than a header is", -1, NULL));
  g_autoptr (GVariant) verdict = check_example (world, "together/seminar.eml");
  g_autofree char *level = NULL, *id = NULL;
  g_assert_true (g_variant_lookup (verdict, "level", "s", &level));
  g_assert_true (g_variant_lookup (verdict, "id", "s", &id));
  g_assert_cmpstr (level, ==, "danger");
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) state = world_property (world, "StateError", &error);
  g_assert_cmpstr (g_variant_get_string (state, NULL), ==, "");
  g_autoptr (GVariant) notice = world_property (world, "HistoryNotice", &error);
  const char *kept = strstr (g_variant_get_string (notice, NULL), "sekisho.db.2");
  g_assert_nonnull (kept);
  g_autofree char *name = g_strndup (kept, strlen ("sekisho.db.2026-11-23"));
  g_autofree char *file = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "this is no database, and longer than a header is");
  g_assert_true (decide (world, id, "shown", &error));
}

/* What is no file can't be set aside: it is named, left as it is, and mails are still checked. */
static void
test_unusable_history (void)
{
  g_autoptr (World) world = world_new (POLICY, TRUE);
  g_autofree char *folder = world_path (world, "state/sekisho");
  g_autofree char *path = g_build_filename (folder, "sekisho.db", NULL);
  g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
  g_autoptr (GVariant) verdict = check_example (world, "together/seminar.eml");
  g_autofree char *id = NULL;
  g_assert_true (g_variant_lookup (verdict, "id", "s", &id));
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) state = world_property (world, "StateError", &error);
  g_assert_nonnull (strstr (g_variant_get_string (state, NULL), path));
  g_assert_false (decide (world, id, "shown", &error));
  g_autofree char *name = g_dbus_error_get_remote_error (error);
  g_assert_cmpstr (name, ==, "io.github.sekisho.Error.Store");
  g_assert_cmpint (g_rmdir (path), ==, 0);
}

/* What the policy does not want kept is gone soon after the start. */
static gboolean
is_forgotten (gpointer user_data)
{
  return learn (user_data, "[{'message-id': <'old@a.example'>, 'from': <('A', 'a@a.example')>,"
                           " 'date': <int64 1500000000>}]") == 1;
}

static void
test_limits (void)
{
  g_autoptr (World) world = world_new (POLICY "[history]\nkeep-days=30\n", TRUE);
  g_assert_cmpuint (learn (world, "[{'message-id': <'old@a.example'>, 'from': <('A', 'a@a.example')>,"
                                  " 'date': <int64 1500000000>}]"),
                    ==, 1);
  world_end_agent (world, SIGTERM);
  world_wait (is_forgotten, world, "the old mail to be forgotten");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/history/learn", test_learn);
  g_test_add_func ("/service/history/learn-too-much", test_learn_too_much);
  g_test_add_func ("/service/history/check-teaches", test_check_teaches);
  g_test_add_func ("/service/history/counts", test_history_counts);
  g_test_add_func ("/service/history/decide", test_decide);
  g_test_add_func ("/service/history/broken", test_broken_history);
  g_test_add_func ("/service/history/unusable", test_unusable_history);
  g_test_add_func ("/service/history/limits", test_limits);
  g_test_add_func ("/service/history/locked-waits", test_locked_waits);
  g_test_add_func ("/service/history/password-first", test_password_first);
  return g_test_run ();
}
