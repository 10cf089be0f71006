/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where padding begins, found by blocks, is where it is found byte by byte. */
#include "agent/scanner/padding.h"

#include <string.h>

static gsize
find_slowly (const guint8 *bytes, gsize length)
{
  gsize end = length;
  while (end > 0 && bytes[end - 1] == bytes[length - 1])
    end--;
  return end;
}

static void
test_start (void)
{
  static const gsize sizes[] = { 0, 1, 2, 4095, 4096, 4097, 4098, 8191, 8192, 8193, 12289, 50000 };
  g_autofree guint8 *bytes = g_malloc (50000);
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (sizes) && sizes[j] <= sizes[i]; j++)
      {
        memset (bytes, 'x', sizes[j]);
        memset (bytes + sizes[j], 0, sizes[i] - sizes[j]);
        g_assert_cmpuint (sek_padding_start (bytes, sizes[i]), ==, find_slowly (bytes, sizes[i]));
        /* One other byte within what is repeated. */
        if (sizes[i] - sizes[j] > 2)
          {
            bytes[sizes[j] + (sizes[i] - sizes[j]) / 2] = 'y';
            g_assert_cmpuint (sek_padding_start (bytes, sizes[i]), ==, find_slowly (bytes, sizes[i]));
          }
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scanner/padding/start", test_start);
  return g_test_run ();
}
