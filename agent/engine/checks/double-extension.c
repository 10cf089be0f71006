/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file that is dressed up as another kind: "invoice.pdf.exe", a row of spaces before the true extension, a
 * name written backwards in part, content of another type than the name says. */
#include "agent/engine/check.h"

#include <string.h>

#include "agent/core/text.h"
#include "agent/core/trait-codes.h"

#define REPORTED_MAX 5
#define SPACES_MIN 5 /* so many in a row push what follows out of sight */

/* What turns the letters behind it round: embedding, override and isolate from right to left, and the
 * override from left to right, which does it to names in Arabic and Hebrew. The marks that only keep order
 * come into honest names: Windows puts one in front of what is copied out of its dialogs, and phones put
 * isolates around names. */
static gboolean
has_override (const char *name)
{
  static const gunichar turning[] = { 0x202B, 0x202D, 0x202E, 0x2067 };
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      for (gsize i = 0; i < G_N_ELEMENTS (turning); i++)
        if (c == turning[i])
          return TRUE;
    }
  return FALSE;
}

static gboolean
has_gap (const char *name)
{
  guint spaces = 0;
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      spaces = g_unichar_isspace (c) || c == 0x3000 || c == 0x2800 || c == 0x3164 ? spaces + 1 : 0;
      if (spaces >= SPACES_MIN && strchr (p, '.') != NULL)
        return TRUE;
    }
  return FALSE;
}

/* "invoice.pdf" of "invoice.pdf.exe"; NULL when nothing is before the last extension. */
static char *
without_extension (const char *name)
{
  g_autofree char *folded = sek_text_fold (name);
  const char *dot = strrchr (folded, '.');
  return dot != NULL && dot > folded ? g_strndup (folded, (gsize) (dot - folded)) : NULL;
}

static gboolean
is_harmless_kind (SekFileKind kind)
{
  return kind == SEK_FILE_DOCUMENT || kind == SEK_FILE_MEDIA;
}

static const char *
disguise_of (const SekCheckInput *input, const SekFile *file, char **detail)
{
  gboolean active = sek_file_kind_is_active (sek_file_kind (input->policy, file->name));
  if (has_override (file->name))
    {
      *detail = sek_name_extension (file->name);
      return "override";
    }
  const SekTrait *wrong = sek_traits_find (file->traits, SEK_TRAIT_WRONG_TYPE);
  if (wrong != NULL)
    {
      *detail = g_strdup (wrong->detail != NULL ? wrong->detail : "");
      return "wrong-type";
    }
  if (active && has_gap (file->name))
    {
      *detail = sek_name_extension (file->name);
      return "gap";
    }
  g_autofree char *front = without_extension (file->name);
  if (active && front != NULL && is_harmless_kind (sek_file_kind (input->policy, front)))
    {
      *detail = sek_name_extension (file->name);
      return "";
    }
  return NULL;
}

void
sek_check_double_extension (const SekCheckInput *input, GPtrArray *findings)
{
  guint reported = 0;
  for (guint i = 0; i < input->files->len && reported < REPORTED_MAX; i++)
    {
      const SekFile *file = &g_array_index (input->files, SekFile, i);
      g_autofree char *detail = NULL;
      const char *code = disguise_of (input, file, &detail);
      if (code == NULL)
        continue;
      g_autofree char *path = sek_file_path (file);
      SekFinding *finding = sek_findings_add (findings, "double-extension", code, SEK_LEVEL_CAUTION);
      sek_finding_add (finding, "file", path);
      if (*detail != '\0')
        sek_finding_add (finding, "detail", detail);
      reported++;
    }
}
