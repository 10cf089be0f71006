/* SPDX-License-Identifier: GPL-3.0-or-later */
/* agent/policy: reads the administrator's policy file (GKeyFile) into SekPolicy. */
#pragma once

#include "agent/core/core.h"

G_BEGIN_DECLS

#define SEK_POLICY_ERROR (sek_policy_error_quark ())
GQuark sek_policy_error_quark (void);
typedef enum
{
  SEK_POLICY_ERROR_READ,  /* the file can't be read */
  SEK_POLICY_ERROR_PARSE, /* not a key file, unknown group or key, a bad value: message is
                              "FILE:LINE:COLUMN: reason" */
} SekPolicyError;

/* Reads one file as an administrator means it, before it reaches a desktop: any fault is an error (NULL), and
 * the first one is said. layers.h puts files together as a desktop does. */
SekPolicy *sek_policy_load (const char *path, GError **error);

/* The same from bytes; name stands for the file in messages. */
SekPolicy *sek_policy_parse (const char *data, gsize length, const char *name, GError **error);

G_END_DECLS
