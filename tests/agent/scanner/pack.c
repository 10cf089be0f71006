/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/agent/scanner/pack.h"

static la_ssize_t
append (struct archive *archive, void *user_data, const void *bytes, size_t length)
{
  g_byte_array_append (user_data, bytes, (guint) length);
  return (la_ssize_t) length;
}

static void
write_zeros (struct archive *writer, gsize count)
{
  static const guint8 zeros[1024 * 1024];
  for (gsize left = count; left > 0; left -= MIN (left, sizeof zeros))
    g_assert_cmpint (archive_write_data (writer, zeros, MIN (left, sizeof zeros)), >, 0);
}

GByteArray *
pack (const PackAs *as, const PackFile *files, gsize count)
{
  GByteArray *packed = g_byte_array_new ();
  struct archive *writer = archive_write_new ();
  as->set_format (writer);
  if (as->add_filter != NULL)
    g_assert_cmpint (as->add_filter (writer), ==, ARCHIVE_OK);
  if (as->options != NULL)
    g_assert_cmpint (archive_write_set_options (writer, as->options), ==, ARCHIVE_OK);
  if (as->password != NULL)
    archive_write_set_passphrase (writer, as->password);
  archive_write_set_bytes_in_last_block (writer, 1);
  g_assert_cmpint (archive_write_open (writer, packed, NULL, append, NULL), ==, ARCHIVE_OK);
  for (gsize i = 0; i < count; i++)
    {
      struct archive_entry *entry = archive_entry_new ();
      archive_entry_set_pathname_utf8 (entry, files[i].name);
      archive_entry_set_filetype (entry, AE_IFREG);
      archive_entry_set_perm (entry, 0644);
      archive_entry_set_size (entry, (la_int64_t) (files[i].length + files[i].padding));
      g_assert_cmpint (archive_write_header (writer, entry), ==, ARCHIVE_OK);
      g_assert_cmpint (archive_write_data (writer, files[i].bytes, files[i].length), ==,
                       (la_ssize_t) files[i].length);
      write_zeros (writer, files[i].padding);
      archive_entry_free (entry);
    }
  g_assert_cmpint (archive_write_close (writer), ==, ARCHIVE_OK);
  archive_write_free (writer);
  return packed;
}

GByteArray *
pack_into_zip (GByteArray *content, const char *name)
{
  const PackAs as = { .set_format = archive_write_set_format_zip, .options = "zip:compression=store" };
  const PackFile file = { name, content->data, content->len, 0 };
  GByteArray *packed = pack (&as, &file, 1);
  g_byte_array_unref (content);
  return packed;
}
