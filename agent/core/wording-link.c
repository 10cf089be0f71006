/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sentences of the checks of links. */
#include "agent/core/wording-tables.h"

const SekSentence sek_sentences_link[] = {
  /* Translators: %{shown} and %{target} are names of web servers. Keep every %{…} as it is. */
  { "link-text-mismatch", "", N_ ("The text of a link shows %{shown}, but the link leads to %{target}.") },
  /* Translators: %{target} and %{resembles} are names of web servers or domains. */
  { "link-text-mismatch", "lookalike",
    N_ ("A link leads to %{target}, which can be taken for %{resembles} but belongs to somebody else.") },
  /* Translators: scripts such as Latin and Cyrillic. */
  { "link-text-mismatch", "mixed-scripts",
    N_ ("A link leads to %{target}, a name that mixes letters of different scripts that look alike.") },
  /* Translators: %{target} is a number such as 203.0.113.7. */
  { "link-text-mismatch", "address",
    N_ ("A link leads to the bare number %{target} instead of a name, which hides who is there.") },
  /* Translators: %{shown} is what the address of the link begins with, %{target} where it really leads. */
  { "link-text-mismatch", "disguised",
    N_ ("The address of a link begins with %{shown}, but the link leads to %{target}.") },
  /* Translators: the link carries a whole page or a script in itself. */
  { "link-text-mismatch", "code",
    N_ ("A link leads to no web page: it holds a page or a program of its own, which would be opened.") },
  /* Translators: the link starts a function of the computer, or opens a folder on somebody's server. */
  { "link-text-mismatch", "local",
    N_ ("A link leads to no web page: it opens something directly on this computer (%{target}).") },
  /* Translators: services that make short addresses, such as bit.ly. */
  { "link-text-mismatch", "shortener",
    N_ ("The text of a link shows %{shown}, but the link goes through the short address service "
        "%{target}.") },
  /* Translators: an input form inside of the mail. */
  { "link-text-mismatch", "form", N_ ("This mail asks for a password and would send it to %{target}.") },

  /* Translators: %{file} is the name of a program or a script, %{target} the server it lies on. */
  { "link-to-program", "",
    N_ ("A link leads straight to %{file} on %{target}. Such a file can start a program when it is opened, "
        "and "
        "the server has nothing to do with the sender or anybody you exchange mails with.") },
  /* Translators: as before, but on the sender's own server or one where programs are published. */
  { "link-to-program", "published",
    N_ ("A link leads straight to %{file} on %{target}. Such a file can start a program when it is "
        "opened.") },
  /* Translators: %{file} is an archive such as a ZIP file, %{password} a password. */
  { "link-to-program", "archive",
    N_ ("A link leads to the archive %{file} on %{target}, and its password %{password} stands in the mail. "
        "Archives are sent this way so that nobody can look inside before you open them.") },

  { NULL, NULL, NULL },
};
