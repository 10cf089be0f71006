/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sentences of the checks of links. */
#include "agent/core/wording-tables.h"

const SekSentence sek_sentences_link[] = {
  { NULL, NULL, NULL },
};
