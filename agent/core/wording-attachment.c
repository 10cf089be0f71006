/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sentences of the checks of what is attached. */
#include "agent/core/wording-tables.h"

const SekSentence sek_sentences_attachment[] = {
  /* Translators: %{file} is a file name. */
  { "encrypted-archive", "",
    N_ ("The attachment %{file} is locked with a password, so its content could not be "
        "checked.") },
  /* Translators: %{file} is a file name, %{inside} a list of file names. */
  { "encrypted-archive", "listed",
    N_ ("The attachment %{file} is locked with a password. It holds %{inside}; the content could not be "
        "checked.") },
  /* Translators: "macros" are small programs inside office documents. */
  { "encrypted-archive", "macro",
    N_ ("The locked attachment %{file} holds %{inside}, a document that can carry macros.") },
  /* Translators: %{inside} is a file name such as "invoice.exe". */
  { "encrypted-archive", "program",
    N_ ("The locked attachment %{file} holds %{inside}, which runs as a program when it is opened.") },
  /* Translators: not even the names of the files inside can be seen. */
  { "encrypted-archive", "names-hidden",
    N_ ("The attachment %{file} is locked with a password; even the names of the files inside are hidden.") },

  /* Translators: %{file} is a file name, %{inside} a list of file names. */
  { "encrypted-archive", "opened",
    N_ ("The locked file %{file} was opened with the password in this mail; inside: %{inside}.") },
  /* Translators: %{file} is a file name, %{inside} a list of file names. */
  { "encrypted-archive", "opened-name",
    N_ ("The locked file %{file} was opened with the password in its own name; inside: %{inside}.") },
  /* Translators: %{file} is a file name, %{inside} a list of file names. */
  { "encrypted-archive", "opened-earlier",
    N_ ("The locked file %{file} was opened with the password that an earlier mail brought; inside: "
        "%{inside}.") },
  /* Translators: %{file} is a file name, %{inside} a list of file names. */
  { "encrypted-archive", "opened-usual",
    N_ ("The locked file %{file} was opened with a password that has opened this sender's files before; "
        "inside: %{inside}.") },
  /* Translators: %{file} is a file name, %{inside} a list of file names. */
  { "encrypted-archive", "not-opened",
    N_ ("The attachment %{file} is locked, and no password in this mail opens it. It holds %{inside}; the "
        "content could not be checked.") },
  /* Translators: %{file} is the name of an office document or PDF. */
  { "encrypted-archive", "document",
    N_ ("The document %{file} is locked with a password, so its content could not be checked.") },

  /* Translators: %{file} is a file name, %{password} a password that the mail gives for it. */
  { "password-in-body", "", N_ ("The password for %{file} (%{password}) stands in the same mail.") },
  /* Translators: %{file} is a file name, %{password} a password that the mail gives for it. */
  { "password-in-body", "file-name", N_ ("The password for %{file} (%{password}) stands in a file's name.") },
  /* Translators: %{file} is a file name, %{password} a password that the mail gives for it. */
  { "password-in-body", "though-separately",
    N_ ("The mail says that the password for %{file} comes separately, yet it stands in it (%{password}).") },

  /* Translators: %{file} is a file name of an earlier mail, %{password} the password in this one. */
  { "password-in-next-mail", "",
    N_ ("This mail brings a password (%{password}) for the locked file %{file} of an earlier mail.") },
  /* Translators: %{name} is a person, %{known} and %{address} are mail addresses. */
  { "password-in-next-mail", "foreign",
    N_ ("This mail brings a password (%{password}) for the locked file %{file}, in the name of %{name}, whom "
        "you know at %{known}, but from %{address}.") },

  /* Translators: a file name such as 20221103.zip. */
  { "date-named-archive", "",
    N_ ("The locked attachment %{file} is named after nothing but a date or a number, as waves of malicious "
        "mail are.") },
  { NULL, NULL, NULL },
};
