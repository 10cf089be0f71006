/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/inspect.h"

#include <string.h>

#include "agent/core/trait-codes.h"
#include "agent/scanner/inspect/families.h"
#include "agent/scanner/magic.h"

#define DISK_FOOTER_BYTES 512

/* Formats that do something by being opened, whatever stands in them. */
static const struct
{
  const char *format;
  const char *trait;
} active[] = {
  { "exe", SEK_TRAIT_PROGRAM },    { "elf", SEK_TRAIT_PROGRAM },     { "macho", SEK_TRAIT_PROGRAM },
  { "class", SEK_TRAIT_PROGRAM },  { "chm", SEK_TRAIT_PROGRAM },     { "script", SEK_TRAIT_SCRIPT },
  { "iso", SEK_TRAIT_DISK_IMAGE }, { "udf", SEK_TRAIT_DISK_IMAGE },  { "vhd", SEK_TRAIT_DISK_IMAGE },
  { "wim", SEK_TRAIT_DISK_IMAGE }, { "vhdx", SEK_TRAIT_DISK_IMAGE },
};

/* Who looks into which format. What no row names is text as far as anybody knows. */
static const struct
{
  const char *format;
  void (*inspect) (const SekInspectInput *input, const SekInspectResult *result);
} families[] = {
  { "ole2", sek_inspect_ole2 },       { "zip", sek_inspect_ooxml },   { "ooxml", sek_inspect_ooxml },
  { "odf", sek_inspect_ooxml },       { "rtf", sek_inspect_rtf },     { "pdf", sek_inspect_pdf },
  { "onenote", sek_inspect_onenote }, { "lnk", sek_inspect_lnk },     { "", sek_inspect_text },
  { "url", sek_inspect_text },        { "xml", sek_inspect_text },    { "html", sek_inspect_text },
  { "html", sek_inspect_html },       { "svg", sek_inspect_html },    { "xml", sek_inspect_html },
  { "", sek_inspect_html },           { "", sek_inspect_sheet_text },
};

/* Names that promise something to read, hear or look at. */
static const char *const harmless_names[] = { ".pdf", ".doc", ".docx", ".xls",  ".xlsx", ".ppt", ".pptx",
                                              ".rtf", ".txt", ".csv",  ".jpg",  ".jpeg", ".png", ".gif",
                                              ".bmp", ".tif", ".tiff", ".heic", ".mp3",  ".mp4", ".wav",
                                              ".odt", ".ods", ".odp",  ".jtd",  ".eml",  ".msg", ".zip" };
/* What is no such thing. A .doc that is RTF, an .xls that is HTML or text are what honest programs write. */
static const char *const harmful_formats[] = { "exe", "elf",  "macho",   "class", "chm", "lnk", "iso",
                                               "vhd", "vhdx", "onenote", "hta",   "sct", "msi", NULL };

static gboolean
ends_in (const char *name, const char *const *endings, gsize count)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);
  for (gsize i = 0; i < count; i++)
    if (g_str_has_suffix (lower, endings[i]))
      return TRUE;
  return FALSE;
}

/* A fixed virtual disk begins as a disk does; what it is stands in its last sector. */
static gboolean
ends_as_disk (const SekInspectInput *input)
{
  return input->length >= DISK_FOOTER_BYTES && (gint64) input->length == input->size &&
         memcmp (input->bytes + input->length - DISK_FOOTER_BYTES, "conectix", 8) == 0;
}

void
sek_inspect (const SekInspectInput *input, const SekInspectResult *result)
{
  SekInspectBudget fresh = SEK_INSPECT_BUDGET (NULL, 0);
  SekInspectBudget *budget = result->budget != NULL ? result->budget : &fresh;
  const SekInspectResult shared = { result->format, result->problem, result->traits, budget };
  if (**result->format == '\0' && ends_as_disk (input))
    {
      g_free (*result->format);
      *result->format = g_strdup ("vhd");
    }
  g_autofree char *format = g_strdup (*result->format);
  for (gsize i = 0; i < G_N_ELEMENTS (active); i++)
    if (g_str_equal (format, active[i].format))
      sek_traits_add (result->traits, active[i].trait, active[i].format);
  /* libgsf meets damaged files with assertions that return: no reason to end where those are fatal. */
  GLogLevelFlags fatal = g_log_set_always_fatal ((GLogLevelFlags) G_LOG_FATAL_MASK);
  for (gsize i = 0; i < G_N_ELEMENTS (families) && input->length > 0; i++)
    if (g_str_equal (format, families[i].format))
      families[i].inspect (input, &shared);
  g_log_set_always_fatal (fatal);
  if (g_strv_contains (harmful_formats, *result->format) &&
      ends_in (input->name, harmless_names, G_N_ELEMENTS (harmless_names)))
    sek_traits_add (result->traits, SEK_TRAIT_WRONG_TYPE, *result->format);
}
