/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/archive.h"
#include "agent/scanner/magic.h"
#include "agent/scanner/scanner.h"
#include "agent/scanner/passwords.h"
#include "tests/agent/scanner/pack.h"
#include "tests/agent/scanner/support.h"
#include "tests/agent/scanner/zip.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

#include "agent/core/limits.h"

/* What sek_archive_read makes of a file of this name. Owned by the caller. */
static SekAttachment *
read_archive (const char *name, gconstpointer bytes, gsize length)
{
  SekAttachment *attachment = sek_attachment_new ();
  SekArchiveBudget budget;
  sek_archive_budget_start (&budget, NULL);
  attachment->name = g_strdup (name);
  g_free (attachment->format);
  attachment->format = g_strdup (sek_magic_format (bytes, length));
  attachment->size = (gint64) length;
  g_autoptr (SekArchive) archive = sek_archive_read (attachment, bytes, length, &budget);
  sek_archive_open (archive);
  return attachment;
}

static SekAttachment *
read_zip (const ZipEntry *entries)
{
  g_autoptr (GByteArray) zip = zip_new (entries, NULL);
  return read_archive ("a.zip", zip->data, zip->len);
}

static void
test_zip (void)
{
  const ZipEntry entries[] = { { "a.txt", 0, ZIP_STORED, "hello" },
                               { "dir/", 0, ZIP_STORED, "" },
                               { "dir/b.exe", ZIP_DESCRIPTOR, ZIP_STORED, "hello!" },
                               { "\346\227\245.pdf", ZIP_UTF8, ZIP_STORED, "x" },
                               { NULL, 0, 0, NULL } };
  SekAttachment *zip = read_zip (entries);
  g_assert_true (zip->is_archive);
  g_assert_false (zip->encrypted);
  g_assert_false (zip->names_hidden);
  g_assert_cmpstr (zip->problem, ==, NULL);
  g_assert_cmpint (zip->entry_count, ==, 3);
  test_assert_entry (zip, 0, "a.txt", 5, FALSE);
  test_assert_entry (zip, 1, "dir/b.exe", 6, FALSE);
  test_assert_entry (zip, 2, "日.pdf", 1, FALSE);
  sek_attachment_free (zip);
}

static void
test_zip_locked (void)
{
  const ZipEntry crypto[] = { { "open.txt", 0, ZIP_STORED, "hello" },
                              { "locked.doc", ZIP_ENCRYPTED, ZIP_STORED, "hello" },
                              { "later.doc", ZIP_ENCRYPTED | ZIP_DESCRIPTOR, ZIP_STORED, "hello" },
                              { NULL, 0, 0, NULL } };
  SekAttachment *zip = read_zip (crypto);
  g_assert_true (zip->encrypted);
  g_assert_cmpstr (zip->problem, ==, NULL);
  test_assert_entry (zip, 0, "open.txt", 5, FALSE);
  test_assert_entry (zip, 1, "locked.doc", 5, TRUE);
  test_assert_entry (zip, 2, "later.doc", 5, TRUE);
  sek_attachment_free (zip);

  const ZipEntry aes[] = { { "locked.xlsm", ZIP_ENCRYPTED, ZIP_AES, "hello" }, { NULL, 0, 0, NULL } };
  zip = read_zip (aes);
  g_assert_true (zip->encrypted);
  g_assert_cmpstr (zip->problem, ==, NULL);
  test_assert_entry (zip, 0, "locked.xlsm", 5, TRUE);
  sek_attachment_free (zip);
}

static void
test_zip_names (void)
{
  /* Shift_JIS without the UTF-8 flag, as Windows writes it in Japan, and CP437. */
  const ZipEntry entries[] = { { "\220\277\213\201\217\221.xls", 0, ZIP_STORED, "x" },
                               { "\203\\\225\\.txt", 0, ZIP_STORED, "x" },
                               { "caf\202.txt", 0, ZIP_STORED, "x" },
                               { NULL, 0, 0, NULL } };
  SekAttachment *zip = read_zip (entries);
  test_assert_entry (zip, 0, "請求書.xls", 1, FALSE);
  test_assert_entry (zip, 1, "ソ表.txt", 1, FALSE);
  test_assert_entry (zip, 2, "café.txt", 1, FALSE);
  sek_attachment_free (zip);
}

static void
test_zip_empty (void)
{
  const ZipEntry none[] = { { NULL, 0, 0, NULL } };
  SekAttachment *zip = read_zip (none);
  g_assert_true (zip->is_archive);
  g_assert_cmpint (zip->entry_count, ==, 0);
  g_assert_cmpstr (zip->problem, ==, NULL);
  sek_attachment_free (zip);
}

/* Cut anywhere, it is damaged, never clean and never fatal. */
static void
test_zip_cut (void)
{
  const ZipEntry entries[] = { { "a.exe", ZIP_ENCRYPTED, ZIP_STORED, "hello" },
                               { "b.txt", 0, ZIP_STORED, "hello" },
                               { NULL, 0, 0, NULL } };
  gsize directory;
  g_autoptr (GByteArray) zip = zip_new (entries, &directory);
  for (gsize length = 4; length < zip->len; length++)
    {
      SekAttachment *cut = read_archive ("a.zip", zip->data, length);
      /* Cut within the name of a locked file, there is a lock and no name: that is what is said then. */
      g_assert_true (g_strcmp0 (cut->problem, "archive-damaged") == 0 || cut->names_hidden);
      if (length >= directory)
        {
          g_assert_cmpstr (cut->problem, ==, "archive-damaged");
          test_assert_entry (cut, 0, "a.exe", 5, TRUE);
          g_assert_true (cut->encrypted);
        }
      sek_attachment_free (cut);
    }
}

static void
test_documents (void)
{
  const ZipEntry word[] = { { "[Content_Types].xml", 0, ZIP_STORED, "<Types/>" },
                            { "_rels/.rels", 0, ZIP_STORED, "<R/>" },
                            { "word/document.xml", 0, ZIP_STORED, "<d/>" },
                            { NULL, 0, 0, NULL } };
  g_autoptr (GByteArray) bytes = zip_new (word, NULL);
  SekAttachment *document = read_archive ("a.docx", bytes->data, bytes->len);
  g_assert_cmpstr (document->format, ==, "ooxml");
  g_assert_false (document->is_archive);
  g_assert_cmpuint (document->entries->len, ==, 0);
  sek_attachment_free (document);
  /* The same under the name of a zip, or with a lock in it, does not pass for a document. */
  document = read_archive ("a.zip", bytes->data, bytes->len);
  g_assert_cmpstr (document->format, ==, "zip");
  g_assert_true (document->is_archive);
  sek_attachment_free (document);
  const ZipEntry forged[] = { { "[Content_Types].xml", 0, ZIP_STORED, "<Types/>" },
                              { "_rels/.rels", 0, ZIP_STORED, "<R/>" },
                              { "a.exe", ZIP_ENCRYPTED, ZIP_STORED, "MZ" },
                              { NULL, 0, 0, NULL } };
  g_autoptr (GByteArray) locked = zip_new (forged, NULL);
  document = read_archive ("a.docx", locked->data, locked->len);
  g_assert_true (document->is_archive && document->encrypted);
  sek_attachment_free (document);
}

static void
test_too_many_entries (void)
{
  g_autoptr (GByteArray) tar = g_byte_array_new ();
  struct archive *writer = archive_write_new ();
  gsize size = 4 * 1024 * 1024, used = 0;
  g_autofree char *buffer = g_malloc (size);
  archive_write_set_format_ustar (writer);
  archive_write_open_memory (writer, buffer, size, &used);
  for (guint i = 0; i < SEK_ARCHIVE_ENTRIES_MAX + 7; i++)
    {
      struct archive_entry *entry = archive_entry_new ();
      g_autofree char *name = g_strdup_printf ("f%u", i);
      archive_entry_set_pathname (entry, name);
      archive_entry_set_filetype (entry, AE_IFREG);
      archive_entry_set_size (entry, 0);
      g_assert_cmpint (archive_write_header (writer, entry), ==, ARCHIVE_OK);
      archive_entry_free (entry);
    }
  archive_write_free (writer);
  SekAttachment *attachment = read_archive ("a.tar", buffer, used);
  g_assert_cmpint (attachment->entry_count, ==, SEK_ARCHIVE_ENTRIES_MAX + 7);
  g_assert_cmpuint (attachment->entries->len, ==, SEK_ARCHIVE_ENTRIES_MAX);
  g_assert_cmpstr (attachment->problem, ==, "too-many-entries");
  sek_attachment_free (attachment);
}

/* One file of zeros in an archive. Owned by the caller. */
static GByteArray *
write_archive (int (*set_format) (struct archive *), int (*add_filter) (struct archive *), gsize content_size)
{
  const PackAs as = { set_format, add_filter, NULL, NULL };
  const PackFile file = { "inside.txt", "", 0, content_size };
  return pack (&as, &file, 1);
}

static void
test_other_formats (void)
{
  static const struct
  {
    const char *name, *format;
    int (*set_format) (struct archive *);
    int (*add_filter) (struct archive *);
  } cases[] = {
    { "a.tar", "tar", archive_write_set_format_ustar, NULL },
    { "a.tgz", "gzip", archive_write_set_format_ustar, archive_write_add_filter_gzip },
    { "a.tar.bz2", "bzip2", archive_write_set_format_ustar, archive_write_add_filter_bzip2 },
    { "a.txz", "xz", archive_write_set_format_ustar, archive_write_add_filter_xz },
    { "a.7z", "7z", archive_write_set_format_7zip, NULL },
    { "a.iso", "iso", archive_write_set_format_iso9660, NULL },
    { "a.zip", "zip", archive_write_set_format_zip, NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GByteArray) bytes = write_archive (cases[i].set_format, cases[i].add_filter, 1234);
      SekAttachment *attachment = read_archive (cases[i].name, bytes->data, bytes->len);
      g_test_message ("%s", cases[i].name);
      g_assert_cmpstr (attachment->format, ==, cases[i].format);
      g_assert_true (attachment->is_archive);
      g_assert_cmpstr (attachment->problem, ==, NULL);
      g_assert_cmpint (attachment->entry_count, ==, 1);
      test_assert_entry (attachment, 0, "inside.txt", 1234, FALSE);
      sek_attachment_free (attachment);
    }
}

static void
test_single_compressed (void)
{
  g_autoptr (GByteArray) bytes =
      write_archive (archive_write_set_format_raw, archive_write_add_filter_gzip, 500);
  SekAttachment *attachment = read_archive ("report.csv.gz", bytes->data, bytes->len);
  g_assert_cmpstr (attachment->problem, ==, NULL);
  g_assert_cmpint (attachment->entry_count, ==, 1);
  test_assert_entry (attachment, 0, "report.csv", 500, FALSE);
  sek_attachment_free (attachment);
}

/* A tar that unpacks to more than may be unpacked. */
static void
test_bomb (void)
{
  g_autoptr (GByteArray) bytes = write_archive (archive_write_set_format_ustar, archive_write_add_filter_gzip,
                                                SEK_UNPACKED_BYTES_MAX * 2);
  g_assert_cmpuint (bytes->len, <, 1024 * 1024);
  SekAttachment *attachment = read_archive ("a.tar.gz", bytes->data, bytes->len);
  g_assert_cmpstr (attachment->problem, ==, "too-large");
  test_assert_entry (attachment, 0, "inside.txt", SEK_UNPACKED_BYTES_MAX * 2, FALSE);
  sek_attachment_free (attachment);
}

/* 7-Zip 26 wrote these: one file "a.exe" of 6 bytes under a password. */
static const char seven_zip_locked[] =
    "N3q8ryccAARaGygKEAAAAAAAAABiAAAAAAAAANgEQb7OJA4ceZ1kJwAXJ5Y+DblZAQQGAAEJEAAHCwEAAiQG8QcB"
    "ElMPLd1RUZHbRVwfppjFWp8iGiEhAQABAAwKBgAICgEgMDo2AAAFARkBABENAGEALgBlAHgAZQAAABQKAQBqu53M"
    "IHvdARUGAQAggKSBAAA=";
static const char seven_zip_hidden[] =
    "N3q8ryccAAQjTh1SgAAAAAAAAAAuAAAAAAAAAKzjJRcItaL6EXWxap/aoDpl5yjkmc/VsEyCsi3NH9Hkk0GkeW7o"
    "ndlQMTYP5eNrN1j6sGnel+WUtOiScrsG5fbxEyzHqiDoRGWIvBQzp94MIdJ6JtuORWkqGmfqlPRVY1gXm1FAQVC+"
    "rfnussWBEG2zNYhvHbIG/tWzeCkDAzHddy2mCBcGEAEJcAAHCwEAASQG8QcBElMPnOZLEfjeJ02FDhPoEzuGvgxi"
    "CgFIzmXFAAA=";

static void
test_seven_zip_locked (void)
{
  gsize length;
  g_autofree guchar *locked = g_base64_decode (seven_zip_locked, &length);
  SekAttachment *attachment = read_archive ("a.7z", locked, length);
  g_assert_true (attachment->encrypted);
  g_assert_false (attachment->names_hidden);
  test_assert_entry (attachment, 0, "a.exe", 6, TRUE);
  sek_attachment_free (attachment);

  g_autofree guchar *hidden = g_base64_decode (seven_zip_hidden, &length);
  attachment = read_archive ("a.7z", hidden, length);
  g_assert_true (attachment->is_archive && attachment->encrypted && attachment->names_hidden);
  g_assert_cmpuint (attachment->entries->len, ==, 0);
  g_assert_cmpstr (attachment->problem, ==, NULL);
  sek_attachment_free (attachment);
}

/* One byte or two tell most wrong passwords of a zip; the rest is told by what comes out. Some two hundred
 * tries for each lock meet such a chance hit nearly always. */
static void
test_wrong_passwords (void)
{
  static const char *const locks[] = { "zip:encryption=zipcrypt,zip:compression=store",
                                       "zip:encryption=zipcrypt,zip:compression=deflate",
                                       "zip:encryption=aes256" };
  g_autoptr (GPtrArray) passwords = g_ptr_array_new_with_free_func (g_free);
  char words[SEK_PASSWORDS_MAX][8];
  for (guint i = 0; i < SEK_PASSWORDS_MAX; i++)
    {
      SekPassword *password = g_new0 (SekPassword, 1);
      g_snprintf (words[i], sizeof words[i], "wrong%u", i);
      password->password = words[i];
      password->source = "body";
      g_ptr_array_add (passwords, password);
    }
  const PackFile file = { "a.exe", "MZ and twenty bytes", 19, 0 };
  for (gsize i = 0; i < G_N_ELEMENTS (locks) * 8; i++)
    {
      const PackAs as = { .set_format = archive_write_set_format_zip,
                          .options = locks[i % G_N_ELEMENTS (locks)],
                          .password = "right" };
      g_autoptr (GByteArray) zip = pack (&as, &file, 1);
      SekAttachment *attachment = sek_attachment_new ();
      SekArchiveBudget budget;
      sek_archive_budget_start (&budget, passwords);
      budget.deadline = G_MAXINT64;
      g_free (attachment->format);
      attachment->format = g_strdup ("zip");
      g_autoptr (SekArchive) archive =
          sek_archive_read (attachment, (const char *) zip->data, zip->len, &budget);
      sek_archive_open (archive);
      g_assert_false (attachment->unlocked);
      g_assert_cmpstr (attachment->problem, ==, NULL);
      sek_attachment_free (attachment);
    }
}

/* libarchive 3.6 knows the locks of 7z and RAR but opens none: with a password at hand that is said. */
static void
test_lock_not_supported (void)
{
  g_autoptr (GPtrArray) passwords = g_ptr_array_new ();
  char word[] = "secret";
  SekPassword password = { word, "body" };
  g_ptr_array_add (passwords, &password);
  const Rar5File files[] = { { "a.exe", 5, TRUE, FALSE }, { NULL, 0, FALSE, FALSE } };
  gsize lengths[3] = { 0 };
  g_autofree guchar *locked = g_base64_decode (seven_zip_locked, &lengths[0]);
  g_autofree guchar *hidden = g_base64_decode (seven_zip_hidden, &lengths[1]);
  g_autoptr (GByteArray) rar = rar5_new (files, FALSE);
  g_autoptr (GByteArray) hidden_rar = rar5_new (files, TRUE);
  const struct
  {
    const guint8 *bytes;
    gsize length;
  } cases[] = { { locked, lengths[0] },
                { hidden, lengths[1] },
                { rar->data, rar->len },
                { hidden_rar->data, hidden_rar->len } };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      SekAttachment *attachment = sek_attachment_new ();
      SekArchiveBudget budget;
      sek_archive_budget_start (&budget, passwords);
      g_free (attachment->format);
      attachment->format = g_strdup (sek_magic_format (cases[i].bytes, cases[i].length));
      g_autoptr (SekArchive) archive =
          sek_archive_read (attachment, (const char *) cases[i].bytes, cases[i].length, &budget);
      sek_archive_open (archive);
      g_assert_true (attachment->encrypted);
      g_assert_false (attachment->unlocked);
      g_assert_cmpstr (attachment->problem, ==, "archive-unsupported");
      sek_attachment_free (attachment);
    }
}

/* Whatever is cut off, what is left is read without a crash, and nothing that is missing passes in silence.
 */
static void
test_all_cut (void)
{
  static const PackAs formats[] = {
    { archive_write_set_format_zip, NULL, NULL, NULL },
    { archive_write_set_format_7zip, NULL, NULL, NULL },
    { archive_write_set_format_ustar, archive_write_add_filter_gzip, NULL, NULL },
    { archive_write_set_format_ustar, archive_write_add_filter_xz, NULL, NULL },
    { archive_write_set_format_ustar, archive_write_add_filter_zstd, NULL, NULL },
  };
  const PackFile files[] = { { "a.exe", "MZ and twenty bytes", 19, 0 }, { "b.txt", "hello", 5, 0 } };
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GByteArray) whole = pack (&formats[i], files, G_N_ELEMENTS (files));
      for (guint length = whole->len / 8; length + 20 < whole->len; length++)
        {
          SekAttachment *cut = read_archive ("a.zip", whole->data, length);
          gboolean said = cut->problem != NULL;
          for (guint j = 0; j < cut->entries->len; j++)
            said = said || ((const SekArchiveEntry *) cut->entries->pdata[j])->problem != NULL;
          g_assert_true (said);
          sek_attachment_free (cut);
        }
    }
}

static void
test_rar5 (void)
{
  const Rar5File files[] = { { "open.txt", 3, FALSE, FALSE },
                             { "folder", 0, FALSE, TRUE },
                             { "請求書.exe", 5, TRUE, FALSE },
                             { NULL, 0, FALSE, FALSE } };
  g_autoptr (GByteArray) bytes = rar5_new (files, FALSE);
  SekAttachment *rar = read_archive ("a.rar", bytes->data, bytes->len);
  g_assert_cmpstr (rar->format, ==, "rar");
  g_assert_cmpstr (rar->problem, ==, NULL);
  g_assert_true (rar->encrypted);
  g_assert_false (rar->names_hidden);
  g_assert_cmpint (rar->entry_count, ==, 2);
  test_assert_entry (rar, 0, "open.txt", 3, FALSE);
  test_assert_entry (rar, 1, "請求書.exe", 5, TRUE);
  sek_attachment_free (rar);
  for (guint length = 8; length < bytes->len; length++)
    {
      rar = read_archive ("a.rar", bytes->data, length);
      g_assert_cmpstr (rar->problem, ==, "archive-damaged");
      sek_attachment_free (rar);
    }
  g_autoptr (GByteArray) locked = rar5_new (files, TRUE);
  rar = read_archive ("a.rar", locked->data, locked->len);
  g_assert_true (rar->encrypted && rar->names_hidden);
  g_assert_cmpstr (rar->problem, ==, NULL);
  sek_attachment_free (rar);
}

/* Called an archive, but none: said, not passed over. */
static void
test_not_an_archive (void)
{
  SekAttachment *attachment = read_archive ("a.zip", "just text", 9);
  g_assert_true (attachment->is_archive);
  g_assert_cmpstr (attachment->problem, ==, "archive-damaged");
  sek_attachment_free (attachment);
}

static void
test_magic (void)
{
  static const struct
  {
    const char *bytes;
    gsize length;
    const char *format;
  } cases[] = {
    { "", 0, "" },
    { "plain text", 10, "" },
    { "PK\003\004", 4, "zip" },
    { "7z\274\257\047\034", 6, "7z" },
    { "Rar!\032\007\000", 7, "rar" },
    { "\037\213\010", 3, "gzip" },
    { "MSCF\000\000\000\000", 8, "cab" },
    { "\042\042-lh5-", 7, "lha" },
    { "%PDF-1.7", 8, "pdf" },
    { "junk\n%PDF-1.7", 13, "pdf" },
    { "\320\317\021\340\241\261\032\341", 8, "ole2" },
    { "{\\rtf1", 6, "rtf" },
    { "MZ\220", 3, "exe" },
    { "\177ELF", 4, "elf" },
    { "\114\000\000\000\001\024\002\000", 8, "lnk" },
    { "\344\122\134\173\214\330\247\115\256\261\123\170\320\051\226\323", 16, "onenote" },
    { " \r\n<HTML>", 9, "html" },
    { "\357\273\277<!doctype html>", 18, "html" },
    { "<?xml version='1.0'?><svg>", 26, "svg" },
    { "<?xml version='1.0'?><x>", 24, "xml" },
    { "\211PNG\r\n\032\n", 8, "png" },
    { "\377\330\377", 3, "jpeg" },
    { "GIF89a", 6, "gif" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (sek_magic_format ((const guint8 *) cases[i].bytes, cases[i].length), ==,
                     cases[i].format);
  g_autofree guint8 *image = g_malloc0 (SEK_MAGIC_BYTES);
  memcpy (image + 32769, "CD001", 5);
  g_assert_cmpstr (sek_magic_format (image, SEK_MAGIC_BYTES), ==, "iso");
  memcpy (image + 257, "ustar", 5);
  g_assert_cmpstr (sek_magic_format (image, 512), ==, "tar");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autoptr (GPtrArray) warm = sek_scan_warm_up ();
  g_test_add_func ("/scanner/archive/zip", test_zip);
  g_test_add_func ("/scanner/archive/zip-locked", test_zip_locked);
  g_test_add_func ("/scanner/archive/zip-names", test_zip_names);
  g_test_add_func ("/scanner/archive/zip-empty", test_zip_empty);
  g_test_add_func ("/scanner/archive/zip-cut", test_zip_cut);
  g_test_add_func ("/scanner/archive/documents", test_documents);
  g_test_add_func ("/scanner/archive/too-many-entries", test_too_many_entries);
  g_test_add_func ("/scanner/archive/other-formats", test_other_formats);
  g_test_add_func ("/scanner/archive/single-compressed", test_single_compressed);
  g_test_add_func ("/scanner/archive/bomb", test_bomb);
  g_test_add_func ("/scanner/archive/seven-zip-locked", test_seven_zip_locked);
  g_test_add_func ("/scanner/archive/wrong-passwords", test_wrong_passwords);
  g_test_add_func ("/scanner/archive/lock-not-supported", test_lock_not_supported);
  g_test_add_func ("/scanner/archive/all-cut", test_all_cut);
  g_test_add_func ("/scanner/archive/rar5", test_rar5);
  g_test_add_func ("/scanner/archive/not-an-archive", test_not_an_archive);
  g_test_add_func ("/scanner/magic", test_magic);
  return g_test_run ();
}
