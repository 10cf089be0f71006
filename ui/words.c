/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/parts.h"

#include <string.h>

/* Three marks are enough for every living script's everyday letters in a name; stacks beyond that only serve
 * to paint over the lines above and below (UAX 15 §13 allows 30 for text in general). */
#define MARKS_IN_A_ROW_MAX 3
#define LOCAL_PART_CHARS_MAX 64 /* RFC 5321 §4.5.3.1.1 */
/* RFC 5321 §4.5.3.1.2 allows 255, which would push all else out of sight; its end is what tells. */
#define DOMAIN_CHARS_MAX 96
/* A line of about this many characters is comfortable to read; below the lower one a label does not ask for
 * less, or its minimum height would explode. */
#define LINE_CHARS_MAX 64
#define LINE_CHARS_MIN 20

#define FIRST_STRONG_ISOLATE "\u2068"
#define LEFT_TO_RIGHT_ISOLATE "\u2066"
#define POP_ISOLATE "\u2069"

char *
sek_ui_flatten (const char *text)
{
  GString *out = g_string_sized_new (strlen (text));
  guint marks = 0;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      marks = g_unichar_ismark (c) ? marks + 1 : 0;
      if (marks <= MARKS_IN_A_ROW_MAX)
        g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

char *
sek_ui_text (const char *text, gsize max_chars)
{
  g_autofree char *shown = sek_text_show (text, max_chars);
  return sek_ui_flatten (shown);
}

char *
sek_ui_address (const char *addr_spec)
{
  g_autofree char *shown = sek_ui_text (addr_spec, G_MAXINT16);
  const char *at = strrchr (shown, '@');
  if (at == NULL)
    return sek_ui_text (shown, SEK_EVIDENCE_CHARS_MAX);
  g_autofree char *local_part = g_strndup (shown, (gsize) (at - shown));
  g_autofree char *local_short = sek_ui_text (local_part, LOCAL_PART_CHARS_MAX);
  /* The end of a domain says whose it is, so a too long one loses its beginning. */
  glong length = g_utf8_strlen (at + 1, -1);
  if (length <= DOMAIN_CHARS_MAX)
    return g_strconcat (local_short, at, NULL);
  return g_strconcat (local_short, "@…", g_utf8_offset_to_pointer (at + 1, length - DOMAIN_CHARS_MAX), NULL);
}

static void
make_wrapping (GtkLabel *label)
{
  gtk_label_set_use_markup (label, FALSE);
  gtk_label_set_use_underline (label, FALSE);
  gtk_label_set_line_wrap (label, TRUE);
  gtk_label_set_line_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_width_chars (label, LINE_CHARS_MIN);
  gtk_label_set_max_width_chars (label, LINE_CHARS_MAX);
  gtk_label_set_xalign (label, 0.0);
}

/* Where a line must break inside of a word Pango would put a hyphen, which in an address would be a lie. */
static PangoAttrList *
attributes_new (void)
{
  PangoAttrList *attributes = pango_attr_list_new ();
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  return attributes;
}

static void
add_bold (PangoAttrList *attributes, const char *text, const char *from, const char *to)
{
  PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);
  bold->start_index = (guint) (from - text);
  bold->end_index = (guint) (to - text);
  pango_attr_list_insert (attributes, bold);
}

void
sek_ui_set_sentence (GtkLabel *label, const char *text)
{
  make_wrapping (label);
  g_autoptr (PangoAttrList) attributes = attributes_new ();
  const char *from = text;
  while ((from = strstr (from, FIRST_STRONG_ISOLATE)) != NULL)
    {
      const char *to = strstr (from, POP_ISOLATE);
      if (to == NULL)
        break;
      add_bold (attributes, text, from, to);
      from = to;
    }
  gtk_label_set_text (label, text);
  gtk_label_set_attributes (label, attributes);
}

gboolean
sek_ui_set_address (GtkLabel *label, const char *addr_spec, const char *other)
{
  g_autofree char *address = sek_ui_address (addr_spec);
  /* local@domain is read from the left whatever letters it is made of: a right-to-left local part must not
   * change places with the domain. */
  g_autofree char *text = g_strconcat (LEFT_TO_RIGHT_ISOLATE, address, POP_ISOLATE, NULL);
  g_autoptr (PangoAttrList) attributes = attributes_new ();
  const char *at = strrchr (text, '@');
  if (at != NULL)
    add_bold (attributes, text, at + 1, text + strlen (text));
  gboolean differs = other != NULL && sek_ui_mark_difference (attributes, text, address, other);
  make_wrapping (label);
  gtk_label_set_text (label, text);
  gtk_label_set_attributes (label, attributes);
  return differs;
}

GtkWidget *
sek_ui_label_new (const char *text)
{
  GtkWidget *label = gtk_label_new (NULL);
  sek_ui_set_sentence (GTK_LABEL (label), text);
  gtk_widget_show (label);
  return label;
}
