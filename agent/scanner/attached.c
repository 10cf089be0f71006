/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/attached.h"

#include <gmime/gmime.h>

#include "agent/core/limits.h"
#include "agent/scanner/gmime-auto.h"

typedef struct
{
  GMimeMessage *found; /* borrowed */
  guint parts;
} Search;

static void
look_at (GMimeObject *parent, GMimeObject *part, gpointer user_data)
{
  Search *search = user_data;
  if (search->found == NULL && search->parts++ < SEK_MIME_PARTS_MAX && GMIME_IS_MESSAGE_PART (part))
    search->found = g_mime_message_part_get_message (GMIME_MESSAGE_PART (part));
}

GBytes *
sek_attached_mail (const char *bytes, gsize length)
{
  g_autoptr (GMimeStream) stream = g_mime_stream_mem_new_with_buffer (bytes, length);
  g_autoptr (GMimeParser) parser = g_mime_parser_new_with_stream (stream);
  g_autoptr (GMimeMessage) message = g_mime_parser_construct_message (parser, NULL);
  Search search = { 0 };
  if (message != NULL)
    g_mime_message_foreach (message, look_at, &search);
  if (search.found == NULL)
    return NULL;
  g_autoptr (GMimeStream) out = g_mime_stream_mem_new ();
  g_mime_object_write_to_stream (GMIME_OBJECT (search.found), NULL, out);
  const GByteArray *written = g_mime_stream_mem_get_byte_array (GMIME_STREAM_MEM (out));
  return g_bytes_new (written->data, written->len);
}
