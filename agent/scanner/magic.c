/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/magic.h"

#include <string.h>

#define M(bytes) bytes, sizeof bytes - 1

/* The longer and surer marks come first. */
static const struct
{
  gsize offset;
  const char *bytes;
  gsize length;
  const char *format;
} marks[] = {
  { 0, M ("PK\003\004"), "zip" },
  { 0, M ("PK\005\006"), "zip" },
  { 0, M ("PK\007\010PK"), "zip" },
  { 0, M ("7z\274\257\047\034"), "7z" },
  { 0, M ("Rar!\032\007"), "rar" },
  { 0, M ("\037\213\010"), "gzip" },
  { 0, M ("BZh"), "bzip2" },
  { 0, M ("\3757zXZ\000"), "xz" },
  { 0, M ("MSCF\000\000\000\000"), "cab" },
  { 2, M ("-lh"), "lha" },
  { 2, M ("-lz"), "lha" },
  { 257, M ("ustar"), "tar" },
  { 32769, M ("CD001"), "iso" },
  { 32769, M ("BEA01"), "udf" },
  { 0, M ("LZIP\001"), "lzip" },
  { 0, M ("\004\042\115\030"), "lz4" },
  { 0, M ("\037\235"), "compress" },
  { 0, M ("\050\265\057\375"), "zstd" },
  { 7, M ("**ACE**"), "ace" },
  { 0, M ("\140\352"), "arj" },
  { 0, M ("MSWIM\000\000\000"), "wim" },
  { 0, M ("vhdxfile"), "vhdx" },
  { 0, M ("conectix"), "vhd" },
  { 0, M ("%PDF-"), "pdf" },
  { 0, M ("\320\317\021\340\241\261\032\341"), "ole2" },
  { 0, M ("{\\rt"), "rtf" },
  { 0, M ("\114\000\000\000\001\024\002\000"), "lnk" },
  { 0, M ("\344\122\134\173\214\330\247\115\256\261\123\170\320\051\226\323"), "onenote" },
  { 0, M ("\177ELF"), "elf" },
  { 0, M ("MZ"), "exe" },
  { 0, M ("ITSF"), "chm" },
  { 0, M ("\312\376\272\276"), "class" },
  { 0, M ("\317\372\355\376"), "macho" },
  { 0, M ("\000asm"), "wasm" },
  { 0, M ("#!"), "script" },
  { 0, M ("[InternetShortcut]"), "url" },
  { 0, M ("FWS"), "swf" },
  { 0, M ("CWS"), "swf" },
  { 0, M ("\211PNG\r\n\032\n"), "png" },
  { 0, M ("\377\330\377"), "jpeg" },
  { 0, M ("GIF8"), "gif" },
  { 0, M ("II*\000"), "tiff" },
  { 0, M ("MM\000*"), "tiff" },
  { 8, M ("WEBP"), "webp" },
  { 8, M ("WAVE"), "wav" },
  { 4, M ("ftyp"), "mp4" },
  { 0, M ("OggS"), "ogg" },
  { 0, M ("ID3"), "mp3" },
  { 0, M ("\170\237\076\042"), "tnef" },
  { 0, M ("-----BEGIN PGP"), "pgp" },
};

/* Marks of text formats stand behind white space, in any case. */
static const struct
{
  const char *word;
  const char *format;
} text_marks[] = {
  { "<!doctype html", "html" }, { "<html", "html" },        { "<head", "html" }, { "<body", "html" },
  { "<script", "html" },        { "<!doctype svg", "svg" }, { "<svg", "svg" },   { "<?xml", "xml" },
  { "begin:vcalendar", "ics" }, { "begin:vcard", "vcard" },
};

static const char *const archives[] = { "zip", "7z",  "rar",  "gzip", "bzip2", "xz",       "cab",  "lha",
                                        "tar", "iso", "zstd", "lzip", "lz4",   "compress", "tnef", NULL };
static const char *const foreign_archives[] = { "ace", "arj", "wim", "vhd", "vhdx", "udf", NULL };
static const char *const media[] = { "png", "jpeg", "gif", "tiff", "webp", "wav", "mp4", "ogg", "mp3", NULL };
static const char *const archive_names[] = { ".zip", ".7z",  ".rar", ".lzh", ".lha",  ".cab",  ".tar",
                                             ".gz",  ".tgz", ".bz2", ".tbz", ".tbz2", ".xz",   ".txz",
                                             ".iso", ".img", ".ace", ".arj", ".zst",  ".tzst", ".lz",
                                             ".lz4", ".z",   ".wim", ".vhd", ".vhdx", NULL };

/* A PDF reader looks for its mark in the first KiB. */
#define PDF_SLACK 1024

static const char *
text_format (const guint8 *bytes, gsize length)
{
  gsize start = length >= 3 && memcmp (bytes, "\357\273\277", 3) == 0 ? 3 : 0;
  while (start < length && g_ascii_isspace ((char) bytes[start]))
    start++;
  for (gsize i = 0; i < G_N_ELEMENTS (text_marks); i++)
    {
      gsize size = strlen (text_marks[i].word);
      if (length - start < size ||
          g_ascii_strncasecmp ((const char *) bytes + start, text_marks[i].word, size) != 0)
        continue;
      gboolean xml = g_str_equal (text_marks[i].format, "xml");
      gssize near = (gssize) MIN (length - start, PDF_SLACK);
      return xml && g_strstr_len ((const char *) bytes + start, near, "<svg") != NULL ? "svg"
                                                                                      : text_marks[i].format;
    }
  return "";
}

const char *
sek_magic_format (const guint8 *bytes, gsize length)
{
  if (length == 0)
    return "";
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (length >= marks[i].offset + marks[i].length &&
        memcmp (bytes + marks[i].offset, marks[i].bytes, marks[i].length) == 0)
      return marks[i].format;
  if (memmem (bytes, MIN (length, PDF_SLACK), "%PDF-", 5) != NULL)
    return "pdf";
  return text_format (bytes, length);
}

gboolean
sek_magic_is_archive (const char *format)
{
  return g_strv_contains (archives, format);
}

gboolean
sek_magic_is_foreign_archive (const char *format)
{
  return g_strv_contains (foreign_archives, format);
}

gboolean
sek_magic_is_media (const char *format)
{
  return g_strv_contains (media, format);
}

gboolean
sek_magic_name_is_archive (const char *name)
{
  if (name == NULL)
    return FALSE;
  gsize length = strlen (name);
  for (gsize i = 0; archive_names[i] != NULL; i++)
    {
      gsize size = strlen (archive_names[i]);
      if (length >= size && g_ascii_strcasecmp (name + length - size, archive_names[i]) == 0)
        return TRUE;
    }
  return FALSE;
}
