/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/setup/setup.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agent/core/limits.h"
#include "agent/setup/plugin-list.h"

G_DEFINE_QUARK (sek - setup - error - quark, sek_setup_error)

typedef struct
{
  const char *id; /* and the name of its program */
  const char *title;
  gsize module;         /* in SekSetupPlaces */
  const char *standard; /* where the module lies by default */
  const char *list;     /* the person's list of plugins under home; NULL: it loads what is installed */
} Kind;

static const Kind kinds[] = {
  { "claws-mail", "Claws Mail", G_STRUCT_OFFSET (SekSetupPlaces, claws_module), SEK_CLAWS_MODULE,
    ".claws-mail/clawsrc" },
  { "evolution", "Evolution", G_STRUCT_OFFSET (SekSetupPlaces, evolution_module), SEK_EVOLUTION_MODULE,
    NULL },
};

static const char *
module_of (const SekSetupPlaces *places, const Kind *kind)
{
  const char *named = places != NULL ? G_STRUCT_MEMBER (const char *, places, kind->module) : NULL;
  return named != NULL ? named : kind->standard;
}

static char *
list_of (const SekSetupPlaces *places, const Kind *kind)
{
  const char *home = places != NULL && places->home != NULL ? places->home : g_get_home_dir ();
  return g_build_filename (home, kind->list, NULL);
}

static gboolean
is_installed (const SekSetupPlaces *places, const Kind *kind)
{
  if (places == NULL || places->path == NULL)
    {
      g_autofree char *program = g_find_program_in_path (kind->id);
      return program != NULL;
    }
  g_auto (GStrv) folders = g_strsplit (places->path, G_SEARCHPATH_SEPARATOR_S, -1);
  for (gsize i = 0; folders[i] != NULL; i++)
    {
      g_autofree char *program = g_build_filename (folders[i], kind->id, NULL);
      if (g_file_test (program, G_FILE_TEST_IS_EXECUTABLE))
        return TRUE;
    }
  return FALSE;
}

/* Claws Mail's socket would tell less: it is made only once the accounts are read. */
static gboolean
is_running (const SekSetupPlaces *places, const Kind *kind)
{
  const char *processes = places != NULL && places->processes != NULL ? places->processes : "/proc";
  g_autoptr (GDir) dir = g_dir_open (processes, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (processes, name, "comm", NULL);
      g_autofree char *program = NULL;
      GStatBuf info;
      if (g_ascii_isdigit (*name) && g_stat (path, &info) == 0 && info.st_uid == getuid () &&
          g_file_get_contents (path, &program, NULL, NULL) && g_str_equal (g_strchomp (program), kind->id))
        return TRUE;
    }
  return FALSE;
}

/* Bounded; NULL with error. */
static char *
read_list (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) reason = NULL;
  gsize length = 0;
  GStatBuf info;
  if (g_stat (path, &info) == 0 && (!S_ISREG (info.st_mode) || info.st_size > SEK_SETUP_FILE_BYTES_MAX))
    g_set_error (&reason, SEK_SETUP_ERROR, SEK_SETUP_ERROR_FILE, "%s", g_strerror (EFBIG));
  else if (g_file_get_contents (path, &text, &length, &reason) && strlen (text) != length)
    g_set_error (&reason, SEK_SETUP_ERROR, SEK_SETUP_ERROR_FILE, "%s", g_strerror (EILSEQ));
  if (reason == NULL)
    return g_steal_pointer (&text);
  /* Translators: %s is the path of a file, then why. */
  g_set_error (error, SEK_SETUP_ERROR, SEK_SETUP_ERROR_FILE, _ ("The list of plugins %s can't be read: %s"),
               path, reason->message);
  return NULL;
}

static SekSetupClient *
look_at (const SekSetupPlaces *places, const Kind *kind)
{
  SekSetupClient *client = g_new0 (SekSetupClient, 1);
  const char *module = module_of (places, kind);
  client->id = kind->id;
  client->title = kind->title;
  client->installed = is_installed (places, kind);
  client->has_plugin = g_file_test (module, G_FILE_TEST_IS_REGULAR);
  client->by_person = kind->list != NULL;
  client->running = is_running (places, kind);
  client->enabled = client->has_plugin;
  if (kind->list != NULL)
    {
      g_autofree char *path = list_of (places, kind);
      g_autofree char *text = read_list (path, NULL);
      client->never_begun = !g_file_test (path, G_FILE_TEST_EXISTS);
      client->enabled = client->has_plugin && text != NULL && sek_plugin_list_has (text, module);
    }
  return client;
}

GPtrArray *
sek_setup_clients (const SekSetupPlaces *places)
{
  GPtrArray *clients = g_ptr_array_new_with_free_func (g_free);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_ptr_array_add (clients, look_at (places, &kinds[i]));
  return clients;
}

static const Kind *
find_kind (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].id, id))
      return &kinds[i];
  return NULL;
}

/* NULL with error, or the kind that can be changed now. */
static const Kind *
may_change (const SekSetupPlaces *places, const char *id, gboolean enable, GError **error)
{
  const Kind *kind = find_kind (id);
  if (kind == NULL)
    {
      g_set_error_literal (error, SEK_SETUP_ERROR, SEK_SETUP_ERROR_UNKNOWN,
                           _ ("Sekisho has no plugin for this mail client"));
      return NULL;
    }
  g_autofree SekSetupClient *client = look_at (places, kind);
  /* Translators: %s is the name of a mail client, in each of the following sentences. */
  static const char *const sentences[] = {
    [SEK_SETUP_ERROR_UNKNOWN] = N_ ("Sekisho's plugin for %s is not installed"),
    [SEK_SETUP_ERROR_EVERYBODY] = N_ ("%s loads Sekisho by itself when it is installed"),
    [SEK_SETUP_ERROR_RUNNING] = N_ ("Close %s first: it writes its settings when it ends"),
    [SEK_SETUP_ERROR_NEW] = N_ ("Start %s once and set up your mail first"),
  };
  int fault = -1;
  if (enable && !(client->installed && client->has_plugin))
    fault = SEK_SETUP_ERROR_UNKNOWN;
  else if (!client->by_person)
    fault = SEK_SETUP_ERROR_EVERYBODY;
  else if (client->running)
    fault = SEK_SETUP_ERROR_RUNNING;
  else if (client->never_begun)
    fault = SEK_SETUP_ERROR_NEW;
  if (fault < 0)
    return kind;
  g_auto (GStrv) parts = g_strsplit (_ (sentences[fault]), "%s", -1);
  g_autofree char *sentence = g_strjoinv (client->title, parts);
  g_set_error_literal (error, SEK_SETUP_ERROR, fault, sentence);
  return NULL;
}

/* The file may be a link into a folder that is synchronised; that is not broken up. */
static gboolean
write_list (const char *path, const char *text, GError **error)
{
  g_autoptr (GError) reason = NULL;
  char *real = realpath (path, NULL);
  GStatBuf info;
  gboolean written =
      real != NULL && g_stat (real, &info) == 0 &&
      g_file_set_contents_full (real, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                info.st_mode & 0777, &reason);
  if (!written)
    /* Translators: %s is the path of a file, then why. */
    g_set_error (error, SEK_SETUP_ERROR, SEK_SETUP_ERROR_FILE,
                 _ ("The list of plugins %s can't be written: %s"), path,
                 reason != NULL ? reason->message : g_strerror (errno));
  free (real);
  return written;
}

gboolean
sek_setup_enable (const SekSetupPlaces *places, const char *id, gboolean enable, GError **error)
{
  const Kind *kind = may_change (places, id, enable, error);
  if (kind == NULL)
    return FALSE;
  g_autofree char *path = list_of (places, kind);
  g_autofree char *before = read_list (path, error);
  if (before == NULL)
    return FALSE;
  g_autofree char *after = sek_plugin_list_set (before, module_of (places, kind), enable);
  return g_str_equal (before, after) || write_list (path, after, error);
}
