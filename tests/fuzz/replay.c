/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feeds a fuzz target files: every one of the folders named, one TAP case each. What a case must not do is
 * end the program. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

static gint
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
list_folder (GPtrArray *paths, const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  if (dir == NULL)
    g_error ("%s", error->message);
  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  for (int i = 1; i < argc; i++)
    if (g_file_test (argv[i], G_FILE_TEST_IS_DIR))
      list_folder (paths, argv[i]);
  g_ptr_array_sort (paths, compare);
  LLVMFuzzerInitialize (&argc, &argv);
  /* Flushed line by line: the last one names the file that ended the program. */
  g_print ("1..%u\n", paths->len);
  for (guint i = 0; i < paths->len; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *bytes = NULL;
      gsize length = 0;
      g_print ("# %s\n", (const char *) paths->pdata[i]);
      if (!g_file_get_contents (paths->pdata[i], &bytes, &length, &error))
        g_error ("%s", error->message);
      /* A copy of the exact size: the one of GLib has a NUL behind it that would hide a read too far. */
      g_autofree guint8 *exact = g_memdup2 (bytes, length);
      LLVMFuzzerTestOneInput (exact, length);
      g_autofree char *name = g_path_get_basename (paths->pdata[i]);
      g_print ("ok %u %s\n", i + 1, name);
    }
  return 0;
}
