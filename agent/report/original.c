/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/report/original.h"

#include <string.h>

/* RFC 5322 §2.1.1, without the CRLF. */
#define LINE_BYTES_MAX 998

const char *
sek_form_to_string (SekForm form)
{
  static const char *const words[] = { "exact-lines-lf", "exact-lines-crlf", "base64", "head-only" };
  return words[form];
}

SekOriginal
sek_original_examine (const guint8 *data, gsize length)
{
  gsize lf = 0, crlf = 0, line = 0;
  gboolean safe = TRUE;
  SekOriginal original = { .final_newline = length > 0 && data[length - 1] == '\n' };
  for (gsize i = 0; i < length; i++)
    {
      guint8 byte = data[i];
      gboolean ends_crlf = byte == '\r' && i + 1 < length && data[i + 1] == '\n';
      original.eight_bit = original.eight_bit || byte > 127;
      if (byte == '\n')
        {
          if (i > 0 && data[i - 1] == '\r')
            crlf++;
          else
            lf++;
          line = 0;
        }
      else if (!ends_crlf)
        {
          line++;
          safe = safe && byte != '\0' && byte != '\r' && line <= LINE_BYTES_MAX;
        }
    }
  if (!safe || (lf > 0 && crlf > 0))
    original.form = SEK_FORM_BASE64;
  else
    original.form = crlf > 0 ? SEK_FORM_CRLF : SEK_FORM_LF;
  return original;
}

void
sek_original_append_lines (GString *out, const guint8 *data, gsize length, SekForm form)
{
  if (form == SEK_FORM_CRLF)
    {
      g_string_append_len (out, (const char *) data, (gssize) length);
      return;
    }
  for (gsize at = 0; at < length;)
    {
      const guint8 *end = memchr (data + at, '\n', length - at);
      gsize bytes = end != NULL ? (gsize) (end - data) - at : length - at;
      g_string_append_len (out, (const char *) data + at, (gssize) bytes);
      if (end != NULL)
        g_string_append (out, "\r\n");
      at += bytes + (end != NULL);
    }
}
