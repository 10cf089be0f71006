/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HTML parsed within bounds: memory in one piece, depth limited, walked without recursion. */
#pragma once

#include <glib.h>
#include <gumbo.h>

G_BEGIN_DECLS

typedef struct
{
  const GumboNode *root;
  gboolean cut;      /* nested too deep: what follows was left out */
  GPtrArray *chunks; /* all memory of the tree */
  gsize used, size;  /* of the last chunk */
} SekHtmlTree;

/* Parses length bytes of html, which must live as long as the tree. Never NULL. */
SekHtmlTree *sek_html_tree_new (const char *html, gsize length);
void sek_html_tree_free (SekHtmlTree *tree);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekHtmlTree, sek_html_tree_free)

/* The node after this one in the order of the text; NULL at the end. */
const GumboNode *sek_html_tree_next (const SekHtmlTree *tree, const GumboNode *node);

/* NULL when the element has no such attribute. Borrowed. */
const char *sek_html_attribute (const GumboElement *element, const char *name);

/* TRUE for an input field that hides what is typed, or that is named for a password. */
gboolean sek_html_asks_for_password (const GumboElement *input);

G_END_DECLS
