/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sentences of the checks of an exchange that a mail claims. */
#include "agent/core/wording-tables.h"

const SekSentence sek_sentences_thread[] = {
  { "thread-outsider", "",
    N_ ("The mail carries on an exchange of yours, but %{address} never took part in it, nor anybody else of "
        "that organisation.") },
  /* Translators: %{name} is a person's name, %{known} the address with which that person took part. */
  { "thread-outsider", "namesake",
    N_ ("The mail carries on an exchange of yours under the name “%{name}”. In that exchange this name wrote "
        "from %{known}; this mail comes from %{address}, which never took part in it.") },

  { "unknown-thread", "",
    N_ ("The mail says that it answers a mail of yours, but no such mail was sent, and you never wrote to "
        "anybody under this subject.") },
  { "unknown-thread", "perhaps-colleague",
    N_ ("The mail says that it answers a mail of your organisation that is not known here.") },
  { "quote-not-mine", "",
    N_ ("The mail quotes words of yours under the subject “%{subject}”, but you never sent a mail with this "
        "subject.") },
  /* Translators: %{prefix} is "Re:" or the like, %{program} the name of a mail program. */
  { "fake-reply", "no-headers",
    N_ ("The subject begins with “%{prefix}”, but the mail answers no earlier mail. %{program} always notes "
        "which mail "
        "is answered; here nothing is noted.") },
  /* Translators: %{prefix} is "Re:" or the like. */
  { "fake-reply", "no-headers-unknown",
    N_ ("The subject begins with “%{prefix}”, but the mail does not say which earlier mail it answers.") },

  /* Translators: %{prefix} is "Re:" or the like, %{program} the name of a mail program. */
  { "fake-reply", "never-sent",
    N_ ("The subject begins with “%{prefix}”, but you never sent a mail with this subject to anybody, and "
        "the "
        "mail answers none. %{program} always notes which mail is answered.") },
  /* Translators: %{prefix} is "Re:" or the like. */
  { "fake-reply", "never-sent-unknown",
    N_ ("The subject begins with “%{prefix}”, but you never sent a mail with this subject to anybody.") },
  /* Translators: %{prefix} is "Re:" or the like. */
  { "fake-reply", "ticket",
    N_ ("The subject begins with “%{prefix}” and has the number of a request; which mail it answers is not "
        "noted, as is usual for such programs.") },

  /* Translators: %{phrase} is a quotation from the mail such as "as discussed". */
  { "prior-exchange-phrase", "",
    N_ ("The text speaks of an earlier exchange (“%{phrase}”), but the mail answers no earlier mail.") },
  { NULL, NULL, NULL },
};
