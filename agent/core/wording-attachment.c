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

  /* Translators: %{file} is a file name, %{password} a password that the mail gives for it. */
  { "password-in-body", "", N_ ("The password for %{file} (%{password}) stands in the same mail.") },

  /* Translators: a file name such as 20221103.zip. */
  { "date-named-archive", "",
    N_ ("The locked attachment %{file} is named after nothing but a date or a number, as waves of malicious "
        "mail are.") },
  { NULL, NULL, NULL },
};
