/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/inspect/families.h"

#include <string.h>

#define OBJECTS_MAX 50                      /* looked into */
#define OBJECT_BYTES_MAX (4u * 1024 * 1024) /* decoded of one */
#define TEXT_BYTES_MAX 500
#define SEARCH_MAX 2000 /* words of one kind looked at */

/* Decodes hexadecimal digits up to the end of the group. What stands between them is for Word to skip, too:
 * white space, groups, control words. Bounded by the file. */
static GByteArray *
decode_hex (const char *text, gsize length)
{
  GByteArray *bytes = g_byte_array_new ();
  int depth = 0, high = -1;
  for (gsize i = 0; i < length && bytes->len < OBJECT_BYTES_MAX; i++)
    {
      char c = text[i];
      if (c == '{')
        depth++;
      else if (c == '}' && depth-- == 0)
        break;
      else if (c == '\\')
        {
          while (i + 1 < length && (g_ascii_isalnum (text[i + 1]) || strchr ("*'-", text[i + 1]) != NULL) &&
                 text[i + 1] != '\0')
            i++;
        }
      else if (g_ascii_isxdigit (c) && depth == 0)
        {
          int digit = g_ascii_xdigit_value (c);
          guint8 byte = (guint8) (high * 16 + digit);
          if (high >= 0)
            g_byte_array_append (bytes, &byte, 1);
          high = high >= 0 ? -1 : digit;
        }
    }
  return bytes;
}

/* A counted string of an OLE 1.0 object; FALSE when it does not fit. */
static gboolean
skip_string (const GByteArray *bytes, gsize *at, const guint8 **text, gsize *length)
{
  if (*at + 4 > bytes->len)
    return FALSE;
  *length = sek_inspect_u32 (bytes->data + *at);
  *at += 4;
  if (*length > bytes->len - *at)
    return FALSE;
  *text = bytes->data + *at;
  *at += *length;
  return TRUE;
}

/* [MS-OLEDS] §2.2.5: version, kind, class, topic, item, native data. */
static void
read_object (const GByteArray *bytes, const SekInspectResult *result)
{
  const guint8 *class_name = NULL, *skipped = NULL;
  gsize at = 8, class_length = 0, length = 0;
  gboolean whole = bytes->len > 8 && skip_string (bytes, &at, &class_name, &class_length) &&
                   skip_string (bytes, &at, &skipped, &length) &&
                   skip_string (bytes, &at, &skipped, &length) && at + 4 <= bytes->len;
  if (class_name != NULL && class_length > 0 && class_length < 256)
    sek_inspect_add_bytes (result, SEK_TRAIT_OLE_OBJECT, class_name, class_length);
  else
    sek_traits_add (result->traits, SEK_TRAIT_OLE_OBJECT, NULL);
  if (whole && class_length >= 7 && g_ascii_strncasecmp ((const char *) class_name, "package", 7) == 0)
    {
      /* Here the package has no size in front. */
      g_autoptr (GByteArray) native = g_byte_array_new ();
      g_byte_array_append (native, bytes->data + at, bytes->len - (guint) at);
      sek_inspect_package (native->data, native->len, result);
    }
  if (bytes->data == NULL || bytes->len == 0)
    return;
  const guint8 *ole2 = memmem (bytes->data, bytes->len, "\320\317\021\340\241\261\032\341", 8);
  if (ole2 != NULL)
    sek_inspect_inner_ole2 (ole2, bytes->len - (gsize) (ole2 - bytes->data), result);
}

/* The next place where word stands as a control word; NULL when there is none. */
static const char *
next_word (const char *from, const char *end, const char *word)
{
  gsize size = strlen (word);
  /* Bounded by the file. */
  while (from < end)
    {
      const char *found = memmem (from, (gsize) (end - from), word, size);
      if (found == NULL)
        return NULL;
      if (found + size >= end || !g_ascii_isalpha (found[size]))
        return found + size;
      from = found + size;
    }
  return NULL;
}

/* The text of a group from here to its end, without control words. Newly allocated. */
static char *
group_text (const char *from, const char *end)
{
  g_autoptr (GString) text = g_string_new (NULL);
  int depth = 0;
  for (const char *p = from; p < end && text->len < TEXT_BYTES_MAX; p++)
    {
      if (*p == '{')
        depth++;
      else if (*p == '}' && depth-- == 0)
        break;
      else if (*p == '\\' && p + 1 < end && g_ascii_isalpha (p[1]))
        {
          while (p + 1 < end && (g_ascii_isalnum (p[1]) || p[1] == '-'))
            p++;
          if (p + 1 < end && p[1] == ' ')
            p++;
        }
      else if (*p == '\\' && p + 1 < end)
        g_string_append_c (text, *++p);
      else if (*p >= ' ' && *p != '{' && *p != '}')
        g_string_append_c (text, *p);
    }
  return g_strdup (text->str);
}

void
sek_inspect_rtf (const SekInspectInput *input, const SekInspectResult *result)
{
  const char *start = (const char *) input->bytes, *end = start + input->length, *p = start;
  for (guint i = 0; i < OBJECTS_MAX && (p = next_word (p, end, "\\objdata")) != NULL; i++)
    {
      g_autoptr (GByteArray) object = decode_hex (p, (gsize) (end - p));
      read_object (object, result);
    }
  if (next_word (start, end, "\\objupdate") != NULL || next_word (start, end, "\\objautlink") != NULL)
    sek_traits_add (result->traits, SEK_TRAIT_OLE_OBJECT, "objupdate");
  p = start;
  for (guint i = 0; i < SEARCH_MAX && (p = next_word (p, end, "\\template")) != NULL; i++)
    {
      g_autofree char *target = group_text (p, end);
      if (sek_inspect_is_remote (g_strstrip (target)))
        sek_inspect_add_bytes (result, SEK_TRAIT_EXTERNAL_TEMPLATE, target, strlen (target));
    }
  p = start;
  for (guint i = 0; i < SEARCH_MAX && (p = next_word (p, end, "\\fldinst")) != NULL; i++)
    {
      g_autofree char *code = group_text (p, end);
      if (sek_inspect_is_dde (code))
        sek_inspect_add_bytes (result, SEK_TRAIT_DDE, code, strlen (code));
    }
}
