/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The header of the mail, and the order in which the rest is looked at: first what is cheap and safe to read.
 */
#include "agent/scanner/scanner.h"

#include <gmime/gmime.h>
#include <string.h>

#include "agent/scanner/header.h"
#include "agent/scanner/mailboxes.h"
#include "agent/scanner/parts.h"

/* Any of these makes bytes a mail. */
static const char *const mail_fields[] = { "From",         "To",         "Cc",       "Subject",
                                           "Date",         "Message-ID", "Received", "MIME-Version",
                                           "Return-Path",  "Reply-To",   "Sender",   "Content-Type",
                                           "Delivered-To", "Resent-From" };

static const struct
{
  const char *name;
  gsize offset;
} mailbox_fields[] = {
  { "From", G_STRUCT_OFFSET (SekFacts, from) },
  { "Sender", G_STRUCT_OFFSET (SekFacts, sender) },
  { "Reply-To", G_STRUCT_OFFSET (SekFacts, reply_to) },
  { "To", G_STRUCT_OFFSET (SekFacts, to) },
  { "Cc", G_STRUCT_OFFSET (SekFacts, cc) },
};

/* The first field that is there gives the text. */
static const struct
{
  const char *name;
  gsize offset;
  gsize chars_max;
} text_fields[] = {
  { "Subject", G_STRUCT_OFFSET (SekFacts, subject), SEK_SUBJECT_CHARS_MAX },
  { "User-Agent", G_STRUCT_OFFSET (SekFacts, mail_program), SEK_NAME_CHARS_MAX },
  { "X-Mailer", G_STRUCT_OFFSET (SekFacts, mail_program), SEK_NAME_CHARS_MAX },
  { "List-Id", G_STRUCT_OFFSET (SekFacts, list_id), SEK_NAME_CHARS_MAX },
  { "List-Post", G_STRUCT_OFFSET (SekFacts, list_id), SEK_NAME_CHARS_MAX },
  { "List-Unsubscribe", G_STRUCT_OFFSET (SekFacts, list_id), SEK_NAME_CHARS_MAX },
  { "Auto-Submitted", G_STRUCT_OFFSET (SekFacts, auto_submitted), SEK_NAME_CHARS_MAX },
};

static gboolean
looks_like_mail (const GArray *fields)
{
  for (gsize i = 0; i < G_N_ELEMENTS (mail_fields); i++)
    if (sek_fields_find (fields, mail_fields[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* Message-ids without <>. Returns FALSE when SEK_REFERENCES_MAX cut the list. */
static gboolean
read_ids (GPtrArray *ids, const char *value)
{
  const char *p = value;
  while ((p = strchr (p, '<')) != NULL)
    {
      gsize length = strcspn (p + 1, "<>");
      g_autofree char *id = g_strstrip (g_strndup (p + 1, length));
      p += 1 + length;
      if (*id == '\0' || *p != '>')
        continue;
      if (ids->len >= SEK_REFERENCES_MAX)
        return FALSE;
      g_ptr_array_add (ids, sek_text_clip (id, -1, SEK_NAME_CHARS_MAX));
    }
  /* "Your message of Friday" names no id; a single word with an @ does, though its brackets are missing. */
  if (ids->len == 0 && strchr (value, '@') != NULL && strpbrk (value, " \t<>\"") == NULL)
    g_ptr_array_add (ids, sek_text_clip (value, -1, SEK_NAME_CHARS_MAX));
  return TRUE;
}

static void
read_mailboxes (SekFacts *facts, const SekField *field, SekDecoding *decoding)
{
  for (gsize i = 0; i < G_N_ELEMENTS (mailbox_fields); i++)
    {
      if (!sek_field_is (field, mailbox_fields[i].name))
        continue;
      GPtrArray *mailboxes = G_STRUCT_MEMBER (GPtrArray *, facts, mailbox_fields[i].offset);
      g_autofree char *value = sek_header_unfold (field->value, field->length, decoding);
      if (mailboxes->len >= SEK_MAILBOXES_MAX || !sek_mailboxes_read (mailboxes, value, decoding) ||
          field->length > SEK_HEADER_BYTES_MAX)
        sek_facts_add_problem (facts, "text-cut", mailbox_fields[i].name);
    }
}

static void
read_text_fields (SekFacts *facts, const GArray *fields, SekDecoding *decoding)
{
  for (gsize i = 0; i < G_N_ELEMENTS (text_fields); i++)
    {
      char **text = G_STRUCT_MEMBER_P (facts, text_fields[i].offset);
      const SekField *field = *text == NULL ? sek_fields_find (fields, text_fields[i].name) : NULL;
      if (field == NULL)
        continue;
      g_autofree char *decoded = sek_header_decode (field, decoding);
      *text = sek_text_clip (decoded, -1, text_fields[i].chars_max);
    }
}

static void
read_references (SekFacts *facts, const SekField *field, SekDecoding *decoding)
{
  gboolean reply = sek_field_is (field, "In-Reply-To");
  if (!reply && !sek_field_is (field, "References"))
    return;
  g_autofree char *value = g_strstrip (sek_header_unfold (field->value, field->length, decoding));
  *(reply ? &facts->has_in_reply_to : &facts->has_references) = TRUE;
  if (!read_ids (reply ? facts->in_reply_to : facts->references, value))
    sek_facts_add_problem (facts, "text-cut", reply ? "In-Reply-To" : "References");
}

static void
read_message_id (SekFacts *facts, const GArray *fields, SekDecoding *decoding)
{
  const SekField *field = sek_fields_find (fields, "Message-ID");
  if (field == NULL)
    return;
  g_autofree char *value = g_strstrip (sek_header_unfold (field->value, field->length, decoding));
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  read_ids (ids, value);
  facts->message_id = ids->len > 0 ? g_strdup (ids->pdata[0]) : sek_text_clip (value, -1, SEK_NAME_CHARS_MAX);
}

static void
read_return_path (SekFacts *facts, const GArray *fields, SekDecoding *decoding)
{
  const SekField *field = sek_fields_find (fields, "Return-Path");
  if (field == NULL)
    return;
  g_autofree char *value = g_strstrip (sek_header_unfold (field->value, field->length, decoding));
  const char *open = strchr (value, '<');
  const char *start = open != NULL ? open + 1 : value;
  g_autofree char *path = g_strndup (start, strcspn (start, "> \t"));
  facts->return_path = sek_text_clip (path, -1, SEK_NAME_CHARS_MAX);
}

static void
read_date (SekFacts *facts, const GArray *fields, SekDecoding *decoding)
{
  const SekField *field = sek_fields_find (fields, "Date");
  if (field == NULL)
    return;
  g_autofree char *value = g_strstrip (sek_header_unfold (field->value, MIN (field->length, 200), decoding));
  g_autoptr (GDateTime) date = g_mime_utils_header_decode_date (value);
  facts->date = date != NULL ? g_date_time_to_unix (date) : 0;
}

static void
read_content_type (SekFacts *facts, const GArray *fields, SekDecoding *decoding, char **charset)
{
  const SekField *field = sek_fields_find (fields, "Content-Type");
  g_autofree char *value =
      field != NULL ? sek_header_unfold (field->value, field->length, decoding) : g_strdup ("");
  g_autofree char *token = sek_header_token (value);
  facts->media_type = g_strdup (strchr (token, '/') != NULL ? token : "text/plain");
  if (g_str_equal (facts->media_type, "multipart/report"))
    facts->report_type = sek_header_parameter (value, "report-type", decoding);
  *charset = sek_header_parameter (value, "charset", decoding);
}

/* What is added on the way, and in which order: who wrote a field is seen from what stands above it. */
static void
read_trace (SekFacts *facts, const SekField *field, SekDecoding *decoding)
{
  gboolean extension = field->name_length > 2 && g_ascii_strncasecmp (field->name, "X-", 2) == 0;
  if (facts->trace->len >= SEK_TRACE_FIELDS_MAX ||
      !(extension || sek_field_is (field, "Received") || sek_field_is (field, "Authentication-Results")))
    return;
  g_autofree char *value = g_strstrip (sek_header_unfold (field->value, field->length, decoding));
  g_autofree char *text = g_strdup_printf ("%.*s: %s", (int) field->name_length, field->name, value);
  g_ptr_array_add (facts->trace, sek_text_clip (text, -1, SEK_TRACE_CHARS_MAX));
}

/* For people who want to see them: only what would hide something is changed, when they are shown. */
static void
read_field (SekFacts *facts, const SekField *field, SekDecoding *decoding)
{
  if (facts->headers->len >= SEK_HEADER_FIELDS_MAX)
    return;
  gsize length = MIN (field->length, SEK_HEADER_FIELD_CHARS_MAX);
  g_autofree char *value = g_strstrip (sek_header_unfold (field->value, length, decoding));
  g_autofree char *text =
      g_strdup_printf ("%.*s: %s", (int) MIN (field->name_length, 100), field->name, value);
  g_ptr_array_add (facts->headers, sek_text_clip (text, -1, SEK_HEADER_FIELD_CHARS_MAX));
}

static void
read_header (SekFacts *facts, const GArray *fields, SekDecoding *decoding)
{
  g_autofree char *charset = NULL;
  read_content_type (facts, fields, decoding, &charset);
  decoding->hint = charset;
  for (guint i = 0; i < fields->len; i++)
    {
      const SekField *field = &g_array_index (fields, SekField, i);
      read_mailboxes (facts, field, decoding);
      read_references (facts, field, decoding);
      read_trace (facts, field, decoding);
      read_field (facts, field, decoding);
      if (sek_field_is (field, "Authentication-Results") &&
          facts->authentication_results->len < SEK_AUTH_RESULTS_MAX)
        {
          g_autofree char *value = g_strstrip (sek_header_unfold (field->value, field->length, decoding));
          g_ptr_array_add (facts->authentication_results, sek_text_clip (value, -1, SEK_SUBJECT_CHARS_MAX));
        }
    }
  read_text_fields (facts, fields, decoding);
  read_message_id (facts, fields, decoding);
  read_return_path (facts, fields, decoding);
  read_date (facts, fields, decoding);
  decoding->hint = NULL;
}

/* HTML comes before archives, whose passwords may stand in it. */
static void
read_body (SekFacts *facts, SekParts *parts, SekScanPublish publish, gpointer user_data)
{
  sek_parts_read (parts);
  if (publish != NULL && (parts->contents->len > 0 || parts->html->len > 0))
    publish (facts, user_data);
  sek_parts_read_html (parts);
  if (publish != NULL && parts->contents->len > 0 && parts->html->len > 0)
    publish (facts, user_data);
  sek_parts_read_contents (parts, publish, user_data);
}

static gboolean
is_blank (const char *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isspace (bytes[i]))
      return FALSE;
  return TRUE;
}

/* Lines of old Mac programs end in CR alone. NULL when bytes are not such a mail; newly allocated. */
static char *
repair_line_ends (const char *bytes, gsize length)
{
  if (length == 0 || memchr (bytes, '\n', length) != NULL || memchr (bytes, '\r', length) == NULL)
    return NULL;
  char *copy = g_malloc (length);
  for (gsize i = 0; i < length; i++)
    copy[i] = bytes[i] == '\r' ? '\n' : bytes[i];
  return copy;
}

SekFacts *
sek_scan_bytes (const char *bytes,
                gsize length,
                gint64 size,
                const char *const *passwords,
                SekScanPublish publish,
                gpointer user_data)
{
  SekFacts *facts = sek_facts_new ();
  facts->size = size;
  const char *exact = bytes;
  if ((gint64) length < size)
    sek_facts_add_problem (facts, "too-large", NULL);
  if (is_blank (bytes, MIN (length, 65536)) && is_blank (bytes, length))
    {
      sek_facts_add_problem (facts, "empty", NULL);
      facts->sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) exact, length);
      return facts;
    }
  g_autofree char *repaired = repair_line_ends (bytes, length);
  bytes = repaired != NULL ? repaired : bytes;
  gsize body_offset;
  SekDecoding decoding = { 0 };
  g_autoptr (GArray) fields = sek_fields_split (bytes, length, &body_offset);
  if (!looks_like_mail (fields))
    sek_facts_add_problem (facts, "not-a-mail", NULL);
  read_header (facts, fields, &decoding);
  if (decoding.unknown != NULL)
    sek_facts_add_problem (facts, "unknown-charset", decoding.unknown);
  g_free (decoding.unknown);
  if (publish != NULL)
    publish (facts, user_data);

  if ((gint64) length == size)
    facts->sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) exact, length);
  SekParts *parts = sek_parts_new (facts, fields, bytes, length, body_offset);
  parts->offered = passwords;
  read_body (facts, parts, publish, user_data);
  if (memchr (bytes, '\0', length) != NULL && !parts->has_binary)
    sek_facts_add_problem (facts, "nul-bytes", NULL);
  sek_parts_free (parts);
  return facts;
}
