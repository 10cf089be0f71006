/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A mail without its attachments, to be shown until the person has asked for them. What Evolution is never
 * given, no button, key, menu or drag of it can open. Parts are shared with the mail, not copied. */
#include "plugin/evolution/evolution.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DEPTH_MAX 32 /* SEK_MIME_DEPTH_MAX: what is deeper is withheld as a whole */

static CamelDataWrapper *withhold_content (CamelMimePart *part, guint depth, guint *withheld);

static gboolean
is_type (CamelMimePart *part, const char *type, const char *subtype)
{
  CamelContentType *content_type = camel_mime_part_get_content_type (part);
  /* RFC 2045 §5.2: without a type it is plain text. */
  return content_type != NULL ? camel_content_type_is (content_type, type, subtype) != 0
                              : g_str_equal (type, "text");
}

/* Text and pictures that belong to what is read. */
static gboolean
is_body (CamelMimePart *part)
{
  const CamelContentDisposition *disposition = camel_mime_part_get_content_disposition (part);
  gboolean attached = disposition != NULL && g_ascii_strcasecmp (disposition->disposition, "attachment") == 0;
  if (is_type (part, "image", "*"))
    return !attached && !is_type (part, "image", "svg+xml");
  return !attached && camel_mime_part_get_filename (part) == NULL &&
         (is_type (part, "text", "plain") || is_type (part, "text", "html") ||
          is_type (part, "text", "enriched") || is_type (part, "text", "calendar"));
}

static CamelMimePart *
note_new (CamelMimePart *part)
{
  const char *name = camel_mime_part_get_filename (part);
  g_autofree char *shown = sek_text_show (name != NULL ? name : "", SEK_EVIDENCE_CHARS_MAX);
  /* Translators: stands in a mail in the place of an attachment that asks first; %s is its name, may be
   * empty. */
  g_autofree char *text = g_strdup_printf (_ ("[Attachment, held back by Sekisho: %s]\n"), shown);
  CamelMimePart *note = camel_mime_part_new ();
  camel_mime_part_set_content (note, text, (int) strlen (text), "text/plain; charset=utf-8");
  camel_mime_part_set_encoding (note, CAMEL_TRANSFER_ENCODING_8BIT);
  return note;
}

/* A new reference. */
static CamelMimePart *
withhold_part (CamelMimePart *part, guint depth, guint *withheld)
{
  CamelDataWrapper *content = camel_medium_get_content (CAMEL_MEDIUM (part));
  if (content != NULL && CAMEL_IS_MULTIPART (content) && depth < DEPTH_MAX)
    {
      guint before = *withheld;
      g_autoptr (CamelDataWrapper) rest = withhold_content (part, depth, withheld);
      if (*withheld == before)
        return g_object_ref (part);
      CamelMimePart *copy = camel_mime_part_new ();
      camel_medium_set_content (CAMEL_MEDIUM (copy), rest);
      return copy;
    }
  if (is_body (part))
    return g_object_ref (part);
  (*withheld)++;
  return note_new (part);
}

/* The content of a part that is a multipart, with notes in it; a new reference. */
static CamelDataWrapper *
withhold_content (CamelMimePart *part, guint depth, guint *withheld)
{
  CamelMultipart *multipart = CAMEL_MULTIPART (camel_medium_get_content (CAMEL_MEDIUM (part)));
  guint count = camel_multipart_get_number (multipart);
  /* With a part of it missing, a signature could only be called broken: the text stands without it. */
  gboolean is_signed = is_type (part, "multipart", "signed");
  CamelMultipart *copy = camel_multipart_new ();
  CamelContentType *type = camel_data_wrapper_get_mime_type_field (CAMEL_DATA_WRAPPER (multipart));
  g_autofree char *mime_type =
      g_strdup_printf ("multipart/%s",
                       is_signed || type == NULL || type->subtype == NULL ? "mixed" : type->subtype);
  camel_data_wrapper_set_mime_type (CAMEL_DATA_WRAPPER (copy), mime_type);
  camel_multipart_set_boundary (copy, NULL);
  for (guint i = 0; i < (is_signed ? MIN (count, 1) : count); i++)
    {
      g_autoptr (CamelMimePart) kept =
          withhold_part (camel_multipart_get_part (multipart, i), depth + 1, withheld);
      camel_multipart_add_part (copy, kept);
    }
  return CAMEL_DATA_WRAPPER (copy);
}

static void
copy_headers (CamelMimeMessage *from, CamelMimeMessage *to)
{
  const CamelNameValueArray *headers = camel_medium_get_headers (CAMEL_MEDIUM (from));
  for (guint i = 0; headers != NULL && i < camel_name_value_array_get_length (headers); i++)
    {
      const char *name = NULL, *value = NULL;
      if (camel_name_value_array_get (headers, i, &name, &value) && name != NULL &&
          g_ascii_strncasecmp (name, "Content-", strlen ("Content-")) != 0)
        camel_medium_add_header (CAMEL_MEDIUM (to), name, value);
    }
}

CamelMimeMessage *
sek_withhold_attachments (CamelMimeMessage *message)
{
  CamelMimePart *whole = CAMEL_MIME_PART (message);
  CamelDataWrapper *content = camel_medium_get_content (CAMEL_MEDIUM (message));
  guint withheld = 0;
  g_autoptr (CamelDataWrapper) rest = NULL;
  if (content != NULL && CAMEL_IS_MULTIPART (content))
    rest = withhold_content (whole, 0, &withheld);
  else if (!is_body (whole))
    {
      g_autoptr (CamelMimePart) note = note_new (whole);
      rest = g_object_ref (camel_medium_get_content (CAMEL_MEDIUM (note)));
      withheld++;
    }
  if (withheld == 0)
    return NULL;
  CamelMimeMessage *copy = camel_mime_message_new ();
  copy_headers (message, copy);
  camel_medium_set_content (CAMEL_MEDIUM (copy), rest);
  return copy;
}
