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
  /* Translators: %{file} is the name of an office document. */
  { "encrypted-archive", "document-opened",
    N_ ("The document %{file} is locked with a password; it was opened with one that was at hand, and "
        "checked.") },

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
  /* Translators: for all sentences below: %{file} is a file name, also with the way to it, such as
   * "20221103.zip › invoice.xls". "Macros" are small programs inside office documents. */
  { "macro-document", "", N_ ("%{file} holds macros: small programs in a document.") },
  { "macro-document", "macros", N_ ("%{file} holds macros: small programs in a document.") },
  { "macro-document", "auto-macros", N_ ("%{file} holds macros that run by themselves when it is opened.") },
  { "macro-document", "excel4-macros",
    N_ ("%{file} holds macros of an old kind (Excel 4) that is used almost only for attacks today.") },
  { "macro-document", "dde", N_ ("%{file} starts another program when it is opened.") },
  { "macro-document", "launch", N_ ("%{file} starts another program when it is opened.") },
  { "macro-document", "external-template",
    N_ ("%{file} loads its template from an address on the Internet when it is opened.") },
  { "macro-document", "external-object",
    N_ ("%{file} loads a part of its content from another place when it is opened.") },
  { "macro-document", "activex", N_ ("%{file} holds controls that can run programs (ActiveX).") },
  { "macro-document", "ole-object", N_ ("%{file} holds an embedded object of another program.") },
  { "macro-document", "javascript", N_ ("%{file} holds a script that runs when it is opened.") },

  { "program-attached", "", N_ ("%{file} runs as a program when it is opened.") },
  { "program-attached", "program", N_ ("%{file} runs as a program when it is opened.") },
  { "program-attached", "script", N_ ("%{file} is a script: it runs as a program when it is opened.") },
  /* Translators: a script that is told by its first line alone, such as "configure". */
  { "program-attached", "text-script",
    N_ ("%{file} is a text with commands; it runs only where somebody starts it as a program.") },
  { "program-attached", "shortcut",
    N_ ("%{file} is a shortcut: it starts something else when it is opened.") },
  { "program-attached", "disk-image",
    N_ ("%{file} is the image of a disk. What comes on one gets around the warnings for files from the "
        "Internet.") },
  { "program-attached", "smuggling",
    N_ ("%{file} puts together another file on your computer when it is opened in a browser.") },
  { "program-attached", "html-form",
    N_ ("%{file} is a page that asks for a password or other input and sends it somewhere.") },
  /* Translators: %{file} is a page, %{detail} a web address. */
  { "program-attached", "redirect",
    N_ ("%{file} is a page that shows nothing itself and leads the browser on to %{detail}.") },
  { "program-attached", "embedded-file", N_ ("%{file} carries another file that runs as a program.") },

  /* Translators: the name shows a harmless kind of file, the end of the name another one. */
  { "double-extension", "",
    N_ ("The name of %{file} makes it look like a document, but its true ending is another one.") },
  { "double-extension", "gap", N_ ("The name of %{file} has a row of spaces that hides its true ending.") },
  { "double-extension", "override",
    N_ ("The name of %{file} is partly written backwards, so that its true ending is not seen.") },
  { "double-extension", "wrong-type", N_ ("The content of %{file} is not what its name says.") },

  { "oversized-document", "",
    N_ ("%{file} is blown up with emptiness, as is done to slip past the checks for malicious mail.") },
  { NULL, NULL, NULL },
};
