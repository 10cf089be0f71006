/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/engine/file-kinds.h"

static void
test_names (void)
{
  static const struct
  {
    const char *name;
    SekFileKind kind;
  } names[] = {
    { "setup.exe", SEK_FILE_PROGRAM },
    { "見積書.pdf.ＥＸＥ", SEK_FILE_PROGRAM },
    { "invoice.pdf.scr . .", SEK_FILE_PROGRAM },
    { "請求書.vbs", SEK_FILE_SCRIPT },
    { "a.j\u200bs", SEK_FILE_SCRIPT },
    { "folder/資料.lnk", SEK_FILE_SHORTCUT },
    { "scan.iso", SEK_FILE_DISK_IMAGE },
    { "売上.xlsm", SEK_FILE_MACRO_DOCUMENT },
    { "売上.xls", SEK_FILE_DOCUMENT },
    { "photo.JPG", SEK_FILE_MEDIA },
    { "form.html", SEK_FILE_PAGE },
    { "20221103.zip", SEK_FILE_ARCHIVE },
    { "exe", SEK_FILE_UNKNOWN },
    { "folder.exe/readme", SEK_FILE_UNKNOWN },
    { "a.exe scr", SEK_FILE_UNKNOWN },
    { "a. exe", SEK_FILE_UNKNOWN },
    { "", SEK_FILE_UNKNOWN },
    { NULL, SEK_FILE_UNKNOWN },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_test_message ("%s", names[i].name);
      g_assert_cmpint (sek_file_kind (NULL, names[i].name), ==, names[i].kind);
    }
}

static void
test_policy (void)
{
  g_autoptr (SekPolicy) policy = sek_policy_new ();
  policy->files[SEK_FILE_PROGRAM] = g_strsplit ("+tool;-com;sjis", ";", -1);
  policy->files[SEK_FILE_DOCUMENT] = g_strsplit ("+xlsm", ";", -1);
  g_assert_cmpint (sek_file_kind (policy, "a.tool"), ==, SEK_FILE_PROGRAM);
  g_assert_cmpint (sek_file_kind (policy, "a.sjis"), ==, SEK_FILE_PROGRAM);
  g_assert_cmpint (sek_file_kind (policy, "kaede.com"), ==, SEK_FILE_UNKNOWN);
  g_assert_cmpint (sek_file_kind (policy, "a.exe"), ==, SEK_FILE_PROGRAM);
  g_assert_cmpint (sek_file_kind (policy, "a.xlsm"), ==, SEK_FILE_DOCUMENT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/file-kinds/names", test_names);
  g_test_add_func ("/engine/file-kinds/policy", test_policy);
  return g_test_run ();
}
