/* SPDX-License-Identifier: GPL-3.0-or-later */
/* agent/directory: the people of the reader's organisation, and finding whose name a display name is. */
#pragma once

#include "agent/core/core.h"
#include "agent/readings/readings.h"

G_BEGIN_DECLS

/* What a display name has in common with the name of somebody. */
typedef enum
{
  SEK_NAME_SAME, /* the same letters, in whatever order */
  SEK_NAME_PART, /* inside a longer name, or as the person's address writes it */
  SEK_NAME_READ, /* it is read the same: kanji, kana and Latin letters */
} SekNameMatch;

typedef struct
{
  const SekPerson *person; /* borrowed from the directory */
  gboolean listed;         /* the policy names the person; else the history does */
  SekNameMatch match;
} SekColleague;

typedef struct SekDirectory SekDirectory;

/* The policy's people, and those whom the history knows on addresses of these domains (registrable,
 * NULL-terminated, may be NULL) by something that is a person's name. history and reader may be NULL: nobody
 * is known, no name is read. The directory borrows reader, and takes copies of the rest. */
SekDirectory *sek_directory_new (const SekPolicy *policy,
                                 const SekHistory *history,
                                 const char *const *domains,
                                 SekReader *reader);
void sek_directory_free (SekDirectory *directory);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekDirectory, sek_directory_free)

/* Whose name display_name is. FALSE when it is nobody's, or when one of that name has addr_spec. */
gboolean sek_directory_find (const SekDirectory *directory,
                             const char *display_name,
                             const char *addr_spec,
                             SekColleague *out);

/* Keeps one directory and its reader, and makes it anew when policy, domains or a good part of the history
 * are others. */
typedef struct SekDirectoryKeeper SekDirectoryKeeper;
SekDirectoryKeeper *sek_directory_keeper_new (void);
void sek_directory_keeper_free (SekDirectoryKeeper *keeper);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekDirectoryKeeper, sek_directory_keeper_free)

/* As for sek_directory_new. Borrowed until the next call. */
const SekDirectory *sek_directory_keeper_get (SekDirectoryKeeper *keeper,
                                              const SekPolicy *policy,
                                              const SekHistory *history,
                                              const char *const *domains);

/* Nothing will be asked for a while: gives memory back. */
void sek_directory_keeper_rest (SekDirectoryKeeper *keeper);

/* The policy given last is about to go. */
void sek_directory_keeper_forget (SekDirectoryKeeper *keeper);

/* The ways to read a full name in kanji, as sek_reader_read; NULL without a reader or dictionary. Borrowed
 * until the next call. */
const GPtrArray *sek_directory_read (const SekDirectory *directory, const char *name_key);

/* TRUE when a word of a name (folded) tells a post or a group and not a person: sales, 営業部, support. */
gboolean sek_is_role_word (const char *word);

G_END_DECLS
