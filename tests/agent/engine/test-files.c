/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/engine/files.h"

static SekFacts *
nested (void)
{
  SekFacts *facts = sek_facts_new ();
  SekAttachment *attachment = sek_attachment_new ();
  attachment->name = g_strdup ("20221103.zip");
  attachment->where = g_strdup ("Fwd: 請求");
  attachment->is_archive = TRUE;
  g_ptr_array_add (attachment->entries, sek_archive_entry_new ("inner.zip", 10, TRUE));
  SekArchiveEntry *inside = sek_archive_entry_new ("請求書.xls", 20, FALSE);
  inside->parent = 0;
  g_ptr_array_add (attachment->entries, inside);
  g_ptr_array_add (attachment->entries, sek_archive_entry_new ("readme.txt", 3, FALSE));
  g_ptr_array_add (facts->attachments, attachment);
  return facts;
}

static void
test_paths (void)
{
  g_autoptr (SekFacts) facts = nested ();
  g_autoptr (GArray) files = sek_files_of (facts);
  g_assert_cmpuint (files->len, ==, 4);
  static const struct
  {
    const char *path;
    gboolean behind_lock;
  } expected[] = { { "Fwd: 請求 › 20221103.zip", FALSE },
                   { "Fwd: 請求 › 20221103.zip › inner.zip", TRUE },
                   { "Fwd: 請求 › 20221103.zip › inner.zip › 請求書.xls", TRUE },
                   { "Fwd: 請求 › 20221103.zip › readme.txt", FALSE } };
  for (guint i = 0; i < files->len; i++)
    {
      const SekFile *file = &g_array_index (files, SekFile, i);
      g_autofree char *path = sek_file_path (file);
      g_assert_cmpstr (path, ==, expected[i].path);
      g_assert_cmpint (file->behind_lock, ==, expected[i].behind_lock);
    }
}

static void
test_extensions (void)
{
  static const char *const programs[] = { "exe", "scr", NULL };
  g_assert_true (sek_name_has_extension ("a.exe", programs));
  g_assert_true (sek_name_has_extension ("請求書.pdf.ＥＸＥ", programs));
  g_assert_true (sek_name_has_extension ("a.scr. . ", programs));
  g_assert_true (sek_name_has_extension ("a.e\u200bxe", programs));
  g_assert_false (sek_name_has_extension ("exe", programs));
  g_assert_false (sek_name_has_extension ("a.exe.txt", programs));
  g_assert_false (sek_name_has_extension (NULL, programs));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/files/paths", test_paths);
  g_test_add_func ("/engine/files/extensions", test_extensions);
  return g_test_run ();
}
