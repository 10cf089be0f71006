/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/parts.h"

#include <string.h>

#include "agent/core/limits.h"
#include "agent/core/text.h"
#include "agent/scanner/charset.h"
#include "agent/scanner/content.h"
#include "agent/scanner/inspect.h"
#include "agent/scanner/links.h"
#include "agent/scanner/magic.h"

/* The fields that decide how a body is read. */
static const char *const content_field_names[] = { "Content-Type", "Content-Transfer-Encoding",
                                                   "Content-Disposition" };

/* Encoded text takes up to this many bytes for one of UTF-8: ISO-2022-JP with an escape for every character.
 */
#define TEXT_BYTES_FACTOR 4

/* Where in the tree a part is. */
typedef struct
{
  guint depth;
  const char *where; /* the subject of the attached mail; NULL outside of attached mails */
} Place;

/* Only the fields that say what the body is go to GMime: it reads all address fields again for each one it
 * meets, which a header of 100,000 of them turns into minutes. */
static GString *
content_fields (SekParts *parts, const GArray *fields)
{
  GString *head = g_string_new (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (content_field_names); i++)
    {
      const SekField *first = sek_fields_find (fields, content_field_names[i]);
      if (first == NULL)
        continue;
      g_string_append_len (head, first->name, (gssize) first->name_length);
      g_string_append_c (head, ':');
      g_string_append_len (head, first->value, (gssize) MIN (first->length, SEK_HEADER_BYTES_MAX));
      if (head->str[head->len - 1] != '\n')
        g_string_append_c (head, '\n');
      /* Of two that differ, two programs may believe different ones. */
      for (guint j = 0; j < fields->len; j++)
        {
          const SekField *other = &g_array_index (fields, SekField, j);
          if (sek_field_is (other, content_field_names[i]) &&
              (other->length != first->length || memcmp (other->value, first->value, first->length) != 0))
            sek_facts_add_problem (parts->facts, "malformed", NULL);
        }
    }
  g_string_append_c (head, '\n');
  return head;
}

/* The tree of a mail whose bytes stay where they are. NULL when there is nothing below the header. */
static GMimeObject *
parse_tree (SekParts *parts, const GArray *fields, GByteArray *bytes, gsize body_offset)
{
  GString *head = content_fields (parts, fields);
  g_autoptr (GMimeStream) head_stream = g_mime_stream_mem_new_with_buffer (head->str, head->len);
  g_string_free (head, TRUE);
  g_autoptr (GMimeStream) whole = g_mime_stream_mem_new_with_byte_array (bytes);
  g_mime_stream_mem_set_owner (GMIME_STREAM_MEM (whole), FALSE);
  g_autoptr (GMimeStream) body = g_mime_stream_substream (whole, (gint64) body_offset, (gint64) bytes->len);
  g_autoptr (GMimeStream) stream = g_mime_stream_cat_new ();
  g_mime_stream_cat_add_source (GMIME_STREAM_CAT (stream), head_stream);
  g_mime_stream_cat_add_source (GMIME_STREAM_CAT (stream), body);
  g_autoptr (GMimeParser) parser = g_mime_parser_new_with_stream (stream);
  /* Contents stay where they are instead of being copied. */
  g_mime_parser_set_persist_stream (parser, TRUE);
  return g_mime_parser_construct_part (parser, NULL);
}

static void
html_body_free (SekHtmlBody *body)
{
  g_free (body->html);
  g_free (body->where);
  g_free (body);
}

/* The bytes are a content's. */
static void
borrowed_bytes_free (GByteArray *bytes)
{
  g_byte_array_free (bytes, FALSE);
}

SekParts *
sek_parts_new (SekFacts *facts, const GArray *fields, const char *bytes, gsize length, gsize body_offset)
{
  SekParts *parts = g_new0 (SekParts, 1);
  parts->facts = facts;
  parts->html = g_ptr_array_new_with_free_func ((GDestroyNotify) html_body_free);
  parts->trees = g_ptr_array_new_with_free_func (g_object_unref);
  parts->tree_bytes = g_ptr_array_new_with_free_func ((GDestroyNotify) borrowed_bytes_free);
  parts->inner_text = g_string_new (NULL);
  parts->contents = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_content_free);
  parts->passwords = g_ptr_array_new ();
  parts->text = g_string_new (NULL);
  parts->bytes = g_byte_array_new_take ((guint8 *) bytes, length);

  parts->root = parse_tree (parts, fields, parts->bytes, body_offset);
  return parts;
}

void
sek_parts_free (SekParts *parts)
{
  g_clear_object (&parts->root);
  /* The bytes are the caller's. */
  g_byte_array_free (parts->bytes, FALSE);
  g_ptr_array_unref (parts->html);
  g_ptr_array_unref (parts->trees);
  g_ptr_array_unref (parts->tree_bytes);
  g_ptr_array_unref (parts->contents);
  g_string_free (parts->inner_text, TRUE);
  g_ptr_array_unref (parts->passwords);
  g_string_free (parts->text, TRUE);
  g_free (parts->charset);
  g_free (parts->decoding.unknown);
  g_free (parts);
}

/* A field of a part, unfolded; "" when it is not there. Newly allocated. */
static char *
part_field (SekParts *parts, GMimeObject *object, const char *name)
{
  GMimeHeader *header = g_mime_header_list_get_header (g_mime_object_get_header_list (object), name);
  const char *raw = header != NULL ? g_mime_header_get_raw_value (header) : NULL;
  return raw != NULL ? sek_header_unfold (raw, strlen (raw), &parts->decoding) : g_strdup ("");
}

/* The file name of a part: Content-Disposition's, else Content-Type's. NULL when it has none. */
static char *
part_name (SekParts *parts, const char *disposition, const char *type)
{
  const struct
  {
    const char *field, *parameter;
  } sources[] = {
    { disposition, "filename" }, { type, "name" }, { disposition, "name" }, { type, "filename" }
  };
  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      g_autofree char *name = sek_header_parameter (sources[i].field, sources[i].parameter, &parts->decoding);
      if (name != NULL && *g_strstrip (name) != '\0')
        return sek_text_clip (name, -1, SEK_NAME_CHARS_MAX);
    }
  return NULL;
}

static char *
media_type_of (GMimeObject *object)
{
  g_autofree char *declared = g_mime_content_type_get_mime_type (g_mime_object_get_content_type (object));
  g_autofree char *lower = g_ascii_strdown (declared, -1);
  return sek_text_clip (lower, -1, SEK_NAME_CHARS_MAX);
}

/* Registers an attachment; NULL when there are too many. name may be NULL. */
static SekAttachment *
add_attachment (SekParts *parts, const Place *place, const char *name, const char *media_type)
{
  if (parts->facts->attachments->len >= SEK_ATTACHMENTS_MAX)
    {
      sek_facts_add_problem (parts->facts, "too-many-attachments", NULL);
      return NULL;
    }
  SekAttachment *attachment = sek_attachment_new ();
  if (name != NULL)
    attachment->name = sek_text_clip (name, -1, SEK_NAME_CHARS_MAX);
  attachment->where = g_strdup (place->where);
  g_free (attachment->media_type);
  attachment->media_type = g_strdup (media_type);
  g_ptr_array_add (parts->facts->attachments, attachment);
  return attachment;
}

static char *
decode_text (SekParts *parts, const GByteArray *bytes, const char *charset)
{
  gboolean unknown = FALSE;
  char *text = sek_charset_decode (charset, parts->charset, (const char *) bytes->data, bytes->len, &unknown);
  if (unknown)
    {
      g_autofree char *label = sek_text_show (charset, 60);
      sek_facts_add_problem (parts->facts, "unknown-charset", label);
    }
  else if (parts->charset == NULL && charset != NULL)
    {
      parts->charset = g_strdup (charset);
      parts->decoding.hint = parts->charset;
    }
  return text;
}

static void
add_plain_text (SekParts *parts, const char *text, const Place *place)
{
  GString *all = place->where != NULL ? parts->inner_text : parts->text;
  if (all->len > 0 && all->str[all->len - 1] != '\n')
    g_string_append_c (all, '\n');
  gsize room = SEK_TEXT_BYTES_MAX - MIN (all->len, SEK_TEXT_BYTES_MAX);
  if (strlen (text) > room)
    sek_facts_add_problem (parts->facts, "text-cut", NULL);
  g_autofree char *fitting = sek_text_clip (text, -1, room);
  g_string_append (all, fitting);
  guint known = parts->facts->links->len;
  if (place->where != NULL)
    {
      sek_links_from_text (parts->facts, fitting);
      sek_links_mark (parts->facts, known, place->where);
    }
}

/* The charset that an HTML body names itself (HTML §4.2.5.4), when its part names none. NULL when it does
 * not. */
static char *
charset_in_html (const GByteArray *bytes)
{
  g_autofree char *start = g_strndup ((const char *) bytes->data, MIN (bytes->len, 2048));
  g_autofree char *lower = g_ascii_strdown (start, -1);
  const char *meta = strstr (lower, "<meta");
  const char *found = meta != NULL ? strstr (meta, "charset=") : NULL;
  if (found == NULL)
    return NULL;
  found += strlen ("charset=");
  found += strspn (found, "\"' ");
  gsize length = strcspn (found, "\"' ;/>");
  return length > 0 && length < 64 ? g_strndup (found, length) : NULL;
}

static void
read_html (SekParts *parts, GMimePart *part, const char *declared, const Place *place)
{
  gsize room = SEK_HTML_BYTES_MAX - MIN (parts->html_bytes, SEK_HTML_BYTES_MAX);
  gboolean cut = room == 0;
  g_autoptr (GByteArray) bytes = sek_content_read_text (part, room, &cut);
  g_autofree char *own = declared == NULL && bytes->len > 0 ? charset_in_html (bytes) : NULL;
  parts->html_bytes += bytes->len;
  if (cut)
    sek_facts_add_problem (parts->facts, "text-cut", NULL);
  if (bytes->len == 0)
    return;
  SekHtmlBody *body = g_new0 (SekHtmlBody, 1);
  body->html = decode_text (parts, bytes, declared != NULL ? declared : own);
  body->where = g_strdup (place->where);
  g_ptr_array_add (parts->html, body);
}

static void
read_text (SekParts *parts, GMimePart *part, const char *type_field, gboolean html, const Place *place)
{
  g_autofree char *charset = sek_header_parameter (type_field, "charset", &parts->decoding);
  if (html)
    {
      read_html (parts, part, charset, place);
      return;
    }
  gboolean cut = FALSE;
  g_autoptr (GByteArray) bytes = sek_content_read_text (part, SEK_TEXT_BYTES_MAX * TEXT_BYTES_FACTOR, &cut);
  g_autofree char *text = decode_text (parts, bytes, charset);
  if (cut)
    sek_facts_add_problem (parts->facts, "text-cut", NULL);
  add_plain_text (parts, text, place);
}

static void walk (SekParts *parts, GMimeObject *object, const Place *place);

static gboolean
is_attached_mail (const SekAttachment *attachment)
{
  static const char *const endings[] = { ".eml", ".mht", ".mhtml" };
  if (*attachment->format != '\0')
    return FALSE;
  if (g_str_equal (attachment->media_type, "message/rfc822"))
    return TRUE;
  g_autofree char *name = attachment->name != NULL ? g_ascii_strdown (attachment->name, -1) : g_strdup ("");
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (name, endings[i]))
      return TRUE;
  return FALSE;
}

/* How the place inside an attached mail is called: by its subject. Newly allocated. */
static char *
place_name (const char *subject, const char *name)
{
  return sek_text_clip (subject != NULL && *subject != '\0' ? subject : name, -1, SEK_NAME_CHARS_MAX / 2);
}

/* A mail that is attached as a file, which no parser of the outer mail goes into. */
static void
read_mail_file (SekParts *parts, const SekContent *content, const Place *place)
{
  gsize body_offset;
  g_autoptr (GArray) fields = sek_fields_split (content->bytes, content->length, &body_offset);
  if (sek_fields_find (fields, "Content-Type") == NULL && sek_fields_find (fields, "From") == NULL)
    return;
  const SekField *field = sek_fields_find (fields, "Subject");
  g_autofree char *subject = field != NULL ? sek_header_decode (field, &parts->decoding) : NULL;
  GByteArray *bytes = g_byte_array_new_take ((guint8 *) content->bytes, content->length);
  GMimeObject *tree = parse_tree (parts, fields, bytes, body_offset);
  g_ptr_array_add (parts->tree_bytes, bytes);
  if (tree == NULL)
    return;
  g_ptr_array_add (parts->trees, tree);
  g_autofree char *where =
      place_name (subject, content->attachment->name != NULL ? content->attachment->name : "message.eml");
  const Place inside = { place->depth + 1, where };
  walk (parts, tree, &inside);
}

/* Nothing was kept: what the name says against what the content is can be told all the same. */
static void
look_at_head (SekAttachment *attachment)
{
  const SekInspectInput input = { attachment->name != NULL ? attachment->name : "", (const guint8 *) "", 0,
                                  attachment->size };
  const SekInspectResult result = { &attachment->format, &attachment->problem, attachment->traits, NULL };
  sek_inspect (&input, &result);
}

/* A part without parts: text, attachment, or, when text has a file name, both. */
static void
read_leaf (SekParts *parts, GMimePart *part, const Place *place)
{
  GMimeObject *object = GMIME_OBJECT (part);
  g_autofree char *media_type = media_type_of (object);
  g_autofree char *type_field = part_field (parts, object, "Content-Type");
  g_autofree char *disposition_field = part_field (parts, object, "Content-Disposition");
  g_autofree char *disposition = sek_header_token (disposition_field);
  g_autofree char *name = part_name (parts, disposition_field, type_field);
  gboolean html = g_str_equal (media_type, "text/html") || g_str_equal (media_type, "application/xhtml+xml");
  gboolean text =
      (html || g_str_equal (media_type, "text/plain")) && !g_str_equal (disposition, "attachment");
  if (g_mime_part_get_content_encoding (part) == GMIME_CONTENT_ENCODING_BINARY)
    parts->has_binary = TRUE;
  if (text)
    read_text (parts, part, type_field, html, place);
  if (text && name == NULL)
    return;
  SekAttachment *attachment = add_attachment (parts, place, name, media_type);
  if (attachment == NULL)
    return;
  SekContent *content = sek_content_read (attachment, part);
  if (content == NULL)
    {
      look_at_head (attachment);
      return;
    }
  g_ptr_array_add (parts->contents, content);
  if (is_attached_mail (attachment))
    read_mail_file (parts, content, place);
}

/* What an attached mail is called: its file name, else its subject. */
static char *
message_name (SekParts *parts, GMimeObject *object, GMimeMessage *message)
{
  g_autofree char *type_field = part_field (parts, object, "Content-Type");
  g_autofree char *disposition_field = part_field (parts, object, "Content-Disposition");
  g_autofree char *name = part_name (parts, disposition_field, type_field);
  if (name != NULL)
    return g_steal_pointer (&name);
  g_autofree char *raw = part_field (parts, GMIME_OBJECT (message), "Subject");
  g_autofree char *subject = g_strstrip (sek_header_decode_words (raw, &parts->decoding));
  g_autofree char *shown = sek_text_clip (*subject != '\0' ? subject : "message", -1, SEK_NAME_CHARS_MAX / 2);
  return g_strconcat (shown, ".eml", NULL);
}

static void
read_message (SekParts *parts, GMimeMessagePart *part, const Place *place)
{
  GMimeMessage *message = g_mime_message_part_get_message (part);
  if (message == NULL)
    return;
  g_autofree char *media_type = media_type_of (GMIME_OBJECT (part));
  g_autofree char *name = message_name (parts, GMIME_OBJECT (part), message);
  SekAttachment *attachment = add_attachment (parts, place, name, media_type);
  if (attachment != NULL)
    sek_content_read_message (attachment, message);
  GMimeObject *inner = g_mime_message_get_mime_part (message);
  g_autofree char *raw = part_field (parts, GMIME_OBJECT (message), "Subject");
  g_autofree char *subject = g_strstrip (sek_header_decode_words (raw, &parts->decoding));
  g_autofree char *where = place_name (subject, name);
  const Place inside = { place->depth + 1, where };
  if (inner != NULL && attachment != NULL)
    walk (parts, inner, &inside);
}

static void
walk_multipart (SekParts *parts, GMimeMultipart *multipart, const Place *place)
{
  int count = g_mime_multipart_get_count (multipart);
  const Place inside = { place->depth + 1, place->where };
  /* Without its boundary everything is in front of the first part, and clients show it as text. */
  if (count == 0)
    {
      const char *prologue = g_mime_multipart_get_prologue (multipart);
      sek_facts_add_problem (parts->facts, "malformed", NULL);
      if (prologue != NULL)
        {
          gsize length = strnlen (prologue, SEK_TEXT_BYTES_MAX * TEXT_BYTES_FACTOR);
          g_autofree char *text = sek_charset_guess (prologue, length, parts->charset, "windows-1252");
          add_plain_text (parts, text, place);
        }
    }
  for (int i = 0; i < count && parts->parts <= SEK_MIME_PARTS_MAX; i++)
    walk (parts, g_mime_multipart_get_part (multipart, i), &inside);
}

static void
walk (SekParts *parts, GMimeObject *object, const Place *place)
{
  if (++parts->parts > SEK_MIME_PARTS_MAX)
    sek_facts_add_problem (parts->facts, "too-many-parts", NULL);
  else if (place->depth > SEK_MIME_DEPTH_MAX)
    sek_facts_add_problem (parts->facts, "nested-too-deep", NULL);
  else if (GMIME_IS_MULTIPART (object))
    walk_multipart (parts, GMIME_MULTIPART (object), place);
  else if (GMIME_IS_MESSAGE_PART (object))
    read_message (parts, GMIME_MESSAGE_PART (object), place);
  else if (GMIME_IS_PART (object))
    read_leaf (parts, GMIME_PART (object), place);
}

void
sek_parts_read (SekParts *parts)
{
  const Place top = { 0, NULL };
  if (parts->root != NULL)
    walk (parts, parts->root, &top);
  if (parts->decoding.unknown != NULL)
    {
      g_autofree char *label = sek_text_show (parts->decoding.unknown, 60);
      sek_facts_add_problem (parts->facts, "unknown-charset", label);
    }
  g_free (parts->facts->text);
  parts->facts->text = sek_text_clip (parts->text->str, -1, SEK_TEXT_BYTES_MAX);
  sek_links_from_text (parts->facts, parts->facts->text);
}
