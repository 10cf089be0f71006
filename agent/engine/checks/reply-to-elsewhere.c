/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers go to another organisation than the mail comes from. Newsletters, services and forms do that all
 * the time; a colleague or partner whose answers go to an address that nobody here has seen does not. */
#include "agent/engine/check.h"

#include <string.h>

#include "agent/engine/confusable.h"

#define MAILBOXES_MAX 4   /* of Reply-To */
#define BORNE_CHARS_MIN 6 /* a name this long in a local part is no chance */
#define RECEIVED_ENOUGH 3 /* from here on an address is one that we deal with */

/* Somebody whom the reader takes for a person of the organisation, or for one he has written to. */
typedef enum
{
  WRITER_UNKNOWN,
  WRITER_PARTNER,
  WRITER_COLLEAGUE,
} Writer;

static Writer
find_writer (const SekCheckInput *input)
{
  for (guint i = 0; i < input->policy->people->len; i++)
    {
      const SekPerson *person = input->policy->people->pdata[i];
      if (g_strv_contains ((const char *const *) person->addresses, input->author_address))
        return WRITER_COLLEAGUE;
    }
  SekCorrespondent correspondent;
  if (input->history == NULL ||
      !input->history->find_correspondent (input->history->self, input->author_address, &correspondent) ||
      correspondent.written_to == 0)
    return WRITER_UNKNOWN;
  return sek_is_own_address (input, input->author_address) ? WRITER_COLLEAGUE : WRITER_PARTNER;
}

static gboolean
is_dealt_with (const SekCheckInput *input, const char *address)
{
  SekCorrespondent correspondent;
  return input->history != NULL &&
         input->history->find_correspondent (input->history->self, address, &correspondent) &&
         (correspondent.written_to > 0 || correspondent.received >= RECEIVED_ENOUGH);
}

/* A form on our own site writes from one of our addresses in the visitor's name. */
static gboolean
bears_other_name (const SekCheckInput *input, const SekMailbox *reply)
{
  g_autofree char *key = sek_text_name_key (reply->display_name);
  g_autofree char *author_key = sek_text_name_key (input->author_name);
  return *key != '\0' && !g_str_equal (key, author_key);
}

/* "purchasing.cityworks@…" answers for city-works.example. */
static gboolean
local_part_bears (const char *address, const SekDomainName *author)
{
  g_autoptr (GString) local = g_string_new (NULL);
  g_autoptr (GString) label = g_string_new (NULL);
  for (const char *p = address; *p != '\0' && *p != '@'; p++)
    if (strchr (".-_", *p) == NULL)
      g_string_append_c (local, *p);
  for (const char *p = author->label; *p != '\0'; p++)
    if (*p != '-')
      g_string_append_c (label, *p);
  return label->len >= BORNE_CHARS_MIN && strstr (local->str, label->str) != NULL;
}

static gboolean
looks_like_author (const SekDomainName *reply, const SekDomainName *author)
{
  switch (sek_domain_resembles (reply, author))
    {
    case SEK_RESEMBLES_HOMOGLYPH:
    case SEK_RESEMBLES_CONFUSABLE:
    case SEK_RESEMBLES_LETTER:
    case SEK_RESEMBLES_HYPHEN:
    case SEK_RESEMBLES_ACCENT:
    case SEK_RESEMBLES_WHOLE:
      return TRUE;
    case SEK_RESEMBLES_NOT:
    case SEK_RESEMBLES_SUFFIX:
    case SEK_RESEMBLES_WORD:
    case SEK_RESEMBLES_DISTANTLY:
    case SEK_N_RESEMBLANCES:
    default:
      return FALSE;
    }
}

/* Which sentence fits and how grave it is; CLEAR when there is nothing to say. address is in normal form. */
static SekLevel
judge (const SekCheckInput *input, const SekMailbox *reply, const char *address, const char **code)
{
  gboolean webmail = sek_is_public_mail_domain (sek_addr_spec_domain (address));
  gboolean bulk = input->from_list || input->from_service || input->from_machine;
  Writer writer = find_writer (input);
  g_autoptr (SekDomainName) author = sek_domain_name_new (input->author_domain);
  g_autoptr (SekDomainName) domain = sek_domain_name_new (sek_addr_spec_domain (address));
  if (!webmail && looks_like_author (domain, author))
    {
      *code = "lookalike";
      return SEK_LEVEL_CAUTION;
    }
  /* One header field makes a mail look like a list's or a program's, but no list answers in a colleague's
   * name from a webmail account. */
  if (bulk && (writer != WRITER_COLLEAGUE || !webmail || bears_other_name (input, reply)))
    return SEK_LEVEL_CLEAR;
  if (writer == WRITER_COLLEAGUE)
    {
      *code = "colleague";
      return bears_other_name (input, reply) ? SEK_LEVEL_NOTICE : SEK_LEVEL_CAUTION;
    }
  if (writer == WRITER_PARTNER)
    {
      *code = "partner";
      return webmail && !bears_other_name (input, reply) ? SEK_LEVEL_CAUTION : SEK_LEVEL_NOTICE;
    }
  *code = "";
  /* Our own forms, and those who write from a webmail account anyway. */
  if (sek_is_own_address (input, input->author_address) || sek_is_public_mail_domain (input->author_domain))
    return SEK_LEVEL_CLEAR;
  if (local_part_bears (address, author))
    {
      *code = "bears-name";
      return SEK_LEVEL_CAUTION;
    }
  return webmail ? SEK_LEVEL_NOTICE : SEK_LEVEL_CLEAR;
}

void
sek_check_reply_to_elsewhere (const SekCheckInput *input, GPtrArray *findings)
{
  const GPtrArray *replies = input->facts->reply_to;
  if (*input->author_address == '\0')
    return;
  for (guint i = 0; i < replies->len && i < MAILBOXES_MAX; i++)
    {
      const SekMailbox *reply = replies->pdata[i];
      g_autofree char *address = sek_addr_spec_normal (reply->addr_spec);
      if (address == NULL || sek_addr_spec_domain (address) == NULL ||
          sek_same_organisation (address, input->author_address) || sek_is_own_address (input, address) ||
          is_dealt_with (input, address))
        continue;
      const char *code = "";
      SekLevel level = judge (input, reply, address, &code);
      if (level == SEK_LEVEL_CLEAR)
        continue;
      SekFinding *finding = sek_findings_add (findings, "reply-to-elsewhere", code, level);
      sek_finding_add (finding, "address", input->author_address);
      sek_finding_add (finding, "reply-to", address);
      return;
    }
}
