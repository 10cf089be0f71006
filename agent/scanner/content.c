/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/content.h"

#include <string.h>

#include "agent/core/limits.h"
#include "agent/scanner/magic.h"

#define CHUNK_BYTES 65536

/* What is gathered while the bytes of an attachment pass by. */
typedef struct
{
  SekAttachment *attachment;
  GChecksum *checksum;
  GByteArray *head; /* the first bytes, until the format is decided */
  gboolean decided;
  SekContent *kept; /* NULL when nobody needs the bytes */
  gsize room;       /* bytes allocated in kept */
} Reader;

void
sek_content_free (SekContent *content)
{
  g_free (content->bytes);
  g_free (content);
}

static void
keep (Reader *reader, const guint8 *bytes, gsize length)
{
  length = MIN (length, reader->room - reader->kept->length);
  if (length > 0) /* of an empty part there are not even bytes to point at */
    memcpy (reader->kept->bytes + reader->kept->length, bytes, length);
  reader->kept->length += length;
}

static void
decide (Reader *reader)
{
  SekAttachment *attachment = reader->attachment;
  reader->decided = TRUE;
  g_free (attachment->format);
  attachment->format = g_strdup (sek_magic_format (reader->head->data, reader->head->len));
  if (!sek_magic_is_media (attachment->format) && reader->room > 0)
    {
      reader->kept = g_new0 (SekContent, 1);
      reader->kept->attachment = attachment;
      reader->kept->bytes = g_malloc (reader->room);
      keep (reader, reader->head->data, reader->head->len);
    }
}

static void
take (Reader *reader, const guint8 *bytes, gsize length)
{
  reader->attachment->size += (gint64) length;
  g_checksum_update (reader->checksum, bytes, (gssize) length);
  if (reader->decided)
    {
      if (reader->kept != NULL)
        keep (reader, bytes, length);
      return;
    }
  g_byte_array_append (reader->head, bytes, (guint) length);
  if (reader->head->len >= SEK_MAGIC_BYTES)
    decide (reader);
}

static SekContent *
read_stream (SekAttachment *attachment, GMimeStream *stream, gsize room)
{
  Reader reader = { .attachment = attachment,
                    .checksum = g_checksum_new (G_CHECKSUM_SHA256),
                    .head = g_byte_array_new (),
                    .room = room };
  g_autofree char *chunk = g_malloc (CHUNK_BYTES);
  gssize got;
  /* Bounded by the size of the mail. */
  while ((got = g_mime_stream_read (stream, chunk, CHUNK_BYTES)) > 0)
    take (&reader, (const guint8 *) chunk, (gsize) got);
  if (!reader.decided)
    decide (&reader);
  g_free (attachment->sha256);
  attachment->sha256 = g_strdup (g_checksum_get_string (reader.checksum));
  g_checksum_free (reader.checksum);
  g_byte_array_unref (reader.head);
  return reader.kept;
}

/* A stream of the decoded content; *encoded_length bounds what comes out of it. NULL for a part without
 * content. */
static GMimeStream *
open_decoded (GMimePart *part, gsize *encoded_length)
{
  GMimeDataWrapper *content = g_mime_part_get_content (part);
  GMimeStream *raw = content != NULL ? g_mime_data_wrapper_get_stream (content) : NULL;
  if (raw == NULL)
    return NULL;
  g_mime_stream_reset (raw);
  gint64 length = g_mime_stream_length (raw);
  *encoded_length = length > 0 ? (gsize) length : 0;
  GMimeStream *stream = g_mime_stream_filter_new (raw);
  GMimeContentEncoding encoding = g_mime_data_wrapper_get_encoding (content);
  if (encoding == GMIME_CONTENT_ENCODING_BASE64 || encoding == GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE ||
      encoding == GMIME_CONTENT_ENCODING_UUENCODE)
    {
      g_autoptr (GMimeFilter) filter = g_mime_filter_basic_new (encoding, FALSE);
      g_mime_stream_filter_add (GMIME_STREAM_FILTER (stream), filter);
    }
  return stream;
}

SekContent *
sek_content_read (SekAttachment *attachment, GMimePart *part)
{
  gsize room = 0;
  g_autoptr (GMimeStream) stream = open_decoded (part, &room);
  g_autoptr (GMimeStream) nothing = stream == NULL ? g_mime_stream_mem_new () : NULL;
  return read_stream (attachment, stream != NULL ? stream : nothing, room);
}

void
sek_content_read_message (SekAttachment *attachment, GMimeMessage *message)
{
  g_autoptr (GMimeStream) nowhere = g_mime_stream_null_new ();
  g_autoptr (GMimeStream) stream = g_mime_stream_filter_new (nowhere);
  g_autoptr (GMimeFilter) checksum = g_mime_filter_checksum_new (G_CHECKSUM_SHA256);
  g_mime_stream_filter_add (GMIME_STREAM_FILTER (stream), checksum);
  g_mime_object_write_to_stream (GMIME_OBJECT (message), NULL, stream);
  g_mime_stream_flush (stream);
  g_free (attachment->sha256);
  attachment->sha256 = g_mime_filter_checksum_get_string (GMIME_FILTER_CHECKSUM (checksum));
  attachment->size = (gint64) GMIME_STREAM_NULL (nowhere)->written;
}

GByteArray *
sek_content_read_text (GMimePart *part, gsize max_bytes, gboolean *cut)
{
  GByteArray *bytes = g_byte_array_new ();
  gsize room = 0;
  g_autoptr (GMimeStream) stream = open_decoded (part, &room);
  g_autofree char *chunk = g_malloc (CHUNK_BYTES);
  gssize got = 0;
  while (stream != NULL && bytes->len < max_bytes &&
         (got = g_mime_stream_read (stream, chunk, CHUNK_BYTES)) > 0)
    g_byte_array_append (bytes, (const guint8 *) chunk, (guint) MIN ((gsize) got, max_bytes - bytes->len));
  if (bytes->len >= max_bytes && got > 0)
    *cut = TRUE;
  return bytes;
}
