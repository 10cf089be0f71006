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
  /* Translators: %{shown} is a domain such as bank.example in the sender's name. */
  { "display-name-address", "domain",
    N_ ("The name shows %{shown}, but the mail was sent from %{address}.") },
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

  /* Translators: %{name} is a colleague; the reader has written to %{address} before. */
  { "internal-name-external-address", "known-private",
    N_ ("%{name} of your organisation writes from %{known}. This mail came from %{address}, outside of your "
        "organisation, to which you have written before.") },
  /* Translators: %{claimed} is the name in the mail; it is read or spelled like that of the colleague
   * %{name}.
   */
  { "internal-name-external-address", "read",
    N_ ("The name “%{claimed}” is read like that of %{name} of your organisation, who writes from %{known}. "
        "This "
        "mail was sent from %{address}.") },

  /* Translators: %{name} is shown with such characters made visible, as [U+202E]. */
  { "hidden-characters", "order",
    N_ ("The sender's name holds a character that turns letters around, so that it looks like another one: "
        "%{name}") },
  { "hidden-characters", "split",
    N_ ("The sender's name holds characters that are not seen, which keep it from being recognised: "
        "%{name}") },
  { "hidden-characters", "address",
    N_ ("The sender's address holds characters that are not seen: %{address}") },
  { "hidden-characters", "subject-order",
    N_ ("The subject holds a character that turns letters around: %{subject}") },
  { "hidden-characters", "subject-split",
    N_ ("The subject holds characters between its letters that are not seen: %{subject}") },

  /* Translators: the name in a mail does not fit the part of the address before the @. */
  { "name-localpart-mismatch", "", N_ ("The name “%{name}” does not fit the address %{address}.") },

  /* Translators: %{name} is a person who has written before, %{known} and %{address} are mail addresses. */
  { "known-name-new-address", "",
    N_ ("Mails from %{name} have come from %{known} so far. This one was sent from %{address}.") },
  /* Translators: as before; the reader has written to this person. */
  { "known-name-new-address", "correspondent",
    N_ ("You have exchanged mails with %{name} at %{known}. This mail was sent from %{address}.") },

  /* Translators: %{address} is a mail address, %{resembles} a domain the reader deals with. */
  { "lookalike-domain", "",
    N_ ("The address %{address} can be taken for one of %{resembles}, but it belongs to another domain.") },
  /* Translators: as before, and %{resembles} is the reader's own organisation. */
  { "lookalike-domain", "own",
    N_ ("The address %{address} can be taken for one of your own organisation (%{resembles}), but it belongs "
        "to "
        "another domain.") },
  /* Translators: as before; the mail answers in a thread with people of %{resembles}. */
  { "lookalike-domain", "in-thread",
    N_ ("This mail carries on an exchange with %{resembles}, but it was sent from %{address}, a domain that "
        "can "
        "be taken for it.") },
  /* Translators: the domain is the other one's name with a word or another ending, like kaede-support. */
  { "lookalike-domain", "name-used",
    N_ ("The address %{address} bears the name of %{resembles}, but it belongs to another domain.") },
  /* Translators: as before, and %{resembles} is the reader's own organisation. */
  { "lookalike-domain", "own-name-used",
    N_ ("The address %{address} bears the name of your own organisation (%{resembles}), but it belongs to "
        "another domain.") },
  /* Translators: scripts such as Latin and Cyrillic. */
  { "lookalike-domain", "mixed-scripts",
    N_ ("The domain of %{address} mixes letters of different scripts that look alike.") },

  /* Translators: %{address} is who the mail is from, %{reply-to} where an answer to it goes. */
  { "reply-to-elsewhere", "",
    N_ ("Answers to this mail go to %{reply-to}, a free mail account, not to %{address}.") },
  /* Translators: as before; %{address} is a colleague's. */
  { "reply-to-elsewhere", "colleague",
    N_ ("The mail says it is from %{address} of your own organisation, but answers go outside, to "
        "%{reply-to}.") },
  /* Translators: as before; the reader has written to %{address}. */
  { "reply-to-elsewhere", "partner",
    N_ ("You have written to %{address} before, but answers to this mail go somewhere else, to "
        "%{reply-to}.") },
  /* Translators: as before; %{reply-to} looks like an address of the same domain. */
  { "reply-to-elsewhere", "lookalike",
    N_ ("Answers to this mail go to %{reply-to}, which can be taken for the domain of %{address} but is "
        "another "
        "one.") },
  /* Translators: as before; %{reply-to} contains the name of the sender's organisation. */
  { "reply-to-elsewhere", "bears-name",
    N_ ("Answers to this mail go to %{reply-to}: it bears the name of the sender's organisation, but is not "
        "an "
        "address of it.") },

  /* Translators: shown beside other reasons; %{address} is a mail address. */
  { "first-contact", "",
    N_ ("There has been no mail with %{address} or anybody of its organisation so far.") },
  /* Translators: as before; the address is of a mail provider that everybody can use. */
  { "first-contact", "webmail", N_ ("There has been no mail with %{address} so far.") },

  /* Translators: shown beside other reasons; a blind copy, or sent to hidden recipients. */
  { "not-addressed-to-me", "", N_ ("Neither you nor your organisation is among the recipients named.") },

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
