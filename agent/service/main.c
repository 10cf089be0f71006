/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <glib-unix.h>
#include <locale.h>
#include <malloc.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "agent/service/service.h"

typedef struct
{
  GMainLoop *loop;
  SekService *service;
  int status;
} Program;

typedef struct
{
  gboolean version;
  char *policy_path;
  char *state_dir;
} Options;

static gboolean
on_end (gpointer user_data)
{
  Program *program = user_data;
  g_main_loop_quit (program->loop);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_hang_up (gpointer user_data)
{
  Program *program = user_data;
  sek_service_reload (program->service);
  return G_SOURCE_CONTINUE;
}

static void
on_name_lost (GDBusConnection *bus, const char *name, gpointer user_data)
{
  Program *program = user_data;
  /* On a bus that went away the end is in order: the session is over. */
  if (bus != NULL && !g_dbus_connection_is_closed (bus))
    {
      g_printerr ("sekisho-agent: %s is taken on this bus: another sekisho-agent runs already\n", name);
      program->status = EXIT_FAILURE;
    }
  g_main_loop_quit (program->loop);
}

static gboolean
parse_options (int argc, char **argv, Options *options)
{
  const GOptionEntry entries[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->version, "Print the version and exit", NULL },
    { "policy", 'p', 0, G_OPTION_ARG_FILENAME, &options->policy_path, "Policy file to go by", "FILE" },
    { "state-dir", 's', 0, G_OPTION_ARG_FILENAME, &options->state_dir, "Folder for history and outbox",
      "DIR" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- checks and reports mail for the mail client");
  g_option_context_add_main_entries (context, entries, NULL);
  g_autoptr (GError) error = NULL;
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_printerr ("sekisho-agent: %s\n", error->message);
  else if (argc > 1)
    g_printerr ("sekisho-agent: “%s” is one argument too many, see sekisho-agent --help\n", argv[1]);
  return error == NULL && argc == 1;
}

static int
run (Program *program, const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  if (bus == NULL)
    {
      g_printerr ("sekisho-agent: no session bus: %s\n", error->message);
      return EXIT_FAILURE;
    }
  g_dbus_connection_set_exit_on_close (bus, FALSE);
  g_autofree char *store_path =
      options->state_dir != NULL ? g_build_filename (options->state_dir, "sekisho.db", NULL) : NULL;
  g_autoptr (SekService) service = sek_service_new (bus, options->policy_path, store_path, &error);
  if (service == NULL)
    {
      g_printerr ("sekisho-agent: the service can't be put on the bus: %s\n", error->message);
      return EXIT_FAILURE;
    }
  program->service = service;
  guint sources[] = { g_unix_signal_add (SIGTERM, on_end, program),
                      g_unix_signal_add (SIGINT, on_end, program),
                      g_unix_signal_add (SIGHUP, on_hang_up, program) };
  guint name = g_bus_own_name_on_connection (bus, SEK_SERVICE_NAME, G_BUS_NAME_OWNER_FLAGS_DO_NOT_QUEUE, NULL,
                                             on_name_lost, program, NULL);
  g_main_loop_run (program->loop);
  g_bus_unown_name (name);
  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    g_source_remove (sources[i]);
  g_clear_pointer (&service, sek_service_free);
  g_dbus_connection_flush_sync (bus, NULL, NULL);
  return program->status;
}

/* The slices of GLib 2.74 keep for good what a large call has once taken (agent/service/resting.h). It reads
 * this before main begins, so the program starts itself again; where that is not possible it goes on as it
 * is. */
static void
use_malloc (char **argv)
{
  static const char name[] = "G_SLICE";
  if (g_getenv (name) != NULL || !g_setenv (name, "always-malloc", FALSE))
    return;
  /* By its own name, which is the one that is shown of a process. */
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  if (program != NULL)
    execv (program, argv);
}

int
main (int argc, char **argv)
{
  use_malloc (argv);
  /* Threads share their memory, so that what one gives back another can use. */
  mallopt (M_ARENA_MAX, 1);
  setlocale (LC_ALL, "");
  sek_wording_init ();
  umask (0077);
  /* A server that hangs up is an error of that connection, not the end of the program. */
  signal (SIGPIPE, SIG_IGN);
  /* A limit on the size of files makes a write fail, as a full disk does, and not the agent. */
  signal (SIGXFSZ, SIG_IGN);
  Options options = { 0 };
  Program program = { .loop = g_main_loop_new (NULL, FALSE), .status = EXIT_FAILURE };
  if (parse_options (argc, argv, &options))
    program.status = EXIT_SUCCESS;
  if (program.status == EXIT_SUCCESS && options.version)
    g_print ("sekisho-agent %s\n", SEK_VERSION);
  else if (program.status == EXIT_SUCCESS)
    program.status = run (&program, &options);
  g_main_loop_unref (program.loop);
  g_free (options.policy_path);
  g_free (options.state_dir);
  return program.status;
}
