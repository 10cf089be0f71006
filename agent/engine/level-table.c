/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The level rule: how findings support each other. Read a row aloud: "a name that is off (caution) and a
 * locked attachment (any) with its key (any) are danger". The policy tunes a row by its name:
 * [rule false-name-locked-key] level=caution, or off. */
#include "agent/engine/check.h"

typedef struct
{
  const char *name;
  /* One more than the level that each kind must have, so that 0 asks for nothing. A finding that is CLEAR
   * says nothing by itself and can still support others: STRANGER (CLEAR) asks that there is one. */
  int at_least[SEK_N_KINDS];
  SekLevel level;
} Row;

#define NAME(l) [SEK_KIND_NAME] = SEK_LEVEL_##l + 1
#define DOMAIN(l) [SEK_KIND_DOMAIN] = SEK_LEVEL_##l + 1
#define THREAD(l) [SEK_KIND_THREAD] = SEK_LEVEL_##l + 1
#define STRANGER(l) [SEK_KIND_STRANGER] = SEK_LEVEL_##l + 1
#define DIVERSION(l) [SEK_KIND_DIVERSION] = SEK_LEVEL_##l + 1
#define INSIDE(l) [SEK_KIND_INSIDE] = SEK_LEVEL_##l + 1
#define LINK(l) [SEK_KIND_LINK] = SEK_LEVEL_##l + 1
#define LOCKED(l) [SEK_KIND_LOCKED] = SEK_LEVEL_##l + 1
#define KEY(l) [SEK_KIND_KEY] = SEK_LEVEL_##l + 1
#define DATED(l) [SEK_KIND_DATED] = SEK_LEVEL_##l + 1
#define TAGGED(l) [SEK_KIND_TAGGED] = SEK_LEVEL_##l + 1
#define PHRASE(l) [SEK_KIND_PHRASE] = SEK_LEVEL_##l + 1

static const Row rows[] = {
  /* A colleague's or partner's name on a stranger's address with something to open. */
  { "false-name-locked-key", { NAME (CAUTION), LOCKED (NOTICE), KEY (CLEAR) }, SEK_LEVEL_DANGER },
  { "false-name-locked-thread", { NAME (CAUTION), LOCKED (NOTICE), THREAD (NOTICE) }, SEK_LEVEL_DANGER },
  { "false-name-locked-program", { NAME (CAUTION), LOCKED (CAUTION) }, SEK_LEVEL_DANGER },
  /* The wave mail as it reaches people whose correspondents nobody has listed: an answer to nothing, locked,
   * with the key, and one more sign. One of these alone is everyday business in Japan. */
  { "false-thread-locked-key", { THREAD (CAUTION), LOCKED (NOTICE), KEY (CLEAR) }, SEK_LEVEL_DANGER },
  { "thread-locked-key-dated",
    { THREAD (NOTICE), LOCKED (NOTICE), KEY (CLEAR), DATED (NOTICE) },
    SEK_LEVEL_DANGER },
  { "thread-locked-key-phrase",
    { THREAD (NOTICE), LOCKED (NOTICE), KEY (CLEAR), PHRASE (NOTICE) },
    SEK_LEVEL_DANGER },
  { "thread-locked-key-name",
    { THREAD (NOTICE), LOCKED (NOTICE), KEY (CLEAR), NAME (NOTICE) },
    SEK_LEVEL_DANGER },
  { "thread-locked-program", { THREAD (NOTICE), LOCKED (CAUTION) }, SEK_LEVEL_DANGER },
  /* A program locked away from every filter, with the key at hand. */
  { "locked-program-key", { LOCKED (CAUTION), KEY (CLEAR) }, SEK_LEVEL_DANGER },
  /* What a lock hides and a password at hand brought to light, whoever sends it. */
  { "locked-inside", { LOCKED (NOTICE), INSIDE (CAUTION) }, SEK_LEVEL_DANGER },
  /* The same in the open, from somebody who is not who the mail says, or in an exchange that is not there. */
  { "false-name-inside", { NAME (CAUTION), INSIDE (CAUTION) }, SEK_LEVEL_DANGER },
  { "false-thread-inside", { THREAD (CAUTION), INSIDE (CAUTION) }, SEK_LEVEL_DANGER },

  /* A thread that was stolen or made up, carried on by somebody else: what it brings, or whose name he bears,
   * is the reason why. */
  { "false-thread-locked", { THREAD (CAUTION), LOCKED (NOTICE) }, SEK_LEVEL_DANGER },
  { "false-thread-name", { THREAD (CAUTION), NAME (CAUTION) }, SEK_LEVEL_DANGER },

  /* A domain made to be taken for another one, or our own forged, and more that is wrong: what such a mail
   * brings, carries on or diverts is the reason why it was made. */
  { "false-domain-locked", { DOMAIN (CAUTION), LOCKED (NOTICE) }, SEK_LEVEL_DANGER },
  { "false-domain-inside", { DOMAIN (CAUTION), INSIDE (NOTICE) }, SEK_LEVEL_DANGER },
  { "false-domain-thread", { DOMAIN (CAUTION), THREAD (NOTICE) }, SEK_LEVEL_DANGER },
  { "false-domain-diverted", { DOMAIN (CAUTION), DIVERSION (CAUTION) }, SEK_LEVEL_DANGER },
  { "false-domain-link", { DOMAIN (CAUTION), LINK (CAUTION) }, SEK_LEVEL_DANGER },

  /* Two who know nothing of each other agree: our own gateway, and what is wrong with the name or domain. */
  { "false-name-tagged", { NAME (CAUTION), TAGGED (NOTICE) }, SEK_LEVEL_DANGER },
  { "false-domain-tagged", { DOMAIN (CAUTION), TAGGED (NOTICE) }, SEK_LEVEL_DANGER },

  { "domain-locked", { DOMAIN (NOTICE), LOCKED (NOTICE) }, SEK_LEVEL_CAUTION },
  { "domain-inside", { DOMAIN (NOTICE), INSIDE (NOTICE) }, SEK_LEVEL_CAUTION },
  /* Nobody here had to do with the writer: who claims an exchange twice over, or sends something to open to
   * people he hides, is worth a question. A stranger alone is every new customer. */
  { "stranger-thread-phrase", { STRANGER (CLEAR), THREAD (NOTICE), PHRASE (NOTICE) }, SEK_LEVEL_CAUTION },
  { "stranger-diverted-locked", { STRANGER (CLEAR), DIVERSION (CLEAR), LOCKED (NOTICE) }, SEK_LEVEL_CAUTION },
  { "stranger-inside", { STRANGER (CLEAR), INSIDE (NOTICE) }, SEK_LEVEL_CAUTION },
  { "name-locked", { NAME (NOTICE), LOCKED (NOTICE) }, SEK_LEVEL_CAUTION },
  { "thread-locked", { THREAD (NOTICE), LOCKED (NOTICE) }, SEK_LEVEL_CAUTION },
  { "locked-key-dated", { LOCKED (NOTICE), KEY (CLEAR), DATED (NOTICE) }, SEK_LEVEL_CAUTION },
  { "name-thread", { NAME (NOTICE), THREAD (NOTICE) }, SEK_LEVEL_CAUTION },
  /* Gateways take honest mail for spam every day; one that also brings, links or claims something is worth a
   * question. */
  { "tagged-locked", { TAGGED (NOTICE), LOCKED (NOTICE) }, SEK_LEVEL_CAUTION },
  { "tagged-inside", { TAGGED (NOTICE), INSIDE (NOTICE) }, SEK_LEVEL_CAUTION },
  { "tagged-link", { TAGGED (NOTICE), LINK (NOTICE) }, SEK_LEVEL_CAUTION },
  { "tagged-thread", { TAGGED (NOTICE), THREAD (NOTICE) }, SEK_LEVEL_CAUTION },
};

static SekKind
kind_of (const char *check)
{
  for (const SekCheck *row = sek_checks; row->name != NULL; row++)
    if (g_str_equal (row->name, check))
      return row->kind;
  return SEK_N_KINDS;
}

/* What the row gives: the policy's word on it, else its own. */
static SekLevel
level_of_row (const Row *row, const SekPolicy *policy)
{
  SekLevel level;
  return sek_policy_rule_level (policy, row->name, &level) ? level : row->level;
}

SekLevel
sek_level_of_findings (const GPtrArray *findings, const SekPolicy *policy)
{
  int have[SEK_N_KINDS] = { 0 };
  SekLevel level = SEK_LEVEL_CLEAR;
  for (guint i = 0; i < findings->len; i++)
    {
      const SekFinding *finding = findings->pdata[i];
      SekKind kind = kind_of (finding->check);
      if (kind < SEK_N_KINDS)
        have[kind] = MAX (have[kind], (int) finding->level + 1);
      level = MAX (level, finding->level);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gboolean fits = TRUE;
      for (guint kind = 0; kind < SEK_N_KINDS && fits; kind++)
        fits = have[kind] >= rows[i].at_least[kind];
      if (fits)
        level = MAX (level, level_of_row (&rows[i], policy));
    }
  return level;
}

static gboolean
is_rule (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_str_equal (rows[i].name, name))
      return TRUE;
  return FALSE;
}

static gboolean
is_check (const char *name)
{
  return kind_of (name) < SEK_N_KINDS;
}

static void
collect_unknown (GHashTable *levels,
                 const char *group,
                 gboolean (*is_known) (const char *),
                 GPtrArray *unknown)
{
  GHashTableIter iter;
  gpointer name;
  g_hash_table_iter_init (&iter, levels);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!is_known (name))
      g_ptr_array_add (unknown, g_strconcat (group, " ", name, NULL));
}

char **
sek_engine_unknown_groups (const SekPolicy *policy)
{
  g_autoptr (GPtrArray) unknown = g_ptr_array_new ();
  collect_unknown (policy->check_levels, "check", is_check, unknown);
  collect_unknown (policy->rule_levels, "rule", is_rule, unknown);
  g_ptr_array_add (unknown, NULL);
  return (char **) g_ptr_array_steal (unknown, NULL);
}
