/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What deliveries need to know of a report that lies in the outbox. Its header is ours: CRLF, few fields. */
#include <string.h>

#include "agent/report/header.h"
#include "agent/report/report-private.h"

#define ENCODING "Content-Transfer-Encoding: "

/* Of the header without the empty line behind it. */
static gsize
head_length (GBytes *message)
{
  gsize length = 0;
  const char *data = g_bytes_get_data (message, &length);
  const char *end = data != NULL ? memmem (data, length, "\r\n\r\n", 4) : NULL;
  return end != NULL ? (gsize) (end - data) + 2 : length;
}

char *
sek_stored_field (GBytes *message, const char *name)
{
  g_autofree char *head = g_strndup (g_bytes_get_data (message, NULL), head_length (message));
  g_autofree char *start = g_strdup_printf ("\r\n%s: ", name);
  const char *found = strstr (head, start);
  const char *value = found != NULL ? found + strlen (start) : "";
  return g_strndup (value, strcspn (value, ";\r\n"));
}

GBytes *
sek_stored_body (GBytes *message)
{
  gsize length = g_bytes_get_size (message);
  gsize start = MIN (head_length (message) + 2, length);
  return g_bytes_new_from_bytes (message, start, length - start);
}

GBytes *
sek_stored_in_lines (GBytes *message)
{
  g_autofree char *encoding = sek_stored_field (message, "Content-Transfer-Encoding");
  if (!g_str_equal (encoding, "binary"))
    return g_bytes_ref (message);
  g_autoptr (GBytes) body = sek_stored_body (message);
  g_autoptr (GString) head =
      g_string_new_len (g_bytes_get_data (message, NULL), (gssize) head_length (message));
  g_string_replace (head, ENCODING "binary", ENCODING "base64", 1);
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (body, &length);
  GString *out = g_string_sized_new (head->len + length + length / 2);
  g_string_append_len (out, head->str, (gssize) head->len);
  g_string_append (out, "\r\n");
  sek_header_append_base64 (out, data, length);
  return g_string_free_to_bytes (out);
}
