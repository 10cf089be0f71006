/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the scanner could not look into is said, never passed as clean. */
#include "agent/engine/check.h"

#include <string.h>

#include "agent/engine/files.h"

#define REPORTED_MAX 5

static const struct
{
  const char *code;
  SekLevel level;
} levels[] = {
  /* Something may hide where nobody has looked. */
  { "crashed", SEK_LEVEL_CAUTION },
  { "timed-out", SEK_LEVEL_CAUTION },
  { "too-large", SEK_LEVEL_CAUTION },
  { "too-many-parts", SEK_LEVEL_CAUTION },
  { "nested-too-deep", SEK_LEVEL_CAUTION },
  { "too-many-attachments", SEK_LEVEL_CAUTION },
  { "too-many-entries", SEK_LEVEL_CAUTION },
  { "not-a-mail", SEK_LEVEL_CAUTION },
  /* Odd, but seen in honest mail. */
  { "nul-bytes", SEK_LEVEL_NOTICE },
  { "malformed", SEK_LEVEL_NOTICE },
  { "empty", SEK_LEVEL_NOTICE },
  { "text-cut", SEK_LEVEL_NOTICE },
  { "unknown-charset", SEK_LEVEL_NOTICE },
  { "archive-damaged", SEK_LEVEL_NOTICE },
  { "archive-unsupported", SEK_LEVEL_NOTICE },
  /* The same of one file, attached or inside another. */
  { "file-timed-out", SEK_LEVEL_CAUTION },
  { "file-too-large", SEK_LEVEL_CAUTION },
  { "file-unpacks-too-large", SEK_LEVEL_CAUTION },
  { "file-nested-too-deep", SEK_LEVEL_CAUTION },
  { "file-damaged", SEK_LEVEL_NOTICE },
  { "file-unsupported", SEK_LEVEL_NOTICE },
  { "file-locked", SEK_LEVEL_NOTICE },
};

/* How a problem is put when it is that of a file. Others keep their sentence. */
static const struct
{
  const char *problem;
  const char *attached;
  const char *inside;
} sentences[] = {
  { "timed-out", "file-timed-out", "file-timed-out" },
  { "too-large", "file-too-large", "file-too-large" },
  { "unpacks-too-large", "file-unpacks-too-large", "file-unpacks-too-large" },
  { "nested-too-deep", "file-nested-too-deep", "file-nested-too-deep" },
  { "archive-damaged", "archive-damaged", "file-damaged" },
  { "archive-unsupported", "archive-unsupported", "file-unsupported" },
  { "document-damaged", "file-damaged", "file-damaged" },
  { "document-unsupported", "file-unsupported", "file-unsupported" },
  { "document-locked", "file-locked", "file-locked" },
};

static SekLevel
level_of (const char **code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (levels); i++)
    if (g_str_equal (levels[i].code, *code))
      return levels[i].level;
  *code = "";
  return SEK_LEVEL_CAUTION;
}

/* TRUE when the problem is of this level, and reported. */
static gboolean
report (const char *code, const char *detail, SekLevel wanted, GPtrArray *findings)
{
  if (level_of (&code) != wanted)
    return FALSE;
  sek_finding_add (sek_findings_add (findings, "uninspectable", code, wanted), "detail", detail);
  return TRUE;
}

static const char *
sentence_of (const SekFile *file)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sentences); i++)
    if (g_str_equal (sentences[i].problem, file->problem))
      return file->entry == NULL ? sentences[i].attached : sentences[i].inside;
  return file->problem;
}

/* A bomb gives hundreds of files the same problem; the first is enough. */
static gboolean
is_repeated (const GArray *files, guint index)
{
  const SekFile *file = &g_array_index (files, SekFile, index);
  for (guint i = index; i > 0; i--)
    {
      const SekFile *before = &g_array_index (files, SekFile, i - 1);
      if (before->attachment != file->attachment)
        return FALSE;
      if (g_strcmp0 (before->problem, file->problem) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
report_file (const GArray *files, guint index, SekLevel wanted, GPtrArray *findings)
{
  const SekFile *file = &g_array_index (files, SekFile, index);
  if (file->problem == NULL || is_repeated (files, index))
    return FALSE;
  g_autofree char *path = file->entry != NULL ? sek_file_path (file) : NULL;
  return report (sentence_of (file), path != NULL ? path : sek_attachment_label (file->attachment), wanted,
                 findings);
}

void
sek_check_uninspectable (const SekCheckInput *input, GPtrArray *findings)
{
  /* The gravest first, so that none hides behind many that are less. */
  static const SekLevel order[] = { SEK_LEVEL_CAUTION, SEK_LEVEL_NOTICE };
  guint reported = 0;
  g_autoptr (GArray) files = sek_files_of (input->facts);
  for (gsize level = 0; level < G_N_ELEMENTS (order); level++)
    {
      for (guint i = 0; i < input->facts->problems->len && reported < REPORTED_MAX; i++)
        {
          const SekProblem *problem = input->facts->problems->pdata[i];
          if (report (problem->code, problem->detail, order[level], findings))
            reported++;
        }
      for (guint i = 0; i < files->len && reported < REPORTED_MAX; i++)
        if (report_file (files, i, order[level], findings))
          reported++;
    }
}
