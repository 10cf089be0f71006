/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/inspect/families.h"

#include <gsf/gsf-infile-msole.h>
#include <gsf/gsf-input-memory.h>
#include <string.h>
#include <zlib.h>

#include "agent/scanner/magic.h"

#define DEPTH_MAX 8                          /* storages inside each other */
#define MEMBERS_MAX 2000                     /* streams and storages looked at */
#define STREAM_BYTES_MAX (16u * 1024 * 1024) /* read of one stream */
#define RECORDS_MAX 100000                   /* of a presentation */

typedef struct
{
  const SekInspectInput *input;
  const SekInspectResult *result;
  GsfInfile *root;
  guint members;
  guint depth;
  gboolean vba;  /* there is a storage for macros */
  guint modules; /* whose source could be read, with or without code in it */
  guint unread;  /* whose source could not */
  gboolean mail; /* an Outlook item */
} Walk;

/* What is read of a stream. */
typedef struct
{
  Walk *walk;
  GsfInput *input;
  const guint8 *bytes;
  gsize length;
} Stream;

/* What lies beside the modules ([MS-OVBA] §2.2.1). */
static gboolean
is_vba_directory (const char *name)
{
  return g_ascii_strcasecmp (name, "dir") == 0 || g_ascii_strcasecmp (name, "_VBA_PROJECT") == 0 ||
         g_ascii_strncasecmp (name, "__SRP_", 6) == 0;
}

static void
read_module (const Stream *stream)
{
  const char *name = gsf_input_name (stream->input);
  const SekInspectInput module = { name != NULL ? name : "", stream->bytes, stream->length,
                                   (gint64) stream->length };
  if (sek_inspect_vba_module (&module, stream->walk->result) != SEK_VBA_NO_SOURCE)
    stream->walk->modules++;
  else if (!is_vba_directory (module.name))
    stream->walk->unread++;
}

static void
read_workbook (const Stream *stream)
{
  sek_inspect_biff (stream->bytes, stream->length, stream->walk->result);
}

/* A member beside the one that is read, up to most bytes. Borrowed from *child, which is to be unreferenced;
 * NULL when there is none. */
static const guint8 *
read_beside (const Walk *walk, const char *name, gsize most, GsfInput **child, gsize *length)
{
  *child = gsf_infile_child_by_name (walk->root, name);
  gsf_off_t size = *child != NULL ? gsf_input_size (*child) : 0;
  *length = size > 0 ? (gsize) MIN (size, (gsf_off_t) most) : 0;
  if (*length == 0 || *length > walk->result->budget->room)
    return NULL;
  walk->result->budget->room -= *length;
  return gsf_input_read (*child, *length, NULL);
}

/* [MS-DOC] §2.5.2: of the flags at 0x0a, bit 8 says locked, bit 9 which table belongs to the text, bit 15 the
 * oldest kind of lock. */
static void
read_word (const Stream *stream)
{
  const SekInspectResult *result = stream->walk->result;
  if (stream->length < 0x20)
    return;
  guint16 flags = sek_inspect_u16 (stream->bytes + 0x0a);
  if (!(flags & 0x100))
    {
      sek_inspect_word_fields (stream->bytes, stream->length, result);
      return;
    }
  GsfInput *child = NULL;
  gsize length = 0;
  const guint8 *table =
      read_beside (stream->walk, flags & 0x200 ? "1Table" : "0Table", STREAM_BYTES_MAX, &child, &length);
  const SekInspectInput text = { "", stream->bytes, stream->length, (gint64) stream->length };
  if (flags & 0x8000)
    table = NULL;
  const SekInspectInput beside = { "", table, table != NULL ? length : 0, (gint64) length };
  sek_inspect_locked_word (&text, &beside, result);
  g_clear_object (&child);
}

static void
read_word_table (const Stream *stream)
{
  sek_inspect_word_table (stream->bytes, stream->length, stream->walk->result);
}

static void
read_package (const Stream *stream)
{
  sek_inspect_package (stream->bytes, stream->length, stream->walk->result);
}

/* [MS-PPT] §2.3.2: the token tells a locked presentation. */
static void
read_current_user (const Stream *stream)
{
  if (stream->length >= 16 && sek_inspect_u32 (stream->bytes + 12) == 0xf3d1c4df)
    {
      sek_traits_add (stream->walk->result->traits, SEK_TRAIT_LOCKED_DOCUMENT, NULL);
      sek_inspect_set_problem (stream->walk->result, "document-locked");
    }
}

gboolean
sek_inspect_inner_ole2 (const guint8 *bytes, gsize length, const SekInspectResult *result)
{
  const SekInspectInput inner = { "", bytes, length, (gint64) length };
  g_autofree char *format = g_strdup ("ole2"), *problem = NULL;
  const SekInspectResult shared = { &format, &problem, result->traits, result->budget };
  if (length <= 8 || memcmp (bytes, "\320\317\021\340", 4) != 0)
    return FALSE;
  sek_inspect_ole2 (&inner, &shared);
  /* Damage in here is the outer document's affair, what was left out is not. */
  if (g_strcmp0 (problem, "unpacks-too-large") == 0 || g_strcmp0 (problem, "nested-too-deep") == 0)
    sek_inspect_set_problem (result, problem);
  return problem == NULL;
}

/* [MS-PPT] §2.10.34: macros and objects are compressed compound files inside one stream. */
static void
read_presentation (const Stream *stream)
{
  gsize at = 0;
  for (guint i = 0; i < RECORDS_MAX && at + 8 <= stream->length; i++)
    {
      guint16 instance = sek_inspect_u16 (stream->bytes + at) >> 4;
      guint16 type = sek_inspect_u16 (stream->bytes + at + 2);
      gsize size = MIN (sek_inspect_u32 (stream->bytes + at + 4), stream->length - at - 8);
      const guint8 *data = stream->bytes + at + 8;
      at += 8 + size;
      if (type != 0x1011 || size < 8)
        continue;
      if (instance == 0)
        sek_inspect_inner_ole2 (data, size, stream->walk->result);
      gsize told = sek_inspect_u32 (data);
      if (instance != 1 || told > stream->walk->result->budget->room)
        continue;
      g_autofree guint8 *plain = g_malloc (told + 1);
      uLongf length = told;
      stream->walk->result->budget->room -= told;
      if (uncompress (plain, &length, data + 4, size - 4) == Z_OK)
        sek_inspect_inner_ole2 (plain, length, stream->walk->result);
    }
}

/* [MS-OXMSG] §2.1.4: the names of files attached to an Outlook item. */
static void
read_outlook_name (const Stream *stream)
{
  sek_inspect_add_utf16 (stream->walk->result, SEK_TRAIT_EMBEDDED_FILE, stream->bytes, stream->length);
}

/* A package in a locked box. */
static void
read_locked (const Stream *stream)
{
  const SekInspectResult *result = stream->walk->result;
  SekOfficeLock lock;
  SekOfficeKey key;
  GsfInput *child = NULL;
  gsize info_length = 0;
  const guint8 *info = read_beside (stream->walk, "EncryptionInfo", SEK_LOCK_BYTES_MAX, &child, &info_length);
  gboolean known = info != NULL && sek_office_lock_of_stream (&lock, info, info_length);
  g_clear_object (&child);
  if (sek_inspect_unlock (known ? &lock : NULL, result, &key) != SEK_UNLOCK_SUCCEEDED)
    return;
  g_autofree guint8 *plain = g_memdup2 (stream->bytes, stream->length);
  gsize length = sek_office_open_package (&lock, &key, plain, stream->length);
  const SekInspectInput inner = { stream->walk->input->name, plain + 8, length, (gint64) length };
  g_autofree char *format = g_strdup ("ooxml");
  const SekInspectResult shared = { &format, result->problem, result->traits, result->budget };
  sek_inspect_ooxml (&inner, &shared);
}

static void
read_outlook (const Stream *stream)
{
  stream->walk->mail = TRUE;
}

/* And their content. */
static void
read_outlook_file (const Stream *stream)
{
  if (!sek_magic_is_media (sek_magic_format (stream->bytes, stream->length)))
    sek_inspect_add_file (stream->walk->result, NULL, 0, stream->bytes, stream->length);
}

static const struct
{
  const char *name;
  void (*read) (const Stream *stream);
} readers[] = {
  { "Workbook", read_workbook },
  { "Book", read_workbook },
  { "WordDocument", read_word },
  { "1Table", read_word_table },
  { "0Table", read_word_table },
  { "\001Ole10Native", read_package },
  { "Current User", read_current_user },
  { "PowerPoint Document", read_presentation },
  { "EncryptedPackage", read_locked },
  { "__substg1.0_3707001F", read_outlook_name },
  { "__substg1.0_37010102", read_outlook_file },
  { "__properties_version1.0", read_outlook },
};

static void
read_stream (Walk *walk, GsfInput *input, const char *name, gboolean vba)
{
  Stream stream = { walk, input, NULL, 0 };
  void (*read) (const Stream *) = vba ? read_module : NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (readers) && read == NULL; i++)
    if (g_ascii_strcasecmp (name, readers[i].name) == 0)
      read = readers[i].read;
  gsf_off_t size = gsf_input_size (input);
  stream.length = size > 0 ? (gsize) MIN (size, (gsf_off_t) STREAM_BYTES_MAX) : 0;
  if (read == NULL || stream.length == 0)
    return;
  if (stream.length > walk->result->budget->room)
    {
      sek_inspect_set_problem (walk->result, "unpacks-too-large");
      return;
    }
  walk->result->budget->room -= stream.length;
  stream.bytes = gsf_input_read (input, stream.length, NULL);
  if (stream.bytes != NULL)
    read (&stream);
  else
    sek_inspect_set_problem (walk->result, "document-damaged");
}

static void
walk_storage (Walk *walk, GsfInfile *storage, gboolean vba)
{
  int count = gsf_infile_num_children (storage);
  walk->depth++;
  for (int i = 0; i < count && walk->members < MEMBERS_MAX && walk->depth <= DEPTH_MAX; i++, walk->members++)
    {
      const char *name = gsf_infile_name_by_index (storage, i);
      GsfInput *child = name != NULL ? gsf_infile_child_by_index (storage, i) : NULL;
      if (child == NULL)
        continue;
      if (GSF_IS_INFILE (child) && gsf_infile_num_children (GSF_INFILE (child)) >= 0)
        {
          gboolean is_vba = g_ascii_strcasecmp (name, "VBA") == 0;
          walk->vba = walk->vba || is_vba;
          walk_storage (walk, GSF_INFILE (child), is_vba);
        }
      else
        read_stream (walk, child, name, vba);
      g_object_unref (child);
    }
  walk->depth--;
}

/* {000C1084-0000-0000-C000-000000000046} and its neighbours are installers, patches and transforms. */
static gboolean
is_installer (GsfInfile *root)
{
  static const guint8 tail[] = { 0x0c, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46 };
  guint8 id[16] = { 0 };
  return gsf_infile_msole_get_class_id (GSF_INFILE_MSOLE (root), id) && id[1] == 0x10 &&
         memcmp (id + 2, tail, sizeof tail) == 0 && (id[0] == 0x84 || id[0] == 0x86 || id[0] == 0x82);
}

void
sek_inspect_ole2 (const SekInspectInput *input, const SekInspectResult *result)
{
  if (result->budget->depth >= SEK_DOCUMENT_DEPTH_MAX)
    {
      sek_inspect_set_problem (result, "nested-too-deep");
      return;
    }
  result->budget->depth++;
  GsfInput *memory = gsf_input_memory_new (input->bytes, (gsf_off_t) input->length, FALSE);
  GsfInfile *root = memory != NULL ? gsf_infile_msole_new (memory, NULL) : NULL;
  Walk walk = { .input = input, .result = result, .root = root };
  if (root == NULL)
    sek_inspect_set_problem (result, "document-damaged");
  else
    {
      walk_storage (&walk, root, FALSE);
      if (is_installer (root))
        {
          sek_traits_add (result->traits, SEK_TRAIT_PROGRAM, "msi");
          g_free (*result->format);
          *result->format = g_strdup ("msi");
        }
      else if (walk.mail)
        {
          g_free (*result->format);
          *result->format = g_strdup ("msg");
        }
    }
  /* Office keeps modules without any code in it; what nobody can read is not known to be empty. */
  if (walk.vba && (walk.modules == 0 || walk.unread > 0) &&
      sek_traits_find (result->traits, SEK_TRAIT_MACROS) == NULL)
    sek_traits_add (result->traits, SEK_TRAIT_MACROS, NULL);
  g_clear_object (&root);
  g_clear_object (&memory);
  result->budget->depth--;
}
