/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Archives opened by the real scanner behind its seal: what is inside, at any depth, and from behind a lock.
 */
#include "tests/agent/scanner/pack.h"
#include "tests/agent/scanner/support.h"

#include <locale.h>
#include <string.h>

#include "agent/core/limits.h"
#include "agent/core/trait-codes.h"

static const char program[] = "MZ\220\000 this is a program";

static SekFacts *
scan (SekScanner *scanner, const char *name, const GByteArray *archive)
{
  g_autoptr (GString) mail = test_mail_with_attachment (name, archive->data, archive->len);
  return test_scan (scanner, mail->str, mail->len);
}

/* A mail whose text says the password. */
static SekFacts *
scan_with_password (SekScanner *scanner, const char *name, const GByteArray *archive, const char *text)
{
  g_autoptr (GString) mail = test_mail_with_attachment (name, archive->data, archive->len);
  const char *old = "See attachment.";
  g_string_replace (mail, old, text, 1);
  return test_scan (scanner, mail->str, mail->len);
}

/* The entry of this index; fails the test when there is none. */
static const SekArchiveEntry *
entry_at (const SekFacts *facts, guint index)
{
  const SekAttachment *attachment = test_attachment (facts, 0);
  g_assert_cmpuint (index, <, attachment->entries->len);
  return attachment->entries->pdata[index];
}

static void
assert_program (const SekFacts *facts, guint index, const char *name)
{
  const SekArchiveEntry *entry = entry_at (facts, index);
  g_assert_cmpstr (entry->name, ==, name);
  g_assert_cmpstr (entry->problem, ==, NULL);
  g_assert_true (entry->opened);
  g_assert_cmpstr (entry->format, ==, "exe");
  g_assert_nonnull (sek_traits_find (entry->traits, SEK_TRAIT_PROGRAM));
}

static const struct
{
  const char *name;
  PackAs as;
} formats[] = {
  { "a.zip", { .set_format = archive_write_set_format_zip } },
  { "a.7z", { .set_format = archive_write_set_format_7zip } },
  { "a.7z", { .set_format = archive_write_set_format_7zip, .options = "7zip:compression=lzma2" } },
  { "a.7z", { .set_format = archive_write_set_format_7zip, .options = "7zip:compression=ppmd" } },
  { "a.iso", { .set_format = archive_write_set_format_iso9660 } },
  { "a.tar", { .set_format = archive_write_set_format_pax_restricted } },
  { "a.tgz", { .set_format = archive_write_set_format_ustar, .add_filter = archive_write_add_filter_gzip } },
  { "a.tbz", { .set_format = archive_write_set_format_ustar, .add_filter = archive_write_add_filter_bzip2 } },
  { "a.txz", { .set_format = archive_write_set_format_ustar, .add_filter = archive_write_add_filter_xz } },
  { "a.tzst", { .set_format = archive_write_set_format_ustar, .add_filter = archive_write_add_filter_zstd } },
  { "a.tar.lz",
    { .set_format = archive_write_set_format_ustar, .add_filter = archive_write_add_filter_lzip } },
  { "a.tar.lz4",
    { .set_format = archive_write_set_format_ustar, .add_filter = archive_write_add_filter_lz4 } },
  { "a.tar.Z",
    { .set_format = archive_write_set_format_ustar, .add_filter = archive_write_add_filter_compress } },
};

static void
test_formats (void)
{
  g_autoptr (SekScanner) scanner = sek_scanner_new (NULL);
  const PackFile files[] = { { "請求書.exe", program, sizeof program, 0 }, { "b.txt", "hello", 5, 0 } };
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_test_message ("%s", formats[i].name);
      g_autoptr (GByteArray) packed = pack (&formats[i].as, files, G_N_ELEMENTS (files));
      g_autoptr (SekFacts) facts = scan (scanner, formats[i].name, packed);
      const SekAttachment *attachment = test_attachment (facts, 0);
      g_assert_true (attachment->is_archive);
      g_assert_cmpstr (attachment->problem, ==, NULL);
      g_assert_cmpint (attachment->entry_count, ==, 2);
      gboolean first = g_str_equal (entry_at (facts, 0)->name, "請求書.exe");
      assert_program (facts, first ? 0 : 1, "請求書.exe");
      const SekArchiveEntry *text = entry_at (facts, first ? 1 : 0);
      g_assert_true (text->opened);
      g_assert_cmpint (text->size, ==, 5);
      g_assert_cmpuint (text->traits->len, ==, 0);
    }
}

static void
test_single (void)
{
  g_autoptr (SekScanner) scanner = sek_scanner_new (NULL);
  const PackAs as = { .set_format = archive_write_set_format_raw,
                      .add_filter = archive_write_add_filter_gzip };
  const PackFile file = { "x", program, sizeof program, 0 };
  g_autoptr (GByteArray) packed = pack (&as, &file, 1);
  g_autoptr (SekFacts) facts = scan (scanner, "invoice.pdf.gz", packed);
  assert_program (facts, 0, "invoice.pdf");
  g_assert_cmpint (entry_at (facts, 0)->size, ==, sizeof program);
}

static void
test_nested (void)
{
  g_autoptr (SekScanner) scanner = sek_scanner_new (NULL);
  const PackAs seven = { .set_format = archive_write_set_format_7zip };
  const PackAs zip = { .set_format = archive_write_set_format_zip };
  const PackFile inner[] = { { "a.txt", "hello", 5, 0 }, { "請求書.exe", program, sizeof program, 0 } };
  g_autoptr (GByteArray) packed = pack (&seven, inner, 2);
  const PackFile outer[] = { { "b.txt", "hello", 5, 0 }, { "inner.7z", packed->data, packed->len, 0 } };
  g_autoptr (GByteArray) whole = pack (&zip, outer, 2);
  g_autoptr (SekFacts) facts = scan (scanner, "a.zip", whole);
  g_assert_cmpint (test_attachment (facts, 0)->entry_count, ==, 4);
  g_assert_cmpstr (entry_at (facts, 1)->name, ==, "inner.7z");
  g_assert_cmpstr (entry_at (facts, 1)->format, ==, "7z");
  g_assert_cmpint (entry_at (facts, 1)->parent, ==, -1);
  g_assert_cmpint (entry_at (facts, 2)->parent, ==, 1);
  assert_program (facts, 3, "請求書.exe");
  g_assert_cmpint (entry_at (facts, 3)->parent, ==, 1);
}

static void
test_too_deep (void)
{
  g_autoptr (SekScanner) scanner = sek_scanner_new (NULL);
  GByteArray *zip = g_byte_array_append (g_byte_array_new (), (const guint8 *) program, sizeof program);
  zip = pack_into_zip (zip, "a.exe");
  for (guint i = 0; i < SEK_ARCHIVE_DEPTH_MAX; i++)
    zip = pack_into_zip (zip, "inner.zip");
  g_autoptr (GByteArray) deep = zip;
  g_autoptr (SekFacts) facts = scan (scanner, "a.zip", deep);
  g_assert_cmpint (test_attachment (facts, 0)->entry_count, ==, SEK_ARCHIVE_DEPTH_MAX);
  for (guint i = 0; i + 1 < SEK_ARCHIVE_DEPTH_MAX; i++)
    g_assert_cmpstr (entry_at (facts, i)->problem, ==, NULL);
  g_assert_cmpstr (entry_at (facts, SEK_ARCHIVE_DEPTH_MAX - 1)->problem, ==, "nested-too-deep");
}

/* The name is CP932 in the header and UTF-8 in the extra field 0x7075 (APPNOTE §4.6.9), and the two differ.
 */
static void
test_unicode_path (void)
{
  g_autoptr (SekScanner) scanner = sek_scanner_new (NULL);
  static const char zip[] =
      "UEsDBBQAAAAAAAAAalsB6oGnCAAAAAgAAAAGABMAkL8uZXhldXAPAAHKn/zq6KuL5rGCLmV4ZU1aIGhlbGxvUEsBAh"
      "QAFAAAAAAAAABqWwHqgacIAAAACAAAAAYAEwAAAAAAAAAAAAAAAAAAAJC/LmV4ZXVwDwAByp/86uiri+axgi5leGVQ"
      "SwUGAAAAAAEAAQBHAAAAPwAAAAAA";
  gsize length;
  guchar *bytes = g_base64_decode (zip, &length);
  g_autoptr (GByteArray) packed = g_byte_array_new_take (bytes, length);
  g_autoptr (SekFacts) facts = scan (scanner, "a.zip", packed);
  assert_program (facts, 0, "請求.exe");
}

/* Windows shows the other file system of such an image, which may hold other files. */
static void
test_udf_bridge (void)
{
  enum
  {
    SECTOR = 2048,
  };
  g_autoptr (SekScanner) scanner = sek_scanner_new (NULL);
  const PackAs as = { .set_format = archive_write_set_format_iso9660 };
  const PackFile file = { "readme.txt", "hello", 5, 0 };
  g_autoptr (GByteArray) iso = pack (&as, &file, 1);
  static const guint8 empty[SECTOR];
  guint8 *sector = iso->data + 17 * SECTOR;
  while (memcmp (sector, empty, SECTOR) != 0)
    sector += SECTOR;
  memcpy (sector + 1, "NSR02", 5);
  g_autoptr (SekFacts) facts = scan (scanner, "a.iso", iso);
  g_assert_cmpstr (test_attachment (facts, 0)->problem, ==, "archive-unsupported");
  g_assert_cmpstr (entry_at (facts, 0)->name, ==, "readme.txt");
}

static const char *const locks[] = { "zip:encryption=zipcrypt", "zip:encryption=aes128",
                                     "zip:encryption=aes256" };

static void
test_unlocked (void)
{
  g_autoptr (SekScanner) scanner = sek_scanner_new (NULL);
  const PackFile files[] = { { "資料.exe", program, sizeof program, 0 }, { "b.txt", "hello", 5, 0 } };
  for (gsize i = 0; i < G_N_ELEMENTS (locks); i++)
    {
      const PackAs as = { .set_format = archive_write_set_format_zip,
                          .options = locks[i],
                          .password = "Kaede2026!" };
      g_autoptr (GByteArray) packed = pack (&as, files, 2);
      g_autoptr (SekFacts) facts =
          scan_with_password (scanner, "20261123.zip", packed, "Password: Kaede2026!\n");
      const SekAttachment *attachment = test_attachment (facts, 0);
      g_test_message ("%s", locks[i]);
      g_assert_true (attachment->encrypted && attachment->unlocked);
      g_assert_cmpstr (attachment->password, ==, "Kaede2026!");
      g_assert_cmpstr (attachment->password_source, ==, "body");
      g_assert_cmpstr (attachment->problem, ==, NULL);
      g_assert_true (entry_at (facts, 0)->encrypted);
      assert_program (facts, 0, "資料.exe");
      g_assert_true (entry_at (facts, 1)->opened);
    }
}

static void
test_wrong_password (void)
{
  g_autoptr (SekScanner) scanner = sek_scanner_new (NULL);
  const PackFile file = { "a.exe", program, sizeof program, 0 };
  for (gsize i = 0; i < G_N_ELEMENTS (locks); i++)
    {
      const PackAs as = { .set_format = archive_write_set_format_zip,
                          .options = locks[i],
                          .password = "Kaede2026!" };
      g_autoptr (GByteArray) packed = pack (&as, &file, 1);
      g_autoptr (SekFacts) facts = scan_with_password (scanner, "a.zip", packed, "Password: Momiji99\n");
      const SekAttachment *attachment = test_attachment (facts, 0);
      g_assert_true (attachment->encrypted);
      g_assert_false (attachment->unlocked);
      g_assert_cmpstr (attachment->password, ==, NULL);
      g_assert_false (entry_at (facts, 0)->opened);
      g_assert_cmpstr (entry_at (facts, 0)->format, ==, "");
    }
}

int
main (int argc, char **argv)
{
  /* Names are written in the character set of the locale. */
  setlocale (LC_CTYPE, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scanner/unpack/formats", test_formats);
  g_test_add_func ("/scanner/unpack/single", test_single);
  g_test_add_func ("/scanner/unpack/nested", test_nested);
  g_test_add_func ("/scanner/unpack/too-deep", test_too_deep);
  g_test_add_func ("/scanner/unpack/unicode-path", test_unicode_path);
  g_test_add_func ("/scanner/unpack/udf-bridge", test_udf_bridge);
  g_test_add_func ("/scanner/unpack/unlocked", test_unlocked);
  g_test_add_func ("/scanner/unpack/wrong-password", test_wrong_password);
  return g_test_run ();
}
