/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/core/wording.h"

#include <string.h>

#include "agent/core/wording-tables.h"

static const SekSentence *const tables[] = {
  sek_sentences_sender, sek_sentences_thread,  sek_sentences_attachment,
  sek_sentences_link,   sek_sentences_scanner, sek_sentences_organisation,
};

void
sek_wording_init (void)
{
  const char *folder = g_getenv ("SEKISHO_LOCALEDIR");
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL && *folder != '\0' ? folder : SEK_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
}

static const SekSentence *
find_sentence (const char *check, const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    for (const SekSentence *row = tables[i]; row->check != NULL; row++)
      if (strcmp (row->check, check) == 0 && strcmp (row->code, code) == 0)
        return row;
  return NULL;
}

gboolean
sek_wording_knows (const char *check, const char *code)
{
  return find_sentence (check, code) != NULL;
}

/* The evidence in the reader's language where it came in several: "text[ja]", else "text". */
static const char *
evidence_of (const SekFinding *finding, const char *key)
{
  for (const char *const *language = g_get_language_names (); *language != NULL; language++)
    {
      g_autofree char *local = g_strdup_printf ("%s[%s]", key, *language);
      const char *value = sek_finding_get (finding, local);
      if (value != NULL)
        return value;
    }
  return sek_finding_get (finding, key);
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
      const char *value = evidence_of (finding, key);
      g_string_append_printf (out, "\u2068%s\u2069", value != NULL ? value : "?");
      p = end + 1;
    }
  return g_string_free (out, FALSE);
}

char *
sek_wording_finding (const SekFinding *finding)
{
  const SekSentence *sentence = find_sentence (finding->check, finding->code);
  if (sentence == NULL)
    sentence = find_sentence (finding->check, "");
  if (sentence == NULL)
    /* Translators: %s is the technical name of a check, shown when an older program meets a newer agent. */
    return g_strdup_printf (_ ("The check “%s” found something."), finding->check);
  return fill_in (_ (sentence->sentence), finding);
}

/* What a mail is about to do to its reader differs by what the gravest finding speaks of. */
static const struct
{
  const SekSentence *about; /* the table of the gravest finding; NULL: any */
  SekLevel level;
  const char *headline;
} headlines[] = {
  /* Translators: the following are headlines of a warning. Calm and concrete, no jargon. */
  { sek_sentences_organisation, SEK_LEVEL_DANGER, N_ ("Your organisation has warned of this mail") },
  { sek_sentences_organisation, SEK_LEVEL_CAUTION, N_ ("Your organisation has warned of this mail") },
  { sek_sentences_attachment, SEK_LEVEL_DANGER, N_ ("What is attached to this mail is probably dangerous") },
  { sek_sentences_link, SEK_LEVEL_DANGER, N_ ("This mail leads somewhere else than it says") },
  { sek_sentences_scanner, SEK_LEVEL_DANGER, N_ ("This mail hides something from the check") },
  { NULL, SEK_LEVEL_DANGER, N_ ("This mail is probably not from who it says it is") },
  { sek_sentences_attachment, SEK_LEVEL_CAUTION, N_ ("Be careful with what is attached to this mail") },
  { sek_sentences_link, SEK_LEVEL_CAUTION, N_ ("Be careful with the links in this mail") },
  { sek_sentences_scanner, SEK_LEVEL_CAUTION, N_ ("Parts of this mail could not be checked") },
  { NULL, SEK_LEVEL_CAUTION, N_ ("Check with the sender before you act on this mail") },
  { NULL, SEK_LEVEL_NOTICE, N_ ("Worth knowing about this mail") },
};

static const SekSentence *
table_of (const char *check)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    for (const SekSentence *row = tables[i]; row->check != NULL; row++)
      if (strcmp (row->check, check) == 0)
        return tables[i];
  return NULL;
}

const char *
sek_wording_headline (const SekVerdict *verdict)
{
  const SekFinding *gravest = verdict->findings->len > 0 ? verdict->findings->pdata[0] : NULL;
  const SekSentence *about = gravest != NULL ? table_of (gravest->check) : NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (headlines); i++)
    if (headlines[i].level == verdict->level && (headlines[i].about == NULL || headlines[i].about == about))
      return _ (headlines[i].headline);
  /* Translators: nothing was found in a mail. */
  return _ ("Nothing conspicuous was found in this mail");
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

const char *
sek_wording_tag (SekLevel level)
{
  if (level == SEK_LEVEL_DANGER)
    /* Translators: label of a mail in the list of mails; must not hold a colon, which Evolution splits at. */
    return _ ("Dangerous (Sekisho)");
  if (level == SEK_LEVEL_CAUTION)
    /* Translators: label of a mail in the list of mails; must not hold a colon, which Evolution splits at. */
    return _ ("Check first (Sekisho)");
  return NULL;
}

static const struct
{
  const char *key;
  const char *label;
} labels[] = {
  /* Translators: labels in front of a value. */
  { "name", N_ ("Name") },
  { "address", N_ ("Sent from") },
  { "claimed", N_ ("Name shown") },
  { "known", N_ ("Known address") },
  { "shown", N_ ("Address shown") },
  { "file", N_ ("File") },
  { "inside", N_ ("Inside") },
  { "password", N_ ("Password") },
  { "prefix", N_ ("Prefix") },
  { "program", N_ ("Mail program") },
  { "phrase", N_ ("Phrase") },
  { "detail", N_ ("Detail") },
  { "subject", N_ ("Subject") },
  { "resembles", N_ ("Resembles") },
  { "reply-to", N_ ("Answers go to") },
  { "target", N_ ("Link leads to") },
  { "advisory", N_ ("Advisory") },
  { "text", N_ ("What it says") },
};

const char *
sek_wording_evidence_key (const char *key)
{
  gsize length = strcspn (key, "[");
  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    if (strlen (labels[i].key) == length && strncmp (labels[i].key, key, length) == 0)
      return _ (labels[i].label);
  return key;
}
