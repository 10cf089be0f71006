/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/inspect/families.h"

#include <gsf/gsf-infile-msvba.h>
#include <gsf/gsf-input-memory.h>
#include <string.h>

/* What Office keeps in front of the source of a module without code, 770 to 950 bytes in files of all its
 * programs, with the same code compiled. Much more of it belongs to source that was taken out. */
#define EMPTY_CACHE_BYTES_MAX 1100

/* What runs by itself when a document is opened, closed or shown. Word, Excel and PowerPoint each look for
 * their own; ActiveX controls call the events of a form. */
static const char *const auto_names[] = {
  "autoopen",
  "autoexec",
  "autonew",
  "autoclose",
  "autoexit",
  "document_open",
  "document_new",
  "document_close",
  "document_beforeclose",
  "workbook_open",
  "workbook_activate",
  "workbook_beforeclose",
  "auto_open",
  "auto_close",
  "auto_activate",
  "workbook_deactivate",
  "documentopen",
  "document_contentcontrolonenter",
  "inkpicture1_painted",
  "inkpicture1_painting",
  "onloadcustomui",
  "customui_onload",
};

/* Lines of a module that do nothing by themselves. */
static const char *const idle_words[] = { "attribute ", "option ", "end sub", "end function",
                                          "end property" };
static const char *const comments[] = { "rem ", "'" };
static const char *const scopes[] = { "public ", "private ", "friend ", "static " };
static const char *const headers[] = { "sub ", "function ", "property " };

static gboolean
begins_with (const char *line, const char *const *words, gsize count)
{
  for (gsize i = 0; i < count; i++)
    if (g_str_has_prefix (line, words[i]))
      return TRUE;
  return FALSE;
}

/* TRUE when a line (lower case, without white space around it) is somebody's work: not the frame of a
 * procedure that an editor put there, nor a comment outside of one. *inside: a procedure's frame is open. */
static gboolean
is_code (const char *line, gboolean *inside)
{
  if (*line == '\0')
    return FALSE;
  if (g_str_equal (line, "rem") || begins_with (line, comments, G_N_ELEMENTS (comments)))
    return *inside;
  if (begins_with (line, idle_words, G_N_ELEMENTS (idle_words)))
    {
      *inside = *inside && !g_str_has_prefix (line, "end ");
      return strchr (line, ':') != NULL && g_str_has_prefix (line, "end ");
    }
  for (gsize i = 0; i < G_N_ELEMENTS (scopes); i++)
    if (g_str_has_prefix (line, scopes[i]))
      line += strlen (scopes[i]);
  *inside = begins_with (line, headers, G_N_ELEMENTS (headers));
  return !*inside || strchr (line, ':') != NULL;
}

static gboolean
has_code (const char *source, gsize length)
{
  g_autofree char *lower = g_ascii_strdown (source, (gssize) strnlen (source, length));
  gboolean inside = FALSE;
  /* Bounded by the text. */
  for (char *line = lower; line != NULL;)
    {
      char *end = strpbrk (line, "\r\n");
      if (end != NULL)
        *end++ = '\0';
      if (is_code (g_strstrip (line), &inside))
        return TRUE;
      line = end;
    }
  return FALSE;
}

/* The source, newly allocated; NULL when there is none. *cache_length: bytes in front of it. It begins with
 * "Attribute VB_Name", which a compressed container ([MS-OVBA] §2.4.1) starts literally: signature, chunk
 * header, flag byte, first letters. Directory and offsets may be forged, this can't. */
static guint8 *
find_source (const SekInspectInput *module, gsize *cache_length, int *length)
{
  static const char mark[] = "\000Attribut";
  const guint8 *end = module->bytes + module->length, *found = module->bytes;
  while ((found = memmem (found, (gsize) (end - found), mark, sizeof mark - 1)) != NULL &&
         (found - module->bytes < 3 || found[-3] != 1))
    found++;
  if (found == NULL)
    return NULL;
  *cache_length = (gsize) (found - module->bytes) - 3;
  /* gsf_vba_inflate begins where its input stands, not at the offset it is given. */
  GsfInput *input =
      gsf_input_memory_new (found - 3, MIN (end - found + 3, (gsf_off_t) SEK_VBA_BYTES_MAX), FALSE);
  guint8 *source = gsf_vba_inflate (input, 0, length, TRUE);
  g_object_unref (input);
  if (source == NULL || *length > 0)
    return source;
  g_free (source);
  return NULL;
}

SekVbaModule
sek_inspect_vba_module (const SekInspectInput *module, const SekInspectResult *result)
{
  gsize cache_length = 0;
  int length = 0;
  g_autofree guint8 *source = find_source (module, &cache_length, &length);
  if (source == NULL)
    return SEK_VBA_NO_SOURCE;
  result->budget->room -= MIN (result->budget->room, (gsize) length);
  if (cache_length <= EMPTY_CACHE_BYTES_MAX && !has_code ((const char *) source, (gsize) length))
    return SEK_VBA_EMPTY;
  sek_inspect_vba_source ((const char *) source, (gsize) length, result);
  sek_inspect_add_bytes (result, SEK_TRAIT_MACROS, module->name, strlen (module->name));
  return SEK_VBA_CODE;
}

/* TRUE when the words before a name make it a procedure: "Sub AutoOpen", "Function Auto_Open". */
static gboolean
is_procedure (const char *text, const char *name)
{
  const char *end = name;
  while (end > text && (end[-1] == ' ' || end[-1] == '\t'))
    end--;
  if (end == name)
    return FALSE;
  return (end - text >= 3 && memcmp (end - 3, "sub", 3) == 0) ||
         (end - text >= 8 && memcmp (end - 8, "function", 8) == 0);
}

void
sek_inspect_vba_source (const char *source, gsize length, const SekInspectResult *result)
{
  g_autofree char *lower = g_ascii_strdown (source, (gssize) strnlen (source, length));
  for (gsize i = 0; i < G_N_ELEMENTS (auto_names); i++)
    {
      gsize size = strlen (auto_names[i]);
      /* Bounded by the text. */
      for (const char *p = lower; (p = strstr (p, auto_names[i])) != NULL; p += size)
        if (is_procedure (lower, p) && !g_ascii_isalnum (p[size]) && p[size] != '_')
          {
            g_autofree char *name = g_strndup (source + (p - lower), size);
            sek_inspect_add_bytes (result, SEK_TRAIT_AUTO_MACROS, name, size);
            break;
          }
    }
}
