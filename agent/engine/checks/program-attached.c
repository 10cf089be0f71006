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

/* A text that a shell would run and nobody's desktop does: the scripts of a source archive, told by their
 * first two bytes alone. */
static gboolean
is_quiet_script (SekFileKind kind, const SekFile *file, const SekTrait *trait)
{
  static const char *const plain_text[] = { "txt", "md", "log", NULL };
  if (trait == NULL || !g_str_equal (trait->code, SEK_TRAIT_SCRIPT) || !g_str_equal (file->format, "script"))
    return FALSE;
  return kind == SEK_FILE_UNKNOWN || sek_name_has_extension (file->name, plain_text);
}

static SekLevel
level_of (const SekCheckInput *input, const SekFile *file, const SekTrait *trait, const char *code)
{
  SekFileKind kind = sek_file_kind (input->policy, file->name);
  gboolean by_name = trait == NULL || (g_str_equal (file->format, "script") && kind == SEK_FILE_SCRIPT);
  gboolean one_of_many = by_name && file->entry != NULL && file->attachment->entry_count > FEW_FILES;
  /* Services for secure mail send such pages, too. */
  gboolean redirect = g_str_equal (code, SEK_TRAIT_REDIRECT);
  return one_of_many || redirect || is_quiet_script (kind, file, trait) ? SEK_LEVEL_NOTICE
                                                                        : SEK_LEVEL_CAUTION;
}

/* What runs may lie in a document, which then says so. Its name if one is known that runs; NULL when it is
 * the file itself. */
static const SekTrait *
find_carried (const SekCheckInput *input, const SekFile *file)
{
  const SekTrait *carried = sek_traits_find (file->traits, SEK_TRAIT_EMBEDDED_FILE);
  for (guint i = 0; carried != NULL && i < file->traits->len; i++)
    {
      const SekTrait *trait = file->traits->pdata[i];
      if (g_str_equal (trait->code, SEK_TRAIT_EMBEDDED_FILE) && counts (input, trait))
        return trait;
    }
  return carried;
}

/* TRUE when the file is of this level, and reported. */
static gboolean
report (const SekCheckInput *input, const SekFile *file, SekLevel level, GPtrArray *findings)
{
  const SekTrait *trait = find_trait (input, file);
  const char *code = trait != NULL ? trait->code : code_of_name (input, file->name);
  if (code == NULL || level_of (input, file, trait, code) != level)
    return FALSE;
  const SekTrait *carried = trait != NULL ? find_carried (input, file) : NULL;
  if (carried != NULL)
    {
      trait = carried;
      code = SEK_TRAIT_EMBEDDED_FILE;
    }
  g_autofree char *path = sek_file_path (file);
  gboolean quiet = is_quiet_script (sek_file_kind (input->policy, file->name), file, trait);
  SekFinding *finding = sek_findings_add (findings, "program-attached", quiet ? "text-script" : code, level);
  sek_finding_add (finding, "file", path);
  if (!quiet && trait != NULL && trait->detail != NULL && *trait->detail != '\0')
    sek_finding_add (finding, "detail", trait->detail);
  return TRUE;
}

void
sek_check_program_attached (const SekCheckInput *input, GPtrArray *findings)
{
  guint reported = 0;
  /* The gravest first, so that none hides behind many that are less. */
  for (guint i = 0; i < input->files->len && reported < REPORTED_MAX; i++)
    if (report (input, &g_array_index (input->files, SekFile, i), SEK_LEVEL_CAUTION, findings))
      reported++;
  /* Of an archive's scripts, one says it. */
  const SekAttachment *told = NULL;
  for (guint i = 0; i < input->files->len && reported < REPORTED_MAX; i++)
    {
      const SekFile *file = &g_array_index (input->files, SekFile, i);
      if (file->attachment == told || !report (input, file, SEK_LEVEL_NOTICE, findings))
        continue;
      told = file->attachment;
      reported++;
    }
}
