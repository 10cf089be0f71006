/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Formats that are text: what starts something else by being opened, and Office documents written as XML or
 * MIME. Scripts have no mark; the engine knows them by their names. */
#include "agent/scanner/inspect/families.h"

#include <string.h>

#define HEAD_BYTES 65536

/* Words, in lower case, near the beginning of a file. */
static const struct
{
  const char *word;
  const char *format;
  const char *trait;
  const char *detail_after; /* what follows this word up to the end of the line is the detail; NULL: none */
} marks[] = {
  { "[internetshortcut]", "url", SEK_TRAIT_SHORTCUT, "url=" },
  { "[desktop entry]", "desktop", SEK_TRAIT_SHORTCUT, "exec=" },
  { "full address:s:", "rdp", SEK_TRAIT_SHORTCUT, "full address:s:" },
  { "<librarydescription", "library-ms", SEK_TRAIT_SHORTCUT, "<url>" },
  { "<persistedquery", "search-ms", SEK_TRAIT_SHORTCUT, NULL },
  { "<searchconnectordescription", "searchconnector-ms", SEK_TRAIT_SHORTCUT, "<url>" },
  { "<settingcontent", "settingcontent-ms", SEK_TRAIT_SHORTCUT, "<deeplink>" },
  { "<hta:application", "hta", SEK_TRAIT_SCRIPT, NULL },
  { "<scriptlet", "sct", SEK_TRAIT_SCRIPT, NULL },
  { "windows registry editor version", "reg", SEK_TRAIT_SCRIPT, NULL },
  { "editdata.mso", "", SEK_TRAIT_MACROS, NULL },
};

/* Shortcuts say what they are at their very beginning; a mail that quotes one does not. */
#define AT_BEGINNING 512

/* The beginning of a text, with one byte for each character. */
static GString *
read_head (const SekInspectInput *input)
{
  gsize length = MIN (input->length, HEAD_BYTES);
  GString *head = g_string_new (NULL);
  gboolean wide = length > 2 && input->bytes[0] == 0xff && input->bytes[1] == 0xfe;
  for (gsize i = wide ? 2 : 0; i < length; i += wide ? 2 : 1)
    g_string_append_c (head, input->bytes[i] != 0 ? (char) input->bytes[i] : ' ');
  return head;
}

gboolean
sek_inspect_is_script (const guint8 *bytes, gsize length)
{
  static const char *const words[] = {
    "createobject(", "createobject (", "activexobject(", "wscript.",          "@echo off",     "powershell",
    "cmd /c",        "cmd.exe",        "rundll32",       "invoke-expression", "start-process", "<script",
  };
  const SekInspectInput input = { "", bytes, length, (gint64) length };
  g_autoptr (GString) head = read_head (&input);
  g_autofree char *lower = g_ascii_strdown (head->str, (gssize) head->len);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (lower, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

void
sek_inspect_text (const SekInspectInput *input, const SekInspectResult *result)
{
  if (g_str_equal (*result->format, "xml"))
    sek_inspect_xml_document (input, result);
  g_autoptr (GString) head = read_head (input);
  g_autofree char *lower = g_ascii_strdown (head->str, (gssize) head->len);
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      const char *found = strstr (lower, marks[i].word);
      gboolean shortcut = g_str_equal (marks[i].trait, SEK_TRAIT_SHORTCUT);
      if (found == NULL || (shortcut && found - lower > AT_BEGINNING))
        continue;
      const char *after = marks[i].detail_after != NULL ? strstr (lower, marks[i].detail_after) : NULL;
      if (after != NULL)
        {
          after += strlen (marks[i].detail_after);
          sek_inspect_add_bytes (result, marks[i].trait, head->str + (after - lower),
                                 strcspn (after, "\r\n<"));
        }
      else
        sek_traits_add (result->traits, marks[i].trait, *marks[i].format != '\0' ? marks[i].format : NULL);
      if (*marks[i].format != '\0')
        {
          g_free (*result->format);
          *result->format = g_strdup (marks[i].format);
        }
      return;
    }
}
