/* SPDX-License-Identifier: GPL-3.0-or-later */
/* agent/readings: how a Japanese personal name is read, so that the same name in kanji, kana and Latin
 * letters can be told. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One way to read a name, as reading keys (below). */
typedef struct
{
  char *family;
  char *given;
  char *joined;    /* family and given as one word */
  char *swapped;   /* given and family as one word */
  gboolean proper; /* the dictionary has both as parts of names, nothing was guessed */
} SekReading;
void sek_reading_free (SekReading *reading);

/* A word in kana or Latin letters, made fit for comparing: in Latin letters, and what Hepburn, Kunrei and
 * everyday spelling write in different ways made the same (Ohta, Oota, Ōta: "ota"; Shinichi, Sin'iti:
 * "siniti"). Sources: ISO 3602; the tables of the Japanese cabinet's notification no. 1 of 1954. Other
 * characters are left out. Newly allocated. */
char *sek_reading_key (const char *word);

/* The words of a name in Latin letters or kana, each as reading key, sorted, joined by spaces. Newly
 * allocated. */
char *sek_reading_key_of_words (const char *words);

typedef struct SekReader SekReader;

/* Cheap: the dictionary is opened when the first name is read. */
SekReader *sek_reader_new (void);
void sek_reader_free (SekReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekReader, sek_reader_free)

/* Closes the dictionary, some megabytes of mapped file, until the next name; readings are kept. */
void sek_reader_rest (SekReader *reader);

/* The ways to read a full name in kanji, written without a space and without titles (sek_text_name_key); the
 * likeliest first, SekReading, bounded. Empty when it is no such name. NULL when MeCab has no Japanese
 * dictionary in UTF-8, which is warned of once. Owned by the reader, valid until the next call. */
const GPtrArray *sek_reader_read (SekReader *reader, const char *name_key);

G_END_DECLS
