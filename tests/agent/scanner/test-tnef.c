/* SPDX-License-Identifier: GPL-3.0-or-later */
/* winmail.dat made by hand: what stands in it is listed, and whatever is wrong with it ends the list, not the
 * reader. */
#include "agent/scanner/tnef.h"

#include <string.h>

static void
add_u32 (GByteArray *bytes, guint32 number)
{
  const guint8 octets[] = { number & 0xff, number >> 8 & 0xff, number >> 16 & 0xff, number >> 24 };
  g_byte_array_append (bytes, octets, sizeof octets);
}

/* The checksum behind each is wrong, which Outlook does not mind. */
static void
add_attribute (GByteArray *bytes, guint8 level, guint32 id, const void *data, gsize length)
{
  g_byte_array_append (bytes, &level, 1);
  add_u32 (bytes, id);
  add_u32 (bytes, (guint32) length);
  g_byte_array_append (bytes, data, (guint) length);
  g_byte_array_append (bytes, (const guint8 *) "\xff\xff", 2);
}

static GByteArray *
start (void)
{
  GByteArray *bytes = g_byte_array_new ();
  add_u32 (bytes, 0x223e9f78);
  g_byte_array_append (bytes, (const guint8 *) "\1\0", 2);
  add_attribute (bytes, 1, 0x00089006, "\0\0\1\0", 4);
  return bytes;
}

/* Two properties in front of the name: one with a name of its own, one of many values. */
static void
add_long_name (GByteArray *bytes)
{
  static const char before[] = "\3\0\0\0"
                               "\3\0\1\200" /* a number, named */
                               "GGGGGGGGGGGGGGGG"
                               "\1\0\0\0\4\0\0\0a\0\0\0"
                               "\7\0\0\0"
                               "\3\20\2\0" /* numbers */
                               "\2\0\0\0\1\0\0\0\2\0\0\0"
                               "\37\0\7\67" /* the name */
                               "\1\0\0\0\14\0\0\0";
  static const guint8 name[] = { 0x42, 0x30, '.', 0, 'd', 0, 'o', 0, 'c', 0, 0, 0 };
  g_autoptr (GByteArray) properties = g_byte_array_new ();
  g_byte_array_append (properties, (const guint8 *) before, sizeof before - 1);
  g_byte_array_append (properties, name, sizeof name);
  add_attribute (bytes, 2, 0x00069005, properties->data, properties->len);
}

static GByteArray *
sample (void)
{
  GByteArray *bytes = start ();
  add_attribute (bytes, 2, 0x00069002, "\1\0", 2);
  add_attribute (bytes, 2, 0x00018010, "A_~1.DOC", 9);
  add_attribute (bytes, 2, 0x0006800f, "content", 7);
  add_long_name (bytes);
  add_attribute (bytes, 2, 0x00069002, "\1\0", 2);
  add_attribute (bytes, 2, 0x00018010, "second.pdf", 11);
  return bytes;
}

static void
test_list (void)
{
  g_autoptr (GByteArray) bytes = sample ();
  g_auto (SekTnefFile) file = { 0 };
  SekTnef reader;
  g_assert_true (sek_tnef_open (&reader, (const char *) bytes->data, bytes->len));
  g_assert_true (sek_tnef_next (&reader, &file));
  g_assert_cmpstr (file.name, ==, "あ.doc");
  g_assert_cmpmem (file.bytes, file.length, "content", 7);
  g_assert_true (sek_tnef_next (&reader, &file));
  g_assert_cmpstr (file.name, ==, "second.pdf");
  g_assert_cmpuint (file.length, ==, 0);
  g_assert_false (sek_tnef_next (&reader, &file));
  g_assert_false (reader.damaged);
}

/* No beginning of an attachment: the bytes are there all the same. */
static void
test_without_beginning (void)
{
  g_autoptr (GByteArray) bytes = start ();
  g_auto (SekTnefFile) file = { 0 };
  SekTnef reader;
  add_attribute (bytes, 2, 0x0006800f, "MZ", 2);
  g_assert_true (sek_tnef_open (&reader, (const char *) bytes->data, bytes->len));
  g_assert_true (sek_tnef_next (&reader, &file));
  g_assert_cmpstr (file.name, ==, "");
  g_assert_cmpmem (file.bytes, file.length, "MZ", 2);
}

/* Cut everywhere, and every byte turned: an end, and nothing outside of the bytes. */
static void
test_damaged (void)
{
  g_autoptr (GByteArray) whole = sample ();
  for (guint length = 0; length <= whole->len; length++)
    for (guint flip = 0; flip < 2; flip++)
      {
        g_autofree char *bytes = g_memdup2 (whole->data, MAX (length, 1));
        g_auto (SekTnefFile) file = { 0 };
        SekTnef reader;
        guint files = 0;
        if (flip == 1 && length > 6)
          bytes[length - 1] = (char) ~bytes[length - 1];
        if (!sek_tnef_open (&reader, bytes, length))
          continue;
        while (sek_tnef_next (&reader, &file))
          {
            g_assert_true (file.length == 0 || (file.bytes >= (const guint8 *) bytes &&
                                                file.bytes + file.length <= (const guint8 *) bytes + length));
            files++;
          }
        g_assert_cmpuint (files, <=, 2);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scanner/tnef/list", test_list);
  g_test_add_func ("/scanner/tnef/without-beginning", test_without_beginning);
  g_test_add_func ("/scanner/tnef/damaged", test_damaged);
  return g_test_run ();
}
