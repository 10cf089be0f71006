/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/unpack.h"

#include <archive.h>

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
  return *format == '\0' && !all ? SEK_ENTRY_PEEK_BYTES : SEK_ENTRY_BYTES_MAX;
}

static const char *
budget_problem (const SekArchiveBudget *budget, gsize left)
{
  if (left == 0)
    return "unpacks-too-large";
  return g_get_monotonic_time () >= budget->deadline ? "timed-out" : NULL;
}

static gboolean
make_room (SekUnpacked *unpacked, gsize *room, gsize wanted)
{
  if (wanted <= *room)
    return TRUE;
  guint8 *larger = g_try_realloc (unpacked->bytes, wanted);
  if (larger == NULL)
    return FALSE;
  unpacked->bytes = larger;
  *room = wanted;
  return TRUE;
}

/* Reads on until there are limit bytes. FALSE when there is no more, or no more is allowed. */
static gboolean
read_until (
    SekUnpacked *unpacked, struct archive *archive, gsize *room, gsize limit, SekArchiveBudget *budget)
{
  while (unpacked->length < limit)
    {
      unpacked->problem = budget_problem (budget, budget->inside_left);
      gsize want = MIN (MIN (limit - unpacked->length, BLOCK_BYTES), budget->inside_left);
      if (unpacked->problem == NULL && unpacked->length + want > *room &&
          !make_room (unpacked, room,
                      MIN (MAX (*room * 2, unpacked->length + want), SEK_ENTRY_BYTES_MAX + 1)))
        unpacked->problem = "too-large";
      if (unpacked->problem != NULL)
        return FALSE;
      la_ssize_t got = archive_read_data (archive, unpacked->bytes + unpacked->length, want);
      unpacked->failed = got < 0;
      unpacked->whole = got == 0;
      if (got <= 0)
        return FALSE;
      unpacked->length += (gsize) got;
      budget->inside_left -= (gsize) got;
    }
  return TRUE;
}

SekUnpacked *
sek_unpack (struct archive *archive, gint64 size, gboolean all, SekArchiveBudget *budget)
{
  SekUnpacked *unpacked = g_new0 (SekUnpacked, 1);
  gsize room = 0;
  /* Of a size that is true, no byte is copied twice; of a lie, no page of it is touched. */
  gsize first = size > 0 && size < SEK_ENTRY_BYTES_MAX ? (gsize) size + 1 : BLOCK_BYTES;
  if (!make_room (unpacked, &room, MAX (first, BLOCK_BYTES)))
    unpacked->problem = "too-large";
  else if (read_until (unpacked, archive, &room, SEK_MAGIC_BYTES, budget))
    {
      gsize needed = bytes_needed (unpacked, all);
      /* One byte more tells a file of just this size from a larger one. */
      if (needed > SEK_MAGIC_BYTES && read_until (unpacked, archive, &room, needed + 1, budget))
        {
          unpacked->length = needed;
          unpacked->problem = needed == SEK_ENTRY_BYTES_MAX ? "unpacks-too-large" : NULL;
        }
    }
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
  g_autofree char *block = g_malloc (BLOCK_BYTES);
  la_ssize_t got = 1;
  while (got > 0)
    {
      const char *problem = budget_problem (budget, budget->skip_left);
      if (problem != NULL)
        return problem;
      got = archive_read_data (archive, block, MIN (BLOCK_BYTES, budget->skip_left));
      budget->skip_left -= got > 0 ? (gsize) got : 0;
    }
  return NULL;
}

gsize
sek_unpacked_content_end (const SekUnpacked *unpacked)
{
  gsize end = unpacked->length;
  /* Bounded by what was unpacked. */
  while (end > 0 && unpacked->bytes[end - 1] == unpacked->bytes[unpacked->length - 1])
    end--;
  return end;
}
