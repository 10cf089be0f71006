/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/inspect/families.h"

#include <string.h>

#define RECORDS_MAX 2000000 /* of 4 bytes at least: 8 MB of empty ones */

enum
{
  RECORD_EOF = 0x0a,
  RECORD_NAME = 0x18,
  RECORD_EXTERNAL_NAME = 0x23,
  RECORD_PASSWORD = 0x2f,
  RECORD_SHEET = 0x85,
  RECORD_SUPPLIER = 0x1ae,
};

/* [MS-XLS] §2.4.28: the kind of a sheet is its 6th byte, 1 for Excel 4.0 macros; its name follows. */
static void
read_sheet (const guint8 *data, gsize length, const SekInspectResult *result)
{
  if (length < 8 || (data[5] & 0x0f) != 1)
    return;
  gsize room = length - 8, chars = data[6];
  if (data[7] & 1)
    sek_inspect_add_utf16 (result, SEK_TRAIT_EXCEL4_MACROS, data + 8, MIN (room, chars * 2));
  else
    sek_inspect_add_bytes (result, SEK_TRAIT_EXCEL4_MACROS, data + 8, MIN (room, chars));
}

/* [MS-XLS] §2.4.150: built-in name 1 is Auto_Open, 2 Auto_Close, 10 Auto_Activate. */
static void
read_name (const guint8 *data, gsize length, const SekInspectResult *result)
{
  if (length < 16)
    return;
  gboolean builtin = (sek_inspect_u16 (data) & 0x20) != 0;
  gsize chars = data[3];
  if (builtin && chars == 1 && (data[15] == 1 || data[15] == 2 || data[15] == 10))
    sek_traits_add (result->traits, SEK_TRAIT_AUTO_MACROS, data[15] == 2 ? "Auto_Close" : "Auto_Open");
  else if (!builtin && (data[14] & 1) == 0 && chars >= 9 && chars <= length - 15 &&
           (g_ascii_strncasecmp ((const char *) data + 15, "auto_open", 9) == 0))
    sek_traits_add (result->traits, SEK_TRAIT_AUTO_MACROS, "Auto_Open");
}

/* [MS-XLS] §2.5.277: program and topic of a link are parted by \3. Newly allocated; NULL for other links. */
static char *
read_supplier (const guint8 *data, gsize length)
{
  if (length < 6 || sek_inspect_u16 (data + 2) > 255)
    return NULL;
  gsize chars = MIN (sek_inspect_u16 (data + 2), (length - 5) / (data[4] & 1 ? 2 : 1));
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean dde = FALSE;
  for (gsize i = 0; i < chars; i++)
    {
      guint16 c = data[4] & 1 ? sek_inspect_u16 (data + 5 + 2 * i) : data[5 + i];
      dde = dde || c == 3;
      g_string_append_unichar (text, c >= 0xd800 && c < 0xe000 ? 0xfffd : c < ' ' ? ' ' : c);
    }
  return dde ? g_strdup (text->str) : NULL;
}

/* All behind the record is unreadable, unless a password opens it. */
static void
read_locked (
    const guint8 *bytes, gsize length, const guint8 *record, gsize size, const SekInspectResult *result)
{
  SekOfficeLock lock;
  SekOfficeKey key;
  gboolean known = sek_office_lock_of_record (&lock, record, size);
  if (sek_inspect_unlock (known ? &lock : NULL, result, &key) != SEK_UNLOCK_SUCCEEDED)
    return;
  if (length > result->budget->room)
    {
      sek_inspect_set_problem (result, "unpacks-too-large");
      return;
    }
  result->budget->room -= length;
  g_autofree guint8 *plain = g_memdup2 (bytes, length);
  sek_office_open_workbook (&lock, &key, plain, length);
  sek_inspect_biff (plain, length, result);
}

void
sek_inspect_biff (const guint8 *bytes, gsize length, const SekInspectResult *result)
{
  g_autofree char *link = NULL;
  gsize at = 0;
  for (guint i = 0; i < RECORDS_MAX && at + 4 <= length; i++)
    {
      guint16 type = sek_inspect_u16 (bytes + at);
      gsize size = sek_inspect_u16 (bytes + at + 2);
      const guint8 *data = bytes + at + 4;
      size = MIN (size, length - at - 4);
      at += 4 + size;
      if (type == RECORD_PASSWORD)
        {
          read_locked (bytes, length, data, size, result);
          return;
        }
      if (type == RECORD_SHEET)
        read_sheet (data, size, result);
      else if (type == RECORD_NAME)
        read_name (data, size, result);
      else if (type == RECORD_SUPPLIER)
        {
          g_free (link);
          link = read_supplier (data, size);
        }
      else if (type == RECORD_EXTERNAL_NAME && link != NULL && size >= 2)
        {
          /* §2.4.106: bit 4 makes it a linked object, else it is a question to another program. */
          sek_inspect_add_bytes (result, (data[0] & 0x10) ? SEK_TRAIT_EXTERNAL_OBJECT : SEK_TRAIT_DDE, link,
                                 strlen (link));
          g_clear_pointer (&link, g_free);
        }
      /* The sheets are streams of their own behind the first end. */
      else if (type == RECORD_EOF)
        return;
    }
}
