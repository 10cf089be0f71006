/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/agent/service/world.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#define FIRST "[organisation]\nname=First\n[client]\nunavailable=hold\n"
#define SECOND "[organisation]\nname=Second\n[report]\nquarantine=yes\n"
#define BROKEN "[organisation]\nname=Third\n[report]\naddress=perhaps\n"
#define FAULTY "[organisation]\nname=Second\n[client]\nunavailable=perhaps\n[report]\nquarantine=yes\n"

static char *
text_of_policy (const World *world, const char *key)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) policy = world_property (world, "Policy", &error);
  g_assert_no_error (error);
  char *text = NULL;
  g_assert_true (g_variant_lookup (policy, key, "s", &text));
  return text;
}

static gboolean
is_second (gpointer user_data)
{
  g_autofree char *name = text_of_policy (user_data, "organisation");
  return g_str_equal (name, "Second");
}

static gboolean
has_error (gpointer user_data)
{
  g_autofree char *error = text_of_policy (user_data, "error");
  return *error != '\0';
}

static void
test_in_force (void)
{
  g_autoptr (World) world = world_new (FIRST, TRUE);
  g_autofree char *name = text_of_policy (world, "organisation"), *error = text_of_policy (world, "error");
  g_autofree char *unavailable = text_of_policy (world, "unavailable");
  g_assert_cmpstr (name, ==, "First");
  g_assert_cmpstr (unavailable, ==, "hold");
  g_assert_cmpstr (error, ==, "");
}

/* Named with file and line, left as it is, and the defaults stand. */
static void
test_broken (void)
{
  g_autoptr (World) world = world_new (BROKEN, TRUE);
  g_autofree char *name = text_of_policy (world, "organisation"), *error = text_of_policy (world, "error");
  g_autofree char *unavailable = text_of_policy (world, "unavailable"), *text = NULL;
  g_autofree char *place = g_strconcat (world->policy_path, ":4:", NULL);
  g_assert_cmpstr (name, ==, "");
  g_assert_cmpstr (unavailable, ==, "show");
  g_assert_nonnull (strstr (error, place));
  g_assert_true (g_file_get_contents (world->policy_path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, BROKEN);
}

static void
on_changed (GDBusConnection *bus,
            const char *sender,
            const char *path,
            const char *interface,
            const char *signal,
            GVariant *parameters,
            gpointer user_data)
{
  g_autoptr (GVariant) changed = g_variant_get_child_value (parameters, 1);
  g_autoptr (GVariant) policy = g_variant_lookup_value (changed, "Policy", G_VARIANT_TYPE_VARDICT);
  guint *count = user_data;
  *count += policy != NULL ? 1 : 0;
}

static gboolean
is_counted (gpointer user_data)
{
  const guint *count = user_data;
  return *count > 0;
}

static void
test_reload (void)
{
  g_autoptr (World) world = world_new (FIRST, TRUE);
  world_start_agent (world);
  guint count = 0;
  guint subscription =
      g_dbus_connection_signal_subscribe (world->connection, AGENT_NAME, "org.freedesktop.DBus.Properties",
                                          "PropertiesChanged", AGENT_PATH, AGENT_NAME,
                                          G_DBUS_SIGNAL_FLAGS_NONE, on_changed, &count, NULL);
  world_write_policy (world, SECOND);
  world_wait (is_second, world, "the second policy");
  world_wait (is_counted, &count, "the signal");
  g_dbus_connection_signal_unsubscribe (world->connection, subscription);
}

static void
test_broken_reload_keeps_the_last (void)
{
  g_autoptr (World) world = world_new (SECOND, TRUE);
  g_assert_true (is_second (world));
  world_write_policy (world, BROKEN);
  world_wait (has_error, world, "the error");
  g_assert_true (is_second (world));
}

/* What is safe to go by is gone by, and the fault is said. */
static void
test_rest_of_a_faulty_file (void)
{
  g_autoptr (World) world = world_new (FIRST, TRUE);
  g_assert_false (has_error (world));
  world_write_policy (world, FAULTY);
  world_wait (has_error, world, "the error");
  g_assert_true (is_second (world));
  g_autofree char *unavailable = text_of_policy (world, "unavailable");
  g_assert_cmpstr (unavailable, ==, "show");
}

static gboolean
asks_by_phone (gpointer user_data)
{
  g_autofree char *phone = text_of_policy (user_data, "phone");
  return g_str_equal (phone, "1234");
}

/* The person's own word fills what the administrator left free, and no more. */
static void
test_personal_file (void)
{
  g_autoptr (World) world = world_new (FIRST, TRUE);
  g_assert_false (asks_by_phone (world));
  g_autofree char *path = g_build_filename (g_get_user_config_dir (), "sekisho", "settings.conf", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_autoptr (GError) error = NULL;
  g_file_set_contents (path, "[client]\nunavailable=show\n[warning]\nphone=1234\n", -1, &error);
  g_assert_no_error (error);
  world_wait (asks_by_phone, world, "the phone number");
  g_autofree char *unavailable = text_of_policy (world, "unavailable");
  g_assert_cmpstr (unavailable, ==, "hold");
}

/* The folder can be read again though nothing told of the change: SIGHUP. */
static void
test_hang_up (void)
{
  g_autoptr (World) world = world_new (FIRST, TRUE);
  int pid = world_start_agent (world);
  world_write_policy (world, SECOND);
  g_assert_cmpint (kill (pid, SIGHUP), ==, 0);
  world_wait (is_second, world, "the second policy");
  g_assert_cmpint (world_agent_pid (world), ==, pid);
}

/* The same over the bus, for who may not send signals. */
static void
test_reload_over_the_bus (void)
{
  g_autoptr (World) world = world_new (FIRST, TRUE);
  world_start_agent (world);
  world_write_policy (world, SECOND);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_sync (world->connection, AGENT_NAME, AGENT_PATH, AGENT_NAME, "Reload", NULL,
                                   NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (is_second (world));
}

/* A policy named on the command line has to be there. */
static void
test_named_but_missing (void)
{
  g_autoptr (World) world = world_new (FIRST, TRUE);
  g_assert_cmpint (g_remove (world->policy_path), ==, 0);
  g_assert_true (has_error (world));
}

/* Whether the check fake-reply says something of an answer to nothing, written by writer. */
static gboolean
finds_fake_reply (const World *world, const char *writer)
{
  g_autofree char *mail =
      g_strdup_printf ("From: %s@partner.example\nTo: taro.sato@kaede.example\nSubject: Re: contract\n"
                       "Date: Thu, 3 Nov 2022 10:02:11 +0900\nMessage-ID: <%s@partner.example>\n"
                       "User-Agent: Mozilla Thunderbird 102\n\nSee you.\n",
                       writer, writer);
  int fd = sealed_mail (mail, strlen (mail));
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = world_call (world, "Check", fd, NULL, &error);
  g_assert_no_error (error);
  g_close (fd, NULL);
  g_autofree char *text = g_variant_print (reply, FALSE);
  return strstr (text, "fake-reply") != NULL;
}

static void
test_level_off (void)
{
  g_autoptr (World) world = world_new ("[check fake-reply]\nlevel=off\n", TRUE);
  g_assert_false (finds_fake_reply (world, "ann"));
  world_write_policy (world, SECOND);
  world_wait (is_second, world, "the second policy");
  /* Somebody else: who was let pass is known by now. */
  g_assert_true (finds_fake_reply (world, "bob"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/policy/in-force", test_in_force);
  g_test_add_func ("/service/policy/broken", test_broken);
  g_test_add_func ("/service/policy/reload", test_reload);
  g_test_add_func ("/service/policy/broken-reload-keeps-the-last", test_broken_reload_keeps_the_last);
  g_test_add_func ("/service/policy/rest-of-a-faulty-file", test_rest_of_a_faulty_file);
  g_test_add_func ("/service/policy/personal-file", test_personal_file);
  g_test_add_func ("/service/policy/hang-up", test_hang_up);
  g_test_add_func ("/service/policy/reload-over-the-bus", test_reload_over_the_bus);
  g_test_add_func ("/service/policy/named-but-missing", test_named_but_missing);
  g_test_add_func ("/service/policy/level-off", test_level_off);
  return g_test_run ();
}
