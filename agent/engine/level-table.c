/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The level rule: how findings support each other. Read a row aloud: "a name that is off (caution) and a
 * locked attachment (any) with its key (any) are danger". */
#include "agent/engine/check.h"

typedef struct
{
  SekLevel at_least[SEK_N_KINDS]; /* what each kind must have; CLEAR asks for nothing */
  SekLevel level;
} Row;

#define NAME(l) [SEK_KIND_NAME] = SEK_LEVEL_##l
#define THREAD(l) [SEK_KIND_THREAD] = SEK_LEVEL_##l
#define LOCKED(l) [SEK_KIND_LOCKED] = SEK_LEVEL_##l
#define KEY(l) [SEK_KIND_KEY] = SEK_LEVEL_##l
#define DATED(l) [SEK_KIND_DATED] = SEK_LEVEL_##l
#define PHRASE(l) [SEK_KIND_PHRASE] = SEK_LEVEL_##l

static const Row rows[] = {
  /* A colleague's or partner's name on a stranger's address with something to open. */
  { { NAME (CAUTION), LOCKED (NOTICE), KEY (NOTICE) }, SEK_LEVEL_DANGER },
  { { NAME (CAUTION), LOCKED (NOTICE), THREAD (NOTICE) }, SEK_LEVEL_DANGER },
  { { NAME (CAUTION), LOCKED (CAUTION) }, SEK_LEVEL_DANGER },
  /* The wave mail as it reaches people whose correspondents nobody has listed: an answer to nothing, locked,
   * with the key, and one more sign. One of these alone is everyday business in Japan. */
  { { THREAD (CAUTION), LOCKED (NOTICE), KEY (NOTICE) }, SEK_LEVEL_DANGER },
  { { THREAD (NOTICE), LOCKED (NOTICE), KEY (NOTICE), DATED (NOTICE) }, SEK_LEVEL_DANGER },
  { { THREAD (NOTICE), LOCKED (NOTICE), KEY (NOTICE), PHRASE (NOTICE) }, SEK_LEVEL_DANGER },
  { { THREAD (NOTICE), LOCKED (NOTICE), KEY (NOTICE), NAME (NOTICE) }, SEK_LEVEL_DANGER },
  { { THREAD (NOTICE), LOCKED (CAUTION) }, SEK_LEVEL_DANGER },
  /* A program locked away from every filter, with the key at hand. */
  { { LOCKED (CAUTION), KEY (NOTICE) }, SEK_LEVEL_DANGER },

  { { NAME (NOTICE), LOCKED (NOTICE) }, SEK_LEVEL_CAUTION },
  { { THREAD (NOTICE), LOCKED (NOTICE) }, SEK_LEVEL_CAUTION },
  { { LOCKED (NOTICE), KEY (NOTICE), DATED (NOTICE) }, SEK_LEVEL_CAUTION },
  { { NAME (NOTICE), THREAD (NOTICE) }, SEK_LEVEL_CAUTION },
};

static SekKind
kind_of (const char *check)
{
  for (const SekCheck *row = sek_checks; row->name != NULL; row++)
    if (g_str_equal (row->name, check))
      return row->kind;
  return SEK_N_KINDS;
}

SekLevel
sek_level_of_findings (const GPtrArray *findings)
{
  SekLevel have[SEK_N_KINDS] = { SEK_LEVEL_CLEAR }, level = SEK_LEVEL_CLEAR;
  for (guint i = 0; i < findings->len; i++)
    {
      const SekFinding *finding = findings->pdata[i];
      SekKind kind = kind_of (finding->check);
      if (kind < SEK_N_KINDS)
        have[kind] = MAX (have[kind], finding->level);
      level = MAX (level, finding->level);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gboolean fits = TRUE;
      for (guint kind = 0; kind < SEK_N_KINDS && fits; kind++)
        fits = have[kind] >= rows[i].at_least[kind];
      if (fits)
        level = MAX (level, rows[i].level);
    }
  return level;
}
