/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a person sees the text of an element, by the styles written on it. */
#pragma once

#include <glib.h>
#include <gumbo.h>

G_BEGIN_DECLS

/* Colours around an element, 0xRRGGBB; -1: not known, as of a picture. */
typedef struct
{
  gint32 text;
  gint32 background;
} SekHtmlColours;

/* Black on white, as a mail without styles is shown. */
#define SEK_HTML_COLOURS_PLAIN                                                                               \
  {                                                                                                          \
    0x000000, 0xFFFFFF                                                                                       \
  }

/* TRUE when the element and everything in it is not shown, or too small to be read. */
gboolean sek_html_is_hidden (const GumboElement *element);

/* Changes *colours to what the element sets; FALSE when it sets none. */
gboolean sek_html_set_colours (const GumboElement *element, SekHtmlColours *colours);

/* TRUE when text in these colours can not be told from what is behind it. */
gboolean sek_html_is_invisible (const SekHtmlColours *colours);

G_END_DECLS
