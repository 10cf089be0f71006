/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The person's own file of settings: what of it counts is decided in layers.h. */
#pragma once

#include "agent/policy/policy-file.h"

G_BEGIN_DECLS

/* Writes one key into the file path, which is made when it is not there; its other lines stay as they are,
 * with their comments. Fails with SEK_POLICY_ERROR_READ when the file can't be read or written, and
 * SEK_POLICY_ERROR_PARSE when it is no key file. */
gboolean sek_policy_personal_set (
    const char *path, const char *group, const char *key, const char *value, GError **error);

G_END_DECLS
