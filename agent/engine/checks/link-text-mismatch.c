/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A link that leads elsewhere than its reader sees: its text shows one domain and its target is another's, or
 * its target is made not to be understood. Mailing services and link checkers stand between text and target
 * every day; those are looked through or passed over. */
#include <string.h>

#include "agent/engine/check.h"
#include "agent/engine/confusable.h"
#include "agent/engine/known-domains.h"
#include "agent/engine/link-domains.h"

#define REPORTED_MAX 3
#define COMPARED_MAX 40 /* links held against all correspondents' domains */
#define CARRIED_LABEL_MIN 4

typedef struct
{
  const SekCheckInput *input;
  gboolean bulk;  /* a list, newsletter or report */
  gboolean known; /* the writer is */
  char **partners;
  SekKnownDomains *known_domains; /* of partners; NULL until a link is held against them */
  guint compared;
} Context;

typedef struct
{
  const SekLink *link;
  SekUrl *written; /* the target as it stands in the mail */
  SekUrl *target;  /* behind link checkers */
  SekUrl *shown;   /* NULL when the text shows no address */
} Case;

typedef struct
{
  const char *code;
  SekLevel level;
  char *shown, *target, *resembles; /* evidence; NULL: none */
} Outcome;

static void
outcome_clear (Outcome *outcome)
{
  g_free (outcome->shown);
  g_free (outcome->target);
  g_free (outcome->resembles);
}

static void
case_clear (Case *the)
{
  sek_url_free (the->written);
  sek_url_free (the->target);
  g_clear_pointer (&the->shown, sek_url_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Case, case_clear)

static gboolean
set (Outcome *outcome, const char *code, SekLevel level)
{
  outcome->code = code;
  outcome->level = level;
  return TRUE;
}

/* The whole text of a link that shows no address is what its reader goes by. */
static gboolean
is_text_target (const Case *the)
{
  return the->link->text == NULL || (the->shown != NULL && g_str_equal (the->shown->host, the->target->host));
}

/* A mail that asks for a password itself. Nobody here asks so, whatever its headers say. */
static gboolean
judge_form (Context *context, const Case *the, Outcome *outcome)
{
  if (!g_str_equal (the->link->kind, "form"))
    return FALSE;
  if (g_strcmp0 (the->link->text, "password") != 0 || the->target->kind != SEK_URL_WEB ||
      *the->target->host == '\0')
    return TRUE;
  gboolean own = sek_link_is_own (context->input, the->target->host);
  return set (outcome, "form", own && context->known ? SEK_LEVEL_CLEAR : SEK_LEVEL_CAUTION);
}

/* What a script needs to lead somewhere or to write a page. Copied web pages are full of others. */
static const char *const leading[] = { "location", "http",     "//",           "eval",
                                       "atob",     "unescape", "fromcharcode", "document." };

static gboolean
script_leads (const char *script)
{
  g_autofree char *lower = g_ascii_strdown (script, -1);
  for (gsize i = 0; i < G_N_ELEMENTS (leading); i++)
    if (strstr (lower, leading[i]) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
judge_code (Context *context, const Case *the, Outcome *outcome)
{
  const SekUrl *target = the->target;
  if (target->kind != SEK_URL_CODE)
    return FALSE;
  gboolean data = g_str_equal (target->scheme, "data");
  if (data && (g_ascii_strncasecmp (target->path, "image/", 6) == 0 &&
               g_ascii_strncasecmp (target->path, "image/svg", 9) != 0))
    return TRUE;
  if (data || the->shown != NULL || (script_leads (target->path) && !context->bulk && !context->known))
    return set (outcome, "code", SEK_LEVEL_CAUTION);
  return TRUE;
}

/* Starts something on the reader's computer, or hands his logon to a foreign server. */
static gboolean
judge_local (Context *context, const Case *the, Outcome *outcome)
{
  const SekUrl *target = the->target;
  if (target->kind != SEK_URL_LOCAL)
    return FALSE;
  gboolean file =
      g_str_equal (target->scheme, "file") || *target->scheme == '\0' || g_str_equal (target->scheme, "smb");
  /* A server of the house, by its short name or its address, and files of this computer. */
  if (file &&
      (strchr (target->host, '.') == NULL || target->is_private ||
       sek_link_is_own (context->input, target->host) || sek_link_is_senders (context->input, target->host)))
    return TRUE;
  return set (outcome, "local", SEK_LEVEL_CAUTION);
}

/* "https://www.kaede.example@evil.test/": what stands in front of the @ is only a user's name. */
static gboolean
judge_disguised (Context *context, const Case *the, Outcome *outcome)
{
  const char *userinfo = the->written->userinfo;
  if (*userinfo == '\0' || the->written->kind != SEK_URL_WEB)
    return FALSE;
  g_autofree char *name = g_strndup (userinfo, strcspn (userinfo, ":/@ "));
  g_autofree char *address = g_strconcat ("http://", name, NULL);
  g_autoptr (SekUrl) pretended = sek_url_new (address);
  const char *dot = strrchr (pretended->host, '.');
  /* "first.last:secret@ftp.…" is a user; a mail address may be one, too. */
  gboolean domain = dot != NULL && strlen (dot) > 2 &&
                    (strchr (userinfo, '/') != NULL || sek_link_is_own (context->input, pretended->host) ||
                     sek_link_is_dealt_with (context->input, pretended->registrable) ||
                     g_str_has_prefix (pretended->host, "www.") ||
                     (the->shown != NULL && sek_link_is_same (the->shown->host, pretended->host)));
  g_autoptr (SekUrl) bare = sek_url_shown (name);
  if ((!domain && bare == NULL) || strchr (userinfo, '@') != NULL ||
      sek_link_is_same (pretended->host, the->written->host))
    return FALSE;
  outcome->shown = g_strdup (pretended->host);
  return set (outcome, "disguised", SEK_LEVEL_CAUTION);
}

/* Whom a domain can be taken for: what the text shows, the reader's organisation, or one he deals with. */
static const char *
find_resembled (Context *context, const Case *the, const SekDomainName *name)
{
  const SekUrl *shown = the->shown;
  if (shown != NULL && !shown->is_address)
    {
      g_autoptr (SekDomainName) other = sek_domain_name_new (shown->registrable);
      SekResemblance how = sek_domain_resembles (name, other);
      if (how != SEK_RESEMBLES_NOT && how <= SEK_RESEMBLES_HYPHEN)
        return shown->registrable;
    }
  for (char **own = context->input->own_organisations; *own != NULL; own++)
    {
      g_autoptr (SekDomainName) other = sek_domain_name_new (*own);
      SekResemblance how = sek_domain_resembles (name, other);
      if (how != SEK_RESEMBLES_NOT && how <= SEK_RESEMBLES_LETTER)
        return *own;
    }
  if (context->partners == NULL || context->compared++ >= COMPARED_MAX)
    return NULL;
  if (context->known_domains == NULL)
    context->known_domains = sek_known_domains_new (context->partners);
  return sek_known_domains_find_double (context->known_domains, name);
}

static gboolean
judge_lookalike (Context *context, const Case *the, Outcome *outcome)
{
  const SekUrl *target = the->target;
  if (target->is_address || sek_link_is_own (context->input, target->host) ||
      sek_link_is_dealt_with (context->input, target->registrable) ||
      (the->shown != NULL && sek_link_is_same (the->shown->host, target->host) && is_text_target (the) &&
       g_str_is_ascii (target->host)))
    return FALSE;
  g_autoptr (SekDomainName) name = sek_domain_name_new (target->registrable);
  const char *resembled = find_resembled (context, the, name);
  if (resembled != NULL && !sek_link_is_same (resembled, target->host))
    {
      outcome->resembles = g_strdup (resembled);
      return set (outcome, "lookalike", SEK_LEVEL_CAUTION);
    }
  if (sek_domain_mixes_scripts (name) && !sek_link_is_senders (context->input, target->host))
    return set (outcome, "mixed-scripts", SEK_LEVEL_CAUTION);
  return FALSE;
}

/* Programmers and administrators write addresses out; behind other words they hide who is there. */
static gboolean
judge_address (Context *context, const Case *the, Outcome *outcome)
{
  const SekUrl *target = the->target;
  if (!target->is_address)
    return FALSE;
  if (target->is_private || context->bulk || the->link->where != NULL)
    return TRUE;
  gboolean plain = is_text_target (the) && strstr (the->link->target, target->host) != NULL;
  SekLevel hidden = context->known ? SEK_LEVEL_NOTICE : SEK_LEVEL_CAUTION;
  return set (outcome, "address", plain ? SEK_LEVEL_CLEAR : hidden);
}

/* TRUE when what somebody registered as the shown domain stands as a label in front of the real one:
 * midori-bank.evil.test. */
static gboolean
carries_shown_name (const Case *the)
{
  g_autofree char *label = g_strndup (the->shown->registrable, strcspn (the->shown->registrable, "."));
  gsize front =
      strlen (the->target->host) - MIN (strlen (the->target->host), strlen (the->target->registrable));
  g_autofree char *labels = g_strndup (the->target->host, front);
  return strlen (label) >= CARRIED_LABEL_MIN && strstr (labels, label) != NULL;
}

/* The target's own domain in the text, in one piece or broken over lines: the reader sees where it leads. */
static gboolean
text_tells_target (const Case *the)
{
  g_autofree char *folded = sek_text_fold (the->link->text);
  g_autoptr (GString) text = g_string_new (NULL);
  for (const char *p = folded; *p != '\0'; p++)
    if (*p != ' ')
      g_string_append_c (text, *p);
  const char *found = strstr (text->str, the->target->registrable);
  const char *after = found != NULL ? found + strlen (the->target->registrable) : "";
  return found != NULL && (*after == '\0' || strchr ("/?#:).", *after) != NULL) &&
         (found == text->str || !g_ascii_isalnum (found[-1]));
}

static gboolean
judge_elsewhere (Context *context, const Case *the, Outcome *outcome)
{
  const SekUrl *target = the->target, *shown = the->shown;
  if (shown == NULL || *target->host == '\0' || sek_link_is_same (shown->host, target->host) ||
      sek_url_is_shortener (shown) || sek_url_is_click_counter (shown) || text_tells_target (the))
    return FALSE;
  outcome->shown = g_strdup (shown->host);
  gboolean ours = sek_link_is_own (context->input, shown->host);
  gboolean tolerated = context->bulk || sek_url_is_click_counter (target) ||
                       sek_link_is_own (context->input, target->host) || the->link->where != NULL;
  if (tolerated)
    return set (outcome, "", SEK_LEVEL_CLEAR);
  if (sek_url_is_shortener (target))
    return set (outcome, "shortener", ours && !context->known ? SEK_LEVEL_CAUTION : SEK_LEVEL_NOTICE);
  if (carries_shown_name (the) || (ours && !context->known))
    return set (outcome, "", SEK_LEVEL_CAUTION);
  /* A click counter of the writer's house shows in what it sends, and so does a thief's only server. */
  if (sek_link_is_senders (context->input, target->host))
    return set (outcome, "", context->known ? SEK_LEVEL_CLEAR : SEK_LEVEL_NOTICE);
  /* "Booking.com" is a name to its readers, "www.booking.com" a place. */
  gboolean name = g_str_equal (shown->host, shown->registrable) && strpbrk (the->link->text, "/") == NULL;
  return set (outcome, "", context->known || name ? SEK_LEVEL_NOTICE : SEK_LEVEL_CAUTION);
}

/* In the order in which they speak for a link: the first that answers settles it. */
static gboolean (*const judges[]) (Context *, const Case *, Outcome *) = {
  judge_form, judge_code, judge_local, judge_disguised, judge_lookalike, judge_address, judge_elsewhere,
};

/* Keeps the gravest outcome of each code; a second link of the kind tells nothing new. */
static void
keep (GArray *outcomes, Outcome *outcome)
{
  if (outcome->code == NULL || outcome->level == SEK_LEVEL_CLEAR)
    {
      outcome_clear (outcome);
      return;
    }
  guint at = outcomes->len;
  for (guint i = 0; i < outcomes->len; i++)
    {
      const Outcome *other = &g_array_index (outcomes, Outcome, i);
      if (g_str_equal (other->code, outcome->code) && other->level >= outcome->level)
        {
          outcome_clear (outcome);
          return;
        }
      if (outcome->level > other->level && at == outcomes->len)
        at = i;
    }
  g_array_insert_val (outcomes, at, *outcome);
}

static void
judge_link (Context *context, const SekLink *link, GArray *outcomes)
{
  g_auto (Case) the = { .link = link, .written = sek_url_new (link->target) };
  the.target = sek_url_unwrap (the.written);
  gboolean form = g_str_equal (link->kind, "form");
  the.shown = form || the.target->kind == SEK_URL_OTHER ? NULL : sek_url_shown (link->text);
  Outcome outcome = { 0 };
  gboolean settled = the.target->kind == SEK_URL_OTHER;
  for (gsize i = 0; i < G_N_ELEMENTS (judges) && !settled; i++)
    settled = judges[i](context, &the, &outcome);
  outcome.target = g_strdup (*the.target->host != '\0' ? the.target->host : link->target);
  keep (outcomes, &outcome);
}

void
sek_check_link_text_mismatch (const SekCheckInput *input, GPtrArray *findings)
{
  const GPtrArray *links = input->facts->links; /* bounded by the facts */
  if (links->len == 0)
    return;
  Context context = { .input = input,
                      .bulk = input->from_list || input->from_machine,
                      .known = sek_link_author_is_known (input) };
  if (input->history != NULL)
    context.partners = input->history->correspondent_domains (input->history->self);
  g_autoptr (GArray) outcomes = g_array_new (FALSE, FALSE, sizeof (Outcome));
  g_array_set_clear_func (outcomes, (GDestroyNotify) outcome_clear);
  for (guint i = 0; i < links->len; i++)
    judge_link (&context, links->pdata[i], outcomes);
  for (guint i = 0; i < outcomes->len && i < REPORTED_MAX; i++)
    {
      const Outcome *outcome = &g_array_index (outcomes, Outcome, i);
      SekFinding *finding = sek_findings_add (findings, "link-text-mismatch", outcome->code, outcome->level);
      if (outcome->shown != NULL)
        sek_finding_add (finding, "shown", outcome->shown);
      sek_finding_add (finding, "target", outcome->target);
      if (outcome->resembles != NULL)
        sek_finding_add (finding, "resembles", outcome->resembles);
    }
  sek_known_domains_free (context.known_domains);
  g_strfreev (context.partners);
}
