/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/engine/files.h"

#include <string.h>

#include "agent/core/limits.h"
#include "agent/core/text.h"
#include "agent/core/trait-codes.h"
#include "agent/engine/check.h"
#include "agent/engine/file-kinds.h"

static const SekArchiveEntry *
parent_of (const SekAttachment *attachment, const SekArchiveEntry *entry)
{
  return entry->parent >= 0 && (guint64) entry->parent < attachment->entries->len
             ? attachment->entries->pdata[entry->parent]
             : NULL;
}

static gboolean
is_behind_lock (const SekAttachment *attachment, const SekArchiveEntry *entry)
{
  for (guint depth = 0; entry != NULL && depth <= SEK_ARCHIVE_DEPTH_MAX; depth++)
    {
      if (entry->encrypted || sek_traits_find (entry->traits, SEK_TRAIT_LOCKED_DOCUMENT) != NULL)
        return TRUE;
      entry = parent_of (attachment, entry);
    }
  return attachment->names_hidden;
}

GArray *
sek_files_of (const SekFacts *facts)
{
  GArray *files = g_array_new (FALSE, FALSE, sizeof (SekFile));
  for (guint i = 0; i < facts->attachments->len; i++)
    {
      const SekAttachment *attachment = facts->attachments->pdata[i];
      gboolean locked = sek_traits_find (attachment->traits, SEK_TRAIT_LOCKED_DOCUMENT) != NULL;
      SekFile file = { .attachment = attachment,
                       .name = attachment->name != NULL ? attachment->name : "",
                       .format = attachment->format,
                       .traits = attachment->traits,
                       .problem = attachment->problem,
                       .size = attachment->size,
                       .behind_lock = locked };
      g_array_append_val (files, file);
      for (guint j = 0; j < attachment->entries->len; j++)
        {
          const SekArchiveEntry *entry = attachment->entries->pdata[j];
          SekFile inside = { .attachment = attachment,
                             .entry = entry,
                             .name = entry->name,
                             .format = entry->format,
                             .traits = entry->traits,
                             .problem = entry->problem,
                             .size = entry->size,
                             .behind_lock = is_behind_lock (attachment, entry) };
          g_array_append_val (files, inside);
        }
    }
  return files;
}

char *
sek_file_path (const SekFile *file)
{
  g_autoptr (GString) path = g_string_new (file->entry != NULL ? file->entry->name : NULL);
  const SekArchiveEntry *entry = file->entry != NULL ? parent_of (file->attachment, file->entry) : NULL;
  for (guint depth = 0; entry != NULL && depth <= SEK_ARCHIVE_DEPTH_MAX; depth++)
    {
      g_string_prepend (path, " › ");
      g_string_prepend (path, entry->name);
      entry = parent_of (file->attachment, entry);
    }
  if (file->entry != NULL)
    g_string_prepend (path, " › ");
  g_string_prepend (path, sek_attachment_label (file->attachment));
  if (file->attachment->where != NULL)
    {
      g_string_prepend (path, " › ");
      g_string_prepend (path, file->attachment->where);
    }
  return g_strdup (path->str);
}

gboolean
sek_name_has_extension (const char *name, const char *const *extensions)
{
  g_autofree char *extension = sek_name_extension (name);
  return *extension != '\0' && g_strv_contains (extensions, extension);
}
