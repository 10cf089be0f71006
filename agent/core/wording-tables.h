/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables behind wording.h. A sentence takes its evidence by name, %{key}, so that a translation may put
 * it where its grammar wants it. */
#pragma once

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *check;
  const char *code;
  const char *sentence;
} SekSentence;

/* Each ends with a row whose check is NULL. */
extern const SekSentence sek_sentences_sender[];
extern const SekSentence sek_sentences_thread[];
extern const SekSentence sek_sentences_attachment[];
extern const SekSentence sek_sentences_link[];
extern const SekSentence sek_sentences_scanner[];
extern const SekSentence sek_sentences_organisation[];
