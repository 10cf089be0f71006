/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last good policy that was fetched: taken when its signature, its number and its turn are right, kept on
 * disk together with its signature, and verified anew each time it is read. */
#pragma once

#include "agent/core/core.h"

G_BEGIN_DECLS

/* The folder it is kept in, below the person's state; newly allocated. */
char *sek_fetched_folder (void);

/* A policy and its signature as they came. */
typedef struct
{
  const guint8 *data;
  gsize length;
  const char *signature;
  gsize signature_length;
} SekSignedBytes;

typedef enum
{
  SEK_FETCHED_REFUSED, /* with error; what was kept stays */
  SEK_FETCHED_TAKEN,
  SEK_FETCHED_SAME,  /* it is kept already */
  SEK_FETCHED_LATER, /* the roll-out has not come to this computer yet */
} SekFetchedResult;

/* keys: NULL-terminated, as in [policy] keys. machine: what names this computer and never changes. Refused
 * are: what is not signed with one of keys, what can't be gone by (agent/policy/document.h), one without
 * serial, and a serial that was there before with another text or that lies below the last one of its key. */
SekFetchedResult sek_fetched_take (const char *folder,
                                   const SekSignedBytes *came,
                                   const char *const *keys,
                                   const char *machine,
                                   GError **error);

/* The bytes that are kept, verified. NULL without error when there are none. */
GBytes *sek_fetched_load (const char *folder, const char *const *keys, GError **error);

/* The name by which the server of url knows the file that was looked at last (ETag); "" when there is none.
 * Newly allocated. */
char *sek_fetched_etag (const char *folder, const char *url);
gboolean sek_fetched_set_etag (const char *folder, const char *url, const char *etag, GError **error);

/* TRUE when a roll-out to percent of all computers takes this one along. Which ones changes with serial, so
 * that it is not always the same who goes first. */
gboolean sek_rollout_includes (const char *machine, gint64 serial, gint64 percent);

G_END_DECLS
