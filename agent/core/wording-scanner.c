/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sentences that say what could not be inspected. */
#include "agent/core/wording-tables.h"

const SekSentence sek_sentences_scanner[] = {
  /* Translators: the following say what could not be inspected. */
  { "uninspectable", "crashed", N_ ("The mail could not be inspected: checking it failed.") },
  { "uninspectable", "timed-out", N_ ("The mail could not be inspected in the time allowed.") },
  { "uninspectable", "too-large", N_ ("The mail is too large to be inspected completely.") },
  { "uninspectable", "too-many-parts",
    N_ ("The mail has too many parts; not all of them could be inspected.") },
  { "uninspectable", "nested-too-deep",
    N_ ("The mail is nested too deeply; the innermost parts could not be inspected.") },
  { "uninspectable", "too-many-attachments",
    N_ ("The mail has too many attachments; not all of them could be inspected.") },
  { "uninspectable", "not-a-mail", N_ ("This is not a readable mail, so nothing in it could be checked.") },
  { "uninspectable", "empty", N_ ("The mail is empty, so there was nothing to check.") },
  { "uninspectable", "nul-bytes",
    N_ ("The mail contains bytes that do not belong in a mail; parts of it may be hidden "
        "from the check.") },
  { "uninspectable", "malformed", N_ ("The mail is malformed; parts of it may be hidden from the check.") },
  { "uninspectable", "text-cut", N_ ("The mail is very long; only its beginning was read.") },
  /* Translators: %{detail} is the name of a character set such as "x-foo". */
  { "uninspectable", "unknown-charset",
    N_ ("The text is written in an unknown character set (%{detail}) and may have been misread.") },
  /* Translators: %{detail} is a file name. */
  { "uninspectable", "archive-damaged", N_ ("The archive %{detail} is damaged and could not be inspected.") },
  { "uninspectable", "archive-unsupported",
    N_ ("The archive %{detail} has a form that could not be inspected.") },
  { "uninspectable", "too-many-entries",
    N_ ("The archive %{detail} holds too many files; not all of them could be inspected.") },
  /* Translators: in the following, %{detail} is a file and the archives it lies in: "a.zip › b.zip › c.xls".
   */
  { "uninspectable", "file-timed-out", N_ ("%{detail} could not be inspected in the time allowed.") },
  { "uninspectable", "file-too-large", N_ ("%{detail} is too large to be inspected completely.") },
  { "uninspectable", "file-unpacks-too-large", N_ ("%{detail} unpacks to more than can be inspected.") },
  { "uninspectable", "file-nested-too-deep",
    N_ ("%{detail} lies too deep inside other archives and could not be inspected.") },
  { "uninspectable", "file-damaged", N_ ("%{detail} is damaged and could not be inspected completely.") },
  { "uninspectable", "file-unsupported", N_ ("%{detail} has a form that could not be inspected.") },
  { "uninspectable", "file-locked", N_ ("%{detail} is locked with a password and could not be inspected.") },
  { "uninspectable", "", N_ ("A part of the mail could not be inspected.") },
  { NULL, NULL, NULL },
};
