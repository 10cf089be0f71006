/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The seeds that need our own code or libarchive to be made:  write-seeds FOLDER
 * Archives of several formats into FOLDER/archive, the facts of the mails in FOLDER/message into
 * FOLDER/facts, and what is said of them into FOLDER/verdict. */
#include <archive.h>
#include <archive_entry.h>
#include <string.h>

#include "agent/engine/engine.h"
#include "agent/scanner/scanner.h"

static const char pdf[] =
    "%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n";

static const struct
{
  const char *name;
  int (*set_format) (struct archive *archive);
  int (*add_filter) (struct archive *archive);
  const char *options;
} kinds[] = {
  { "plain.zip", archive_write_set_format_zip, NULL, NULL },
  { "stored.zip", archive_write_set_format_zip, NULL, "compression=store" },
  { "zip64.zip", archive_write_set_format_zip, NULL, "zip64" },
  { "crypto.zip", archive_write_set_format_zip, NULL, "encryption=traditional" },
  { "aes.zip", archive_write_set_format_zip, NULL, "encryption=aes256" },
  { "lzma.7z", archive_write_set_format_7zip, NULL, "compression=lzma1" },
  { "copy.7z", archive_write_set_format_7zip, NULL, "compression=store" },
  { "joliet.iso", archive_write_set_format_iso9660, NULL, NULL },
  { "plain.tar", archive_write_set_format_pax_restricted, NULL, NULL },
  { "tar.gz", archive_write_set_format_gnutar, archive_write_add_filter_gzip, NULL },
  { "tar.xz", archive_write_set_format_gnutar, archive_write_add_filter_xz, NULL },
  { "tar.bz2", archive_write_set_format_gnutar, archive_write_add_filter_bzip2, NULL },
  { "file.gz", archive_write_set_format_raw, archive_write_add_filter_gzip, NULL },
};

static void
add_file (struct archive *archive, const char *name, const char *content, gsize length)
{
  struct archive_entry *entry = archive_entry_new ();
  archive_entry_set_pathname_utf8 (entry, name);
  archive_entry_set_size (entry, (gint64) length);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0644);
  archive_entry_set_mtime (entry, 1793000000, 0);
  g_assert_cmpint (archive_write_header (archive, entry), >=, ARCHIVE_WARN);
  g_assert_cmpint (archive_write_data (archive, content, length), ==, (gssize) length);
  archive_entry_free (entry);
}

static void
write_archive (const char *folder, gsize kind)
{
  static char buffer[1 << 20];
  gsize used = 0;
  struct archive *archive = archive_write_new ();
  g_assert_cmpint (kinds[kind].set_format (archive), ==, ARCHIVE_OK);
  if (kinds[kind].add_filter != NULL)
    g_assert_cmpint (kinds[kind].add_filter (archive), ==, ARCHIVE_OK);
  if (kinds[kind].options != NULL)
    g_assert_cmpint (archive_write_set_options (archive, kinds[kind].options), ==, ARCHIVE_OK);
  archive_write_set_passphrase (archive, "kaede2026");
  archive_write_set_bytes_per_block (archive, 0);
  g_assert_cmpint (archive_write_open_memory (archive, buffer, sizeof buffer, &used), ==, ARCHIVE_OK);
  add_file (archive, "quote.pdf", pdf, sizeof pdf - 1);
  if (archive_format (archive) != ARCHIVE_FORMAT_RAW)
    add_file (archive, "run.js", "WScript.Echo('nothing');\r\n", 26);
  g_assert_cmpint (archive_write_close (archive), ==, ARCHIVE_OK);
  archive_write_free (archive);
  g_autofree char *path = g_build_filename (folder, "archive", kinds[kind].name, NULL);
  g_autoptr (GError) error = NULL;
  g_file_set_contents (path, buffer, (gssize) used, &error);
  g_assert_no_error (error);
}

static void
write_variant (const char *folder, const char *target, const char *name, GVariant *floating)
{
  g_autofree char *to = g_build_filename (folder, target, name, NULL);
  g_autoptr (GVariant) variant = g_variant_ref_sink (floating);
  g_autoptr (GError) error = NULL;
  g_file_set_contents (to, g_variant_get_data (variant), (gssize) g_variant_get_size (variant), &error);
  g_assert_no_error (error);
}

static void
write_facts (const char *folder, const char *name)
{
  g_autofree char *from = g_build_filename (folder, "message", name, NULL);
  g_autofree char *bytes = NULL;
  gsize length = 0;
  g_autoptr (GError) error = NULL;
  g_file_get_contents (from, &bytes, &length, &error);
  g_assert_no_error (error);
  g_autoptr (SekFacts) facts = sek_scan_bytes (bytes, length, (gint64) length, NULL, NULL, NULL);
  write_variant (folder, "facts", name, sek_facts_to_variant (facts));
  g_autoptr (SekPolicy) policy = sek_policy_new ();
  const SekEngineInput input = { .facts = facts, .policy = policy };
  g_autoptr (SekVerdict) verdict = sek_engine_judge (&input);
  write_variant (folder, "verdict", name, sek_verdict_to_variant (verdict));
}

int
main (int argc, char **argv)
{
  g_assert_cmpint (argc, ==, 2);
  g_autoptr (GPtrArray) warm = sek_scan_warm_up ();
  g_assert_nonnull (warm);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    write_archive (argv[1], i);
  g_autofree char *mails = g_build_filename (argv[1], "message", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (mails, 0, &error);
  g_assert_no_error (error);
  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    write_facts (argv[1], name);
  return 0;
}
