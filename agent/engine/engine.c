/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/engine/engine.h"

#include "agent/core/trait-codes.h"
#include "agent/engine/check.h"
#include "agent/engine/training.h"

SekFinding *
sek_findings_add (GPtrArray *findings, const char *check, const char *code, SekLevel level)
{
  SekFinding *finding = sek_finding_new (check, code, level);
  g_ptr_array_add (findings, finding);
  return finding;
}

gboolean
sek_attachment_is_locked (const SekAttachment *attachment)
{
  return (attachment->is_archive && (attachment->encrypted || attachment->names_hidden)) ||
         sek_traits_find (attachment->traits, SEK_TRAIT_LOCKED_DOCUMENT) != NULL;
}

const char *
sek_attachment_label (const SekAttachment *attachment)
{
  return attachment->name != NULL && *attachment->name != '\0' ? attachment->name : attachment->media_type;
}

static void
add_own_organisation (GPtrArray *organisations, const char *domain)
{
  g_autofree char *registrable = sek_registrable_domain (domain);
  if (*registrable != '\0' && !sek_is_public_mail_domain (registrable) &&
      !g_ptr_array_find_with_equal_func (organisations, registrable, g_str_equal, NULL))
    g_ptr_array_add (organisations, g_steal_pointer (&registrable));
}

char **
sek_own_organisations (const SekPolicy *policy, const char *const *own_addresses)
{
  GPtrArray *organisations = g_ptr_array_new ();
  for (char **own = policy->domains; *own != NULL; own++)
    add_own_organisation (organisations, *own);
  for (gsize i = 0; own_addresses != NULL && own_addresses[i] != NULL; i++)
    add_own_organisation (organisations, sek_addr_spec_domain (own_addresses[i]));
  g_ptr_array_add (organisations, NULL);
  return (char **) g_ptr_array_free (organisations, FALSE);
}

static gboolean
is_from_machine (const SekFacts *facts)
{
  if (facts->auto_submitted != NULL && g_ascii_strncasecmp (facts->auto_submitted, "no", 2) != 0)
    return TRUE;
  if (facts->report_type != NULL || (facts->return_path != NULL && *facts->return_path == '\0'))
    return TRUE;
  for (guint i = 0; i < facts->attachments->len; i++)
    if (g_str_equal (((SekAttachment *) facts->attachments->pdata[i])->media_type, "text/calendar"))
      return TRUE;
  return g_strcmp0 (facts->media_type, "text/calendar") == 0;
}

static gboolean
any_known (const SekHistory *history, const GPtrArray *ids)
{
  for (guint i = 0; i < ids->len; i++)
    if (history->has_message (history->self, ids->pdata[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_known_thread (const SekCheckInput *input)
{
  const SekHistory *history = input->history;
  if (history == NULL)
    return FALSE;
  return any_known (history, input->facts->in_reply_to) || any_known (history, input->facts->references) ||
         (*input->subject->normal != '\0' && *input->author_address != '\0' &&
          history->has_subject_with (history->self, input->subject->normal, input->author_address));
}

static void
work_out (SekCheckInput *input)
{
  const SekFacts *facts = input->facts;
  const SekMailbox *author = sek_facts_author (facts);
  input->author_name = author != NULL && author->display_name != NULL ? author->display_name : "";
  input->author_address = author != NULL ? sek_addr_spec_normal (author->addr_spec) : NULL;
  if (input->author_address == NULL)
    input->author_address = g_strdup ("");
  const char *domain = sek_addr_spec_domain (input->author_address);
  input->author_domain = domain != NULL ? domain : "";
  input->author_organisation = sek_registrable_domain (input->author_domain);
  input->own_organisations = sek_own_organisations (input->policy, input->own_addresses);
  input->subject = sek_subject_parse (facts->subject);
  input->files = sek_files_of (facts);
  input->from_service = sek_is_service_address (input->author_address);
  input->from_list = facts->list_id != NULL;
  input->from_machine = is_from_machine (facts);
  input->threaded = facts->has_in_reply_to || facts->has_references;
  input->known_thread = is_known_thread (input);
}

static void
clear_input (SekCheckInput *input)
{
  g_free (input->author_address);
  g_free (input->author_organisation);
  g_strfreev (input->own_organisations);
  sek_subject_free (input->subject);
  g_array_unref (input->files);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SekCheckInput, clear_input)

/* The policy's word on a check is final: off drops its findings, a level replaces theirs. */
static void
apply_policy (const SekPolicy *policy, const char *check, GPtrArray *findings, guint first)
{
  SekLevel level;
  if (!sek_policy_check_level (policy, check, &level))
    return;
  if (level == SEK_LEVEL_CLEAR)
    g_ptr_array_set_size (findings, (int) first);
  for (guint i = first; i < findings->len; i++)
    ((SekFinding *) findings->pdata[i])->level = level;
}

static void
set_shown (char **field, const char *text)
{
  g_free (*field);
  *field = sek_text_show (text, SEK_EVIDENCE_CHARS_MAX);
}

static SekLevel
lower (SekLevel level)
{
  return MIN (level, SEK_LEVEL_NOTICE);
}

/* Findings after which nothing else in the mail is a reason for a warning. */
static gboolean
settles (const SekFinding *finding)
{
  return g_str_equal (finding->check, "report-mail") ||
         (g_str_equal (finding->check, "administrator-answer") && g_str_equal (finding->code, "harmless"));
}

/* A warning for everybody weighs more, and so does that the sender is forged. */
static gboolean
is_settled (const GPtrArray *findings)
{
  gboolean settled = FALSE;
  for (guint i = 0; i < findings->len; i++)
    {
      const SekFinding *finding = findings->pdata[i];
      gboolean outweighs =
          g_str_equal (finding->check, "advisory-match") || g_str_equal (finding->check, "own-domain-forged");
      if (outweighs && finding->level > SEK_LEVEL_NOTICE)
        return FALSE;
      settled |= settles (finding);
    }
  return settled;
}

static SekLevel
decide (GPtrArray *findings, const SekPolicy *policy)
{
  if (!is_settled (findings))
    return sek_level_of_findings (findings, policy);
  for (guint i = 0; i < findings->len; i++)
    {
      SekFinding *finding = findings->pdata[i];
      finding->level = lower (finding->level);
    }
  return lower (sek_level_of_findings (findings, policy));
}

/* What the findings give without those that yield to the person's trust in the author. */
static SekLevel
level_despite_trust (const GPtrArray *findings, const SekPolicy *policy)
{
  g_autoptr (GPtrArray) left = g_ptr_array_new ();
  for (const SekCheck *check = sek_checks; check->name != NULL; check++)
    {
      SekLevel word;
      /* On a check of which the policy speaks its word is final. */
      if (sek_kind_yields_to_person (check->kind) && !sek_policy_check_level (policy, check->name, &word))
        continue;
      for (guint i = 0; i < findings->len; i++)
        if (g_str_equal (((SekFinding *) findings->pdata[i])->check, check->name))
          g_ptr_array_add (left, findings->pdata[i]);
    }
  return sek_level_of_findings (left, policy);
}

/* Trust of a person makes a caution a notice, where nothing but a stranger's manners gave it, and never
 * touches danger: somebody who was talked into trusting is still warned of what does harm. */
static void
apply_trust (const SekCheckInput *input, SekVerdict *verdict)
{
  if (verdict->level != SEK_LEVEL_CAUTION || !sek_author_may_be_trusted (input) ||
      level_despite_trust (verdict->findings, input->policy) >= SEK_LEVEL_CAUTION)
    return;
  const SekHistory *history = input->history;
  if (history == NULL || history->is_trusted == NULL)
    return;
  verdict->may_trust = !history->is_trusted (history->self, input->author_address);
  if (verdict->may_trust)
    return;
  verdict->level = SEK_LEVEL_NOTICE;
  for (guint i = 0; i < verdict->findings->len; i++)
    {
      SekFinding *finding = verdict->findings->pdata[i];
      finding->level = lower (finding->level);
    }
}

/* Stable, so that the order of the check table decides among findings of one level. */
static void
sort_findings (GPtrArray *findings)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  for (int level = SEK_LEVEL_DANGER; level >= SEK_LEVEL_CLEAR; level--)
    for (guint i = 0; i < findings->len; i++)
      if ((int) ((SekFinding *) findings->pdata[i])->level == level)
        g_ptr_array_add (sorted, findings->pdata[i]);
  for (guint i = 0; i < sorted->len; i++)
    findings->pdata[i] = sorted->pdata[i];
}

/* Whom the mail pretends to be from can be asked: on a number that did not come by mail. */
static void
set_telephone (SekVerdict *verdict, const SekPolicy *policy)
{
  g_autofree char *known = sek_addr_spec_normal (verdict->known_address);
  const char *number = g_hash_table_lookup (policy->telephones, known);
  if (number != NULL)
    set_shown (&verdict->telephone, number);
}

SekVerdict *
sek_engine_judge (const SekEngineInput *engine_input)
{
  static const char *const nobody[] = { NULL };
  g_auto (SekCheckInput)
      input = { .facts = engine_input->facts,
                .history = engine_input->history,
                .policy = engine_input->policy,
                .own_addresses = engine_input->own_addresses != NULL ? engine_input->own_addresses : nobody };
  g_autoptr (SekDirectory) listed =
      engine_input->directory == NULL ? sek_directory_new (engine_input->policy, NULL, NULL, NULL) : NULL;
  input.directory = listed != NULL ? listed : engine_input->directory;
  work_out (&input);

  SekVerdict *verdict = sek_verdict_new ();
  gboolean trusted = sek_author_is_trusted (&input);
  for (const SekCheck *check = sek_checks; check->name != NULL; check++)
    {
      guint first = verdict->findings->len;
      if (!trusted || !sek_kind_yields_to_trust (check->kind))
        check->run (&input, verdict->findings);
      apply_policy (input.policy, check->name, verdict->findings, first);
    }
  if (verdict->findings->len > SEK_FINDINGS_MAX)
    g_ptr_array_set_size (verdict->findings, SEK_FINDINGS_MAX);
  verdict->level = decide (verdict->findings, input.policy);
  apply_trust (&input, verdict);
  sort_findings (verdict->findings);

  verdict->training = sek_training_examine (input.facts, input.policy) == SEK_TRAINING_RECOGNISED;
  set_shown (&verdict->subject, input.facts->subject);
  set_shown (&verdict->claimed_name, input.author_name);
  set_shown (&verdict->sender_address, input.author_address);
  set_shown (&verdict->message_id, input.facts->message_id);
  for (guint i = 0; i < verdict->findings->len && *verdict->known_address == '\0'; i++)
    {
      const char *known = sek_finding_get (verdict->findings->pdata[i], "known");
      if (known != NULL)
        set_shown (&verdict->known_address, known);
    }
  set_telephone (verdict, input.policy);
  return verdict;
}
