/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sentences of the checks of who a mail is from. */
#include "agent/core/wording-tables.h"

const SekSentence sek_sentences_sender[] = {
  /* Translators: %{shown} and %{address} are mail addresses. Keep every %{…} as it is. */
  { "display-name-address", "own-domain",
    N_ ("The name shows the address %{shown} of your own organisation, but the mail was sent from "
        "%{address}.") },
  /* Translators: %{shown} and %{address} are mail addresses. */
  { "display-name-address", "",
    N_ ("The name shows the address %{shown}, but the mail was sent from %{address}.") },
  /* Translators: the mail was sent by a web form or service on behalf of the address shown. */
  { "display-name-address", "service",
    N_ ("The name shows the address %{shown}; the service %{address} sent the mail in its name.") },

  /* Translators: %{name} is a person, %{known} and %{address} are mail addresses. */
  { "internal-name-external-address", "",
    N_ ("%{name} of your organisation writes from %{known}. This mail was sent from %{address}, outside of "
        "your "
        "organisation.") },
  /* Translators: a notification service such as a calendar uses the name of a colleague. */
  { "internal-name-external-address", "service",
    N_ ("The service %{address} uses the name of %{name} of your organisation.") },
  /* Translators: the mail carries the reader's own name. */
  { "internal-name-external-address", "self",
    N_ ("This mail carries your own name, but was sent from %{address}, outside of your organisation.") },

  /* Translators: %{name} is a person who has written before, %{known} and %{address} are mail addresses. */
  { "known-name-new-address", "",
    N_ ("Mails from %{name} have come from %{known} so far. This one was sent from %{address}.") },
  /* Translators: as before; the reader has written to this person. */
  { "known-name-new-address", "correspondent",
    N_ ("You have exchanged mails with %{name} at %{known}. This mail was sent from %{address}.") },

  /* Translators: our own mail gateway found that the sender's address was not proved (SPF, DKIM, DMARC). */
  { "own-domain-forged", "",
    N_ ("The sender %{address} is of your own organisation, but your mail gateway found that the mail does "
        "not "
        "come from there.") },
  /* Translators: as before, but a mailing list or a forwarder may be the reason. */
  { "own-domain-forged", "passed-on",
    N_ ("The sender %{address} is of your own organisation. The mail came through a mailing list or "
        "forwarder, "
        "and your mail gateway could not confirm that it began there.") },
  { NULL, NULL, NULL },
};
