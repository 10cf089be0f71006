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
  SEK_POLICY_ERROR_PARSE, /* not a key file, unknown group or key, a bad value: message is "FILE:LINE: reason"
                           */
} SekPolicyError;

/* Where the agent looks: SEK_SYSCONFDIR/sekisho/policy.conf, static. */
const char *sek_policy_default_path (void);

/* Reads the whole file. Any fault refuses it whole (NULL), and the file is left as it is: the caller says the
 * error and stays with sek_policy_new (). */
SekPolicy *sek_policy_load (const char *path, GError **error);

/* The same from bytes; name stands for the file in messages. */
SekPolicy *sek_policy_parse (const char *data, gsize length, const char *name, GError **error);

G_END_DECLS
