/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Archives made to exhaust or to deceive whoever opens them, through the real scanner behind its seal: each
 * gives facts within the time and the memory of a child, and says what is wrong. */
#include "tests/agent/scanner/pack.h"
#include "tests/agent/scanner/support.h"

#include <locale.h>
#include <string.h>

#include "agent/core/limits.h"
#include "agent/core/trait-codes.h"

#define MIB (1024u * 1024)

static const char program[] = "MZ\220\000 this is a program";
static const char document[] = "\320\317\021\340\241\261\032\341 this begins like a document";

static const PackAs as_zip = { .set_format = archive_write_set_format_zip,
                               .options = "zip:compression-level=1" };

typedef struct
{
  const char *name; /* of the case, and with its extension of the attachment */
  GByteArray *(*make) (void);
  const char *problem; /* of the attachment; NULL for none */
  const char *inside;  /* problem of a file inside; NULL when none has any */
  const char *trait;   /* of a file inside; NULL for none that must be there */
} Case;

static void
put16 (GByteArray *bytes, guint value)
{
  const guint8 le[] = { value & 0xFF, value >> 8 & 0xFF };
  g_byte_array_append (bytes, le, sizeof le);
}

static void
put32 (GByteArray *bytes, guint value)
{
  put16 (bytes, value & 0xFFFF);
  put16 (bytes, value >> 16);
}

static void
put_text (GByteArray *bytes, const char *text)
{
  g_byte_array_append (bytes, (const guint8 *) text, (guint) strlen (text));
}

/* A file in a zip (APPNOTE §4.3.7, §4.3.12). */
typedef struct
{
  const char *name;
  guint method, packed, size;
  guint offset;
} Header;

static void
put_local (GByteArray *zip, const Header *header)
{
  put32 (zip, 0x04034B50);
  put16 (zip, 20);
  put16 (zip, 0);
  put16 (zip, header->method);
  put32 (zip, 0x5B6A0000);
  put32 (zip, 0);
  put32 (zip, header->packed);
  put32 (zip, header->size);
  put16 (zip, (guint) strlen (header->name));
  put16 (zip, 0);
  put_text (zip, header->name);
}

static void
put_central (GByteArray *zip, const Header *header)
{
  put32 (zip, 0x02014B50);
  put16 (zip, 20);
  put16 (zip, 20);
  put16 (zip, 0);
  put16 (zip, header->method);
  put32 (zip, 0x5B6A0000);
  put32 (zip, 0);
  put32 (zip, header->packed);
  put32 (zip, header->size);
  put16 (zip, (guint) strlen (header->name));
  for (guint i = 0; i < 4; i++)
    put16 (zip, 0);
  put32 (zip, 0);
  put32 (zip, header->offset);
  put_text (zip, header->name);
}

static void
put_end (GByteArray *zip, guint start, guint count)
{
  guint size = zip->len - start;
  put32 (zip, 0x06054B50);
  put32 (zip, 0);
  put16 (zip, MIN (count, 0xFFFF));
  put16 (zip, MIN (count, 0xFFFF));
  put32 (zip, size);
  put32 (zip, start);
  put16 (zip, 0);
}

static GByteArray *
make_padded_document (void)
{
  const PackFile file = { "請求書.doc", document, sizeof document, 500u * MIB };
  return pack (&as_zip, &file, 1);
}

static GByteArray *
make_padded_program (void)
{
  const PackAs as = { .set_format = archive_write_set_format_7zip, .options = "7zip:compression-level=1" };
  const PackFile file = { "setup.exe", program, sizeof program, 300u * MIB };
  return pack (&as, &file, 1);
}

/* 16 copies of the one before, five times over, as in 42.zip. */
static GByteArray *
make_bomb (void)
{
  const PackFile seed = { "0.dll", "", 0, 200u * MIB };
  GByteArray *zip = pack (&as_zip, &seed, 1);
  for (guint level = 0; level < 5; level++)
    {
      PackFile files[16];
      for (guint i = 0; i < G_N_ELEMENTS (files); i++)
        files[i] = (PackFile){ "lib.zip", zip->data, zip->len, 0 };
      GByteArray *outer = pack (&as_zip, files, G_N_ELEMENTS (files));
      g_byte_array_unref (zip);
      zip = outer;
    }
  return zip;
}

/* The files lie inside each other: each quotes the header of the next in a stored block and goes on with its
 * content (D. Fifield, "A better zip bomb", 2019). */
static GByteArray *
make_overlapping (void)
{
  enum
  {
    FILES = 400,
  };
  /* A raw deflate stream of a single entry, cut out of a zip. */
  const PackFile seed = { "k", "", 0, 30u * MIB };
  g_autoptr (GByteArray) kernel = pack (&as_zip, &seed, 1);
  guint name_length = kernel->data[26] | kernel->data[27] << 8;
  guint extra_length = kernel->data[28] | kernel->data[29] << 8;
  const guint8 *stream = kernel->data + 30 + name_length + extra_length;
  const guint8 *end = memmem (stream, kernel->len - 40, "PK\007\010", 4);
  if (end == NULL)
    end = memmem (stream, kernel->len - 40, "PK\001\002", 4);
  g_assert_nonnull (end);
  guint stream_length = (guint) (end - stream);

  GByteArray *zip = g_byte_array_new ();
  enum
  {
    NAME = 8,
    LOCAL = 30 + NAME,
    QUOTE = 5,
  };
  Header headers[FILES];
  char names[FILES][NAME + 1];
  for (guint i = 0; i < FILES; i++)
    {
      guint behind = FILES - 1 - i;
      g_snprintf (names[i], sizeof names[i], "%04u.doc", i);
      headers[i] = (Header){ .name = names[i],
                             .method = 8,
                             .packed = behind * (LOCAL + QUOTE) + stream_length,
                             .size = behind * LOCAL + 30u * MIB,
                             .offset = zip->len };
      put_local (zip, &headers[i]);
      if (behind > 0)
        {
          const guint8 stored = 0;
          g_byte_array_append (zip, &stored, 1);
          put16 (zip, LOCAL);
          put16 (zip, ~(guint) LOCAL);
        }
    }
  g_byte_array_append (zip, stream, stream_length);
  guint start = zip->len;
  for (guint i = 0; i < FILES; i++)
    put_central (zip, &headers[i]);
  put_end (zip, start, FILES);
  return zip;
}

/* The directory says 5 bytes, the local header and the truth are another. */
static GByteArray *
make_lying_size (void)
{
  GByteArray *zip = g_byte_array_new ();
  const Header local = { "a.exe", 0, 4096, 4096, 0 };
  const Header central = { "a.exe", 0, 4096, 5, 0 };
  put_local (zip, &local);
  g_byte_array_append (zip, (const guint8 *) program, sizeof program);
  g_byte_array_set_size (zip, zip->len + 4096 - sizeof program);
  guint start = zip->len;
  put_central (zip, &central);
  put_end (zip, start, 1);
  return zip;
}

static GByteArray *
make_million_in_zip (void)
{
  GByteArray *zip = g_byte_array_new ();
  g_autofree guint *offsets = g_new (guint, 1000000);
  for (guint i = 0; i < 1000000; i++)
    {
      offsets[i] = zip->len;
      put_local (zip, &(Header){ "a", 0, 0, 0, 0 });
    }
  guint start = zip->len;
  for (guint i = 0; i < 1000000; i++)
    put_central (zip, &(Header){ "a", 0, 0, 0, offsets[i] });
  put_end (zip, start, 1000000);
  return zip;
}

static GByteArray *
make_many (const PackAs *as, guint count)
{
  g_autofree PackFile *files = g_new0 (PackFile, count);
  for (guint i = 0; i < count; i++)
    files[i] = (PackFile){ "a.txt", "x", 1, 0 };
  return pack (as, files, count);
}

static GByteArray *
make_million_in_tar (void)
{
  const PackAs as = { .set_format = archive_write_set_format_ustar,
                      .add_filter = archive_write_add_filter_gzip,
                      .options = "gzip:compression-level=1" };
  return make_many (&as, 1000000);
}

static GByteArray *
make_million_in_7z (void)
{
  const PackAs as = { .set_format = archive_write_set_format_7zip, .options = "7zip:compression-level=1" };
  return make_many (&as, 1000000);
}

/* The file worth a look lies behind a gigabyte of nothing that must be unpacked to come to it. */
static GByteArray *
make_solid_bomb (void)
{
  const PackAs as = { .set_format = archive_write_set_format_7zip,
                      .options = "7zip:compression=deflate,7zip:compression-level=1" };
  const PackFile files[] = { { "a.bin", "", 0, 1024u * MIB }, { "b.exe", program, sizeof program, 0 } };
  return pack (&as, files, G_N_ELEMENTS (files));
}

static GByteArray *
make_bzip2_bomb (void)
{
  const PackAs as = { .set_format = archive_write_set_format_ustar,
                      .add_filter = archive_write_add_filter_bzip2,
                      .options = "bzip2:compression-level=1" };
  const PackFile file = { "a.doc", document, sizeof document, 200u * MIB };
  return pack (&as, &file, 1);
}

static GByteArray *
make_xz_bomb (void)
{
  const PackAs as = { .set_format = archive_write_set_format_raw,
                      .add_filter = archive_write_add_filter_xz,
                      .options = "xz:compression-level=0" };
  const PackFile file = { "a", program, sizeof program, 500u * MIB };
  return pack (&as, &file, 1);
}

static GByteArray *
make_outside_paths (void)
{
  const PackFile files[] = { { "../../etc/passwd", "x", 1, 0 },
                             { "/etc/cron.d/a", "x", 1, 0 },
                             { "C:\\Windows\\a.exe", program, sizeof program, 0 } };
  return pack (&as_zip, files, G_N_ELEMENTS (files));
}

/* A folder whose record leads back to its parent (ECMA-119 §9.1). */
static GByteArray *
make_cyclic_iso (void)
{
  const PackAs as = { .set_format = archive_write_set_format_iso9660,
                      .options = "iso9660:!rockridge,iso9660:!joliet" };
  const PackFile files[] = { { "LOOP/A.TXT", "x", 1, 0 } };
  GByteArray *iso = pack (&as, files, 1);
  const guint8 *root = iso->data + 16 * 2048 + 156;
  guint8 *at = iso->data + 17 * 2048;
  while ((at = memmem (at, (gsize) (iso->data + iso->len - at), "\004LOOP", 5)) != NULL)
    {
      /* In a directory record the name's length stands 32 bytes in; extents are in both byte orders. */
      if (at[-32] > 33)
        memcpy (at - 30, root + 2, 8);
      at += 5;
    }
  return iso;
}

static const Case cases[] = {
  { "padded-document.zip", make_padded_document, NULL, NULL, SEK_TRAIT_PADDED },
  { "padded-program.7z", make_padded_program, NULL, NULL, SEK_TRAIT_PADDED },
  { "bomb.zip", make_bomb, NULL, "nested-too-deep", NULL },
  { "overlapping.zip", make_overlapping, "unpacks-too-large", "archive-damaged", NULL },
  { "lying-size.zip", make_lying_size, NULL, "archive-damaged", SEK_TRAIT_PROGRAM },
  { "million.zip", make_million_in_zip, "too-many-entries", NULL, NULL },
  { "million.tgz", make_million_in_tar, "too-large", NULL, NULL },
  { "million.7z", make_million_in_7z, "too-many-entries", NULL, NULL },
  { "solid-bomb.7z", make_solid_bomb, "unpacks-too-large", NULL, NULL },
  { "bomb.tar.bz2", make_bzip2_bomb, "too-large", NULL, SEK_TRAIT_PADDED },
  { "bomb.exe.xz", make_xz_bomb, NULL, NULL, SEK_TRAIT_PADDED },
  { "paths.zip", make_outside_paths, NULL, NULL, SEK_TRAIT_PROGRAM },
  { "cyclic.iso", make_cyclic_iso, "archive-damaged", NULL, NULL },
};

/* A machine that is busy comes to the end of the time before that of the bytes; that is said as well. */
static gboolean
is_said (const char *problem, const char *wanted)
{
  return g_strcmp0 (problem, wanted) == 0 || (wanted != NULL && g_strcmp0 (problem, "timed-out") == 0);
}

static void
test_case (gconstpointer data)
{
  const Case *current = data;
  g_autoptr (SekScanner) scanner = sek_scanner_new (NULL);
  g_autoptr (GByteArray) bytes = current->make ();
  g_autoptr (GString) mail = test_mail_with_attachment (current->name, bytes->data, bytes->len);
  gint64 begin = g_get_monotonic_time ();
  g_autoptr (SekFacts) facts = test_scan (scanner, mail->str, mail->len);
  g_test_message ("%s: %u bytes, %d ms", current->name, bytes->len,
                  (int) ((g_get_monotonic_time () - begin) / 1000));
  g_assert_false (test_has_problem (facts, "crashed"));
  /* Reading the directory of a million takes most of the time that a mail has; on a busy machine that is what
   * is said. */
  if (g_str_has_prefix (current->name, "million.") && test_has_problem (facts, "timed-out"))
    return;
  g_assert_false (test_has_problem (facts, "timed-out"));
  g_assert_false (test_has_problem (facts, "too-large"));
  const SekAttachment *attachment = test_attachment (facts, 0);
  g_assert_true (attachment->is_archive);
  if (!is_said (attachment->problem, current->problem))
    g_assert_cmpstr (attachment->problem, ==, current->problem);
  gboolean inside = FALSE, trait = FALSE;
  for (guint i = 0; i < attachment->entries->len; i++)
    {
      const SekArchiveEntry *entry = attachment->entries->pdata[i];
      inside = inside || is_said (entry->problem, current->inside);
      trait = trait || current->trait == NULL || sek_traits_find (entry->traits, current->trait) != NULL;
      g_assert_true (current->inside != NULL || is_said (entry->problem, current->problem) ||
                     entry->problem == NULL);
    }
  g_assert_true (inside || attachment->entries->len == 0);
  g_assert_true (trait || attachment->entries->len == 0);
}

int
main (int argc, char **argv)
{
  setlocale (LC_CTYPE, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/scanner/hostile-archives/", cases[i].name, NULL);
      g_test_add_data_func (path, &cases[i], test_case);
    }
  return g_test_run ();
}
