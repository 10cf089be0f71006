/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/agent/scanner/support.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int
test_memfd (const char *bytes, gsize length)
{
  int fd = memfd_create ("mail", MFD_CLOEXEC);
  g_assert_cmpint (fd, >=, 0);
  for (gsize at = 0; at < length;)
    {
      ssize_t written = write (fd, bytes + at, length - at);
      g_assert_cmpint (written, >, 0);
      at += (gsize) written;
    }
  return fd;
}

SekFacts *
test_scan (SekScanner *scanner, const char *bytes, gsize length)
{
  g_autoptr (GError) error = NULL;
  int fd = test_memfd (bytes, length);
  SekFacts *facts = sek_scanner_scan (scanner, fd, NULL, &error);
  close (fd);
  g_assert_no_error (error);
  g_assert_nonnull (facts);
  g_assert_cmpint (facts->size, ==, length);
  return facts;
}

GString *
test_mail_with_attachment (const char *name, gconstpointer bytes, gsize length)
{
  g_autofree char *encoded = g_base64_encode (bytes, length);
  GString *mail = g_string_new (NULL);
  g_string_append_printf (mail,
                          "From: Taro Sato <taro.sato@kaede.example>\n"
                          "Subject: attachment\n"
                          "MIME-Version: 1.0\n"
                          "Content-Type: multipart/mixed; boundary=\"part\"\n\n"
                          "--part\nContent-Type: text/plain\n\nSee attachment.\n"
                          "--part\nContent-Type: application/octet-stream\n"
                          "Content-Disposition: attachment; filename=%s\n"
                          "Content-Transfer-Encoding: base64\n\n",
                          name);
  /* Lines of 76 characters (RFC 2045 §6.8). */
  gsize encoded_length = strlen (encoded);
  for (gsize at = 0; at < encoded_length; at += 76)
    {
      g_string_append_len (mail, encoded + at, (gssize) MIN (76, encoded_length - at));
      g_string_append_c (mail, '\n');
    }
  g_string_append (mail, "--part--\n");
  return mail;
}

gboolean
test_has_problem (const SekFacts *facts, const char *code)
{
  for (guint i = 0; i < facts->problems->len; i++)
    if (g_str_equal (((const SekProblem *) facts->problems->pdata[i])->code, code))
      return TRUE;
  return FALSE;
}

const SekAttachment *
test_attachment (const SekFacts *facts, guint index)
{
  g_assert_cmpuint (index, <, facts->attachments->len);
  return facts->attachments->pdata[index];
}

void
test_assert_entry (
    const SekAttachment *attachment, guint index, const char *name, gint64 size, gboolean encrypted)
{
  g_assert_cmpuint (index, <, attachment->entries->len);
  const SekArchiveEntry *entry = attachment->entries->pdata[index];
  g_assert_cmpstr (entry->name, ==, name);
  g_assert_cmpint (entry->size, ==, size);
  g_assert_cmpint (entry->encrypted, ==, encrypted);
}
