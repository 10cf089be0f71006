/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An attachment whose content hides behind a password. Everyday business in Japan, so by itself it is only
 * worth knowing. Where a password at hand opened it, what is inside is for the other checks to judge; where
 * none did, the names that can be seen are all there is to go by. */
#include "agent/engine/check.h"
#include "agent/engine/file-kinds.h"

#include <string.h>

#define REPORTED_MAX 5 /* locked attachments named one by one */
#define LISTED_MAX 3   /* names inside shown in the sentence */
/* A locked folder of somebody's program sources holds many files; what is made to be opened is one of few. */
#define FEW_FILES 20

static const struct
{
  const char *source; /* as SekAttachment's password_source */
  const char *code;
} opened_codes[] = {
  { "earlier-mail", "opened-earlier" },
  { "usual", "opened-usual" },
  { "file-name", "opened-name" },
};

/* The first file inside that does something when it is opened, else the first that can carry macros. */
static const SekArchiveEntry *
find_active (const SekCheckInput *input, const SekAttachment *attachment, SekFileKind *kind)
{
  const SekArchiveEntry *macro = NULL;
  for (guint i = 0; i < attachment->entries->len; i++)
    {
      const SekArchiveEntry *entry = attachment->entries->pdata[i];
      *kind = sek_file_kind (input->policy, entry->name);
      if (sek_file_kind_is_active (*kind))
        return entry;
      if (*kind == SEK_FILE_MACRO_DOCUMENT && macro == NULL)
        macro = entry;
    }
  *kind = macro != NULL ? SEK_FILE_MACRO_DOCUMENT : SEK_FILE_UNKNOWN;
  return macro;
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
      if (entry->parent >= 0 || g_str_has_suffix (entry->name, "/") ||
          g_str_has_prefix (entry->name, "__MACOSX"))
        continue;
      g_string_append_printf (list, "%s%s", shown++ > 0 ? ", " : "", entry->name);
    }
  if (shown == 0)
    return NULL;
  if (attachment->entry_count > shown)
    g_string_append (list, " …");
  return g_strdup (list->str);
}

static const char *
opened_code (const SekAttachment *attachment)
{
  for (gsize i = 0; i < G_N_ELEMENTS (opened_codes); i++)
    if (g_strcmp0 (attachment->password_source, opened_codes[i].source) == 0)
      return opened_codes[i].code;
  return "opened";
}

/* The code for one that holds nothing active by name. */
static const char *
quiet_code (const SekAttachment *attachment, const char *list, gboolean has_key)
{
  if (attachment->unlocked && attachment->problem == NULL && list != NULL)
    return opened_code (attachment);
  if (!attachment->is_archive)
    return attachment->unlocked && attachment->problem == NULL ? "document-opened" : "document";
  if (attachment->names_hidden && list == NULL)
    return "names-hidden";
  if (has_key && list != NULL)
    return "not-opened";
  return list != NULL ? "listed" : "";
}

static void
judge (const SekCheckInput *input, const SekAttachment *attachment, gboolean has_key, GPtrArray *findings)
{
  SekFileKind kind;
  const SekArchiveEntry *active = find_active (input, attachment, &kind);
  g_autofree char *list = list_entries (attachment);
  const char *code = quiet_code (attachment, list, has_key);
  SekLevel level = SEK_LEVEL_NOTICE;
  gboolean opened = attachment->unlocked && attachment->problem == NULL && list != NULL;
  if (active != NULL && !opened)
    {
      code = kind == SEK_FILE_MACRO_DOCUMENT ? "macro" : "program";
      level = kind != SEK_FILE_MACRO_DOCUMENT && attachment->entry_count <= FEW_FILES ? SEK_LEVEL_DANGER
                                                                                      : SEK_LEVEL_CAUTION;
    }
  SekFinding *finding = sek_findings_add (findings, "encrypted-archive", code, level);
  sek_finding_add (finding, "file", sek_attachment_label (attachment));
  sek_finding_add (finding, "inside", active != NULL && !opened ? active->name : list);
}

void
sek_check_encrypted_archive (const SekCheckInput *input, GPtrArray *findings)
{
  g_autoptr (GPtrArray) passwords = NULL;
  guint reported = 0;
  for (guint i = 0; i < input->facts->attachments->len && reported < REPORTED_MAX; i++)
    {
      const SekAttachment *attachment = input->facts->attachments->pdata[i];
      if (!sek_attachment_is_locked (attachment))
        continue;
      if (passwords == NULL)
        passwords = sek_passwords_in_mail (input->facts);
      judge (input, attachment, passwords->len > 0, findings);
      reported++;
    }
}
