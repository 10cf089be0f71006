/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sentences of what the reader's own organisation says of a mail. */
#include "agent/core/wording-tables.h"

const SekSentence sek_sentences_organisation[] = {
  /* Translators: %{text} is a sentence that the administrator has written. Keep every %{…} as it is. */
  { "advisory-match", "", N_ ("The administrator of your organisation warns of this mail: %{text}") },
  { "advisory-match", "harmless",
    N_ ("The administrator of your organisation has looked at this mail and found it harmless: %{text}") },
  { "administrator-answer", "dangerous",
    N_ ("You have reported this mail, and your administrator answered that it is dangerous.") },
  { "administrator-answer", "harmless",
    N_ ("You have reported this mail, and your administrator answered that it is harmless.") },
  { "report-mail", "",
    N_ ("This is a report that was made with Sekisho. What is attached to it is the mail that was reported, "
        "and may be "
        "dangerous.") },
  /* Translators: the gateway is the mail server of the reader's own organisation. */
  { "gateway-tag", "", N_ ("The mail gateway of your organisation took this mail for spam.") },
  { "gateway-tag", "phishing", N_ ("The mail gateway of your organisation took this mail for phishing.") },
  { "gateway-tag", "virus", N_ ("The mail gateway of your organisation found malware in this mail.") },
  /* Translators: %{phrase} is a mark such as “[SPAM]”. */
  { "gateway-tag", "subject",
    N_ ("The subject begins with the mark %{phrase}, with which mail gateways mark suspicious mail.") },
  /* Translators: organisations send training mails to see whether people notice. Somebody imitates one. */
  { "training-mail", "",
    N_ ("This mail pretends to be a training mail of your organisation, and it is not. Treat it as an "
        "attack.") },
  { NULL, NULL, NULL },
};
