/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An attachment whose content hides behind a password. Everyday business in Japan, so by itself it is only
 * worth knowing; a program among the names that can be seen is more. */
#include "agent/engine/check.h"

#include <string.h>

#define REPORTED_MAX 5 /* locked attachments named one by one */
#define LISTED_MAX 3   /* names inside shown in the sentence */

/* What the shell of a common desktop runs, or mounts to run, on a double click. */
static const char *const program_suffixes[] = {
  "exe", "scr", "com",        "pif",     "bat",  "cmd",  "ps1",
  "vbs", "vbe", "js",         "jse",     "wsf",  "wsh",  "hta",
  "lnk", "msi", "msp",        "msix",    "appx", "jar",  "cpl",
  "dll", "reg", "iso",        "img",     "vhd",  "vhdx", "one",
  "chm", "url", "library-ms", "desktop", "sh",   "rdp",  "settingcontent-ms",
  "xll",
};

/* The newer formats that exist to carry macros; .doc and .xls may, and are everyday files. */
static const char *const macro_suffixes[] = { "docm", "dotm", "xlsm", "xltm", "xlam",
                                              "xlsb", "pptm", "potm", "ppam" };

static gboolean
has_suffix_of (const char *name, const char *const *suffixes, gsize length)
{
  g_autofree char *folded = sek_text_fold (name);
  const char *dot = strrchr (folded, '.');
  for (gsize i = 0; dot != NULL && i < length; i++)
    if (g_str_equal (dot + 1, suffixes[i]))
      return TRUE;
  return FALSE;
}

static const SekArchiveEntry *
find_entry (const SekAttachment *attachment, const char *const *suffixes, gsize length)
{
  for (guint i = 0; i < attachment->entries->len; i++)
    {
      const SekArchiveEntry *entry = attachment->entries->pdata[i];
      if (has_suffix_of (entry->name, suffixes, length))
        return entry;
    }
  return NULL;
}

/* The first names in the archive; NULL when there are none. Newly allocated. */
static char *
list_entries (const SekAttachment *attachment)
{
  g_autoptr (GString) list = g_string_new (NULL);
  guint shown = 0;
  for (guint i = 0; i < attachment->entries->len && shown < LISTED_MAX; i++)
    {
      const SekArchiveEntry *entry = attachment->entries->pdata[i];
      if (g_str_has_suffix (entry->name, "/") || g_str_has_prefix (entry->name, "__MACOSX"))
        continue;
      g_string_append_printf (list, "%s%s", shown++ > 0 ? ", " : "", entry->name);
    }
  if (shown == 0)
    return NULL;
  if (attachment->entry_count > shown)
    g_string_append (list, " …");
  return g_strdup (list->str);
}

static void
judge (const SekAttachment *attachment, GPtrArray *findings)
{
  const SekArchiveEntry *program = find_entry (attachment, program_suffixes, G_N_ELEMENTS (program_suffixes));
  const SekArchiveEntry *macro = find_entry (attachment, macro_suffixes, G_N_ELEMENTS (macro_suffixes));
  g_autofree char *list = list_entries (attachment);
  const char *code = "", *inside = list;
  SekLevel level = SEK_LEVEL_NOTICE;
  if (program != NULL || macro != NULL)
    {
      code = program != NULL ? "program" : "macro";
      inside = program != NULL ? program->name : macro->name;
      level = SEK_LEVEL_CAUTION;
    }
  else if (attachment->names_hidden)
    code = "names-hidden";
  else if (list != NULL)
    code = "listed";
  SekFinding *finding = sek_findings_add (findings, "encrypted-archive", code, level);
  sek_finding_add (finding, "file", sek_attachment_label (attachment));
  sek_finding_add (finding, "inside", inside);
}

void
sek_check_encrypted_archive (const SekCheckInput *input, GPtrArray *findings)
{
  guint reported = 0;
  for (guint i = 0; i < input->facts->attachments->len && reported < REPORTED_MAX; i++)
    {
      const SekAttachment *attachment = input->facts->attachments->pdata[i];
      if (!sek_attachment_is_locked (attachment))
        continue;
      judge (attachment, findings);
      reported++;
    }
}
