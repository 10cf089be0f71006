/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "agent/store/store-private.h"

/* Broken files of one day that are kept apart. */
#define NAMES_MAX 100

/* "sekisho.db.2026-11-23", or with "-2" and so on behind it. NULL when all are taken. Newly allocated. */
static char *
free_name (const char *path)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");
  for (int i = 1; i <= NAMES_MAX; i++)
    {
      g_autofree char *name =
          i == 1 ? g_strdup_printf ("%s.%s", path, day) : g_strdup_printf ("%s.%s-%d", path, day, i);
      if (!g_file_test (name, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&name);
    }
  return NULL;
}

/* The log belongs to the file: alone with a new one it would damage that, too. */
static gboolean
move (const char *path, const char *name, GError **error)
{
  static const char *const suffixes[] = { "-wal", "-shm", "-journal", "" };
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *from = g_strconcat (path, suffixes[i], NULL);
      g_autofree char *to = g_strconcat (name, suffixes[i], NULL);
      if (g_rename (from, to) == 0 || errno == ENOENT)
        continue;
      /* Translators: two file names and the reason. */
      g_set_error (error, SEK_STORE_ERROR, SEK_STORE_ERROR_OPEN, _ ("Could not move “%s” to “%s”: %s"), from,
                   to, g_strerror (errno));
      return FALSE;
    }
  return TRUE;
}

SekStore *
sek_store_open_or_rebuild (const char *path, char **set_aside, GError **error)
{
  g_autoptr (GError) reason = NULL;
  *set_aside = NULL;
  SekStore *store = sek_store_open (path, TRUE, &reason);
  if (store != NULL)
    return store;
  g_autofree char *name = free_name (path);
  if (!g_error_matches (reason, SEK_STORE_ERROR, SEK_STORE_ERROR_BROKEN) || name == NULL ||
      !g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }
  if (!move (path, name, error))
    return NULL;
  store = sek_store_open (path, TRUE, error);
  /* Translators: a sentence that says why, then the name of the file that was kept. */
  *set_aside =
      g_strdup_printf (_ ("%s. It is kept as “%s”, and a new one was begun."), reason->message, name);
  return store;
}
