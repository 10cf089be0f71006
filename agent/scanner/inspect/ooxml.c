/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Office Open XML (ECMA-376) and Open Document packages: members of a zip file. */
#include "agent/scanner/inspect/families.h"

#include <gsf/gsf-infile-zip.h>
#include <gsf/gsf-input-memory.h>
#include <libxml/xmlreader.h>
#include <string.h>

#include "agent/scanner/magic.h"

#define DEPTH_MAX 12
#define MEMBERS_MAX 5000
#define MEMBER_BYTES_MAX (16u * 1024 * 1024) /* unpacked of one */
#define TOTAL_BYTES_MAX (48u * 1024 * 1024)  /* unpacked of all */
#define NODES_MAX 2000000                    /* of one XML member */
#define CODE_BYTES_MAX 4000                  /* of one field's code */

typedef struct
{
  const SekInspectInput *input;
  const SekInspectResult *result;
  guint members;
  gsize room;
  gboolean content_types, relations, manifest, mimetype, macro_enabled;
} Walk;

typedef struct
{
  Walk *walk;
  const char *path;
  const guint8 *bytes;
  gsize length;
} Member;

typedef struct
{
  Walk *walk;
  GString *code; /* of the field being read, which may be split into many runs */
  guint field_depth;
} Xml;

static char *
attribute (xmlTextReader *reader, const char *name)
{
  xmlChar *value = xmlTextReaderGetAttribute (reader, BAD_CAST name);
  char *copy = g_strdup ((const char *) value);
  xmlFree (value);
  return copy;
}

static void
flush_field (Xml *xml)
{
  if (sek_inspect_is_dde (xml->code->str))
    sek_inspect_add_bytes (xml->walk->result, SEK_TRAIT_DDE, xml->code->str, xml->code->len);
  g_string_set_size (xml->code, 0);
}

static void
on_field_char (Xml *xml, xmlTextReader *reader)
{
  g_autofree char *type = attribute (reader, "w:fldCharType");
  /* Fields stand inside each other, to hide the word: what all of them say is read as one. */
  if (g_strcmp0 (type, "begin") == 0)
    xml->field_depth++;
  else if (g_strcmp0 (type, "end") == 0 && xml->field_depth > 0 && --xml->field_depth == 0)
    flush_field (xml);
}

static void
on_instruction (Xml *xml, xmlTextReader *reader)
{
  xmlChar *text = xmlTextReaderReadString (reader);
  if (text != NULL && xml->code->len < CODE_BYTES_MAX)
    g_string_append_len (xml->code, (const char *) text,
                         (gssize) strnlen ((const char *) text, CODE_BYTES_MAX));
  xmlFree (text);
  if (xml->field_depth == 0)
    flush_field (xml);
}

static void
on_simple_field (Xml *xml, xmlTextReader *reader)
{
  g_autofree char *code = attribute (reader, "w:instr");
  if (code != NULL && sek_inspect_is_dde (code))
    sek_inspect_add_bytes (xml->walk->result, SEK_TRAIT_DDE, code, strlen (code));
}

static void
on_dde_link (Xml *xml, xmlTextReader *reader)
{
  g_autofree char *service = attribute (reader, "ddeService"), *topic = attribute (reader, "ddeTopic");
  g_autofree char *command =
      g_strjoin (" ", service != NULL ? service : "", topic != NULL ? topic : "", NULL);
  sek_inspect_add_bytes (xml->walk->result, SEK_TRAIT_DDE, command, strlen (command));
}

/* Open Document's tables and sections that ask another program. */
static void
on_dde_source (Xml *xml, xmlTextReader *reader)
{
  g_autofree char *service = attribute (reader, "office:dde-application");
  g_autofree char *topic = attribute (reader, "office:dde-topic");
  g_autofree char *command =
      g_strjoin (" ", service != NULL ? service : "", topic != NULL ? topic : "", NULL);
  /* LibreOffice itself as the service is how its documents link each other. */
  if (g_strcmp0 (service, "soffice") != 0)
    sek_inspect_add_bytes (xml->walk->result, SEK_TRAIT_DDE, command, strlen (command));
}

static void
on_relationship (Xml *xml, xmlTextReader *reader)
{
  /* Pictures and hyperlinks from elsewhere are everyday. */
  static const struct
  {
    const char *type, *trait;
  } types[] = {
    { "/attachedTemplate", SEK_TRAIT_EXTERNAL_TEMPLATE },
    { "/oleObject", SEK_TRAIT_EXTERNAL_OBJECT },
    { "/frame", SEK_TRAIT_EXTERNAL_OBJECT },
    { "/subDocument", SEK_TRAIT_EXTERNAL_OBJECT },
    { "/aFChunk", SEK_TRAIT_EXTERNAL_OBJECT },
    { "/customUI", SEK_TRAIT_EXTERNAL_OBJECT },
  };
  g_autofree char *type = attribute (reader, "Type"), *target = attribute (reader, "Target");
  g_autofree char *mode = attribute (reader, "TargetMode");
  if (type == NULL || target == NULL || g_strcmp0 (mode, "External") != 0 || !sek_inspect_is_remote (target))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_has_suffix (type, types[i].type))
      sek_inspect_add_bytes (xml->walk->result, types[i].trait, target, strlen (target));
}

static void
on_content_type (Xml *xml, xmlTextReader *reader)
{
  g_autofree char *type = attribute (reader, "ContentType");
  if (type != NULL && strstr (type, "macroEnabled") != NULL)
    xml->walk->macro_enabled = TRUE;
}

static void
on_event (Xml *xml, xmlTextReader *reader)
{
  static const char *const names[] = { "dom:load", "office:load-finished", "on-load", "dom:unload",
                                       "office:new" };
  g_autofree char *event = attribute (reader, "script:event-name");
  for (gsize i = 0; event != NULL && i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (event, names[i]))
      sek_traits_add (xml->walk->result->traits, SEK_TRAIT_AUTO_MACROS, event);
}

static void
on_encryption (Xml *xml, xmlTextReader *reader)
{
  sek_traits_add (xml->walk->result->traits, SEK_TRAIT_LOCKED_DOCUMENT, NULL);
  sek_inspect_set_problem (xml->walk->result, "document-locked");
}

static void
on_module (Xml *xml, xmlTextReader *reader)
{
  g_autofree char *name = attribute (reader, "script:name");
  sek_inspect_add_bytes (xml->walk->result, SEK_TRAIT_MACROS, name != NULL ? name : "",
                         name ? strlen (name) : 0);
}

static const struct
{
  const char *element;
  void (*read) (Xml *xml, xmlTextReader *reader);
} elements[] = {
  { "w:instrText", on_instruction },
  { "w:delInstrText", on_instruction },
  { "w:fldChar", on_field_char },
  { "w:fldSimple", on_simple_field },
  { "ddeLink", on_dde_link },
  { "office:dde-source", on_dde_source },
  { "text:dde-connection-decl", on_dde_source },
  { "Relationship", on_relationship },
  { "Override", on_content_type },
  { "Default", on_content_type },
  { "script:event-listener", on_event },
  { "script:module", on_module },
  { "manifest:encryption-data", on_encryption },
};

static void
read_xml (const Member *member)
{
  Xml xml = { member->walk, g_string_new (NULL), 0 };
  xmlTextReader *reader =
      xmlReaderForMemory ((const char *) member->bytes, (int) member->length, NULL, NULL,
                          XML_PARSE_NONET | XML_PARSE_RECOVER | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  for (guint i = 0; reader != NULL && i < NODES_MAX && xmlTextReaderRead (reader) == 1; i++)
    {
      if (xmlTextReaderNodeType (reader) != XML_READER_TYPE_ELEMENT)
        continue;
      const char *name = (const char *) xmlTextReaderConstName (reader);
      for (gsize j = 0; j < G_N_ELEMENTS (elements); j++)
        if (g_strcmp0 (name, elements[j].element) == 0)
          elements[j].read (&xml, reader);
    }
  flush_field (&xml);
  xmlFreeTextReader (reader);
  g_string_free (xml.code, TRUE);
}

void
sek_inspect_xml_document (const SekInspectInput *input, const SekInspectResult *result)
{
  Walk walk = { .input = input, .result = result };
  const Member member = { &walk, "", input->bytes, MIN (input->length, MEMBER_BYTES_MAX) };
  read_xml (&member);
}

static void
read_vba (const Member *member)
{
  const SekInspectResult *result = member->walk->result;
  if (!sek_inspect_inner_ole2 (member->bytes, member->length, result) &&
      sek_traits_find (result->traits, SEK_TRAIT_MACROS) == NULL)
    sek_traits_add (result->traits, SEK_TRAIT_MACROS, NULL);
}

static void
read_embedded (const Member *member)
{
  const char *name = strrchr (member->path, '/') != NULL ? strrchr (member->path, '/') + 1 : member->path;
  const SekInspectResult *result = member->walk->result;
  if (member->length > 8 && memcmp (member->bytes, "\320\317\021\340", 4) == 0)
    sek_inspect_inner_ole2 (member->bytes, member->length, result);
  else if (!sek_magic_is_media (sek_magic_format (member->bytes, member->length)))
    sek_inspect_add_file (result, name, strlen (name), member->bytes, member->length);
}

static void
read_macro_sheet (const Member *member)
{
  const char *name = strrchr (member->path, '/') != NULL ? strrchr (member->path, '/') + 1 : member->path;
  sek_inspect_add_bytes (member->walk->result, SEK_TRAIT_EXCEL4_MACROS, name, strlen (name));
}

static void
read_activex (const Member *member)
{
  sek_traits_add (member->walk->result->traits, SEK_TRAIT_ACTIVEX, NULL);
}

/* [MS-XLSB] §2.4.171: a link of kind 1 asks another program. */
static void
read_binary_link (const Member *member)
{
  const guint8 *b = member->bytes;
  if (member->length >= 5 && b[0] == 0xe8 && b[1] == 0x02 && b[3] == 1 && b[4] == 0)
    sek_inspect_add_utf16 (member->walk->result, SEK_TRAIT_DDE, b + MIN (9, member->length),
                           member->length - MIN (9, member->length));
}

static void
note_content_types (const Member *member)
{
  member->walk->content_types = TRUE;
  read_xml (member);
}

static void
note_relations (const Member *member)
{
  member->walk->relations = TRUE;
  read_xml (member);
}

static void
note_manifest (const Member *member)
{
  member->walk->manifest = TRUE;
  read_xml (member);
}

static void
note_mimetype (const Member *member)
{
  member->walk->mimetype = TRUE;
}

/* The first row whose pattern fits (glob, lower case) reads the member. */
static const struct
{
  const char *pattern;
  void (*read) (const Member *member);
} members[] = {
  { "?content_types?.xml", note_content_types },
  { "_rels/.rels", note_relations },
  { "*.rels", read_xml },
  { "meta-inf/manifest.xml", note_manifest },
  { "mimetype", note_mimetype },
  { "*vbaproject*.bin", read_vba },
  { "*/macrosheets/*.xml", read_macro_sheet },
  { "*/macrosheets/*.bin", read_macro_sheet },
  { "*/activex/*", read_activex },
  { "*/embeddings/*", read_embedded },
  { "object *", read_embedded },
  { "xl/externallinks/*.bin", read_binary_link },
  { "xl/externallinks/*.xml", read_xml },
  { "word/*.xml", read_xml },
  { "content.xml", read_xml },
  { "basic/*/*.xml", read_xml },
};

static void
read_member (Walk *walk, GsfInput *input, const char *path)
{
  /* GLib ends the process over a pattern and a name that is no UTF-8. */
  g_autofree char *valid = g_utf8_make_valid (path, -1);
  g_autofree char *lower = g_ascii_strdown (valid, -1);
  void (*read) (const Member *) = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (members) && read == NULL; i++)
    if (g_pattern_match_simple (members[i].pattern, lower))
      read = members[i].read;
  gsf_off_t size = gsf_input_size (input);
  if (read == NULL || size <= 0)
    return;
  Member member = { walk, path, NULL, (gsize) MIN (size, (gsf_off_t) MEMBER_BYTES_MAX) };
  if (member.length > MIN (walk->room, walk->result->budget->room))
    {
      sek_inspect_set_problem (walk->result, "unpacks-too-large");
      return;
    }
  walk->room -= member.length;
  walk->result->budget->room -= member.length;
  member.bytes = gsf_input_read (input, member.length, NULL);
  if (member.bytes != NULL)
    read (&member);
  else
    sek_inspect_set_problem (walk->result, "document-damaged");
}

static void
walk_folder (Walk *walk, GsfInfile *folder, const char *prefix, guint depth)
{
  int count = gsf_infile_num_children (folder);
  for (int i = 0; i < count && depth < DEPTH_MAX && walk->members < MEMBERS_MAX; i++, walk->members++)
    {
      const char *name = gsf_infile_name_by_index (folder, i);
      GsfInput *child = name != NULL ? gsf_infile_child_by_index (folder, i) : NULL;
      if (child == NULL)
        continue;
      g_autofree char *path = g_strconcat (prefix, name, NULL);
      g_autofree char *inner = g_strconcat (path, "/", NULL);
      if (GSF_IS_INFILE (child) && gsf_infile_num_children (GSF_INFILE (child)) >= 0)
        walk_folder (walk, GSF_INFILE (child), inner, depth + 1);
      else
        read_member (walk, child, path);
      g_object_unref (child);
    }
}

/* A name that can't have macros by what it says, over content that has. */
static void
compare_name (const Walk *walk)
{
  static const char *const plain[] = { ".docx", ".xlsx", ".pptx", ".dotx", ".xltx", ".potx", ".ppsx" };
  g_autofree char *lower = g_ascii_strdown (walk->input->name, -1);
  for (gsize i = 0; i < G_N_ELEMENTS (plain) && walk->macro_enabled; i++)
    if (g_str_has_suffix (lower, plain[i]))
      sek_traits_add (walk->result->traits, SEK_TRAIT_WRONG_TYPE, "macro-document");
}

void
sek_inspect_ooxml (const SekInspectInput *input, const SekInspectResult *result)
{
  if (result->budget->depth >= SEK_DOCUMENT_DEPTH_MAX)
    {
      sek_inspect_set_problem (result, "nested-too-deep");
      return;
    }
  result->budget->depth++;
  GsfInput *memory = gsf_input_memory_new (input->bytes, (gsf_off_t) input->length, FALSE);
  GsfInfile *root = memory != NULL ? gsf_infile_zip_new (memory, NULL) : NULL;
  Walk walk = { .input = input, .result = result, .room = MIN (TOTAL_BYTES_MAX, result->budget->room) };
  if (root != NULL)
    walk_folder (&walk, root, "", 0);
  else if (!g_str_equal (*result->format, "zip"))
    sek_inspect_set_problem (result, "document-damaged");
  gboolean document = (walk.content_types && walk.relations) || (walk.manifest && walk.mimetype);
  /* One called an archive stays one, as in its directory. */
  if (document && g_str_equal (*result->format, "zip") && !sek_magic_name_is_archive (input->name))
    {
      g_free (*result->format);
      *result->format = g_strdup (walk.content_types ? "ooxml" : "odf");
    }
  compare_name (&walk);
  g_clear_object (&root);
  g_clear_object (&memory);
  result->budget->depth--;
}
