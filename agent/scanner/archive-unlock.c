/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The passwords at hand, tried on a locked archive. */
#include "agent/scanner/archive-layer.h"

#include <string.h>

#include "agent/core/limits.h"

#define BLOCK_BYTES 65536

typedef enum
{
  ATTEMPT_WRONG,
  ATTEMPT_RIGHT,
  ATTEMPT_IMPOSSIBLE, /* nothing here can open such a lock */
} Attempt;

/* Wrong passwords shall cost little, so the smallest is tried on; an empty one would prove nothing. */
static guint
smallest_locked (const SekArchive *archive)
{
  guint smallest = archive->kept;
  gint64 size = G_MAXINT64;
  for (guint i = 0; i < archive->kept; i++)
    {
      const SekArchiveEntry *entry = sek_archive_entry (archive, i);
      gint64 weight = entry->size > 0 ? entry->size : G_MAXINT64 - 1;
      if (entry->encrypted && weight < size)
        {
          smallest = i;
          size = weight;
        }
    }
  return smallest;
}

/* libarchive says so in words only. */
static Attempt
explain (struct archive *archive)
{
  const char *message = archive_error_string (archive);
  gboolean impossible = message != NULL && strstr (message, "upport") != NULL;
  return impossible ? ATTEMPT_IMPOSSIBLE : ATTEMPT_WRONG;
}

/* Reads the entry to its end: ZipCrypto knows a wrong password by one byte (APPNOTE §6.1.6) and AES by two
 * (WinZip AE-2), so that one in 256 gets in; only the checksum behind the content is sure. */
static Attempt
try_password (const SekArchive *archive, guint index, const char *password)
{
  g_autoptr (SekArchiveReader) reader = sek_archive_reopen (archive, password);
  g_autofree char *block = g_malloc (BLOCK_BYTES);
  struct archive_entry *entry = NULL;
  if (reader == NULL)
    return ATTEMPT_IMPOSSIBLE;
  for (guint i = 0; i <= index; i++)
    if (sek_archive_next (reader, &entry) != ARCHIVE_OK)
      return explain (reader->archive);
  gsize left = SEK_ENTRY_BYTES_MAX;
  while (left > 0 && sek_archive_has_time (archive))
    {
      la_ssize_t got = archive_read_data (reader->archive, block, MIN (BLOCK_BYTES, left));
      if (got == 0)
        return ATTEMPT_RIGHT;
      if (got < 0)
        return explain (reader->archive);
      left -= (gsize) got;
    }
  return left == 0 ? ATTEMPT_RIGHT : ATTEMPT_WRONG;
}

const SekPassword *
sek_archive_find_password (SekArchive *archive)
{
  const GPtrArray *passwords = archive->budget->passwords;
  guint index = smallest_locked (archive);
  if (passwords == NULL || passwords->len == 0)
    return NULL;
  /* Not even names to try on; or a lock that libarchive 3.6 cannot open. Of RAR 5 it even gives the locked
   * bytes out as if they were open. */
  if (index == archive->kept || !g_str_equal (*archive->format, "zip"))
    {
      sek_archive_set_problem (archive, "archive-unsupported");
      return NULL;
    }
  for (guint i = 0; i < MIN (passwords->len, SEK_PASSWORDS_MAX); i++)
    {
      const SekPassword *password = passwords->pdata[i];
      Attempt attempt = try_password (archive, index, password->password);
      if (attempt == ATTEMPT_RIGHT)
        return password;
      if (!sek_archive_has_time (archive))
        sek_archive_set_problem (archive, "timed-out");
      else if (attempt == ATTEMPT_IMPOSSIBLE)
        sek_archive_set_problem (archive, "archive-unsupported");
      if (*archive->problem != NULL && attempt != ATTEMPT_WRONG)
        return NULL;
    }
  return NULL;
}
