/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/html.h"

#include <string.h>

#include "agent/core/limits.h"
#include "agent/core/text.h"
#include "agent/scanner/html-style.h"
#include "agent/scanner/html-tree.h"
#include "agent/scanner/links.h"

/* What an element does to the text around it. */
typedef enum
{
  FLOW_INLINE, /* nothing: a password split by <b> stays one word */
  FLOW_BLOCK,  /* stands on lines of its own */
  FLOW_CELL,   /* is parted from the next by a space */
  FLOW_BREAK,  /* breaks the line */
  FLOW_HIDDEN, /* is not shown, nor is anything in it */
} Flow;

static const struct
{
  GumboTag tag;
  Flow flow;
} flows[] = {
  { GUMBO_TAG_BR, FLOW_BREAK },         { GUMBO_TAG_HR, FLOW_BREAK },
  { GUMBO_TAG_P, FLOW_BLOCK },          { GUMBO_TAG_DIV, FLOW_BLOCK },
  { GUMBO_TAG_TABLE, FLOW_BLOCK },      { GUMBO_TAG_TR, FLOW_BLOCK },
  { GUMBO_TAG_CAPTION, FLOW_BLOCK },    { GUMBO_TAG_UL, FLOW_BLOCK },
  { GUMBO_TAG_OL, FLOW_BLOCK },         { GUMBO_TAG_LI, FLOW_BLOCK },
  { GUMBO_TAG_DL, FLOW_BLOCK },         { GUMBO_TAG_DT, FLOW_BLOCK },
  { GUMBO_TAG_DD, FLOW_BLOCK },         { GUMBO_TAG_H1, FLOW_BLOCK },
  { GUMBO_TAG_H2, FLOW_BLOCK },         { GUMBO_TAG_H3, FLOW_BLOCK },
  { GUMBO_TAG_H4, FLOW_BLOCK },         { GUMBO_TAG_H5, FLOW_BLOCK },
  { GUMBO_TAG_H6, FLOW_BLOCK },         { GUMBO_TAG_PRE, FLOW_BLOCK },
  { GUMBO_TAG_BLOCKQUOTE, FLOW_BLOCK }, { GUMBO_TAG_ADDRESS, FLOW_BLOCK },
  { GUMBO_TAG_ARTICLE, FLOW_BLOCK },    { GUMBO_TAG_ASIDE, FLOW_BLOCK },
  { GUMBO_TAG_CENTER, FLOW_BLOCK },     { GUMBO_TAG_FIELDSET, FLOW_BLOCK },
  { GUMBO_TAG_FIGURE, FLOW_BLOCK },     { GUMBO_TAG_FIGCAPTION, FLOW_BLOCK },
  { GUMBO_TAG_FOOTER, FLOW_BLOCK },     { GUMBO_TAG_FORM, FLOW_BLOCK },
  { GUMBO_TAG_HEADER, FLOW_BLOCK },     { GUMBO_TAG_MAIN, FLOW_BLOCK },
  { GUMBO_TAG_NAV, FLOW_BLOCK },        { GUMBO_TAG_SECTION, FLOW_BLOCK },
  { GUMBO_TAG_OPTION, FLOW_BLOCK },     { GUMBO_TAG_TD, FLOW_CELL },
  { GUMBO_TAG_TH, FLOW_CELL },          { GUMBO_TAG_BUTTON, FLOW_CELL },
  { GUMBO_TAG_HEAD, FLOW_HIDDEN },      { GUMBO_TAG_SCRIPT, FLOW_HIDDEN },
  { GUMBO_TAG_STYLE, FLOW_HIDDEN },     { GUMBO_TAG_TITLE, FLOW_HIDDEN },
  { GUMBO_TAG_TEMPLATE, FLOW_HIDDEN },  { GUMBO_TAG_IFRAME, FLOW_HIDDEN },
  { GUMBO_TAG_NOEMBED, FLOW_HIDDEN },   { GUMBO_TAG_NOFRAMES, FLOW_HIDDEN },
  { GUMBO_TAG_OBJECT, FLOW_HIDDEN },    { GUMBO_TAG_AUDIO, FLOW_HIDDEN },
  { GUMBO_TAG_VIDEO, FLOW_HIDDEN },     { GUMBO_TAG_DATALIST, FLOW_HIDDEN },
};

typedef struct
{
  const GumboElement *element; /* NULL: the whole */
  SekHtmlColours colours;
} Painted;

typedef struct
{
  SekFacts *facts;
  GString *out;
  const char *base;           /* of <base href>; NULL when there is none; borrowed from the tree */
  const GumboElement *anchor; /* the link being read; NULL outside of one */
  gsize anchor_start;         /* where its text begins in out */
  char *anchor_alt;           /* text of an image in it, for when there is no other */
  guint preformatted;         /* <pre> elements around */
  GArray *painted;            /* Painted: the whole, then each open element that sets colours */
  gboolean colours_unknown;   /* a style sheet sets backgrounds, too */
  gboolean space;             /* white space waits for the next word */
} Reader;

static Flow
flow_of (const GumboElement *element)
{
  if (sek_html_is_hidden (element))
    return FLOW_HIDDEN;
  for (gsize i = 0; i < G_N_ELEMENTS (flows); i++)
    if (flows[i].tag == element->tag)
      return flows[i].flow;
  return FLOW_INLINE;
}

static gboolean
is_full (const Reader *reader)
{
  return reader->out->len >= SEK_TEXT_BYTES_MAX;
}

static void
begin_line (Reader *reader)
{
  reader->space = FALSE;
  if (reader->out->len > 0 && reader->out->str[reader->out->len - 1] != '\n')
    g_string_append_c (reader->out, '\n');
}

static void
append_text (Reader *reader, const char *text)
{
  for (const char *p = text; *p != '\0' && !is_full (reader); p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (reader->preformatted > 0 && c != '\r')
        {
          g_string_append_unichar (reader->out, c);
          continue;
        }
      if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == 0x00A0)
        {
          reader->space = TRUE;
          continue;
        }
      gboolean at_start = reader->out->len == 0 || reader->out->str[reader->out->len - 1] == '\n';
      if (reader->space && !at_start)
        g_string_append_c (reader->out, ' ');
      reader->space = FALSE;
      g_string_append_unichar (reader->out, c);
    }
}

/* GLib ends a host at a semicolon and then complains that the path has no slash in front. */
static gboolean
has_odd_host (const char *uri)
{
  const char *host = strstr (uri, "//");
  return host != NULL && memchr (host + 2, ';', strcspn (host + 2, "/?#")) != NULL;
}

/* A link target as a browser takes it: without the white space around and the line breaks inside. NULL for a
 * place in the same mail. Newly allocated. */
static char *
target_of (const Reader *reader, const char *href)
{
  GString *target = g_string_new (NULL);
  for (const char *p = href; *p != '\0' && target->len <= SEK_NAME_CHARS_MAX * 6; p++)
    if (*p != '\n' && *p != '\r' && *p != '\t')
      g_string_append_c (target, *p);
  g_autofree char *stripped = g_strstrip (g_string_free (target, FALSE));
  if (*stripped == '\0' || *stripped == '#')
    return NULL;
  g_autofree char *scheme = g_uri_parse_scheme (stripped);
  char *resolved =
      scheme == NULL && reader->base != NULL && !has_odd_host (reader->base) && !has_odd_host (stripped)
          ? g_uri_resolve_relative (reader->base, stripped, G_URI_FLAGS_PARSE_RELAXED, NULL)
          : NULL;
  return resolved != NULL ? resolved : g_steal_pointer (&stripped);
}

static void
add_link (Reader *reader, const char *href, const char *text)
{
  g_autofree char *target = target_of (reader, href);
  if (target != NULL)
    sek_links_add (reader->facts, target, text);
}

static void
end_anchor (Reader *reader)
{
  g_autofree char *text = g_strdup (reader->out->str + MIN (reader->anchor_start, reader->out->len));
  g_strdelimit (g_strstrip (text), "\n", ' ');
  const char *shown = *text != '\0' ? text : reader->anchor_alt != NULL ? reader->anchor_alt : "";
  add_link (reader, sek_html_attribute (reader->anchor, "href"), shown);
  reader->anchor = NULL;
  g_clear_pointer (&reader->anchor_alt, g_free);
}

static void
enter_element (Reader *reader, const GumboElement *element, Flow flow)
{
  const char *href = sek_html_attribute (element, "href");
  if (flow == FLOW_BLOCK)
    begin_line (reader);
  if (flow == FLOW_CELL)
    reader->space = TRUE;
  if (flow == FLOW_BREAK && !is_full (reader))
    {
      reader->space = FALSE;
      g_string_append_c (reader->out, '\n');
    }
  if (element->tag == GUMBO_TAG_PRE)
    reader->preformatted++;
  if (element->tag == GUMBO_TAG_A && href != NULL && reader->anchor == NULL)
    {
      reader->anchor = element;
      reader->anchor_start = reader->out->len;
    }
  else if (element->tag == GUMBO_TAG_AREA && href != NULL)
    add_link (reader, href, sek_html_attribute (element, "alt"));
  else if (element->tag == GUMBO_TAG_IMG && reader->anchor != NULL && reader->anchor_alt == NULL)
    reader->anchor_alt = g_strdup (sek_html_attribute (element, "alt"));
}

static void
leave_element (Reader *reader, const GumboElement *element, Flow flow)
{
  if (reader->anchor == element)
    end_anchor (reader);
  if (element->tag == GUMBO_TAG_PRE)
    reader->preformatted--;
  if (flow == FLOW_BLOCK)
    begin_line (reader);
  if (flow == FLOW_CELL)
    reader->space = TRUE;
}

/* The children of a node that may be visited; NULL when it has none or hides them. */
static const GumboVector *
children_of (const GumboNode *node)
{
  if (node->type == GUMBO_NODE_DOCUMENT)
    return &node->v.document.children;
  if (node->type == GUMBO_NODE_ELEMENT && flow_of (&node->v.element) != FLOW_HIDDEN)
    return &node->v.element.children;
  return NULL;
}

static void
paint (Reader *reader, const GumboElement *element)
{
  Painted painted = g_array_index (reader->painted, Painted, reader->painted->len - 1);
  painted.element = element;
  if (sek_html_set_colours (element, &painted.colours))
    g_array_append_val (reader->painted, painted);
}

/* Links are read in any colour: the button around one may get its own from elsewhere. */
static gboolean
is_invisible (const Reader *reader)
{
  const Painted *top = &g_array_index (reader->painted, Painted, reader->painted->len - 1);
  return !reader->colours_unknown && reader->anchor == NULL && sek_html_is_invisible (&top->colours);
}

static void
enter (Reader *reader, const GumboNode *node)
{
  if (node->type == GUMBO_NODE_ELEMENT)
    {
      Flow flow = flow_of (&node->v.element);
      if (flow == FLOW_HIDDEN)
        return;
      paint (reader, &node->v.element);
      enter_element (reader, &node->v.element, flow);
    }
  else if (is_invisible (reader))
    return;
  else if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE ||
           node->type == GUMBO_NODE_CDATA)
    append_text (reader, node->v.text.text);
}

static void
leave (Reader *reader, const GumboNode *node)
{
  if (node->type != GUMBO_NODE_ELEMENT)
    return;
  Flow flow = flow_of (&node->v.element);
  if (flow == FLOW_HIDDEN)
    return;
  leave_element (reader, &node->v.element, flow);
  if (g_array_index (reader->painted, Painted, reader->painted->len - 1).element == &node->v.element)
    g_array_set_size (reader->painted, reader->painted->len - 1);
}

/* Through the whole tree without recursion, which the mail's author could drive as deep as he likes. */
static void
walk (Reader *reader, const GumboNode *root)
{
  const GumboNode *node = root;
  enter (reader, node);
  while (node != NULL)
    {
      const GumboVector *children = children_of (node);
      if (children != NULL && children->length > 0)
        {
          node = children->data[0];
          enter (reader, node);
          continue;
        }
      /* Up to the next sibling of this node or of one above it. */
      const GumboNode *next = NULL;
      while (next == NULL && node != NULL)
        {
          leave (reader, node);
          const GumboNode *parent = node != root ? node->parent : NULL;
          /* What was entered is not hidden. */
          const GumboVector *siblings = NULL;
          if (parent != NULL)
            siblings = parent->type == GUMBO_NODE_DOCUMENT ? &parent->v.document.children
                                                           : &parent->v.element.children;
          gsize index = node->index_within_parent + 1;
          if (siblings != NULL && index < siblings->length)
            next = siblings->data[index];
          else
            node = parent;
        }
      if (next != NULL)
        enter (reader, next);
      node = next;
    }
}

/* <base href> stands in the head, which is not walked. */
static const char *
find_base (const GumboNode *root)
{
  for (guint i = 0; i < root->v.element.children.length; i++)
    {
      const GumboNode *head = root->v.element.children.data[i];
      if (head->type != GUMBO_NODE_ELEMENT || head->v.element.tag != GUMBO_TAG_HEAD)
        continue;
      for (guint j = 0; j < head->v.element.children.length; j++)
        {
          const GumboNode *child = head->v.element.children.data[j];
          if (child->type == GUMBO_NODE_ELEMENT && child->v.element.tag == GUMBO_TAG_BASE)
            return sek_html_attribute (&child->v.element, "href");
        }
    }
  return NULL;
}

static void
add_form (const Reader *reader, const char *action, gboolean password)
{
  g_autofree char *target = action != NULL ? target_of (reader, action) : NULL;
  if (target != NULL)
    sek_links_add_form (reader->facts, target, password ? "password" : NULL);
}

/* Where each form is sent, and whether a field up to the next form asks for a password. */
static void
read_forms (const Reader *reader, const SekHtmlTree *tree)
{
  const char *action = NULL;
  gboolean password = FALSE;
  for (const GumboNode *node = tree->root; node != NULL; node = sek_html_tree_next (tree, node))
    {
      const GumboElement *element = node->type == GUMBO_NODE_ELEMENT ? &node->v.element : NULL;
      if (element == NULL)
        continue;
      if (element->tag == GUMBO_TAG_FORM)
        {
          add_form (reader, action, password);
          action = sek_html_attribute (element, "action");
          password = FALSE;
        }
      else if (element->tag == GUMBO_TAG_INPUT)
        password = password || sek_html_asks_for_password (element);
      add_form (reader, sek_html_attribute (element, "formaction"), password);
    }
  add_form (reader, action, password);
}

/* Style sheets are not read; one that sets backgrounds makes colours a guess. */
static gboolean
has_background_sheet (const SekHtmlTree *tree)
{
  for (const GumboNode *node = tree->root; node != NULL; node = sek_html_tree_next (tree, node))
    if (node->type == GUMBO_NODE_TEXT && node->parent->type == GUMBO_NODE_ELEMENT &&
        node->parent->v.element.tag == GUMBO_TAG_STYLE && strstr (node->v.text.text, "background") != NULL)
      return TRUE;
  return FALSE;
}

void
sek_html_read (SekFacts *facts, const char *html)
{
  g_autoptr (SekHtmlTree) tree = sek_html_tree_new (html, strlen (html));
  if (tree->cut)
    sek_facts_add_problem (facts, "nested-too-deep", NULL);
  Reader reader = { .facts = facts, .out = g_string_new (facts->html_text), .base = find_base (tree->root) };
  const Painted plain = { NULL, SEK_HTML_COLOURS_PLAIN };
  reader.painted = g_array_new (FALSE, FALSE, sizeof (Painted));
  g_array_append_val (reader.painted, plain);
  reader.colours_unknown = has_background_sheet (tree);
  if (reader.out->len > 0)
    begin_line (&reader);
  walk (&reader, tree->root);
  read_forms (&reader, tree);
  if (is_full (&reader))
    sek_facts_add_problem (facts, "text-cut", NULL);
  g_free (facts->html_text);
  facts->html_text = sek_text_clip (g_strstrip (reader.out->str), -1, SEK_TEXT_BYTES_MAX);
  g_string_free (reader.out, TRUE);
  g_free (reader.anchor_alt);
  g_array_unref (reader.painted);
}
