/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugin/client/client.h"

#include <glib/gstdio.h>

#include "tests/agent/service/world.h"

#define STRICT "[report]\nquarantine=yes\n[client]\nunavailable=hold\n"
#define MILD "[report]\nquarantine=no\n[client]\nunavailable=show\n"

/* GLib reads XDG_CACHE_HOME once a process, so all worlds here share the cache of the first. */
static char *
cache_path (void)
{
  return g_build_filename (g_get_user_cache_dir (), "sekisho", "client.ini", NULL);
}

static void
write_cache (const char *text)
{
  g_autofree char *path = cache_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_autoptr (GError) error = NULL;
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
remove_cache (void)
{
  g_autofree char *path = cache_path ();
  g_remove (path);
}

static gboolean
is_strict (gpointer user_data)
{
  return sek_client_quarantines (user_data) && sek_client_unavailable_holds (user_data);
}

static gboolean
is_mild (gpointer user_data)
{
  return !sek_client_quarantines (user_data) && !sek_client_unavailable_holds (user_data);
}

static gboolean
cache_is_strict (gpointer user_data)
{
  g_autofree char *path = cache_path (), *text = NULL;
  return g_file_get_contents (path, &text, NULL, NULL) &&
         g_str_equal (text, "[policy]\nquarantine=true\nunavailable=hold\n");
}

static void
on_event (SekClientEvent event, const SekVerdict *verdict, const GError *error, gpointer user_data)
{
}

static void
use (SekClient *client)
{
  g_autofree char *path = g_build_filename (SEK_CHECKS, "uninspectable/honest-plain.eml", NULL);
  sek_client_check (client, path, NULL, NULL, NULL, on_event, NULL);
}

static void
test_cache (void)
{
  static const struct
  {
    const char *text;
    gboolean quarantines;
    gboolean holds;
  } cases[] = {
    { "[policy]\nquarantine=true\nunavailable=hold\n", TRUE, TRUE },
    { "[policy]\nquarantine=false\nunavailable=show\n", FALSE, FALSE },
    { "[policy]\nunavailable=hold\n", FALSE, TRUE },
    { "[policy]\nquarantine=perhaps\nunavailable=7\n", FALSE, FALSE },
    { "\xff\xfe nonsense [", FALSE, FALSE },
    { "", FALSE, FALSE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      write_cache (cases[i].text);
      g_autoptr (SekClient) client = sek_client_new ("test 1.0");
      g_assert_cmpint (sek_client_quarantines (client), ==, cases[i].quarantines);
      g_assert_cmpint (sek_client_unavailable_holds (client), ==, cases[i].holds);
    }
  remove_cache ();
}

static void
test_fetched_and_followed (void)
{
  remove_cache ();
  g_autoptr (World) world = world_new (STRICT, TRUE);
  g_autoptr (SekClient) client = sek_client_new ("test 1.0");
  g_assert_true (is_mild (client));
  use (client);
  world_wait (is_strict, client, "the policy");
  world_wait (cache_is_strict, NULL, "the cache");
  world_write_policy (world, MILD);
  world_wait (is_mild, client, "the other policy");
  world_write_policy (world, STRICT);
  world_wait (is_strict, client, "the first policy again");
  world_wait (cache_is_strict, NULL, "the cache");
}

/* Kept while nobody can be asked. */
static void
test_kept (void)
{
  write_cache ("[policy]\nquarantine=true\nunavailable=hold\n");
  g_autoptr (World) world = world_new (NULL, FALSE);
  g_autoptr (SekClient) client = sek_client_new ("test 1.0");
  use (client);
  g_assert_true (is_strict (client));
  remove_cache ();
}

/* A new agent, with another policy, comes while the client is there. */
static void
test_agent_appears_again (void)
{
  remove_cache ();
  g_autoptr (World) world = world_new (STRICT, TRUE);
  g_autoptr (SekClient) client = sek_client_new ("test 1.0");
  use (client);
  world_wait (is_strict, client, "the policy");
  world_end_agent (world, 9);
  g_assert_true (is_strict (client));
  world_write_policy (world, MILD);
  world_start_agent (world);
  world_wait (is_mild, client, "the policy of the new agent");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autofree char *cache = g_dir_make_tmp ("sekisho-cache-XXXXXX", NULL);
  g_setenv ("XDG_CACHE_HOME", cache, TRUE);
  g_get_user_cache_dir ();
  g_test_add_func ("/client/policy/cache", test_cache);
  g_test_add_func ("/client/policy/fetched-and-followed", test_fetched_and_followed);
  g_test_add_func ("/client/policy/kept", test_kept);
  g_test_add_func ("/client/policy/agent-appears-again", test_agent_appears_again);
  int status = g_test_run ();
  remove_cache ();
  g_autofree char *folder = g_build_filename (cache, "sekisho", NULL);
  g_rmdir (folder);
  g_rmdir (cache);
  return status;
}
