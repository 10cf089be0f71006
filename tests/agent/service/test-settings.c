/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person chooses holds at once and after a restart; what the administrator has decided can't be
 * chosen. */
#include <signal.h>
#include <string.h>

#include "tests/agent/service/world.h"

static GVariant *
call (const World *world, const char *method, GVariant *parameters, GError **error)
{
  return g_dbus_connection_call_sync (world->connection, AGENT_NAME, AGENT_PATH, AGENT_NAME, method,
                                      parameters, NULL, G_DBUS_CALL_FLAGS_NONE, 30000, NULL, error);
}

/* *locked may be NULL. */
static gboolean
setting (const World *world, const char *wanted, gboolean *locked)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = call (world, "Settings", NULL, &error);
  g_assert_no_error (error);
  g_autoptr (GVariantIter) settings = NULL;
  g_variant_get (reply, "(aa{sv})", &settings);
  gboolean value = FALSE, is_locked = FALSE;
  guint found = 0;
  GVariant *next;
  while ((next = g_variant_iter_next_value (settings)) != NULL)
    {
      g_autoptr (GVariant) one = next;
      const char *key;
      g_assert_true (g_variant_lookup (one, "key", "&s", &key));
      if (!g_str_equal (key, wanted))
        continue;
      g_assert_true (g_variant_lookup (one, "value", "b", &value));
      g_assert_true (g_variant_lookup (one, "locked", "b", &is_locked));
      found++;
    }
  g_assert_cmpuint (found, ==, 1);
  if (locked != NULL)
    *locked = is_locked;
  return value;
}

static void
set (const World *world, const char *key, gboolean value, GError **error)
{
  g_autoptr (GVariant) reply = call (world, "SetSetting", g_variant_new ("(sb)", key, value), error);
}

/* One mail of a folder. */
static void
learn (const World *world, GError **error)
{
  GVariantDict mail;
  g_variant_dict_init (&mail, NULL);
  g_variant_dict_insert (&mail, "message-id", "s", "1@partner.example");
  g_variant_dict_insert (&mail, "from", "(ss)", "Emma", "emma@partner.example");
  GVariantBuilder mails;
  g_variant_builder_init (&mails, G_VARIANT_TYPE ("aa{sv}"));
  g_variant_builder_add_value (&mails, g_variant_dict_end (&mail));
  g_autoptr (GVariant) reply =
      call (world, "LearnFolder", g_variant_new ("(suaa{sv})", "test:inbox", 1, &mails), error);
}

static void
test_chosen (void)
{
  g_autoptr (World) world = world_new ("[organisation]\nname=Kaede\n", TRUE);
  g_autoptr (GError) error = NULL;
  gboolean locked = TRUE;
  g_assert_true (setting (world, "client.learn", &locked));
  g_assert_false (locked);
  g_assert_false (setting (world, "report.quarantine", NULL));
  set (world, "report.quarantine", TRUE, &error);
  g_assert_no_error (error);
  g_assert_true (setting (world, "report.quarantine", NULL));
  g_autoptr (GVariant) policy = world_property (world, "Policy", &error);
  gboolean quarantine = FALSE;
  g_variant_lookup (policy, "quarantine", "b", &quarantine);
  g_assert_true (quarantine);
  world_end_agent (world, SIGTERM);
  g_assert_true (setting (world, "report.quarantine", NULL));
  set (world, "report.quarantine", FALSE, &error);
  g_assert_no_error (error);
  g_assert_false (setting (world, "report.quarantine", NULL));
}

/* No folder is learned while the person does not want it; what was opened is another matter. */
static void
test_learning (void)
{
  g_autoptr (World) world = world_new (NULL, TRUE);
  g_autoptr (GError) error = NULL;
  learn (world, &error);
  g_assert_no_error (error);
  set (world, "client.learn", FALSE, &error);
  g_assert_no_error (error);
  learn (world, &error);
  g_assert_error (error, G_DBUS_ERROR, G_DBUS_ERROR_ACCESS_DENIED);
  g_clear_error (&error);
  GVariantBuilder people;
  g_variant_builder_init (&people, G_VARIANT_TYPE ("a(ss)"));
  g_variant_builder_add (&people, "(ss)", "Emma", "emma@other.example");
  g_autoptr (GVariant) reply = call (world, "LearnContacts", g_variant_new ("(a(ss))", &people), &error);
  g_assert_error (error, G_DBUS_ERROR, G_DBUS_ERROR_ACCESS_DENIED);
  g_clear_error (&error);
  set (world, "client.learn", TRUE, &error);
  g_assert_no_error (error);
  learn (world, &error);
  g_assert_no_error (error);
}

static void
test_locked (void)
{
  g_autoptr (World) world = world_new ("[client]\nlearn=no\n[report]\nquarantine=yes\n", TRUE);
  static const char *const keys[] = { "client.learn", "report.quarantine" };
  static const gboolean values[] = { FALSE, TRUE };
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean locked = FALSE;
      g_assert_cmpint (setting (world, keys[i], &locked), ==, values[i]);
      g_assert_true (locked);
      set (world, keys[i], !values[i], &error);
      g_assert_error (error, G_DBUS_ERROR, G_DBUS_ERROR_ACCESS_DENIED);
      g_assert_cmpint (setting (world, keys[i], NULL), ==, values[i]);
    }
}

/* Keys of the policy that are nobody's to choose, and what is no key at all. */
static void
test_refused (void)
{
  static const char *const keys[] = { "",
                                      ".",
                                      "client",
                                      "client.",
                                      "client.learn ",
                                      "learn",
                                      "policy.url",
                                      "client.may-trust",
                                      "report.address",
                                      "client.learn\n[policy]",
                                      "client]learn" };
  g_autoptr (World) world = world_new (NULL, TRUE);
  g_autofree char *path = g_build_filename (g_get_user_config_dir (), "sekisho", "settings.conf", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr (GError) error = NULL;
      set (world, keys[i], TRUE, &error);
      g_assert_error (error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS);
    }
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  /* A file that its owner has broken stays his. */
  g_autofree char *folder = g_path_get_dirname (path);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "nonsense\n", -1, NULL));
  g_autoptr (GError) error = NULL;
  set (world, "client.learn", FALSE, &error);
  g_assert_error (error, G_DBUS_ERROR, G_DBUS_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "settings.conf"));
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "nonsense\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/settings/chosen", test_chosen);
  g_test_add_func ("/service/settings/learning", test_learning);
  g_test_add_func ("/service/settings/locked", test_locked);
  g_test_add_func ("/service/settings/refused", test_refused);
  return g_test_run ();
}
