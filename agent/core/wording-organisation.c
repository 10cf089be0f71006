/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sentences of what the reader's own organisation says of a mail. */
#include "agent/core/wording-tables.h"

const SekSentence sek_sentences_organisation[] = {
  /* Translators: %{text} is a sentence that the administrator has written. Keep every %{…} as it is. */
  { "advisory-match", "", N_ ("The administrator of your organisation warns of this mail: %{text}") },
  { "advisory-match", "harmless",
    N_ ("The administrator of your organisation has looked at this mail and found it harmless: %{text}") },
  { NULL, NULL, NULL },
};
