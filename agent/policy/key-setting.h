/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the setters of all types share. */
#pragma once

#include "agent/policy/keys.h"

G_BEGIN_DECLS

#define FIELD(type, reading, row) G_STRUCT_MEMBER (type, (reading)->policy, (row)->offset)

/* The items of text in lower case into *field. is_good judges one item. */
gboolean sek_setting_list (const char *text, gboolean (*is_good) (const char *), char ***field);

/* off, notice, caution or danger; off is SEK_LEVEL_CLEAR. */
gboolean sek_setting_level (const char *text, SekLevel *level);

/* Into texts by the language that stands in brackets behind the key. */
void sek_setting_language (GHashTable *texts, const SekPolicyText *entry);

G_END_DECLS
