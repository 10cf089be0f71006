/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "agent/store/store-private.h"

gint64
sek_store_hash (const char *text)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (checksum, (const guchar *) text, (gssize) strlen (text));
  guint8 digest[32];
  gsize length = sizeof digest;
  g_checksum_get_digest (checksum, digest, &length);
  guint64 hash;
  memcpy (&hash, digest, sizeof hash);
  return (gint64) GUINT64_FROM_BE (hash);
}

gint64
sek_store_hash_message_id (const char *message_id)
{
  g_autofree char *clipped = sek_text_clip (message_id, -1, SEK_NAME_CHARS_MAX);
  char *id = g_strstrip (clipped);
  gsize length = strlen (id);
  if (length >= 2 && id[0] == '<' && id[length - 1] == '>')
    {
      id[length - 1] = '\0';
      id++;
    }
  return sek_store_hash (id);
}
