/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where in the file a group or key stands. GKeyFile reads the values but knows no line numbers, and merges
 * silently what is written twice. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint number;       /* counted from 1 */
  guint column;       /* of the group or key, in characters, counted from 1 */
  guint value_column; /* of the value; where the line ends when there is none */
  char *group;        /* NULL before the first group */
  char *key;          /* NULL on the line of the group itself */
} SekPolicyLine;

/* The lines of groups and keys in order, SekPolicyLine. data: UTF-8 without NUL. */
GPtrArray *sek_policy_lines_scan (const char *data);

/* The number of the line that offset is on. */
guint sek_policy_line_at (const char *data, gsize offset);

/* The first line that GKeyFile refuses; 0 when it takes all. *line: that line, newly allocated. */
guint sek_policy_line_refused (const char *data, GKeyFileFlags flags, char **line);

G_END_DECLS
