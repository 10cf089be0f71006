/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document that does something when it is opened: macros, fields that start programs, parts loaded from
 * elsewhere. People exchange macro documents every day, so what runs by itself weighs more than what waits
 * for a button, and who sends it counts. */
#include "agent/engine/check.h"

#include "agent/core/trait-codes.h"

#define REPORTED_MAX 5

/* The gravest first, so that none hides behind many that are less. */
static const SekLevel levels[] = { SEK_LEVEL_CAUTION, SEK_LEVEL_NOTICE };

/* The gravest trait of a file speaks for it; rows in this order. */
static const struct
{
  const char *trait;
  SekLevel known;    /* from somebody we have written to */
  SekLevel stranger; /* from everybody else */
} rows[] = {
  { SEK_TRAIT_DDE, SEK_LEVEL_CAUTION, SEK_LEVEL_CAUTION },
  { SEK_TRAIT_LAUNCH, SEK_LEVEL_CAUTION, SEK_LEVEL_CAUTION },
  { SEK_TRAIT_EXCEL4_MACROS, SEK_LEVEL_CAUTION, SEK_LEVEL_CAUTION },
  { SEK_TRAIT_EXTERNAL_TEMPLATE, SEK_LEVEL_CAUTION, SEK_LEVEL_CAUTION },
  { SEK_TRAIT_AUTO_MACROS, SEK_LEVEL_NOTICE, SEK_LEVEL_CAUTION },
  { SEK_TRAIT_MACROS, SEK_LEVEL_NOTICE, SEK_LEVEL_CAUTION },
  { SEK_TRAIT_ACTIVEX, SEK_LEVEL_NOTICE, SEK_LEVEL_CAUTION },
  { SEK_TRAIT_EXTERNAL_OBJECT, SEK_LEVEL_NOTICE, SEK_LEVEL_NOTICE },
  { SEK_TRAIT_OLE_OBJECT, SEK_LEVEL_NOTICE, SEK_LEVEL_NOTICE },
  { SEK_TRAIT_JAVASCRIPT, SEK_LEVEL_NOTICE, SEK_LEVEL_NOTICE },
};

static gboolean
is_known (const SekCheckInput *input)
{
  SekCorrespondent correspondent = { 0 };
  return input->history != NULL && *input->author_address != '\0' &&
         (input->history->find_correspondent (input->history->self, input->author_address, &correspondent) &&
          correspondent.written_to > 0);
}

/* TRUE when the file is of this level, and reported. */
static gboolean
report (const SekFile *file, gboolean known, SekLevel wanted, GPtrArray *findings)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const SekTrait *trait = sek_traits_find (file->traits, rows[i].trait);
      if (trait == NULL)
        continue;
      SekLevel level = known ? rows[i].known : rows[i].stranger;
      /* Behind a lock no filter on the way has seen it: nobody locks up a macro by chance. */
      if (file->behind_lock)
        level = MAX (level, rows[i].stranger);
      if (level != wanted)
        return FALSE;
      g_autofree char *path = sek_file_path (file);
      SekFinding *finding = sek_findings_add (findings, "macro-document", rows[i].trait, level);
      sek_finding_add (finding, "file", path);
      if (trait->detail != NULL && *trait->detail != '\0')
        sek_finding_add (finding, "detail", trait->detail);
      return TRUE;
    }
  return FALSE;
}

void
sek_check_macro_document (const SekCheckInput *input, GPtrArray *findings)
{
  gboolean known = is_known (input);
  guint reported = 0;
  for (gsize level = 0; level < G_N_ELEMENTS (levels); level++)
    for (guint i = 0; i < input->files->len && reported < REPORTED_MAX; i++)
      if (report (&g_array_index (input->files, SekFile, i), known, levels[level], findings))
        reported++;
}
