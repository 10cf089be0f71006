/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tests/bench: many measured values, and what is said of them. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Compares two doubles, for qsort. */
int bench_compare (gconstpointer a, gconstpointer b);
/* An empty array of doubles. */
GArray *bench_values_new (void);
/* The value below which so many lie, 0.5: the median; 0 when there is none. values gets sorted. */
double bench_values_at (GArray *values, double share);
/* Calls measure for every file below path, or for path itself. */
void
bench_walk (const char *path, void (*measure) (const char *file, gpointer user_data), gpointer user_data);

G_END_DECLS
