/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the scripts of a page are there for, told from their words and their data. They are never run. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  GString *code;      /* lower case, without white space and long data */
  gsize data;         /* characters of encoded data that are no picture or font */
  gsize numbers;      /* numbers in a row, longest run */
  const char *packed; /* format of a file found in the data; NULL: none. Static */
  gboolean picture;   /* the page is an SVG */
  char *address;      /* the first web address in a script; NULL: none */
} SekScript;

SekScript *sek_script_new (void);
void sek_script_free (SekScript *script);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekScript, sek_script_free)

/* Adds one script of the page. */
void sek_script_add (SekScript *script, const char *text);

/* Adds data that stands elsewhere in the page: text of an element, an attribute, a data: address. */
void sek_script_add_data (SekScript *script, const char *text);

/* TRUE when the scripts decode a file, or a page, out of the page itself and hand it over. *name is set to
 * the name that it gets, or what it is, newly allocated; NULL when neither is known. */
gboolean sek_script_smuggles (const SekScript *script, char **name);

/* TRUE when they send something over the network. */
gboolean sek_script_sends (const SekScript *script);

/* TRUE when they do little but lead the browser to another address. */
gboolean sek_script_leads_on (const SekScript *script);

G_END_DECLS
