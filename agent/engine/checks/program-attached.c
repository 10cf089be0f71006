/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file that runs, mounts or leads elsewhere when it is opened: by its content where that is known, else by
 * its name. */
#include "agent/engine/check.h"

#include "agent/core/trait-codes.h"

#define REPORTED_MAX 5
/* An archive of more is somebody's program sources; what is made to be opened is one of few. */
#define FEW_FILES 20

/* In the order in which they speak for a file. The words are the finding's codes. */
static const char *const traits[] = { SEK_TRAIT_PROGRAM,       SEK_TRAIT_SCRIPT,    SEK_TRAIT_SHORTCUT,
                                      SEK_TRAIT_DISK_IMAGE,    SEK_TRAIT_SMUGGLING, SEK_TRAIT_HTML_FORM,
                                      SEK_TRAIT_EMBEDDED_FILE, SEK_TRAIT_REDIRECT };

static const struct
{
  SekFileKind kind;
  const char *code;
} kinds[] = {
  { SEK_FILE_PROGRAM, SEK_TRAIT_PROGRAM },
  { SEK_FILE_SCRIPT, SEK_TRAIT_SCRIPT },
  { SEK_FILE_SHORTCUT, SEK_TRAIT_SHORTCUT },
  { SEK_FILE_DISK_IMAGE, SEK_TRAIT_DISK_IMAGE },
};

static const char *
code_of_name (const SekCheckInput *input, const char *name)
{
  SekFileKind kind = sek_file_kind (input->policy, name);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].kind == kind)
      return kinds[i].code;
  return NULL;
}

/* A document may carry files; those that would run count. */
static gboolean
counts (const SekCheckInput *input, const SekTrait *trait)
{
  return !g_str_equal (trait->code, SEK_TRAIT_EMBEDDED_FILE) || code_of_name (input, trait->detail) != NULL;
}

static const SekTrait *
find_trait (const SekCheckInput *input, const SekFile *file)
{
  for (gsize i = 0; i < G_N_ELEMENTS (traits); i++)
    for (guint j = 0; j < file->traits->len; j++)
      {
        const SekTrait *trait = file->traits->pdata[j];
        if (g_str_equal (trait->code, traits[i]) && counts (input, trait))
          return trait;
      }
  return NULL;
}

void
sek_check_program_attached (const SekCheckInput *input, GPtrArray *findings)
{
  guint reported = 0;
  for (guint i = 0; i < input->files->len && reported < REPORTED_MAX; i++)
    {
      const SekFile *file = &g_array_index (input->files, SekFile, i);
      const SekTrait *trait = find_trait (input, file);
      const char *code = trait != NULL ? trait->code : code_of_name (input, file->name);
      if (code == NULL)
        continue;
      g_autofree char *path = sek_file_path (file);
      gboolean one_of_many =
          trait == NULL && file->entry != NULL && file->attachment->entry_count > FEW_FILES;
      /* Services for secure mail send such pages, too. */
      gboolean redirect = g_str_equal (code, SEK_TRAIT_REDIRECT);
      SekLevel level = one_of_many || redirect ? SEK_LEVEL_NOTICE : SEK_LEVEL_CAUTION;
      SekFinding *finding = sek_findings_add (findings, "program-attached", code, level);
      sek_finding_add (finding, "file", path);
      if (trait != NULL && trait->detail != NULL && *trait->detail != '\0')
        sek_finding_add (finding, "detail", trait->detail);
      reported++;
    }
}
