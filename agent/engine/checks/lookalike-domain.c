/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A domain that can be taken for our own, for a correspondent's or for a mail provider's. A domain that we
 * deal with is nobody's look-alike, and names that firms share by chance say little unless the same person,
 * or the same thread, is known at the other domain. */
#include <string.h>

#include "agent/engine/check.h"
#include "agent/engine/confusable.h"

#define MAILBOXES_MAX 4   /* looked at in each header field */
#define REFERENCES_MAX 8  /* whose threads are looked at */
#define RECEIVED_ENOUGH 3 /* from here on a domain is one that we deal with */

typedef enum
{
  WHOSE_OWN,
  WHOSE_PARTNER, /* we have written there */
  WHOSE_SENDER,  /* has only written to us: newsletters, shops */
  WHOSE_WEBMAIL,
  N_WHOSE,
} Whose;

typedef struct
{
  SekResemblance how;
  Whose whose;
  gboolean familiar; /* the writer's name, address or thread is known at the other domain */
  gboolean in_thread;
  SekLevel level;
  char *known; /* the other domain */
} Match;

static void
match_clear (Match *match)
{
  g_free (match->known);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Match, match_clear)

#define C SEK_LEVEL_CLEAR
#define N SEK_LEVEL_NOTICE
#define W SEK_LEVEL_CAUTION
#define D SEK_LEVEL_DANGER
/* How grave a likeness is: [how][whose], and the same when the writer seems to be somebody known there. A
 * firm may have its name with and without a hyphen or under several suffixes, so that is no danger by itself.
 */
static const struct
{
  SekLevel stranger[N_WHOSE], familiar[N_WHOSE];
} levels[SEK_N_RESEMBLANCES] = {
  /*                               own partner sender webmail   own partner sender webmail */
  [SEK_RESEMBLES_HOMOGLYPH] = { { D, D, W, W }, { D, D, D, W } },
  [SEK_RESEMBLES_CONFUSABLE] = { { W, W, W, W }, { D, D, W, W } },
  [SEK_RESEMBLES_LETTER] = { { W, W, C, N }, { D, D, W, N } },
  [SEK_RESEMBLES_HYPHEN] = { { W, W, C, C }, { W, W, N, C } },
  [SEK_RESEMBLES_ACCENT] = { { W, N, C, W }, { W, W, N, W } },
  [SEK_RESEMBLES_WHOLE] = { { W, W, C, C }, { W, W, N, C } },
  [SEK_RESEMBLES_SUFFIX] = { { W, N, C, C }, { W, W, N, C } },
  [SEK_RESEMBLES_WORD] = { { W, N, C, C }, { W, W, N, C } },
  [SEK_RESEMBLES_DISTANTLY] = { { N, C, C, C }, { W, W, N, C } },
};
#undef C
#undef N
#undef W
#undef D

static gboolean
is_at (const char *address, const char *registrable)
{
  g_autofree char *other = sek_registrable_domain (sek_addr_spec_domain (address));
  return g_str_equal (other, registrable);
}

static gboolean
any_is_at (char **addresses, const char *registrable)
{
  for (guint i = 0; addresses[i] != NULL; i++) /* bounded by the history */
    if (is_at (addresses[i], registrable))
      return TRUE;
  return FALSE;
}

/* "james.miller" is one person's, "info" everybody's. */
static gboolean
is_personal (const char *local)
{
  return strlen (local) >= 5 && strpbrk (local, "._-") != NULL;
}

/* TRUE when somebody of this name, or of this local part, is known at the other domain. */
static gboolean
is_known_person_at (const SekCheckInput *input, const SekMailbox *mailbox, const char *registrable)
{
  g_autofree char *key = sek_text_name_key (mailbox->display_name);
  for (guint i = 0; i < input->policy->people->len && *key != '\0'; i++)
    {
      const SekPerson *person = input->policy->people->pdata[i];
      if (g_str_equal (person->name_key, key) && any_is_at (person->addresses, registrable))
        return TRUE;
    }
  if (input->history == NULL)
    return FALSE;
  g_auto (GStrv) addresses = input->history->addresses_of_name (input->history->self, key);
  if (*key != '\0' && any_is_at (addresses, registrable))
    return TRUE;
  g_autofree char *local = g_strndup (mailbox->addr_spec, strcspn (mailbox->addr_spec, "@"));
  g_autofree char *there = g_strconcat (local, "@", registrable, NULL);
  SekCorrespondent correspondent;
  return is_personal (local) && !sek_is_service_address (mailbox->addr_spec) &&
         input->history->find_correspondent (input->history->self, there, &correspondent);
}

static gboolean
answers_somebody_at (const SekCheckInput *input, const char *registrable)
{
  if (input->history == NULL)
    return FALSE;
  const GPtrArray *fields[] = { input->facts->in_reply_to, input->facts->references };
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    for (guint j = 0; j < fields[i]->len && j < REFERENCES_MAX; j++)
      {
        g_auto (GStrv) people =
            input->history->thread_participants (input->history->self, fields[i]->pdata[j]);
        if (any_is_at (people, registrable))
          return TRUE;
      }
  return FALSE;
}

/* Compares with one domain and keeps it when it is the gravest so far. */
static void
compare (const SekCheckInput *input,
         const SekMailbox *mailbox,
         const SekDomainName *foreign,
         const char *domain,
         Whose whose,
         Match *best)
{
  if (!sek_domain_may_resemble (foreign, domain) ||
      (whose == WHOSE_SENDER && sek_is_public_mail_domain (domain)))
    return;
  g_autoptr (SekDomainName) known = sek_domain_name_new (domain);
  SekResemblance how = sek_domain_resembles (foreign, known);
  if (how == SEK_RESEMBLES_NOT)
    return;
  g_autofree char *registrable = sek_registrable_domain (domain);
  if (whose == WHOSE_SENDER)
    {
      SekCorrespondent there;
      input->history->find_domain (input->history->self, registrable, &there);
      whose = there.written_to > 0 ? WHOSE_PARTNER : WHOSE_SENDER;
    }
  gboolean in_thread = whose != WHOSE_WEBMAIL && answers_somebody_at (input, registrable);
  gboolean familiar =
      in_thread || (whose != WHOSE_WEBMAIL && is_known_person_at (input, mailbox, registrable));
  SekLevel level = familiar ? levels[how].familiar[whose] : levels[how].stranger[whose];
  if (level <= best->level)
    return;
  match_clear (best);
  *best = (Match){ how, whose, familiar, in_thread, level, g_steal_pointer (&registrable) };
}

/* TRUE when we deal with the domain, so that it speaks for itself. */
static gboolean
is_familiar (const SekCheckInput *input, const char *registrable)
{
  SekCorrespondent correspondent;
  return input->history != NULL &&
         input->history->find_domain (input->history->self, registrable, &correspondent) &&
         (correspondent.written_to > 0 || correspondent.received >= RECEIVED_ENOUGH);
}

static void
find_match (const SekCheckInput *input, const SekMailbox *mailbox, const SekDomainName *foreign, Match *best)
{
  for (char **own = input->policy->domains; *own != NULL; own++)
    compare (input, mailbox, foreign, *own, WHOSE_OWN, best);
  for (char **own = input->own_organisations; *own != NULL; own++)
    compare (input, mailbox, foreign, *own, WHOSE_OWN, best);
  for (const char *const *webmail = sek_public_mail_domains (); *webmail != NULL; webmail++)
    compare (input, mailbox, foreign, *webmail, WHOSE_WEBMAIL, best);
  if (input->history == NULL)
    return;
  g_auto (GStrv) domains = input->history->correspondent_domains (input->history->self);
  for (guint i = 0; domains[i] != NULL; i++) /* at most SEK_HISTORY_DOMAINS_MAX */
    compare (input, mailbox, foreign, domains[i], WHOSE_SENDER, best);
}

static const char *
code_of (const Match *match)
{
  if (match->in_thread)
    return "in-thread";
  gboolean name_used = match->how == SEK_RESEMBLES_WHOLE || match->how == SEK_RESEMBLES_SUFFIX ||
                       match->how == SEK_RESEMBLES_WORD;
  if (match->whose == WHOSE_OWN)
    return name_used ? "own-name-used" : "own";
  return name_used ? "name-used" : "";
}

static gboolean
judge_mailbox (const SekCheckInput *input, const SekMailbox *mailbox, GPtrArray *findings)
{
  const char *domain = sek_addr_spec_domain (mailbox->addr_spec);
  if (domain == NULL || *domain == '\0' || sek_is_own_address (input, mailbox->addr_spec))
    return FALSE;
  g_autofree char *registrable = sek_registrable_domain (domain);
  if (sek_is_public_mail_domain (registrable) || is_familiar (input, registrable))
    return FALSE;
  g_autoptr (SekDomainName) foreign = sek_domain_name_new (domain);
  g_auto (Match) best = { 0 };
  find_match (input, mailbox, foreign, &best);
  SekFinding *finding = NULL;
  if (best.level > SEK_LEVEL_CLEAR)
    finding = sek_findings_add (findings, "lookalike-domain", code_of (&best), best.level);
  else if (sek_domain_mixes_scripts (foreign))
    finding = sek_findings_add (findings, "lookalike-domain", "mixed-scripts", SEK_LEVEL_CAUTION);
  if (finding == NULL)
    return FALSE;
  sek_finding_add (finding, "address", mailbox->addr_spec);
  sek_finding_add (finding, "resembles", best.known);
  /* What Punycode reads as. */
  if (strstr (domain, "xn--") != NULL)
    sek_finding_add (finding, "detail", foreign->domain);
  return TRUE;
}

void
sek_check_lookalike_domain (const SekCheckInput *input, GPtrArray *findings)
{
  const GPtrArray *fields[] = { input->facts->from, input->facts->sender, input->facts->reply_to };
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    for (guint j = 0; j < fields[i]->len && j < MAILBOXES_MAX; j++)
      if (judge_mailbox (input, fields[i]->pdata[j], findings))
        return;
}
