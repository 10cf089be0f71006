/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/html-style.h"

#include <stdlib.h>
#include <string.h>

#include "agent/core/limits.h"
#include "agent/scanner/html-tree.h"

#define DECLARATIONS_MAX 100 /* of one style attribute */
#define READABLE_PIXELS 3.0  /* nobody reads letters below */
#define ALIKE 12             /* of 255, for each of the three colours */

/* Declarations that hide an element whatever else it says. */
static const struct
{
  const char *property, *value;
} hiding[] = {
  { "display", "none" },          { "visibility", "hidden" },    { "visibility", "collapse" },
  { "clip", "rect(0,0,0,0)" },    { "clip", "rect(0000)" },      { "clip", "rect(1px,1px,1px,1px)" },
  { "clip-path", "inset(100%)" }, { "clip-path", "inset(50%)" },
};

/* Declarations that hide it by a number next to nothing. */
static const char *const vanishing[] = { "opacity", "max-height", "font-size" };

/* Declarations that move it out of sight by a large negative number. */
static const char *const moving[] = { "text-indent", "left", "top", "margin-left" };
#define OUT_OF_SIGHT (-900.0)

static const struct
{
  const char *name;
  gint32 colour;
} names[] = {
  { "white", 0xFFFFFF }, { "black", 0x000000 },      { "snow", 0xFFFAFA },   { "ivory", 0xFFFFF0 },
  { "red", 0xFF0000 },   { "blue", 0x0000FF },       { "green", 0x008000 },  { "gray", 0x808080 },
  { "grey", 0x808080 },  { "whitesmoke", 0xF5F5F5 }, { "silver", 0xC0C0C0 }, { "yellow", 0xFFFF00 },
};

typedef struct
{
  char *property, *value; /* lower case, without white space */
} Declaration;

static void
declaration_clear (Declaration *declaration)
{
  g_free (declaration->property);
  g_free (declaration->value);
}

/* The declarations of a style attribute, in order. GArray of Declaration. */
static GArray *
read_style (const char *style)
{
  GArray *declarations = g_array_new (FALSE, FALSE, sizeof (Declaration));
  g_array_set_clear_func (declarations, (GDestroyNotify) declaration_clear);
  g_autoptr (GString) plain = g_string_new (NULL);
  for (const char *p = style; *p != '\0' && plain->len < SEK_NAME_CHARS_MAX; p++)
    if (!g_ascii_isspace (*p))
      g_string_append_c (plain, g_ascii_tolower (*p));
  g_auto (GStrv) parts = g_strsplit (plain->str, ";", DECLARATIONS_MAX);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *colon = strchr (parts[i], ':');
      if (colon == NULL)
        continue;
      char *important = strstr (colon, "!important");
      if (important != NULL)
        *important = '\0';
      Declaration declaration = { g_strndup (parts[i], (gsize) (colon - parts[i])), g_strdup (colon + 1) };
      g_array_append_val (declarations, declaration);
    }
  return declarations;
}

static gboolean
is_one_of (const char *word, const char *const *words, gsize count)
{
  for (gsize i = 0; i < count; i++)
    if (g_str_equal (word, words[i]))
      return TRUE;
  return FALSE;
}

/* -1 when the declaration does not bear on it, else whether it hides. */
static int
hides (const Declaration *declaration)
{
  for (gsize i = 0; i < G_N_ELEMENTS (hiding); i++)
    if (g_str_equal (declaration->property, hiding[i].property) &&
        g_str_equal (declaration->value, hiding[i].value))
      return TRUE;
  char *end = NULL;
  double number = g_ascii_strtod (declaration->value, &end);
  if (end == declaration->value)
    return -1;
  if (is_one_of (declaration->property, vanishing, G_N_ELEMENTS (vanishing)))
    {
      gboolean letters = g_str_equal (declaration->property, "font-size");
      gboolean absolute = g_str_has_prefix (end, "px") || g_str_has_prefix (end, "pt");
      return letters && absolute ? number < READABLE_PIXELS : number <= 0.01;
    }
  if (is_one_of (declaration->property, moving, G_N_ELEMENTS (moving)))
    return number <= OUT_OF_SIGHT;
  return -1;
}

gboolean
sek_html_is_hidden (const GumboElement *element)
{
  if (sek_html_attribute (element, "hidden") != NULL)
    return TRUE;
  const char *style = sek_html_attribute (element, "style");
  if (style == NULL)
    return FALSE;
  g_autoptr (GArray) declarations = read_style (style);
  gboolean hidden = FALSE;
  for (guint i = 0; i < declarations->len && !hidden; i++)
    hidden = hides (&g_array_index (declarations, Declaration, i)) == TRUE;
  return hidden;
}

/* "rgb(255,255,255)" */
static gint32
read_rgb (const char *numbers)
{
  gint32 colour = 0;
  for (guint i = 0; i < 3; i++)
    {
      char *end = NULL;
      guint64 part = g_ascii_strtoull (numbers, &end, 10);
      if (end == numbers || part > 255)
        return -1;
      colour = colour << 8 | (gint32) part;
      numbers = end + (*end == ',');
    }
  return colour;
}

/* -1 for what is no plain colour. */
static gint32
read_colour (const char *value)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (value, names[i].name) == 0)
      return names[i].colour;
  if (g_ascii_strncasecmp (value, "rgb(", 4) == 0)
    return read_rgb (value + 4);
  const char *digits = value + (*value == '#');
  gsize length = strlen (digits);
  if ((length != 3 && length != 6) || strspn (digits, "0123456789abcdefABCDEF") != length)
    return -1;
  gint32 number = (gint32) g_ascii_strtoull (digits, NULL, 16);
  if (length == 6)
    return number;
  gint32 red = number >> 8 & 15, green = number >> 4 & 15, blue = number & 15;
  return red * 17 << 16 | green * 17 << 8 | blue * 17;
}

gboolean
sek_html_set_colours (const GumboElement *element, SekHtmlColours *colours)
{
  const char *style = sek_html_attribute (element, "style");
  const char *background = sek_html_attribute (element, "bgcolor");
  const char *colour = element->tag == GUMBO_TAG_FONT ? sek_html_attribute (element, "color") : NULL;
  gboolean picture = sek_html_attribute (element, "background") != NULL;
  gboolean set = background != NULL || colour != NULL || picture;
  if (background != NULL)
    colours->background = read_colour (background);
  if (colour != NULL)
    colours->text = read_colour (colour);
  if (picture)
    colours->background = -1;
  if (style == NULL)
    return set;
  g_autoptr (GArray) declarations = read_style (style);
  for (guint i = 0; i < declarations->len; i++)
    {
      const Declaration *declaration = &g_array_index (declarations, Declaration, i);
      gboolean text = g_str_equal (declaration->property, "color");
      gboolean behind = g_str_has_prefix (declaration->property, "background") &&
                        !g_str_equal (declaration->value, "transparent") &&
                        !g_str_equal (declaration->value, "none");
      if (text)
        colours->text = read_colour (declaration->value);
      else if (behind)
        colours->background = read_colour (declaration->value);
      set = set || text || behind;
    }
  return set;
}

gboolean
sek_html_is_invisible (const SekHtmlColours *colours)
{
  if (colours->text < 0 || colours->background < 0)
    return FALSE;
  for (int shift = 0; shift <= 16; shift += 8)
    if (abs ((colours->text >> shift & 255) - (colours->background >> shift & 255)) > ALIKE)
      return FALSE;
  return TRUE;
}
