/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/tnef.h"

#include <string.h>

#include "agent/core/limits.h"
#include "agent/core/text.h"
#include "agent/scanner/archive-reader.h"

#define HEADER_BYTES 6   /* signature, key */
#define CHECKSUM_BYTES 2 /* behind each attribute */

/* Attributes of an attachment (§2.1.3.2); the type in the upper half is not needed. */
enum
{
  LEVEL_ATTACHMENT = 2,
  ATTRIBUTE_BEGIN = 0x9002, /* attAttachRendData: a new attachment */
  ATTRIBUTE_NAME = 0x8010,
  ATTRIBUTE_DATA = 0x800f,
  ATTRIBUTE_PROPERTIES = 0x9005,
};

/* Properties ([MS-OXPROPS]) and their types ([MS-OXCDATA] §2.11.1). */
enum
{
  PROPERTY_DISPLAY_NAME = 0x3001,
  PROPERTY_OBJECT = 0x3701,
  PROPERTY_LONG_NAME = 0x3707,
  TYPE_OBJECT = 0x0d,
  TYPE_STRING = 0x1e,
  TYPE_UNICODE = 0x1f,
  TYPE_BINARY = 0x102,
  TYPE_MANY = 0x1000,
};

static const struct
{
  guint16 type;
  guint8 size; /* padded to 4 */
} fixed_types[] = {
  { 0x02, 4 }, { 0x03, 4 }, { 0x04, 4 }, { 0x05, 8 }, { 0x06, 8 },  { 0x07, 8 },
  { 0x0a, 4 }, { 0x0b, 4 }, { 0x14, 8 }, { 0x40, 8 }, { 0x48, 16 },
};

typedef struct
{
  guint8 level;
  guint16 id;
  const guint8 *data;
  gsize length;
} Attribute;

/* What is left of a list of properties. */
typedef struct
{
  const guint8 *at;
  gsize left;
} Rest;

static guint32
read_u32 (const guint8 *at)
{
  return (guint32) at[0] | (guint32) at[1] << 8 | (guint32) at[2] << 16 | (guint32) at[3] << 24;
}

gboolean
sek_tnef_open (SekTnef *reader, const char *bytes, gsize length)
{
  if (length < HEADER_BYTES || read_u32 ((const guint8 *) bytes) != 0x223e9f78)
    return FALSE;
  *reader = (SekTnef){ .at = (const guint8 *) bytes + HEADER_BYTES, .end = (const guint8 *) bytes + length };
  return TRUE;
}

/* One attribute, without moving on. FALSE at the end. What is cut off counts as far as it is there. */
static gboolean
peek (SekTnef *reader, Attribute *attribute, const guint8 **next)
{
  gsize left = (gsize) (reader->end - reader->at);
  if (left < 9)
    {
      reader->damaged = reader->damaged || left > 0;
      return FALSE;
    }
  gsize length = read_u32 (reader->at + 5);
  attribute->level = reader->at[0];
  attribute->id = (guint16) (reader->at[1] | reader->at[2] << 8);
  attribute->data = reader->at + 9;
  attribute->length = MIN (length, left - 9);
  reader->damaged = reader->damaged || length > left - 9;
  *next = attribute->data + attribute->length;
  *next += MIN (CHECKSUM_BYTES, reader->end - *next);
  return TRUE;
}

static gboolean
take (Rest *rest, gsize count, const guint8 **taken)
{
  if (count > rest->left)
    return FALSE;
  *taken = rest->at;
  rest->at += count;
  rest->left -= count;
  return TRUE;
}

static gboolean
take_u32 (Rest *rest, guint32 *value)
{
  const guint8 *at = NULL;
  if (!take (rest, 4, &at))
    return FALSE;
  *value = read_u32 (at);
  return TRUE;
}

/* Bytes behind their length, padded to 4. */
static gboolean
take_counted (Rest *rest, const guint8 **data, gsize *length)
{
  guint32 told = 0;
  const guint8 *padding = NULL;
  if (!take_u32 (rest, &told) || !take (rest, told, data))
    return FALSE;
  *length = told;
  return take (rest, MIN ((4 - told % 4) % 4, rest->left), &padding);
}

/* The name of a property that has one instead of a number (§2.1.3.4): a set, a kind, a number or a name. */
static gboolean
skip_name (Rest *rest)
{
  const guint8 *name = NULL;
  gsize length = 0;
  guint32 kind = 0, number = 0;
  return take (rest, 16, &name) && take_u32 (rest, &kind) &&
         (kind == 0 ? take_u32 (rest, &number) : take_counted (rest, &name, &length));
}

static gsize
fixed_size (guint16 type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fixed_types); i++)
    if (fixed_types[i].type == type)
      return fixed_types[i].size;
  return 0;
}

/* The first value of a property; the others are passed over. FALSE when nothing behind it can be read. */
static gboolean
take_value (Rest *rest, guint16 type, const guint8 **data, gsize *length)
{
  guint16 single = type & ~TYPE_MANY;
  gsize size = fixed_size (single);
  gboolean counted =
      single == TYPE_STRING || single == TYPE_UNICODE || single == TYPE_BINARY || single == TYPE_OBJECT;
  guint32 count = 1;
  if ((!counted && size == 0) || ((counted || type != single) && !take_u32 (rest, &count)))
    return FALSE;
  for (guint32 i = 0; i < count; i++)
    {
      const guint8 *value = NULL;
      gsize value_length = size;
      if (counted ? !take_counted (rest, &value, &value_length) : !take (rest, size, &value))
        return FALSE;
      if (i == 0)
        {
          *data = value;
          *length = value_length;
        }
    }
  return TRUE;
}

static void
set_name (SekTnefFile *file, const guint8 *data, gsize length, guint16 type)
{
  length = MIN (length, (gsize) SEK_NAME_CHARS_MAX * 2);
  if (data == NULL)
    return;
  g_autofree char *name =
      type == TYPE_UNICODE
          ? sek_text_of_utf16le (data, length, SEK_NAME_CHARS_MAX)
          : sek_archive_decode_name ((const char *) data, strnlen ((const char *) data, length));
  if (*name == '\0')
    return;
  g_free (file->name);
  file->name = g_steal_pointer (&name);
}

static void
read_properties (SekTnefFile *file, const Attribute *attribute)
{
  Rest rest = { attribute->data, attribute->length };
  guint32 count = 0, tag = 0;
  gboolean long_name = FALSE;
  if (!take_u32 (&rest, &count))
    return;
  /* Bounded by the attribute: each takes four bytes at least. */
  for (guint32 i = 0; i < count && take_u32 (&rest, &tag); i++)
    {
      guint16 type = tag & 0xffff, id = (guint16) (tag >> 16);
      const guint8 *data = NULL;
      gsize length = 0;
      if ((id >= 0x8000 && !skip_name (&rest)) || !take_value (&rest, type, &data, &length))
        return;
      gboolean text = type == TYPE_UNICODE || type == TYPE_STRING;
      if (text && (id == PROPERTY_LONG_NAME || (id == PROPERTY_DISPLAY_NAME && !long_name)))
        set_name (file, data, length, type);
      long_name = long_name || (text && id == PROPERTY_LONG_NAME);
      /* A mail or an OLE object, behind the 16 bytes that say which. */
      if (id == PROPERTY_OBJECT && length > 16 && file->length == 0)
        {
          file->bytes = data + 16;
          file->length = length - 16;
        }
    }
}

void
sek_tnef_file_clear (SekTnefFile *file)
{
  g_free (file->name);
  *file = (SekTnefFile){ 0 };
}

gboolean
sek_tnef_next (SekTnef *reader, SekTnefFile *file)
{
  Attribute attribute = { 0 };
  const guint8 *next = NULL;
  gboolean found = FALSE;
  sek_tnef_file_clear (file);
  /* Bounded by the file: each attribute takes nine bytes at least. */
  for (; peek (reader, &attribute, &next); reader->at = next)
    {
      if (attribute.level != LEVEL_ATTACHMENT)
        continue;
      if (attribute.id == ATTRIBUTE_BEGIN && found)
        break;
      /* Also without its beginning: programs that do not ask for it show the file. */
      found = TRUE;
      if (attribute.id == ATTRIBUTE_NAME && file->name == NULL)
        set_name (file, attribute.data, attribute.length, TYPE_STRING);
      else if (attribute.id == ATTRIBUTE_DATA)
        {
          file->bytes = attribute.data;
          file->length = attribute.length;
        }
      else if (attribute.id == ATTRIBUTE_PROPERTIES)
        read_properties (file, &attribute);
    }
  if (found && file->name == NULL)
    file->name = g_strdup ("");
  return found;
}
