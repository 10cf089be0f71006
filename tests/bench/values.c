/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/bench/values.h"

int
bench_compare (gconstpointer a, gconstpointer b)
{
  double first = *(const double *) a, second = *(const double *) b;
  return first < second ? -1 : first > second;
}

GArray *
bench_values_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (double));
}

double
bench_values_at (GArray *values, double share)
{
  if (values->len == 0)
    return 0;
  g_array_sort (values, bench_compare);
  guint index = (guint) (share * values->len);
  return g_array_index (values, double, MIN (index, values->len - 1));
}

void
bench_walk (const char *path, void (*measure) (const char *file, gpointer user_data), gpointer user_data)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  if (dir == NULL)
    {
      measure (path, user_data);
      return;
    }
  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *below = g_build_filename (path, name, NULL);
      bench_walk (below, measure, user_data);
    }
}
