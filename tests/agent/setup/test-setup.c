/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "agent/setup/plugin-list.h"
#include "agent/setup/setup.h"

#define MODULE "/opt/sekisho/sekisho-claws.so"

static void
test_list (void)
{
  static const struct
  {
    const char *before;
    gboolean enable;
    const char *after;
  } rows[] = {
    { "", TRUE, "[Plugins_GTK3]\n" MODULE "\n" },
    { "[Common]\na=1", TRUE, "[Common]\na=1\n\n[Plugins_GTK3]\n" MODULE "\n" },
    { "[Common]\na=1\n", TRUE, "[Common]\na=1\n\n[Plugins_GTK3]\n" MODULE "\n" },
    { "[Plugins_GTK3]\n/usr/lib/rssyl.so\n\n[Other]\nx=1\n", TRUE,
      "[Plugins_GTK3]\n" MODULE "\n/usr/lib/rssyl.so\n\n[Other]\nx=1\n" },
    { "[Plugins_GTK3]", TRUE, "[Plugins_GTK3]\n" MODULE "\n" },
    { "[Plugins_GTK3]\n/old/sekisho-claws.so\n", TRUE, "[Plugins_GTK3]\n" MODULE "\n" },
    { "[Plugins_GTK3]\n" MODULE "\n/old/sekisho-claws.so\n/usr/lib/rssyl.so\n", FALSE,
      "[Plugins_GTK3]\n/usr/lib/rssyl.so\n" },
    /* Another block may name it, and is not ours. */
    { "[Plugins_GTK2]\n" MODULE "\n[Common]\nlast=" MODULE "\n", FALSE,
      "[Plugins_GTK2]\n" MODULE "\n[Common]\nlast=" MODULE "\n" },
    { "[Common]\nname=\xff\xfe\r\n", TRUE, "[Common]\nname=\xff\xfe\r\n\n[Plugins_GTK3]\n" MODULE "\n" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *after = sek_plugin_list_set (rows[i].before, MODULE, rows[i].enable);
      g_assert_cmpstr (after, ==, rows[i].after);
      g_assert_cmpint (sek_plugin_list_has (after, MODULE), ==, rows[i].enable);
      g_autofree char *again = sek_plugin_list_set (after, MODULE, rows[i].enable);
      g_assert_cmpstr (again, ==, after);
    }
}

typedef struct
{
  char *folder, *bin, *module, *list, *processes, *comm;
  SekSetupPlaces places;
} World;

static void
put (const char *path, const char *text, int mode)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_cmpint (g_chmod (path, mode), ==, 0);
}

static void
set_up (World *world, gconstpointer data)
{
  world->folder = g_dir_make_tmp ("sekisho-setup-XXXXXX", NULL);
  world->bin = g_build_filename (world->folder, "bin", NULL);
  world->module = g_build_filename (world->folder, "sekisho-claws.so", NULL);
  world->list = g_build_filename (world->folder, ".claws-mail", "clawsrc", NULL);
  world->processes = g_build_filename (world->folder, "proc", NULL);
  world->comm = g_build_filename (world->processes, "4711", "comm", NULL);
  g_autofree char *program = g_build_filename (world->bin, "claws-mail", NULL);
  put (program, "#!/bin/sh\n", 0700);
  put (world->module, "", 0600);
  put (world->list, "[Common]\nconfig_version=4\n", 0600);
  put (world->comm, "bash\n", 0600);
  world->places = (SekSetupPlaces){ world->folder, world->bin, world->module, "/nowhere/module-sekisho.so",
                                    world->processes };
}

static void
tear_down (World *world, gconstpointer data)
{
  const char *const arguments[] = { "rm", "-rf", world->folder, NULL };
  g_assert_true (g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                               NULL, NULL));
  g_free (world->folder);
  g_free (world->bin);
  g_free (world->module);
  g_free (world->list);
  g_free (world->processes);
  g_free (world->comm);
}

static void
assert_fails (const World *world, const char *id, gboolean enable, SekSetupError code)
{
  g_autoptr (GError) error = NULL;
  g_assert_false (sek_setup_enable (&world->places, id, enable, &error));
  g_assert_error (error, SEK_SETUP_ERROR, (int) code);
  g_assert_null (strstr (error->message, "%s"));
}

static void
test_enable (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  GStatBuf info;
  g_assert_true (sek_setup_enable (&world->places, "claws-mail", TRUE, &error));
  g_assert_no_error (error);
  g_autoptr (GPtrArray) clients = sek_setup_clients (&world->places);
  const SekSetupClient *claws = clients->pdata[0], *evolution = clients->pdata[1];
  g_assert_true (claws->installed && claws->has_plugin && claws->enabled && claws->by_person);
  g_assert_false (claws->running || claws->never_begun);
  g_assert_false (evolution->installed || evolution->has_plugin || evolution->enabled ||
                  evolution->by_person);
  g_assert_cmpint (g_stat (world->list, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_true (sek_setup_enable (&world->places, "claws-mail", FALSE, &error));
  g_assert_true (g_file_get_contents (world->list, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "[Common]\nconfig_version=4\n\n[Plugins_GTK3]\n");
}

static void
test_refused (World *world, gconstpointer data)
{
  assert_fails (world, "mutt", TRUE, SEK_SETUP_ERROR_UNKNOWN);
  assert_fails (world, "evolution", TRUE, SEK_SETUP_ERROR_UNKNOWN);
  assert_fails (world, "evolution", FALSE, SEK_SETUP_ERROR_EVERYBODY);
  put (world->comm, "claws-mail\n", 0600);
  assert_fails (world, "claws-mail", TRUE, SEK_SETUP_ERROR_RUNNING);
  put (world->comm, "bash\n", 0600);
  g_assert_cmpint (g_remove (world->list), ==, 0);
  assert_fails (world, "claws-mail", TRUE, SEK_SETUP_ERROR_NEW);
  g_assert_cmpint (g_mkdir (world->list, 0700), ==, 0);
  assert_fails (world, "claws-mail", TRUE, SEK_SETUP_ERROR_FILE);
  g_assert_cmpint (g_remove (world->module), ==, 0);
  assert_fails (world, "claws-mail", TRUE, SEK_SETUP_ERROR_UNKNOWN);
}

/* Settings are often links into a folder that is kept elsewhere. */
static void
test_link (World *world, gconstpointer data)
{
  g_autofree char *real = g_build_filename (world->folder, "kept", "clawsrc", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  put (real, "[Common]\n", 0640);
  g_assert_cmpint (g_remove (world->list), ==, 0);
  g_assert_cmpint (symlink (real, world->list), ==, 0);
  g_assert_true (sek_setup_enable (&world->places, "claws-mail", TRUE, &error));
  g_assert_true (g_file_test (world->list, G_FILE_TEST_IS_SYMLINK));
  g_assert_true (g_file_get_contents (real, &text, NULL, NULL));
  g_assert_true (sek_plugin_list_has (text, world->module));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/setup/list", test_list);
  g_test_add ("/setup/enable", World, NULL, set_up, test_enable, tear_down);
  g_test_add ("/setup/refused", World, NULL, set_up, test_refused, tear_down);
  g_test_add ("/setup/link", World, NULL, set_up, test_link, tear_down);
  return g_test_run ();
}
