/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/unpack.h"

#include <archive.h>
#include <string.h>

#include "agent/core/limits.h"
#include "agent/scanner/magic.h"

#define BLOCK_BYTES 65536

/* Formats that nothing in the depth can make dangerous: their first bytes are enough. */
static const char *const shallow[] = {
  "png", "jpeg", "gif", "tiff", "webp", "wav", "mp4", "ogg", "mp3", NULL
};

/* How many bytes are needed of a file that begins so. */
static gsize
bytes_needed (const SekUnpacked *unpacked, gboolean all)
{
  const char *format = sek_magic_format (unpacked->bytes, unpacked->length);
  if (g_strv_contains (shallow, format))
    return SEK_MAGIC_BYTES;
  gboolean text = *format == '\0' || g_str_equal (format, "xml");
  return text && !all ? SEK_ENTRY_PEEK_BYTES : SEK_ENTRY_BYTES_MAX;
}

static const char *
budget_problem (const SekArchiveBudget *budget, gsize left)
{
  if (left == 0)
    return "unpacks-too-large";
  return g_get_monotonic_time () >= budget->deadline ? "timed-out" : NULL;
}

/* What is known on the way. */
typedef struct
{
  SekUnpacked *unpacked;
  gsize room;
  gsize limit; /* bytes needed */
  gboolean all;
} Reading;

static gboolean
make_room (Reading *reading, gsize wanted)
{
  if (wanted <= reading->room)
    return TRUE;
  /* Doubled, so that no byte is copied often; one above the limit tells a file of just that size from a
   * larger. */
  wanted = MAX (wanted, MIN (reading->room * 2, SEK_ENTRY_BYTES_MAX + 1));
  guint8 *larger = g_try_realloc (reading->unpacked->bytes, wanted);
  if (larger == NULL)
    {
      reading->unpacked->problem = "too-large";
      return FALSE;
    }
  reading->unpacked->bytes = larger;
  reading->room = wanted;
  return TRUE;
}

/* Appends as many of these bytes, NULL for zeros, as are needed. FALSE when there is no need for more. */
static gboolean
append (Reading *reading, const void *bytes, gsize length, SekArchiveBudget *budget)
{
  SekUnpacked *unpacked = reading->unpacked;
  length = MIN (MIN (length, SEK_ENTRY_BYTES_MAX + 1 - unpacked->length), budget->inside_left);
  if (length == 0)
    return TRUE;
  if (!make_room (reading, unpacked->length + length))
    return FALSE;
  if (bytes != NULL)
    memcpy (unpacked->bytes + unpacked->length, bytes, length);
  else
    memset (unpacked->bytes + unpacked->length, 0, length);
  budget->inside_left -= length;
  unpacked->length += length;
  if (reading->limit == 0 && unpacked->length >= SEK_MAGIC_BYTES)
    reading->limit = bytes_needed (unpacked, reading->all);
  if (reading->limit == 0 || unpacked->length <= reading->limit)
    return TRUE;
  unpacked->length = reading->limit;
  if (reading->limit == SEK_ENTRY_BYTES_MAX)
    unpacked->problem = "unpacks-too-large";
  return FALSE;
}

/* One block of libarchive's. FALSE at the end, or when there is no need for more. The last block of a file
 * whose checksum is wrong comes with ARCHIVE_WARN, and what it holds is what other programs show. */
static gboolean
read_block (Reading *reading, struct archive *archive, SekArchiveBudget *budget)
{
  SekUnpacked *unpacked = reading->unpacked;
  const void *block = NULL;
  size_t size = 0;
  la_int64_t offset = 0;
  unpacked->problem = budget_problem (budget, budget->inside_left);
  if (unpacked->problem != NULL)
    return FALSE;
  int result = archive_read_data_block (archive, &block, &size, &offset);
  unpacked->whole = result == ARCHIVE_EOF;
  unpacked->failed = result < ARCHIVE_OK;
  if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
    return FALSE;
  /* A sparse file leaves its zeros out. */
  if (offset > (la_int64_t) unpacked->length &&
      !append (reading, NULL, (gsize) offset - unpacked->length, budget))
    return FALSE;
  return append (reading, block, size, budget) && result == ARCHIVE_OK;
}

SekUnpacked *
sek_unpack (struct archive *archive, gint64 size, gboolean all, SekArchiveBudget *budget)
{
  SekUnpacked *unpacked = g_new0 (SekUnpacked, 1);
  Reading reading = { .unpacked = unpacked, .all = all };
  /* Of a size that is true, no byte is copied twice; of a lie, no page of it is touched. */
  if (make_room (&reading, size > 0 && size < SEK_ENTRY_BYTES_MAX ? (gsize) size : BLOCK_BYTES))
    /* Bounded by SEK_ENTRY_BYTES_MAX and the budget. */
    while (read_block (&reading, archive, budget))
      continue;
  return unpacked;
}

void
sek_unpacked_free (SekUnpacked *unpacked)
{
  if (unpacked == NULL)
    return;
  g_free (unpacked->bytes);
  g_free (unpacked);
}

const char *
sek_unpack_rest (struct archive *archive, SekArchiveBudget *budget)
{
  const void *block = NULL;
  size_t size = 0;
  la_int64_t offset = 0;
  const char *problem = NULL;
  /* Every turn takes something off the budget, time at least. */
  while ((problem = budget_problem (budget, budget->skip_left)) == NULL &&
         archive_read_data_block (archive, &block, &size, &offset) == ARCHIVE_OK)
    budget->skip_left -= MIN (size, budget->skip_left);
  return problem;
}
