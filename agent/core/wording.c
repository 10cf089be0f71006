/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/core/wording.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Sentences take their evidence by name, %{key}, so that a translation may put it where its grammar wants it.
 */
typedef struct
{
  const char *check;
  const char *code;
  const char *sentence;
} Sentence;

static const Sentence sentences[] = {
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

  /* Translators: %{prefix} is "Re:" or the like, %{program} the name of a mail program. */
  { "fake-reply", "no-headers",
    N_ ("The subject begins with “%{prefix}”, but the mail answers no earlier mail. %{program} always notes "
        "which mail "
        "is answered; here nothing is noted.") },
  /* Translators: %{prefix} is "Re:" or the like. */
  { "fake-reply", "no-headers-unknown",
    N_ ("The subject begins with “%{prefix}”, but the mail does not say which earlier mail it answers.") },

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

  /* Translators: %{phrase} is a quotation from the mail such as "as discussed". */
  { "prior-exchange-phrase", "",
    N_ ("The text speaks of an earlier exchange (“%{phrase}”), but the mail answers no earlier mail.") },

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
  { "uninspectable", "", N_ ("A part of the mail could not be inspected.") },
};

void
sek_wording_init (void)
{
  const char *folder = g_getenv ("SEKISHO_LOCALEDIR");
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL && *folder != '\0' ? folder : SEK_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
}

static const Sentence *
find_sentence (const char *check, const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sentences); i++)
    if (strcmp (sentences[i].check, check) == 0 && strcmp (sentences[i].code, code) == 0)
      return &sentences[i];
  return NULL;
}

gboolean
sek_wording_knows (const char *check, const char *code)
{
  return find_sentence (check, code) != NULL;
}

/* Puts the evidence into %{key}. First strong isolates (UAX 9) keep an address in one piece between
 * right-to-left letters; the values themselves hold no bidi controls any more (sek_text_show). */
static char *
fill_in (const char *sentence, const SekFinding *finding)
{
  GString *out = g_string_new (NULL);
  for (const char *p = sentence; *p != '\0';)
    {
      const char *end = g_str_has_prefix (p, "%{") ? strchr (p, '}') : NULL;
      if (end == NULL)
        {
          g_string_append_c (out, *p++);
          continue;
        }
      g_autofree char *key = g_strndup (p + 2, (gsize) (end - p - 2));
      const char *value = sek_finding_get (finding, key);
      g_string_append_printf (out, "\u2068%s\u2069", value != NULL ? value : "?");
      p = end + 1;
    }
  return g_string_free (out, FALSE);
}

char *
sek_wording_finding (const SekFinding *finding)
{
  const Sentence *sentence = find_sentence (finding->check, finding->code);
  if (sentence == NULL)
    sentence = find_sentence (finding->check, "");
  if (sentence == NULL)
    /* Translators: %s is the technical name of a check, shown when an older program meets a newer agent. */
    return g_strdup_printf (_ ("The check “%s” found something."), finding->check);
  return fill_in (_ (sentence->sentence), finding);
}

const char *
sek_wording_headline (SekLevel level)
{
  switch (level)
    {
    case SEK_LEVEL_DANGER:
      /* Translators: headline of the warning dialog. Calm and concrete, no jargon. */
      return _ ("This mail is probably not from who it says it is");
    case SEK_LEVEL_CAUTION:
      /* Translators: headline of the yellow bar. */
      return _ ("Check with the sender before you act on this mail");
    case SEK_LEVEL_NOTICE:
      /* Translators: headline of the quiet line above a mail. */
      return _ ("Worth knowing about this mail");
    case SEK_LEVEL_CLEAR:
    default:
      /* Translators: nothing was found in a mail. */
      return _ ("Nothing conspicuous was found in this mail");
    }
}

const char *
sek_wording_level (SekLevel level)
{
  switch (level)
    {
    case SEK_LEVEL_DANGER:
      /* Translators: the gravest of four levels. */
      return _ ("Danger");
    case SEK_LEVEL_CAUTION:
      /* Translators: the second gravest of four levels. */
      return _ ("Caution");
    case SEK_LEVEL_NOTICE:
      /* Translators: the third of four levels. */
      return _ ("Notice");
    case SEK_LEVEL_CLEAR:
    default:
      /* Translators: the lowest of four levels: nothing to say. */
      return _ ("Clear");
    }
}

static const struct
{
  const char *key;
  const char *label;
} labels[] = {
  /* Translators: labels in front of a value. */
  { "name", N_ ("Name") },           { "address", N_ ("Sent from") }, { "known", N_ ("Known address") },
  { "shown", N_ ("Address shown") }, { "file", N_ ("File") },         { "inside", N_ ("Inside") },
  { "password", N_ ("Password") },   { "prefix", N_ ("Prefix") },     { "program", N_ ("Mail program") },
  { "phrase", N_ ("Phrase") },       { "detail", N_ ("Detail") },     { "subject", N_ ("Subject") },
};

const char *
sek_wording_evidence_key (const char *key)
{
  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    if (strcmp (labels[i].key, key) == 0)
      return _ (labels[i].label);
  return key;
}
