/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/policy/layers.h"

#include <glib/gi18n-lib.h>
#include <string.h>

SekPolicySource *
sek_policy_source_new (SekPolicyAuthority authority, SekPolicyDocument *document)
{
  SekPolicySource *source = g_rc_box_new0 (SekPolicySource);
  *source = (SekPolicySource){ authority, document };
  return source;
}

SekPolicySource *
sek_policy_source_ref (SekPolicySource *source)
{
  return g_rc_box_acquire (source);
}

static void
source_clear (gpointer data)
{
  SekPolicySource *source = data;
  sek_policy_document_free (source->document);
}

void
sek_policy_source_unref (SekPolicySource *source)
{
  if (source != NULL)
    g_rc_box_release_full (source, source_clear);
}

static void
decision_free (gpointer data)
{
  SekPolicyDecision *decision = data;
  g_free (decision->group);
  g_free (decision->key);
  g_ptr_array_unref (decision->voices);
  g_free (decision);
}

/* Decisions under way. */
typedef struct
{
  GPtrArray *decisions;   /* SekPolicyDecision */
  GHashTable *slots;      /* what is decided together -> SekPolicyDecision */
  GHashTable *advisories; /* group of an advisory -> the SekPolicySource whose word counts for all of it */
  char **may_change;      /* borrowed from the policy of the administrator; NULL before it is known */
} Deciding;

/* The ways of a report exclude each other, so they are one thing to decide. Newly allocated. */
static char *
slot_of (const SekPolicyEntry *entry)
{
  gboolean is_way = (entry->row->flags & SEK_KEY_WAY) != 0;
  return g_strconcat (entry->group, "]", is_way ? "" : entry->key, NULL);
}

static SekPolicyDecision *
decision_of (Deciding *deciding, const SekPolicyEntry *entry)
{
  char *slot = slot_of (entry);
  SekPolicyDecision *decision = g_hash_table_lookup (deciding->slots, slot);
  if (decision != NULL)
    {
      g_free (slot);
      return decision;
    }
  decision = g_new0 (SekPolicyDecision, 1);
  decision->group = g_strdup (entry->group);
  decision->key = g_strdup (entry->key);
  decision->voices = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (deciding->decisions, decision);
  g_hash_table_insert (deciding->slots, slot, decision);
  return decision;
}

static gboolean
is_named (char **names, const SekPolicyEntry *entry)
{
  for (char **name = names; name != NULL && *name != NULL; name++)
    {
      const char *dot = strrchr (*name, '.');
      gsize length = (gsize) (dot - *name);
      if (strlen (entry->group) == length && strncmp (*name, entry->group, length) == 0 &&
          (g_str_equal (dot, ".*") || g_str_equal (dot + 1, entry->key)))
        return TRUE;
    }
  return FALSE;
}

/* Why a source has no say here at all; NULL when it has. */
static const char *
objection (const SekPolicySource *source, const SekPolicyEntry *entry)
{
  if ((entry->row->flags & SEK_KEY_ROOT_ONLY) != 0 && source->authority != SEK_AUTHORITY_SYSTEM)
    return _ ("counts in files of root only");
  return NULL;
}

/* TRUE when the new voice counts instead of the one that counted so far. */
static gboolean
outdoes (const Deciding *deciding, const SekPolicyVoice *voice, const SekPolicyVoice *winner)
{
  if (voice->source->authority != SEK_AUTHORITY_PERSON)
    return TRUE;
  return winner == NULL || winner->source->authority == SEK_AUTHORITY_PERSON ||
         voice->entry->row->standing == SEK_STANDING_RECOMMENDED ||
         is_named (deciding->may_change, voice->entry);
}

static void
hear (Deciding *deciding, const SekPolicySource *source, const SekPolicyEntry *entry)
{
  SekPolicyDecision *decision = decision_of (deciding, entry);
  SekPolicyVoice *winner = decision->voices->len > 0 ? decision->voices->pdata[0] : NULL;
  if (winner != NULL && winner->lost != NULL)
    winner = NULL;
  SekPolicyVoice *voice = g_new0 (SekPolicyVoice, 1);
  *voice = (SekPolicyVoice){ source, entry, objection (source, entry) };
  if (voice->lost == NULL && !outdoes (deciding, voice, winner))
    voice->lost = _ ("the administrator has decided this");
  g_ptr_array_insert (decision->voices, voice->lost == NULL ? 0 : -1, voice);
  if (voice->lost == NULL && winner != NULL)
    winner->lost = source->authority == SEK_AUTHORITY_PERSON ? _ ("the person has chosen otherwise")
                                                             : _ ("a file of more weight says otherwise");
}

static void
hear_all (Deciding *deciding, const SekPolicySource *source)
{
  if (!source->document->usable)
    return;
  for (guint i = 0; i < source->document->entries->len; i++)
    {
      const SekPolicyEntry *entry = source->document->entries->pdata[i];
      /* Marks of two advisories of one name would give a third that nobody has written. */
      if (g_str_has_prefix (entry->group, "advisory ") &&
          g_hash_table_lookup (deciding->advisories, entry->group) != source)
        continue;
      hear (deciding, source, entry);
    }
}

static void
own_advisories (Deciding *deciding, SekPolicySource *source)
{
  if (!source->document->usable || source->authority == SEK_AUTHORITY_PERSON)
    return;
  for (guint i = 0; i < source->document->entries->len; i++)
    {
      SekPolicyEntry *entry = source->document->entries->pdata[i];
      if (g_str_has_prefix (entry->group, "advisory "))
        g_hash_table_insert (deciding->advisories, entry->group, source);
    }
}

static void
hear_authority (Deciding *deciding, const GPtrArray *sources, SekPolicyAuthority authority)
{
  for (guint i = 0; i < sources->len; i++)
    {
      const SekPolicySource *source = sources->pdata[i];
      if (source->authority == authority)
        hear_all (deciding, source);
    }
}

GPtrArray *
sek_policy_decide (const GPtrArray *sources)
{
  g_autoptr (GHashTable) slots = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) advisories = g_hash_table_new (g_str_hash, g_str_equal);
  Deciding deciding = { g_ptr_array_new_with_free_func (decision_free), slots, advisories, NULL };
  for (int authority = SEK_AUTHORITY_SYSTEM; authority <= SEK_AUTHORITY_SIGNED; authority++)
    for (guint i = 0; i < sources->len; i++)
      {
        SekPolicySource *source = sources->pdata[i];
        if ((int) source->authority == authority)
          own_advisories (&deciding, source);
      }
  hear_authority (&deciding, sources, SEK_AUTHORITY_SYSTEM);
  hear_authority (&deciding, sources, SEK_AUTHORITY_SIGNED);
  /* What a person may change is known once all administrators were heard. */
  g_autoptr (SekPolicy) policy = sek_policy_from_decisions (deciding.decisions);
  deciding.may_change = policy->may_change;
  hear_authority (&deciding, sources, SEK_AUTHORITY_PERSON);
  return deciding.decisions;
}

const SekPolicyVoice *
sek_policy_decision_winner (const SekPolicyDecision *decision)
{
  const SekPolicyVoice *first = decision->voices->len > 0 ? decision->voices->pdata[0] : NULL;
  return first != NULL && first->lost == NULL ? first : NULL;
}

const SekPolicyDecision *
sek_policy_decision_find (const GPtrArray *decisions, const char *group, const char *key)
{
  for (guint i = 0; i < decisions->len; i++)
    {
      const SekPolicyDecision *decision = decisions->pdata[i];
      for (guint j = 0; j < decision->voices->len; j++)
        {
          const SekPolicyVoice *voice = decision->voices->pdata[j];
          if (g_str_equal (voice->entry->group, group) && g_str_equal (voice->entry->key, key))
            return decision;
        }
    }
  return NULL;
}

gboolean
sek_policy_is_locked (const GPtrArray *decisions, const SekPolicy *policy, const char *group, const char *key)
{
  const SekPolicyDecision *decision = sek_policy_decision_find (decisions, group, key);
  const Deciding deciding = { .may_change = policy->may_change };
  for (guint i = 0; decision != NULL && i < decision->voices->len; i++)
    {
      const SekPolicyVoice *voice = decision->voices->pdata[i];
      const SekPolicySource person = { SEK_AUTHORITY_PERSON, NULL };
      const SekPolicyVoice other = { &person, voice->entry, NULL };
      if (voice->source->authority != SEK_AUTHORITY_PERSON &&
          objection (voice->source, voice->entry) == NULL && !outdoes (&deciding, &other, voice))
        return TRUE;
    }
  return FALSE;
}

SekPolicy *
sek_policy_from_decisions (const GPtrArray *decisions)
{
  SekPolicy *policy = sek_policy_new ();
  SekPolicyReading reading = { .policy = policy };
  for (guint i = 0; i < decisions->len; i++)
    {
      const SekPolicyVoice *winner = sek_policy_decision_winner (decisions->pdata[i]);
      if (winner == NULL)
        continue;
      const SekPolicyText text = { winner->entry->group, winner->entry->key, winner->entry->value };
      g_autofree char *reason = NULL;
      /* It was read without fault before. */
      if (!sek_policy_key_read (&reading, winner->entry->row, &text, &reason))
        g_warning ("%s:%u: %s", winner->source->document->name, winner->entry->line, reason);
    }
  return policy;
}
