/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The four levels a mail can have. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  SEK_LEVEL_CLEAR,   /* nothing to say */
  SEK_LEVEL_NOTICE,  /* worth knowing */
  SEK_LEVEL_CAUTION, /* do not act on this before you have checked */
  SEK_LEVEL_DANGER,  /* this mail pretends to be something it is not */
} SekLevel;

/* The fixed ASCII word for level ("clear", "notice", "caution", "danger"); static. */
const char *sek_level_to_string (SekLevel level);

/* Reads one of the four words. FALSE, with *level untouched, when text is none of them or NULL. */
gboolean sek_level_from_string (const char *text, SekLevel *level);

G_END_DECLS
