/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the password grammar share; nobody else includes it. */
#pragma once

#include "agent/core/password-words.h"

G_BEGIN_DECLS

/* A text as the grammar reads it: NFKC, without what is not seen, by characters, and where its words are. */
typedef struct
{
  gunichar *chars; /* ends with a 0 that length does not count */
  gunichar *lower;
  guint8 *marks; /* Mark, of words that begin here */
  gsize length;
} SekPasswordText;

enum
{
  SEK_MARK_PASSWORD = 1,
  SEK_MARK_SEPARATELY = 2,
  SEK_MARK_USE = 4,
  SEK_MARK_DESCRIBED = 8, /* and the next ones, in the order of SekDescribed */
};

/* text may be NULL. */
SekPasswordText *sek_password_text_new (const char *text);
void sek_password_text_free (SekPasswordText *text);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekPasswordText, sek_password_text_free)

/* The length of the longest word of the table that begins at position; 0 when there is none. */
gsize sek_password_text_match (const SekPasswordText *text, gsize position, const SekWord *table);
/* The same for words that end right before position. */
gsize sek_password_text_match_before (const SekPasswordText *text, gsize position, const SekWord *table);
/* TRUE when a word with this mark begins in [from, to). */
gboolean sek_password_text_has_mark (const SekPasswordText *text, gsize from, gsize to, guint8 mark);
/* The characters [from, to) as UTF-8, newly allocated. */
char *sek_password_text_slice (const SekPasswordText *text, gsize from, gsize to);

/* The sentence around position, bounded: back to the start of the line, on to its end. */
void
sek_password_text_sentence (const SekPasswordText *text, gsize position, gsize after, gsize *from, gsize *to);

gboolean sek_password_is_token_char (gunichar c);
/* Brackets and quotes that may open, or close, what is quoted. */
gboolean sek_password_is_opener (gunichar c);
gboolean sek_password_is_closer (gunichar c);

/* One candidate; a lower rank is surer. */
typedef struct
{
  char *password;
  guint rank;
} SekCandidate;

enum
{
  SEK_RANK_ANNOUNCED, /* a colon or brackets, and it looks like a password */
  SEK_RANK_WORD,      /* a colon or brackets */
  SEK_RANK_SAID,      /* "the password is …" */
  SEK_RANK_BESIDE,    /* nothing but a space between */
  SEK_RANK_NEXT_LINE,
  SEK_RANK_BEFORE, /* "… is the password" */
  SEK_RANK_VARIANT,
  SEK_RANK_DESCRIBED,
};

typedef enum
{
  SEK_TOKEN_STRICT, /* anything may stand here by chance: it must look like a password */
  SEK_TOKEN_LENIENT /* announced: any word that is no filler */
} SekTokenDemand;

/* Takes the token at position over into candidates, with its variants. rank counts when it is acceptable;
 * *end: behind what was taken. */
gboolean sek_password_take_token (const SekPasswordText *text,
                                  gsize position,
                                  SekTokenDemand demand,
                                  guint rank,
                                  GArray *candidates,
                                  gsize *end);
/* TRUE for words that cannot be one: fillers, addresses, URLs, file names. */
gboolean sek_password_is_impossible (const char *token);
/* TRUE for digits, signs, or capitals inside. */
gboolean sek_password_looks_like_one (const char *token);
/* password is taken over; dropped when it is too short, too long or known. */
void sek_password_candidate_add (GArray *candidates, char *password, guint rank);

/* sek_password_candidates, which also says what the sentences describe: described[SEK_N_DESCRIBED], by
 * SekDescribed. */
char **sek_password_read (const char *text, gint64 date, gboolean described[]);

/* Adds what the sentences around passwords only describe. */
void sek_password_add_described (const SekPasswordText *text,
                                 const gboolean described[],
                                 gint64 date,
                                 GArray *candidates);

G_END_DECLS
